//! One report leaves by five doors, and is read back from each: the same words, numbers and figures.

mod as_csv;
mod as_docx;
mod as_page;
mod as_pdf;
mod as_xlsx;
mod pdf_ua;

use std::sync::OnceLock;

use quarterlight_domain::calendar::Quarter;
use quarterlight_report::document::{Block, Document, Table};
use quarterlight_report::table::Cell;
use quarterlight_testing::engines::Engine;

use crate::commands::run;
use crate::server::{borough, today};

/// What people cite a report by, as it was read back from a door.
#[derive(Debug, Default, PartialEq)]
pub struct Said {
    /// Number and words.
    pub sections: Vec<(String, String)>,
    /// Number and words.
    pub paragraphs: Vec<(String, String)>,
    pub tables: Vec<SaidTable>,
    /// Number and title.
    pub figures: Vec<(String, String)>,
}

/// A table as it was read back.
#[derive(Debug, Default, PartialEq)]
pub struct SaidTable {
    pub number: String,
    pub caption: String,
    pub headings: Vec<String>,
    /// What people read in each cell, row by row.
    pub rows: Vec<Vec<String>>,
}

impl Said {
    /// What a document says.
    pub fn by(document: &Document) -> Self {
        let mut said = Self::default();
        for block in &document.blocks {
            match block {
                Block::Heading { level: 1, number: Some(number), text } => {
                    said.sections.push((number.clone(), text.clone()));
                }
                Block::Paragraph { number: Some(number), text } => {
                    said.paragraphs.push((number.clone(), text.clone()));
                }
                Block::Table(table) => said.tables.push(SaidTable::by(table)),
                Block::Figure(figure) => {
                    said.figures.push((figure.number.to_string(), figure.title.clone()));
                    said.tables.push(SaidTable::by(&figure.table));
                }
                _ => {}
            }
        }
        said
    }
}

impl SaidTable {
    fn by(table: &Table) -> Self {
        let grid = &table.grid;
        Self {
            number: table.number.to_string(),
            caption: table.caption.clone(),
            headings: grid.columns.iter().map(|column| column.heading.clone()).collect(),
            rows: grid.rows.iter().map(|row| row.cells.iter().map(Cell::words).collect()).collect(),
        }
    }
}

/// A door: what it is called, and what is read back from what leaves by it.
type Door = (&'static str, fn(&Document) -> Said);

const DOORS: [Door; 4] = [
    ("page", as_page::read_back),
    ("Word", as_docx::read_back),
    ("Excel", as_xlsx::read_back),
    ("CSV", as_csv::read_back),
];

/// The borough's report of the last whole quarter and its public part; then the programme of the
/// year and its public part.
fn documents() -> &'static [Document] {
    static DOCUMENTS: OnceLock<Vec<Document>> = OnceLock::new();
    DOCUMENTS.get_or_init(reported)
}

/// The report of the quarter and its public part alone.
fn of_the_quarter() -> &'static [Document] {
    &documents()[..2]
}

fn reported() -> Vec<Document> {
    let fresh = borough(Engine::Sqlite);
    let quarter = Quarter::of(today()).before().to_string();
    let year = Quarter::of(today()).year().to_string();
    let report = |about: &str, more: &[&str]| {
        let words = [&["report", about, "--json"], more].concat();
        let ran = run(&fresh.address, &words, "");
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err))
    };
    let both = |about: &str| [report(about, &[]), report(about, &["--public"])];
    [both(&quarter), both(&year)].concat()
}

/// The same document without its last table, with one figure more in its first, and with another
/// number before a paragraph: what a door might do to it.
fn spoiled(document: &Document) -> Vec<(&'static str, Document)> {
    let mut without = document.clone();
    let last = without.blocks.iter().rposition(|block| matches!(block, Block::Table(_))).unwrap();
    without.blocks.remove(last);

    let mut counted = document.clone();
    let cells = counted.blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table.grid.rows.iter_mut().flat_map(|row| &mut row.cells)),
        _ => None,
    });
    let share = cells.flatten().find(|cell| matches!(cell, Cell::Share { .. })).unwrap();
    if let Cell::Share { of, .. } = share {
        *of += 1;
    }

    let mut numbered = document.clone();
    let number = numbered.blocks.iter_mut().find_map(|block| match block {
        Block::Paragraph { number: Some(number), .. } => Some(number),
        _ => None,
    });
    "9.99".clone_into(number.unwrap());
    vec![("a table less", without), ("one more", counted), ("another number", numbered)]
}

#[test]
fn the_same_numbers_leave_by_all_doors() {
    for (place, document) in documents().iter().enumerate() {
        let spoiled = if place == 0 { spoiled(document) } else { Vec::new() };
        let said = Said::by(document);
        let few = if place < 2 { 10 } else { 2 };
        assert!(said.paragraphs.len() > 10 && said.tables.len() > few, "it says something");
        for (door, read_back) in DOORS {
            let read = read_back(document);
            assert_eq!(read.sections, said.sections, "{door}");
            assert_eq!(read.paragraphs, said.paragraphs, "{door}");
            assert_eq!(read.figures, said.figures, "{door}");
            assert_eq!(read.tables.len(), said.tables.len(), "{door}");
            for (read, said) in read.tables.iter().zip(&said.tables) {
                assert_eq!(read, said, "{door}");
            }
            for (how, spoiled) in &spoiled {
                assert!(read_back(spoiled) != said, "{door}: {how} would be seen");
            }
        }
        let Some(pdf) = as_pdf::words(document) else { continue };
        assert_eq!(as_pdf::not_found(&pdf, document), None);
        for (how, spoiled) in &spoiled {
            let pdf = as_pdf::words(spoiled).unwrap();
            assert!(as_pdf::not_found(&pdf, document).is_some(), "{how} would be seen");
        }
    }
}

/// The most sides before the annexes: a report that cannot be read before the meeting is not read.
const MOST_SIDES: usize = 4;

#[test]
fn the_report_itself_is_short_and_the_rest_stands_behind_it() {
    for document in of_the_quarter() {
        let Some(sides) = as_pdf::sides(document) else { return };
        assert!(sides <= MOST_SIDES, "{}: {sides} sides", document.cover.marking);
    }
    // With its words twice over it would be seen to be longer.
    let mut long = documents()[0].clone();
    let twice = |block: &Block| matches!(block, Block::Paragraph { .. }).then(|| block.clone());
    long.blocks =
        long.blocks.iter().flat_map(|it| [Some(it.clone()), twice(it)]).flatten().collect();
    assert!(as_pdf::sides(&long).is_some_and(|sides| sides > MOST_SIDES));
}
