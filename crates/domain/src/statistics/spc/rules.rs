//! The four rules by which a chart shows that something changed.

use super::Limits;

/// One of the four rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A point lies beyond a limit.
    Outside,
    /// Seven points or more in a row lie on one side of the mean.
    Shift,
    /// Seven points in a row rise, or fall.
    Trend,
    /// Two of three points in a row lie near a limit, and all three on its side.
    NearLimit,
}

/// A run of so many is no chance any more.
const RUN: usize = 7;

/// The points that break each rule, by their place in time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// Beyond a limit.
    pub outside: Vec<usize>,
    /// Within a run on one side of the mean.
    pub shift: Vec<usize>,
    /// Within a run that rises or falls.
    pub trend: Vec<usize>,
    /// Near a limit, with another of three.
    pub near_limit: Vec<usize>,
}

impl Flags {
    /// Whether no rule is broken.
    pub fn is_empty(&self) -> bool {
        self.rules().is_empty()
    }

    /// The rules that are broken.
    pub fn rules(&self) -> Vec<Rule> {
        let all = [
            (Rule::Outside, &self.outside),
            (Rule::Shift, &self.shift),
            (Rule::Trend, &self.trend),
            (Rule::NearLimit, &self.near_limit),
        ];
        all.into_iter().filter(|(_, points)| !points.is_empty()).map(|(rule, _)| rule).collect()
    }

    /// Whether the point at this place breaks any rule.
    pub fn has(&self, at: usize) -> bool {
        [&self.outside, &self.shift, &self.trend, &self.near_limit]
            .into_iter()
            .any(|points| points.contains(&at))
    }
}

/// The points that break each rule.
pub fn flags(values: &[f64], limits: &Limits) -> Flags {
    let places = |marked: Vec<bool>| -> Vec<usize> {
        marked.into_iter().enumerate().filter(|(_, marked)| *marked).map(|(at, _)| at).collect()
    };
    Flags {
        outside: places(values.iter().map(|v| *v > limits.upper || *v < limits.lower).collect()),
        shift: places(shift(values, limits.mean)),
        trend: places(trend(values)),
        near_limit: places(near_limit(values, limits)),
    }
}

/// Marks the places of a window that starts here.
fn mark(marked: &mut [bool], start: usize, width: usize, which: impl Fn(usize) -> bool) {
    for (at, mark) in marked.iter_mut().enumerate().skip(start).take(width) {
        *mark |= which(at - start);
    }
}

fn shift(values: &[f64], mean: f64) -> Vec<bool> {
    let mut marked = vec![false; values.len()];
    for (start, window) in values.windows(RUN).enumerate() {
        let above = window.iter().all(|value| *value > mean);
        if above || window.iter().all(|value| *value < mean) {
            mark(&mut marked, start, RUN, |_| true);
        }
    }
    marked
}

fn trend(values: &[f64]) -> Vec<bool> {
    let mut marked = vec![false; values.len()];
    for (start, window) in values.windows(RUN).enumerate() {
        let steps = || window.iter().zip(window.iter().skip(1));
        if steps().all(|(before, after)| after > before)
            || steps().all(|(before, after)| after < before)
        {
            mark(&mut marked, start, RUN, |_| true);
        }
    }
    marked
}

fn near_limit(values: &[f64], limits: &Limits) -> Vec<bool> {
    let mut marked = vec![false; values.len()];
    let upper_third = limits.mean + (limits.upper - limits.mean) * 2.0 / 3.0;
    let lower_third = limits.mean - (limits.mean - limits.lower) * 2.0 / 3.0;
    for (start, window) in values.windows(3).enumerate() {
        let near: Vec<bool> = if window.iter().all(|value| *value > limits.mean) {
            window.iter().map(|value| *value > upper_third && *value <= limits.upper).collect()
        } else if window.iter().all(|value| *value < limits.mean) {
            window.iter().map(|value| *value < lower_third && *value >= limits.lower).collect()
        } else {
            continue;
        };
        if near.iter().filter(|near| **near).count() >= 2 {
            mark(&mut marked, start, 3, |at| near.get(at).copied().unwrap_or(false));
        }
    }
    marked
}
