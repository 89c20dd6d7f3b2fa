//! The coverage table as a picture: cohorts down, services across.

use std::collections::BTreeMap;

use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::{Cell, CoverageState, StratumLine, by_stratum};
use quarterlight_report::svg::{Heat, HeatCell, HeatTone};
use quarterlight_report::words;

use crate::drawing::Drawing;

/// The picture of these cells; none where no record is open.
pub fn picture(cells: &[Cell]) -> Option<Drawing> {
    let strata = by_stratum(cells);
    let mut columns: Vec<(bool, &str, Option<_>)> = strata
        .iter()
        .map(|line| (line.service.is_none(), line.service_name.as_str(), line.service))
        .collect();
    columns.dedup();
    if columns.is_empty() {
        return None;
    }
    let found: BTreeMap<_, _> =
        strata.iter().map(|line| ((line.cohort, line.service), line)).collect();
    let row = |cohort: Cohort| {
        let cells = columns.iter().map(|(_, _, service)| found.get(&(cohort, *service)));
        (cohort.words().to_owned(), cells.map(|line| drawn(line.copied())).collect())
    };
    let gaps = strata.iter().filter(|line| line.state() == CoverageState::NotAudited).count();
    let table = Heat {
        name: "coverage-picture".to_owned(),
        title: "Who audits which records, by cohort and service".to_owned(),
        description: format!(
            "Each row is a cohort and each column a service. {} of {} boxes with open records are not audited; the same numbers stand in the tables above.",
            words::whole(gaps as u64),
            words::whole(strata.len() as u64),
        ),
        columns: columns.iter().map(|(_, name, _)| (*name).to_owned()).collect(),
        rows: Cohort::ALL.into_iter().map(row).collect(),
    };
    Some(Drawing::of_heat(&table))
}

fn drawn(line: Option<&StratumLine>) -> HeatCell {
    let Some(line) = line else {
        return HeatCell {
            words: "None open".to_owned(),
            detail: String::new(),
            tone: HeatTone::Empty,
        };
    };
    let tone = match line.state() {
        CoverageState::Audited => HeatTone::Plain,
        CoverageState::Planned => HeatTone::Middle,
        CoverageState::Unknown => HeatTone::Striped,
        CoverageState::NotAudited => HeatTone::Dark,
    };
    let detail = if line.audited > 0 {
        format!("{} of {}", words::whole(line.audited.into()), words::whole(line.open.into()))
    } else {
        format!("{} open", words::whole(line.open.into()))
    };
    HeatCell { words: line.state().words().to_owned(), detail, tone }
}
