//! Links to audits and concerns.

use quarterlight_domain::id::{AuditId, ConcernId, RecordId, ReplyId, ThemeId};
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::voice::Whose;

/// Who makes an audit and by when, for whoever may change it.
pub fn allocation(id: AuditId) -> String {
    format!("/audits/{id}/allocation")
}

/// Giving an audit to somebody else.
pub fn give_audit(id: AuditId) -> String {
    format!("/audits/{id}/auditor")
}

/// Moving the day on which an audit is due.
pub fn move_audit(id: AuditId) -> String {
    format!("/audits/{id}/due")
}

/// An audit as its auditor works on it.
pub fn audit(id: AuditId) -> String {
    format!("/audits/{id}")
}

/// Every standard of an audit on one page.
pub fn whole(id: AuditId) -> String {
    format!("/audits/{id}/form")
}

/// One standard of an audit.
pub fn standard(id: AuditId, code: &StandardCode) -> String {
    format!("/audits/{id}/standards/{code}")
}

/// Saving what is typed on the page of a standard, as it is typed.
pub fn keep(id: AuditId, code: &StandardCode) -> String {
    format!("/audits/{id}/standards/{code}/keep")
}

/// Going back to what is saved of a standard.
pub fn let_go(id: AuditId, code: &StandardCode) -> String {
    format!("/audits/{id}/standards/{code}/let-go")
}

/// Checking an audit's answers, grading it and submitting it.
pub fn submit(id: AuditId) -> String {
    format!("/audits/{id}/submit")
}

/// An audit as others read it.
pub fn read_audit(id: AuditId) -> String {
    format!("/audits/{id}/read")
}

/// Saying in an audit that the child may be unsafe now.
pub fn raise_in_audit(id: AuditId) -> String {
    format!("/audits/{id}/concern")
}

/// Saying of a record that the child may be unsafe now.
pub fn raise_of_record(id: RecordId) -> String {
    format!("/records/{id}/concern")
}

/// The concerns.
pub fn concerns() -> String {
    "/concerns".to_owned()
}

/// One concern.
pub fn concern(id: ConcernId) -> String {
    format!("/concerns/{id}")
}

/// Saying what is being done about a concern.
pub fn acknowledge(id: ConcernId) -> String {
    format!("/concerns/{id}/acknowledge")
}

/// Saying what was done about a concern.
pub fn close_concern(id: ConcernId) -> String {
    format!("/concerns/{id}/close")
}

/// Saying that a concern was raised in error.
pub fn withdraw_concern(id: ConcernId) -> String {
    format!("/concerns/{id}/withdraw")
}

/// One voice of an audit.
pub fn voice(id: AuditId, whose: Whose) -> String {
    format!("/audits/{id}/voices/{}", whose.code())
}

/// What an audit comes to in words.
pub fn summing_up(id: AuditId) -> String {
    format!("/audits/{id}/summing-up")
}

/// What a worker is told of an audit of a record of theirs.
pub fn notice(id: AuditId) -> String {
    format!("/audits/{id}/notice")
}

/// What the worker says to an audit.
pub fn replies(id: AuditId) -> String {
    format!("/audits/{id}/replies")
}

/// What workers challenge.
pub fn challenges() -> String {
    "/challenges".to_owned()
}

/// One challenge.
pub fn challenge(id: ReplyId) -> String {
    format!("/challenges/{id}")
}

/// The themes that auditors choose from.
pub fn themes() -> String {
    "/themes".to_owned()
}

/// Saying where a theme stands.
pub fn theme(id: ThemeId) -> String {
    format!("/themes/{id}")
}
