//! The form of an audit as a spreadsheet: out and in again, whatever people and programs do to it.

use std::collections::BTreeMap;

use jiff::civil::date;
use quarterlight_domain::audit::{Audit, Stage};
use quarterlight_domain::audit_form::{AuditForm, HandedIn, Mark, Said};
use quarterlight_domain::case_list::{CaseLine, Reference};
use quarterlight_domain::framework::{Contents, Section};
use quarterlight_domain::history::History;
use quarterlight_domain::id::{AuditId, CycleId, EditionId, PersonId, RecordId};
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::proposed::Proposed;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_import::audit_form::{COLUMNS, LONGEST, SHEET, from_xlsx, rows};
use quarterlight_import::{Limits, Problem};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

/// The places of the columns in which an auditor writes, and of the hidden ones.
const CODE: usize = 1;
const ANSWER: usize = 5;
const SEEN: usize = 6;
const FOUND: usize = 7;
const BECAUSE: usize = 8;
const AUDIT: usize = 9;
const MARK: usize = 10;

fn code(text: &str) -> StandardCode {
    StandardCode::new(text).unwrap()
}

fn audit(id: i64, edition: i64) -> Audit {
    Audit {
        id: AuditId(id),
        cycle: CycleId(1),
        quarter: "2026-Q4".parse().unwrap(),
        edition: EditionId(edition),
        record: RecordId(1),
        line: CaseLine {
            reference: Reference::new("R-2043").unwrap(),
            needs: [Need::ChildInNeed].into(),
            assessment_open: false,
            disabled: Known::No,
            unaccompanied: Known::No,
            placement: Placement::NotPlaced,
            route: LegalRoute::None,
            worker: None,
            team: None,
            dates: BTreeMap::new(),
            history: History::default(),
        },
        whereabouts: Whereabouts::default(),
        holder: None,
        auditor: PersonId(1),
        auditor_name: "Priya Anand".to_owned(),
        due: date(2026, 12, 11),
        is_unsafe: false,
        stage: Stage::Assigned,
    }
}

/// B1 to B4, of which B1 and B2 are answered; the case list proposes an answer to B4.
fn form_of(audit: &Audit) -> AuditForm {
    let standard = |text: &str| Standard {
        code: code(text),
        wording: format!("Standard {text}"),
        met_looks_like: "It is there, and it is right.".to_owned(),
        kind: StandardKind::Compliance,
        critical: text == "B2",
        applies: [Applies::All].into(),
        dip: false,
    };
    let standards = ["B1", "B2", "B3", "B4"].map(standard).to_vec();
    let section = Section { letter: "B".to_owned(), title: "The file".to_owned(), standards };
    let contents = Contents::new("Ours", vec![section]).unwrap();
    let answer = |standard, judgement, seen: &str| Answer {
        standard: code(standard),
        judgement,
        seen: seen.to_owned(),
        found: "Plan".to_owned(),
        version: 2,
    };
    let answers =
        [answer("B1", Judgement::Met, "=1+1"), answer("B2", Judgement::NotMet, "Line.\nAnother.")];
    let proposed = |standard: &Standard| {
        (standard.code == code("B4")).then(|| Proposed {
            standard: standard.code.clone(),
            judgement: Judgement::Met,
            rules: Vec::new(),
            because: vec!["The visit was in time.".to_owned()],
        })
    };
    AuditForm::of(audit, &contents, &answers, proposed, |_| None)
}

fn form() -> AuditForm {
    form_of(&audit(17, 3))
}

fn headings() -> Vec<&'static str> {
    COLUMNS.iter().map(|column| column.heading).collect()
}

