//! How long each kind of thing is kept, what holds it, and what goes on a day.
//!
//! Nothing goes by itself. Somebody proposes a disposal, somebody else confirms it, and what was
//! counted before is counted the same afterwards: words go, judgements and grades stay.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::id::{CycleId, HoldId, PersonId, RecordId};
use crate::refusal::Refusal;
use crate::text::Reason;

/// The longest period that a rule can have, in months: longer than anybody lives.
pub const LONGEST: u32 = 1_320;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident: $code:literal, $words:literal, $from:literal, $goes:literal, $stays:literal;)+) => {
        /// A kind of thing that is kept for a period.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
        }

        impl Kind {
            /// Every kind, in the order in which they are shown and go.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// A code that stays the same whatever the words become.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The kind in words.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)+ }
            }

            /// When its period starts.
            pub const fn starts(self) -> &'static str {
                match self { $(Self::$name => $from,)+ }
            }

            /// What goes.
            pub const fn goes(self) -> &'static str {
                match self { $(Self::$name => $goes,)+ }
            }

            /// What stays.
            pub const fn stays(self) -> &'static str {
                match self { $(Self::$name => $stays,)+ }
            }
        }
    };
}

kinds! {
    /// What auditors and moderators wrote.
    Answers: "answers", "Words of audits",
        "The day on which the audit was due, or was submitted if that was later.",
        "What was seen and found at each standard, reasons, findings, strengths and issues, and what moderators wrote.",
        "Judgements, grades, dates, who audited, and every figure.";
    /// What children, parents, carers and workers said.
    Voices: "voices", "Voices and replies",
        "The day on which the audit was due, or was submitted if that was later.",
        "What was said by those who were asked, what workers replied, and why challenges were decided.",
        "Who was asked and when, whether it changed anything, and how challenges were decided.";
    /// Concerns, and what was done.
    Concerns: "concerns", "Words of concerns",
        "The day on which the concern was closed or withdrawn.",
        "What was seen, who was spoken to, what was done, and what became of the emails about it.",
        "When it was raised, acknowledged and closed, and by whom.";
    /// What filing checks found, in words.
    Filing: "filing", "Words of filing checks",
        "The day of the check, or the day on which the last thing it found was put right.",
        "What was found and where, in words.",
        "What was filed, late, misfiled or missing, and by how many days.";
    /// What was done about findings, in words.
    Actions: "actions", "Words of actions",
        "The day on which the action was verified, last re-checked or closed.",
        "The plan, the proof, and what was said at each step.",
        "Who did what on which day, and whether it held.";
    /// Where the lists of an import differed, and what was wrong with them.
    Differences: "differences", "Problems and differences of case lists",
        "The day on which the case list was read.",
        "The problems of each row, on which records lists differed, and which were doubtful.",
        "The case list itself, its sources and its account of every row.";
    /// Who looked at which record.
    Looks: "looks", "Looks at records",
        "The day of the look.",
        "The whole line: who looked at which record, on which page and when.",
        "Nothing.";
    /// Who read the private part of a report.
    ReportLooks: "report-looks", "Looks at private reports",
        "The day of the look.",
        "The whole line: who read which report and when.",
        "Nothing.";
    /// Who was reminded of what.
    Reminders: "reminders", "Reminders",
        "The day on which it was sent or given up.",
        "The whole line: who was reminded of how many audits.",
        "Nothing.";
    /// What the lists said of each record, beyond what is counted.
    CaseLists: "case-lists", "What case lists said",
        "The day on which the last cycle that was drawn from the list was closed, or on which the list was read if that was later. The list in use, and one of a cycle that is open, are kept.",
        "What each source said of each record, dates of birth, everything that happened to the child, workers’ names, and why records were swapped or left out, in words.",
        "The lines of the list with need, placement, team and days of opening, and the days of closing, from which figures are counted, and the draw file.";
    /// Why a record was held otherwise than is advised.
    AllocationReasons: "allocation-reasons", "Reasons for exceptions of allocation",
        "The day on which the exception was to be looked at again.",
        "The reason, in words.",
        "That there was one, for which advice and until when.";
    /// Why somebody opened a restricted record.
    LookReasons: "look-reasons", "Reasons for looks",
        "The day on which the reason was given.",
        "The reason, in words.",
        "Who gave one, for which record and when.";
    /// Why somebody opened a record by break-glass, and what was found of it.
    BreakGlass: "break-glass", "Words of break-glass",
        "The day on which a second person reviewed it. What waits for its review is kept.",
        "Why it was opened, what the review found, and what became of the emails about it.",
        "Who opened which record, when, who was told, and whether it was justified.";
    /// Who looked through the looks.
    LookSearches: "look-searches", "Searches of looks",
        "The day of the search.",
        "The whole line: who searched for what and how much was found.",
        "Nothing.";
    /// What was found of looks that a rule had pointed at.
    UnusualLooks: "unusual-looks", "What was found of unusual looks",
        "The day on which it was settled.",
        "What was found, in words.",
        "That it was settled, by whom and when.";
    /// What happened about signing in.
    SignIns: "sign-ins", "Sign-ins",
        "The day of the event.",
        "The whole line: who signed in or was refused, from which network address and browser.",
        "Nothing.";
    /// What other programs asked.
    ApiCalls: "api-calls", "Calls of other programs",
        "The day of the call.",
        "The whole line: which token asked for what and when.",
        "Nothing.";
}

