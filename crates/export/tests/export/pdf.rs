//! The PDF as a screen reader and a committee clerk find it.

use std::process::Command;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use quarterlight_export::pdf::pdf;
use quarterlight_report::document::{Block, Document, Note};
use quarterlight_report::table::Cell;

use super::quarter;

const HOSTILE: &str = "#panic(\"no\") *not bold* $x^2$ <label> @cite // gone? #import \"@preview/x:1.0.0\" \\ = Not a heading";

/// One element of the structure that a screen reader walks.
struct Tag {
    name: String,
    has_alternative: bool,
    scope: Option<String>,
}

/// Every element of the structure tree, in reading order.
fn tags(bytes: &[u8]) -> Vec<Tag> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
    let mut found = Vec::new();
    walk(&root.get::<Dict<'_>>("StructTreeRoot").unwrap(), &mut found);
    found
}

fn walk(element: &Dict<'_>, found: &mut Vec<Tag>) {
    if let Some(tag) = element.get::<Name<'_>>("S") {
        let alternative = element.get::<PdfString<'_>>("Alt");
        found.push(Tag {
            name: tag.as_str().to_owned(),
            has_alternative: alternative.is_some_and(|words| !words.as_bytes().is_empty()),
            scope: scope(element),
        });
    }
    if let Some(children) = element.get::<Array<'_>>("K") {
        for child in children.iter::<Object<'_>>() {
            if let Object::Dict(child) = child {
                walk(&child, found);
            }
        }
    } else if let Some(child) = element.get::<Dict<'_>>("K") {
        walk(&child, found);
    }
}

fn scope(element: &Dict<'_>) -> Option<String> {
    let attributes = element.get::<Array<'_>>("A")?;
    let scope = attributes.iter::<Dict<'_>>().find_map(|set| set.get::<Name<'_>>("Scope"));
    scope.map(|name| name.as_str().to_owned())
}

/// The words of the file in reading order, or nothing on a machine without poppler's pdftotext.
fn words(bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, bytes).unwrap();
    let Ok(read) = Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output() else {
        eprintln!("The words of the PDF were not read back: install poppler-utils for pdftotext.");
        return None;
    };
    Some(squeezed(&String::from_utf8(read.stdout).unwrap()))
}

/// Without spaces, because lines break where the page ends.
fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

fn said(document: &Document) -> Vec<String> {
    let mut said = vec![
        document.cover.title.clone(),
        document.cover.authority.clone(),
        document.cover.as_at.clone(),
        document.cover.marking.clone(),
    ];
    for block in &document.blocks {
        match block {
            Block::Heading { number, text, .. } => {
                said.push(
                    number
                        .as_ref()
                        .map_or_else(|| text.clone(), |number| format!("{number}. {text}")),
                );
            }
            Block::Paragraph { number, text } => {
                said.push(format!("{}{text}", number.clone().unwrap_or_default()));
            }
            Block::List { items } => said.extend(items.clone()),
            Block::Note(Note::Definition { term, text }) => said.push(format!("{term}: {text}")),
            Block::Note(Note::Caveat { text }) => said.push(format!("Caution: {text}")),
            Block::Table(table) => {
                said.push(format!("{}. {}", table.label(), table.caption));
                said.extend(
                    table.grid.rows.iter().flat_map(|row| row.cells.iter().map(Cell::words)),
                );
            }
            Block::Figure(figure) => said.push(format!("{}. {}", figure.label(), figure.title)),
        }
    }
    said
}

#[test]
fn is_tagged_to_pdf_ua_and_says_its_language_and_title() {
    let bytes = pdf(&quarter::report("Plans were seen.")).unwrap();
    let read = Pdf::new(bytes).unwrap();
    let root: Dict<'_> = read.xref().get(read.xref().root_id()).unwrap();
    assert_eq!(root.get::<PdfString<'_>>("Lang").unwrap().as_bytes(), b"en-GB");
    assert_eq!(root.get::<Dict<'_>>("MarkInfo").unwrap().get::<bool>("Marked"), Some(true));
    assert_eq!(
        root.get::<Dict<'_>>("ViewerPreferences").unwrap().get::<bool>("DisplayDocTitle"),
        Some(true)
    );
    assert!(root.contains_key("Outlines"), "bookmarks");
    let metadata = root.get::<Stream<'_>>("Metadata").unwrap().decoded().unwrap().into_owned();
    let metadata = String::from_utf8(metadata).unwrap();
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(metadata.contains("Audit of children’s social care records"));
}

#[test]
fn headings_table_headers_and_figures_are_there_for_a_screen_reader() {
    let document = quarter::report("Plans were seen.");
    let tags = tags(&pdf(&document).unwrap());
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    let scoped = |scope: &str| {
        tags.iter().filter(|tag| tag.name == "TH" && tag.scope.as_deref() == Some(scope)).count()
    };
    assert_eq!(count("H1"), 9, "the sections: the contents have no heading");
    assert_eq!(count("H2"), 1);
    assert_eq!(count("Table"), 3);
    assert_eq!(scoped("Row"), 3 + 61 + 2, "one for each row");
    assert_eq!(scoped("Column"), 6 + 5 + 5, "one for each column, though printed on every page");
    assert_eq!(count("LI"), 2, "the points");
    assert!(count("Figure") > 0);
    assert!(tags.iter().filter(|tag| tag.name == "Figure").all(|tag| tag.has_alternative));
}

#[test]
fn every_word_and_number_is_in_it() {
    let document = quarter::report("Plans were seen.");
    let Some(words) = words(&pdf(&document).unwrap()) else { return };
    for part in said(&document) {
        assert!(words.contains(&squeezed(&part)), "{part}");
    }
    assert!(words.contains("Page1of"));
    assert!(!words.contains("Planswerenotseen."), "the check can fail");
}

#[test]
fn what_people_write_is_never_read_as_the_typesetters_language() {
    let document = quarter::report(HOSTILE);
    let bytes = pdf(&document).unwrap();
    let tags = tags(&bytes);
    assert_eq!(tags.iter().filter(|tag| tag.name == "H1").count(), 9, "no heading more");
    if let Some(words) = words(&bytes) {
        assert_eq!(words.matches(&squeezed(HOSTILE)).count(), 3, "paragraph, cell and definition");
    }
}

#[test]
fn letters_without_a_shape_do_not_stop_the_report() {
    let bytes = pdf(&quarter::report("良い 👍 \u{202e}desrever\u{0} \u{e000} مرحبا")).unwrap();
    if let Some(words) = words(&bytes) {
        assert!(
            words.contains("\u{fffd}\u{fffd}\u{fffd}desrever"),
            "a mark stands where the letter was"
        );
    }
}

#[test]
fn a_chart_without_alternative_text_is_refused_at_the_door_too() {
    let mut document = quarter::report("Plans were seen.");
    for block in &mut document.blocks {
        if let Block::Figure(figure) = block {
            figure.alt_text = String::new();
        }
    }
    let refused = pdf(&document).unwrap_err().to_string();
    assert!(refused.contains("missing alt text"), "{refused}");
}

#[test]
fn the_same_report_gives_the_same_file() {
    let bytes = pdf(&quarter::report("Plans were seen.")).unwrap();
    assert_eq!(pdf(&quarter::report("Plans were seen.")).unwrap(), bytes);
    assert_ne!(pdf(&quarter::report("Plans were not seen.")).unwrap(), bytes);
}
