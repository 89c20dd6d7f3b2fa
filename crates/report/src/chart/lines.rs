//! A few measures over time, side by side, such as the records of two teams.

use serde::{Deserialize, Serialize};

use super::control::said;
use crate::table::{Cell, Column, Grid};

/// The most lines that a chart may have: more cannot be told apart in grey.
pub const MOST_LINES: usize = 4;

/// Lines over time. It says what was, and claims no change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChart {
    /// What a point is, as the heading of the table's first column: *Quarter*.
    pub heading: String,
    /// What each line is.
    pub series: Vec<String>,
    /// The points, the earliest first.
    pub points: Vec<LinePoint>,
}

/// One place in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePoint {
    /// When: *July to September 2026*.
    pub label: String,
    /// One value for each line, in their order: shares or counts, the same for all; withheld; or
    /// words where there was nothing to count.
    pub values: Vec<Cell>,
}

impl LineChart {
    /// The chart's figures as a table.
    pub fn grid(&self) -> Grid {
        let columns = std::iter::once(Column::text(&self.heading))
            .chain(self.series.iter().map(Column::number));
        self.points.iter().fold(Grid::new(columns), |grid, point| {
            grid.row(std::iter::once(Cell::text(&point.label)).chain(point.values.iter().cloned()))
        })
    }

    /// Every value in words, for those who do not see it.
    pub fn alt_text(&self) -> String {
        let lines = self.series.iter().enumerate().map(|(at, name)| {
            let each: Vec<String> = self
                .points
                .iter()
                .filter_map(|point| {
                    Some(format!("{}: {}", point.label, said(point.values.get(at)?)))
                })
                .collect();
            format!("{name}: {}.", each.join("; "))
        });
        format!("Lines over time. {}", lines.collect::<Vec<_>>().join(" "))
    }
}