impl Kind {
    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

/// How long a kind is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Which kind.
    pub kind: Kind,
    /// For how many months.
    pub months: u32,
    /// Who says so: a statute, or that it is the authority's own policy.
    pub source: String,
}

/// What an authority changed about a rule, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// Which kind.
    pub kind: Kind,
    /// For how many months it is kept from then on.
    pub months: u32,
    /// From which day on.
    pub from: Date,
    /// Why, and on whose authority.
    pub because: Reason,
}

impl RuleChange {
    /// A change, if it is one.
    ///
    /// # Errors
    /// Refuses no months, more than [`LONGEST`], and a day that is past: what went by the old rule
    /// would have gone by the wrong one.
    pub fn new(
        kind: Kind,
        months: u32,
        from: Date,
        because: Reason,
        today: Date,
    ) -> Result<Self, Refusal> {
        if months == 0 || months > LONGEST {
            return Err(Refusal::because(format!("Give a period of 1 to {LONGEST} months.")));
        }
        if from < today {
            return Err(Refusal::because("Give today, or a day that is still to come."));
        }
        Ok(Self { kind, months, from, because })
    }
}

/// The rules on a day: those that ship, each as the authority last changed it.
pub fn in_force(shipped: &[Rule], changes: &[RuleChange], day: Date) -> Vec<Rule> {
    let on_that_day = |rule: &Rule| {
        let of_kind = changes.iter().filter(|it| it.kind == rule.kind && it.from <= day);
        // Of two from the same day, the later word holds: they are in the order in which they were said.
        let last = of_kind.max_by_key(|it| it.from);
        last.map_or_else(
            || rule.clone(),
            |it| Rule {
                kind: rule.kind,
                months: it.months,
                source: format!("The authority’s own: {}", it.because.words()),
            },
        )
    };
    shipped.iter().map(on_that_day).collect()
}

impl Rule {
    /// What started on this day or before it has been kept long enough by today.
    pub fn cutoff(&self, today: Date) -> Date {
        today.saturating_sub(i32::try_from(self.months).unwrap_or(i32::MAX).months())
    }

    /// The rule in words: *kept for 6 years*.
    pub fn words(&self) -> String {
        match (self.months / 12, self.months % 12) {
            (0, 1) => "1 month".to_owned(),
            (0, months) => format!("{months} months"),
            (1, 0) => "1 year".to_owned(),
            (years, 0) => format!("{years} years"),
            (years, months) => format!("{years} years and {months} months"),
        }
    }
}

/// Over what a hold lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Over everything, as an inquiry may ask.
    Everything,
    /// Over everything of a kind.
    Kind(Kind),
    /// Over everything about a record.
    Record(RecordId),
    /// Over everything about the audits of a cycle.
    Cycle(CycleId),
}

/// Something that is not to go, whatever the rules say, until the hold is lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Over what it lies.
    pub over: Over,
}

/// Something that a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thing {
    /// Its kind.
    pub kind: Kind,
    /// Its number among the things of its kind.
    pub id: i64,
    /// When its period started.
    pub start: Date,
    /// The record that it is about; none where it is about many, or none.
    pub record: Option<RecordId>,
    /// The cycle that it belongs to.
    pub cycle: Option<CycleId>,
}

impl Hold {
    /// Whether the hold lies over this. A list is about every record, so that any hold over a record
    /// or a cycle holds the differences of every list too: too much is kept rather than too little.
    pub fn covers(&self, thing: &Thing) -> bool {
        let of_lists = matches!(thing.kind, Kind::Differences | Kind::CaseLists);
        match self.over {
            Over::Everything => true,
            Over::Kind(kind) => kind == thing.kind,
            Over::Record(record) => of_lists || thing.record == Some(record),
            Over::Cycle(cycle) => of_lists || thing.cycle == Some(cycle),
        }
    }
}

