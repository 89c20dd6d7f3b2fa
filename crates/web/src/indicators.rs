//! The indicators that hold on a day, counted up to a quarter, for the pages and reports that show them.

use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::indicator::local::LocalChange;
use quarterlight_domain::indicator::series::{Series, series};
use quarterlight_domain::indicator::set::IndicatorSet;
use quarterlight_domain::timescale::rule::InForce;
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_import::{bank_holidays, indicators, timescales};
use quarterlight_store::Store;

use crate::error::Failure;

/// Everything that the report of a quarter says, in numbers, its indicators included: what is
/// shown as a draft, built for members and written by the command line is counted here alone.
///
/// # Errors
/// Fails if the database cannot be read, or holds a set of indicators that this program cannot.
pub async fn counted(
    store: &Store,
    (quarter, service): (Quarter, Option<PlaceId>),
    edition: &AgreedEdition,
    day: Date,
) -> Result<QuarterFigures, Failure> {
    let mut figures = store.figures.quarter(quarter, edition, service, day).await?;
    let held = IndicatorsInForce::until(store, quarter, edition, day).await?;
    figures.indicators = held.map(|it| it.of_service(service)).unwrap_or_default();
    Ok(figures)
}

/// The indicators of a day.
#[derive(Debug, Clone)]
pub struct IndicatorsInForce {
    /// The set.
    pub set: IndicatorSet,
    /// Who kept it, by name; none for the server's own command line.
    pub kept_by: Option<String>,
    /// Everything that the authority changed about indicators, the first made first.
    pub changes: Vec<LocalChange>,
    /// The indicators that are shown, counted.
    pub series: Vec<Series>,
}

impl IndicatorsInForce {
    /// The indicators as they hold on a day, counted for a quarter and those before it; none if no
    /// set was kept by then. The number of statements is the same however many quarters there are.
    ///
    /// # Errors
    /// Fails if the database cannot be read, or holds a set that this program cannot.
    pub async fn until(
        store: &Store,
        until: Quarter,
        edition: &AgreedEdition,
        day: Date,
    ) -> Result<Option<Self>, Failure> {
        let Some((kept, changes)) = store.indicators.in_force_on(day).await? else {
            return Ok(None);
        };
        let set = indicators::from_toml(&kept.file)?;
        let held = set.held(&changes, day);
        let with_lists = held.iter().any(|it| it.indicator.measure.is_of_lists());
        let figures = store.figures.for_indicators(until, edition, with_lists).await?;
        // Each case list is held to the rules of its own day.
        let mut rules: Vec<(Date, RuleSet)> = Vec::new();
        for kept in store.timescales.sets().await? {
            rules.push((kept.in_force_from, timescales::from_toml(&kept.file)?));
        }
        let variations = store.timescales.variations().await?;
        let in_force = |day: Date| -> Vec<InForce> {
            let held = rules.iter().find(|(from, _)| *from <= day);
            held.map(|(_, set)| set.in_force(&variations, day)).unwrap_or_default()
        };
        let series = series(held, &figures, in_force, &bank_holidays::england()?);
        Ok(Some(Self { set, kept_by: kept.by, changes, series }))
    }

    /// The counts of one service alone, or of all.
    pub fn of_service(&self, service: Option<PlaceId>) -> Vec<Series> {
        self.series.iter().map(|it| it.of_service(service)).collect()
    }

    /// The set that comes with the program with invented counts, for the samples of pages. These
    /// words stand wherever a person's own words do.
    pub fn sample(words: &str) -> Option<Self> {
        use quarterlight_domain::indicator::local::Changed;
        use quarterlight_domain::indicator::series::Point;
        use quarterlight_domain::indicator::tally::Counted;
        use quarterlight_domain::text::Reason;

        let day = jiff::civil::date(2026, 11, 23);
        let shipped = indicators::from_toml(indicators::default_toml()).ok()?;
        let mut all = shipped.indicators().to_vec();
        for it in &mut all {
            for text in [&mut it.name, &mut it.definition, &mut it.source] {
                words.clone_into(text);
            }
        }
        let change = |changed, from| {
            Some(LocalChange {
                indicator: all.first()?.code.clone(),
                from,
                changed,
                by: words.to_owned(),
                why: Reason::new(words).ok()?,
            })
        };
        let changes = vec![
            change(Changed::NoTarget, jiff::civil::date(2026, 1, 1))?,
            change(Changed::Target(90), jiff::civil::date(2026, 4, 1))?,
        ];
        let set = IndicatorSet::new("Indicators", day, all).ok()?;
        let first: Quarter = "2023-Q1".parse().ok()?;
        let quarters: Vec<Quarter> =
            std::iter::successors(Some(first), |it| Some(it.after())).take(14).collect();
        let counted = |at: usize, place: i64| {
            let at = u32::try_from(at).unwrap_or(0);
            let dropped = if at > 6 { 8 } else { 0 };
            let by = Counted { count: 30 + at % 3 - dropped, of: 40, untold: at % 2 };
            (Some(PlaceId(place)), by)
        };
        let points = |many: usize| -> Vec<Point> {
            let point = |(at, quarter): (usize, &Quarter)| Point {
                quarter: *quarter,
                by_service: [counted(at, 2), counted(at + 1, 3)].into(),
            };
            quarters.iter().enumerate().take(many).map(point).collect()
        };
        let held = set.held(&changes, day).into_iter();
        let series = held
            .enumerate()
            .map(|(at, held)| Series { held, points: points(if at == 1 { 5 } else { 14 }) })
            .collect();
        Some(Self { set, kept_by: None, changes, series })
    }
}
