//! What a table means: how its figures are made, of what, from which source, and how sure they are.

use quarterlight_domain::statistics::interval::{Interval, wilson};
use quarterlight_report::document::{Block, Document, Note, Table};
use quarterlight_report::table::Cell;

use crate::govuk::{Content, Details};

/// The explanation of a table or of the figure above it.
pub fn explained(document: &Document, table: &Table) -> Details {
    let mut lines = definitions(document, table);
    lines.extend(made(table));
    lines.push(format!(
        "Source: the case lists and the audits of the time that the report is about, counted by the \
         program. {}.",
        document.cover.as_at
    ));
    lines.extend(how_sure(table));
    lines.push(format!("Link to it: #table-{}", table.number));
    let summary = format!("Explain this figure: {}", table.label());
    Details::new(summary, Content::written(lines.join("\n")))
}

/// The definitions of the report whose words stand in the table.
fn definitions(document: &Document, table: &Table) -> Vec<String> {
    let words: Vec<&str> = std::iter::once(table.caption.as_str())
        .chain(table.grid.columns.iter().map(|column| column.heading.as_str()))
        .collect();
    let words = words.join(" ").to_lowercase();
    let of = |block: &Block| match block {
        Block::Note(Note::Definition { term, text })
            if words.contains(&term.to_lowercase()) || term == "[c]" && table.grid.withholds() =>
        {
            Some(format!("{term}: {text}"))
        }
        _ => None,
    };
    document.blocks.iter().filter_map(of).collect()
}

/// What is divided by what, where a column says *A of B*.
fn made(table: &Table) -> Vec<String> {
    let columns = table.grid.columns.iter().filter_map(|column| {
        let (part, whole) = column.heading.split_once(" of ")?;
        Some(format!(
            "{}: the numerator is “{part}” and the denominator “{}” of the same row.",
            column.heading,
            sentence(whole)
        ))
    });
    columns.chain(table.grid.note.clone()).collect()
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// For each row with both shown: within which bounds the share lies, by the same interval as in the
/// statistics of samples.
fn how_sure(table: &Table) -> Vec<String> {
    let mut lines: Vec<String> = met_of_counted(table)
        .into_iter()
        .filter_map(|(name, (met, counted))| {
            let Interval { low, high, .. } = wilson(met, counted)?;
            let percent = |share: f64| (share * 100.0).round();
            Some(format!(
                "{name}: if the audited records were drawn from very many, the share would lie \
                 between {}% and {}% (95% interval).",
                percent(low),
                percent(high)
            ))
        })
        .collect();
    if lines.is_empty() {
        lines.push(
            "How sure: these are counts of what there is, so no sample stands behind them; what is \
             recorded wrongly is counted wrongly."
                .to_owned(),
        );
    }
    lines
}

/// The rows of a table that show both what was met and what was counted.
pub fn met_of_counted(table: &Table) -> Vec<(String, (u32, u32))> {
    let at = |heading: &str| table.grid.columns.iter().position(|it| it.heading == heading);
    let Some((met, counted)) = at("Met").zip(at("Counted")) else { return Vec::new() };
    let count = |cell: Option<&Cell>| match cell {
        Some(Cell::Count(count)) => u32::try_from(*count).ok(),
        _ => None,
    };
    let of = |row: &quarterlight_report::table::Row| {
        let (met, counted) = count(row.cells.get(met)).zip(count(row.cells.get(counted)))?;
        Some((row.cells.first()?.words(), (met, counted))).filter(|_| counted > 0)
    };
    table.grid.rows.iter().filter_map(of).collect()
}
