//! What stands at *Assurance* before the first cycle.

use askama::Template;

use crate::layout::Frame;
use crate::links;

/// What stands there before the first cycle.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/nothing_yet.html")]
pub struct NothingYetPage {
    pub(super) frame: Frame,
    /// Where a cycle is opened, for whoever may open one.
    pub(super) cycles: Option<String>,
}

impl NothingYetPage {
    /// For somebody who may open a cycle, and for the others.
    pub fn samples() -> Vec<Self> {
        let page = |cycles| Self { frame: Frame::new("Assurance"), cycles };
        vec![page(Some(links::cycles())), page(None)]
    }
}
