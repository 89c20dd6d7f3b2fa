//! The dates that a case list gives for a record: mostly in time, and now and then not.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::case_list::KeyDate::{
    self, AssessmentAuthorised, AssessmentStarted, CareLeaverContact, CareReview, CareStarted,
    CareVisit, DentalCheck, HealthAssessment, LastSeen, Opened, PathwayReview, PlacementStarted,
    ProtectionPlanStarted, ProtectionReview, ProtectionVisit, ReviewingOfficerContact,
};
use quarterlight_domain::need::{Need, Placement};

use crate::groups::Group;
use crate::luck::Luck;
use crate::rounds::{after, before, days_between};

/// Days that a record of these needs may have been open.
pub fn longest_open(needs: &[Need]) -> u32 {
    match needs.last() {
        Some(Need::InCare) => 1_900,
        Some(Need::CareLeaver) => 900,
        Some(Need::ChildProtection) => 420,
        _ => 260,
    }
}

/// The dates that do not change while a record is open.
pub fn opened(group: &Group, on: Date) -> BTreeMap<KeyDate, Date> {
    let mut dates = BTreeMap::from([(Opened, on), (AssessmentStarted, after(on, 1))]);
    if group.needs.contains(&Need::ChildProtection) {
        dates.insert(ProtectionPlanStarted, after(on, 20));
    }
    if group.needs.contains(&Need::InCare) {
        dates.insert(CareStarted, on);
    }
    if group.placement != Placement::NotPlaced {
        dates.insert(PlacementStarted, after(on, 2));
    }
    dates
}

/// Brings the dates of a record up to the day of a list. Nothing is later than that day, and
/// nothing earlier than the day on which the record was opened.
pub fn refresh(line: &mut CaseLine, as_at: Date, luck: &mut Luck) {
    let Some(opened) = line.dates.get(&Opened).copied() else { return };
    line.dates.retain(|_, date| *date <= as_at);
    let has = |need| line.needs.contains(&need);
    let (protection, care, leaver) =
        (has(Need::ChildProtection), has(Need::InCare), has(Need::CareLeaver));
    // Each date with the days within which it should lie, where it applies.
    let wanted = [
        (LastSeen, 28, true),
        (ProtectionVisit, 20, protection),
        (ProtectionReview, 150, protection),
        (CareVisit, 42, care),
        (CareReview, 170, care),
        (HealthAssessment, 350, care),
        (DentalCheck, 180, care),
        (ReviewingOfficerContact, 90, care),
        (PathwayReview, 175, leaver),
        (CareLeaverContact, 56, leaver),
    ];
    for (date, within, applies) in wanted {
        if applies && let Some(day) = latest(opened, as_at, within, luck) {
            line.dates.insert(date, day);
        }
    }
    if !line.assessment_open && days_between(opened, as_at) > 48 {
        line.dates
            .entry(AssessmentAuthorised)
            .or_insert_with(|| after(opened, luck.between(28, 47)));
    }
}

/// The latest day of one kind: one in nine is late, and one in forty is blank.
fn latest(opened: Date, as_at: Date, within: u32, luck: &mut Luck) -> Option<Date> {
    if luck.percent(2) {
        return None;
    }
    let days =
        if luck.percent(11) { luck.between(within, within * 2) } else { luck.between(1, within) };
    Some(before(as_at, days).max(opened))
}
