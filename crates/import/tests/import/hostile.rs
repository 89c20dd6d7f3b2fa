//! Files made to harm, and files that are something else: each is refused with its own sentence.

use quarterlight_import::{Limits, NotReadable, annex_a};
use rust_xlsxwriter::Workbook;

use crate::made::{
    AS_AT, LIST_6, SHEET_END, SHEET_START, archive, in_need, no_texts, parts, read, record,
    row_xml, sentences, workbook,
};

const CIN: &str = "c) Child in need plan";

fn one_child() -> String {
    let row = in_need("1", "N", "04/03/2026", CIN, "Ada Oakes");
    row_xml(1, &LIST_6) + &row_xml(2, &row)
}

fn sheet(rows: &str) -> Vec<u8> {
    archive(&parts(format!("{SHEET_START}{rows}{SHEET_END}"), no_texts()))
}

fn refusal(bytes: &[u8]) -> NotReadable {
    read(bytes).map(|_| ()).unwrap_err()
}

#[test]
fn a_workbook_made_by_hand_is_read() {
    let reading = read(&sheet(&one_child())).unwrap();
    assert_eq!(record(&reading, "1").worker.as_deref(), Some("Ada Oakes"));
}

#[test]
fn files_of_another_kind_say_what_they_are() {
    assert_eq!(refusal(b""), NotReadable::Empty);
    assert_eq!(refusal(b"Child Unique ID,Gender\n1,M\n"), NotReadable::Text);
    assert_eq!(refusal(b"<html><table></table></html>"), NotReadable::WebPage);
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refusal(&locked), NotReadable::PasswordProtected);
    let zip = |names: &[&'static str]| {
        archive(&names.iter().map(|name| (*name, Vec::new())).collect::<Vec<_>>())
    };
    assert_eq!(refusal(&zip(&["xl/workbook.bin"])), NotReadable::BinaryExcel);
    assert_eq!(refusal(&zip(&["mimetype", "content.xml"])), NotReadable::OpenDocument);
    assert_eq!(refusal(&zip(&["photo.jpg"])), NotReadable::AnotherArchive);
    assert!(matches!(refusal(&zip(&["word/document.xml"])), NotReadable::AnotherFile(_)));
    let mut with_macro = parts(SHEET_START.to_owned() + SHEET_END, no_texts());
    with_macro.push(("xl/vbaProject.bin", vec![1, 2, 3]));
    assert_eq!(refusal(&archive(&with_macro)), NotReadable::Macros);
}

#[test]
fn every_refusal_says_what_to_do() {
    for refusal in [
        NotReadable::Empty,
        NotReadable::PasswordProtected,
        NotReadable::OlderExcel,
        NotReadable::BinaryExcel,
        NotReadable::Macros,
        NotReadable::OpenDocument,
        NotReadable::AnotherFile("a PDF document"),
        NotReadable::Text,
        NotReadable::WebPage,
        NotReadable::Xml,
        NotReadable::Truncated,
        NotReadable::AnotherArchive,
        NotReadable::Damaged("a part is missing".to_owned()),
        NotReadable::Unsafe("a document type declaration"),
        NotReadable::TooLarge { what: "it has more than 5 rows".to_owned() },
        NotReadable::NothingInIt,
        NotReadable::NoLists { sheets: "“Sheet1”".to_owned() },
    ] {
        let sentence = refusal.to_string();
        assert!(sentence.starts_with("The ") || sentence.starts_with("This "), "{sentence}");
        assert!(sentence.to_lowercase().contains("choose"), "{sentence}");
        assert!(!sentence.contains("  "), "{sentence}");
    }
}

#[test]
fn a_truncated_workbook_is_told_from_a_damaged_one() {
    let whole = workbook(&[("List 6", &LIST_6, vec![])]);
    assert_eq!(refusal(&whole[..whole.len() / 2]), NotReadable::Truncated);
    let cut = archive(&parts(format!("{SHEET_START}<row r=\"1\"><c r=\"A1\""), no_texts()));
    assert!(matches!(refusal(&cut), NotReadable::Damaged(_)));
}

#[test]
fn an_empty_workbook_and_one_of_another_kind_are_told_apart() {
    let mut empty = Workbook::new();
    empty.add_worksheet();
    assert_eq!(refusal(&empty.save_to_buffer().unwrap()), NotReadable::NothingInIt);
    let budget = workbook(&[("Budget", &["Item", "Cost"], vec![vec!["Pens", "12"]])]);
    assert_eq!(refusal(&budget), NotReadable::NoLists { sheets: "“Budget”".to_owned() });
}

