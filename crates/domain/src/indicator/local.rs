//! What an authority has changed about an indicator: never written over, only followed by another.

use jiff::civil::Date;

use super::{Indicator, IndicatorCode, Target};
use crate::refusal::Refusal;
use crate::text::Reason;

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Another target holds, in whole per cent.
    Target(u8),
    /// No target holds.
    NoTarget,
    /// The indicator is not shown.
    Off,
    /// It holds again as it was published.
    AsPublished,
}

/// A change that an authority has made to an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalChange {
    /// The indicator.
    pub indicator: IndicatorCode,
    /// The first day on which the change holds.
    pub from: Date,
    /// What is changed.
    pub changed: Changed,
    /// Who said so, by name.
    pub by: String,
    /// Why.
    pub why: Reason,
}

/// An indicator as it holds on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The indicator, with the target that holds.
    pub indicator: Indicator,
    /// The change that holds, if there is one.
    pub local: Option<LocalChange>,
    /// True if the authority does not show it.
    pub off: bool,
}

impl Changed {
    /// `target`, `no_target`, `off` or `as_published`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Target(_) => "target",
            Self::NoTarget => "no_target",
            Self::Off => "off",
            Self::AsPublished => "as_published",
        }
    }

    /// A target of so many per cent.
    ///
    /// # Errors
    /// Refuses what is no whole per cent from 0 to 100.
    pub fn target(text: &str) -> Result<Self, Refusal> {
        let percent = text.trim().trim_end_matches('%').trim_end().parse::<u8>();
        match percent {
            Ok(percent) if percent <= 100 => Ok(Self::Target(percent)),
            _ => Err(Refusal::because("Enter the target in whole per cent, from 0 to 100.")),
        }
    }

    /// The change in words.
    pub fn words(self) -> String {
        match self {
            Self::Target(percent) => format!("The target is {percent}%"),
            Self::NoTarget => "There is no target".to_owned(),
            Self::Off => "Not shown".to_owned(),
            Self::AsPublished => "As published again".to_owned(),
        }
    }
}

/// The indicator as it holds on a day. `changes` are of any indicator, the earliest made first: of
/// two that hold from the same day, the later made is followed.
pub fn held(indicator: &Indicator, changes: &[LocalChange], day: Date) -> Held {
    let of_it = changes.iter().filter(|it| it.indicator == indicator.code && it.from <= day);
    let latest = of_it.max_by_key(|it| it.from);
    let mut held = Held { indicator: indicator.clone(), local: None, off: false };
    let Some(latest) = latest else { return held };
    match latest.changed {
        Changed::AsPublished => return held,
        Changed::Off => held.off = true,
        Changed::NoTarget => held.indicator.target = None,
        Changed::Target(percent) => {
            held.indicator.target = Some(Target { percent, by: latest.by.clone() });
        }
    }
    held.local = Some(latest.clone());
    held
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{Better, Measure};
    use super::*;

    fn indicator() -> Indicator {
        Indicator {
            code: IndicatorCode::new("good").unwrap(),
            name: "Graded good".to_owned(),
            definition: "d".to_owned(),
            numerator: "n".to_owned(),
            denominator: "o".to_owned(),
            source: "s".to_owned(),
            measure: Measure::Graded,
            better: Better::Higher,
            target: None,
            standards: [].into(),
        }
    }

    fn change(from: Date, changed: Changed) -> LocalChange {
        let why = Reason::new("Agreed by the board").unwrap();
        LocalChange { indicator: indicator().code, from, changed, by: "Ines".to_owned(), why }
    }

    #[test]
    fn a_change_holds_from_its_day_and_the_days_before_keep_what_they_had() {
        let changes = [
            change(date(2026, 4, 1), Changed::Target(80)),
            change(date(2026, 7, 1), Changed::Off),
            change(date(2026, 7, 1), Changed::Target(90)),
        ];
        let target = |day| held(&indicator(), &changes, day).indicator.target.map(|it| it.percent);
        assert_eq!(target(date(2026, 3, 31)), None);
        assert_eq!(target(date(2026, 4, 1)), Some(80));
        assert_eq!(target(date(2026, 7, 1)), Some(90));
        assert!(!held(&indicator(), &changes, date(2026, 7, 1)).off);
    }

    #[test]
    fn a_target_is_a_whole_per_cent() {
        assert_eq!(Changed::target(" 85 % "), Ok(Changed::Target(85)));
        assert!(Changed::target("101").is_err() && Changed::target("most").is_err());
    }
}
