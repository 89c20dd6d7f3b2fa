//! What indicators say: a value with its count, its target, and whether it changed.

use quarterlight_domain::id::PlaceId;
use quarterlight_domain::indicator::series::Series;
use quarterlight_domain::indicator::tally::Counted;
use quarterlight_domain::indicator::{Better, Indicator};
use quarterlight_domain::statistics::spc::{Said, Sampled, of_shares};

use crate::chart::ControlChart;
use crate::over_time::{Seen, shares};
use crate::words::{agree, share, whole};

/// The value in words: *18 of 24 (75%); of 3 it cannot be told*.
pub fn value(counted: Counted) -> String {
    let share = share(counted.count.into(), counted.of.into());
    if counted.untold == 0 {
        return share;
    }
    format!("{share}; of {} it cannot be told", whole(counted.untold.into()))
}

/// The target in words: *at least 90%, set by the committee*; *none set* where there is none.
pub fn target(indicator: &Indicator) -> String {
    match &indicator.target {
        Some(target) => {
            format!("{}, set by {}", indicator.better.aims_at(target.percent), target.by)
        }
        None => "none set".to_owned(),
    }
}

/// Whether the target is met: none where there is none, or nothing was counted. Counts are compared,
/// and no rounded per cent.
pub fn is_met(indicator: &Indicator, counted: Counted) -> Option<bool> {
    let target = indicator.target.as_ref().filter(|_| counted.of > 0)?;
    let (count, aim) =
        (u64::from(counted.count) * 100, u64::from(target.percent) * u64::from(counted.of));
    Some(match indicator.better {
        Better::Higher => count >= aim,
        Better::Lower => count <= aim,
    })
}

/// The chart over time, of one service or of all.
pub fn chart(series: &Series, service: Option<PlaceId>) -> ControlChart {
    let quarters: Vec<(String, Seen<Sampled>)> = series
        .points
        .iter()
        .map(|point| {
            let counted = point.counted(service);
            let seen = if counted.of == 0 {
                Seen::Nothing
            } else {
                Seen::Counted(Sampled { met: counted.count, of: counted.of })
            };
            (point.quarter.words(), seen)
        })
        .collect();
    shares(&series.held.indicator.name, &quarters)
}

/// Whether it changed, in the few words that a list has room for.
pub fn in_short(series: &Series, service: Option<PlaceId>) -> String {
    let points = series.points.iter().map(|point| point.counted(service));
    let sampled: Vec<Sampled> =
        points.map(|counted| Sampled { met: counted.count, of: counted.of }).collect();
    match of_shares(&sampled) {
        Said::TooFew { points, needed } => {
            format!("Not known yet: {points} of {needed} quarters")
        }
        Said::NoChange => "No change".to_owned(),
        Said::Changed(_) => "Changed".to_owned(),
    }
}

/// What the latest quarter has and how it stands to the target, as one sentence.
pub fn sentence(series: &Series, service: Option<PlaceId>) -> String {
    let indicator = &series.held.indicator;
    let counted = series.latest(service);
    if counted.of == 0 {
        return format!("{}: there is nothing to count this quarter.", indicator.name);
    }
    let untold = match counted.untold {
        0 => String::new(),
        some => format!(
            " Of {} more it cannot be told; {} in neither number.",
            whole(some.into()),
            agree(some.into(), "it is", "they are")
        ),
    };
    let stands = match is_met(indicator, counted) {
        None => "No target is set.".to_owned(),
        Some(true) => format!("The target, {}, is met.", target(indicator)),
        Some(false) => format!("The target, {}, is not met.", target(indicator)),
    };
    format!(
        "{}: {}. {stands}{untold}",
        indicator.name,
        share(counted.count.into(), counted.of.into())
    )
}

#[cfg(test)]
mod tests {
    use quarterlight_domain::indicator::{IndicatorCode, Measure, Target};

    use super::*;

    fn indicator(better: Better, percent: u8) -> Indicator {
        let words = String::new;
        Indicator {
            code: IndicatorCode::new("a").unwrap(),
            name: words(),
            definition: words(),
            numerator: words(),
            denominator: words(),
            source: words(),
            measure: Measure::Graded,
            better,
            target: Some(Target { percent, by: "the board".to_owned() }),
            standards: [].into(),
        }
    }

    #[test]
    fn a_target_is_met_by_counts_and_not_by_a_rounded_per_cent() {
        let counted = |count, of| Counted { count, of, untold: 0 };
        let higher = indicator(Better::Higher, 90);
        assert_eq!(is_met(&higher, counted(896, 1000)), Some(false), "89.6% is no 90%");
        assert_eq!(is_met(&higher, counted(9, 10)), Some(true));
        assert_eq!(is_met(&indicator(Better::Lower, 0), counted(1, 1000)), Some(false));
        assert_eq!(is_met(&higher, counted(0, 0)), None);
    }

    #[test]
    fn what_cannot_be_told_is_said_beside_the_value() {
        let words = value(Counted { count: 18, of: 24, untold: 3 });
        assert_eq!(words, "18 of 24 (75%); of 3 it cannot be told");
    }
}
