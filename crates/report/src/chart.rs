//! Bars that show how counts divide, such as records by worker's experience; and the other charts.

mod control;
mod lines;
mod picture;

pub(crate) use control::height;
pub use control::{Average, ControlChart, ControlPoint};
pub use lines::{LineChart, LinePoint, MOST_LINES};
pub use picture::Picture;

use serde::{Deserialize, Serialize};

use crate::table::{Cell, Column, Grid};
use crate::words::Noun;

/// The most parts that a bar may have: more patterns than these cannot be told apart in grey.
pub const MOST_SERIES: usize = 6;

/// Horizontal bars, one for each category, divided into the same series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What a category is, as the heading of the table's first column: *Need*.
    pub category_heading: String,
    /// What is counted: *records*.
    pub counted: Noun,
    /// What each bar divides into, in order: *Newly qualified in first year*, *Early career* …
    pub series: Vec<String>,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// What it stands for: *Child protection*.
    pub category: String,
    /// One count for each series, in their order; nothing where the count is withheld because it
    /// could identify someone.
    pub counts: Vec<Option<u64>>,
}

impl Bar {
    /// A bar whose counts may all be shown.
    pub fn new(category: impl Into<String>, counts: impl IntoIterator<Item = u64>) -> Self {
        Self { category: category.into(), counts: counts.into_iter().map(Some).collect() }
    }

    /// The whole bar; nothing where a part is withheld, because the total would give it away.
    pub fn total(&self) -> Option<u64> {
        self.counts.iter().try_fold(0_u64, |sum, count| Some(sum.saturating_add((*count)?)))
    }

    /// The length that can be shown: the parts that are not withheld.
    pub fn shown(&self) -> u64 {
        self.counts.iter().flatten().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

impl Chart {
    /// The chart's figures as a table, with a total for each bar.
    pub fn grid(&self) -> Grid {
        let columns = std::iter::once(Column::text(&self.category_heading))
            .chain(self.series.iter().map(Column::number))
            .chain(std::iter::once(Column::number("Total")));
        self.bars.iter().fold(Grid::new(columns), |grid, bar| {
            grid.row(
                std::iter::once(Cell::text(&bar.category))
                    .chain(bar.counts.iter().copied().map(Cell::count_or_withheld))
                    .chain(std::iter::once(Cell::count_or_withheld(bar.total()))),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::RECORD;

    #[test]
    fn a_total_is_withheld_with_its_part() {
        let chart = Chart {
            category_heading: "Need".to_owned(),
            counted: RECORD,
            series: vec!["Experienced".to_owned(), "Unknown".to_owned()],
            bars: vec![
                Bar::new("In care", [30, 2]),
                Bar { category: "Child protection".to_owned(), counts: vec![Some(40), None] },
            ],
        };
        let words: Vec<Vec<String>> = chart
            .grid()
            .rows
            .iter()
            .map(|row| row.cells.iter().map(Cell::words).collect())
            .collect();
        assert_eq!(words, [["In care", "30", "2", "32"], ["Child protection", "40", "[c]", "[c]"]]);
        assert!(chart.grid().footnote().is_some_and(|note| note.contains("withheld")));
    }
}
