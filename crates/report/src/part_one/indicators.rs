//! The indicators, in public: from what may be shown of each, over time as well.

use quarterlight_disclosure::Published;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::indicator::series::Series;
use quarterlight_domain::indicator::tally::Counted;
use quarterlight_domain::statistics::spc::Sampled;

use super::lay::{IndicatorCells, Layout, PastPoint};
use crate::builder::DocumentBuilder;
use crate::chart::ControlChart;
use crate::indicators::{is_met, target};
use crate::over_time::{Seen, shares};
use crate::quarterly::indicators::{
    CHANGED, INDICATOR, MOST_CHARTS, NONE, columns, define, how_many, introduce,
};
use crate::table::{Cell, Grid};
use crate::words::{count, list, sentence_case};

/// Where every indicator is.
const ANNEX: &str = "Annex C";

/// An indicator as the public sees it.
struct Shown<'f> {
    series: &'f Series,
    /// This quarter’s counts; none where one of them is hidden.
    counted: Option<Counted>,
    untold: Option<u64>,
    chart: ControlChart,
}

impl Shown<'_> {
    fn name(&self) -> &str {
        &self.series.held.indicator.name
    }

    fn changed(&self) -> bool {
        self.chart.said.starts_with(CHANGED)
    }

    /// Whether the target is met; none where there is none, nothing was counted, or it is hidden.
    fn is_met(&self) -> Option<bool> {
        is_met(&self.series.held.indicator, self.counted?)
    }
}

fn all<'f>(figures: &'f QuarterFigures, layout: &Layout, published: &Published) -> Vec<Shown<'f>> {
    let pairs = figures.indicators.iter().zip(&layout.indicators);
    pairs.map(|(series, cells)| shown(series, cells, figures, published)).collect()
}

fn shown<'f>(
    series: &'f Series,
    cells: &IndicatorCells,
    figures: &QuarterFigures,
    published: &Published,
) -> Shown<'f> {
    let both = |count, of| published.shown(count).count().zip(published.shown(of).count());
    let now = both(cells.count, cells.of);
    let mut quarters: Vec<(String, Seen<Sampled>)> = cells
        .past
        .iter()
        .map(|(quarter, point)| {
            let seen = match *point {
                PastPoint::Cells(count, of) => seen(both(count, of)),
                PastPoint::Printed(count, of) => seen(Some((count, of))),
                PastPoint::Withheld => Seen::Withheld,
                PastPoint::Nothing => Seen::Nothing,
            };
            (quarter.words(), seen)
        })
        .collect();
    let quarter = series.points.last().map_or(figures.quarter, |point| point.quarter);
    quarters.push((quarter.words(), seen(now)));
    Shown {
        series,
        counted: now.map(|(count, of)| Counted { count: few(count), of: few(of), untold: 0 }),
        untold: published.shown(cells.untold).count(),
        chart: shares(&series.held.indicator.name, &quarters),
    }
}

fn few(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn seen(counts: Option<(u64, u64)>) -> Seen<Sampled> {
    match counts {
        None => Seen::Withheld,
        Some((_, 0)) => Seen::Nothing,
        Some((count, of)) => Seen::Counted(Sampled { met: few(count), of: few(of) }),
    }
}

/// Section 8: how the indicators stand, and which changed.
pub fn say(
    document: &mut DocumentBuilder,
    figures: &QuarterFigures,
    layout: &Layout,
    published: &Published,
) {
    document.section("Indicators");
    let all = all(figures, layout, published);
    if all.is_empty() {
        document.paragraph(NONE);
        return;
    }
    document.paragraph(format!(
        "{} {ANNEX} gives each of them, and says what each means.",
        stands(&all)
    ));
    let changed: Vec<&str> = all.iter().filter(|it| it.changed()).map(Shown::name).collect();
    document.paragraph(if changed.is_empty() {
        "By what is shown of it over time no indicator is known to have changed. A figure that is \
         higher or lower than a quarter ago has not changed for that alone."
            .to_owned()
    } else {
        format!(
            "By what is shown of them over time these have changed, and not by chance: {}.",
            list(&changed)
        )
    });
}

fn stands(all: &[Shown<'_>]) -> String {
    let of = |passes: &dyn Fn(&&Shown<'_>) -> bool| {
        u64::try_from(all.iter().filter(passes).count()).unwrap_or(u64::MAX)
    };
    let met = of(&|it| it.is_met() == Some(true));
    let missed = of(&|it| it.is_met() == Some(false));
    let hidden = of(&|it| it.counted.is_none());
    let neither = of(&|it| it.counted.is_some() && it.is_met().is_none());
    let hides = match hidden {
        0 => String::new(),
        many => format!(
            " Of {} the figures are hidden here, and with them whether a target is met.",
            count(many, &INDICATOR)
        ),
    };
    format!("{}{hides}", how_many((met, missed, neither)))
}

/// The annex: every indicator, the charts of those that changed or miss their target, and what each
/// means.
pub fn every(
    document: &mut DocumentBuilder,
    figures: &QuarterFigures,
    layout: &Layout,
    published: &Published,
) {
    document.annex("Annex: the indicators one by one");
    let all = all(figures, layout, published);
    if all.is_empty() {
        document.paragraph(NONE);
        return;
    }
    introduce(document);
    let grid = all.iter().fold(Grid::new(columns()), |grid, it| {
        grid.row([
            Cell::text(it.name()),
            match it.counted {
                None => Cell::Withheld,
                Some(counted) if counted.of == 0 => Cell::text("none to count"),
                Some(counted) => Cell::share(counted.count.into(), counted.of.into()),
            },
            Cell::count_or_withheld(it.untold),
            Cell::Text(sentence_case(&target(&it.series.held.indicator))),
            Cell::text(&it.chart.said),
        ])
    });
    document.table("The indicators of the quarter", grid);
    let mut drawn: Vec<&Shown<'_>> =
        all.iter().filter(|it| it.changed() || it.is_met() == Some(false)).collect();
    drawn.sort_by_key(|it| !it.changed());
    for it in drawn.into_iter().take(MOST_CHARTS) {
        document.figure(it.chart.title(), it.chart.alt_text(), it.chart.clone());
    }
    define(document, all.iter().map(|it| it.series));
}
