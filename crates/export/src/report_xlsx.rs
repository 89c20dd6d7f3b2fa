//! A document as an Excel workbook: its contents, its paragraphs, and a sheet of numbers for each table.

mod sheet;

use quarterlight_report::document::{Block, Document, Figure, Note, Table};
use quarterlight_report::print::PrintFault;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};

use sheet::{Formats, LINE, TITLE, lines_of, write_words};

/// The sheet that all others lead back to.
const CONTENTS: &str = "Contents";

/// How wide a column of sentences is, in letters.
const WIDE: u32 = 100;

/// The sheet with the words of the document.
const PARAGRAPHS: &str = "Paragraphs";

/// Puts a document into a workbook.
///
/// Each table, and the table of each chart, has a sheet of its own under its number. A share stands
/// in three columns: how many, of how many, and per cent. No cell is a formula and nothing is hidden.
///
/// # Errors
/// A fault where a chart cannot be drawn or a sheet has more than Excel holds. It never quotes the
/// document.
pub fn report_xlsx(document: &Document) -> Result<Vec<u8>, PrintFault> {
    Writing { document, formats: Formats::new(), file: Workbook::new() }.whole()
}

/// What went wrong, without what it quotes: Excel's own messages have the words of cells.
fn fault(error: &XlsxError) -> PrintFault {
    let kind = match error {
        XlsxError::RowColumnLimitError => "a sheet has more rows or columns than Excel holds",
        XlsxError::MaxStringLengthExceeded => "a cell has more words than Excel holds",
        XlsxError::SheetnameReused(_) => "two tables have one number",
        _ => "a part of it could not be written",
    };
    PrintFault(format!("write the workbook: {kind}"))
}

struct Writing<'a> {
    document: &'a Document,
    formats: Formats,
    file: Workbook,
}

