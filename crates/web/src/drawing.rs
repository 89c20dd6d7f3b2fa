//! A chart on a page: SVG that our own drawing made and escaped.

use std::fmt;

use askama::filters::HtmlSafe;
use quarterlight_report::document::Figure;
use quarterlight_report::svg::{self, Heat};

/// A chart as SVG. Nothing but our own drawing can make one, so it goes into a page as it is.
#[derive(Debug, Clone)]
pub struct Drawing(String);

impl HtmlSafe for Drawing {}

impl fmt::Display for Drawing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Drawing {
    /// The chart of a figure, as wide as its column.
    pub fn of(figure: &Figure) -> Self {
        Self(svg::fluid(figure))
    }

    /// A table as coloured boxes.
    pub fn of_heat(table: &Heat) -> Self {
        Self(svg::heat(table))
    }
}
