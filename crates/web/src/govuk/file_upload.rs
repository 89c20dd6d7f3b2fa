//! A file from the person's own machine, such as a case list.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::Field;
use super::hostile::HOSTILE;

/// A question answered by a file; its form needs `enctype="multipart/form-data"`.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/file_upload.html")]
pub struct FileUpload {
    /// Name, label, help and error.
    pub field: Field,
    /// The kinds of file that the browser offers first, such as ".xlsx,.csv".
    pub accept: Option<&'static str>,
    /// True if several files may be chosen, or dropped, at once.
    pub several: bool,
}

impl HtmlSafe for FileUpload {}

impl FileUpload {
    /// A question that takes any file.
    #[must_use]
    pub fn new(field: Field) -> Self {
        Self { field, accept: None, several: false }
    }

    /// The same question, with the kinds of file offered first.
    #[must_use]
    pub fn accept(mut self, kinds: &'static str) -> Self {
        self.accept = Some(kinds);
        self
    }

    /// The same question, for several files at once.
    #[must_use]
    pub fn several(mut self) -> Self {
        self.several = true;
        self
    }

    /// Empty, with kinds, an error, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::new(Field::new("proof", "Proof")),
            Self::new(
                Field::new("case_list", "Case list").hint("A workbook or a CSV file, up to 20 MB."),
            )
            .accept(".xlsx,.csv")
            .several(),
            Self::new(Field::new("again", "Case list").error("Choose a file".to_owned())),
            Self::new(Field::new("hostile", HOSTILE).hint(HOSTILE).error(HOSTILE.to_owned())),
        ]
    }
}
