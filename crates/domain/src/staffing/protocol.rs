//! An allocation protocol: advice on who holds which records, with a caseload guide and its weights.

use jiff::civil::Date;

use super::hundredths::Hundredths;
use crate::allocation::Experience;
use crate::calendar::day_in_words;
use crate::need::{Need, Needs};
use crate::refusal::Refusal;

/// What stands beside everything that a protocol says.
pub const ADVICE: &str = "Advice, not a rule";

/// One piece of advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Advice {
    /// Records of this need are not held by workers of this experience.
    NotHeldBy(Need, Experience),
    /// No record is without a named worker for longer than so many days.
    WithoutWorker {
        /// The days.
        days: u16,
    },
    /// No record is held by a worker whose weighted caseload is over the guide.
    WithinGuide,
}

impl Advice {
    /// What it is known by, the same in every protocol: `CP-newly-qualified`, `without-worker` or
    /// `caseload`.
    pub fn code(self) -> String {
        match self {
            Self::NotHeldBy(need, experience) => format!("{}-{}", need.code(), experience.code()),
            Self::WithoutWorker { .. } => "without-worker".to_owned(),
            Self::WithinGuide => "caseload".to_owned(),
        }
    }

    /// The advice about who holds a record, with this code. Nothing can be advised of workers whose
    /// experience is not known.
    pub fn from_code(code: &str) -> Option<Self> {
        if code == Self::WithinGuide.code() {
            return Some(Self::WithinGuide);
        }
        let (need, experience) = code.split_once('-')?;
        let experience = Experience::from_code(experience)?;
        (experience != Experience::Unknown)
            .then_some(Self::NotHeldBy(Need::from_code(need)?, experience))
    }

    /// The advice in words.
    pub fn words(self) -> String {
        match self {
            Self::NotHeldBy(need, experience) => {
                let who = match experience {
                    Experience::NewlyQualified => "newly qualified workers in their first year",
                    Experience::EarlyCareer => "early career workers",
                    Experience::Experienced => "experienced workers",
                    Experience::Unknown => "workers whose experience is not known",
                };
                format!("{} records are not held by {who}", need.words())
            }
            Self::WithoutWorker { days } => {
                let noun = if days == 1 { "day" } else { "days" };
                format!("No record is without a named worker for more than {days} {noun}")
            }
            Self::WithinGuide => {
                "No record is held by a worker whose weighted caseload is over the guide".to_owned()
            }
        }
    }
}

/// An allocation protocol, from a day. It never changes; the next supersedes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// What people call it.
    pub name: String,
    /// The first day on which it holds.
    pub from: Date,
    /// What one record of each need weighs, in the order of [`Need::ALL`].
    pub weights: [Hundredths; 4],
    /// The weighted caseload of one full-time worker, newly qualified, early in career and
    /// experienced; none where nothing is advised.
    pub caseload: [Option<Hundredths>; 3],
    /// Records, unweighted, for each full-time equivalent: what a service's staff is planned by.
    pub records_per_worker: Hundredths,
    /// The advice, in order.
    pub advice: Vec<Advice>,
}

impl Protocol {
    /// Whether it holds together.
    ///
    /// # Errors
    /// Refuses one without a name, with a weight or a guide of nothing, with the same advice twice,
    /// or with advice about a caseload of which it gives no guide.
    pub fn check(&self) -> Result<(), Refusal> {
        let refuse = |sentence: &str| Err(Refusal::because(sentence));
        if self.name.trim().is_empty() || self.name.chars().count() > 100 {
            return refuse("Give the protocol a name of 100 characters at most.");
        }
        let none = Hundredths(0);
        if self.weights.contains(&none) {
            return refuse("Give each need a weight of more than nothing.");
        }
        if self.records_per_worker == none || self.caseload.contains(&Some(none)) {
            return refuse("Give a guide of more than nothing.");
        }
        let mut codes: Vec<String> = self.advice.iter().map(|it| it.code()).collect();
        codes.sort();
        codes.dedup();
        if codes.len() != self.advice.len() {
            return refuse("Give each piece of advice once.");
        }
        if self.advice.contains(&Advice::WithinGuide) && self.caseload == [None; 3] {
            return refuse("Give a guide for the caseload that the advice is about.");
        }
        Ok(())
    }

