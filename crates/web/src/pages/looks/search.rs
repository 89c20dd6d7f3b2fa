//! Looking through the looks by record, person, days and kind: as a page, and as a workbook. Both are
//! noted before they are shown.

use askama::Template;
use axum::extract::RawQuery;
use jiff::Timestamp;
use quarterlight_domain::person::Person;
use quarterlight_domain::stamp::{day_in_england, moment_in_words, time_in_england};
use quarterlight_report::sheet::{Sheet, SheetCell, Workbook};
use quarterlight_report::words::Noun;
use quarterlight_store::{LookFilter, LookKind, LookLine};
use serde::Deserialize;

use crate::app::App;
use crate::chosen::chosen;
use crate::error::Failure;
use crate::form::{Errors, TypedPeriod};
use crate::govuk::{
    Button, Column, Content, DateInput, ErrorSummary, Field, HOSTILE, InputKind, InputWidth,
    LabelSize, Select, SelectItem, Table, TextInput,
};
use crate::layout::Frame;
use crate::page::Page;
use crate::permit::{SearchLooks, Through};
use crate::{links, page};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How many looks a page shows, and how many a workbook holds.
const ON_A_PAGE: usize = 200;
const IN_A_FILE: usize = 50_000;

const LOOK: Noun = Noun::new("look", "looks");

/// What is looked for, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    reference: String,
    person: String,
    kind: String,
    #[serde(flatten)]
    period: TypedPeriod,
}

/// Who looked through the looks: the name, when, how much was found, and whether it left as a file.
type Searches = Vec<(String, Timestamp, u32, bool)>;

/// The looks that were looked for.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/looks/search.html")]
pub struct SearchPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    reference: TextInput,
    person: Select,
    from: DateInput,
    until: DateInput,
    kind: Select,
    show: Button,
    sentence: String,
    workbook: String,
    unusual: String,
    looks: Table,
    searches: Table,
}

/// Shows the looks that were looked for.
///
/// # Errors
/// There is no such page for those who do not answer for access.
pub async fn get(
    app: App,
    visitor: Through<SearchLooks>,
    RawQuery(query): RawQuery,
) -> page::Result {
    let form = read(query.as_deref());
    let mut errors = Errors::default();
    let filter = form.filter(&app, &mut errors).await?;
    let people: Vec<Person> =
        app.store.people.all().await?.into_iter().map(|line| line.person).collect();
    let frame = visitor.frame(&app, TITLE, TITLE);
    let Some(filter) = filter else {
        let searches = app.store.looks.searches().await?;
        let page = SearchPage::new(frame, (&form, query.as_deref()), &people, &errors);
        return page::again(&page.found(&(Vec::new(), 0), &searches));
    };
    let found = app.store.looks.search(&filter, ON_A_PAGE).await?;
    let noted = (found.1, false);
    app.store.looks.note_search(Some(visitor.id()), visitor.at, &filter, noted).await?;
    let searches = app.store.looks.searches().await?;
    let page = SearchPage::new(frame, (&form, query.as_deref()), &people, &errors);
    page::show(&page.found(&found, &searches))
}

/// The same looks as a workbook.
///
/// # Errors
/// There is no such file for those who do not answer for access.
pub async fn workbook(
    app: App,
    visitor: Through<SearchLooks>,
    RawQuery(query): RawQuery,
) -> page::Result {
    let form = read(query.as_deref());
    let filter = form.filter(&app, &mut Errors::default()).await?.ok_or(Failure::NotFound)?;
    let (lines, count) = app.store.looks.search(&filter, IN_A_FILE).await?;
    let noted = (count, true);
    app.store.looks.note_search(Some(visitor.id()), visitor.at, &filter, noted).await?;
    let bytes = (app.xlsx)(&sheets(&lines))?;
    Ok(Page::Download { name: "looks.xlsx".to_owned(), content_type: XLSX, bytes })
}

const TITLE: &str = "Looks";

fn read(query: Option<&str>) -> SearchForm {
    let form = query.and_then(|query| serde_urlencoded::from_str(query).ok());
    form.unwrap_or_default()
}

impl SearchForm {
    async fn filter(&self, app: &App, errors: &mut Errors) -> Result<Option<LookFilter>, Failure> {
        let reference = self.reference.trim();
        let record = if reference.is_empty() {
            None
        } else {
            let found = app.store.looks.record_called(reference).await?;
            if found.is_none() {
                errors.say("reference", "Enter the exact reference of a record, such as R-2043");
            }
            found
        };
        let (from, until) = self.period.open(errors);
        let filter = LookFilter {
            record,
            person: self.person.parse().ok(),
            from,
            until,
            kind: LookKind::from_code(&self.kind),
        };
        Ok(errors.is_empty().then_some(filter))
    }
}

