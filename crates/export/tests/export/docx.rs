//! The Word file as Word and a screen reader find it.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quarterlight_export::docx::docx;
use quarterlight_report::document::{Block, Document};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::quarter;

const HOSTILE: &str = "</w:t></w:r></w:p><w:p/> & \"quoted\" 'x' \u{202e}desrever\u{0} ]]> <!-- 👍";

fn part(bytes: &[u8], name: &str) -> String {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    parts.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn names(bytes: &[u8]) -> Vec<String> {
    let parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    parts.file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// Every value of an attribute of an element, in order; and the whole is sound XML.
fn values(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let (mut reader, mut found) = (Reader::from_str(xml), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element => {
                let value = tag.try_get_attribute(attribute).unwrap();
                found.extend(value.map(|it| it.value.into_owned()));
            }
            _ => {}
        }
    }
}

fn styles_used(document: &str) -> BTreeSet<String> {
    ["w:pStyle", "w:rStyle", "w:tblStyle"]
        .iter()
        .flat_map(|element| values(document, element, "w:val"))
        .collect()
}

fn said(document: &Document) -> (usize, usize, usize) {
    let count = |is: fn(&Block) -> bool| document.blocks.iter().filter(|block| is(block)).count();
    (
        count(|block| matches!(block, Block::Heading { level: 1, .. })),
        count(|block| matches!(block, Block::Table(_) | Block::Figure(_))),
        count(|block| matches!(block, Block::Figure(_))),
    )
}

#[test]
fn headings_headers_and_alternative_text_are_there_for_a_screen_reader() {
    let document = quarter::report("Plans were seen.");
    let bytes = docx(&document).unwrap();
    let body = part(&bytes, "word/document.xml");
    let (sections, tables, figures) = said(&document);
    let count = |what: &str| body.matches(what).count();
    assert_eq!(count(r#"<w:pStyle w:val="Heading1"/>"#), sections);
    assert_eq!(count(r#"<w:pStyle w:val="Heading2"/>"#), 1);
    assert_eq!(count("<w:tbl>"), tables);
    assert_eq!(count("<w:tblHeader/>"), tables, "each header is repeated on every page");
    let rows = body.matches("<w:tr>").count();
    assert_eq!(count("<w:cantSplit/>"), rows, "no row breaks over a page");
    let described = values(&body, "wp:docPr", "descr");
    assert_eq!(described.len(), figures);
    assert!(described.iter().all(|words| words.contains("Three bars for child protection")));
    assert!(names(&bytes).iter().any(|name| name == "word/media/figure1.png"));
    assert_eq!(count("<w:txbxContent"), 0, "no words stand in a frame");
}

#[test]
fn it_says_its_language_its_title_and_on_every_page_who_may_see_it() {
    let document = quarter::report("Plans were seen.");
    let bytes = docx(&document).unwrap();
    let styles = part(&bytes, "word/styles.xml");
    assert_eq!(values(&styles, "w:lang", "w:val"), ["en-GB"]);
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains(
        "<dc:title>Audit of children’s social care records: July to September 2026</dc:title>"
    ));
    assert!(core.contains("<dc:language>en-GB</dc:language>"));
    assert!(part(&bytes, "word/header1.xml").contains(&document.cover.marking));
    let footer = part(&bytes, "word/footer1.xml");
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES "));
    for empty in ["lastModifiedBy", "dcterms:created", "w:comment", "w:ins ", "w:del "] {
        let all: String = names(&bytes)
            .iter()
            .filter(|name| !name.contains(".png"))
            .map(|name| part(&bytes, name))
            .collect();
        assert!(!all.contains(empty), "{empty}");
    }
}

#[test]
fn everything_has_a_style_and_nothing_a_look_of_its_own() {
    let bytes = docx(&quarter::report("Plans were seen.")).unwrap();
    let (body, styles) = (part(&bytes, "word/document.xml"), part(&bytes, "word/styles.xml"));
    let known: BTreeSet<String> = values(&styles, "w:style", "w:styleId").into_iter().collect();
    let used = styles_used(&body);
    assert!(used.is_subset(&known), "{:?}", used.difference(&known));
    for own in ["<w:sz ", "<w:color ", "<w:rFonts ", "<w:b/>", "<w:jc ", "<w:shd "] {
        assert!(!body.contains(own), "{own}");
        assert!(styles.contains(own) || own == "<w:shd ", "the control: {own} is in the styles");
    }
}

#[test]
fn what_people_cite_can_be_linked_to() {
    let document = quarter::report("Plans were seen.");
    let body = part(&docx(&document).unwrap(), "word/document.xml");
    let marks = values(&body, "w:bookmarkStart", "w:name");
    let all: BTreeSet<&String> = marks.iter().collect();
    assert_eq!(all.len(), marks.len(), "no two bookmarks have one name");
    for block in &document.blocks {
        if let Some(anchor) = block.anchor() {
            assert!(marks.contains(&anchor.replace('-', "_")), "{anchor}");
        }
    }
    for link in values(&body, "w:hyperlink", "w:anchor") {
        assert!(marks.contains(&link), "{link} leads nowhere");
    }
}

#[test]
fn what_people_write_is_never_read_as_markup() {
    let bytes = docx(&quarter::report(HOSTILE)).unwrap();
    let plain = docx(&quarter::report("Plans were seen.")).unwrap();
    let paragraphs = |bytes: &[u8]| part(bytes, "word/document.xml").matches("<w:p>").count();
    assert_eq!(paragraphs(&bytes), paragraphs(&plain), "no paragraph more");
    values(&part(&bytes, "word/document.xml"), "w:p", "w:none");
    assert!(!part(&bytes, "word/document.xml").contains(['\u{0}', '\u{202e}']));
}

#[test]
fn the_same_report_gives_the_same_file() {
    let bytes = docx(&quarter::report("Plans were seen.")).unwrap();
    assert_eq!(docx(&quarter::report("Plans were seen.")).unwrap(), bytes);
    assert_ne!(docx(&quarter::report("Plans were not seen.")).unwrap(), bytes);
}
