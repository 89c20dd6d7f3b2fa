//! What a chart over time says, in one sentence, and the chart with it.

use quarterlight_domain::statistics::spc::{
    self, Proportions, Ranges, Rule, Said, Sampled, flags, of_shares, of_values, proportions,
};

use crate::chart::{Average, ControlChart, ControlPoint};
use crate::table::Cell;
use crate::words::{Noun, count, list, whole};

/// What a point of a chart is.
#[derive(Debug, Clone)]
pub struct Step {
    /// One and many of them.
    pub noun: Noun,
    /// The heading of the table's first column.
    pub heading: &'static str,
}

/// A point for each quarter.
pub const QUARTERS: Step = Step { noun: Noun::new("quarter", "quarters"), heading: "Quarter" };

/// A point for each month.
pub const MONTHS: Step = Step { noun: Noun::new("month", "months"), heading: "Month" };

/// The sentence. `labels` name the points, as *July to September 2026*.
pub fn sentence(said: &Said, labels: &[String], step: &Step) -> String {
    let number = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    match said {
        Said::TooFew { points, needed } => format!(
            "It cannot be told if this changed: there {} {}, and {} are needed to tell a change \
             from what varies by chance.",
            if *points == 1 { "is" } else { "are" },
            count(number(*points), &step.noun),
            whole(number(*needed))
        ),
        Said::NoChange => "This has not changed: it varies no more than it always did.".to_owned(),
        Said::Changed(rules) => {
            let broken: Vec<String> = rules
                .iter()
                .map(|(rule, at)| {
                    let from = labels.get(*at).map_or("one of them", String::as_str);
                    match rule {
                        Rule::Outside => format!("{from} lies beyond a limit"),
                        Rule::Shift => {
                            format!("from {from} on, seven or more in a row lie on one side of the average")
                        }
                        Rule::Trend => {
                            format!("from {from} on, seven or more in a row rise or fall")
                        }
                        Rule::NearLimit => {
                            format!("from {from} on, two of three in a row lie near a limit")
                        }
                    }
                })
                .collect();
            format!("This has changed, and not by chance: {}.", list(&broken))
        }
    }
}

/// What there is to draw of one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen<T> {
    /// It was counted.
    Counted(T),
    /// It was counted, and may not be shown.
    Withheld,
    /// There was nothing to count.
    Nothing,
}

/// The chart of a share, quarter by quarter, with Laney's limits and its sentence. A quarter without
/// a sample, or of which the counts are withheld, has no point, and what is withheld has no part in
/// the average and the limits either.
pub fn shares(measure: &str, quarters: &[(String, Seen<Sampled>)]) -> ControlChart {
    let counted: Vec<(usize, Sampled)> = quarters
        .iter()
        .enumerate()
        .filter_map(|(at, (_, seen))| match seen {
            Seen::Counted(sampled) if sampled.of > 0 => Some((at, *sampled)),
            _ => None,
        })
        .collect();
    let sampled: Vec<Sampled> = counted.iter().map(|(_, sampled)| *sampled).collect();
    let said = of_shares(&sampled);
    let chart = proportions(&sampled);
    let drawn = chart.as_ref().map(|chart| (limits(chart, &said), marked(chart, &said)));
    let (limits, marked) = drawn.unwrap_or_default();
    let words = |seen: &Seen<Sampled>| match seen {
        Seen::Counted(sampled) => Cell::share(sampled.met.into(), sampled.of.into()),
        Seen::Withheld => Cell::Withheld,
        Seen::Nothing => Cell::text("none to count"),
    };
    let limits =
        limits.iter().map(|(low, high)| (hundredths(low * 100.0), hundredths(high * 100.0)));
    let places: Vec<usize> = counted.iter().map(|(at, _)| *at).collect();
    ControlChart {
        points: points(quarters, words, &places, &limits.collect::<Vec<_>>(), &marked),
        average: chart.map(|chart| Average {
            at: hundredths(chart.centre * 100.0),
            words: percent(chart.centre),
        }),
        ..chart_of((measure, &QUARTERS), quarters, &said, &places)
    }
}

