//! To which records a rule about time applies.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::limit::Limit;
use crate::case_list::{CaseLine, KeyDate};
use crate::history::Episode;
use crate::need::{Known, LegalRoute, Need, Placement};

/// What is counted from: the beginning of something that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The referral, or the start of the episode of need.
    Referral,
    /// The child protection plan.
    ProtectionPlan,
    /// The period of care.
    Care,
    /// The most recent placement.
    Placement,
}

impl Start {
    /// Every start.
    pub const ALL: [Self; 4] = [Self::Referral, Self::ProtectionPlan, Self::Care, Self::Placement];

    /// `referral`, `protection_plan`, `care` or `placement`.
    pub const fn code(self) -> &'static str {
        self.episode().code()
    }

    /// The start with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|start| start.code() == code)
    }

    /// The episode that begins then.
    pub const fn episode(self) -> Episode {
        match self {
            Self::Referral => Episode::Referral,
            Self::ProtectionPlan => Episode::ProtectionPlan,
            Self::Care => Episode::Care,
            Self::Placement => Episode::Placement,
        }
    }

    /// The date that a case list gives for it.
    pub const fn date(self) -> KeyDate {
        match self {
            Self::Referral => KeyDate::Opened,
            Self::ProtectionPlan => KeyDate::ProtectionPlanStarted,
            Self::Care => KeyDate::CareStarted,
            Self::Placement => KeyDate::PlacementStarted,
        }
    }

    /// The start in words that follow *after*.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Referral => "the record was opened",
            Self::ProtectionPlan => "the child protection plan started",
            Self::Care => "the child came into care",
            Self::Placement => "the placement started",
        }
    }

    /// The day on which it began on this record, if the sources say.
    pub fn of(self, line: &CaseLine) -> Option<Date> {
        let current = line.history.current(self.episode()).map(|span| span.from);
        current.or_else(|| line.dates.get(&self.date()).copied())
    }
}

/// To which records a rule applies. A line without a need is of a closed record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each narrows a rule by itself")]
pub struct AppliesTo {
    /// Records with any of these needs; all of them where none is named.
    pub needs: BTreeSet<Need>,
    /// But none with one of these.
    pub without: BTreeSet<Need>,
    /// Closed records too.
    pub closed_too: bool,
    /// Not records on which an assessment is open and nothing else yet.
    pub not_assessment_only: bool,
    /// Only disabled children.
    pub disabled: bool,
    /// Only unaccompanied children, and care leavers who were.
    pub unaccompanied: bool,
    /// Only children in this placement.
    pub placement: Option<Placement>,
    /// Only children by one of these routes; any where none is named.
    pub routes: BTreeSet<LegalRoute>,
    /// Only from this age, in years.
    pub age_from: Option<u8>,
    /// Only under this age, in years.
    pub age_under: Option<u8>,
    /// Only once this has gone on for longer than a limit, in days, weeks or months.
    pub open_over: Option<(Start, Limit)>,
    /// Only until this has gone on for longer than a limit, in days, weeks or months.
    pub open_within: Option<(Start, Limit)>,
    /// Only where the child was missing in the last twelve months.
    pub missing: bool,
}

/// Whether a rule applies, as far as it can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Application {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It cannot be told, because the sources do not say this.
    Unknown(String),
}

impl AppliesTo {
    /// Whether a rule applies to this record on this day.
    pub fn to(&self, line: &CaseLine, day: Date) -> Application {
        let mut unknown = None;
        let mut ask = |answer: Application| match answer {
            Application::No => false,
            Application::Unknown(what) => {
                unknown.get_or_insert(what);
                true
            }
            Application::Yes => true,
        };
        let applies = ask(self.status(line))
            && ask(flag(self.disabled, line.disabled, "whether the child is disabled"))
            && ask(flag(
                self.unaccompanied,
                line.unaccompanied,
                "whether the child is unaccompanied",
            ))
            && ask(self.placed(line))
            && ask(self.routed(line))
            && ask(self.aged(line, day))
            && ask(lasted(self.open_over, line, day, true))
            && ask(lasted(self.open_within, line, day, false))
            && ask(self.went_missing(line));
        match (applies, unknown) {
            (false, _) => Application::No,
            (true, Some(what)) => Application::Unknown(what),
            (true, None) => Application::Yes,
        }
    }

    fn status(&self, line: &CaseLine) -> Application {
        let closed = line.needs.is_empty();
        let has_need = self.needs.is_empty() || line.needs.iter().any(|it| self.needs.contains(it));
        let is_open = !closed && has_need && self.without.is_disjoint(&line.needs);
        let is_meant = is_open && !(self.not_assessment_only && line.assessment_open)
            || closed && self.closed_too;
        if is_meant { Application::Yes } else { Application::No }
    }

    fn placed(&self, line: &CaseLine) -> Application {
        match self.placement {
            None => Application::Yes,
            Some(placement) if placement == line.placement => Application::Yes,
            Some(_) if line.placement == Placement::Unknown => {
                Application::Unknown("where the child is placed".to_owned())
            }
            Some(_) => Application::No,
        }
    }

    fn routed(&self, line: &CaseLine) -> Application {
        if self.routes.is_empty() || self.routes.contains(&line.route) {
            Application::Yes
        } else if line.route == LegalRoute::Unknown {
            Application::Unknown("the legal route".to_owned())
        } else {
            Application::No
        }
    }

    fn aged(&self, line: &CaseLine, day: Date) -> Application {
        if self.age_from.is_none() && self.age_under.is_none() {
            return Application::Yes;
        }
        let Some(born) = line.history.born else {
            return Application::Unknown("the date of birth".to_owned());
        };
        let age = age(born, day);
        let old_enough = self.age_from.is_none_or(|from| age >= i16::from(from));
        let young_enough = self.age_under.is_none_or(|under| age < i16::from(under));
        if old_enough && young_enough { Application::Yes } else { Application::No }
    }

    fn went_missing(&self, line: &CaseLine) -> Application {
        if !self.missing {
            return Application::Yes;
        }
        match line.history.missing_episodes {
            None => Application::Unknown("how often the child was missing".to_owned()),
            Some(0) => Application::No,
            Some(_) => Application::Yes,
        }
    }
}

/// The age in whole years on this day.
pub fn age(born: Date, day: Date) -> i16 {
    let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
    day.year() - born.year() - i16::from(!had_birthday)
}

fn flag(wanted: bool, known: Known, what: &str) -> Application {
    match (wanted, known) {
        (false, _) | (true, Known::Yes) => Application::Yes,
        (true, Known::No) => Application::No,
        (true, Known::Unknown) => Application::Unknown(what.to_owned()),
    }
}

/// Whether something has gone on for longer than a limit, or, if `over` is false, for no longer.
fn lasted(wanted: Option<(Start, Limit)>, line: &CaseLine, day: Date, over: bool) -> Application {
    let Some((start, limit)) = wanted else { return Application::Yes };
    let Some(began) = start.of(line) else {
        return Application::Unknown(format!("when {}", start.words()));
    };
    if limit.is_over(began, day) == over { Application::Yes } else { Application::No }
}
