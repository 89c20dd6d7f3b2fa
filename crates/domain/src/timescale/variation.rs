//! What an authority has changed about a rule: never written over, only followed by another.

use jiff::civil::Date;

use super::limit::Limit;
use super::rule::{InForce, Rule, RuleCode};
use crate::refusal::Refusal;
use crate::text::Reason;

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Varied {
    /// Another limit holds.
    Limit(Limit),
    /// The rule is not asked.
    Off,
    /// The rule holds again as it was published.
    AsPublished,
}

impl Varied {
    /// `limit`, `off` or `as_published`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Limit(_) => "limit",
            Self::Off => "off",
            Self::AsPublished => "as_published",
        }
    }
}

/// A change that an authority has made to a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variation {
    /// The rule.
    pub rule: RuleCode,
    /// The first day on which the change holds.
    pub from: Date,
    /// What is changed.
    pub varied: Varied,
    /// Who said so, by name.
    pub by: String,
    /// Why.
    pub why: Reason,
}

impl Variation {
    /// Whether a rule can be varied like this.
    ///
    /// # Errors
    /// Refuses another limit for a rule that has none, or that it has already, and a change to a
    /// rule that nobody can check.
    pub fn fits(rule: &Rule, varied: Varied) -> Result<(), Refusal> {
        match (varied, rule.asks.limit()) {
            (Varied::Limit(_), None) => Err(Refusal::because(format!(
                "{} has no limit to change. Switch it off, or leave it as it is.",
                rule.name
            ))),
            _ => Ok(()),
        }
    }
}

/// The rule as it is in force on a day. `variations` are of any rule, the earliest made first: of
/// two that hold from the same day, the later made is followed.
pub fn in_force<'v>(
    rule: &Rule,
    variations: impl IntoIterator<Item = &'v Variation>,
    day: Date,
) -> Option<InForce> {
    if !rule.is_in_force(day) {
        return None;
    }
    let of_rule = variations.into_iter().filter(|it| it.rule == rule.code && it.from <= day);
    let latest = of_rule.max_by_key(|it| it.from);
    let mut held = InForce { rule: rule.clone(), local: None, off: false };
    match latest.map(|it| it.varied) {
        None | Some(Varied::AsPublished) => return Some(held),
        Some(Varied::Off) => held.off = true,
        Some(Varied::Limit(limit)) => held.rule.asks = held.rule.asks.with_limit(limit),
    }
    held.local = latest.cloned();
    Some(held)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::examples::care_visit;
    use super::*;

    fn variation(from: Date, varied: Varied) -> Variation {
        let why = Reason::new("Agreed by the leadership team").unwrap();
        Variation { rule: care_visit().code, from, varied, by: "Priya Anand".to_owned(), why }
    }

    fn limit(text: &str) -> Varied {
        Varied::Limit(Limit::parse(text).unwrap())
    }

    #[test]
    fn the_rule_of_a_day_can_be_asked_for_whatever_came_after() {
        let made = [
            variation(date(2026, 4, 1), limit("20 working days")),
            variation(date(2026, 9, 1), limit("30 days")),
            variation(date(2026, 10, 1), Varied::Off),
            variation(date(2026, 11, 1), Varied::AsPublished),
        ];
        let on = |day| in_force(&care_visit(), &made, day).unwrap();
        let limit_on = |day| on(day).rule.asks.limit().unwrap().to_string();
        assert_eq!(limit_on(date(2026, 3, 31)), "42 days");
        assert_eq!(on(date(2026, 3, 31)).local, None);
        assert_eq!(limit_on(date(2026, 4, 1)), "20 working days");
        assert_eq!(limit_on(date(2026, 9, 30)), "30 days");
        assert!(on(date(2026, 10, 1)).off);
        assert_eq!(limit_on(date(2026, 11, 1)), "42 days");
        assert!(!on(date(2026, 11, 1)).off);
    }

    #[test]
    fn of_two_from_one_day_the_later_made_is_followed() {
        let day = date(2026, 4, 1);
        let made = [variation(day, limit("30 days")), variation(day, limit("20 days"))];
        let held = in_force(&care_visit(), &made, day).unwrap();
        assert_eq!(held.rule.asks.limit().unwrap().to_string(), "20 days");
    }

    #[test]
    fn a_rule_of_another_time_is_not_in_force() {
        let mut rule = care_visit();
        rule.from = Some(date(2026, 4, 1));
        rule.until = Some(date(2026, 6, 30));
        assert!(in_force(&rule, [], date(2026, 3, 31)).is_none());
        assert!(in_force(&rule, [], date(2026, 4, 1)).is_some());
        assert!(in_force(&rule, [], date(2026, 7, 1)).is_none());
    }

    #[test]
    fn a_rule_without_a_limit_is_given_none() {
        let mut rule = care_visit();
        rule.asks = super::super::examples::no_worker().asks;
        assert!(Variation::fits(&rule, limit("20 days")).is_err());
        assert!(Variation::fits(&rule, Varied::Off).is_ok());
        assert!(Variation::fits(&care_visit(), limit("20 days")).is_ok());
    }
}
