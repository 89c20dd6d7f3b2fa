//! Builds a document and numbers its sections, paragraphs, tables and figures, once for all doors.

use thiserror::Error;

use crate::chart::Picture;
use crate::document::{Block, Cover, Document, Figure, Note, Table};
use crate::table::Grid;

/// A document in the making. Say things in order; the numbers come by themselves.
#[derive(Debug, Clone)]
pub struct DocumentBuilder {
    cover: Cover,
    blocks: Vec<Block>,
    sections: u32,
    annexes: u8,
    /// The number of the section or the letter of the annex that is open; none before the first.
    open: Option<String>,
    paragraphs: u32,
    tables: u32,
    figures: u32,
}

/// The document is not fit to be read: it says which part, never what it says.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("finish the document: {0}")]
pub struct Unfinished(pub String);

impl DocumentBuilder {
    /// A document with its cover and nothing said yet.
    pub fn new(cover: Cover) -> Self {
        Self {
            cover,
            blocks: Vec::new(),
            sections: 0,
            annexes: 0,
            open: None,
            paragraphs: 0,
            tables: 0,
            figures: 0,
        }
    }

    /// Opens the next section.
    pub fn section(&mut self, text: impl Into<String>) {
        self.sections += 1;
        self.begin(self.sections.to_string(), text.into());
    }

    /// Opens the next annex: what stands behind the report for those who want every figure. Its
    /// number is a letter; there are never more than twenty-six.
    pub fn annex(&mut self, text: impl Into<String>) {
        let letter = char::from(b'A' + self.annexes.min(25));
        self.annexes += 1;
        self.begin(letter.to_string(), text.into());
    }

    fn begin(&mut self, number: String, text: String) {
        self.paragraphs = 0;
        self.open = Some(number.clone());
        self.blocks.push(Block::Heading { level: 1, number: Some(number), text });
    }

    /// A heading within the section. Paragraph numbers run on through it.
    pub fn subsection(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading { level: 2, number: None, text: text.into() });
    }

    /// A paragraph, numbered when it stands in a section.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        let number = self.open.as_ref().map(|open| {
            self.paragraphs += 1;
            format!("{open}.{}", self.paragraphs)
        });
        self.blocks.push(Block::Paragraph { number, text: text.into() });
    }

    /// Points that belong to the paragraph before. None, when there are no points.
    pub fn list<S: Into<String>>(&mut self, items: impl IntoIterator<Item = S>) {
        let items: Vec<String> = items.into_iter().map(Into::into).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List { items });
        }
    }

    /// What a word means here.
    pub fn definition(&mut self, term: impl Into<String>, text: impl Into<String>) {
        self.blocks.push(Block::Note(Note::Definition { term: term.into(), text: text.into() }));
    }

    /// How far the figures may be trusted.
    pub fn caveat(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Note(Note::Caveat { text: text.into() }));
    }

    /// What the next table will be called, for the sentence that leads to it.
    pub fn next_table(&self) -> String {
        format!("Table {}", self.tables + 1)
    }

    /// What the next figure will be called, for the sentence that leads to it.
    pub fn next_figure(&self) -> String {
        format!("Figure {}", self.figures + 1)
    }

    /// A table, under the next number.
    pub fn table(&mut self, caption: impl Into<String>, grid: Grid) {
        let table = self.numbered(caption.into(), grid);
        self.blocks.push(Block::Table(table));
    }

    /// A chart under a sentence that says what it shows, with its words for those who do not see
    /// it; its figures follow as a table.
    pub fn figure(
        &mut self,
        title: impl Into<String>,
        alt_text: impl Into<String>,
        chart: impl Into<Picture>,
    ) {
        let chart = chart.into();
        self.figures += 1;
        let number = self.figures;
        let table = self.numbered(format!("The figures in Figure {number}"), chart.grid());
        let (title, alt_text) = (title.into(), alt_text.into());
        self.blocks.push(Block::Figure(Figure { number, title, alt_text, chart, table }));
    }

    fn numbered(&mut self, caption: String, grid: Grid) -> Table {
        self.tables += 1;
        Table { number: self.tables, caption, grid }
    }

    /// The document, when nothing in it would leave a reader without what others can see.
    ///
    /// # Errors
    /// `Unfinished` where the title or a heading is blank, a chart has no alternative text or no
    /// sentence for a title, or a table's or a bar's parts do not match its headings.
    pub fn finish(self) -> Result<Document, Unfinished> {
        if self.cover.title.trim().is_empty() {
            return Err(Unfinished("it has no title".to_owned()));
        }
        for block in &self.blocks {
            check(block)?;
        }
        Ok(Document { cover: self.cover, language: "en-GB".to_owned(), blocks: self.blocks })
    }
}

fn check(block: &Block) -> Result<(), Unfinished> {
    match block {
        Block::Heading { text, .. } if text.trim().is_empty() => {
            Err(Unfinished("a heading is blank".to_owned()))
        }
        Block::Table(table) => check_table(table),
        Block::Figure(figure) => check_figure(figure),
        Block::Heading { .. } | Block::Paragraph { .. } | Block::List { .. } | Block::Note(_) => {
            Ok(())
        }
    }
}

fn check_table(table: &Table) -> Result<(), Unfinished> {
    let label = table.label();
    if table.caption.trim().is_empty() {
        return Err(Unfinished(format!("{label} has no caption")));
    }
    let columns = table.grid.columns.len();
    if columns == 0 || table.grid.rows.iter().any(|row| row.cells.len() != columns) {
        return Err(Unfinished(format!("{label} has a row that does not match its columns")));
    }
    Ok(())
}

fn check_figure(figure: &Figure) -> Result<(), Unfinished> {
    let label = figure.label();
    let fault = |what: &str| Err(Unfinished(format!("{label} {what}")));
    if figure.title.trim().is_empty() {
        return fault("has no sentence for a title");
    }
    if figure.alt_text.trim().is_empty() {
        return fault("has no alternative text");
    }
    if let Some(what) = figure.chart.fault() {
        return fault(what);
    }
    check_table(&figure.table)
}
