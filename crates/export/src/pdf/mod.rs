//! A document as a tagged PDF (PDF/UA-1), for the committee's agenda.

pub(crate) mod letters;
mod view;
pub(crate) mod widths;
pub(crate) mod world;

use quarterlight_report::document::Document;
use quarterlight_report::print::PrintFault;
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use world::PrintRoom;

/// Sets the document on A4 pages and gives the PDF's bytes: the same document gives the same bytes.
///
/// The file is tagged to PDF/UA-1 (ISO 14289-1): headings, table headers, alternative text and
/// language are there for a screen reader. Letters that our type lacks are printed as the mark for an unknown one.
///
/// # Errors
/// A fault where the document breaks the standard, such as a chart without alternative text. It
/// names what is wrong and never quotes the document.
pub fn pdf(document: &Document) -> Result<Vec<u8>, PrintFault> {
    let room = PrintRoom::with(&view::of(document))?;
    let printed = print(&room);
    // The typesetter remembers every report it has seen. They are private, and there are many.
    typst::comemo::evict(0);
    printed
}

fn print(room: &PrintRoom) -> Result<Vec<u8>, PrintFault> {
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| fault(error.message()))?;
    let pages: PagedDocument = typst::compile(room).output.map_err(|errors| first(&errors))?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    typst_pdf::pdf(&pages, &options).map_err(|errors| first(&errors))
}

fn first(errors: &[SourceDiagnostic]) -> PrintFault {
    fault(errors.first().map_or("the typesetter gave no reason", |error| error.message.as_str()))
}

/// What the typesetter said, without what it quotes: from the first quotation mark to the last.
fn fault(message: &str) -> PrintFault {
    let marks = ['`', '"', '“', '”'];
    let (before, rest) = message.split_once(marks).unwrap_or((message, ""));
    let (_, after) = rest.rsplit_once(marks).unwrap_or_default();
    let quoted = if before.len() < message.len() { "…" } else { "" };
    PrintFault(format!("{before}{quoted}{after}"))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn a_fault_never_quotes_the_document() {
        let said = fault("PDF/UA-1 error: the text `\"Meadowlark\"` could not be displayed");
        assert_eq!(
            said.to_string(),
            "print the document: PDF/UA-1 error: the text … could not be displayed"
        );
    }
}
