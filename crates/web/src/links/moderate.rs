//! Links to second readings, and to how far the two readings agree.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::{AuditId, EditionId, ReturnNoteId};
use quarterlight_domain::standard::StandardCode;

/// Which audits are read a second time: of one quarter, or of the latest.
pub fn moderation(quarter: Option<Quarter>) -> String {
    match quarter {
        None => "/moderation".to_owned(),
        Some(quarter) => format!("/moderation?quarter={quarter}"),
    }
}

/// The rule by which audits are picked for a second reading.
pub fn moderation_rule() -> String {
    "/moderation/rule".to_owned()
}

/// The second reading of one audit.
pub fn moderate(audit: AuditId) -> String {
    format!("/moderation/{audit}")
}

/// Opening the second reading of one audit.
pub fn open_moderation(audit: AuditId) -> String {
    format!("/moderation/{audit}/open")
}

/// One standard read a second time.
pub fn moderate_standard(audit: AuditId, code: &StandardCode) -> String {
    format!("/moderation/{audit}/standards/{code}")
}

/// Confirming an audit with what stands in it.
pub fn confirm_audit(audit: AuditId) -> String {
    format!("/moderation/{audit}/confirm")
}

/// Sending an audit back to its auditor.
pub fn return_audit(audit: AuditId) -> String {
    format!("/moderation/{audit}/return")
}

/// Taking back an audit that one has submitted.
pub fn take_back(audit: AuditId) -> String {
    format!("/audits/{audit}/take-back")
}

/// The notes with which an audit came back to its auditor.
pub fn return_notes(audit: AuditId) -> String {
    format!("/audits/{audit}/notes")
}

/// Clearing one of them.
pub fn clear_note(audit: AuditId, note: ReturnNoteId) -> String {
    format!("/audits/{audit}/notes/{note}")
}

/// How far auditors and moderators agree, by standard.
pub fn readings_agree() -> String {
    "/agreement".to_owned()
}

/// How far each auditor and the moderators agree.
pub fn readings_agree_by_auditor() -> String {
    "/agreement/auditors".to_owned()
}

/// Suggesting that a standard be worded anew.
pub fn reword(edition: EditionId, code: &StandardCode) -> String {
    format!("/agreement/{edition}/standards/{code}")
}
