//! What the sources say happened on one record, as far as rules about time need it.
//!
//! A source that has a column and leaves it blank says something else than a source that has no
//! such column: the first is a gap in the record, the second a question that was never asked. So a
//! history keeps what it was asked beside what it was told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::case_list::KeyDate;
use crate::need::Known;

/// Something with a beginning and, once it is over, an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Episode {
    /// From a referral to the closing of the record.
    Referral,
    /// From the start of an assessment to its authorisation.
    Assessment,
    /// From a strategy discussion under section 47 to the initial child protection conference.
    Enquiry,
    /// A child in need plan.
    ChildInNeedPlan,
    /// A child protection plan.
    ProtectionPlan,
    /// A period of care.
    Care,
    /// A stay in one placement.
    Placement,
    /// From going missing to being found.
    Missing,
}

impl Episode {
    /// Every kind, in the order in which they usually come.
    pub const ALL: [Self; 8] = [
        Self::Referral,
        Self::Assessment,
        Self::Enquiry,
        Self::ChildInNeedPlan,
        Self::ProtectionPlan,
        Self::Care,
        Self::Placement,
        Self::Missing,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Referral => "referral",
            Self::Assessment => "assessment",
            Self::Enquiry => "enquiry",
            Self::ChildInNeedPlan => "child_in_need_plan",
            Self::ProtectionPlan => "protection_plan",
            Self::Care => "care",
            Self::Placement => "placement",
            Self::Missing => "missing",
        }
    }

    /// The kind in words, as a sentence begins with it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Referral => "Record",
            Self::Assessment => "Assessment",
            Self::Enquiry => "Section 47 enquiry",
            Self::ChildInNeedPlan => "Child in need plan",
            Self::ProtectionPlan => "Child protection plan",
            Self::Care => "Period of care",
            Self::Placement => "Placement",
            Self::Missing => "Missing episode",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|episode| episode.code() == code)
    }
}

/// From a day, and until another once it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day; none while it goes on.
    pub until: Option<Date>,
}

/// Something that a source can be asked about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// When something last happened.
    Date(KeyDate),
    /// When something began and ended.
    Episode(Episode),
    /// The date of birth.
    Born,
    /// Whether the child is disabled.
    Disability,
    /// Whether the ethnicity was obtained.
    Ethnicity,
    /// Whether there is a plan for permanence.
    PermanencePlan,
    /// How often the child was missing in the last twelve months.
    MissingEpisodes,
    /// Whether a return interview was offered after the last time.
    ReturnInterview,
    /// The worker who holds the record.
    Worker,
}

/// What happened on one record, from one source or from several put together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The date of birth. It is compared between sources and gives the child's age to the rules;
    /// no page, log or document shows it but the list of conflicts.
    pub born: Option<Date>,
    /// Everything with a beginning and an end, the earliest first.
    pub episodes: BTreeMap<Episode, BTreeSet<Span>>,
    /// Every date of each kind, the earliest first. A source may know the latest only.
    pub dates: BTreeMap<KeyDate, BTreeSet<Date>>,
    /// Whether the ethnicity was obtained: *no* where it was refused or is not yet obtained.
    pub ethnicity_obtained: Known,
    /// Whether there is a plan for permanence.
    pub permanence_plan: Known,
    /// How often the child was missing in the last twelve months.
    pub missing_episodes: Option<u32>,
    /// Whether a return interview was offered after the last time.
    pub return_interview_offered: Known,
    /// What the sources could be asked about this record, whether or not they answered.
    pub asked: BTreeSet<Fact>,
}

impl History {
    /// The latest date of this kind.
    pub fn latest(&self, kind: KeyDate) -> Option<Date> {
        self.dates.get(&kind).and_then(|dates| dates.last().copied())
    }

    /// What goes on of this kind: the span that began last and has no end.
    pub fn current(&self, kind: Episode) -> Option<Span> {
        let spans = self.episodes.get(&kind)?;
        spans.iter().rev().find(|span| span.until.is_none()).copied()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_episode_has_its_own_code() {
        for episode in Episode::ALL {
            assert_eq!(Episode::from_code(episode.code()), Some(episode));
        }
    }

    #[test]
    fn what_goes_on_is_told_from_what_is_over() {
        let over = Span { from: date(2024, 1, 1), until: Some(date(2024, 9, 1)) };
        let open = Span { from: date(2023, 1, 1), until: None };
        let mut history = History::default();
        history.episodes.insert(Episode::Care, [over].into());
        assert_eq!(history.current(Episode::Care), None);
        history.episodes.insert(Episode::Care, [over, open].into());
        assert_eq!(history.current(Episode::Care), Some(open));
    }
}
