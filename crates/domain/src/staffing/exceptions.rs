//! Records that are held otherwise than the allocation protocol advises, and why, for the child.

use jiff::ToSpan;
use jiff::civil::Date;

use super::bands::Load;
use super::protocol::{Advice, Protocol};
use crate::allocation::Experience;
use crate::case_list::Reference;
use crate::id::RecordId;
use crate::need::{Need, Needs};
use crate::place::Whereabouts;
use crate::refusal::Refusal;
use crate::text::Reason;

/// How one open record is held, as the case list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRecord {
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: Reference,
    /// Its needs.
    pub needs: Needs,
    /// Its service and team, by name.
    pub place: (Option<String>, Option<String>),
    /// Where it stands.
    pub whereabouts: Whereabouts,
    /// The experience of the worker who holds it; none where no worker is named.
    pub held_by: Option<Experience>,
    /// Whether that worker carries more than is advised.
    pub load: Load,
    /// Where no worker is named: since when no case list has named one.
    pub without_since: Option<Date>,
}

/// Why a record is held otherwise than is advised, as its team's manager gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForTheChild {
    /// The reason, in terms of the child.
    pub reason: Reason,
    /// When it is looked at again.
    pub review_on: Date,
}

impl ForTheChild {
    /// The latest day on which it may be looked at again: so many months from today.
    pub const LONGEST: i64 = 6;

    /// A reason that is given today.
    ///
    /// # Errors
    /// Refuses a day that is not in the next six months.
    pub fn new(reason: Reason, review_on: Date, today: Date) -> Result<Self, Refusal> {
        if review_on <= today || review_on > today.saturating_add(Self::LONGEST.months()) {
            return Err(Refusal::because("Give a day after today, and within six months."));
        }
        Ok(Self { reason, review_on })
    }

    /// True once it should have been looked at again.
    pub fn is_due(&self, today: Date) -> bool {
        self.review_on <= today
    }
}

/// A record that is held otherwise than is advised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The record.
    pub held: HeldRecord,
    /// Which advice.
    pub advice: Advice,
    /// Why, where somebody has said; the latest word holds.
    pub why: Option<ForTheChild>,
}

impl Exception {
    /// The need that it is counted under.
    pub fn need(&self) -> Need {
        match self.advice {
            Advice::NotHeldBy(need, _) => need,
            Advice::WithoutWorker { .. } | Advice::WithinGuide => Need::principal(&self.held.needs),
        }
    }

    /// How it stands today.
    pub fn standing(&self, today: Date) -> Standing {
        match &self.why {
            None => Standing::WithoutReason,
            Some(why) if why.is_due(today) => Standing::ToReview,
            Some(_) => Standing::WithReason,
        }
    }
}

/// How an exception stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nobody has said why.
    WithoutReason,
    /// Somebody said why, and it is to be looked at again by now.
    ToReview,
    /// Somebody has said why.
    WithReason,
}

impl Standing {
    /// How it stands, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::WithoutReason => "No reason given",
            Self::ToReview => "To be looked at again",
            Self::WithReason => "Reason given",
        }
    }
}

/// Whether a record is held otherwise than this advice, as at the day of the list. Where the
/// worker's experience or hours are not known it may not be told, and is not.
fn is_exception(advice: Advice, held: &HeldRecord, as_at: Date) -> bool {
    match advice {
        Advice::NotHeldBy(need, experience) => {
            held.held_by == Some(experience) && held.needs.contains(&need)
        }
        Advice::WithoutWorker { days } => {
            held.held_by.is_none()
                && held
                    .without_since
                    .is_some_and(|since| since.saturating_add(i64::from(days).days()) < as_at)
        }
        // Nobody can say which of a worker's records is the one too many: each child has a worker
        // with less time than is advised, and so each is asked about.
        Advice::WithinGuide => held.load == Load::Over,
    }
}

/// Records of which it cannot be told whether they are held otherwise, by what is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Untold {
    /// How experienced the worker is.
    pub experience: u32,
    /// How much the worker works.
    pub hours: u32,
}

/// Of how many records it cannot be told whether they are held otherwise than a protocol advises.
pub fn untold(protocol: &Protocol, held: &[HeldRecord]) -> Untold {
    let asks = |held: &HeldRecord, load| {
        protocol.advice.contains(&Advice::WithinGuide) && held.load == load
    };
    let by_need = |held: &HeldRecord| {
        held.held_by == Some(Experience::Unknown)
            && protocol
                .advice
                .iter()
                .any(|it| matches!(it, Advice::NotHeldBy(need, _) if held.needs.contains(need)))
    };
    let mut untold = Untold::default();
    for it in held {
        untold.experience += u32::from(by_need(it) || asks(it, Load::ExperienceUnknown));
        untold.hours += u32::from(asks(it, Load::HoursUnknown));
    }
    untold
}

