//! Two answers to one standard: what was saved meanwhile, and how the auditor's own differs from it.

use askama::Template;
use askama::filters::HtmlSafe;
use quarterlight_domain::changes::pieces;
use quarterlight_domain::judgement::{Answer, Judgement};

use super::answer_form::AnswerForm;
use crate::worded::Worded;

/// Both answers. Nothing was written over; the auditor decides.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/conflict.html")]
pub struct Conflict {
    judgement: String,
    seen: String,
    found: String,
    /// *Yours: Not met*, where the two differ.
    mine: Option<String>,
    seen_differs: Worded,
    found_differs: Worded,
}

impl HtmlSafe for Conflict {}

impl Conflict {
    /// What was saved, beside what was typed.
    pub fn new(theirs: &Answer, form: &AnswerForm) -> Self {
        let mine = Judgement::from_code(&form.judgement);
        let words = mine.map_or("No judgement", Judgement::words);
        let or_nothing = |words: &str| {
            if words.is_empty() { "Nothing is written.".to_owned() } else { words.to_owned() }
        };
        Self {
            judgement: theirs.judgement.words().to_owned(),
            seen: or_nothing(&theirs.seen),
            found: or_nothing(&theirs.found),
            mine: (mine != Some(theirs.judgement)).then(|| words.to_owned()),
            seen_differs: Worded::new(&pieces(&theirs.seen, &form.seen)),
            found_differs: Worded::new(&pieces(&theirs.found, &form.found)),
        }
    }
}
