//! A year's programme with what was done of it, gathered for the pages that show it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::programme::{QuarterFacts, YearFacts, expected, quarters_of};
use quarterlight_store::Store;

use crate::error::Failure;

/// Gathers the facts of a year: a constant number of statements.
///
/// # Errors
/// There is no page for a year that has no quarters. Fails if the database cannot be read.
pub async fn facts(store: &Store, year: i16, today: Date) -> Result<YearFacts, Failure> {
    let quarters = quarters_of(year).map_err(|_| Failure::NotFound)?;
    let [first, .., last] = quarters;
    let programme = store.programmes.current(year).await?;
    let drawn: BTreeMap<Quarter, bool> = store
        .cycles
        .all()
        .await?
        .into_iter()
        .map(|progress| (progress.cycle.quarter, progress.drawn > 0))
        .collect();
    let done = store.programmes.done(first, last).await?;
    let open = store.records.drawable(None).await?;
    let mut facts = Vec::new();
    for quarter in quarters {
        let plan = programme.as_ref().map(|it| it.plan(quarter)).unwrap_or_default();
        let is_drawn = drawn.get(&quarter).copied().unwrap_or(false);
        let is_past = quarter.last_day() < today;
        let expected =
            if is_drawn || is_past { BTreeMap::new() } else { expected(&open, quarter, &plan)? };
        let done = done.iter().filter(|done| done.quarter == quarter).cloned().collect();
        facts.push(QuarterFacts { quarter, plan, is_drawn, is_past, expected, done });
    }
    let framework = match store.frameworks.in_force_on(today).await? {
        Some(edition) => store.frameworks.edition(edition).await?,
        None => None,
    };
    Ok(YearFacts {
        authority: store.figures.authority().await?,
        year,
        programme,
        quarters: facts,
        services: store.figures.services().await?,
        framework: framework.map(|edition| edition.contents().name().to_owned()),
        coverage: store.figures.coverage(Quarter::of(today)).await?,
        case_list: store.case_lists.current().await?.map(|list| list.as_at),
        counted_on: today,
    })
}