/// What is held otherwise than a protocol advises, by service, team and reference, and in no other
/// order: a list that put workers or teams in order of their exceptions would rank them.
pub fn exceptions(
    protocol: &Protocol,
    held: &[HeldRecord],
    as_at: Date,
    said: impl Fn(RecordId, &str) -> Option<ForTheChild>,
) -> Vec<Exception> {
    let mut found: Vec<Exception> = held
        .iter()
        .flat_map(|held| {
            let broken = protocol.advice.iter().filter(|it| is_exception(**it, held, as_at));
            broken.map(|advice| Exception {
                held: held.clone(),
                advice: *advice,
                why: said(held.record, &advice.code()),
            })
        })
        .collect();
    found.sort_by(|one, other| {
        let key = |it: &Exception| (it.held.place.clone(), it.held.reference.clone(), it.advice);
        key(one).cmp(&key(other))
    });
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::protocol;
    use super::*;

    const AS_AT: Date = date(2026, 11, 20);

    fn held(id: i64, team: &str, need: Need, by: Option<Experience>) -> HeldRecord {
        HeldRecord {
            record: RecordId(id),
            reference: Reference::new(&format!("R-{id}")).unwrap(),
            needs: [need].into(),
            place: (Some("Service".to_owned()), Some(team.to_owned())),
            whereabouts: Whereabouts::default(),
            held_by: by,
            load: Load::NotOver,
            without_since: by.is_none().then_some(date(2026, 11, 14)),
        }
    }

    fn found(held: &[HeldRecord]) -> Vec<(i64, String)> {
        let all = exceptions(&protocol::sample(), held, AS_AT, |_, _| None);
        all.iter().map(|it| (it.held.record.0, it.advice.code())).collect()
    }

    #[test]
    fn exceptions_are_what_is_held_otherwise_and_stand_by_team_and_reference() {
        use Experience::{EarlyCareer, NewlyQualified, Unknown};
        let all = [
            held(4, "South", Need::ChildProtection, Some(NewlyQualified)),
            held(3, "North", Need::ChildProtection, Some(NewlyQualified)),
            held(1, "South", Need::ChildProtection, Some(NewlyQualified)),
            held(5, "North", Need::ChildProtection, Some(EarlyCareer)),
            held(6, "North", Need::ChildInNeed, Some(NewlyQualified)),
            held(7, "North", Need::ChildProtection, Some(Unknown)),
            held(8, "North", Need::ChildInNeed, None),
        ];
        let newly = "CP-newly-qualified".to_owned();
        assert_eq!(
            found(&all),
            [(3, newly.clone()), (8, "without-worker".to_owned()), (1, newly.clone()), (4, newly)]
        );
    }

    #[test]
    fn a_caseload_over_the_guide_is_an_exception_of_each_of_its_records_where_it_is_advised() {
        use Experience::{Experienced, Unknown};
        let over = |load, it: HeldRecord| HeldRecord { load, ..it };
        let all = [
            over(Load::Over, held(9, "South", Need::ChildInNeed, Some(Experienced))),
            over(Load::Over, held(2, "South", Need::InCare, Some(Experienced))),
            held(3, "North", Need::ChildInNeed, Some(Experienced)),
            over(Load::HoursUnknown, held(4, "North", Need::ChildInNeed, Some(Experienced))),
            over(Load::ExperienceUnknown, held(5, "North", Need::ChildInNeed, Some(Unknown))),
            over(Load::ExperienceUnknown, held(6, "North", Need::ChildProtection, Some(Unknown))),
        ];
        assert!(found(&all).is_empty(), "this protocol does not advise it");
        let of_experience = Untold { experience: 1, hours: 0 };
        assert_eq!(untold(&protocol::sample(), &all), of_experience, "of one need alone");
        let mut protocol = protocol::sample();
        protocol.advice.push(Advice::WithinGuide);
        let told = exceptions(&protocol, &all, AS_AT, |_, _| None);
        let told: Vec<_> = told.iter().map(|it| (it.held.record.0, it.need())).collect();
        // By team and reference, and not by who carries most.
        assert_eq!(told, [(2, Need::InCare), (9, Need::ChildInNeed)]);
        assert_eq!(untold(&protocol, &all), Untold { experience: 2, hours: 1 });
    }

    #[test]
    fn a_record_is_without_a_worker_for_too_long_only_after_the_last_day() {
        let mut record = held(1, "North", Need::ChildInNeed, None);
        record.without_since = Some(date(2026, 11, 15));
        assert!(found(&[record.clone()]).is_empty(), "five days");
        record.without_since = None;
        assert!(found(&[record]).is_empty(), "nobody knows since when");
    }

    #[test]
    fn a_reason_is_looked_at_again_on_its_day() {
        let reason = || Reason::new("The child asked to keep this worker.").unwrap();
        let today = date(2026, 11, 23);
        assert!(ForTheChild::new(reason(), today, today).is_err());
        assert!(ForTheChild::new(reason(), date(2027, 6, 1), today).is_err());
        let why = ForTheChild::new(reason(), date(2026, 12, 23), today).unwrap();
        assert!(!why.is_due(date(2026, 12, 22)));
        assert!(why.is_due(date(2026, 12, 23)));
    }
}
