//! One rule on one record as at one day: late, in time, not asked, or not to be told.

use jiff::ToSpan;
use jiff::civil::Date;

use super::applies::{Application, Start, age};
use super::asks::{Asks, Matter, WhenNone, Which};
use super::elapsed::{self, Elapsed};
use super::limit::Limit;
use super::rule::InForce;
use super::working_days::{BankHolidays, Unkept};
use crate::case_list::{CaseLine, KeyDate};
use crate::history::{Episode, Fact, Span};

/// What a rule makes of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is late.
    Overdue(Told),
    /// It is not late.
    InTime(Told),
    /// The rule does not apply to this record, or asks nothing of it yet.
    DoesNotApply,
    /// It cannot be told.
    CannotTell {
        /// What is missing, as a sentence.
        why: String,
    },
}

/// What was found, and how long it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// What was looked at.
    pub seen: Seen,
    /// The date that the record gives: when it last happened, began or ended; none where there is
    /// no such date.
    pub date: Option<Date>,
    /// How long it took against the limit; none where something must simply be there.
    pub elapsed: Option<Elapsed>,
    /// The last day on which it is not late; none where nothing says.
    pub due: Option<Date>,
}

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// An episode that goes on.
    Open(Episode),
    /// An episode that has ended.
    Ended(Episode),
    /// The latest date of a kind.
    Latest(KeyDate),
    /// That there is no date of a kind since something began.
    NoDate(KeyDate, Start),
    /// That something is said.
    Said(Matter),
    /// That something is not said.
    Unsaid(Matter, Option<Start>),
}

/// What the rule makes of the record as at a day.
pub fn check(held: &InForce, line: &CaseLine, day: Date, holidays: &BankHolidays) -> Outcome {
    if held.off {
        return Outcome::DoesNotApply;
    }
    let rule = &held.rule;
    let application = rule.applies.to(line, day);
    if application == Application::No {
        return Outcome::DoesNotApply;
    }
    if let Asks::Auditor { why, .. } = &rule.asks {
        return cannot_tell(why.clone());
    }
    if let Application::Unknown(what) = application {
        return cannot_tell(format!(
            "Whether the rule applies cannot be told: the sources do not say {what}."
        ));
    }
    let asking = Asking { held, line, day, holidays };
    let outcome = match &rule.asks {
        Asks::Episode { kind, which, limit } => asking.episode(*kind, *which, *limit),
        Asks::Latest { kind, since, from_before, limit, younger, when_none } => {
            asking.latest(*kind, (*since, *from_before), (*limit, *younger), *when_none)
        }
        Asks::Said { matter, after } => asking.said(*matter, *after),
        Asks::Auditor { .. } => Ok(Outcome::DoesNotApply),
    };
    outcome.unwrap_or_else(|Unkept(year)| {
        let (first, last) = holidays.years();
        cannot_tell(format!(
            "Working days cannot be counted: the bank holidays of {year} are not kept, only those \
             of {first} to {last}."
        ))
    })
}

fn cannot_tell(why: impl Into<String>) -> Outcome {
    Outcome::CannotTell { why: why.into() }
}

fn no_column(what: &str) -> Outcome {
    cannot_tell(format!("No source of this record has a column for “{what}”."))
}

struct Asking<'a> {
    held: &'a InForce,
    line: &'a CaseLine,
    day: Date,
    holidays: &'a BankHolidays,
}

