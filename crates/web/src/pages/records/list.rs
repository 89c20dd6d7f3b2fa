//! The open records, by reference alone.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::cell::{CellPattern, Within};
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::id::{PlaceId, RecordId};
use quarterlight_report::words::{self, RECORD};
use quarterlight_store::{RecordFilter, RecordLine};
use serde::Deserialize;

use crate::app::App;
use crate::govuk::{
    Button, Column, Content, Field, InputKind, InputWidth, LabelSize, Select, SelectItem, Table,
    TextInput,
};
use crate::layout::Frame;
use crate::permit::{ListRecords, Through};
use crate::{links, page};

/// What the list is narrowed to, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    service: String,
    cohort: String,
    reference: String,
    /// The cells of coverage that the list is narrowed to, by the code of their pattern.
    cells: String,
}

/// The records that pass the filter, and how many there are.
type Found = (Vec<RecordLine>, u32);

/// The open records.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/records/list.html")]
pub struct RecordsPage {
    frame: Frame,
    action: String,
    service: Select,
    cohort: Select,
    reference: TextInput,
    show: Button,
    /// The cells that the list is narrowed to: their code, and their words.
    cells: Option<(String, String)>,
    all: String,
    /// *1,204 records. The first 200 are shown.*
    sentence: String,
    records: Table,
}

/// Lists the records that pass the filter.
///
/// # Errors
/// There is no such page for those who may not list records.
pub async fn get(
    app: App,
    visitor: Through<ListRecords>,
    RawQuery(query): RawQuery,
) -> page::Result {
    let form = query.and_then(|query| serde_urlencoded::from_str::<FilterForm>(&query).ok());
    let form = form.unwrap_or_default();
    let found = app.store.records.list(&form.filter()).await?;
    let restricted = app.store.restrictions.on(visitor.today).await?;
    let services = app.store.figures.services().await?;
    let frame = visitor.frame(&app, "Records", "Records");
    page::show(&RecordsPage::new(frame, &form, (&services, &restricted), &found))
}

impl FilterForm {
    /// What is not a service, a cohort or the beginning of a reference narrows nothing.
    fn filter(&self) -> RecordFilter {
        let reference = self.reference.trim();
        RecordFilter {
            service: self.service.parse().ok(),
            cohort: Cohort::from_code(&self.cohort),
            cells: self.cells.parse().unwrap_or_default(),
            reference: (!reference.is_empty())
                .then(|| reference.chars().take(Reference::LONGEST).collect()),
        }
    }

    fn is_blank(&self) -> bool {
        let filter = self.filter();
        filter.service.is_none()
            && filter.cohort.is_none()
            && filter.reference.is_none()
            && filter.cells == CellPattern::default()
    }
}

impl RecordsPage {
    fn new(
        frame: Frame,
        form: &FilterForm,
        (services, restricted): (&[(PlaceId, String)], &BTreeSet<RecordId>),
        (lines, matching): &Found,
    ) -> Self {
        let names = services;
        let all = |words: &str| SelectItem::new("", words);
        let services =
            services.iter().map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
        let cohorts = Cohort::ALL.into_iter();
        let cohorts = cohorts.map(|cohort| SelectItem::new(cohort.code(), cohort.words()));
        let field = |name: &str, label: &str| Field::new(name, label).size(LabelSize::Small);
        let reference = field("reference", "Reference begins with");
        Self {
            frame,
            action: links::records(),
            service: Select::new(
                field("service", "Service"),
                std::iter::once(all("All services")).chain(services).collect(),
            )
            .value(form.service.clone()),
            cohort: Select::new(
                field("cohort", "Cohort"),
                std::iter::once(all("All cohorts")).chain(cohorts).collect(),
            )
            .value(form.cohort.clone()),
            reference: TextInput::new(reference)
                .kind(InputKind::Search)
                .width(InputWidth::Characters10)
                .value(form.reference.clone()),
            cells: cells(form, names),
            all: links::records(),
            show: Button::submit("Show records").secondary(),
            sentence: sentence(*matching, lines.len(), form.is_blank()),
            records: table(lines, restricted),
        }
    }

    /// No record, a few, and more than fit with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let frame = || Frame::new("Records");
        let services = [(PlaceId(4), HOSTILE.to_owned())];
        let hostile = FilterForm {
            service: "4".to_owned(),
            cohort: HOSTILE.to_owned(),
            reference: HOSTILE.to_owned(),
            cells: "4.any.any.yes.out_of_area.any".to_owned(),
        };
        let lines = super::sample::lines();
        let (none, all) = (BTreeSet::new(), BTreeSet::from([RecordId(7)]));
        vec![
            Self::new(frame(), &FilterForm::default(), (&[], &none), &(Vec::new(), 0)),
            Self::new(frame(), &FilterForm::default(), (&services, &all), &(lines.clone(), 2)),
            Self::new(frame(), &hostile, (&services, &none), &(lines, 1204)),
        ]
    }
}

/// The cells that the list is narrowed to; none where it is narrowed to none.
fn cells(form: &FilterForm, services: &[(PlaceId, String)]) -> Option<(String, String)> {
    let pattern = form.filter().cells;
    let service = match pattern.within {
        Within::Service(id) => services.iter().find(|(service, _)| *service == id),
        Within::Anywhere | Within::NoService => None,
    };
    let words = || pattern.words(service.map(|(_, name)| name.as_str()));
    (pattern != CellPattern::default()).then(|| (pattern.to_string(), words()))
}

fn sentence(matching: u32, shown: usize, is_blank: bool) -> String {
    let records = words::sentence_case(&words::count(matching.into(), &RECORD));
    let open = if is_blank { "open on the current case list" } else { "open and chosen here" };
    let first = usize::try_from(matching).is_ok_and(|matching| matching > shown);
    let first = if first {
        format!(" The first {shown} are shown, by reference: choose fewer to see the others.")
    } else {
        String::new()
    };
    let is = words::agree(matching.into(), "is", "are");
    format!("{records} {is} {open}.{first}")
}

fn table(lines: &[RecordLine], restricted: &BTreeSet<RecordId>) -> Table {
    let columns = vec![
        Column::words("Reference"),
        Column::words("Cohort"),
        Column::words("Team"),
        Column::words("Last audited"),
    ];
    let row = |line: &RecordLine| {
        // Of a restricted record a list says the reference, and nothing else.
        if restricted.contains(&line.id) {
            let hidden = || Content::text("Restricted");
            let reference = Content::link(line.reference.to_string(), links::record(line.id));
            return vec![reference, hidden(), hidden(), hidden()];
        }
        vec![
            Content::link(line.reference.to_string(), links::record(line.id)),
            Content::text(line.cohort.words()),
            Content::text(line.team.clone().unwrap_or_else(|| "Not known".to_owned())),
            Content::text(line.audited.map_or("Not audited".to_owned(), Quarter::words)),
        ]
    };
    Table::new("records", "Open records", columns)
        .rows(lines.iter().map(row).collect())
        .empty("There is no record to show.")
}
