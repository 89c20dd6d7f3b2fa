//! Workbooks made for a test: by a writer of workbooks, or part by part.

use std::io::{Cursor, Write};

use jiff::civil::{Date, date};
use quarterlight_domain::case_list::CaseLine;
use quarterlight_import::{Limits, NotReadable, Reading, annex_a};
use rust_xlsxwriter::Workbook;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The day that every list in these tests is of.
pub const AS_AT: Date = date(2026, 3, 31);

pub const LIST_6: [&str; 14] = [
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
    "Does the Child have a Disability",
    "CIN Start Date",
    "Primary Need Code",
    "Date Child Was Last Seen",
    "CIN Closure Date",
    "Reason for Closure",
    "Case Status",
    "Allocated Team",
    "Allocated Worker",
];

pub const LIST_8: [&str; 13] = [
    "Child Unique ID",
    "Date of Birth",
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
    "Does the Child have a Disability",
    "Date Started to be Looked After",
    "Child's Legal Status",
    "Date of Last Social Work Visit",
    "Date Ceased to be Looked After",
    "Start Date of Most Recent Placement",
    "Placement Location",
    "LA of Placement",
    "Allocated Team",
    "Allocated Worker",
];

/// A row of List 6: reference, disability, last seen, status, worker.
pub fn in_need<'a>(
    child: &'a str,
    disabled: &'a str,
    seen: &'a str,
    status: &'a str,
    worker: &'a str,
) -> Vec<&'a str> {
    vec![
        child,
        "a) Male",
        "a) WBRI",
        "01/02/2015",
        "11",
        disabled,
        "05/01/2026",
        "N1",
        seen,
        "",
        "",
        status,
        "North Team",
        worker,
    ]
}

/// A row of List 8: reference, unaccompanied, disability, location, authority.
pub fn in_care<'a>(
    child: &'a str,
    unaccompanied: &'a str,
    disabled: &'a str,
    location: &'a str,
    authority: &'a str,
) -> Vec<&'a str> {
    vec![
        child,
        "01/02/2015",
        unaccompanied,
        disabled,
        "05/01/2025",
        "C2: FCO",
        "01/03/2026",
        "",
        "06/01/2025",
        location,
        authority,
        "Care Team",
        "Vera Pell",
    ]
}

/// A sheet's name, its headings and its rows.
pub type Sheet<'a> = (&'a str, &'a [&'a str], Vec<Vec<&'a str>>);

/// A workbook with these sheets, every cell as text.
pub fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, headings, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(std::iter::once(&headings.to_vec()).chain(rows)) {
            for (column, cell) in (0..).zip(cells) {
                if !cell.is_empty() {
                    sheet.write_string(row, column, *cell).unwrap();
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A zip archive of these parts.
pub fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub const SHEET_START: &str =
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
pub const SHEET_END: &str = "</sheetData></worksheet>";

/// The parts of a workbook with one sheet, given as XML, and a table of texts.
pub fn parts(sheet: String, texts: String) -> Vec<(&'static str, Vec<u8>)> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    vec![
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        (
            "_rels/.rels",
            format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>").into(),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"List 6\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>").into(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>").into(),
        ),
        ("xl/sharedStrings.xml", texts.into()),
        ("xl/worksheets/sheet1.xml", sheet.into()),
    ]
}

/// A row of cells as XML, all as text.
pub fn row_xml(number: usize, cells: &[&str]) -> String {
    use std::fmt::Write;
    let mut xml = String::new();
    for (text, column) in cells.iter().zip('A'..) {
        write!(xml, "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
            .unwrap();
    }
    format!("<row r=\"{number}\">{xml}</row>")
}

pub fn no_texts() -> String {
    "<sst></sst>".to_owned()
}

pub fn read(bytes: &[u8]) -> Result<Reading<CaseLine>, NotReadable> {
    annex_a::read(bytes, AS_AT, &Limits::default())
}

/// The problems as sentences.
pub fn sentences(reading: &Reading<CaseLine>) -> Vec<String> {
    reading.problems.iter().map(ToString::to_string).collect()
}

pub fn record<'r>(reading: &'r Reading<CaseLine>, child: &str) -> &'r CaseLine {
    reading.rows.iter().find(|line| line.reference.as_str() == child).unwrap()
}