impl Asking<'_> {
    fn episode(&self, kind: Episode, which: Which, limit: Limit) -> Result<Outcome, Unkept> {
        let spans = self.spans(kind);
        if spans.is_empty() && !self.was_asked(Fact::Episode(kind)) {
            return Ok(no_column(kind.words()));
        }
        let earliest =
            which.ended().map(|months| self.day.saturating_sub(i64::from(months).months()));
        let mut worst: Option<Told> = None;
        for span in spans {
            let is_meant = match span.until.filter(|until| *until <= self.day) {
                None => which.open(),
                Some(until) => earliest.is_some_and(|earliest| until >= earliest),
            };
            if !is_meant || span.from > self.day {
                continue;
            }
            let ended = span.until.filter(|until| *until <= self.day);
            let elapsed = self.elapsed(span.from, ended.unwrap_or(self.day), limit)?;
            let told = Told {
                seen: ended.map_or(Seen::Open(kind), |_| Seen::Ended(kind)),
                date: Some(ended.unwrap_or(span.from)),
                elapsed: Some(elapsed),
                due: self.due(span.from, limit),
            };
            let weight = |told: &Told| told.elapsed.map(|elapsed| (elapsed.over, elapsed.count));
            if worst.as_ref().is_none_or(|worst| weight(worst) <= weight(&told)) {
                worst = Some(told);
            }
        }
        Ok(worst.map_or(Outcome::DoesNotApply, sorted))
    }

    fn latest(
        &self,
        kind: KeyDate,
        (since, from_before): (Start, bool),
        (limit, younger): (Option<Limit>, Option<(u8, Limit)>),
        when_none: WhenNone,
    ) -> Result<Outcome, Unkept> {
        let start = since.of(self.line);
        let dates = self.line.history.dates.get(&kind);
        let latest = dates.and_then(|dates| dates.range(..=self.day).next_back()).copied();
        let latest = latest.or_else(|| self.line.dates.get(&kind).copied());
        // What happened before a plan or a period of care says nothing of it.
        let latest = latest.filter(|date| from_before || start.is_none_or(|start| start <= *date));
        let Some(date) = latest else {
            return self.none(kind, since, start, when_none);
        };
        let Some(limit) = limit else {
            let seen = Seen::Latest(kind);
            return Ok(Outcome::InTime(Told { seen, date: latest, elapsed: None, due: None }));
        };
        let with = |limit| {
            Ok(sorted(Told {
                seen: Seen::Latest(kind),
                date: latest,
                elapsed: Some(self.elapsed(date, self.day, limit)?),
                due: self.due(date, limit),
            }))
        };
        let Some((under, shorter)) = younger else { return with(limit) };
        match self.line.history.born {
            Some(born) if age(born, self.day) < i16::from(under) => with(shorter),
            Some(_) => with(limit),
            None => {
                let (one, other) = (with(limit)?, with(shorter)?);
                let late = |outcome: &Outcome| matches!(outcome, Outcome::Overdue(_));
                if late(&one) == late(&other) {
                    return Ok(one);
                }
                Ok(cannot_tell(format!(
                    "It is late for a child under {under} only, and the sources do not give the \
                     date of birth."
                )))
            }
        }
    }

    /// What holds where there is no date of the kind.
    fn none(
        &self,
        kind: KeyDate,
        since: Start,
        start: Option<Date>,
        when_none: WhenNone,
    ) -> Result<Outcome, Unkept> {
        if !self.was_asked(Fact::Date(kind)) {
            return Ok(no_column(kind.words()));
        }
        let seen = Seen::NoDate(kind, since);
        match when_none {
            WhenNone::CannotTell => Ok(cannot_tell(format!(
                "No date is given for “{}”, and this rule does not say by when there must be one.",
                kind.words()
            ))),
            WhenNone::Late => {
                Ok(Outcome::Overdue(Told { seen, date: None, elapsed: None, due: start }))
            }
            WhenNone::LateAfter(first) => self.by_then(seen, since, start, first),
        }
    }

    fn said(&self, matter: Matter, after: Option<(Start, Limit)>) -> Result<Outcome, Unkept> {
        let told = |seen| Told { seen, date: None, elapsed: None, due: None };
        if matter.is_said(self.line) {
            return Ok(Outcome::InTime(told(Seen::Said(matter))));
        }
        // The worker and the disability are on every line, so that they were asked for unless
        // the sources say that they were not.
        let is_on_every_line = matches!(matter, Matter::Worker | Matter::Disability)
            && self.line.history.asked.is_empty();
        if !is_on_every_line && !self.was_asked(matter.fact()) {
            return Ok(no_column(matter.words()));
        }
        let Some((start, limit)) = after else {
            return Ok(Outcome::Overdue(told(Seen::Unsaid(matter, None))));
        };
        self.by_then(Seen::Unsaid(matter, Some(start)), start, start.of(self.line), limit)
    }

    /// What is not there is late once the limit since a start is over.
    fn by_then(
        &self,
        seen: Seen,
        since: Start,
        start: Option<Date>,
        limit: Limit,
    ) -> Result<Outcome, Unkept> {
        let Some(start) = start else {
            return Ok(cannot_tell(format!(
                "It is not there, and the sources do not say when {}.",
                since.words()
            )));
        };
        let elapsed = Some(self.elapsed(start, self.day, limit)?);
        Ok(sorted(Told { seen, date: None, elapsed, due: self.due(start, limit) }))
    }

    fn spans(&self, kind: Episode) -> Vec<Span> {
        if let Some(spans) = self.line.history.episodes.get(&kind) {
            return spans.iter().copied().collect();
        }
        // A line that was kept before histories were has the latest assessment all the same.
        let date = |kind| self.line.dates.get(&kind).copied();
        let assessment = date(KeyDate::AssessmentStarted).filter(|_| kind == Episode::Assessment);
        assessment
            .map(|from| Span { from, until: date(KeyDate::AssessmentAuthorised) })
            .into_iter()
            .collect()
    }

    fn was_asked(&self, fact: Fact) -> bool {
        self.line.history.asked.contains(&fact)
    }

    fn elapsed(&self, from: Date, until: Date, limit: Limit) -> Result<Elapsed, Unkept> {
        Elapsed::count((from, until), limit, self.held.rule.counting, self.holidays)
    }

    fn due(&self, from: Date, limit: Limit) -> Option<Date> {
        elapsed::due(from, limit, self.held.rule.counting, self.holidays).ok()
    }
}

fn sorted(told: Told) -> Outcome {
    if told.elapsed.is_some_and(|elapsed| elapsed.over) {
        Outcome::Overdue(told)
    } else {
        Outcome::InTime(told)
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
