//! New recovery codes, shown this once.

use askama::Template;

use crate::govuk::Button;
use crate::layout::Frame;
use crate::links;

/// New ones, shown this once.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/account/new_codes.html")]
pub struct NewCodesPage {
    frame: Frame,
    codes: Vec<String>,
    onward: Button,
}

impl NewCodesPage {
    /// The page of these codes.
    pub fn new(frame: Frame, codes: Vec<String>) -> Self {
        Self { frame, codes, onward: Button::link("I have kept them", links::account()) }
    }

    /// One code, and ten.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Your recovery codes");
        let codes = |count| vec!["ABCDEF-GHJKMN-PQRSTV-WXYZ23".to_owned(); count];
        vec![Self::new(frame(), codes(1)), Self::new(frame(), codes(10))]
    }
}
