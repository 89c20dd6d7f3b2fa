//! A chart over time on a page, with the sentence above it and its figures as a table beneath.

use quarterlight_report::chart::ControlChart;
use quarterlight_report::document::{Figure, Table as DocumentTable};

use crate::drawing::Drawing;
use crate::govuk::Table;
use crate::parts::of_grid;

/// A chart with its sentence and its table.
#[derive(Debug, Clone)]
pub struct ChartPart {
    pub(super) heading: String,
    pub(super) said: String,
    pub(super) drawing: Drawing,
    pub(super) table: Table,
}

impl ChartPart {
    /// The chart of this number on the page; the number keeps the names of its parts apart.
    pub(super) fn new(number: u32, heading: String, chart: ControlChart) -> Self {
        let grid = chart.grid();
        let caption = format!("The figures of the chart: {heading}");
        let table = of_grid(&format!("figures-{number}"), &caption, &grid);
        let said = chart.said.clone();
        let figure = Figure {
            number,
            title: chart.title(),
            alt_text: chart.alt_text(),
            table: DocumentTable { number, caption, grid },
            chart: chart.into(),
        };
        Self { heading, said, drawing: Drawing::of(&figure), table }
    }
}
