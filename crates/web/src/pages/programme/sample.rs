//! Invented years, from which the pages of this room make their samples.

use std::collections::BTreeMap;

use jiff::civil::date;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::programme::{
    Done, Programme, QuarterFacts, QuarterPlan, YearFacts, quarters_of,
};

use crate::govuk::HOSTILE;

/// A year that nobody planned, one under way, and the same with hostile words.
pub fn years() -> Vec<YearFacts> {
    let empty = YearFacts {
        authority: "Exampleshire Council".to_owned(),
        year: 2026,
        programme: None,
        quarters: quarters(None),
        services: Vec::new(),
        framework: None,
        coverage: Vec::new(),
        case_list: None,
        counted_on: date(2026, 11, 23),
    };
    let year = |words: &str| YearFacts {
        programme: Some(Programme {
            year: 2026,
            version: 2,
            made_on: date(2026, 6, 1),
            why: words.to_owned(),
            quarters: BTreeMap::new(),
            frameworks: [(PlaceId(1), words.to_owned())].into(),
        }),
        quarters: quarters(Some(words)),
        services: vec![(PlaceId(1), words.to_owned()), (PlaceId(2), "Leaving Care".to_owned())],
        framework: Some("Children’s records".to_owned()),
        case_list: Some(date(2026, 11, 20)),
        ..empty.clone()
    };
    vec![empty.clone(), year("Fostering was not audited last year."), year(HOSTILE)]
}

/// The four quarters: with words, one audited, one past without a draw, and two to come.
fn quarters(words: Option<&str>) -> Vec<QuarterFacts> {
    let quarters = quarters_of(2026).into_iter().flatten();
    let facts = |(place, quarter)| {
        let themes = words.unwrap_or_default().to_owned();
        let is_drawn = words.is_some() && place == 0;
        let done = Done {
            quarter,
            service: themes.clone(),
            cohort: Cohort::InCare,
            framework: themes.clone(),
            drawn: 12,
            submitted: 9,
        };
        QuarterFacts {
            quarter,
            plan: QuarterPlan { themes, ..QuarterPlan::default() },
            is_drawn,
            is_past: place < 2,
            expected: [(Cohort::InCare, 1204)].into(),
            done: if is_drawn { vec![done] } else { Vec::new() },
        }
    };
    (0..).zip(quarters).map(facts).collect()
}