/// A workbook of these rows below these headings, on a sheet of this name.
fn xlsx<S: AsRef<str>>(name: &str, headings: &[&str], rows: &[Vec<S>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).unwrap();
    for (column, heading) in (0_u16..).zip(headings) {
        sheet.write_string(0, column, *heading).unwrap();
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            if !cell.as_ref().is_empty() {
                sheet.write_string(row, column, cell.as_ref()).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn filled(change: impl Fn(&mut Vec<Vec<String>>)) -> Vec<u8> {
    let mut rows = rows(&form());
    change(&mut rows);
    xlsx(SHEET, &headings(), &rows)
}

fn read(bytes: &[u8]) -> Vec<HandedIn> {
    from_xlsx(&form(), bytes, &Limits::default()).unwrap().unwrap()
}

fn problems(bytes: &[u8]) -> Vec<Problem> {
    from_xlsx(&form(), bytes, &Limits::default()).unwrap().unwrap_err()
}

fn refused(bytes: &[u8]) -> String {
    from_xlsx(&form(), bytes, &Limits::default()).unwrap_err().sentence().to_owned()
}

#[test]
fn a_form_that_comes_back_as_it_went_changes_nothing() {
    let handed_in = read(&filled(|_| {}));
    assert_eq!(handed_in.len(), 4);
    assert_eq!(form().coming(&handed_in), []);
    for row in &handed_in {
        let line = form().line(&row.standard).unwrap().clone();
        assert_eq!(row.said, line.saved, "{}", row.standard);
        assert_eq!(row.mark, Some(Mark::of(line.saved.as_ref())));
    }
}

#[test]
fn what_was_filled_in_comes_as_it_was_written() {
    let bytes = filled(|rows| {
        rows[0][SEEN] = "  Last written in May.\r\nNo plan.  ".to_owned();
        rows[0][ANSWER] = "pARTLY met ".to_owned();
        rows[2][ANSWER] = "n/a".to_owned();
        rows[3][ANSWER] = "Not met".to_owned();
        rows[3][BECAUSE] = "It is in the notes.".to_owned();
    });
    let coming = form().coming(&read(&bytes));
    let said = |at: usize| coming[at].handed_in.clone();
    assert_eq!(coming.len(), 3);
    assert!(coming.iter().all(|it| !it.is_conflict));
    let (seen, found) = ("Last written in May.\nNo plan.".to_owned(), "Plan".to_owned());
    let judgement = Judgement::PartlyMet;
    assert_eq!(said(0), Said { judgement, seen, found, because: String::new() });
    assert_eq!(said(1).judgement, Judgement::NotApplicable);
    assert_eq!(said(2).because, "It is in the notes.");
}

#[test]
fn rows_may_be_sorted_taken_out_or_noted_upon_and_columns_moved() {
    let form = form();
    let mut other = rows(&form);
    other.remove(1);
    other[1][ANSWER] = "Met".to_owned();
    other.reverse();
    for row in &mut other {
        row.reverse();
    }
    let mut note = vec![String::new(); COLUMNS.len()];
    note[COLUMNS.len() - 1] = "To be asked again".to_owned();
    other.insert(1, note);
    let turned: Vec<&str> = headings().into_iter().rev().collect();
    let handed_in = read(&xlsx("Sheet1", &turned, &other));
    assert_eq!(handed_in.len(), 3);
    let coming = form.coming(&handed_in);
    assert_eq!(coming.len(), 1);
    assert_eq!((coming[0].standard.clone(), coming[0].is_conflict), (code("B3"), false));
}

#[test]
fn everything_that_is_wrong_is_found_in_one_reading_with_its_cell() {
    let bytes = filled(|rows| {
        rows[0][ANSWER] = "Yes".to_owned();
        rows[1][SEEN] = "x".repeat(LONGEST + 5);
        rows[2][FOUND] = "Somewhere".to_owned();
        rows[3][BECAUSE] = "#NAME?".to_owned();
        rows.push(rows[3].clone());
        let mut other = rows[2].clone();
        other[CODE] = "C9".to_owned();
        other[BECAUSE] = "Because".to_owned();
        rows.push(other.clone());
        other[CODE].clear();
        rows.push(other);
    });
    let said: Vec<String> = problems(&bytes).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_reason_for_overruling_nothing_is_a_problem() {
    let bytes = filled(|rows| {
        rows[2][ANSWER] = "Met".to_owned();
        rows[2][BECAUSE] = "It is late.".to_owned();
    });
    assert!(problems(&bytes)[0].to_string().contains("the case list proposes nothing for B3"));
}

#[test]
fn a_column_that_is_gone_is_never_taken_for_blank_words() {
    for (column, heading) in headings().into_iter().enumerate() {
        let without: Vec<&str> = headings().into_iter().filter(|it| *it != heading).collect();
        let mut rows = rows(&form());
        for row in &mut rows {
            row.remove(column);
        }
        let read = from_xlsx(&form(), &xlsx(SHEET, &without, &rows), &Limits::default());
        match column {
            CODE | ANSWER => assert!(read.unwrap_err().sentence().contains("has the headings")),
            SEEN | FOUND | BECAUSE => {
                let problems = read.unwrap().unwrap_err();
                assert!(problems[0].what.contains(heading), "{problems:?}");
            }
            AUDIT => assert!(read.unwrap_err().sentence().contains("does not say which audit")),
            MARK => {
                let handed_in = read.unwrap().unwrap();
                assert!(handed_in.iter().all(|row| row.mark.is_none()));
                assert_eq!(form().coming(&handed_in), [], "what is saved is said again");
            }
            _ => assert_eq!(form().coming(&read.unwrap().unwrap()), [], "{heading} is not read"),
        }
    }
}

#[test]
fn two_columns_of_one_name_are_not_chosen_between() {
    let mut twice = headings();
    twice.push("answer");
    let said = problems(&xlsx(SHEET, &twice, &rows(&form())));
    assert!(said[0].what.contains("two columns are headed “Answer”"), "{said:?}");
}

#[test]
fn the_form_of_another_audit_or_edition_is_refused() {
    for (other, said) in [(audit(18, 3), "another audit"), (audit(17, 4), "another edition")] {
        let rows = rows(&form_of(&other));
        assert!(refused(&xlsx(SHEET, &headings(), &rows)).contains(said));
    }
    // One row that was copied from elsewhere is enough.
    let bytes = filled(|rows| rows[2][AUDIT] = "18/3/R-9".to_owned());
    assert!(refused(&bytes).contains("another audit"));
}

#[test]
fn what_is_no_form_is_said_to_be_none() {
    assert!(
        refused(&xlsx("Form", &["Name", "Date"], &[vec!["a", "b"]])).contains("has the headings")
    );
    assert!(refused(b"not a workbook").contains("text file"));
    assert!(refused(b"").contains("empty"));
}

/// What spreadsheet programs make of cells: days, numbers, truths, and formulas with what they gave.
#[test]
fn cells_are_taken_as_a_person_sees_them() {
    let form = form();
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Notes").unwrap().write_string(0, 0, "Mine").unwrap();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "The form of an audit").unwrap();
    for (column, heading) in (0_u16..).zip(headings()) {
        sheet.write_string(2, column, heading).unwrap();
    }
    for (row, cells) in (3_u32..).zip(rows(&form)) {
        for (column, cell) in (0_u16..).zip(&cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let column = |column: usize| u16::try_from(column).unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let may = ExcelDateTime::from_ymd(2026, 5, 3).unwrap();
    sheet.write_datetime_with_format(5, column(FOUND), &may, &day).unwrap();
    let formula = Formula::new("=\"Cannot\"&\" tell\"").set_result("Cannot tell");
    sheet.write_formula(5, column(ANSWER), formula).unwrap();
    sheet.write_number(5, column(SEEN), 12.0).unwrap();
    let coming = form.coming(&read(&workbook.save_to_buffer().unwrap()));
    assert_eq!(coming.len(), 1, "{coming:?}");
    let said = &coming[0].handed_in;
    assert_eq!(said.judgement, Judgement::CannotTell);
    assert_eq!((said.seen.as_str(), said.found.as_str()), ("12", "3 May 2026"));
}

#[test]
fn text_that_looks_like_a_formula_comes_back_to_the_letter() {
    let oracle = include_str!("../../../../fixtures/oracles/export_text_safety.json");
    let oracle: serde_json::Value = serde_json::from_str(oracle).unwrap();
    let cases = oracle["cases"].as_array().unwrap();
    assert!(cases.len() > 10);
    for case in cases {
        let text = case["inputs"]["text"].as_str().unwrap();
        let bytes = filled(|rows| {
            rows[2][ANSWER] = "Met".to_owned();
            rows[2][SEEN] = text.to_owned();
        });
        let coming = form().coming(&read(&bytes));
        let plain: String =
            text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        assert_eq!(coming[0].handed_in.seen, plain.trim(), "{text:?}");
    }
}

#[test]
fn mutated_forms_are_read_or_refused() {
    let good = filled(|rows| rows[2][ANSWER] = "Met".to_owned());
    let mut seed = 7_u64;
    for _ in 0..300 {
        let mut bytes = good.clone();
        for _ in 0..4 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let place = usize::try_from(seed >> 33).unwrap() % bytes.len();
            bytes[place] ^= u8::try_from(seed >> 56).unwrap();
        }
        let _ = from_xlsx(&form(), &bytes, &Limits::default());
    }
}
