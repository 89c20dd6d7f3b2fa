//! What was counted of each indicator, quarter by quarter, in all services and in each.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::local::Held;
use super::measure::Measure;
use super::tally::{Counted, ListedRecord, Yardstick, of_record};
use crate::allocation::Experience;
use crate::calendar::Quarter;
use crate::case_list::CaseLine;
use crate::figures::Tally;
use crate::grade::Grade;
use crate::id::PlaceId;
use crate::timescale::rule::InForce;
use crate::timescale::working_days::BankHolidays;

/// A quarter and a service; none for what stands in no service that anybody knows.
pub type Where = (Quarter, Option<PlaceId>);

/// What indicators are counted from, up to a quarter.
#[derive(Debug, Clone, Default)]
pub struct IndicatorFigures {
    /// Quarters with a cycle, the earliest first.
    pub quarters: Vec<ListedQuarter>,
    /// The records of each of their case lists.
    pub lines: Vec<ListedLine>,
    /// The judgements of submitted audits, under the codes of the edition that was asked for.
    pub judged: BTreeMap<Where, BTreeMap<String, Tally>>,
    /// Their grades.
    pub graded: BTreeMap<Where, BTreeMap<Grade, u32>>,
}

/// A quarter with a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedQuarter {
    /// The quarter.
    pub quarter: Quarter,
    /// The day of the case list that its sample was drawn from; none before the draw.
    pub as_at: Option<Date>,
}

/// A record of the case list that a quarter's sample was drawn from.
#[derive(Debug, Clone)]
pub struct ListedLine {
    /// The quarter.
    pub quarter: Quarter,
    /// The service; none where nobody knows.
    pub service: Option<PlaceId>,
    /// What the list says.
    pub line: CaseLine,
    /// The experience of the worker who holds it; none where nobody is named.
    pub held_by: Option<Experience>,
}

/// One indicator over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The indicator.
    pub held: Held,
    /// The quarters, the earliest first. A quarter of which nothing was counted has a point too.
    pub points: Vec<Point>,
}

/// One quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The quarter.
    pub quarter: Quarter,
    /// By service; none for records of which nobody knows the service.
    pub by_service: BTreeMap<Option<PlaceId>, Counted>,
}

impl Point {
    /// What was counted in one service, or in all.
    pub fn counted(&self, service: Option<PlaceId>) -> Counted {
        match service {
            Some(_) => self.by_service.get(&service).copied().unwrap_or_default(),
            None => self.by_service.values().fold(Counted::default(), |sum, it| sum.plus(*it)),
        }
    }
}

impl Series {
    /// The series of one service alone, or of all.
    #[must_use]
    pub fn of_service(&self, service: Option<PlaceId>) -> Self {
        let only = |point: &Point| Point {
            quarter: point.quarter,
            by_service: [(service, point.counted(service))].into(),
        };
        Self { held: self.held.clone(), points: self.points.iter().map(only).collect() }
    }

    /// What was counted in the last quarter, in one service or in all.
    pub fn latest(&self, service: Option<PlaceId>) -> Counted {
        self.points.last().map(|point| point.counted(service)).unwrap_or_default()
    }
}

/// The indicators over time. `rules` gives those that were in force on a day.
pub fn series(
    held: Vec<Held>,
    figures: &IndicatorFigures,
    rules: impl Fn(Date) -> Vec<InForce>,
    holidays: &BankHolidays,
) -> Vec<Series> {
    let mut all: Vec<Series> = held
        .into_iter()
        .filter(|held| !held.off)
        .map(|held| Series { held, points: Vec::new() })
        .collect();
    for listed in &figures.quarters {
        let in_force = listed.as_at.map(&rules).unwrap_or_default();
        let of_quarter = || figures.lines.iter().filter(|it| it.quarter == listed.quarter);
        for one in &mut all {
            let measure = &one.held.indicator.measure;
            let mut by_service = of_audits(measure, figures, listed.quarter);
            if let Some(day) = listed.as_at.filter(|_| measure.is_of_lists()) {
                let by = Yardstick { rules: &in_force, day, holidays };
                for it in of_quarter() {
                    let record = ListedRecord { line: &it.line, held_by: it.held_by };
                    let sum = by_service.entry(it.service).or_default();
                    *sum = sum.plus(of_record(measure, record, by));
                }
            }
            one.points.push(Point { quarter: listed.quarter, by_service });
        }
    }
    all
}

