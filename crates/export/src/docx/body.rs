//! The words of a Word file in their order, each under the style that says what it is.

use std::fmt::Write as _;

use quarterlight_report::document::{Block, Cover, Document, Figure, Note};
use quarterlight_report::print::PrintFault;

use super::{picture, table, xml};

const OPENING: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>"#
);

/// A4 with the margins of the PDF, and the header and footer of every page.
const CLOSING: &str = concat!(
    r#"<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/>"#,
    r#"<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1077" w:bottom="1191" w:left="1134" w:header="624" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#
);

const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rIdStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    r#"<Relationship Id="rIdSettings" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>"#,
    r#"<Relationship Id="rIdNumbering" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>"#,
    r#"<Relationship Id="rIdHeader" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>"#,
    r#"<Relationship Id="rIdFooter" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>"#
);

/// How many sections make a list of contents worth its room; the PDF has the same.
const MANY_SECTIONS: usize = 3;

/// The document's own part, the pictures in it and how they are found.
pub struct Body {
    /// `word/document.xml`.
    pub document: String,
    /// `word/_rels/document.xml.rels`.
    pub relations: String,
    /// The charts, each under the name that its relation has.
    pub pictures: Vec<(String, Vec<u8>)>,
    bookmarks: u32,
}

impl Body {
    /// The whole of a document.
    pub fn of(document: &Document) -> Result<Self, PrintFault> {
        let mut body = Self {
            document: OPENING.to_owned(),
            relations: RELATIONS.to_owned(),
            pictures: Vec::new(),
            bookmarks: 0,
        };
        body.cover(&document.cover);
        body.contents(&document.blocks);
        for block in &document.blocks {
            body.block(block)?;
        }
        if body.document.ends_with(table::END) {
            // A table cannot be the last thing in a Word file.
            body.say("TableNote", "");
        }
        body.document.push_str(CLOSING);
        body.relations.push_str("</Relationships>");
        Ok(body)
    }

    fn say(&mut self, style: &str, inside: &str) {
        self.document.push_str(&xml::paragraph(style, inside));
    }

    fn cover(&mut self, cover: &Cover) {
        for (style, text) in [
            ("Council", &cover.authority),
            ("Title", &cover.title),
            ("Subtitle", &cover.subtitle),
            ("AsAt", &cover.as_at),
        ] {
            if !text.is_empty() {
                self.say(style, &xml::run(text));
            }
        }
    }

    /// The sections as links: a field that Word can make anew, without page numbers, so that it is
    /// right before anybody does.
    fn contents(&mut self, blocks: &[Block]) {
        let sections: Vec<(String, String)> = blocks.iter().filter_map(section).collect();
        if sections.len() <= MANY_SECTIONS {
            return;
        }
        self.say("TOCHeading", &xml::run("Contents"));
        let begin = concat!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#,
            r#"<w:r><w:instrText xml:space="preserve"> TOC \o "1-1" \n \h \z </w:instrText></w:r>"#,
            r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r>"#
        );
        let end = r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
        let last = sections.len() - 1;
        for (place, (anchor, words)) in sections.iter().enumerate() {
            let link = format!(
                r#"<w:hyperlink w:anchor="{anchor}" w:history="1">{}</w:hyperlink>"#,
                xml::styled("Hyperlink", words)
            );
            let before = if place == 0 { begin } else { "" };
            let after = if place == last { end } else { "" };
            self.say("TOC1", &format!("{before}{link}{after}"));
        }
    }

    fn block(&mut self, block: &Block) -> Result<(), PrintFault> {
        let anchor = block.anchor();
        match block {
            Block::Heading { level, number, text } => {
                let style = if *level == 1 { "Heading1" } else { "Heading2" };
                let inside = xml::run(&numbered(number.as_deref(), text));
                let inside = self.marked(anchor.as_deref(), &inside);
                self.say(style, &inside);
            }
            Block::Paragraph { number: Some(number), text } => {
                let number =
                    self.marked(anchor.as_deref(), &xml::styled("ParagraphNumber", number));
                let inside = format!("{number}<w:r><w:tab/></w:r>{}", xml::run(text));
                self.say("ReportParagraph", &inside);
            }
            Block::Paragraph { number: None, text } => self.say("Normal", &xml::run(text)),
            Block::List { items } => {
                for item in items {
                    self.say("ListBullet", &xml::run(item));
                }
            }
            Block::Note(Note::Definition { term, text }) => {
                let term = xml::styled("Strong", &format!("{term}: "));
                self.say("Definition", &format!("{term}{}", xml::run(text)));
            }
            Block::Note(Note::Caveat { text }) => {
                let caution = xml::styled("Strong", "Caution: ");
                self.say("Caution", &format!("{caution}{}", xml::run(text)));
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => {
                self.figure(figure)?;
                self.table(&figure.table);
            }
        }
        Ok(())
    }

    /// The caption, the chart and its words for those who do not see it; its table follows.
    fn figure(&mut self, figure: &Figure) -> Result<(), PrintFault> {
        self.caption("Figure", figure.number, &figure.title);
        let (name, relation) =
            (format!("figure{}.png", figure.number), format!("rIdFigure{}", figure.number));
        let (inside, png) = picture::inline(figure, &relation)?;
        self.say("Chart", &inside);
        // Writing to a string cannot fail.
        let _ = write!(
            self.relations,
            r#"<Relationship Id="{relation}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/{name}"/>"#
        );
        self.pictures.push((name, png));
        Ok(())
    }

    fn table(&mut self, printed: &quarterlight_report::document::Table) {
        self.caption("Table", printed.number, &printed.caption);
        self.document.push_str(&table::of(printed));
        if let Some(note) = printed.grid.footnote() {
            self.say("TableNote", &xml::run(&note));
        }
    }

    /// *Table 3. What it shows*, with a number that Word can list, and that it cannot change.
    fn caption(&mut self, word: &str, number: u32, text: &str) {
        let sequence =
            xml::field(&format!(r"SEQ {word} \* ARABIC \r {number}"), &number.to_string());
        let inside = format!("{}{sequence}", xml::run(&format!("{word} ")));
        let anchor = format!("{}-{number}", word.to_lowercase());
        let inside = self.marked(Some(&anchor), &inside);
        self.say("Caption", &format!("{inside}{}", xml::run(&format!(". {text}"))));
    }

    /// Puts a bookmark around what people cite, so that links lead to it.
    fn marked(&mut self, anchor: Option<&str>, inside: &str) -> String {
        let Some(anchor) = anchor else { return inside.to_owned() };
        self.bookmarks += 1;
        let (id, name) = (self.bookmarks, name(anchor));
        format!(
            r#"<w:bookmarkStart w:id="{id}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{id}"/>"#
        )
    }
}

/// An anchor as Word spells a bookmark: `paragraph_3_2`.
fn name(anchor: &str) -> String {
    anchor.replace('-', "_")
}

fn numbered(number: Option<&str>, text: &str) -> String {
    number.map_or_else(|| text.to_owned(), |number| format!("{number}. {text}"))
}

fn section(block: &Block) -> Option<(String, String)> {
    match block {
        Block::Heading { level: 1, number, text } => {
            Some((name(&block.anchor()?), numbered(number.as_deref(), text)))
        }
        _ => None,
    }
}