/// What of these things goes today by this rule, and how many would go and are held.
pub fn going(rule: &Rule, holds: &[Hold], things: Vec<Thing>, today: Date) -> (Vec<Thing>, usize) {
    let cutoff = rule.cutoff(today);
    let due: Vec<Thing> =
        things.into_iter().filter(|it| it.kind == rule.kind && it.start <= cutoff).collect();
    let all = due.len();
    let going: Vec<Thing> =
        due.into_iter().filter(|it| !holds.iter().any(|hold| hold.covers(it))).collect();
    let held = all - going.len();
    (going, held)
}

/// Nobody confirms a disposal that they proposed.
///
/// # Errors
/// Refuses whoever proposed it.
pub fn may_confirm(proposed_by: Option<PersonId>, person: PersonId) -> Result<(), Refusal> {
    if proposed_by == Some(person) {
        return Err(Refusal::because(
            "You proposed this disposal. Somebody else has to confirm it.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn rule(months: u32) -> Rule {
        Rule { kind: Kind::Looks, months, source: "Local policy.".to_owned() }
    }

    fn look(id: i64, start: Date, record: i64) -> Thing {
        Thing { kind: Kind::Looks, id, start, record: Some(RecordId(record)), cycle: None }
    }

    #[test]
    fn a_thing_goes_on_the_day_on_which_its_period_is_over_and_not_before() {
        let things = vec![look(1, date(2020, 11, 28), 7)];
        let gone = |day| going(&rule(72), &[], things.clone(), day).0.len();
        assert_eq!(gone(date(2026, 11, 27)), 0);
        assert_eq!(gone(date(2026, 11, 28)), 1);
    }

    #[test]
    fn the_last_day_of_a_month_is_not_kept_a_day_too_long() {
        let things = vec![look(1, date(2024, 2, 29), 7)];
        assert_eq!(going(&rule(12), &[], things, date(2025, 2, 28)).0.len(), 0);
        assert_eq!(
            going(&rule(12), &[], vec![look(1, date(2024, 2, 29), 7)], date(2025, 3, 1)).0.len(),
            1
        );
    }

    #[test]
    fn what_is_held_does_not_go() {
        let things = vec![look(1, date(2000, 1, 1), 7), look(2, date(2000, 1, 1), 8)];
        let over = |over| [Hold { id: HoldId(1), over }];
        let gone = |holds: &[Hold]| {
            let (going, held) = going(&rule(1), holds, things.clone(), date(2026, 1, 1));
            (going.iter().map(|it| it.id).collect::<Vec<_>>(), held)
        };
        assert_eq!(gone(&[]), (vec![1, 2], 0));
        assert_eq!(gone(&over(Over::Record(RecordId(7)))), (vec![2], 1));
        assert_eq!(gone(&over(Over::Everything)), (vec![], 2));
        assert_eq!(gone(&over(Over::Kind(Kind::Looks))), (vec![], 2));
        assert_eq!(gone(&over(Over::Kind(Kind::Answers))), (vec![1, 2], 0));
        let list = Thing { kind: Kind::Differences, record: None, ..things[0] };
        assert!(over(Over::Record(RecordId(7)))[0].covers(&list), "a list is about every record");
    }

    #[test]
    fn a_change_holds_from_its_day_and_says_whose_it_is() {
        let because = Reason::new("Decided by the committee.").unwrap();
        let change = RuleChange { kind: Kind::Looks, months: 12, from: date(2027, 1, 1), because };
        let months = |day| in_force(&[rule(72)], std::slice::from_ref(&change), day)[0].months;
        assert_eq!((months(date(2026, 12, 31)), months(date(2027, 1, 1))), (72, 12));
        let because = Reason::new("So.").unwrap();
        let today = date(2027, 1, 2);
        assert!(RuleChange::new(Kind::Looks, 12, date(2027, 1, 1), because, today).is_err());
    }

    #[test]
    fn nobody_confirms_what_they_proposed() {
        assert!(may_confirm(Some(PersonId(1)), PersonId(1)).is_err());
        assert!(may_confirm(Some(PersonId(1)), PersonId(2)).is_ok());
        assert!(may_confirm(None, PersonId(1)).is_ok(), "the server's own command line");
    }

    #[test]
    fn every_kind_has_its_own_code() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(*kind));
        }
    }
}
