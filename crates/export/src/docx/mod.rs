//! A document as a Word file: real headings, tables whose headers repeat, and named styles that a council can change.

mod body;
mod picture;
mod table;
mod xml;

use std::io::{Cursor, Write};

use quarterlight_report::document::{Cover, Document};
use quarterlight_report::print::PrintFault;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use body::Body;

/// Puts a document into a Word file: the same document gives the same bytes.
///
/// Every look comes from a style, so that a council's own template restyles the whole: nothing in
/// the text has a size or a colour of its own.
///
/// # Errors
/// A fault where a chart cannot be drawn or the parts cannot be packed. It never quotes the document.
pub fn docx(document: &Document) -> Result<Vec<u8>, PrintFault> {
    let body = Body::of(document)?;
    let core = core(&document.cover, &document.language);
    let (header, footer) = (header(&document.cover), footer(&document.cover));
    let mut parts: Vec<(String, &[u8])> = vec![
        ("[Content_Types].xml".to_owned(), include_bytes!("parts/content_types.xml")),
        ("_rels/.rels".to_owned(), include_bytes!("parts/rels.xml")),
        ("docProps/core.xml".to_owned(), core.as_bytes()),
        ("word/document.xml".to_owned(), body.document.as_bytes()),
        ("word/_rels/document.xml.rels".to_owned(), body.relations.as_bytes()),
        ("word/styles.xml".to_owned(), include_bytes!("parts/styles.xml")),
        ("word/settings.xml".to_owned(), include_bytes!("parts/settings.xml")),
        ("word/numbering.xml".to_owned(), include_bytes!("parts/numbering.xml")),
        ("word/header1.xml".to_owned(), header.as_bytes()),
        ("word/footer1.xml".to_owned(), footer.as_bytes()),
    ];
    for (name, png) in &body.pictures {
        parts.push((format!("word/media/{name}"), png));
    }
    packed(&parts).map_err(|_| PrintFault("pack the parts of the Word file".to_owned()))
}

fn packed(parts: &[(String, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    // Every part has the first day that a zip can say, because a document has no clock.
    let how = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in parts {
        file.start_file(name.as_str(), how)?;
        file.write_all(bytes)?;
    }
    Ok(file.finish()?.into_inner())
}

/// What programs read of the file without opening it.
fn core(cover: &Cover, language: &str) -> String {
    let title = [&cover.title, &cover.subtitle].map(|part| xml::words(part));
    let title = title.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            "\n",
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">"#,
            "<dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:subject>{}</dc:subject><dc:language>{}</dc:language>",
            "</cp:coreProperties>"
        ),
        title,
        xml::words(&cover.authority),
        xml::words(&cover.marking),
        xml::words(language)
    )
}

/// Who may see it, on every page.
fn header(cover: &Cover) -> String {
    margin("hdr", &xml::paragraph("Header", &xml::run(&cover.marking)))
}

/// The title and *Page 2 of 9*, on every page.
fn footer(cover: &Cover) -> String {
    let inside = format!(
        "{}<w:r><w:tab/></w:r>{}{}{}{}",
        xml::run(&cover.title),
        xml::run("Page "),
        xml::field("PAGE", "1"),
        xml::run(" of "),
        xml::field("NUMPAGES", "1")
    );
    margin("ftr", &xml::paragraph("Footer", &inside))
}

fn margin(element: &str, inside: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{element} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{inside}</w:{element}>"#
    )
}
