//! Unusual looking: stated rules with thresholds and a first day. They point at looks; they judge nobody.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::thresholds::Thresholds;
use crate::id::{PersonId, RecordId};
use crate::stamp::wall_clock_in_england;

/// A rule by which looks are pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LookingRule {
    /// Outside one's own places, by break-glass.
    Glass,
    /// At a restricted record.
    Restricted,
    /// At a record with which they have declared a conflict.
    Conflict,
    /// Outside working hours.
    Hours,
    /// At many records within an hour.
    Many,
    /// At one record on many days.
    Often,
    /// At a record that nobody audits, by somebody who neither holds nor manages it.
    NoTask,
}

impl LookingRule {
    /// Every rule, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Glass,
        Self::Restricted,
        Self::Conflict,
        Self::Hours,
        Self::Many,
        Self::Often,
        Self::NoTask,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Glass => "glass",
            Self::Restricted => "restricted",
            Self::Conflict => "conflict",
            Self::Hours => "hours",
            Self::Many => "many",
            Self::Often => "often",
            Self::NoTask => "no-task",
        }
    }

    /// The rule with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// The rule in words, with its thresholds.
    pub fn words(self, set: &Thresholds) -> String {
        match self {
            Self::Glass => "Opened by break-glass, outside their own places".to_owned(),
            Self::Restricted => "Looked at a restricted record".to_owned(),
            Self::Conflict => {
                "Looked at a record with which they had declared a conflict".to_owned()
            }
            Self::Hours => format!(
                "Looked before {}:00, from {}:00 on, or on a Saturday or Sunday",
                set.opens, set.closes
            ),
            Self::Many => {
                format!("Looked at {} records or more within an hour", set.records_in_an_hour)
            }
            Self::Often => format!(
                "Looked at one record on {} days or more in {} days, without an audit of it",
                set.days_at_one_record, set.period
            ),
            Self::NoTask => {
                "Looked at a record that nobody audits and that they neither hold nor manage"
                    .to_owned()
            }
        }
    }
}

/// A look, with what the rules ask about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a rule asks for")]
pub struct Seen {
    /// Who looked.
    pub person: PersonId,
    /// At which record.
    pub record: RecordId,
    /// When.
    pub at: Timestamp,
    /// By break-glass.
    pub by_glass: bool,
    /// At a record that was restricted.
    pub restricted: bool,
    /// At a record with which they had declared a conflict.
    pub conflict: bool,
    /// Where they audit it, or have audited it.
    pub audits: bool,
    /// Where somebody audits it, or they hold or manage it, or it has a concern or a filing check.
    pub has_task: bool,
}

/// Looks that a rule points at: one person's, on one day, and perhaps at one record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pointed {
    /// The day.
    pub day: Date,
    /// The rule.
    pub rule: LookingRule,
    /// Who looked.
    pub person: PersonId,
    /// At which record; none where it is about several.
    pub record: Option<RecordId>,
    /// How many looks that were.
    pub looks: usize,
    /// Of how many that the person made that day, or in the period.
    pub of: usize,
}

/// The looks of a period that a rule points at, the latest day first, and on a day in the order of the
/// rules. Nobody is ranked.
pub fn unusual(looks: &[Seen], set: &Thresholds) -> Vec<Pointed> {
    type Key = (Date, LookingRule, PersonId, Option<RecordId>);
    let mut found: BTreeMap<Key, usize> = BTreeMap::new();
    let mut of_day: BTreeMap<(PersonId, Date), usize> = BTreeMap::new();
    let mut days: BTreeMap<(PersonId, RecordId), BTreeSet<Date>> = BTreeMap::new();
    for look in looks {
        let clock = wall_clock_in_england(look.at);
        let day = clock.date();
        *of_day.entry((look.person, day)).or_default() += 1;
        let mut point = |rule, record| {
            *found.entry((day, rule, look.person, record)).or_default() += 1;
        };
        let record = Some(look.record);
        for (rule, holds) in [
            (LookingRule::Glass, look.by_glass),
            (LookingRule::Restricted, look.restricted),
            (LookingRule::Conflict, look.conflict),
            (LookingRule::NoTask, !look.has_task && !look.by_glass),
        ] {
            if holds {
                point(rule, record);
            }
        }
        let is_weekend = day.weekday().to_monday_one_offset() > 5;
        if is_weekend || clock.hour() < set.opens || clock.hour() >= set.closes {
            point(LookingRule::Hours, None);
        }
        if !look.audits {
            days.entry((look.person, look.record)).or_default().insert(day);
        }
    }
    for ((person, day), records) in many(looks, set) {
        found.insert((day, LookingRule::Many, person, None), records);
    }
    let mut pointed: Vec<Pointed> = found
        .into_iter()
        .map(|((day, rule, person, record), looks)| {
            let of = of_day.get(&(person, day)).copied().unwrap_or(looks);
            Pointed { day, rule, person, record, looks, of }
        })
        .collect();
    for ((person, record), days) in days {
        if let Some(last) = days.last().filter(|_| days.len() >= set.days_at_one_record) {
            let of = usize::try_from(set.period).unwrap_or_default();
            let (rule, record) = (LookingRule::Often, Some(record));
            pointed.push(Pointed { day: *last, rule, person, record, looks: days.len(), of });
        }
    }
    pointed.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.cmp(b)));
    pointed
}

/// For each person and day, the most records within one hour, where that is many.
fn many(looks: &[Seen], set: &Thresholds) -> BTreeMap<(PersonId, Date), usize> {
    let mut by_person: BTreeMap<PersonId, Vec<(Timestamp, RecordId)>> = BTreeMap::new();
    for look in looks {
        by_person.entry(look.person).or_default().push((look.at, look.record));
    }
    let mut most: BTreeMap<(PersonId, Date), usize> = BTreeMap::new();
    for (person, mut seen) in by_person {
        seen.sort_unstable();
        let mut within: BTreeMap<RecordId, usize> = BTreeMap::new();
        let mut first = seen.iter();
        for (at, record) in &seen {
            *within.entry(*record).or_default() += 1;
            let hour_ago = at.saturating_sub(1.hour()).unwrap_or(*at);
            while let Some((_, left)) = first.as_slice().first().filter(|(at, _)| *at <= hour_ago) {
                if let Some(count) = within.get_mut(left) {
                    *count -= 1;
                }
                within.retain(|_, count| *count > 0);
                first.next();
            }
            if within.len() >= set.records_in_an_hour {
                let day = wall_clock_in_england(*at).date();
                let found = most.entry((person, day)).or_default();
                *found = (*found).max(within.len());
            }
        }
    }
    most
}

#[cfg(test)]
mod tests;
