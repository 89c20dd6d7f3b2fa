//! A released Part I beside that of the quarter before, figure by figure.

use askama::Template;
use quarterlight_domain::statistics::interval::difference;
use quarterlight_report::document::{Block, Document, Table as DocumentTable};
use quarterlight_report::table::Cell;

use super::super::opened;
use super::explain::met_of_counted;
use super::{Answer, ToReadInPublic, all_reports, frame, public};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{CaptionSize, Column, Content, Table};
use crate::layout::Frame;
use crate::{links, page};

/// Two quarters beside each other.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/published/compare.html")]
pub struct ComparePage {
    frame: Frame,
    caption: String,
    tables: Vec<Table>,
}

/// Shows them.
///
/// # Errors
/// There is no such page where there is no report of the quarter before, or it is switched off.
pub async fn get(app: App, report: ToReadInPublic) -> Answer {
    let before = report.report.before.as_deref().ok_or(Failure::NotFound)?;
    let before = opened(before)?;
    let line = &report.report.line;
    let above = vec![all_reports(), (line.title.clone(), links::published_report(line.id))];
    let frame = frame(&app, "Compared with the quarter before", above);
    let page = ComparePage::new(frame, line.title.clone(), &before, &report.document);
    Ok(public(page::show(&page)?))
}

impl ComparePage {
    fn new(frame: Frame, caption: String, before: &Document, now: &Document) -> Self {
        let then = tables(before);
        let pairs = tables(now).into_iter().filter_map(|now| {
            let same = |it: &&&DocumentTable| it.caption == now.caption;
            Some((*then.iter().find(same)?, now))
        });
        let tables = pairs.filter_map(|(then, now)| compared(then, now)).collect();
        Self { frame, caption, tables }
    }

    /// Two documents with the same tables, and with none.
    pub fn samples() -> Vec<Self> {
        let documents = super::super::sample::documents();
        let new = |document: &Document| {
            Self::new(Frame::new("Compared"), crate::govuk::HOSTILE.to_owned(), document, document)
        };
        documents.iter().map(new).collect()
    }
}

fn tables<'d>(document: &'d Document) -> Vec<&'d DocumentTable> {
    let of = |block: &'d Block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    };
    document.blocks.iter().filter_map(of).collect()
}

/// One table: a line for each figure of each row that both have.
fn compared(then: &DocumentTable, now: &DocumentTable) -> Option<Table> {
    let mut rows = Vec::new();
    let (was, is) = (met_of_counted(then), met_of_counted(now));
    for row in &now.grid.rows {
        let name = row.cells.first()?.words();
        let same = then
            .grid
            .rows
            .iter()
            .find(|it| it.cells.first().map(Cell::words) == Some(name.clone()));
        let Some(before) = same else { continue };
        for (at, column) in now.grid.columns.iter().enumerate().skip(1) {
            let place = then.grid.columns.iter().position(|it| it.heading == column.heading);
            let cells = row.cells.get(at).zip(place.and_then(|at| before.cells.get(at)));
            let Some((cell, earlier)) = cells else { continue };
            let find = |all: &[(String, (u32, u32))]| {
                all.iter().find(|(each, _)| *each == name).map(|(_, share)| *share)
            };
            let change = if column.heading == "Met of counted" {
                find(&was)
                    .zip(find(&is))
                    .and_then(|(was, is)| said(was, is))
                    .unwrap_or("Cannot be told")
            } else {
                "A count, not judged"
            };
            rows.push(vec![
                Content::text(format!("{name}: {}", column.heading.to_lowercase())),
                Content::text(earlier.words()),
                Content::text(cell.words()),
                Content::text(change),
            ]);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        Column::words("Figure"),
        Column::numbers("Quarter before"),
        Column::numbers("This quarter"),
        Column::words("Change"),
    ];
    let id = format!("compared-{}", now.number);
    Some(Table::new(id, now.caption.clone(), columns).caption_size(CaptionSize::Small).rows(rows))
}

/// *Changed* only where the interval of the difference does not hold none at all.
fn said(was: (u32, u32), is: (u32, u32)) -> Option<&'static str> {
    let interval = difference(is, was)?;
    let changed = interval.low > 0.0 || interval.high < 0.0;
    Some(if changed { "Changed" } else { "No change can be told" })
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn only_what_is_no_chance_is_called_a_change() {
        assert_eq!(said((48, 80), (56, 70)), Some("Changed"));
        assert_eq!(said((18, 24), (20, 24)), Some("No change can be told"));
        assert_eq!(said((0, 0), (20, 24)), None);
    }
}
