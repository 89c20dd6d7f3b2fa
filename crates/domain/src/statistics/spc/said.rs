//! What a chart over time says, so that nobody reads more into it than it holds.

use super::{Flags, Ranges, Rule, Sampled, flags, limits, proportions};

/// So many points are needed before anything is said. *Making Data Count* asks for ten at the least
/// and fifteen to twenty for limits that hold; we say something from twelve, which is three years of
/// quarters.
pub const ENOUGH: usize = 12;

/// What a chart says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// There are too few points to tell a change from chance.
    TooFew {
        /// The points that there are.
        points: usize,
        /// The points that are needed.
        needed: usize,
    },
    /// It varies as it always did.
    NoChange,
    /// It changed: these rules are broken, the first point of each that breaks it beside it.
    Changed(Vec<(Rule, usize)>),
}

/// What a chart of single values says.
pub fn of_values(values: &[f64]) -> Said {
    match limits(values, Ranges::Screened) {
        Some(limits) if values.len() >= ENOUGH => said(&flags(values, &limits)),
        _ => too_few(values.len()),
    }
}

/// What a chart of shares says: by Laney's limits, which allow for what varies more than chance.
pub fn of_shares(points: &[Sampled]) -> Said {
    let sampled: Vec<Sampled> = points.iter().copied().filter(|point| point.of > 0).collect();
    if sampled.len() < ENOUGH {
        return too_few(sampled.len());
    }
    let Some(chart) = proportions(&sampled) else { return too_few(0) };
    let outside = chart.laney.as_ref().map(|laney| chart.outside(&laney.limits));
    let outside = outside.unwrap_or_else(|| chart.outside(&chart.limits));
    let runs = flags(&chart.shares, &chart.centre_only());
    said(&Flags { outside, near_limit: Vec::new(), ..runs })
}

const fn too_few(points: usize) -> Said {
    Said::TooFew { points, needed: ENOUGH }
}

fn said(flags: &Flags) -> Said {
    let first = |points: &[usize]| points.first().copied();
    let broken: Vec<(Rule, usize)> = [
        (Rule::Outside, first(&flags.outside)),
        (Rule::Shift, first(&flags.shift)),
        (Rule::Trend, first(&flags.trend)),
        (Rule::NearLimit, first(&flags.near_limit)),
    ]
    .into_iter()
    .filter_map(|(rule, at)| Some((rule, at?)))
    .collect();
    if broken.is_empty() { Said::NoChange } else { Said::Changed(broken) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_few_points_say_nothing_however_they_jump() {
        let wild = [1.0, 90.0, 2.0, 80.0, 3.0];
        assert_eq!(of_values(&wild), Said::TooFew { points: 5, needed: ENOUGH });
        assert_eq!(of_values(&[]), Said::TooFew { points: 0, needed: ENOUGH });
        let none = vec![Sampled { met: 0, of: 0 }; 30];
        assert_eq!(of_shares(&none), Said::TooFew { points: 0, needed: ENOUGH });
    }

    #[test]
    fn what_never_varies_has_not_changed() {
        assert_eq!(of_values(&[5.0; 14]), Said::NoChange);
        assert_eq!(of_shares(&[Sampled { met: 20, of: 20 }; 14]), Said::NoChange);
    }

    #[test]
    fn a_share_that_drops_for_good_has_changed() {
        let mut points = vec![];
        for quarter in 0..16 {
            let met = if quarter < 8 { 34 + quarter % 3 } else { 20 + quarter % 3 };
            points.push(Sampled { met, of: 40 });
        }
        let Said::Changed(rules) = of_shares(&points) else { panic!("it changed") };
        assert!(rules.iter().any(|(rule, _)| *rule == Rule::Shift), "{rules:?}");
    }
}
