//! Proposes a mapping from headings: by known spellings, then by the words that they share.

use std::collections::BTreeSet;

use quarterlight_domain::case_list::KeyDate;

use super::field::{Field, ListKind};
use super::mapping::Mapping;
use crate::annex_a::headings::{likeness, normal};

use Field::{
    Agency, Born, Date, Disabled, FullTime, Grade, Need, Placement, PlacementAuthority, Reference,
    Registration, Route, StaffNumber, Team, Unaccompanied, WorkerName,
};

/// The share of words that two headings must have in common.
const ALIKE: f64 = 0.6;

/// Known spellings of each field, the likeliest first.
const SPELLINGS: &[(Field, &[&str])] = &[
    (
        Reference,
        &[
            "Child Unique ID",
            "Child ID",
            "Unique ID",
            "Child reference",
            "Child ref",
            "Case ref",
            "Record ref",
            "Ref no",
            "Social care ID",
            "Social care reference",
            "Mosaic ID",
            "LCS ID",
            "Liquidlogic ID",
            "Eclipse ID",
            "Person ID",
            "Client ID",
            "Case ID",
            "Record reference",
            "Record number",
            "Case number",
            "File number",
            "File reference",
            "Reference",
            "Ref",
            "ID",
        ],
    ),
    (Born, &["Date of birth", "DOB", "Birth date", "Born"]),
    (
        Disabled,
        &[
            "Does the child or young person have a disability",
            "Does the Child have a Disability",
            "Disability",
            "Disabled",
            "Has disability",
        ],
    ),
    (
        Unaccompanied,
        &["UASC", "Unaccompanied", "Unaccompanied asylum seeking child", "UASC status"],
    ),
    (Need, &["Case status", "Status", "Legal category", "Type of case", "Need", "Plan type"]),
    (
        Placement,
        &["Placement location", "In or out of area", "In or out of borough", "Out of area", "OOB"],
    ),
    (
        PlacementAuthority,
        &["LA of placement", "Placement authority", "Placement LA", "Host authority", "Placing LA"],
    ),
    (Route, &["Legal route", "Legal status", "Section", "Section 85 or 86", "Notice type"]),
    (
        WorkerName,
        &[
            "Allocated worker",
            "Worker",
            "Worker name",
            "Social worker",
            "Social worker name",
            "Staff name",
            "Employee name",
            "Full name",
            "Key worker",
            "Name",
        ],
    ),
    (
        Registration,
        &[
            "Registration number",
            "SWE number",
            "Social Work England number",
            "SWE registration",
            "Registration",
            "SWENo",
        ],
    ),
    (StaffNumber, &["Staff number", "Employee number", "Payroll number", "Worker ID", "Staff ID"]),
    (Grade, &["Grade", "Job title", "Role", "Post", "Experience", "Level"]),
    (FullTime, &["FTE", "Full time equivalent"]),
    (Agency, &["Agency", "Agency worker", "Agency or permanent"]),
    (Team, &["Team", "Team name", "Allocated team", "Current team", "Department"]),
    (Date(KeyDate::Opened), &["Referral date", "Date opened", "Start date", "Date of referral"]),
    (Date(KeyDate::LastSeen), &["Last seen", "Date last seen", "Date child was last seen"]),
    (Date(KeyDate::CareStarted), &["Date started to be looked after", "Care start date"]),
    (
        Date(KeyDate::PlacementStarted),
        &["Placement start date", "Placement started", "Date placed", "Date of placement"],
    ),
    (Date(KeyDate::CareVisit), &["Last visit", "Date of last visit", "Last statutory visit"]),
    (Date(KeyDate::CareReview), &["Last review", "Date of last review", "Last statutory review"]),
    (Date(KeyDate::HealthAssessment), &["Last health assessment", "Health assessment date"]),
    (Date(KeyDate::DentalCheck), &["Last dental check", "Dental check date"]),
    (
        Date(KeyDate::PathwayReview),
        &["Pathway plan review", "Pathway plan review date", "Latest pathway plan review date"],
    ),
];

/// A mapping that the headings suggest, for a person to look over. Fields for which no heading is
/// found are left out; what kind of list it is goes by the words in its headings.
pub fn propose(headings: &[&str]) -> Mapping {
    let mut mapping = Mapping::default();
    let mut taken = BTreeSet::new();
    for (field, spellings) in SPELLINGS {
        let exact = spellings.iter().find_map(|spelling| {
            headings.iter().position(|heading| normal(heading) == normal(spelling))
        });
        if let Some(at) = exact.filter(|at| !taken.contains(at)) {
            taken.insert(at);
            mapping
                .columns
                .insert(*field, headings.get(at).copied().unwrap_or_default().to_owned());
        }
    }
    for (field, spellings) in SPELLINGS {
        if mapping.columns.contains_key(field) {
            continue;
        }
        let alike = headings
            .iter()
            .enumerate()
            .filter(|(at, _)| !taken.contains(at))
            .flat_map(|(at, heading)| {
                spellings.iter().map(move |spelling| (likeness(heading, spelling), at, *heading))
            })
            .filter(|(share, ..)| *share >= ALIKE)
            .max_by(|(one, ..), (other, ..)| one.total_cmp(other));
        if let Some((_, at, heading)) = alike {
            taken.insert(at);
            mapping.columns.insert(*field, heading.to_owned());
        }
    }
    mapping.kind = kind(headings, &mapping);
    mapping.kind.words().clone_into(&mut mapping.name);
    mapping
}

fn kind(headings: &[&str], mapping: &Mapping) -> ListKind {
    let all = headings.join(" ").to_lowercase();
    let all: BTreeSet<&str> = all.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let has = |words: &[&str]| words.iter().any(|word| all.contains(word));
    let is_of_children = mapping.columns.contains_key(&Reference);
    let is_of_workers = [WorkerName, Registration, StaffNumber]
        .iter()
        .any(|field| mapping.columns.contains_key(field));
    if !is_of_children && is_of_workers {
        ListKind::Workers
    } else if has(&["85", "86", "s85", "s86", "notice", "notified", "notification"]) {
        ListKind::Notices
    } else if has(&["ehcp", "ehc", "sen", "send"]) {
        ListKind::Send
    } else if has(&["shelf", "box", "paper", "volume", "store"]) {
        ListKind::PaperStore
    } else if has(&["placement", "placed"]) {
        ListKind::Placements
    } else {
        ListKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_ordinary_lists_are_proposed_as_what_they_are() {
        let send = propose(&[
            "Unique ID",
            "UPN",
            "Date of birth",
            "Date initial EHC plan",
            "Does the child or young person have a disability?",
            "Which children's social care team?",
        ]);
        assert_eq!(send.kind, ListKind::Send);
        assert_eq!(send.columns[&Reference], "Unique ID");
        assert_eq!(send.columns[&Disabled], "Does the child or young person have a disability?");
        let workers = propose(&["Name", "SWE Number", "Grade", "Team", "FTE"]);
        assert_eq!(workers.kind, ListKind::Workers);
        assert_eq!(workers.columns.len(), 5);
        let placements = propose(&["Child Ref", "DOB", "LA of placement", "Placement start date"]);
        assert_eq!(placements.kind, ListKind::Placements);
        assert!(placements.columns.contains_key(&Date(KeyDate::PlacementStarted)));
    }

    #[test]
    fn one_heading_is_proposed_for_one_field_only() {
        let mapping = propose(&["Name", "Name", "Reference"]);
        let headings: BTreeSet<&String> = mapping.columns.values().collect();
        assert_eq!(headings.len(), mapping.columns.len());
        assert!(propose(&[]).columns.is_empty());
    }
}
