//! The notes with which a moderator returned an audit, and what the auditor did about each.

use askama::Template;
use quarterlight_domain::id::ReturnNoteId;
use quarterlight_domain::moderation::send_back::{KeptNote, clear};
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::{InHand, ToMake};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, Inset, LabelSize, Textarea};
use crate::layout::Frame;
use crate::{links, page};
use axum::extract::Path;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ClearForm {
    done: String,
}

/// Shows the notes.
///
/// # Errors
/// There is no such page for anybody but the auditor.
pub async fn get(app: App, audit: ToMake) -> page::Result {
    let notes = app.store.moderations.notes(audit.audit.id).await?;
    page::show(&NotesPage::new(&audit, &notes, None, &Errors::default()))
}

/// Keeps what was done about a note.
///
/// # Errors
/// Refuses a note that is cleared already, and once the audit was submitted again. There is no such
/// page for anybody but the auditor, and for a note of another audit.
pub async fn post(
    app: App,
    audit: ToMake,
    Path((_, note)): Path<(String, String)>,
    Filled(form): Filled<ClearForm>,
) -> page::Result {
    let id = note.parse::<ReturnNoteId>().map_err(|_| Failure::NotFound)?;
    let notes = app.store.moderations.notes(audit.audit.id).await?;
    let note = notes.iter().find(|note| note.id == id).ok_or(Failure::NotFound)?;
    let mut errors = Errors::default();
    let Some(done) = errors.keep("done", Reason::new(&form.done)) else {
        return page::again(&NotesPage::new(&audit, &notes, Some((id, &form)), &errors));
    };
    clear(note, &audit.audit)?;
    let stamp = audit.visitor.stamp("cleared a moderator’s note");
    app.store.moderations.clear(&stamp, (audit.audit.id, id), &done).await?;
    page::see_other(links::return_notes(audit.audit.id))
}

/// What stands on an auditor's own pages while notes are to be cleared.
pub fn inset(notes: &[KeptNote]) -> Option<Inset> {
    let left = notes.iter().filter(|note| note.done.is_none()).count();
    match (notes.len(), left) {
        (0, _) => None,
        (_, 0) => Some(Inset::new("Every note of the moderator is cleared.")),
        (_, 1) => Some(Inset::new("A moderator returned this audit: 1 note is to be cleared.")),
        (_, left) => Some(Inset::new(format!(
            "A moderator returned this audit: {left} notes are to be cleared."
        ))),
    }
}

/// One note.
#[derive(Debug, Clone)]
struct Line {
    heading: String,
    words: String,
    done: Option<String>,
    /// Where the standard is answered.
    standard: Option<String>,
    /// Where it is cleared, and what is asked.
    clear: Option<(String, Textarea)>,
}

/// The notes of a returned audit.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/notes.html")]
pub struct NotesPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    lines: Vec<Line>,
    clear: Button,
}

impl NotesPage {
    fn new(
        audit: &InHand,
        notes: &[KeptNote],
        typed: Option<(ReturnNoteId, &ClearForm)>,
        errors: &Errors,
    ) -> Self {
        let mut summary = ErrorSummary::new();
        let mut lines = Vec::new();
        for note in notes {
            let typed = typed.filter(|(id, _)| *id == note.id).map(|(_, form)| form);
            let field = Field::new("done", "What you did about it")
                .id(format!("done-{}", note.id))
                .size(LabelSize::Small)
                .error(typed.and_then(|_| errors.at("done")));
            summary = summary.field(&field);
            lines.push(line(audit, note, field, typed));
        }
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..audit.inner_frame("The moderator’s notes")
            },
            caption: audit.caption(),
            errors: summary,
            lines,
            clear: Button::submit("Clear this note"),
        }
    }

    /// None, some, and one that was sent without a word.
    pub fn samples() -> Vec<Self> {
        let notes = super::sample::notes();
        let mut errors = Errors::default();
        errors.say("done", "Give a reason.");
        let form = ClearForm::default();
        let audits = super::sample::audits();
        let mut pages = Vec::new();
        for audit in &audits {
            pages.push(Self::new(audit, &[], None, &Errors::default()));
            pages.push(Self::new(audit, &notes, None, &Errors::default()));
            // Once it is submitted again, nothing more can be cleared.
            if audit.audit.must_be_open().is_ok() {
                let typed = Some((ReturnNoteId(1), &form));
                pages.push(Self::new(audit, &notes, typed, &errors));
            }
        }
        pages
    }
}

fn line(audit: &InHand, note: &KeptNote, field: Field, typed: Option<&ClearForm>) -> Line {
    let code = note.note.standard.as_ref();
    let found = code.and_then(|code| audit.contents().find(code));
    let heading = found.map_or_else(
        || "About the audit as a whole".to_owned(),
        |(_, standard)| format!("{}. {}", standard.code, standard.wording),
    );
    let is_open = note.done.is_none() && audit.audit.must_be_open().is_ok();
    let box_of = || {
        let words = typed.map_or(String::new(), |form| form.done.clone());
        (links::clear_note(audit.audit.id, note.id), Textarea::new(field).value(words).rows(2))
    };
    Line {
        heading,
        words: note.note.words.words().to_owned(),
        done: note.done.as_ref().map(|done| done.words().to_owned()),
        standard: code.filter(|_| is_open).map(|code| links::standard(audit.audit.id, code)),
        clear: is_open.then(box_of),
    }
}
