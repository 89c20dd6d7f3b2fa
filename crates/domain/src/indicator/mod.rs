//! Indicators: what is counted of what, quarter by quarter, as data with a source and a target.

pub mod code;
pub mod local;
pub mod measure;
pub mod series;
pub mod set;
pub mod tally;

use std::collections::BTreeSet;

pub use code::IndicatorCode;
pub use measure::Measure;

use crate::standard::StandardCode;

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// What it is known by, the same in every set.
    pub code: IndicatorCode,
    /// Its name, as people say it.
    pub name: String,
    /// What it means, in plain words.
    pub definition: String,
    /// What is counted.
    pub numerator: String,
    /// What it is counted out of.
    pub denominator: String,
    /// Where the figures come from.
    pub source: String,
    /// How it is computed.
    pub measure: Measure,
    /// Which way is better.
    pub better: Better,
    /// What is aimed at; none where nobody set a target.
    pub target: Option<Target>,
    /// The standards that it bears on.
    pub standards: BTreeSet<StandardCode>,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// The more, the better.
    Higher,
    /// The fewer, the better.
    Lower,
}

/// What is aimed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// In whole per cent.
    pub percent: u8,
    /// Who set it: a law, a committee, a person.
    pub by: String,
}

impl Better {
    /// `higher` or `lower`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
        }
    }

    /// The direction with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Higher, Self::Lower].into_iter().find(|it| it.code() == code)
    }

    /// The target in words: *at least 90%*.
    pub fn aims_at(self, percent: u8) -> String {
        match self {
            Self::Higher => format!("at least {percent}%"),
            Self::Lower => format!("at most {percent}%"),
        }
    }
}
