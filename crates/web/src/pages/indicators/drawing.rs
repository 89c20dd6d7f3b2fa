//! A chart over time on a page, with the sentence above it and its figures as a table beneath.

use std::fmt;

use askama::filters::HtmlSafe;
use quarterlight_report::chart::ControlChart;
use quarterlight_report::document::{Figure, Table as DocumentTable};
use quarterlight_report::svg;
use quarterlight_report::table::{Align, Cell};

use crate::govuk::{CaptionSize, Column, Content, Table};

/// A chart as SVG, which our own drawing made and escaped; nothing else can make one.
#[derive(Debug, Clone)]
pub struct Drawing(String);

impl HtmlSafe for Drawing {}

impl fmt::Display for Drawing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

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
        let columns = grid.columns.iter().map(|column| match column.align {
            Align::Text => Column::words(column.heading.as_str()),
            Align::Number => Column::numbers(column.heading.as_str()),
        });
        let rows = grid
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell: &Cell| Content::text(cell.words())).collect());
        let caption = format!("The figures of the chart: {heading}");
        let table = Table::new(format!("figures-{number}"), caption.clone(), columns.collect())
            .caption_size(CaptionSize::Small)
            .rows(rows.collect());
        let said = chart.said.clone();
        let figure = Figure {
            number,
            title: chart.title(),
            alt_text: chart.alt_text(),
            table: DocumentTable { number, caption, grid },
            chart: chart.into(),
        };
        Self { heading, said, drawing: Drawing(svg::fluid(&figure)), table }
    }
}
