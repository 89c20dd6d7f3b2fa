//! A page of a case list that says something in a sentence or two, and shows it in tables.

use askama::Template;

use crate::govuk::{Column, Content, HOSTILE, Table};
use crate::layout::Frame;

/// The most records that such a page lists; the store gives no more.
pub const LISTED: u32 = 200;

/// A heading, sentences and tables.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/case_lists/tables.html")]
pub struct TablesPage {
    /// The page's frame, with its title.
    pub frame: Frame,
    /// What stands above the heading: the case list.
    pub caption: String,
    /// What the tables show.
    pub sentences: Vec<String>,
    /// The tables.
    pub tables: Vec<Table>,
}

impl TablesPage {
    /// Nothing, and hostile words throughout.
    pub fn samples() -> Vec<Self> {
        let columns = || vec![Column::words("Record"), Column::words(HOSTILE)];
        let table = Table::new("records", HOSTILE, columns())
            .rows(vec![vec![Content::text("00123"), Content::text(HOSTILE)]]);
        let empty = Table::new("records", "Records", columns()).empty("No record.");
        [(empty, "None."), (table, HOSTILE)]
            .map(|(table, sentence)| Self {
                frame: Frame::new("Case list of 1 October 2026"),
                caption: sentence.to_owned(),
                sentences: vec![sentence.to_owned()],
                tables: vec![table],
            })
            .to_vec()
    }
}

/// *The first 200 of 1,204 are listed.*, where not all are.
pub fn first_of(matching: u32) -> Option<String> {
    (matching > LISTED).then(|| {
        format!(
            "The first {LISTED} of {} are listed.",
            quarterlight_report::words::whole(matching.into())
        )
    })
}