/// The chart of a count, step by step, with the limits of single values and its sentence.
pub fn counts(measure: &str, step: &Step, quarters: &[(String, Seen<u32>)]) -> ControlChart {
    let counted: Vec<(usize, f64)> = quarters
        .iter()
        .enumerate()
        .filter_map(|(at, (_, seen))| match seen {
            Seen::Counted(count) => Some((at, f64::from(*count))),
            _ => None,
        })
        .collect();
    let values: Vec<f64> = counted.iter().map(|(_, value)| *value).collect();
    let said = of_values(&values);
    let chart = spc::limits(&values, Ranges::Screened);
    let (mut limits, mut marked) = (Vec::new(), Vec::new());
    if let (Some(chart), true) = (&chart, !matches!(said, Said::TooFew { .. })) {
        // A count is never below none, whatever its limits are.
        limits = vec![(hundredths(chart.lower), hundredths(chart.upper)); values.len()];
        if matches!(said, Said::Changed(_)) {
            let broken = flags(&values, chart);
            for places in [broken.outside, broken.shift, broken.trend, broken.near_limit] {
                marked.extend(places);
            }
        }
    }
    let words = |seen: &Seen<u32>| match seen {
        Seen::Counted(count) => Cell::from(*count),
        Seen::Withheld => Cell::Withheld,
        Seen::Nothing => Cell::text("not counted"),
    };
    let places: Vec<usize> = counted.iter().map(|(at, _)| *at).collect();
    ControlChart {
        points: points(quarters, words, &places, &limits, &marked),
        average: chart.map(|chart| Average {
            at: hundredths(chart.mean),
            words: format!("{:.1}", chart.mean),
        }),
        ..chart_of((measure, step), quarters, &said, &places)
    }
}

/// The chart without its points.
fn chart_of<T>(
    (measure, step): (&str, &Step),
    quarters: &[(String, Seen<T>)],
    said: &Said,
    places: &[usize],
) -> ControlChart {
    let labels: Vec<String> =
        places.iter().filter_map(|at| quarters.get(*at)).map(|(label, _)| label.clone()).collect();
    ControlChart {
        heading: step.heading.to_owned(),
        measure: measure.to_owned(),
        points: Vec::new(),
        average: None,
        said: sentence(said, &labels, step),
    }
}

/// Every quarter as a point. `places` are those that were counted, to which limits and marks belong.
fn points<T>(
    quarters: &[(String, Seen<T>)],
    words: impl Fn(&Seen<T>) -> Cell,
    places: &[usize],
    limits: &[(u64, u64)],
    marked: &[usize],
) -> Vec<ControlPoint> {
    let point = |(at, (label, seen)): (usize, &(String, Seen<T>))| {
        let counted = places.iter().position(|place| *place == at);
        ControlPoint {
            label: label.clone(),
            value: words(seen),
            limits: counted.and_then(|counted| limits.get(counted).copied()),
            is_marked: counted.is_some_and(|counted| marked.contains(&counted)),
        }
    };
    quarters.iter().enumerate().map(point).collect()
}

/// Limits are drawn only where there are points enough for them.
fn limits(chart: &Proportions, said: &Said) -> Vec<(f64, f64)> {
    match (said, &chart.laney) {
        (Said::TooFew { .. }, _) => Vec::new(),
        (_, Some(laney)) => laney.limits.clone(),
        (_, None) => chart.limits.clone(),
    }
}

/// The points that show a change.
fn marked(chart: &Proportions, said: &Said) -> Vec<usize> {
    if !matches!(said, Said::Changed(_)) {
        return Vec::new();
    }
    let mut marked = chart.outside(&limits(chart, said));
    let runs = flags(&chart.shares, &chart.centre_only());
    marked.extend(runs.shift.into_iter().chain(runs.trend));
    marked
}

/// A number that is not below none in whole hundredths, so that a document holds no fraction.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is not below none, and what is too large to be drawn is the largest"
)]
fn hundredths(number: f64) -> u64 {
    (number.max(0.0) * 100.0).round() as u64
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_says_how_many_quarters_are_still_needed() {
        let said = sentence(&Said::TooFew { points: 1, needed: 12 }, &[], &QUARTERS);
        assert_eq!(
            said,
            "It cannot be told if this changed: there is 1 quarter, and 12 are needed to tell a change from what varies by chance."
        );
    }

    #[test]
    fn a_chart_says_since_when_something_changed() {
        let labels = ["a", "b", "c"].map(str::to_owned);
        let said = Said::Changed(vec![(Rule::Outside, 1), (Rule::Shift, 2)]);
        let said = sentence(&said, &labels, &MONTHS);
        assert_eq!(
            said,
            "This has changed, and not by chance: b lies beyond a limit and from c on, seven or more in a row lie on one side of the average."
        );
    }
}
