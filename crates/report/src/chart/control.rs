//! One measure over time, with its average and the limits within which it varies anyway.

use serde::{Deserialize, Serialize};

use crate::table::{Cell, Column, Grid};
use crate::words::{Noun, count};

/// A chart over time. What it says is kept with it, so that a released report says the same for as
/// long as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlChart {
    /// What a point is, as the heading of the table's first column: *Quarter*.
    pub heading: String,
    /// What is measured: *Seen in time*.
    pub measure: String,
    /// The points, the earliest first.
    pub points: Vec<ControlPoint>,
    /// The average of what is shown; none where nothing is.
    pub average: Option<Average>,
    /// Whether it changed, as a sentence.
    pub said: String,
}

/// One point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlPoint {
    /// When: *July to September 2026*.
    pub label: String,
    /// What it is: a share, a count, or withheld. Words where there was nothing to count.
    pub value: Cell,
    /// The lower and the upper limit in hundredths of a per cent, or of one; none where there are
    /// too few points for limits.
    pub limits: Option<(u64, u64)>,
    /// Whether it shows a change.
    pub is_marked: bool,
}

/// An average.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Average {
    /// In hundredths of a per cent, or of one.
    pub at: u64,
    /// *75%*.
    pub words: String,
}

impl ControlChart {
    /// The chart's figures as a table, with the limits where there are any.
    pub fn grid(&self) -> Grid {
        let with_limits = self.points.iter().any(|point| point.limits.is_some());
        let mut columns = vec![Column::text(&self.heading), Column::number(&self.measure)];
        if with_limits {
            columns.extend([Column::text("Usually between"), Column::text("Shows a change")]);
        }
        self.points.iter().fold(Grid::new(columns), |grid, point| {
            let mut cells = vec![Cell::text(&point.label), point.value.clone()];
            if with_limits {
                let limits = point.limits.map_or_else(String::new, |limits| point.words_of(limits));
                cells.push(Cell::Text(limits));
                cells.push(Cell::text(if point.is_marked { "Yes" } else { "No" }));
            }
            grid.row(cells)
        })
    }

    /// The sentence above the chart: what is measured, and whether it changed.
    pub fn title(&self) -> String {
        format!("{}. {}", self.measure, self.said)
    }

    /// Every value in words, for those who do not see it.
    pub fn alt_text(&self) -> String {
        let shown = self.points.iter().filter(|point| height(&point.value).is_some()).count();
        let average = self
            .average
            .as_ref()
            .map_or_else(String::new, |average| format!(" The average is {}.", average.words));
        let each: Vec<String> = self
            .points
            .iter()
            .map(|point| format!("{}: {}", point.label, said(&point.value)))
            .collect();
        let point = Noun::new("point", "points");
        let shown = count(u64::try_from(shown).unwrap_or(u64::MAX), &point);
        format!("A line with {shown}.{average} {}.", each.join("; "))
    }

    /// How many points have no mark in the drawing because their counts are withheld.
    pub fn withheld(&self) -> usize {
        self.points.iter().filter(|point| point.value == Cell::Withheld).count()
    }
}

impl ControlPoint {
    fn words_of(&self, (low, high): (u64, u64)) -> String {
        let unit = if matches!(self.value, Cell::Share { .. }) { "%" } else { "" };
        let whole = |hundredths: u64| (hundredths + 50) / 100;
        format!("{}{unit} and {}{unit}", whole(low), whole(high))
    }
}

/// How high a value stands: a share in per cent, a count as it is; none where it is not shown.
#[expect(clippy::cast_precision_loss, reason = "a drawing needs no more than it can show")]
pub(crate) fn height(value: &Cell) -> Option<f64> {
    match value {
        Cell::Share { count, of } | Cell::OutOf { count, of } if *of > 0 => {
            Some(100.0 * *count as f64 / *of as f64)
        }
        Cell::Count(count) => Some(*count as f64),
        Cell::Share { .. } | Cell::OutOf { .. } | Cell::Text(_) | Cell::Withheld => None,
    }
}

/// A value as it is said aloud.
pub(crate) fn said(value: &Cell) -> String {
    match value {
        Cell::Withheld => "withheld".to_owned(),
        other => other.words(),
    }
}
