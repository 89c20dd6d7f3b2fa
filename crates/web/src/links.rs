//! Every URL that a page links to, written here and nowhere else.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::id::{
    ActionId, AuditId, CaseListId, ConflictId, CycleId, PersonId, PlaceId, RecordId, ReportId,
    WorkerId,
};
use quarterlight_domain::standard::StandardCode;

/// A person's own work.
pub fn home() -> String {
    "/".to_owned()
}

/// Signing in.
pub fn sign_in() -> String {
    "/sign-in".to_owned()
}

/// Signing out.
pub fn sign_out() -> String {
    "/sign-out".to_owned()
}

/// The framework in force.
pub fn framework() -> String {
    "/framework".to_owned()
}

/// The case lists that were read, and the form to read another.
pub fn case_lists() -> String {
    "/case-lists".to_owned()
}

/// One case list, to be looked at before it is taken in.
pub fn case_list(id: CaseListId) -> String {
    format!("/case-lists/{id}")
}

/// Taking a case list in.
pub fn take_in(id: CaseListId) -> String {
    format!("/case-lists/{id}/take-in")
}

/// The open records.
pub fn records() -> String {
    "/records".to_owned()
}

/// The open records of one cell of the coverage table.
pub fn records_of(service: Option<PlaceId>, cohort: Cohort) -> String {
    let service = service.map_or(String::new(), |id| format!("service={id}&"));
    format!("/records?{service}cohort={}", cohort.code())
}

/// One record.
pub fn record(id: RecordId) -> String {
    format!("/records/{id}")
}

/// Who has looked at a record.
pub fn looks(id: RecordId) -> String {
    format!("/records/{id}/looks")
}

/// Who audits which records.
pub fn coverage() -> String {
    "/coverage".to_owned()
}

/// The cycles, and the form to open one.
pub fn cycles() -> String {
    "/cycles".to_owned()
}

/// One cycle.
pub fn cycle(id: CycleId) -> String {
    format!("/cycles/{id}")
}

/// Drawing a cycle's sample.
pub fn draw(id: CycleId) -> String {
    format!("/cycles/{id}/draw")
}

/// The draw as a file from which anybody can repeat it.
pub fn draw_file(id: CycleId) -> String {
    format!("/cycles/{id}/draw-file")
}

/// Assigning a cycle's audits.
pub fn assign(id: CycleId) -> String {
    format!("/cycles/{id}/assign")
}

/// How the audits of a cycle come on, by service.
pub fn progress(id: CycleId) -> String {
    format!("/cycles/{id}/progress")
}

/// Reminding those who have audits of a cycle to make.
pub fn remind(id: CycleId) -> String {
    format!("/cycles/{id}/remind")
}

/// Closing a cycle, with a reason for each audit that was not made.
pub fn close(id: CycleId) -> String {
    format!("/cycles/{id}/close")
}

/// The auditors, and what is known of each.
pub fn auditors() -> String {
    "/auditors".to_owned()
}

/// What is known of one auditor.
pub fn auditor(id: PersonId) -> String {
    format!("/auditors/{id}")
}

/// The workers, and whom each signs in as.
pub fn workers() -> String {
    "/workers".to_owned()
}

/// What is known of one worker.
pub fn worker(id: WorkerId) -> String {
    format!("/workers/{id}")
}

/// What keeps people from records, and the form to declare it.
pub fn conflicts() -> String {
    "/conflicts".to_owned()
}

/// Saying that a conflict has ended.
pub fn end_conflict(id: ConflictId) -> String {
    format!("/conflicts/{id}/end")
}

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

/// The actions.
pub fn actions() -> String {
    "/actions".to_owned()
}

/// One action, and the form by which its owner says that it is addressed.
pub fn action(id: ActionId) -> String {
    format!("/actions/{id}")
}

/// Who is to do an action, and by when.
pub fn give(id: ActionId) -> String {
    format!("/actions/{id}/owner")
}

/// Somebody else's word on an action that is addressed.
pub fn verify(id: ActionId) -> String {
    format!("/actions/{id}/verify")
}

/// The reports.
pub fn reports() -> String {
    "/reports".to_owned()
}

/// The report of a quarter as it stands, for one service or for all.
pub fn draft(quarter: Quarter, service: Option<PlaceId>) -> String {
    format!("/reports/quarters/{quarter}{}", of_service(service))
}

/// The same as a PDF.
pub fn draft_pdf(quarter: Quarter, service: Option<PlaceId>) -> String {
    format!("/reports/quarters/{quarter}/pdf{}", of_service(service))
}

/// Releasing the report of a quarter.
pub fn release(quarter: Quarter, service: Option<PlaceId>) -> String {
    format!("/reports/quarters/{quarter}/release{}", of_service(service))
}

/// A released report.
pub fn report(id: ReportId) -> String {
    format!("/reports/{id}")
}

/// The same as a PDF.
pub fn report_pdf(id: ReportId) -> String {
    format!("/reports/{id}/pdf")
}

fn of_service(service: Option<PlaceId>) -> String {
    service.map_or(String::new(), |id| format!("?service={id}"))
}
