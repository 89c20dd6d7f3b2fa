//! Records, staff and records per worker over time, of all services or of one.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::RawQuery;
use jiff::civil::Date;
use quarterlight_domain::staffing::history::Reading;
use quarterlight_domain::staffing::period::{Period, Step, periods, usual_start};
use quarterlight_domain::staffing::trend::{Scope, TrendFacts, TrendRow};
use quarterlight_import::staff_list::month;
use quarterlight_report::staffing as told;
use serde::{Deserialize, Serialize};

use super::sample;
use crate::app::App;
use crate::drawing::Drawing;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, HOSTILE, InputWidth, RadioItem, Radios, Select,
    SelectItem, Table, TextInput,
};
use crate::layout::Frame;
use crate::page::Page;
use crate::permit::{SeeTrend, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// What is to be shown.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct TrendForm {
    service: String,
    step: String,
    from: String,
    until: String,
    reading: String,
}

/// The trend.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/staffing/trend.html")]
pub struct TrendPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    service: Select,
    step: Radios,
    from: TextInput,
    until: TextInput,
    reading: Radios,
    show: Button,
    scope: String,
    sentence: String,
    read_as: &'static str,
    picture: Option<Drawing>,
    rows: Table,
    file: String,
    services: Table,
    notes: [&'static str; 5],
}

/// What the page is called, and the part of the product that it is.
pub const TITLE: &str = "Service trend";

/// What stands before the name of a team, so that it is told from a service.
const TEAM: &str = "team: ";

/// What was asked for, read.
struct Asked {
    periods: Vec<Period>,
    scope: Scope,
    reading: Reading,
}

/// Shows the trend.
///
/// # Errors
/// There is no such page for those who may not see it.
pub async fn get(app: App, visitor: Through<SeeTrend>, RawQuery(query): RawQuery) -> page::Result {
    let form = TrendForm::of(query, visitor.today);
    let mut errors = Errors::default();
    let asked = form.read(visitor.today, &mut errors);
    let facts = app.store.figures.trend(&asked.periods).await?;
    let page = TrendPage::new(frame(&app, &visitor), &form, (&facts, &asked), &errors);
    if errors.is_empty() { page::show(&page) } else { page::again(&page) }
}

/// The same figures as a file.
///
/// # Errors
/// There is no such file for those who may not see the page, or for what cannot be shown on it.
pub async fn file(app: App, visitor: Through<SeeTrend>, RawQuery(query): RawQuery) -> page::Result {
    let form = TrendForm::of(query, visitor.today);
    let mut errors = Errors::default();
    let asked = form.read(visitor.today, &mut errors);
    if !errors.is_empty() {
        return Err(Failure::NotFound);
    }
    let facts = app.store.figures.trend(&asked.periods).await?;
    let text = told::csv(&facts.rows(&asked.scope, asked.reading));
    Ok(Page::Download {
        name: "service-trend.csv".to_owned(),
        content_type: "text/csv; charset=utf-8",
        bytes: text.into_bytes(),
    })
}

fn frame(app: &App, visitor: &SignedIn) -> Frame {
    visitor.frame(app, TITLE, TITLE)
}

fn typed_month(day: Date) -> String {
    format!("{}-{:02}", day.year(), day.month())
}

impl TrendForm {
    /// What the address asks for; eighteen months where it does not say.
    fn of(query: Option<String>, today: Date) -> Self {
        let form: Self = serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
        let or = |typed: String, usual: Date| {
            if typed.trim().is_empty() { typed_month(usual) } else { typed }
        };
        Self { from: or(form.from, usual_start(today)), until: or(form.until, today), ..form }
    }

    fn read(&self, today: Date, errors: &mut Errors) -> Asked {
        let step = Step::from_code(&self.step).unwrap_or_default();
        let from = errors.keep("from", month(&self.from));
        let until = errors.keep("until", month(&self.until));
        let asked = from.zip(until).and_then(|(from, until)| {
            errors.keep("until", periods(from, until.last_of_month(), step))
        });
        let usual = || periods(usual_start(today), today, step).unwrap_or_default();
        Asked {
            periods: asked.unwrap_or_else(usual),
            scope: match self.service.as_str() {
                "" => Scope::All,
                name => match name.strip_prefix(TEAM) {
                    Some(team) => Scope::Team(team.to_owned()),
                    None => Scope::Service(name.to_owned()),
                },
            },
            reading: Reading::from_code(&self.reading).unwrap_or_default(),
        }
    }
}

