//! Links to people and grants, restricted records, break-glass and the looks.

use quarterlight_domain::id::{GlassId, GrantId, PersonId, RecordId, RestrictionId};

/// Everybody who may sign in.
pub fn people() -> String {
    "/people".to_owned()
}

/// One person, and what they may do.
pub fn person(id: PersonId) -> String {
    format!("/people/{id}")
}

/// Giving somebody a role.
pub fn give_role(id: PersonId) -> String {
    format!("/people/{id}/grants")
}

/// Saying that a grant counts.
pub fn confirm_grant(id: GrantId) -> String {
    format!("/people/grants/{id}/confirm")
}

/// Saying that a grant ends.
pub fn end_grant(id: GrantId) -> String {
    format!("/people/grants/{id}/end")
}

/// Which role may do what.
pub fn rights() -> String {
    "/people/roles".to_owned()
}

/// The same as a workbook.
pub fn rights_workbook() -> String {
    "/people/roles/workbook".to_owned()
}

/// Grants that nobody uses, and those that end soon.
pub fn unused_grants() -> String {
    "/people/unused".to_owned()
}

/// Who may see one record.
pub fn readers(id: RecordId) -> String {
    format!("/records/{id}/readers")
}

/// Saying why one opens a restricted record.
pub fn say_why(id: RecordId) -> String {
    format!("/records/{id}/why")
}

/// The records that are restricted.
pub fn restricted() -> String {
    "/restricted".to_owned()
}

/// Lifting a restriction.
pub fn lift_restriction(id: RestrictionId) -> String {
    format!("/restricted/{id}/lift")
}

/// Opening a record that no grant reaches.
pub fn break_glass() -> String {
    "/break-glass".to_owned()
}

/// The records that were opened so.
pub fn openings() -> String {
    "/break-glass/openings".to_owned()
}

/// One of them, and what somebody else says to it.
pub fn opening(id: GlassId) -> String {
    format!("/break-glass/openings/{id}")
}

/// Looking through the looks.
pub fn search_looks() -> String {
    "/looks".to_owned()
}

/// The looks that were looked for, as a workbook.
pub fn looks_workbook(query: &str) -> String {
    format!("/looks/workbook?{query}")
}

/// From where on looking is called unusual.
pub fn looking_thresholds() -> String {
    "/looks/unusual/thresholds".to_owned()
}

/// Looks that a rule points at.
pub fn unusual_looks() -> String {
    "/looks/unusual".to_owned()
}
