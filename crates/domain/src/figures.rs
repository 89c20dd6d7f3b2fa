//! How results are counted: whole numbers, each with what it is out of.

pub mod change;
mod further;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::allocation::AllocationLine;
use crate::calendar::Quarter;
use crate::claim::Claim;
use crate::coverage::Cell;
use crate::draw_event::SwapReason;
use crate::eligible::Exclusion;
use crate::grade::Grade;
use crate::id::{RegisterItemId, ThemeId};
use crate::indicator::series::Series;
use crate::judgement::Judgement;
use crate::missed::MissedBecause;
use crate::register::Item;
use crate::staffing::figures::StaffingFigures;
use crate::standard::StandardKind;

pub use further::{FilingFigures, Further, InWords, ModerationFigures, ServiceResult};

/// A count and what it is out of. Nothing is ever shown as a share without both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    /// How many.
    pub count: u32,
    /// Out of how many.
    pub of: u32,
}

impl Share {
    /// A count out of a number.
    pub const fn new(count: u32, of: u32) -> Self {
        Self { count, of }
    }

    /// The share in whole per cent; none when it is out of nothing.
    ///
    /// Halves are rounded up, because officers check our figures with a calculator, and a
    /// calculator does that.
    pub fn percent(self) -> Option<u32> {
        let of = u64::from(self.of);
        let percent = (u64::from(self.count) * 200 + of).checked_div(of * 2)?;
        u32::try_from(percent).ok()
    }
}

/// How often each judgement was given against one standard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Met.
    pub met: u32,
    /// Partly met.
    pub partly_met: u32,
    /// Not met.
    pub not_met: u32,
    /// Not applicable.
    pub not_applicable: u32,
    /// Cannot tell.
    pub cannot_tell: u32,
}

impl Tally {
    /// Adds so many judgements of one kind.
    pub fn add(&mut self, judgement: Judgement, count: u32) {
        match judgement {
            Judgement::Met => self.met += count,
            Judgement::PartlyMet => self.partly_met += count,
            Judgement::NotMet => self.not_met += count,
            Judgement::NotApplicable => self.not_applicable += count,
            Judgement::CannotTell => self.cannot_tell += count,
        }
    }

    /// The standard's result: met out of met, partly met and not met. What nobody could tell is
    /// shown beside it and is not hidden in it.
    pub fn result(self) -> Share {
        Share::new(self.met, self.met + self.partly_met + self.not_met)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            met: self.met + other.met,
            partly_met: self.partly_met + other.partly_met,
            not_met: self.not_met + other.not_met,
            not_applicable: self.not_applicable + other.not_applicable,
            cannot_tell: self.cannot_tell + other.cannot_tell,
        }
    }
}

/// What was found against one standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardResult {
    /// The standard's code.
    pub code: String,
    /// The standard in a few words.
    pub wording: String,
    /// Compliance or quality; the two are reported apart.
    pub kind: StandardKind,
    /// A critical standard.
    pub critical: bool,
    /// The judgements of the submitted audits of this cycle.
    pub tally: Tally,
}

/// What was found in one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionResult {
    /// The section's letter.
    pub letter: String,
    /// What it is about.
    pub title: String,
    /// Its standards, in the order of the framework.
    pub standards: Vec<StandardResult>,
}

impl SectionResult {
    /// The judgements of all its standards together.
    pub fn tally(&self) -> Tally {
        self.standards.iter().fold(Tally::default(), |sum, standard| sum.plus(standard.tally))
    }

    /// The judgements of its standards of one kind together.
    pub fn tally_of(&self, kind: StandardKind) -> Tally {
        let of_kind = self.standards.iter().filter(|standard| standard.kind == kind);
        of_kind.fold(Tally::default(), |sum, standard| sum.plus(standard.tally))
    }
}

