//! The section of indicators: what is counted of what, beside its target, and whether it changed.

use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::indicator::series::Series;

use super::annexes::INDICATORS;
use crate::builder::DocumentBuilder;
use crate::indicators::{chart, is_met, target};
use crate::table::{Cell, Column, Grid};
use crate::words::{Noun, agree, count, list, sentence_case};

/// How the sentence of a chart that shows a change begins.
pub(crate) const CHANGED: &str = "This has changed";
/// What is said where no set is kept.
pub(crate) const NONE: &str = "No indicators are kept for this quarter.";

pub(crate) const INDICATOR: Noun = Noun::new("indicator", "indicators");

/// The most charts that a report has: the others stand on the pages of the indicators.
pub(crate) const MOST_CHARTS: usize = 3;

/// Says how the indicators stand, and which changed.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("Indicators");
    if figures.indicators.is_empty() {
        document.paragraph(NONE);
        return;
    }
    document.paragraph(format!(
        "{} {INDICATORS} gives each, draws those that changed or miss their target, and says what they \
         mean.",
        stands(&figures.indicators)
    ));
    document.paragraph(changed(&figures.indicators));
}

/// Draws those that changed or miss their target, the changed ones first.
fn draw(document: &mut DocumentBuilder, all: &[Series]) {
    let mut drawn: Vec<_> = all
        .iter()
        .map(|it| (it, chart(it, None)))
        .filter(|(series, chart)| {
            chart.said.starts_with(CHANGED)
                || is_met(&series.held.indicator, series.latest(None)) == Some(false)
        })
        .collect();
    drawn.sort_by_key(|(_, chart)| !chart.said.starts_with(CHANGED));
    for (_, chart) in drawn.into_iter().take(MOST_CHARTS) {
        document.figure(chart.title(), chart.alt_text(), chart);
    }
}

/// Annex G: every indicator, and what it means.
pub fn every(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex("Annex: the indicators one by one");
    if figures.indicators.is_empty() {
        document.paragraph(NONE);
        return;
    }
    introduce(document);
    let grid = figures.indicators.iter().fold(Grid::new(columns()), |grid, series| {
        let counted = series.latest(None);
        let value = if counted.of == 0 {
            Cell::text("none to count")
        } else {
            Cell::share(counted.count.into(), counted.of.into())
        };
        grid.row([
            Cell::text(&series.held.indicator.name),
            value,
            Cell::from(counted.untold),
            Cell::Text(sentence_case(&target(&series.held.indicator))),
            Cell::text(chart(series, None).said),
        ])
    });
    document.table("The indicators of the quarter", grid);
    draw(document, &figures.indicators);
    define(document, &figures.indicators);
}

/// Says what the table that comes next gives, in either part.
pub(crate) fn introduce(document: &mut DocumentBuilder) {
    document.paragraph(format!(
        "{} gives each indicator as it stood on the case list that the sample was drawn from, or in \
         the audits of the quarter.",
        document.next_table()
    ));
}

/// The columns of that table.
pub(crate) fn columns() -> [Column; 5] {
    [
        Column::text("Indicator"),
        Column::number("This quarter"),
        Column::number("Cannot be told"),
        Column::text("Target"),
        Column::text("Whether it changed"),
    ]
}

/// Says what each indicator means.
pub(crate) fn define<'s>(
    document: &mut DocumentBuilder,
    all: impl IntoIterator<Item = &'s Series>,
) {
    for series in all {
        let it = &series.held.indicator;
        document.definition(
            &it.name,
            format!(
                "{} Counted: {}, out of {}. Source: {}.",
                it.definition, it.numerator, it.denominator, it.source
            ),
        );
    }
}

/// Which of them changed, by their charts alone.
fn changed(all: &[Series]) -> String {
    let is = |it: &&Series| chart(it, None).said.starts_with(CHANGED);
    let names: Vec<&str> =
        all.iter().filter(is).map(|it| it.held.indicator.name.as_str()).collect();
    if names.is_empty() {
        return "By its chart over time no indicator is known to have changed. A figure that is \
                higher or lower than a quarter ago has not changed for that alone."
            .to_owned();
    }
    format!("By their charts over time these have changed, and not by chance: {}.", list(&names))
}

fn stands(all: &[Series]) -> String {
    let of = |passes: Option<bool>| {
        let passing = |it: &&Series| is_met(&it.held.indicator, it.latest(None)) == passes;
        u64::try_from(all.iter().filter(passing).count()).unwrap_or(u64::MAX)
    };
    how_many((of(Some(true)), of(Some(false)), of(None)))
}

/// How many meet their target, miss it, and do neither.
pub(crate) fn how_many((met, missed, neither): (u64, u64, u64)) -> String {
    format!(
        "{} {} the target, and {} {} not. {} {} no target, or nothing to count this quarter.",
        sentence_case(&count(met, &INDICATOR)),
        agree(met, "meets", "meet"),
        count(missed, &INDICATOR),
        agree(missed, "does", "do"),
        sentence_case(&count(neither, &INDICATOR)),
        agree(neither, "has", "have"),
    )
}
