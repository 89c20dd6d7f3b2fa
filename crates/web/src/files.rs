//! A report as a file: the same document by the door that its reader asks for.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use quarterlight_report::document::Document;
use quarterlight_report::print::{PrintFault, Printer};

use crate::app::App;
use crate::error::Failure;
use crate::links;
use crate::page::{self, Page};

/// Packs files into one, away from other people's pages: setting and packing take their time.
///
/// # Errors
/// Fails where a file cannot be set or packed.
pub async fn packed(
    name: &str,
    pack: impl FnOnce() -> Result<Vec<u8>, PrintFault> + Send + 'static,
) -> page::Result {
    let packed = tokio::task::spawn_blocking(pack).await;
    let broke = |_| Failure::Failed(format!("pack {name}: it was stopped"));
    let bytes = packed.map_err(broke)??;
    Ok(Page::Download { name: name.to_owned(), content_type: "application/zip", bytes })
}

/// A kind of file, as the end of a URL says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// For the agenda: tagged, and set as it is printed.
    Pdf,
    /// For a report of the council's own.
    Word,
    /// The figures as numbers.
    Excel,
    /// The figures for another program.
    Csv,
}

impl FileKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Word, Self::Excel, Self::Csv];

    /// How its name and its URL end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Word => "docx",
            Self::Excel => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// What its link says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF, for the agenda",
            Self::Word => "Word, to go on with",
            Self::Excel => "Excel, with the figures as numbers",
            Self::Csv => "CSV, with the figures for another program",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    fn printer(self, app: &App) -> Printer {
        match self {
            Self::Pdf => app.printers.pdf,
            Self::Word => app.printers.docx,
            Self::Excel => app.printers.xlsx,
            Self::Csv => app.printers.csv,
        }
    }
}

/// A handler of a URL with `{kind}` in it is given the kind; of no other kind there is a page.
impl FromRequestParts<App> for FileKind {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| Failure::NotFound)?;
        let kind = path.iter().find(|(key, _)| *key == "kind").map(|(_, value)| value);
        let kind = Self::ALL.into_iter().find(|known| Some(known.ending()) == kind);
        kind.ok_or(Failure::NotFound)
    }
}

/// The files of the report that stands at `page`: what each link says, and where it leads.
pub fn of(page: &str) -> Vec<(&'static str, String)> {
    FileKind::ALL.map(|kind| (kind.words(), links::file(page, kind.ending()))).into()
}

/// The document as a file with this name, made on a thread where nobody waits for anything else.
///
/// # Errors
/// Fails if the file cannot be made.
pub async fn printed(app: &App, kind: FileKind, name: &str, document: Document) -> page::Result {
    let print = kind.printer(app);
    let printed = tokio::task::spawn_blocking(move || print(&document)).await;
    let bytes =
        printed.map_err(|_| Failure::Failed("print the document: it was stopped".into()))?;
    let name = format!("{name}.{}", kind.ending());
    Ok(Page::Download { name, content_type: kind.content_type(), bytes: bytes? })
}
