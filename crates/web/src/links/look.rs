//! Links to audits, concerns, challenges, themes and filing.

use quarterlight_domain::id::{
    AuditId, ConcernId, FilingCheckId, FilingProtocolId, RecordId, ReplyId, ThemeId,
};
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

/// Taking a copy of an audit's form to where there is no network.
pub fn copy_audit(id: AuditId) -> String {
    format!("/audits/{id}/copy")
}

/// Filling in the form of an audit as a spreadsheet.
pub fn hand_in(id: AuditId) -> String {
    format!("/audits/{id}/spreadsheet")
}

/// The form of an audit as a spreadsheet.
pub fn form_workbook(id: AuditId) -> String {
    format!("/audits/{id}/spreadsheet/file")
}

/// Saving the answers of a spreadsheet that was handed in.
pub fn take_over(id: AuditId) -> String {
    format!("/audits/{id}/spreadsheet/answers")
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
