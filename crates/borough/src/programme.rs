//! The programme of the year that is under way: what the committee was told would be audited.

use quarterlight_domain::id::PersonId;
use quarterlight_domain::programme::{Programme, QuarterPlan, quarters_of};
use quarterlight_domain::size_rule::SizeRule;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::Store;

use crate::draws::SIZE;
use crate::fault::Fault;
use crate::rounds::{Round, moment};

/// What each quarter of the year looks at most closely.
const THEMES: [&str; 4] = [
    "How a child’s own words are recorded",
    "Care plans and who agreed them",
    "Paper and electronic files that do not match",
    "Disabled children, wherever they are placed",
];

/// Plans the year of the last quarter, on the morning of its first quarter that is lived through.
pub async fn plan(
    store: &Store,
    by: PersonId,
    rounds: &[Round],
    index: usize,
) -> Result<(), Fault> {
    let Some(year) = rounds.last().map(|round| round.quarter.year()) else { return Ok(()) };
    let first = rounds.iter().position(|round| round.quarter.year() == year);
    let (Some(round), true) = (rounds.get(index), first == Some(index)) else { return Ok(()) };
    let day = round.opening();
    let plan = |themes: &str| QuarterPlan {
        size: SizeRule {
            number: u32::try_from(SIZE.total).ok(),
            percent: None,
            one_per_worker: false,
        },
        at_least: u32::try_from(SIZE.at_least).unwrap_or(1),
        themes: themes.to_owned(),
        ..QuarterPlan::default()
    };
    let quarters = quarters_of(year)?;
    let programme = Programme {
        year,
        version: 1,
        made_on: day,
        why: "The committee asked for the year’s programme, with disabled children placed out of \
              area in every quarter."
            .to_owned(),
        quarters: quarters.into_iter().zip(THEMES.map(plan)).collect(),
        frameworks: std::collections::BTreeMap::new(),
    };
    let stamp = Stamp::person(by, moment(day, 8 * 60 + 21), "planned a year");
    Ok(store.programmes.keep(&stamp, &programme).await?)
}
