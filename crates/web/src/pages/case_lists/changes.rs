//! What is new, changed or gone since the list before, record by record.

use axum::extract::RawQuery;
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::need::{Known, Need, Placement};
use quarterlight_report::words::{self, RECORD};
use quarterlight_store::{ChangeKind, ChangedLine};
use serde::Deserialize;

use super::ToCompare;
use super::tables::{TablesPage, first_of};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Column, Content, Table};
use crate::page;
use crate::restricted::Restricted;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    what: String,
}

/// Shows the records.
///
/// # Errors
/// There is no such page for those who may not see what lists say of records.
pub async fn get(app: App, checked: ToCompare, RawQuery(query): RawQuery) -> page::Result {
    let asked: Asked = serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
    let preview = app.store.case_lists.preview(checked.list.id).await?;
    let counts = preview.counts;
    let (kind, title, count) = match asked.what.as_str() {
        "new" => (ChangeKind::New, "New records", counts.new),
        "changed" => (ChangeKind::Changed, "Changed records", counts.changed),
        "gone" => (ChangeKind::Gone, "Records that are gone", counts.gone),
        _ => return Err(Failure::NotFound),
    };
    let mut records = app.store.case_lists.changes(checked.list.id, kind).await?;
    let restricted = Restricted::today(&app, &checked.visitor).await?;
    let hidden = restricted.take_out(&mut records, |it| &it.reference);
    let counted = words::sentence_case(&words::count(count.into(), &RECORD));
    let since = match kind {
        ChangeKind::New => "on this list and not on the one before",
        ChangeKind::Changed => "of which this list says something else than the one before",
        ChangeKind::Gone => "on the list before and not on this one",
    };
    let mut sentences = vec![format!("{counted} {since}.")];
    sentences.extend(first_of(count));
    sentences.extend(hidden);
    let page = TablesPage {
        frame: checked.inner_frame(title),
        caption: checked.caption(),
        sentences,
        tables: vec![table(&records, kind)],
    };
    page::show(&page)
}

fn table(records: &[ChangedLine], kind: ChangeKind) -> Table {
    let mut columns = vec![Column::words("Record")];
    if kind == ChangeKind::Changed {
        columns.push(Column::words("What changed"));
    }
    let row = |record: &ChangedLine| {
        let mut cells = vec![Content::text(record.reference.as_str())];
        if kind == ChangeKind::Changed {
            let changes: Vec<String> = record.changes.iter().map(sentence).collect();
            cells.push(Content::text(changes.join(" ")));
        }
        cells
    };
    Table::new("records", "Records", columns)
        .rows(records.iter().map(row).collect())
        .empty("There is no such record.")
}

/// *Placement: was Placed in area, is Placed out of area.*
fn sentence((matter, was, is): &(&'static str, String, String)) -> String {
    if *matter == "Dates" {
        let before: Vec<&str> = was.split(',').collect();
        let now = is.split(',').filter(|date| !date.is_empty() && !before.contains(date));
        let now: Vec<String> = now.map(dated).collect();
        return if now.is_empty() {
            "A date is no longer there.".to_owned()
        } else {
            format!("Dates: now {}.", now.join(", "))
        };
    }
    format!("{matter}: was {}, is {}.", in_words(was), in_words(is))
}

fn dated(pair: &str) -> String {
    match pair.split_once('=') {
        Some((code, day)) => match KeyDate::from_code(code) {
            Some(kind) => format!("{} {day}", kind.code().replace('_', " ")),
            None => pair.to_owned(),
        },
        None => pair.to_owned(),
    }
}

/// What a line says, in words: the codes of needs, placements and answers, and names as they are.
fn in_words(said: &str) -> String {
    if said.is_empty() {
        return "nobody or nothing".to_owned();
    }
    let needs: Option<Vec<String>> = said
        .split(',')
        .map(|code| Need::from_code(code).map(|need| need.words().to_owned()))
        .collect();
    let placement = Placement::from_code(said).map(|it| it.words().to_owned());
    let known = Known::from_code(said).map(|it| it.to_string());
    let in_words = known.or_else(|| needs.map(|needs| words::list(&needs))).or(placement);
    in_words.unwrap_or_else(|| said.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_said_in_words() {
        let said = |matter, was: &str, is: &str| sentence(&(matter, was.to_owned(), is.to_owned()));
        assert_eq!(
            said("Placement", "in_area", "out_of_area"),
            "Placement: was Placed in area, is Placed out of area."
        );
        assert_eq!(
            said("Need", "CIN", "CIN,CP"),
            "Need: was Child in need, is Child in need and Child protection."
        );
        assert_eq!(said("Worker", "Nia Pell", ""), "Worker: was Nia Pell, is nobody or nothing.");
        assert_eq!(
            said("Dates", "last_seen=2026-09-01", "last_seen=2026-09-02"),
            "Dates: now last seen 2026-09-02."
        );
    }
}
