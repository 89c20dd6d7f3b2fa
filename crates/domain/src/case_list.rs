//! The records open on a date, as imported from a named source.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::history::History;
use crate::need::{Known, LegalRoute, Needs, Placement};
use crate::refusal::Refusal;

/// The authority's own number for a record. It is pseudonymous: names are never needed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference(String);

impl Reference {
    /// The most characters that a reference may have.
    pub const LONGEST: usize = 40;

    /// Takes a reference as text, without the space around it.
    ///
    /// # Errors
    /// Refuses a blank one, one longer than [`Self::LONGEST`] characters, and one with anything
    /// but letters, digits, `-`, `_`, `.` and `/`: a person's name has a space in it.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::because("A record needs a reference."));
        }
        if text.chars().count() > Self::LONGEST {
            return Err(Refusal::because("A reference has 40 characters at most."));
        }
        if !text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c)) {
            return Err(Refusal::because(
                "A reference has letters, digits, -, _, . and / only: no spaces, and no names.",
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// The text of the reference.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The dates that a case list may give for a record: always the latest of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyDate {
    /// The referral or the start of the episode of need.
    Opened,
    /// The current assessment began.
    AssessmentStarted,
    /// The current assessment was authorised.
    AssessmentAuthorised,
    /// The child was last seen.
    LastSeen,
    /// The child protection plan began.
    ProtectionPlanStarted,
    /// The last statutory visit under the child protection plan.
    ProtectionVisit,
    /// The latest review conference.
    ProtectionReview,
    /// The child became looked after.
    CareStarted,
    /// The last social work visit to a child in care.
    CareVisit,
    /// The latest statutory review of a child in care.
    CareReview,
    /// The most recent placement began.
    PlacementStarted,
    /// The last health assessment.
    HealthAssessment,
    /// The last dental check.
    DentalCheck,
    /// The last contact of the independent reviewing officer with the child.
    ReviewingOfficerContact,
    /// The latest review of the pathway plan.
    PathwayReview,
    /// The latest contact with a care leaver.
    CareLeaverContact,
}

impl KeyDate {
    /// Every date, in the order in which a record page lists them.
    pub const ALL: [Self; 16] = [
        Self::Opened,
        Self::AssessmentStarted,
        Self::AssessmentAuthorised,
        Self::LastSeen,
        Self::ProtectionPlanStarted,
        Self::ProtectionVisit,
        Self::ProtectionReview,
        Self::CareStarted,
        Self::CareVisit,
        Self::CareReview,
        Self::PlacementStarted,
        Self::HealthAssessment,
        Self::DentalCheck,
        Self::ReviewingOfficerContact,
        Self::PathwayReview,
        Self::CareLeaverContact,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::AssessmentStarted => "assessment_started",
            Self::AssessmentAuthorised => "assessment_authorised",
            Self::LastSeen => "last_seen",
            Self::ProtectionPlanStarted => "protection_plan_started",
            Self::ProtectionVisit => "protection_visit",
            Self::ProtectionReview => "protection_review",
            Self::CareStarted => "care_started",
            Self::CareVisit => "care_visit",
            Self::CareReview => "care_review",
            Self::PlacementStarted => "placement_started",
            Self::HealthAssessment => "health_assessment",
            Self::DentalCheck => "dental_check",
            Self::ReviewingOfficerContact => "reviewing_officer_contact",
            Self::PathwayReview => "pathway_review",
            Self::CareLeaverContact => "care_leaver_contact",
        }
    }

    /// The date in words, as a record page labels it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Opened => "Opened",
            Self::AssessmentStarted => "Assessment started",
            Self::AssessmentAuthorised => "Assessment authorised",
            Self::LastSeen => "Child last seen",
            Self::ProtectionPlanStarted => "Child protection plan started",
            Self::ProtectionVisit => "Last child protection visit",
            Self::ProtectionReview => "Last review conference",
            Self::CareStarted => "Came into care",
            Self::CareVisit => "Last visit in care",
            Self::CareReview => "Last review in care",
            Self::PlacementStarted => "Placement started",
            Self::HealthAssessment => "Last health assessment",
            Self::DentalCheck => "Last dental check",
            Self::ReviewingOfficerContact => "Last contact by the reviewing officer",
            Self::PathwayReview => "Last pathway plan review",
            Self::CareLeaverContact => "Last contact with the care leaver",
        }
    }

    /// The date with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|date| date.code() == code)
    }
}

/// What one case list says about one open record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// The authority's number for the record.
    pub reference: Reference,
    /// Why it is open. Never empty: a record with no need is not open.
    pub needs: Needs,
    /// An assessment is open, and nothing else yet.
    pub assessment_open: bool,
    /// Is the child disabled?
    pub disabled: Known,
    /// Is the child, or was the care leaver, an unaccompanied asylum-seeking child?
    pub unaccompanied: Known,
    /// Placed in or out of the authority's area.
    pub placement: Placement,
    /// Under which law.
    pub route: LegalRoute,
    /// The worker who holds the record, by name as the list gives it; none when unallocated.
    pub worker: Option<String>,
    /// The team, by name as the list gives it.
    pub team: Option<String>,
    /// The latest date of each kind that the list gives.
    pub dates: BTreeMap<KeyDate, Date>,
    /// Everything that the sources say happened, for the rules about time.
    pub history: History,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_number_and_not_a_name() {
        assert_eq!(Reference::new(" 0012-A ").unwrap().as_str(), "0012-A");
        assert!(Reference::new("Ada Lovelace").is_err());
        assert!(Reference::new("").is_err());
        assert!(Reference::new(&"9".repeat(41)).is_err());
    }

    #[test]
    fn every_date_has_its_own_code() {
        for date in KeyDate::ALL {
            assert_eq!(KeyDate::from_code(date.code()), Some(date));
        }
    }
}
