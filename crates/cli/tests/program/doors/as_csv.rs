//! The CSV file, read by a reader of its own.

use quarterlight_report::document::Document;
use quarterlight_report::words;

use super::{Said, SaidTable};

/// What the CSV file of a report says.
pub fn read_back(document: &Document) -> Said {
    let bytes = quarterlight_export::csv::csv(document).unwrap();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut said = Said::default();
    for line in csv::Reader::from_reader(bytes).records() {
        let line = line.unwrap();
        let [kind, number, text, row, row_heading, column] = [0, 1, 2, 3, 4, 5].map(|at| &line[at]);
        let numbered = || (number.to_owned(), text.to_owned());
        assert_eq!(&line[11], document.cover.marking, "each line says who may see it");
        match kind {
            "section" => said.sections.push(numbered()),
            "paragraph" if !number.is_empty() => said.paragraphs.push(numbered()),
            "figure" => said.figures.push(numbered()),
            "table" => said.tables.push(SaidTable {
                number: number.to_owned(),
                caption: text.to_owned(),
                headings: vec![row_heading.to_owned()],
                rows: Vec::new(),
            }),
            "cell" => {
                let table = said.tables.last_mut().unwrap();
                assert_eq!(table.number, number);
                let row: usize = row.parse().unwrap();
                if table.rows.len() < row {
                    table.rows.push(vec![row_heading.to_owned()]);
                }
                if row == 1 {
                    table.headings.push(column.to_owned());
                }
                table.rows[row - 1].push(cell(&line));
            }
            _ => {}
        }
    }
    said
}

/// The words of a cell, put together from its numbers.
fn cell(line: &csv::StringRecord) -> String {
    let number = |at: usize| line[at].parse::<u64>().ok();
    match (number(6), number(7), number(8), &line[9]) {
        (None, None, None, "yes") => "[c]".to_owned(),
        (Some(count), None, None, "") => words::whole(count),
        (Some(count), Some(of), None, "") if of > 0 => {
            format!("{} of {}", words::whole(count), words::whole(of))
        }
        (Some(count), Some(of), per_cent, "") => {
            assert_eq!(per_cent, words::percent(count, of));
            words::share(count, of)
        }
        _ => line[2].to_owned(),
    }
}