impl Writing<'_> {
    fn whole(mut self) -> Result<Vec<u8>, PrintFault> {
        self.properties().map_err(|error| fault(&error))?;
        self.contents().map_err(|error| fault(&error))?;
        self.paragraphs().map_err(|error| fault(&error))?;
        for block in &self.document.blocks {
            match block {
                Block::Table(table) => self.table(table, None)?,
                Block::Figure(figure) => self.table(&figure.table, Some(figure))?,
                _ => {}
            }
        }
        self.file.save_to_buffer().map_err(|error| fault(&error))
    }

    fn properties(&mut self) -> Result<(), XlsxError> {
        let cover = &self.document.cover;
        let made = DocProperties::new()
            .set_title(format!("{}: {}", cover.title, cover.subtitle))
            .set_author(&cover.authority)
            .set_subject(&cover.marking)
            // A document has no clock: the same document gives the same file.
            .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
        self.file.set_properties(&made);
        Ok(())
    }

    /// A sheet that is read on paper too: A4 across, as wide as the page, and marked on each page.
    fn page(&mut self, name: &str) -> Result<&mut Worksheet, XlsxError> {
        let (marking, title) =
            (sheet::code(&self.document.cover.marking), &self.document.cover.title);
        let title = sheet::code(title);
        let page = self.file.add_worksheet();
        page.set_name(name)?;
        page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        page.set_header(format!("&L&\"-,Bold\"{marking}"));
        page.set_footer(format!("&L{title}&RPage &P of &N"));
        Ok(page)
    }

    fn contents(&mut self) -> Result<(), XlsxError> {
        let (document, formats) = (self.document, self.formats.clone());
        let cover = &document.cover;
        let page = self.page(CONTENTS)?;
        page.set_column_width(0, 14)?.set_column_width(1, WIDE)?;
        write_words(page, (0, 0), &cover.title, &formats.title)?;
        page.set_row_height(0, TITLE)?;
        let lines = [&cover.authority, &cover.subtitle, &cover.as_at, &cover.marking];
        let mut row = 1;
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            write_words(page, (row, 0), line, &formats.plain)?;
            row += 1;
        }
        let withheld = "[c] stands where a number is withheld. A share stands in three columns: how many, of how many, and per cent.";
        write_words(page, (row, 0), withheld, &formats.plain)?;
        row += 2;
        write_words(page, (row, 0), "Sheet", &formats.heading)?;
        write_words(page, (row, 1), "What it shows", &formats.heading)?;
        row += 1;
        link(page, (row, 0), PARAGRAPHS)?;
        write_words(page, (row, 1), "The words of the report, with their numbers", &formats.words)?;
        for block in &document.blocks {
            let (table, says) = match block {
                Block::Table(table) => (table, table.caption.clone()),
                Block::Figure(figure) => {
                    (&figure.table, format!("{}. {}", figure.label(), figure.title))
                }
                _ => continue,
            };
            row += 1;
            link(page, (row, 0), &table.label())?;
            write_words(page, (row, 1), &says, &formats.words)?;
            page.set_row_height(row, lines_of(&says, WIDE) * LINE)?;
        }
        Ok(())
    }

    fn paragraphs(&mut self) -> Result<(), XlsxError> {
        let (document, formats) = (self.document, self.formats.clone());
        let page = self.page(PARAGRAPHS)?;
        page.set_column_width(0, 12)?.set_column_width(1, 14)?.set_column_width(2, WIDE)?;
        write_words(page, (0, 0), "The words of the report", &formats.title)?;
        page.set_row_height(0, TITLE)?;
        link(page, (1, 0), CONTENTS)?;
        for (column, heading) in (0_u16..).zip(["Number", "Kind", "Words"]) {
            write_words(page, (2, column), heading, &formats.heading)?;
        }
        page.set_freeze_panes(3, 0)?.set_repeat_rows(2, 2)?;
        for (row, (number, kind, words)) in (3_u32..).zip(document.blocks.iter().flat_map(said)) {
            write_words(page, (row, 0), &number, &formats.words)?;
            write_words(page, (row, 1), kind, &formats.words)?;
            write_words(page, (row, 2), &words, &formats.words)?;
            page.set_row_height(row, lines_of(&words, WIDE) * LINE)?;
        }
        Ok(())
    }

    /// One sheet: the caption, its note, the way back, and the figures; beneath them the chart.
    fn table(&mut self, table: &Table, figure: Option<&Figure>) -> Result<(), PrintFault> {
        let formats = self.formats.clone();
        let page = self.page(&table.label()).map_err(|error| fault(&error))?;
        let next = sheet::figures(page, table, figure, &formats).map_err(|error| fault(&error))?;
        if let Some(figure) = figure {
            sheet::chart(page, next, figure, &formats)?;
        }
        Ok(())
    }
}

/// A cell that leads to another sheet.
fn link(page: &mut Worksheet, (row, column): (u32, u16), sheet: &str) -> Result<(), XlsxError> {
    let to = Url::new(format!("internal:'{sheet}'!A1"));
    let words = if sheet == CONTENTS { "Back to contents" } else { sheet };
    let look = Format::new()
        .set_font_color("1D70B8")
        .set_underline(rust_xlsxwriter::FormatUnderline::Single);
    page.write_url_with_format(row, column, to.set_text(words), &look.set_align(FormatAlign::Top))?;
    Ok(())
}

/// What a block says in words: number, kind and text.
fn said(block: &Block) -> Vec<(String, &'static str, String)> {
    let one = |number: &Option<String>, kind, text: &str| {
        vec![(number.clone().unwrap_or_default(), kind, text.to_owned())]
    };
    match block {
        Block::Heading { level: 1, number, text } => one(number, "Section", text),
        Block::Heading { number, text, .. } => one(number, "Heading", text),
        Block::Paragraph { number, text } => one(number, "Paragraph", text),
        Block::List { items } => {
            items.iter().map(|item| (String::new(), "Point", item.clone())).collect()
        }
        Block::Note(Note::Definition { term, text }) => {
            one(&None, "Definition", &format!("{term}: {text}"))
        }
        Block::Note(Note::Caveat { text }) => one(&None, "Caution", text),
        Block::Table(table) => {
            vec![(table.label(), "Table", table.caption.clone())]
        }
        Block::Figure(figure) => vec![
            (figure.label(), "Figure", figure.title.clone()),
            (figure.table.label(), "Table", figure.table.caption.clone()),
        ],
    }
}