/// What was looked at in one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceSample {
    /// The service's name, or the words for there being none.
    pub service: String,
    /// Records open when the sample was drawn.
    pub open: u32,
    /// Records drawn.
    pub drawn: u32,
    /// Audits submitted.
    pub submitted: u32,
    /// Of the drawn, how many had an auditor from outside the service.
    pub from_outside: u32,
}

/// One issue that was found, and how it is being addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionCounts {
    /// The quarter whose audits found the issues.
    pub quarter: Quarter,
    /// Findings raised.
    pub findings: u32,
    /// Not yet addressed, and not yet due.
    pub open: u32,
    /// Not yet addressed, and past their day.
    pub overdue: u32,
    /// Addressed and waiting for somebody else to see it.
    pub addressed: u32,
    /// Verified by somebody else, and not looked at again yet.
    pub verified: u32,
    /// Looked at again by a third, and it held.
    pub held: u32,
    /// Closed without action, with a reason.
    pub not_needed: u32,
    /// Of the findings, those that had been found and put right before, in the same team or record.
    pub again: u32,
    /// Of the findings, those for which more time was agreed.
    pub more_time: u32,
}

impl ActionCounts {
    /// Findings of which somebody other than the owner has seen that they were put right.
    pub fn put_right(&self) -> u32 {
        self.verified + self.held
    }

    /// This and another quarter's together, under this quarter.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            quarter: self.quarter,
            findings: self.findings + other.findings,
            open: self.open + other.open,
            overdue: self.overdue + other.overdue,
            addressed: self.addressed + other.addressed,
            verified: self.verified + other.verified,
            held: self.held + other.held,
            not_needed: self.not_needed + other.not_needed,
            again: self.again + other.again,
            more_time: self.more_time + other.more_time,
        }
    }
}

/// How many findings have one theme, quarter by quarter, and how many audits saw good work on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeCounts {
    /// The theme.
    pub theme: ThemeId,
    /// Its name.
    pub name: String,
    /// The findings with it, out of all findings of the quarter.
    pub findings: BTreeMap<Quarter, Share>,
    /// The audits with it that name strengths, out of all audits of these quarters.
    pub strengths: Share,
}

impl ThemeCounts {
    /// A theme of which nothing is counted yet.
    pub const fn new(theme: ThemeId, name: String) -> Self {
        Self { theme, name, findings: BTreeMap::new(), strengths: Share::new(0, 0) }
    }
}

/// How many actions stand where, of those that somebody sees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RegisterCounts {
    /// Not addressed yet.
    pub open: u32,
    /// Of those, past their day.
    pub overdue: u32,
    /// Of those that are open, without an owner.
    pub without_owner: u32,
    /// Of those that are open, found in each of the bands of [`crate::action::ageing::Age`].
    pub ages: [u32; 4],
    /// Waiting for somebody else to look.
    pub addressed: u32,
    /// Verified, and not looked at again yet.
    pub verified: u32,
    /// Of those, ones for whose re-check the day has come.
    pub to_recheck: u32,
    /// Looked at again, and they held.
    pub held: u32,
    /// Closed without action.
    pub not_needed: u32,
}

impl RegisterCounts {
    /// All of them.
    pub fn all(&self) -> u32 {
        self.open + self.addressed + self.verified + self.held + self.not_needed
    }
}

