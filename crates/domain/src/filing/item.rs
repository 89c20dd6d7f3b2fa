//! One item of correspondence, judged against the protocol that was in force on its date.

use jiff::civil::Date;

use super::hours::{Entered, Hours};
use super::outcome::Outcome;
use super::protocol::{Held, Kind, KindCode, in_force};
use crate::calendar::day_in_words;
use crate::id::FilingProtocolId;
use crate::need::Known;
use crate::refusal::Refusal;
use crate::text::Reason;
use crate::timescale::working_days::{BankHolidays, Counting};

/// What somebody saw of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Of which kind it is.
    pub kind: KindCode,
    /// The date on it.
    pub dated: Date,
    /// When it was entered; none where nobody knows, or where it is missing.
    pub entered: Option<Entered>,
    /// Where it was found; blank where that is its place.
    pub found: String,
    /// What they say of it.
    pub outcome: Outcome,
    /// Why it is so, where the protocol and the dates say otherwise.
    pub why: Option<Reason>,
}

/// How long an item took, or has waited when it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Working days from its date to its entry, or to the day of the check.
    pub days: u16,
    /// How many the protocol gives.
    pub limit: u16,
}

impl Taken {
    /// True if that was too long.
    pub fn is_late(self) -> bool {
        self.days > self.limit
    }

    /// *9 working days; the protocol gives 5*.
    pub fn words(self) -> String {
        let days = if self.days == 1 { "day" } else { "days" };
        format!("{} working {days}; the protocol gives {}", self.days, self.limit)
    }
}

/// An item as it was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What was seen, with what became of it in the end.
    pub seen: Seen,
    /// By which protocol.
    pub protocol: FilingProtocolId,
    /// How long it took; none where that cannot be told.
    pub taken: Option<Taken>,
    /// When in the week it was entered; none where nobody knows the day.
    pub hours: Option<Hours>,
    /// True where somebody's reason stands against what the dates or the protocol say.
    pub is_overruled: bool,
}

impl Item {
    /// Whether it was entered late. What is missing was never entered, and is counted as missing.
    pub fn is_late(&self) -> Known {
        match (self.seen.outcome, self.taken) {
            (Outcome::Missing, _) => Known::Unknown,
            (Outcome::Late, _) => Known::Yes,
            (Outcome::Filed, Some(_)) => Known::No,
            (_, Some(taken)) if taken.is_late() => Known::Yes,
            (_, Some(_)) => Known::No,
            (_, None) => Known::Unknown,
        }
    }

    /// Judges what was seen on a day. What the dates say is followed unless there is a reason.
    ///
    /// # Errors
    /// Refuses dates that cannot be, a kind that the protocol of the item's date does not have, and
    /// words that contradict the protocol or the dates without a reason.
    pub fn judge(
        seen: Seen,
        held: &[Held],
        holidays: &BankHolidays,
        checked_on: Date,
    ) -> Result<Self, Refusal> {
        check_dates(&seen, checked_on)?;
        let day = day_in_words(seen.dated);
        let protocol = in_force(held, seen.dated).ok_or_else(|| {
            Refusal::because(format!(
                "No filing protocol was in force on {day}. Check a later item."
            ))
        })?;
        let kind = protocol.protocol.kind(&seen.kind).ok_or_else(|| {
            Refusal::because(format!(
                "The protocol of {day} does not have this kind of correspondence."
            ))
        })?;
        let placed = check_place(&seen, kind)?;
        // What is not entered has waited until the day of the check; what is elsewhere unknown.
        let until = match seen.outcome {
            Outcome::Missing => Some(checked_on),
            _ => seen.entered.map(|entered| entered.day),
        };
        let taken = until.and_then(|until| taken(&seen, until, kind, holidays));
        let outcome = follow(&seen, taken, (checked_on, kind, holidays))?;
        let is_timed = match (outcome, taken) {
            (Outcome::Filed | Outcome::Missing, Some(taken)) => {
                taken.is_late() == (outcome == Outcome::Missing)
            }
            (Outcome::Late, taken) => taken.is_some_and(Taken::is_late),
            _ => true,
        };
        Ok(Self {
            protocol: protocol.id,
            taken,
            hours: seen.entered.map(|entered| Hours::of(entered, holidays)),
            is_overruled: !(placed && is_timed),
            seen: Seen { outcome, ..seen },
        })
    }
}

