//! Links to audits.

use quarterlight_domain::id::{AuditId, ReplyId, ThemeId};
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

/// One standard of an audit.
pub fn standard(id: AuditId, code: &StandardCode) -> String {
    format!("/audits/{id}/standards/{code}")
}

/// Checking an audit's answers, grading it and submitting it.
pub fn submit(id: AuditId) -> String {
    format!("/audits/{id}/submit")
}

/// An audit as others read it.
pub fn read_audit(id: AuditId) -> String {
    format!("/audits/{id}/read")
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