impl SearchPage {
    fn new(
        frame: Frame,
        (form, query): (&SearchForm, Option<&str>),
        people: &[Person],
        errors: &Errors,
    ) -> Self {
        let field = |name: &str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let all = |words: &str| std::iter::once(SelectItem::new("", words));
        let names = people.iter().map(|it| SelectItem::new(it.id.to_string(), it.name.clone()));
        let kinds = LookKind::ALL.into_iter();
        let kinds = kinds.map(|kind| SelectItem::new(kind.code(), words_of(kind)));
        let reference = TextInput::new(field("reference", "Record’s reference"))
            .kind(InputKind::Search)
            .width(InputWidth::Characters10)
            .value(form.reference.clone());
        let from = form.period.from().shown_in(DateInput::new(field("from", "From")));
        let until = form.period.until().shown_in(DateInput::new(field("until", "Until")));
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&reference.field).date(&from).date(&until),
            action: links::search_looks(),
            reference,
            person: Select::new(field("person", "Who"), all("Everybody").chain(names).collect())
                .value(form.person.clone()),
            from,
            until,
            kind: Select::new(field("kind", "Kind"), all("Every kind").chain(kinds).collect())
                .value(form.kind.clone()),
            show: Button::submit("Show looks").secondary(),
            sentence: String::new(),
            workbook: links::looks_workbook(query.unwrap_or_default()),
            unusual: links::unusual_looks(),
            looks: Table::default(),
            searches: Table::default(),
        }
    }

    fn found(self, (lines, count): &(Vec<LookLine>, u32), searches: &Searches) -> Self {
        Self {
            sentence: chosen(*count, lines.len(), &LOOK),
            looks: table(lines),
            searches: searched(searches),
            ..self
        }
    }

    /// No look, and looks with hostile words and an error.
    pub fn samples() -> Vec<Self> {
        use quarterlight_domain::id::RecordId;

        let frame = || Frame::new(TITLE);
        let none = Errors::default();
        let mut errors = Errors::default();
        errors.say("reference", "Enter the exact reference of a record, such as R-2043");
        let form = SearchForm { reference: HOSTILE.to_owned(), ..SearchForm::default() };
        let look = |why: Option<&str>, by_glass| LookLine {
            name: HOSTILE.to_owned(),
            record: RecordId(7),
            reference: "R-2043".to_owned(),
            page: "/records/7".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            why: why.map(str::to_owned),
            by_glass,
        };
        let lines = vec![look(None, false), look(Some(HOSTILE), true), look(Some("x"), false)];
        let searches = vec![(HOSTILE.to_owned(), Timestamp::UNIX_EPOCH, 3, true)];
        let empty = Self::new(frame(), (&SearchForm::default(), None), &[], &none);
        let hostile = Self::new(frame(), (&form, Some("reference=R-1")), &[], &errors);
        vec![empty.found(&(Vec::new(), 0), &Vec::new()), hostile.found(&(lines, 900), &searches)]
    }
}

const fn words_of(kind: LookKind) -> &'static str {
    match kind {
        LookKind::Page => "Pages",
        LookKind::File => "Files that were taken",
        LookKind::Reason => "At restricted records",
        LookKind::Glass => "By break-glass",
    }
}

fn why(line: &LookLine) -> String {
    match (&line.why, line.by_glass) {
        (Some(why), true) => format!("Break-glass: {why}"),
        (Some(why), false) => why.clone(),
        (None, _) => "Not asked".to_owned(),
    }
}

fn table(lines: &[LookLine]) -> Table {
    let columns = vec![
        Column::words("When"),
        Column::words("Who"),
        Column::words("Record"),
        Column::words("Page"),
        Column::words("Why"),
    ];
    let row = |line: &LookLine| {
        vec![
            Content::text(moment_in_words(line.at)),
            Content::text(line.name.clone()),
            Content::link(line.reference.clone(), links::looks(line.record)),
            Content::text(line.page.clone()),
            Content::written(why(line)),
        ]
    };
    Table::new("looks", "Looks, the latest first", columns)
        .rows(lines.iter().map(row).collect())
        .empty("Nobody looked.")
}

fn searched(searches: &Searches) -> Table {
    let columns = vec![
        Column::words("When"),
        Column::words("Who"),
        Column::words("As"),
        Column::numbers("Looks found"),
    ];
    let row = |(name, at, found, as_file): &(String, Timestamp, u32, bool)| {
        vec![
            Content::text(moment_in_words(*at)),
            Content::text(name.clone()),
            Content::text(if *as_file { "A workbook" } else { "A page" }),
            Content::text(found.to_string()),
        ]
    };
    Table::new("searches", "Who looked through the looks lately", columns)
        .rows(searches.iter().map(row).collect())
        .empty("Nobody has.")
}

fn sheets(lines: &[LookLine]) -> Workbook {
    let headings =
        [("Day", 14), ("Time", 8), ("Who", 28), ("Record", 14), ("Page", 40), ("Why", 60)];
    let row = |line: &LookLine| {
        vec![
            SheetCell::Day(day_in_england(line.at)),
            time_in_england(line.at).into(),
            line.name.clone().into(),
            line.reference.clone().into(),
            line.page.clone().into(),
            why(line).into(),
        ]
    };
    Workbook {
        sheets: vec![Sheet {
            name: "Looks".to_owned(),
            headings: headings.map(|(heading, width)| (heading.to_owned(), width)).to_vec(),
            rows: lines.iter().map(row).collect(),
            filling: Vec::new(),
        }],
    }
}
