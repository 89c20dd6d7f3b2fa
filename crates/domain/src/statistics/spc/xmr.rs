//! The limits of single values: how far they go without anything having changed.

use super::{mean, moving_ranges};

/// Which moving ranges count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranges {
    /// All but those that are too large to be usual, left out once (L. S. Nelson, 1982).
    Screened,
    /// All.
    All,
}

/// Where the values of a measure lie as long as nothing changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The mean of all values.
    pub mean: f64,
    /// The mean of the moving ranges that count.
    pub average_moving_range: f64,
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// Three standard deviations of single values, in average moving ranges.
const REACH: f64 = 2.66;
/// A moving range of so many averages is unusual by itself.
const UNUSUAL: f64 = 3.267;

/// The limits; none where there are fewer than two values.
pub fn limits(values: &[f64], ranges: Ranges) -> Option<Limits> {
    let mean_of_all = mean(values)?;
    let mut moving = moving_ranges(values);
    let all = mean(&moving)?;
    if ranges == Ranges::Screened && all > 0.0 {
        moving.retain(|range| *range < UNUSUAL * all);
    }
    let average_moving_range = mean(&moving)?;
    let reach = REACH * average_moving_range;
    Some(Limits {
        mean: mean_of_all,
        average_moving_range,
        lower: mean_of_all - reach,
        upper: mean_of_all + reach,
    })
}