/// What audits count for; nothing for an indicator that is counted from case lists.
fn of_audits(
    measure: &Measure,
    figures: &IndicatorFigures,
    quarter: Quarter,
) -> BTreeMap<Option<PlaceId>, Counted> {
    match measure {
        Measure::Judged(standards) => {
            let of_quarter = figures.judged.iter().filter(|((when, _), _)| *when == quarter);
            let counted = |tallies: &BTreeMap<String, Tally>| {
                let of_standards = standards.iter().filter_map(|it| tallies.get(it.as_str()));
                let sum = of_standards.fold(Tally::default(), |sum, it| sum.plus(*it));
                let share = sum.result();
                Counted { count: share.count, of: share.of, untold: sum.cannot_tell }
            };
            of_quarter.map(|((_, place), tallies)| (*place, counted(tallies))).collect()
        }
        Measure::Graded => {
            let of_quarter = figures.graded.iter().filter(|((when, _), _)| *when == quarter);
            let counted = |grades: &BTreeMap<Grade, u32>| {
                let good = [Grade::Outstanding, Grade::Good];
                let count = good.iter().filter_map(|grade| grades.get(grade)).sum();
                Counted { count, of: grades.values().sum(), untold: 0 }
            };
            of_quarter.map(|((_, place), grades)| (*place, counted(grades))).collect()
        }
        Measure::InTime(_) | Measure::Known(_) | Measure::Held(..) => BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::local::held;
    use super::super::measure::Holding;
    use super::super::{Better, Indicator, IndicatorCode};
    use super::*;
    use crate::timescale::examples::{england, in_care};

    fn no_worker() -> Held {
        let indicator = Indicator {
            code: IndicatorCode::new("no-worker").unwrap(),
            name: "Without a worker".to_owned(),
            definition: "d".to_owned(),
            numerator: "n".to_owned(),
            denominator: "o".to_owned(),
            source: "s".to_owned(),
            measure: Measure::Held(None, Holding::Nobody),
            better: Better::Lower,
            target: None,
            standards: [].into(),
        };
        held(&indicator, &[], date(2026, 1, 1))
    }

    #[test]
    fn every_quarter_has_a_point_and_services_add_up_to_all() {
        let quarter: Quarter = "2026-Q1".parse().unwrap();
        let line = |service: i64, held_by| ListedLine {
            quarter,
            service: Some(PlaceId(service)),
            line: in_care(),
            held_by,
        };
        let figures = IndicatorFigures {
            quarters: vec![
                ListedQuarter { quarter: quarter.before(), as_at: None },
                ListedQuarter { quarter, as_at: Some(date(2026, 3, 1)) },
            ],
            lines: vec![
                line(1, None),
                line(1, Some(Experience::Unknown)),
                line(2, Some(Experience::Experienced)),
            ],
            ..IndicatorFigures::default()
        };
        let series = series(vec![no_worker()], &figures, |_| Vec::new(), &england());
        let [only] = series.as_slice() else { panic!("one indicator") };
        assert_eq!(only.points[0].counted(None), Counted::default());
        assert_eq!(only.latest(None), Counted { count: 1, of: 3, untold: 0 });
        assert_eq!(only.latest(Some(PlaceId(1))), Counted { count: 1, of: 2, untold: 0 });
        assert_eq!(only.latest(Some(PlaceId(2))), Counted { count: 0, of: 1, untold: 0 });
        assert_eq!(only.latest(Some(PlaceId(3))), Counted::default());
    }
}
