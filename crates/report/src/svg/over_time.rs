//! Draws a measure over time with its limits, and a few measures side by side.
//!
//! A point that shows a change is a dark square and any other a light circle, and lines differ in
//! their dashes and marks: shape and tone both say it. What is withheld has no mark, and the drawing
//! says so.

use super::plot::{DASHES, Mark, Plot, Scale};
use super::{Width, whole};
use crate::chart::{ControlChart, LineChart, height};
use crate::document::Figure;
use crate::table::Cell;
use crate::words::{Noun, agree, count};

const POINT: Noun = Noun::new("point", "points");
const LIMITS: &str = "5 4";
/// More points than these stand too close for a mark on each.
const MOST_MARKS: usize = 40;

/// One measure with its average and its limits.
pub fn control(figure: &Figure, chart: &ControlChart, width: Width<'_>) -> String {
    let mut plot = Plot::new(width);
    let limits = |(low, high): (u64, u64)| [hundredths(low), hundredths(high)];
    if let Some(average) = &chart.average {
        plot.legend(Some(""), None, &format!("Average: {}", average.words));
    }
    if chart.points.iter().any(|point| point.limits.is_some()) {
        plot.legend(Some(LIMITS), None, "Usually between these");
    }
    if chart.points.iter().any(|point| point.is_marked) {
        plot.legend(None, Some(Mark::Square), "Shows a change");
    }
    plot.y += 8;
    let average = chart.average.as_ref().map(|average| hundredths(average.at));
    let values = chart.points.iter().filter_map(|point| height(&point.value));
    let all = values
        .chain(chart.points.iter().filter_map(|point| point.limits).flat_map(limits))
        .chain(average);
    let cells = chart.points.iter().map(|point| &point.value);
    let scale = Scale::of(all, unit(cells.clone()), chart.points.len(), plot.y);
    plot.field(&scale);
    if let Some(average) = average {
        let y = scale.y(average);
        plot.line((scale.x(0, -0.5), y), (100.0, y), "", 2.0);
    }
    for (at, point) in chart.points.iter().enumerate() {
        for limit in point.limits.iter().copied().flat_map(limits) {
            let y = scale.y(limit);
            plot.line((scale.x(at, -0.5), y), (scale.x(at, 0.5), y), LIMITS, 2.0);
        }
    }
    joined(&mut plot, &scale, cells.clone(), "");
    for (at, point) in chart.points.iter().enumerate() {
        let mark = if point.is_marked { Mark::Square } else { Mark::Circle };
        if let Some(value) = height(&point.value) {
            plot.mark(mark, (scale.x(at, 0.0), scale.y(value)));
        }
    }
    plot.below();
    if let (Some(first), Some(last)) = (chart.points.first(), chart.points.last()) {
        plot.words(&format!("From {} to {}", first.label, last.label));
        plot.words(&format!("The last: {}", last.value.words()));
    }
    hidden(&mut plot, cells);
    whole(figure, width, plot.y + 4, &plot.body)
}

/// A few measures side by side.
pub fn lines(figure: &Figure, chart: &LineChart, width: Width<'_>) -> String {
    let mut plot = Plot::new(width);
    for (at, name) in chart.series.iter().enumerate() {
        plot.legend(DASHES.get(at % DASHES.len()).copied(), Some(Mark::of(at)), name);
    }
    plot.y += 8;
    let cells = || chart.points.iter().flat_map(|point| &point.values);
    let all = cells().filter_map(height);
    let scale = Scale::of(all.chain([0.0]), unit(cells()), chart.points.len(), plot.y);
    plot.field(&scale);
    for (at, _) in chart.series.iter().enumerate() {
        let line = chart.points.iter().filter_map(|point| point.values.get(at));
        joined(&mut plot, &scale, line, DASHES.get(at % DASHES.len()).copied().unwrap_or_default());
    }
    if chart.points.len() <= MOST_MARKS {
        for (at, _) in chart.series.iter().enumerate() {
            for (place, point) in chart.points.iter().enumerate() {
                if let Some(value) = point.values.get(at).and_then(height) {
                    plot.mark(Mark::of(at), (scale.x(place, 0.0), scale.y(value)));
                }
            }
        }
    }
    plot.below();
    if let (Some(first), Some(last)) = (chart.points.first(), chart.points.last()) {
        plot.words(&format!("From {} to {}", first.label, last.label));
        for (name, value) in chart.series.iter().zip(&last.values) {
            plot.words(&format!("The last of {name}: {}", value.words()));
        }
    }
    hidden(&mut plot, cells());
    whole(figure, width, plot.y + 4, &plot.body)
}

/// Lines between points that stand next to each other; a gap where one is not shown.
fn joined<'c>(
    plot: &mut Plot<'_>,
    scale: &Scale,
    cells: impl Iterator<Item = &'c Cell>,
    dashes: &str,
) {
    let mut before: Option<(f64, f64)> = None;
    for (at, cell) in cells.enumerate() {
        let here = height(cell).map(|value| (scale.x(at, 0.0), scale.y(value)));
        if let (Some(before), Some(here)) = (before, here) {
            plot.line(before, here, dashes, 1.5);
        }
        before = here;
    }
}

/// Says how many points are not drawn because they could show who somebody is.
fn hidden<'c>(plot: &mut Plot<'_>, cells: impl Iterator<Item = &'c Cell>) {
    let hidden = cells.filter(|cell| **cell == Cell::Withheld).count();
    let hidden = u64::try_from(hidden).unwrap_or(u64::MAX);
    if hidden > 0 {
        let are = agree(hidden, "is", "are");
        plot.words(&format!("{} {are} withheld and not drawn", count(hidden, &POINT)));
    }
}

fn unit<'c>(mut cells: impl Iterator<Item = &'c Cell>) -> &'static str {
    if cells.any(|cell| matches!(cell, Cell::Share { .. })) { "%" } else { "" }
}

#[expect(clippy::cast_precision_loss, reason = "a drawing needs no more than it can show")]
fn hundredths(number: u64) -> f64 {
    number as f64 / 100.0
}
