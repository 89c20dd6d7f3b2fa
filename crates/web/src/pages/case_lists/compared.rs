//! Every list of a case list beside every other source: how many of its records are there too.

use quarterlight_domain::permission::{Deed, permits};
use quarterlight_report::words;
use quarterlight_store::{ListLine, SourceLine};

use super::ToCheck;
use super::apart::list_name;
use super::tables::TablesPage;
use crate::app::App;
use crate::govuk::{Column, Content, Table};
use crate::{links, page};

/// Shows the lists, compared.
///
/// # Errors
/// There is no such page for those who may not import case lists.
pub async fn get(app: App, checked: ToCheck) -> page::Result {
    let lists = app.store.case_lists.lists(checked.list.id).await?;
    let sources = app.store.sources.lines(checked.list.id).await?;
    let visitor = &checked.visitor;
    let sees_records = permits(&visitor.person, Deed::CompareRecords, visitor.today);
    let tables = lists.iter().filter(|list| list.records > 0);
    let page = TablesPage {
        frame: checked.inner_frame("Lists compared"),
        caption: checked.caption(),
        sentences: vec![
            "A record that stands on one list and not on another may be right: a return of children in care has no child at home. Look at those that should be on both."
                .to_owned(),
        ],
        tables: tables.map(|list| table((&checked, sees_records), list, &sources)).collect(),
    };
    page::show(&page)
}

fn table(
    (checked, sees_records): (&ToCheck, bool),
    list: &ListLine,
    sources: &[SourceLine],
) -> Table {
    let columns = vec![
        Column::words("Other source"),
        Column::numbers("On both"),
        Column::numbers("Not on the other"),
    ];
    let others = (0u32..).zip(sources).filter(|(position, _)| *position != list.position);
    let rows = others.map(|(position, other)| {
        let both = list.on_source.iter().find(|(source, _)| *source == position);
        let both = both.map_or(0, |(_, both)| *both);
        let alone = list.records.saturating_sub(both);
        let link = links::on_one_list(checked.list.id, list.number, position);
        let shown = words::whole(alone.into());
        vec![
            Content::text(other.name.clone()),
            words::whole(both.into()).into(),
            if alone == 0 || !sees_records { shown.into() } else { Content::link(shown, link) },
        ]
    });
    let records = words::count(list.records.into(), &words::RECORD);
    let caption = format!("{}: {records}", list_name(list, sources));
    Table::new(format!("list-{}", list.number), caption, columns)
        .rows(rows.collect())
        .empty("There is no other source.")
}
