//! The Word file, read from the XML in it.

use std::io::{Cursor, Read};

use quarterlight_report::document::Document;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Said, SaidTable};

/// One thing in the body of the file: the words of a paragraph, or a row of a table.
#[derive(Debug)]
enum Found {
    Paragraph { style: String, words: String },
    Row { is_header: bool, cells: Vec<String> },
}

/// What the Word file of a report says.
pub fn read_back(document: &Document) -> Said {
    let bytes = quarterlight_export::docx::docx(document).unwrap();
    let mut said = Said::default();
    for found in found(&part(&bytes, "word/document.xml")) {
        match found {
            Found::Row { is_header: true, cells } => {
                said.tables.last_mut().unwrap().headings = cells;
            }
            Found::Row { cells, .. } => said.tables.last_mut().unwrap().rows.push(cells),
            Found::Paragraph { style, words } => match style.as_str() {
                "Heading1" => said.sections.push(split(&words, ". ")),
                "ReportParagraph" => said.paragraphs.push(split(&words, "\t")),
                "Caption" => {
                    if let Some(words) = words.strip_prefix("Figure ") {
                        said.figures.push(split(words, ". "));
                    } else {
                        let (number, caption) = split(words.strip_prefix("Table ").unwrap(), ". ");
                        said.tables.push(SaidTable { number, caption, ..SaidTable::default() });
                    }
                }
                _ => {}
            },
        }
    }
    said
}

/// A part of the file as text.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    parts.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn split(words: &str, mark: &str) -> (String, String) {
    let (number, rest) = words.split_once(mark).unwrap();
    (number.to_owned(), rest.to_owned())
}

fn found(xml: &str) -> Vec<Found> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut row): (Vec<Found>, Option<(bool, Vec<String>)>) = (Vec::new(), None);
    let (mut style, mut words, mut in_text) = (String::new(), String::new(), false);
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Eof => return all,
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "w:p" => (style, words) = (String::new(), String::new()),
                "w:pStyle" => style = value(tag),
                "w:tr" => row = Some((false, Vec::new())),
                "w:tblHeader" => row.as_mut().unwrap().0 = true,
                "w:t" => in_text = true,
                "w:tab" if !style.is_empty() => words.push('\t'),
                _ => {}
            },
            Event::Text(text) if in_text => words.push_str(text),
            Event::GeneralRef(letter) if in_text => words.push(match &**letter {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                other => panic!("{other:?}"),
            }),
            Event::End(tag) => match tag.name().as_ref() {
                "w:t" => in_text = false,
                "w:tc" => {
                    let cell = words.replace('\u{a0}', " ");
                    row.as_mut().unwrap().1.push(cell);
                }
                "w:tr" => {
                    let (is_header, cells) = row.take().unwrap();
                    all.push(Found::Row { is_header, cells });
                }
                "w:p" if row.is_none() => {
                    all.push(Found::Paragraph { style: style.clone(), words: words.clone() });
                }
                _ => {}
            },
            _ => {}
        }
    }
}

fn value(tag: &quick_xml::events::BytesStart<'_>) -> String {
    let value = tag.try_get_attribute("w:val").unwrap().unwrap();
    value.value.into_owned()
}
