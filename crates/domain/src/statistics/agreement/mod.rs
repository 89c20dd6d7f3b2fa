//! How far people who judged the same thing agree: shares, and coefficients that allow for chance.
//!
//! One form serves all: [`Readings`], things that two or more people judged, with gaps. Every function
//! gives none where its value cannot be computed: nothing was judged twice, or there is no variation
//! from which chance could be told. Then a page says so in words; it never shows 0, 1 or a blank.

mod alpha;
mod chance;
mod grades;
mod gwet;
mod judgements;
mod kappa;
mod readings;
mod weights;

pub use alpha::{Scale, krippendorff};
pub use chance::{brennan_prediger, conger, fleiss, percent};
pub use grades::{GradeAgreement, GradePair};
pub use gwet::gwet;
pub use judgements::{Agreement, ENOUGH, LOW, Pair};
pub use kappa::cohen;
pub use readings::Readings;
pub use weights::Weights;

use super::interval::Interval;

/// A coefficient with what is known of its spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The value: 1 is full agreement, 0 what chance alone would give; it can be below 0.
    pub value: f64,
    /// Its standard error; none where nothing varies, so that no spread can be seen.
    pub error: Option<f64>,
    /// Its interval of 95%, held between -1 and 1; none where there is no error.
    pub interval: Option<Interval>,
}

impl Coefficient {
    /// A value with this variance, whose interval reaches so many errors to either side.
    fn with_variance(value: f64, variance: f64, errors: f64) -> Self {
        // What is left by rounding where every unit says the same is no spread.
        if variance.is_nan() || variance <= 1e-18 {
            return Self { value, error: None, interval: None };
        }
        let error = variance.sqrt();
        let (low, high) = (value - errors * error, value + errors * error);
        let interval = Interval { low: low.max(-1.0), high: high.min(1.0) };
        Self { value, error: Some(error), interval: Some(interval) }
    }
}

/// How far what was seen is above chance, as a share of what it could be; none where chance alone
/// would give full agreement.
fn above_chance(seen: f64, chance: f64) -> Option<f64> {
    let room = 1.0 - chance;
    (room > 1e-12).then(|| (seen - chance) / room)
}
