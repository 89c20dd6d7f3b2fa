//! Rows and columns, in a region of their own that scrolls sideways where the screen is narrow.

use askama::Template;
use askama::filters::HtmlSafe;

use super::content::Content;
use super::hostile::HOSTILE;
use super::tag::TagColour;

/// One column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// What its cells hold.
    pub heading: String,
    /// Whether they are numbers, which stand at the right.
    pub is_numeric: bool,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn words(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), is_numeric: false }
    }

    /// A column of numbers.
    #[must_use]
    pub fn numbers(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), is_numeric: true }
    }

    fn heading_classes(&self) -> &'static str {
        if self.is_numeric {
            "govuk-table__header govuk-table__header--numeric"
        } else {
            "govuk-table__header"
        }
    }

    fn cell_classes(&self) -> &'static str {
        if self.is_numeric {
            "govuk-table__cell govuk-table__cell--numeric"
        } else {
            "govuk-table__cell"
        }
    }
}

/// How large a table's caption is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CaptionSize {
    /// Medium: most tables.
    #[default]
    Medium,
    /// Small: one table among several.
    Small,
    /// For screen readers only, where a heading just above says the same.
    Hidden,
}

/// A table. With no rows it is a sentence instead.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/table.html")]
pub struct Table {
    /// What the identifiers of this table begin with; another for each table on a page.
    pub id: String,
    /// What the table shows.
    pub caption: String,
    /// How large that is.
    pub caption_size: CaptionSize,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with one cell for each column.
    pub rows: Vec<Vec<Content>>,
    /// Whether the first cell of each row names the row.
    pub has_row_headings: bool,
    /// The sentence that stands here where there are no rows.
    pub empty: String,
}

impl HtmlSafe for Table {}

impl Table {
    /// A table whose rows are named by their first cells.
    #[must_use]
    pub fn new(id: impl Into<String>, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            id: id.into(),
            caption: caption.into(),
            columns,
            has_row_headings: true,
            empty: "Nothing to show.".to_owned(),
            ..Self::default()
        }
    }

    /// The same table with rows, each with one cell for each column.
    #[must_use]
    pub fn rows(mut self, rows: Vec<Vec<Content>>) -> Self {
        self.rows = rows;
        self
    }

    /// The same table with a caption of another size.
    #[must_use]
    pub fn caption_size(mut self, size: CaptionSize) -> Self {
        self.caption_size = size;
        self
    }

    /// The same table with its own sentence for where there are no rows.
    #[must_use]
    pub fn empty(mut self, sentence: impl Into<String>) -> Self {
        self.empty = sentence.into();
        self
    }

    /// No rows, ordinary rows, no row headings, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let columns = || {
            vec![
                Column::words("Cohort"),
                Column::numbers("Open records"),
                Column::numbers("Audited in 12 months"),
                Column::words("Coverage"),
            ]
        };
        let row = |cohort: &str, open: &str, audited: &str, state: &str, colour| {
            vec![cohort.into(), open.into(), audited.into(), Content::tag(state, colour)]
        };
        let rows = || {
            vec![
                row("Child protection", "1,204", "311", "Audited", TagColour::Green),
                row("Disabled, placed out of borough", "14", "0", "Unknown", TagColour::Red),
            ]
        };
        vec![
            Self::new("none", "Actions overdue", columns()).empty("No action is overdue."),
            Self::new("coverage", "Coverage by cohort", columns()).rows(rows()),
            Self {
                has_row_headings: false,
                ..Self::new("plain", "Coverage by cohort", columns())
                    .rows(rows())
                    .caption_size(CaptionSize::Hidden)
            },
            Self::new("hostile", HOSTILE, vec![Column::words(HOSTILE), Column::numbers(HOSTILE)])
                .rows(vec![vec![HOSTILE.into(), Content::link(HOSTILE, HOSTILE)]])
                .caption_size(CaptionSize::Small),
        ]
    }

    fn caption_classes(&self) -> &'static str {
        match self.caption_size {
            CaptionSize::Medium => "govuk-table__caption govuk-table__caption--m",
            CaptionSize::Small => "govuk-table__caption govuk-table__caption--s",
            CaptionSize::Hidden => "govuk-table__caption govuk-visually-hidden",
        }
    }

    fn cells<'a>(&'a self, row: &'a [Content]) -> impl Iterator<Item = (&'a Column, &'a Content)> {
        self.columns.iter().zip(row)
    }
}
