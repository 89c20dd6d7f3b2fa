//! Frameworks as spreadsheets: out and in again to the letter, and every wrong cell found in one reading.

use proptest::prelude::*;
use quarterlight_domain::edition::{Origin, Origins};
use quarterlight_domain::framework::{Contents, Section};
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_import::framework::{SHIPPED, from_toml_with_origins, to_toml};
use quarterlight_import::framework_sheet::{COLUMNS, LONGEST, SHEET, from_xlsx, rows};
use quarterlight_import::{Limits, Problem};
use rust_xlsxwriter::Workbook;

/// A workbook of these rows below these headings.
fn xlsx<S: AsRef<str>>(headings: &[&str], rows: &[Vec<S>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET).unwrap();
    for (column, heading) in (0_u16..).zip(headings) {
        sheet.write_string(0, column, *heading).unwrap();
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell.as_ref()).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn headings() -> Vec<&'static str> {
    COLUMNS.iter().map(|(heading, ..)| *heading).collect()
}

fn read(name: &str, bytes: &[u8]) -> Result<(Contents, Origins), Vec<Problem>> {
    from_xlsx(name, bytes, &Limits::default()).unwrap()
}

#[test]
fn every_framework_that_ships_goes_out_and_comes_back_the_same() {
    for shipped in SHIPPED {
        let (contents, origins) = from_toml_with_origins(shipped).unwrap();
        let again = from_toml_with_origins(&to_toml(&contents, &origins).unwrap()).unwrap();
        assert_eq!(again, (contents.clone(), origins.clone()), "as TOML");
        let again = read(contents.name(), &xlsx(&headings(), &rows(&contents, &origins))).unwrap();
        assert_eq!(again, (contents, origins), "as a spreadsheet");
    }
}

#[test]
fn the_core_is_the_same_to_the_letter_in_every_framework_that_ships() {
    let core = |text: &str| -> Vec<Standard> {
        let (contents, origins) = from_toml_with_origins(text).unwrap();
        let is_core = |code: &StandardCode| origins.get(code).is_some_and(|origin| origin.core);
        contents.standards().filter(|it| is_core(&it.code)).cloned().collect()
    };
    let of_the_default = core(SHIPPED[0]);
    assert_eq!(of_the_default.len(), 10);
    for shipped in SHIPPED {
        assert_eq!(core(shipped), of_the_default);
    }
}

#[test]
fn a_short_framework_has_a_dip_set_and_says_where_the_law_is() {
    for shipped in &SHIPPED[1..] {
        let (contents, origins) = from_toml_with_origins(shipped).unwrap();
        let name = contents.name();
        assert!((20..=22).contains(&contents.standards().count()), "{name}");
        assert!((5..=10).contains(&contents.standards().filter(|it| it.dip).count()), "{name}");
        assert!(contents.standards().any(|it| it.critical), "{name}");
        assert!(origins.values().filter(|origin| !origin.source.is_empty()).count() >= 6, "{name}");
        for standard in contents.standards() {
            assert!(!standard.wording.ends_with('.'), "{name}: {}", standard.code);
            assert!(standard.met_looks_like.ends_with('.'), "{name}: {}", standard.code);
        }
    }
}

#[test]
fn everything_that_is_wrong_is_found_in_one_reading_with_its_row_and_column() {
    let (contents, origins) = from_toml_with_origins(SHIPPED[1]).unwrap();
    let good = rows(&contents, &origins);
    let mut wrong = good.clone();
    wrong[0][2] = "B-1".to_owned();
    wrong[1][5] = "both".to_owned();
    wrong[2][6] = "perhaps".to_owned();
    wrong[3][9] = "ALL LAC".to_owned();
    wrong[4][3] = " ".to_owned();
    wrong[5][4] = "x".repeat(LONGEST + 1);
    let problems = read("Ours", &xlsx(&headings(), &wrong)).unwrap_err();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    for (place, what) in [
        ("row 2, column C (“Code”)", "“B-1” is not a standard's code"),
        ("row 3, column F (“Kind”)", "“both” is not a kind; write Compliance or Quality"),
        ("row 4, column G (“Critical”)", "“perhaps” is neither yes nor no"),
        ("row 5, column J (“Applies to”)", "“LAC” is not something a standard applies to"),
        ("row 6, column D (“Standard”)", "the cell is blank"),
        ("row 7, column E (“What met looks like”)", "more than 2000 characters"),
    ] {
        assert!(
            said.iter().any(|it| it.contains(place) && it.contains(what)),
            "{place}: {said:#?}"
        );
    }
    assert_eq!(problems.len(), 6, "{said:#?}");
    assert!(read("Ours", &xlsx(&headings(), &good)).is_ok(), "the control");
}

