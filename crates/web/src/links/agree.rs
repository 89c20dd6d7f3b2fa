//! Links to frameworks, drafts and comments.

use quarterlight_domain::id::{CommentId, DraftId, EditionId};
use quarterlight_domain::standard::StandardCode;

/// The frameworks, their editions and drafts.
pub fn frameworks() -> String {
    "/frameworks".to_owned()
}

/// Starting a draft of a framework.
pub fn start_draft() -> String {
    "/frameworks/start".to_owned()
}

/// One edition of a framework.
pub fn edition(id: EditionId) -> String {
    format!("/frameworks/editions/{id}")
}

/// Starting a draft from a file.
pub fn start_from_file() -> String {
    "/frameworks/start/file".to_owned()
}

/// The spreadsheet in which a framework is written from nothing.
pub fn framework_template() -> String {
    "/frameworks/template".to_owned()
}

/// An edition as a spreadsheet.
pub fn edition_workbook(id: EditionId) -> String {
    format!("/frameworks/editions/{id}/workbook")
}

/// An edition as TOML.
pub fn edition_toml(id: EditionId) -> String {
    format!("/frameworks/editions/{id}/toml")
}

/// An edition as a blank form to print.
pub fn edition_form(id: EditionId) -> String {
    format!("/frameworks/editions/{id}/form")
}

/// What changed between two editions.
pub fn changes(edition: EditionId, earlier: EditionId) -> String {
    format!("/frameworks/editions/{edition}/changes/{earlier}")
}

/// A draft of an edition.
pub fn framework_draft(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}")
}

/// What changed from the edition before to a draft.
pub fn draft_changes(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/changes")
}

/// One standard of a draft.
pub fn draft_standard(id: DraftId, code: &StandardCode) -> String {
    format!("/frameworks/drafts/{id}/standards/{code}")
}

/// The title of a section of a draft.
pub fn draft_section(id: DraftId, letter: &str) -> String {
    format!("/frameworks/drafts/{id}/sections/{letter}")
}

/// Adding a standard to a draft.
pub fn add_standard(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/add")
}

/// Asking for comments on a draft.
pub fn ask(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/ask")
}

/// Taking a draft back from consultation.
pub fn end_consultation(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/end")
}

/// Giving a draft up.
pub fn set_aside(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/set-aside")
}

/// Commenting on a draft: on everything, or on one thing.
pub fn comment(id: DraftId, about: Option<&str>) -> String {
    format!("/frameworks/drafts/{id}/comment{}", of_place(about))
}

/// The comments on a draft, and their answers.
pub fn answers(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/answers")
}

/// Answering one comment.
pub fn answer_comment(id: DraftId, comment: CommentId) -> String {
    format!("/frameworks/drafts/{id}/answers/{comment}")
}

/// How the standards of the edition before follow on into a draft.
pub fn mapping(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/mapping")
}

/// Agreeing a draft.
pub fn agree(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/agree")
}

fn of_place(about: Option<&str>) -> String {
    about.map_or(String::new(), |code| format!("?about={code}"))
}
