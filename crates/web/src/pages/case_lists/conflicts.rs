//! Records on which lists differ: what each list says, the list that is followed first.
//!
//! Dates of birth are printed for those who may see them, and for nobody else: others are told that
//! they differ, and on which lists.

use axum::extract::{FromRequestParts, RawQuery};
use axum::http::request::Parts;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::need::{Known, Need, Placement};
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::reconcile::Matter;
use quarterlight_report::words;
use quarterlight_store::{CaseListSummary, ConflictLine, ListLine, SourceLine};
use serde::Deserialize;

use super::apart::list_name;
use super::tables::TablesPage;
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Column, Content, Table};
use crate::permit::{SeeConflicts, Through, named};
use crate::restricted::Restricted;
use crate::session::SignedIn;
use crate::{links, page};

/// One case list, and somebody who may see on which records its lists differ.
#[derive(Debug, Clone)]
pub struct ToCompare {
    visitor: SignedIn,
    list: CaseListSummary,
}

impl FromRequestParts<App> for ToCompare {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Through::<SeeConflicts>::from_request_parts(parts, app).await?;
        let id = named(parts, app, "case_list").await?;
        let list = app.store.case_lists.get(id).await?.ok_or(Failure::NotFound)?;
        Ok(Self { visitor: SignedIn::clone(&visitor), list })
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    matter: String,
}

/// Shows the records on which lists differ about one matter.
///
/// # Errors
/// There is no such page for those who may not see conflicts.
pub async fn get(app: App, compared: ToCompare, RawQuery(query): RawQuery) -> page::Result {
    let asked: Asked = serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
    let matter = Matter::from_code(&asked.matter).unwrap_or(Matter::BirthDate);
    let id = compared.list.id;
    let mut conflicts = app.store.case_lists.conflicts(id, matter).await?;
    let counts = app.store.case_lists.counts(id).await?;
    let lists = app.store.case_lists.lists(id).await?;
    let sources = app.store.sources.lines(id).await?;
    let may = |deed| permits(&compared.visitor.person, deed, compared.visitor.today);
    let mut frame = compared.visitor.frame(&app, matter.words(), "Case lists");
    if may(Deed::ImportCaseLists) {
        let day = day_in_words(compared.list.as_at);
        frame.breadcrumbs = vec![
            ("Case lists".to_owned(), links::case_lists()),
            (format!("Case list of {day}"), links::case_list(id)),
        ];
    }
    frame.title = format!("{}: where lists differ", matter.words());
    let shows = matter != Matter::BirthDate || may(Deed::SeeBirthDates);
    let mut sentences = vec!["The list that is followed stands first. Correct the records in their own system, then import again.".to_owned()];
    if !shows {
        sentences
            .push("Dates of birth are shown to those who look after case lists only.".to_owned());
    }
    let count = counts.conflicts.iter().find(|(it, _)| *it == matter).map_or(0, |(_, many)| *many);
    sentences.extend(super::tables::first_of(count));
    let restricted = Restricted::today(&app, &compared.visitor).await?;
    sentences.extend(restricted.take_out(&mut conflicts, |it| &it.reference));
    let page = TablesPage {
        frame,
        caption: format!("Case list of {}", day_in_words(compared.list.as_at)),
        sentences,
        tables: vec![
            table(&conflicts, shows, &lists, &sources),
            matters(compared.list.id, &counts.conflicts),
        ],
    };
    page::show(&page)
}

/// Every matter on which lists can differ, so that each leads to the others.
fn matters(id: CaseListId, counts: &[(Matter, u32)]) -> Table {
    let columns = vec![Column::words("Matter"), Column::numbers("Records")];
    let rows = Matter::ALL.into_iter().map(|matter| {
        let many = counts.iter().find(|(it, _)| *it == matter).map_or(0, |(_, many)| *many);
        vec![
            Content::link(matter.words(), links::conflicts(id, matter.code())),
            words::whole(many.into()).into(),
        ]
    });
    Table::new("matters", "Everything on which lists can differ", columns).rows(rows.collect())
}

fn table(
    conflicts: &[ConflictLine],
    shows: bool,
    lists: &[ListLine],
    sources: &[SourceLine],
) -> Table {
    let columns = vec![Column::words("Record"), Column::words("What the lists say")];
    let row = |conflict: &ConflictLine| {
        let mut said: Vec<(String, Vec<String>)> = Vec::new();
        for (number, what) in &conflict.says {
            let list = lists.iter().find(|list| list.number == *number);
            let list = list.map_or_else(|| "A list".to_owned(), |it| list_name(it, sources));
            match said.iter_mut().find(|(other, _)| other == what) {
                Some((_, lists)) => lists.push(list),
                None => said.push((what.clone(), vec![list])),
            }
        }
        let says = said.iter().map(|(what, lists)| {
            let lists = words::list(lists);
            if shows {
                format!("{lists}: {}.", in_words(conflict.matter, what))
            } else {
                format!("{lists}.")
            }
        });
        let joined = says.collect::<Vec<_>>().join(if shows { " " } else { " Otherwise: " });
        vec![Content::text(conflict.reference.as_str()), Content::text(joined)]
    };
    Table::new("conflicts", "Records", columns)
        .rows(conflicts.iter().map(row).collect())
        .empty("The lists do not differ.")
}

fn in_words(matter: Matter, said: &str) -> String {
    let known = || Known::from_code(said).map(|it| it.to_string());
    let found = match matter {
        Matter::BirthDate => said.parse::<Date>().ok().map(day_in_words),
        Matter::Disability | Matter::Unaccompanied | Matter::Open => known(),
        Matter::Need => Need::from_code(said).map(|it| it.words().to_owned()),
        Matter::Placement => Placement::from_code(said).map(|it| it.words().to_owned()),
        Matter::Worker | Matter::Team => None,
    };
    found.unwrap_or_else(|| said.to_owned())
}