#[test]
fn columns_may_stand_in_any_order_and_a_missing_one_is_named() {
    let (contents, origins) = from_toml_with_origins(SHIPPED[2]).unwrap();
    let turned: Vec<&str> = headings().into_iter().rev().collect();
    let mut other = rows(&contents, &origins);
    for row in &mut other {
        row.reverse();
    }
    let bytes = xlsx(&turned, &other);
    assert_eq!(read(contents.name(), &bytes).unwrap(), (contents.clone(), origins.clone()));
    let without: Vec<&str> = headings().into_iter().filter(|it| *it != "Kind").collect();
    let problems = read("Ours", &xlsx(&without, &rows(&contents, &origins))).unwrap_err();
    assert!(problems.iter().any(|it| it.what.contains("the column “Kind” is missing")));
}

#[test]
fn what_is_no_framework_is_said_to_be_none() {
    let problems = read("Ours", &xlsx(&["Name", "Date"], &[vec!["a", "b"]])).unwrap_err();
    assert!(problems[0].what.contains("no row has the headings"));
    let problems = read("Ours", &xlsx::<&str>(&headings(), &[])).unwrap_err();
    assert!(problems[0].what.contains("needs at least one section"), "{problems:?}");
    assert!(from_xlsx("Ours", b"not a workbook", &Limits::default()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_framework_goes_out_and_comes_back_the_same(
        standards in prop::collection::vec(any_standard(), 1..12),
        name in "[A-Za-z][A-Za-z ’']{0,20}[a-z]",
    ) {
        let mut sections: Vec<Section> = Vec::new();
        let mut origins = Origins::new();
        for (index, (mut standard, origin)) in standards.into_iter().enumerate() {
            let letter = char::from(b'A' + u8::try_from(index / 4).unwrap()).to_string();
            standard.code = StandardCode::new(&format!("{letter}{}", index % 4 + 1)).unwrap();
            if origin != Origin::default() {
                origins.insert(standard.code.clone(), origin);
            }
            if sections.last().is_none_or(|last| last.letter != letter) {
                let title = format!("Section {letter}");
                sections.push(Section { letter, title, standards: Vec::new() });
            }
            sections.last_mut().unwrap().standards.push(standard);
        }
        let contents = Contents::new(&name, sections).unwrap();
        let as_toml = to_toml(&contents, &origins).unwrap();
        prop_assert_eq!(from_toml_with_origins(&as_toml).unwrap(), (contents.clone(), origins.clone()));
        let bytes = xlsx(&headings(), &rows(&contents, &origins));
        prop_assert_eq!(read(contents.name(), &bytes).unwrap(), (contents, origins));
    }
}

/// Words as people type them, hostile ones and broken lines included.
fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z ,’]{1,60}[a-z]",
        Just("=HYPERLINK(\"x\")".to_owned()),
        Just("One line\nand another".to_owned()),
        Just("  kept spaces  ".to_owned()),
        Just("_x000D_ and <b> & \"quotes\"".to_owned()),
    ]
}

fn any_standard() -> impl Strategy<Value = (Standard, Origin)> {
    let applies = prop::sample::subsequence(Applies::EVERY.to_vec(), 1..4);
    let source = prop_oneof![Just(String::new()), any_words()];
    let flags = any::<(bool, bool, bool, bool)>();
    (any_words(), any_words(), applies, source, flags).prop_map(
        |(wording, met_looks_like, applies, source, (quality, critical, dip, core))| {
            let standard = Standard {
                code: StandardCode::new("A1").unwrap(),
                wording,
                met_looks_like,
                kind: if quality { StandardKind::Quality } else { StandardKind::Compliance },
                critical,
                applies: applies.into_iter().collect(),
                dip,
            };
            (standard, Origin { core, source })
        },
    )
}
