//! Records that stand on one list and not on another, and records that no list opens.

use axum::extract::RawQuery;
use quarterlight_domain::need::{Known, Placement};
use quarterlight_domain::reconcile::Standing;
use quarterlight_report::words::{self, RECORD};
use quarterlight_store::{ApartLine, ListLine, SourceLine};
use serde::Deserialize;

use super::ToCompare;
use super::tables::{TablesPage, first_of};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Column, Content, Table};
use crate::page;
use crate::restricted::Restricted;

/// Which records.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    list: Option<u32>,
    without: Option<u32>,
    standing: Option<String>,
}

/// Shows the records.
///
/// # Errors
/// There is no such page for those who may not see what lists say of records, and none of a list that is not.
pub async fn get(app: App, checked: ToCompare, RawQuery(query): RawQuery) -> page::Result {
    let asked: Asked = serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
    let lists = app.store.case_lists.lists(checked.list.id).await?;
    let sources = app.store.sources.lines(checked.list.id).await?;
    let id = checked.list.id;
    let (title, sentence, (mut records, matching)) = match asked {
        Asked { list: Some(list), without: Some(without), .. } => {
            let named = lists.iter().find(|it| it.number == list).ok_or(Failure::NotFound)?;
            let other = source(&sources, without).ok_or(Failure::NotFound)?;
            let of_other: Vec<u32> =
                lists.iter().filter(|it| it.position == without).map(|it| it.number).collect();
            let found = app.store.case_lists.on_one_list(id, list, &of_other).await?;
            let here = list_name(named, &sources);
            let title = format!("On {here} and not on {}", other.name);
            (title, "Those that are not open stand first.".to_owned(), found)
        }
        Asked { standing: Some(code), .. } => {
            let standing = Standing::from_code(&code).ok_or(Failure::NotFound)?;
            let found = app.store.case_lists.not_open(id, standing).await?;
            (standing.words().to_owned(), explained(standing).to_owned(), found)
        }
        _ => return Err(Failure::NotFound),
    };
    let counted = words::sentence_case(&words::count(matching.into(), &RECORD));
    let mut sentences = vec![format!("{counted}. {sentence}")];
    sentences.extend(first_of(matching));
    let restricted = Restricted::today(&app, &checked.visitor).await?;
    sentences.extend(restricted.take_out(&mut records, |it| &it.reference));
    let table = table(&records, &lists, &sources);
    let page = TablesPage {
        frame: checked.inner_frame(title),
        caption: checked.caption(),
        sentences,
        tables: vec![table],
    };
    page::show(&page)
}

fn explained(standing: Standing) -> &'static str {
    match standing {
        Standing::Closed => "A list that says whether records are open says that these are closed.",
        Standing::OpenOnAnOlderList => {
            "An older list says that these are open, and the list of open records does not have them."
        }
        Standing::Unknown => {
            "No list of open records has these. Ask whether each should be open to social care."
        }
    }
}

/// The source at a position.
pub fn source(sources: &[SourceLine], position: u32) -> Option<&SourceLine> {
    usize::try_from(position).ok().and_then(|at| sources.get(at))
}

/// *List 8 (Annex A)*, or the name alone where list and source have the same.
pub fn list_name(list: &ListLine, sources: &[SourceLine]) -> String {
    match source(sources, list.position) {
        Some(source) if source.name != list.name => format!("{} ({})", list.name, source.name),
        _ => list.name.clone(),
    }
}

fn table(records: &[ApartLine], lists: &[ListLine], sources: &[SourceLine]) -> Table {
    let columns = vec![
        Column::words("Record"),
        Column::words("State"),
        Column::words("Disabled"),
        Column::words("Placement"),
        Column::words("On these lists"),
    ];
    let row = |record: &ApartLine| {
        let state = record.standing.map_or("Open", Standing::words);
        let on: Vec<String> = record
            .on
            .iter()
            .filter_map(|number| lists.iter().find(|list| list.number == *number))
            .map(|list| list_name(list, sources))
            .collect();
        let disabled = match record.disabled {
            Known::Unknown => "Not known",
            Known::Yes => "Yes",
            Known::No => "No",
        };
        vec![
            Content::text(record.reference.as_str()),
            Content::text(state),
            Content::text(disabled),
            Content::text(record.placement.map_or("Not said", Placement::words)),
            Content::text(words::list(&on)),
        ]
    };
    Table::new("records", "Records", columns)
        .rows(records.iter().map(row).collect())
        .empty("There is no such record.")
}
