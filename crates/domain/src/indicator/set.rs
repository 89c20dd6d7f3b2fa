//! A named, dated set of indicators. It never changes; the next holds from its own day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::local::{Held, LocalChange, held};
use super::{Indicator, IndicatorCode, Measure};
use crate::refusal::Refusal;

/// A named, dated set of indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorSet {
    name: String,
    dated: Date,
    indicators: Vec<Indicator>,
}

impl IndicatorSet {
    /// The most indicators that a set may have.
    pub const MOST: usize = 40;

    /// A set of indicators, as it was written down on a day.
    ///
    /// # Errors
    /// Refuses a set without a name or an indicator, with too many or two of the same code, and an
    /// indicator that does not say what is counted out of what, from where, or counts nothing.
    pub fn new(name: &str, dated: Date, indicators: Vec<Indicator>) -> Result<Self, Refusal> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Refusal::because("Give the set a name of 100 characters at most."));
        }
        if indicators.is_empty() || indicators.len() > Self::MOST {
            let most = Self::MOST;
            return Err(Refusal::because(format!("A set has between 1 and {most} indicators.")));
        }
        let mut codes = BTreeSet::new();
        for it in &indicators {
            let refuse = |why: &str| Err(Refusal::because(format!("{}: {why}", it.code)));
            let words = [&it.name, &it.definition, &it.numerator, &it.denominator, &it.source];
            if words.iter().any(|text| text.trim().is_empty() || text.chars().count() > 600) {
                return refuse(
                    "give its name, what it means, what is counted, out of what, and the source, \
                     in 600 characters at most each.",
                );
            }
            if !codes.insert(&it.code) {
                return refuse("two indicators have this code.");
            }
            let counts_nothing = match &it.measure {
                Measure::InTime(rules) => rules.is_empty(),
                Measure::Judged(standards) => standards.is_empty(),
                Measure::Graded | Measure::Known(_) | Measure::Held(..) => false,
            };
            if counts_nothing {
                return refuse("name a rule or a standard by which it is counted.");
            }
            if it
                .target
                .as_ref()
                .is_some_and(|target| target.percent > 100 || target.by.trim().is_empty())
            {
                return refuse("give the target in whole per cent, and say who set it.");
            }
        }
        Ok(Self { name: name.to_owned(), dated, indicators })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The day on which it was written down.
    pub fn dated(&self) -> Date {
        self.dated
    }

    /// Its indicators, in order.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// The indicator with this code.
    pub fn indicator(&self, code: &IndicatorCode) -> Option<&Indicator> {
        self.indicators.iter().find(|it| it.code == *code)
    }

    /// The indicators as they hold on a day, those that are not shown included.
    pub fn held(&self, changes: &[LocalChange], day: Date) -> Vec<Held> {
        self.indicators.iter().map(|it| held(it, changes, day)).collect()
    }
}
