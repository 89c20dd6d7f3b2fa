//! Links to audits, and to filing.

use quarterlight_domain::id::{AuditId, FilingCheckId, FilingProtocolId, RecordId};
use quarterlight_domain::standard::StandardCode;

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

/// Filing at a glance.
pub fn filing() -> String {
    "/filing".to_owned()
}

/// The way from a reference to the form that checks that record's filing.
pub fn find_to_check() -> String {
    "/filing/find".to_owned()
}

/// The form that checks the filing of a record.
pub fn check_record(id: RecordId) -> String {
    format!("/filing/records/{id}")
}

/// The form that checks the filing of a record within its audit.
pub fn check_in_audit(id: AuditId) -> String {
    format!("/filing/audits/{id}")
}

/// A filing check.
pub fn filing_check(id: FilingCheckId) -> String {
    format!("/filing/checks/{id}")
}

/// Taking a filing check back.
pub fn withdraw_check(id: FilingCheckId) -> String {
    format!("/filing/checks/{id}/withdraw")
}

/// What filing has to be put right.
pub fn mismatches() -> String {
    "/filing/mismatches".to_owned()
}

/// What filing has to be put right, of one team if it is named.
pub fn mismatches_of(team: &str) -> String {
    if team.is_empty() {
        return mismatches();
    }
    let query = serde_urlencoded::to_string([("team", team)]).unwrap_or_default();
    format!("/filing/mismatches?{query}")
}

/// Backlog, late entry and the move to one system, in numbers.
pub fn filing_figures() -> String {
    "/filing/figures".to_owned()
}

/// The filing protocol that is in force, and those before.
pub fn filing_protocol() -> String {
    "/filing/protocol".to_owned()
}

/// One filing protocol.
pub fn one_filing_protocol(id: FilingProtocolId) -> String {
    format!("/filing/protocol/{id}")
}

/// The form for the protocol that supersedes.
pub fn next_filing_protocol() -> String {
    "/filing/protocol/next".to_owned()
}
