//! The workbook and the CSV file of a report: numbers as numbers, and no words that a spreadsheet runs.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use quarterlight_export::csv::{HEADINGS, csv};
use quarterlight_export::report_xlsx::report_xlsx;
use quarterlight_report::builder::DocumentBuilder;
use quarterlight_report::document::{Cover, Document};
use quarterlight_report::table::{Cell, Column, Grid};
use serde_json::Value;

use super::quarter;

/// The oracle's cases: what was written, the words and the field that a file must have.
fn oracle() -> Vec<(String, String, String)> {
    let folder = std::env::var_os("QUARTERLIGHT_ORACLES").map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/oracles").into(),
        std::path::PathBuf::from,
    );
    let file = std::fs::read_to_string(folder.join("export_text_safety.json")).unwrap();
    let oracle: Value = serde_json::from_str(&file).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let cases = oracle["cases"].as_array().unwrap().iter();
    cases
        .map(|case| {
            let expected = &case["expected"];
            (text(&case["inputs"]["text"]), text(&expected["text"]), text(&expected["csv_field"]))
        })
        .collect()
}

/// A report that says one thing in every place.
fn saying(words: &str) -> Document {
    let cover = Cover {
        authority: words.to_owned(),
        title: "Title".to_owned(),
        subtitle: words.to_owned(),
        as_at: words.to_owned(),
        marking: words.to_owned(),
    };
    let mut document = DocumentBuilder::new(cover);
    document.section("Section");
    document.paragraph(words);
    let grid = Grid::new([Column::text("What"), Column::text("Words")]);
    document.table("Table", grid.row([Cell::text("x"), Cell::text(words)]));
    document.finish().unwrap()
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut file = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = file.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: String| {
        let mut text = Vec::new();
        file.by_name(&name).unwrap().read_to_end(&mut text).unwrap();
        (name, String::from_utf8_lossy(&text).into_owned())
    };
    names.into_iter().map(&mut read).collect()
}

#[test]
fn csv_fields_are_those_of_the_oracle() {
    let cases = oracle();
    assert!(cases.len() >= 17);
    for (words, _, field) in cases {
        let text = String::from_utf8(csv(&saying(&words)).unwrap()).unwrap();
        let line = format!("\r\nparagraph,1.1,{field},,,,,,,,,{field}\r\n");
        assert!(text.contains(&line), "{words:?}: {text}");
    }
}

#[test]
fn no_cell_of_a_workbook_is_a_formula_and_words_come_back_as_they_were_written() {
    for (words, _, _) in oracle() {
        let bytes = report_xlsx(&saying(&words)).unwrap();
        for (name, text) in parts(&bytes) {
            assert!(!text.contains("<f>") && !text.contains("<f "), "{words:?} in {name}");
            assert!(!text.contains("state=\"hidden\"") && !text.contains("hidden=\"1\""), "{name}");
        }
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range("Table 1").unwrap();
        let row = sheet.rows().next_back().unwrap();
        assert_eq!(row[1].to_string(), words);
    }
}

#[test]
fn figures_are_numbers_with_their_counts() {
    let bytes = report_xlsx(&quarter::report("Plans were seen.")).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let sheets = book.sheet_names();
    assert_eq!(sheets, ["Contents", "Paragraphs", "Table 1", "Table 2", "Table 3"]);
    let sheet = book.worksheet_range("Table 2").unwrap();
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let at = rows.iter().position(|row| row[0] == "Standard").unwrap();
    let headings: Vec<String> = rows[at].iter().map(Data::to_string).collect();
    assert_eq!(headings[1..4], ["Met: count", "Met: out of", "Met: per cent"]);
    assert_eq!(rows[at + 1][1..4], [Data::Float(18.0), Data::Float(24.0), Data::Float(75.0)]);
    assert_eq!(rows[at + 1][6].to_string(), "[c]", "what is withheld is no number");
    assert_eq!(rows.len(), at + 1 + 61, "every row, and nothing below");
}

#[test]
fn a_charts_picture_has_its_words() {
    let bytes = report_xlsx(&quarter::report("Plans were seen.")).unwrap();
    let parts = parts(&bytes);
    let drawing = parts.iter().find(|(name, _)| name.contains("drawings/drawing")).unwrap();
    assert!(drawing.1.contains("descr=\"Three bars for child protection"), "{}", drawing.1);
}

#[test]
fn a_csv_line_says_which_table_row_and_column_it_is_of() {
    let text = String::from_utf8(csv(&quarter::report("Zoë said so.")).unwrap()).unwrap();
    assert!(text.starts_with("\u{feff}kind,number,text,"), "{text}");
    assert!(text.contains("cell,2,,61,All standards,Met,1080,1440,75,,yes,"), "{text}");
    assert!(text.contains("cell,2,,1,\"S1 The plan says"), "{text}");
    assert!(text.contains(",Cannot tell,,,,yes,,"), "withheld");
    let mut reader = csv_reader(&text);
    for line in reader.records() {
        assert_eq!(line.unwrap().len(), HEADINGS.len());
    }
}

fn csv_reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes())
}

#[test]
fn the_same_report_gives_the_same_files() {
    let report = || quarter::report("Plans were seen.");
    assert_eq!(csv(&report()).unwrap(), csv(&report()).unwrap());
    assert_eq!(report_xlsx(&report()).unwrap(), report_xlsx(&report()).unwrap());
    assert_ne!(csv(&report()).unwrap(), csv(&quarter::report("They were not.")).unwrap());
}