fn check_dates(seen: &Seen, checked_on: Date) -> Result<(), Refusal> {
    let refuse = |why: &str| Err(Refusal::because(why));
    if seen.dated > checked_on {
        return refuse("Give a date that is not after the day of the check.");
    }
    match seen.entered {
        Some(_) if seen.outcome == Outcome::Missing => {
            refuse("What was entered is not missing. Take out the day, or say where it was found.")
        }
        Some(entered) if entered.day < seen.dated => {
            refuse("It cannot have been entered before its own date. Correct one of the two.")
        }
        Some(entered) if entered.day > checked_on => {
            refuse("It cannot have been entered after the day of the check. Correct the day.")
        }
        _ => Ok(()),
    }
}

/// True if the place is what the outcome says of it; false if a reason stands against that.
fn check_place(seen: &Seen, kind: &Kind) -> Result<bool, Refusal> {
    let refuse = |why: String| Err(Refusal::because(why));
    let is_blank = seen.found.trim().is_empty();
    let is_its_place = is_blank || kind.belongs_in(&seen.found);
    match seen.outcome {
        Outcome::Misfiled if is_blank => refuse("Say where it was found.".to_owned()),
        Outcome::AnotherRecord if is_blank => {
            refuse("Give the reference of the record that it is on.".to_owned())
        }
        Outcome::Missing if !is_blank => refuse(
            "What was found somewhere is not missing. Say misfiled, or take out the place."
                .to_owned(),
        ),
        Outcome::Misfiled if is_its_place && seen.why.is_none() => {
            refuse("The protocol puts it there. Say why it is misfiled.".to_owned())
        }
        Outcome::Filed | Outcome::Late if !is_its_place && seen.why.is_none() => refuse(format!(
            "The protocol puts it in {}. Say misfiled, or why it is in its place.",
            kind.places()
        )),
        Outcome::Misfiled => Ok(!is_its_place),
        Outcome::Filed | Outcome::Late => Ok(is_its_place),
        Outcome::Missing | Outcome::AnotherRecord => Ok(true),
    }
}

fn taken(seen: &Seen, until: Date, kind: &Kind, holidays: &BankHolidays) -> Option<Taken> {
    // A year whose bank holidays are not kept has no working days to count: then it is not known.
    let days = holidays.between(seen.dated, until, Counting::default()).ok()?;
    Some(Taken { days: u16::try_from(days).unwrap_or(u16::MAX), limit: kind.within })
}

/// What becomes of it by its dates, or by the reason that stands against them.
fn follow(
    seen: &Seen,
    taken: Option<Taken>,
    (checked_on, kind, holidays): (Date, &Kind, &BankHolidays),
) -> Result<Outcome, Refusal> {
    if seen.why.is_some() {
        return Ok(seen.outcome);
    }
    match (seen.outcome, taken) {
        (Outcome::Filed, Some(taken)) if taken.is_late() => Ok(Outcome::Late),
        (Outcome::Late, Some(taken)) if !taken.is_late() => Err(Refusal::because(format!(
            "It took {}. Say filed, or why it is late.",
            taken.words()
        ))),
        (Outcome::Late, None) => {
            Err(Refusal::because("Say when it was entered, or how you know that it was late."))
        }
        (Outcome::Missing, Some(taken)) if !taken.is_late() => {
            let due = holidays.due(seen.dated, kind.within, Counting::default());
            let due = due.map_or(day_in_words(checked_on), day_in_words);
            Err(Refusal::because(format!(
                "It is not missing yet: it is due by {due}. Leave it out, or say why it is missing."
            )))
        }
        (outcome, _) => Ok(outcome),
    }
}

#[cfg(test)]
#[path = "item_tests.rs"]
mod tests;
