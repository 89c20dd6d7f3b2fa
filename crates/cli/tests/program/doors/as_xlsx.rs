//! The workbook, read by a reader of its own.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use quarterlight_report::document::Document;
use quarterlight_report::words;

use super::{Said, SaidTable};

/// What the workbook of a report says.
pub fn read_back(document: &Document) -> Said {
    let bytes = quarterlight_export::report_xlsx::report_xlsx(document).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut said = Said::default();
    for row in book.worksheet_range("Paragraphs").unwrap().rows().skip(3) {
        let [number, kind, text] = [0, 1, 2].map(|at| row[at].to_string());
        match kind.as_str() {
            "Section" => said.sections.push((number, text)),
            "Paragraph" if !number.is_empty() => said.paragraphs.push((number, text)),
            "Figure" => {
                said.figures.push((number.strip_prefix("Figure ").unwrap().to_owned(), text));
            }
            "Table" => {
                let sheet = book.worksheet_range(&number).unwrap();
                let table = table(&sheet.rows().map(<[Data]>::to_vec).collect::<Vec<_>>());
                assert_eq!((format!("Table {}", table.number), &table.caption), (number, &text));
                said.tables.push(table);
            }
            _ => {}
        }
    }
    said
}

fn table(rows: &[Vec<Data>]) -> SaidTable {
    let title = rows[0][0].to_string();
    let (number, caption) = title.strip_prefix("Table ").unwrap().split_once(". ").unwrap();
    let top = rows.iter().position(|row| row[0] == "Back to contents").unwrap() + 1;
    let headings: Vec<String> =
        rows[top].iter().map(Data::to_string).take_while(|words| !words.is_empty()).collect();
    let figures = rows[top + 1..].iter().take_while(|row| row.iter().any(|it| *it != Data::Empty));
    let parts = |row: &Vec<Data>| together(&headings, row);
    let rows: Vec<Vec<(String, String)>> = figures.map(parts).collect();
    let mut whole: Vec<String> = headings
        .iter()
        .map(|words| {
            let ends = [": count", ": out of", ": per cent"];
            ends.iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words).to_owned()
        })
        .collect();
    whole.dedup();
    SaidTable {
        number: number.to_owned(),
        caption: caption.to_owned(),
        headings: whole,
        rows: rows
            .into_iter()
            .map(|row| row.into_iter().map(|(_, words)| words).collect())
            .collect(),
    }
}

/// A row's cells with their headings: a count, what it is out of and its per cent are one again.
fn together(headings: &[String], row: &[Data]) -> Vec<(String, String)> {
    let mut cells: Vec<(String, String)> = Vec::new();
    let number = |at: usize| match row.get(at) {
        Some(Data::Float(number)) => Some(format!("{number:.0}").parse::<u64>().unwrap()),
        _ => None,
    };
    for (at, heading) in headings.iter().enumerate() {
        let words = row.get(at).map(Data::to_string).unwrap_or_default();
        let words = match number(at) {
            Some(count) => words::whole(count),
            None => words,
        };
        if let Some(heading) = heading.strip_suffix(": count") {
            let (of, share) = (number(at + 1), number(at + 2));
            let has_share =
                headings.get(at + 2).is_some_and(|next| *next == format!("{heading}: per cent"));
            let words = match (number(at), of) {
                (Some(count), Some(of)) if has_share => {
                    assert_eq!(share, words::percent(count, of));
                    words::share(count, of)
                }
                (Some(_), Some(of)) => format!("{words} of {}", words::whole(of)),
                _ => words,
            };
            cells.push((heading.to_owned(), words));
        } else if !heading.ends_with(": out of") && !heading.ends_with(": per cent") {
            cells.push((heading.clone(), words));
        }
    }
    cells
}
