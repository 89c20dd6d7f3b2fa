//! A table of boxes, one line for each thing: without a script plain inputs, with one a keyboard grid.

use std::fmt::Display;

use askama::Template;
use askama::filters::HtmlSafe;

use crate::govuk::{ErrorSummary, SelectItem};

/// One column of boxes.
#[derive(Debug, Clone, Default)]
pub struct GridColumn {
    /// The name under which the form sends its boxes, once for each line.
    pub name: &'static str,
    /// The heading.
    pub heading: &'static str,
    /// How many letters fit.
    pub width: u8,
    /// The choices; empty for a box to type in.
    pub items: Vec<SelectItem>,
}

impl GridColumn {
    /// A column to type in.
    pub fn typed(name: &'static str, heading: &'static str, width: u8) -> Self {
        Self { name, heading, width, items: Vec::new() }
    }

    /// A column to choose in.
    pub fn chosen(name: &'static str, heading: &'static str, items: Vec<SelectItem>) -> Self {
        Self { name, heading, width: 0, items }
    }
}

/// What was wrong with a line: the name of the column, and what to do.
pub type Wrong = (&'static str, String);

/// One line of the grid: what was typed, and what was wrong.
#[derive(Debug, Clone, Default)]
pub struct GridLine {
    /// What was typed, one for each column.
    pub values: Vec<String>,
    /// What was wrong.
    pub wrong: Option<Wrong>,
}

/// A table of boxes.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "pages/filing/grid.html")]
pub struct Grid {
    /// What identifiers begin with.
    pub id: &'static str,
    /// What the table is for.
    pub caption: &'static str,
    /// What one line is: *Item*.
    pub noun: &'static str,
    /// The columns.
    pub columns: Vec<GridColumn>,
    /// The lines.
    pub lines: Vec<GridLine>,
}

impl HtmlSafe for Grid {}

impl Grid {
    /// What was wrong with the lines, each leading to its box.
    pub fn tell(&self, mut summary: ErrorSummary) -> ErrorSummary {
        for (number, line) in (1..).zip(&self.lines) {
            if let Some((name, why)) = &line.wrong {
                let text = format!("{} {number}: {why}", self.noun);
                let href = Some(format!("#{}", self.id_of(name, number)));
                summary.lines.push(crate::govuk::ErrorLine { text, href });
            }
        }
        summary
    }

    fn id_of(&self, name: &str, number: impl Display) -> String {
        format!("{}-{name}-{number}", self.id)
    }

    fn error_id(&self, number: impl Display) -> String {
        format!("{}-{number}-error", self.id)
    }

    fn is_wrong(line: &GridLine, column: &GridColumn) -> bool {
        line.wrong.as_ref().is_some_and(|(name, _)| *name == column.name)
    }

    fn boxes<'a>(&'a self, line: &'a GridLine) -> impl Iterator<Item = (&'a GridColumn, &'a str)> {
        let values = line.values.iter().map(String::as_str).chain(std::iter::repeat(""));
        self.columns.iter().zip(values)
    }
}
