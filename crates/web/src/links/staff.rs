//! Links to teams, staff, the trend and the allocation protocol.

use quarterlight_domain::id::RecordId;

/// Records and staff over time.
pub fn trend() -> String {
    "/trend".to_owned()
}

/// The same trend as a file.
pub fn trend_file(query: &str) -> String {
    if query.is_empty() { "/trend.csv".to_owned() } else { format!("/trend.csv?{query}") }
}

/// The staff of teams, month by month.
pub fn staff() -> String {
    "/staff".to_owned()
}

/// Giving the staff of many teams and months at once.
pub fn staff_list() -> String {
    "/staff/list".to_owned()
}

/// What became of teams.
pub fn teams() -> String {
    "/teams".to_owned()
}

/// Who holds which records, and what is advised.
pub fn who_holds() -> String {
    "/allocation".to_owned()
}

/// Writing the allocation protocol that supersedes.
pub fn next_allocation_protocol() -> String {
    "/allocation/protocol/next".to_owned()
}

/// Saying why a record is held otherwise than is advised.
pub fn allocation_reason(record: RecordId, advice: &str) -> String {
    format!("/allocation/records/{record}/{advice}")
}
