//! The PDF, read in the order in which its words were set.

use std::process::Command;

use quarterlight_report::document::Document;

use super::{Said, SaidTable};

/// The words of each page of a document's PDF, as they were set. Nothing on a machine without
/// poppler's pdftotext.
fn pages(document: &Document) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, quarterlight_export::pdf::pdf(document).unwrap()).unwrap();
    let Ok(read) = Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output() else {
        println!("The PDF was not read back: install poppler-utils for pdftotext.");
        return None;
    };
    let text = String::from_utf8(read.stdout).unwrap();
    Some(text.split('\u{c}').map(str::to_owned).collect())
}

/// How many sides a document has before its first annex.
pub fn sides(document: &Document) -> Option<usize> {
    let begins = |page: &String| page.lines().any(|line| line.starts_with("A. Annex"));
    let pages = pages(document)?;
    // The first page lists the annexes; the annexes themselves begin on a page of their own.
    Some(1 + pages.iter().skip(1).position(begins)?)
}

/// The words of a document's PDF without spaces, and without what stands at the head and the foot
/// of each page.
pub fn words(document: &Document) -> Option<String> {
    let pages: Vec<String> = pages(document)?.iter().map(|page| squeezed(page)).collect();
    let last = pages.iter().filter(|page| !page.is_empty()).count();
    let bare = pages.iter().zip(1..).map(|(page, number)| {
        let foot = squeezed(&format!("{} Page {number} of {last}", document.cover.title));
        page.replacen(&squeezed(&document.cover.marking), "", 1).replacen(&foot, "", 1)
    });
    Some(bare.collect())
}

/// The first thing that a document says and that does not stand in the words of a PDF, in order.
pub fn not_found(pdf: &str, document: &Document) -> Option<String> {
    let said = Said::by(document);
    let after = |from: usize, words: &str| {
        let at = pdf[from..].find(&squeezed(words))?;
        Some(from + at + squeezed(words).len())
    };
    let in_order = |parts: Vec<String>| {
        let mut place = 0;
        parts.into_iter().find(|part| match after(place, part) {
            Some(end) => {
                place = end;
                false
            }
            None => true,
        })
    };
    let numbered = |(number, words): &(String, String)| format!("{number}{words}");
    let caption = |(number, words): &(String, String)| format!("Figure {number}. {words}");
    in_order(said.sections.iter().map(|(number, words)| format!("{number}. {words}")).collect())
        .or_else(|| in_order(said.paragraphs.iter().map(numbered).collect()))
        .or_else(|| in_order(said.figures.iter().map(caption).collect()))
        .or_else(|| in_order(said.tables.iter().flat_map(lines).collect()))
}

/// A table line by line: its caption, its headings, and each row.
fn lines(table: &SaidTable) -> Vec<String> {
    let caption = format!("Table {}. {}", table.number, table.caption);
    [caption, table.headings.concat()]
        .into_iter()
        .chain(table.rows.iter().map(|row| row.concat()))
        .collect()
}

/// Without spaces, because lines break where the page ends.
fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}
