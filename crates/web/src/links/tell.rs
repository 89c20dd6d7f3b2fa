//! Links to reports.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::{PlaceId, ProgrammeReleaseId, ReportId};

/// A year's programme as a document, as it stands.
pub fn programme_draft(year: i16) -> String {
    format!("/reports/programmes/{year}")
}

/// The same as a PDF.
pub fn programme_draft_pdf(year: i16) -> String {
    format!("/reports/programmes/{year}/pdf")
}

/// Releasing a year's programme to members.
pub fn programme_release(year: i16) -> String {
    format!("/reports/programmes/{year}/release")
}

/// A programme as members were given it.
pub fn released_programme(id: ProgrammeReleaseId) -> String {
    format!("/reports/programmes/released/{id}")
}

/// The same as a PDF.
pub fn released_programme_pdf(id: ProgrammeReleaseId) -> String {
    format!("/reports/programmes/released/{id}/pdf")
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