    /// Whether it can follow the protocols that there are. Only the first may hold for past days:
    /// what was looked at stays as it was.
    ///
    /// # Errors
    /// Refuses a first day that is past, or that does not come after the latest protocol's.
    pub fn follow(&self, latest: Option<&Self>, today: Date) -> Result<(), Refusal> {
        let Some(latest) = latest else { return Ok(()) };
        if self.from < today || self.from <= latest.from {
            return Err(Refusal::because(format!(
                "A protocol that follows another begins today or later, and after {}.",
                day_in_words(latest.from)
            )));
        }
        Ok(())
    }

    /// What a record with these needs weighs: the weight of its principal need.
    pub fn weight(&self, needs: &Needs) -> Hundredths {
        let principal = Need::principal(needs);
        Need::ALL
            .into_iter()
            .zip(self.weights)
            .find(|(need, _)| *need == principal)
            .map_or(Hundredths(0), |(_, weight)| weight)
    }

    /// The weighted caseload of one full-time worker of this experience, where it is advised.
    pub fn caseload_of(&self, experience: Experience) -> Option<Hundredths> {
        Experience::ALL
            .into_iter()
            .zip(self.caseload)
            .find(|(each, _)| *each == experience)
            .and_then(|(_, guide)| guide)
    }
}

/// The protocol that holds on a day: the latest that had begun.
pub fn in_force(protocols: &[Protocol], day: Date) -> Option<&Protocol> {
    protocols.iter().filter(|it| it.from <= day).max_by_key(|it| it.from)
}

/// A protocol for tests, in force from 2020.
#[cfg(test)]
pub fn sample() -> Protocol {
    Protocol {
        name: "Allocation protocol".to_owned(),
        from: jiff::civil::date(2020, 1, 1),
        weights: [Hundredths(100), Hundredths(150), Hundredths(120), Hundredths(80)],
        caseload: [Some(Hundredths(1200)), Some(Hundredths(1600)), Some(Hundredths(2000))],
        records_per_worker: Hundredths(1600),
        advice: vec![
            Advice::NotHeldBy(Need::ChildProtection, Experience::NewlyQualified),
            Advice::WithoutWorker { days: 5 },
        ],
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn advice_has_a_code_and_words_of_its_own() {
        let advice = Advice::NotHeldBy(Need::ChildProtection, Experience::NewlyQualified);
        assert_eq!(Advice::from_code(&advice.code()), Some(advice));
        assert_eq!(Advice::from_code("CP-unknown"), None);
        assert!(advice.words().contains("not held by newly qualified"), "{}", advice.words());
        assert_eq!(Advice::from_code(&Advice::WithinGuide.code()), Some(Advice::WithinGuide));
    }

    #[test]
    fn a_protocol_holds_together_or_is_refused() {
        assert!(sample().check().is_ok());
        let broken = |change: fn(&mut Protocol)| {
            let mut protocol = sample();
            change(&mut protocol);
            protocol.check().is_err()
        };
        assert!(broken(|it| it.name = " ".to_owned()));
        assert!(broken(|it| it.weights[1] = Hundredths(0)));
        assert!(broken(|it| it.caseload[0] = Some(Hundredths(0))));
        assert!(broken(|it| it.records_per_worker = Hundredths(0)));
        assert!(broken(|it| it.advice.push(Advice::WithoutWorker { days: 9 })));
        assert!(!broken(|it| it.advice.push(Advice::WithinGuide)));
        let without_a_guide = |it: &mut Protocol| {
            it.advice.push(Advice::WithinGuide);
            it.caseload = [None; 3];
        };
        assert!(broken(without_a_guide));
    }

    #[test]
    fn only_the_first_protocol_may_hold_for_past_days() {
        let today = date(2026, 11, 23);
        assert!(sample().follow(None, today).is_ok());
        assert!(sample().follow(Some(&sample()), today).is_err());
        let next = Protocol { from: today, ..sample() };
        assert!(next.follow(Some(&sample()), today).is_ok());
        let both = [sample(), next];
        assert_eq!(in_force(&both, date(2026, 11, 22)).map(|it| it.from), Some(both[0].from));
        assert_eq!(in_force(&both, date(2019, 12, 31)), None);
    }
}
