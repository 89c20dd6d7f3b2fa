//! Links to reports.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::{MeetingId, PlaceId, PreparedId, RegisterItemId, ReportId};
use quarterlight_domain::indicator::IndicatorCode;

/// A year's programme as a document, as it stands.
pub fn programme_draft(year: i16) -> String {
    format!("/reports/programmes/{year}")
}

/// Building a year's programme for members.
pub fn build_programme(year: i16) -> String {
    format!("/reports/programmes/{year}/build")
}

/// The report that stands at `page`, as a file of a kind: `docx`.
pub fn file(page: &str, kind: &str) -> String {
    match page.split_once('?') {
        Some((page, which)) => format!("{page}/file/{kind}?{which}"),
        None => format!("{page}/file/{kind}"),
    }
}

/// What a director needs on one screen, for the latest quarter.
pub fn assurance() -> String {
    "/assurance".to_owned()
}

/// The same for one quarter.
pub fn assurance_of(quarter: Quarter) -> String {
    format!("/assurance/{quarter}")
}

/// The inspection pack, for a period that is asked for.
pub fn pack() -> String {
    "/assurance/pack".to_owned()
}

/// The same over a period.
pub fn pack_of(from: Quarter, until: Quarter) -> String {
    format!("/assurance/pack?from={from}&until={until}")
}

/// How the indicators stand.
pub fn indicators() -> String {
    "/indicators".to_owned()
}

/// One indicator over time, and the form to change it.
pub fn indicator(code: &IndicatorCode) -> String {
    format!("/indicators/{code}")
}

/// The reports.
pub fn reports() -> String {
    "/reports".to_owned()
}

/// Who has read private parts: of one report, or of any.
pub fn report_readers(report: Option<ReportId>) -> String {
    match report {
        Some(report) => format!("/reports/readers?report={report}"),
        None => "/reports/readers".to_owned(),
    }
}

/// The same as a file of comma-separated values, for what was asked.
pub fn report_readers_csv(query: &str) -> String {
    format!("/reports/readers/csv?{query}")
}

/// The report of a quarter as it stands, for one service or for all.
pub fn draft(quarter: Quarter, service: Option<PlaceId>) -> String {
    format!("/reports/quarters/{quarter}{}", of_service(service))
}

/// Building the report of a quarter for members.
pub fn build_report(quarter: Quarter, service: Option<PlaceId>) -> String {
    format!("/reports/quarters/{quarter}/build{}", of_service(service))
}

/// A report on its way to members.
pub fn prepared(id: PreparedId) -> String {
    format!("/reports/prepared/{id}")
}

/// A part of it, 1 or 2, as it reads now.
pub fn prepared_part(id: PreparedId, part: u8) -> String {
    format!("/reports/prepared/{id}/parts/{part}")
}

/// The sentences of a part, to be read one by one.
pub fn prepared_sentences(id: PreparedId, part: u8) -> String {
    format!("/reports/prepared/{id}/sentences/{part}")
}

/// Accepting sentences of a part.
pub fn accept_sentences(id: PreparedId, part: u8) -> String {
    format!("/reports/prepared/{id}/accept/{part}")
}

/// Clearing the leak check.
pub fn clear_report(id: PreparedId) -> String {
    format!("/reports/prepared/{id}/clear")
}

/// Choosing the ground on which the private part is private.
pub fn report_ground(id: PreparedId) -> String {
    format!("/reports/prepared/{id}/ground")
}

/// Approving a report.
pub fn approve_report(id: PreparedId) -> String {
    format!("/reports/prepared/{id}/approve")
}

/// Giving a report to members.
pub fn release_report(id: PreparedId) -> String {
    format!("/reports/prepared/{id}/release")
}

/// The reports that everybody may read.
pub fn published() -> String {
    "/published".to_owned()
}

/// What is still owed to the committee.
pub fn published_owed() -> String {
    "/published/owed".to_owned()
}

/// The public part of a released report.
pub fn published_report(id: ReportId) -> String {
    format!("/published/{id}")
}

/// The same beside the quarter before.
pub fn published_compared(id: ReportId) -> String {
    format!("/published/{id}/compare")
}

/// The same as a PDF.
pub fn published_pdf(id: ReportId) -> String {
    file(&published_report(id), "pdf")
}

/// A released report.
pub fn report(id: ReportId) -> String {
    format!("/reports/{id}")
}

/// The same as a PDF.
pub fn report_pdf(id: ReportId) -> String {
    file(&report(id), "pdf")
}

/// The committee's register.
pub fn committee_register() -> String {
    "/register".to_owned()
}

/// The meetings, where one is entered.
pub fn meetings() -> String {
    "/register/meetings".to_owned()
}

/// One meeting.
pub fn meeting(id: MeetingId) -> String {
    format!("/register/meetings/{id}")
}

/// Entering an item of a meeting.
pub fn enter_item(id: MeetingId) -> String {
    format!("/register/meetings/{id}/item")
}

/// Pasting the minutes of a meeting.
pub fn minutes(id: MeetingId) -> String {
    format!("/register/meetings/{id}/minutes")
}

/// Entering what was found in the minutes of a meeting.
pub fn candidates(id: MeetingId) -> String {
    format!("/register/meetings/{id}/items")
}

/// One item of the register.
pub fn register_item(id: RegisterItemId) -> String {
    format!("/register/{id}")
}

/// Replying to an item.
pub fn register_reply(id: RegisterItemId) -> String {
    format!("/register/{id}/reply")
}

/// What the committee said of a reply.
pub fn register_committee(id: RegisterItemId) -> String {
    format!("/register/{id}/committee")
}

/// Another day for a reply.
pub fn register_due(id: RegisterItemId) -> String {
    format!("/register/{id}/due")
}

/// Another owner of a reply.
pub fn register_owner(id: RegisterItemId) -> String {
    format!("/register/{id}/owner")
}

fn of_service(service: Option<PlaceId>) -> String {
    service.map_or(String::new(), |id| format!("?service={id}"))
}