#[test]
fn a_zip_bomb_is_refused_while_it_unpacks() {
    let blanks = " ".repeat(900_000);
    let bomb = format!("{SHEET_START}{}{SHEET_END}", format!("{blanks}<a/>").repeat(60));
    assert!(matches!(refusal(&archive(&parts(bomb, no_texts()))), NotReadable::Unsafe(_)));
    let long = format!("{SHEET_START}{}{SHEET_END}", " ".repeat(2_000_000));
    assert!(matches!(refusal(&archive(&parts(long, no_texts()))), NotReadable::TooLarge { .. }));
}

#[test]
fn a_far_cell_costs_nothing_and_is_reported() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let reading = read(&sheet(&(one_child() + far))).unwrap();
    assert_eq!(reading.rows.len(), 1);
    assert!(
        sentences(&reading).contains(
            &"List 6, row 1048576: a cell is far to the right of the list; clear it; it was not \
              read."
                .to_owned()
        )
    );
}

#[test]
fn a_false_dimension_changes_nothing() {
    for dimension in ["A1:B2", "A1:XFD1048576", "A1"] {
        let xml = SHEET_START.replace("<sheetData>", &format!("<dimension ref=\"{dimension}\"/>"))
            + "<sheetData>"
            + &one_child()
            + SHEET_END;
        let reading = read(&archive(&parts(xml, no_texts()))).unwrap();
        assert_eq!(reading.rows.len(), 1, "{dimension}");
    }
}

#[test]
fn texts_beyond_the_limit_are_refused_before_they_are_held() {
    let many = format!("<sst>{}</sst>", "<si><t>x</t></si>".repeat(500_001));
    assert!(matches!(
        refusal(&archive(&parts(SHEET_START.to_owned() + SHEET_END, many))),
        NotReadable::TooLarge { .. }
    ));
    let announced = "<sst uniqueCount=\"18446744073709551615\"></sst>".to_owned();
    assert!(matches!(
        refusal(&archive(&parts(SHEET_START.to_owned() + SHEET_END, announced))),
        NotReadable::Unsafe(_)
    ));
}

#[test]
fn two_hundred_columns_are_read_past() {
    let mut headings: Vec<String> = (0..200).map(|n| format!("Extra {n}")).collect();
    let mut row = vec!["y".to_owned(); 200];
    headings.splice(60..74, LIST_6.map(str::to_owned));
    let child = in_need("1", "N", "04/03/2026", CIN, "Ada Oakes");
    row.splice(60..74, child.iter().map(ToString::to_string));
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let row: Vec<&str> = row.iter().map(String::as_str).collect();
    let reading = read(&workbook(&[("Sheet1", &headings, vec![row])])).unwrap();
    assert_eq!(record(&reading, "1").team.as_deref(), Some("North Team"));
    assert_eq!(reading.account.lists().next().unwrap().columns_ignored.len(), 186);
}

#[test]
fn limits_on_rows_and_cells_hold() {
    let rows: Vec<Vec<&str>> = vec![in_need("1", "N", "", CIN, "Ada Oakes"); 5];
    let bytes = workbook(&[("List 6", &LIST_6, rows)]);
    for limits in [
        Limits { rows: 4, ..Limits::default() },
        Limits { cells: 20, ..Limits::default() },
        Limits { parts: 3, ..Limits::default() },
        Limits { unpacked_bytes: 1_000, ..Limits::default() },
        Limits { file_bytes: 1_000, ..Limits::default() },
    ] {
        let refusal = annex_a::read(&bytes, AS_AT, &limits).unwrap_err();
        assert!(matches!(refusal, NotReadable::TooLarge { .. }), "{refusal}");
    }
    assert!(annex_a::read(&bytes, AS_AT, &Limits::default()).is_ok());
}

#[test]
fn a_document_type_or_another_encoding_is_refused() {
    let lol = format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{SHEET_START}{SHEET_END}");
    let other = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{SHEET_START}{SHEET_END}");
    for xml in [lol, other] {
        let refusal = refusal(&archive(&parts(xml, no_texts())));
        assert!(matches!(refusal, NotReadable::Unsafe(_)), "{refusal}");
    }
}

#[test]
fn a_part_outside_the_workbook_is_refused() {
    let mut with = parts(format!("{SHEET_START}{}{SHEET_END}", one_child()), no_texts());
    with.push(("../../outside.xml", b"<a/>".to_vec()));
    assert!(matches!(refusal(&archive(&with)), NotReadable::Unsafe(_)));
}

#[test]
fn one_spoiled_cell_spoils_nothing_else() {
    let spoiled = "<row r=\"3\"><c r=\"A3\" t=\"e\"><v>#SPILL!</v></c><c r=\"B3\" t=\"zz\"><v>1</v></c></row>";
    let next = row_xml(4, &in_need("2", "N", "04/03/2026", CIN, "Uma Quill"));
    let reading = read(&sheet(&(one_child() + spoiled + &next))).unwrap();
    assert_eq!(reading.rows.len(), 2);
    assert!(sentences(&reading).iter().any(|it| it.contains("cannot be read")));
}
