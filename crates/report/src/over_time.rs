//! What a chart over time says, in one sentence, and the chart with it.

use quarterlight_domain::statistics::spc::{
    Proportions, Rule, Said, Sampled, flags, of_shares, proportions,
};

use crate::svg::{Control, ControlPoint};
use crate::words::{Noun, count, list, share, whole};

const POINT: Noun = Noun::new("quarter", "quarters");

/// The sentence. `labels` name the points, as *July to September 2026*.
pub fn sentence(said: &Said, labels: &[String]) -> String {
    let number = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    match said {
        Said::TooFew { points, needed } => format!(
            "It cannot be told if this changed: there {} {}, and {} are needed to tell a change \
             from what varies by chance.",
            if *points == 1 { "is" } else { "are" },
            count(number(*points), &POINT),
            whole(number(*needed))
        ),
        Said::NoChange => "This has not changed: it varies no more than it always did.".to_owned(),
        Said::Changed(rules) => {
            let broken: Vec<String> = rules
                .iter()
                .map(|(rule, at)| {
                    let from = labels.get(*at).map_or("one of the quarters", String::as_str);
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

/// The chart of a share, quarter by quarter, with Laney's limits and its sentence; none where
/// nothing was sampled. A quarter without a sample has no point.
pub fn shares(name: &str, measure: &str, quarters: &[(String, Sampled)]) -> Option<Control> {
    let sampled: Vec<&(String, Sampled)> =
        quarters.iter().filter(|(_, sampled)| sampled.of > 0).collect();
    let points: Vec<Sampled> = sampled.iter().map(|(_, point)| *point).collect();
    let labels: Vec<String> = sampled.iter().map(|(label, _)| label.clone()).collect();
    let chart = proportions(&points)?;
    let said = of_shares(&points);
    let limits = limits(&chart, &said);
    let marked = marked(&chart, &said);
    let said = sentence(&said, &labels);
    let points: Vec<ControlPoint> = sampled
        .iter()
        .zip(&chart.shares)
        .enumerate()
        .map(|(at, ((label, point), value))| ControlPoint {
            label: label.clone(),
            words: share(point.met.into(), point.of.into()),
            value: *value,
            is_marked: marked.contains(&at),
        })
        .collect();
    let each: Vec<String> =
        points.iter().map(|point| format!("{}: {}", point.label, point.words)).collect();
    Some(Control {
        name: name.to_owned(),
        title: format!("{measure}. {said}"),
        description: format!(
            "A line over {}. The average is {}. {}.",
            count(u64::try_from(points.len()).unwrap_or(u64::MAX), &POINT),
            percent(chart.centre),
            each.join("; ")
        ),
        average: (chart.centre, percent(chart.centre)),
        limits,
        points,
    })
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

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_says_how_many_quarters_are_still_needed() {
        let said = sentence(&Said::TooFew { points: 1, needed: 12 }, &[]);
        assert_eq!(
            said,
            "It cannot be told if this changed: there is 1 quarter, and 12 are needed to tell a change from what varies by chance."
        );
    }

    #[test]
    fn a_chart_says_since_when_something_changed() {
        let labels = ["a", "b", "c"].map(str::to_owned);
        let said = sentence(&Said::Changed(vec![(Rule::Outside, 1), (Rule::Shift, 2)]), &labels);
        assert_eq!(
            said,
            "This has changed, and not by chance: b lies beyond a limit and from c on, seven or more in a row lie on one side of the average."
        );
    }
}