impl TrendPage {
    fn new(
        mut frame: Frame,
        form: &TrendForm,
        (facts, asked): (&TrendFacts, &Asked),
        errors: &Errors,
    ) -> Self {
        frame.has_errors = !errors.is_empty();
        let reading = asked.reading;
        let rows = facts.rows(&asked.scope, reading);
        let standings = facts.standings(reading);
        let teams: BTreeSet<String> = standings.iter().map(|it| it.team.clone()).collect();
        let names: BTreeSet<String> = standings.into_iter().filter_map(|it| it.service).collect();
        let mut items = vec![SelectItem::new("", "All services")];
        items.extend(names.iter().map(|name| SelectItem::new(name.clone(), name.clone())));
        let team =
            |name: &String| SelectItem::new(format!("{TEAM}{name}"), format!("Team: {name}"));
        items.extend(teams.iter().map(team));
        let from = Field::new("from", "From which month?")
            .hint("As a year and a month, such as 2026-04.")
            .error(errors.at("from"));
        let until = Field::new("until", "Until which month?").error(errors.at("until"));
        let steps = vec![RadioItem::new("month", "Month"), RadioItem::new("quarter", "Quarter")];
        let readings = vec![
            RadioItem::new("now", "What they are now"),
            RadioItem::new("then", "What they were then"),
        ];
        let step = match asked.periods.first().map(|it| it.step) {
            Some(Step::Quarter) => "quarter",
            _ => "month",
        };
        Self {
            frame,
            errors: ErrorSummary::new().field(&from).field(&until),
            action: links::trend(),
            service: Select::new(Field::new("service", "Which service or team?"), items)
                .value(form.service.clone()),
            step: Radios::new(Field::new("step", "By month or by quarter?"), steps)
                .value(step.to_owned())
                .inline(),
            from: TextInput::new(from).value(form.from.clone()).width(InputWidth::Characters10),
            until: TextInput::new(until).value(form.until.clone()).width(InputWidth::Characters10),
            reading: Radios::new(
                Field::new("reading", "Teams that were renamed, moved or merged are counted under")
                    .hint("Their records and staff are kept either way."),
                readings,
            )
            .value(reading.code().to_owned()),
            show: Button::submit("Show").secondary(),
            scope: match &asked.scope {
                Scope::Service(name) | Scope::Team(name) => name.clone(),
                Scope::All => "All services".to_owned(),
            },
            sentence: told::said(&rows),
            read_as: reading.sentence(),
            picture: told::figure(&rows).map(|figure| Drawing::of(&figure)),
            rows: table(&rows),
            file: links::trend_file(&serde_urlencoded::to_string(form).unwrap_or_default()),
            services: services(facts, &names, reading),
            notes: told::NOTES,
        }
    }

    /// Nothing known, a trend with hostile words, and months that are none.
    pub fn samples() -> Vec<Self> {
        let today = sample::TODAY;
        let shown = |facts: &TrendFacts, query: &str| {
            let form = TrendForm::of(Some(query.to_owned()), today);
            let mut errors = Errors::default();
            let asked = form.read(today, &mut errors);
            Self::new(Frame::new(TITLE), &form, (facts, &asked), &errors)
        };
        vec![
            shown(&TrendFacts::default(), ""),
            shown(&sample::facts(HOSTILE), "reading=then&step=quarter"),
            shown(&sample::facts("Children in Care"), "from=soon&until=2026-13"),
        ]
    }
}

fn table(rows: &[TrendRow]) -> Table {
    let [period, day, records, rest @ ..] = told::HEADINGS;
    let mut columns = [period, day, records].map(Column::words).to_vec();
    columns.extend(rest.map(Column::words));
    Table::new("rows", "Records and staff", columns)
        .rows(rows.iter().map(|row| told::cells(row).map(Content::text).to_vec()).collect())
        .empty("There is no period to show.")
}

/// The first and the last period of which all is known, service by service, by name.
fn services(facts: &TrendFacts, names: &BTreeSet<String>, reading: Reading) -> Table {
    let columns = ["Service", "Period", "Records open", "Staff", "Records for each"];
    let mut lines = Vec::new();
    for name in names {
        let rows = facts.rows(&Scope::Service(name.clone()), reading);
        let mut told_of = rows.iter().filter(|row| row.open.is_some() && row.teams.1 > 0);
        let (first, last) = (told_of.next(), told_of.next_back());
        for row in first.into_iter().chain(last) {
            let [period, _, records, staff, each, ..] = told::cells(row);
            lines.push(vec![
                Content::text(name.clone()),
                Content::text(period),
                Content::text(records),
                Content::text(staff),
                Content::text(each),
            ]);
        }
    }
    Table::new(
        "services",
        "Each service, first and last period",
        columns.map(Column::words).to_vec(),
    )
    .rows(lines)
    .empty("No service has records or staff in these periods.")
}