/// Everything that the report of one quarter says, for one service or for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarterFigures {
    /// The authority's name.
    pub authority: String,
    /// The service that the report is about; none when it is about all of them.
    pub service: Option<String>,
    /// The quarter.
    pub quarter: Quarter,
    /// The edition on which the audits were made, as people speak of it.
    pub edition: String,
    /// The date of the case list; none when there is none yet.
    pub case_list: Option<Date>,
    /// The seed of the draw, its method and the frame's digest; none before the draw.
    pub draw: Option<DrawFacts>,
    /// The day on which the figures were counted.
    pub counted_on: Date,
    /// What was looked at, service by service.
    pub samples: Vec<ServiceSample>,
    /// How many audits had not been made when the cycle was closed, by why; only what happened.
    pub missed: Vec<(MissedBecause, u32)>,
    /// How many audits were given each grade, from best to worst.
    pub grades: Vec<(Grade, u32)>,
    /// What was found, section by section, in this quarter.
    pub sections: Vec<SectionResult>,
    /// The same standards a quarter before, for those that had a result then.
    pub before: Vec<(String, Tally)>,
    /// How issues are being addressed, by the quarter that found them, the latest first.
    pub actions: Vec<ActionCounts>,
    /// Who audits which records.
    pub coverage: Vec<Cell>,
    /// Who says that they audit which records: every claim, the earliest first.
    pub claims: Vec<Claim>,
    /// Who holds the records of each need.
    pub allocation: Vec<AllocationLine>,
    /// Caseload, exceptions to the allocation protocol, and the trend of records and staff.
    pub staffing: StaffingFigures,
    /// What the committee asked, resolved and was promised and has not accepted the reply to, or
    /// accepted since the quarter began; for the report of all services alone.
    pub register: Vec<Item>,
    /// Those of them whose words name somebody who works here: a public report does not print them.
    pub register_naming: Vec<RegisterItemId>,
    /// By service, in words, of filing and of second readings.
    pub further: Further,
    /// The indicators up to this quarter, of the service of the report or of all; none where no set
    /// is kept.
    pub indicators: Vec<Series>,
}

/// What one needs to repeat a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawFacts {
    /// The seed.
    pub seed: String,
    /// The method's name.
    pub method: String,
    /// SHA-256 of the frame.
    pub frame_digest: String,
    /// The day of the draw.
    pub drawn_on: Date,
    /// Why records were swapped for the next of their strata, and how many for each reason.
    pub swaps: Vec<(SwapReason, u32)>,
    /// Records that were added after the draw.
    pub added: u32,
    /// Open records that could not be drawn, by reason.
    pub left_out: Vec<(Exclusion, u32)>,
}

impl QuarterFigures {
    /// Audits submitted, in all services of the report.
    pub fn submitted(&self) -> Share {
        let drawn = self.samples.iter().map(|sample| sample.drawn).sum();
        Share::new(self.samples.iter().map(|sample| sample.submitted).sum(), drawn)
    }

    /// Every judgement of the submitted audits.
    pub fn tally(&self) -> Tally {
        self.sections.iter().map(SectionResult::tally).fold(Tally::default(), Tally::plus)
    }

    /// The judgements on critical standards, which are the ones that limit a grade.
    pub fn critical_tally(&self) -> Tally {
        let standards = self.sections.iter().flat_map(|section| &section.standards);
        let critical = standards.filter(|standard| standard.critical);
        critical.fold(Tally::default(), |sum, standard| sum.plus(standard.tally))
    }

    /// The judgements on standards of one kind, in all sections.
    pub fn tally_of(&self, kind: StandardKind) -> Tally {
        let of_kind = self.sections.iter().map(|section| section.tally_of(kind));
        of_kind.fold(Tally::default(), Tally::plus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cent_is_rounded_as_a_calculator_does() {
        assert_eq!(Share::new(1, 8).percent(), Some(13));
        assert_eq!(Share::new(1, 3).percent(), Some(33));
        assert_eq!(Share::new(2, 3).percent(), Some(67));
        assert_eq!(Share::new(7, 7).percent(), Some(100));
        assert_eq!(Share::new(0, 5).percent(), Some(0));
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        assert_eq!(Share::new(0, 0).percent(), None);
    }

    #[test]
    fn what_nobody_could_tell_counts_neither_way() {
        let mut tally = Tally::default();
        for (judgement, count) in Judgement::ALL.into_iter().zip([6, 2, 1, 3, 4]) {
            tally.add(judgement, count);
        }
        assert_eq!(tally.result(), Share::new(6, 9));
        assert_eq!(tally.plus(tally).result(), Share::new(12, 18));
    }
}
