//! Who has read the private part of a report, from the day on which it was built: as a page, and as a file.

use askama::Template;
use axum::extract::RawQuery;
use jiff::Timestamp;
use quarterlight_domain::id::ReportId;
use quarterlight_domain::person::Person;
use quarterlight_domain::stamp::{day_in_england, moment_in_words, time_in_england};
use quarterlight_report::safe;
use quarterlight_report::words::Noun;
use quarterlight_store::{ReadFilter, ReadLine, ReportLine};
use serde::Deserialize;

use crate::app::App;
use crate::chosen::chosen;
use crate::error::Failure;
use crate::form::{Errors, TypedDate, TypedPeriod};
use crate::govuk::{
    Button, Column, Content, DateInput, ErrorSummary, Field, HOSTILE, LabelSize, Select,
    SelectItem, Table,
};
use crate::layout::Frame;
use crate::page::Page;
use crate::permit::{SeeReaders, Through};
use crate::{links, page};

/// How many readings a page shows, and how many a file holds.
const ON_A_PAGE: usize = 200;
const IN_A_FILE: usize = 50_000;

const READING: Noun = Noun::new("reading", "readings");

const TITLE: &str = "Who has read private parts of reports";

/// What is looked for, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReadersForm {
    report: String,
    person: String,
    #[serde(flatten)]
    period: TypedPeriod,
}

/// The readings that were looked for.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/readers.html")]
pub struct ReadersPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    report: Select,
    person: Select,
    from: DateInput,
    until: DateInput,
    show: Button,
    sentence: String,
    csv: String,
    readings: Table,
}

/// Shows the readings.
///
/// # Errors
/// There is no such page for those who answer neither for reports nor for access.
pub async fn get(
    app: App,
    visitor: Through<SeeReaders>,
    RawQuery(query): RawQuery,
) -> page::Result {
    let form = read(query.as_deref());
    let mut errors = Errors::default();
    let filter = form.filter(&mut errors);
    let people: Vec<Person> =
        app.store.people.all().await?.into_iter().map(|line| line.person).collect();
    let reports = app.store.reports.all().await?;
    let frame = visitor.frame(&app, TITLE, "Who read reports");
    let page = ReadersPage::new(frame, (&form, query.as_deref()), (&people, &reports), &errors);
    let Some(filter) = filter else { return page::again(&page) };
    page::show(&page.found(&app.store.releases.readers(&filter, ON_A_PAGE).await?))
}

/// The same readings as a file of comma-separated values.
///
/// # Errors
/// There is no such file for those who answer neither for reports nor for access.
pub async fn csv(app: App, _: Through<SeeReaders>, RawQuery(query): RawQuery) -> page::Result {
    let filter = read(query.as_deref()).filter(&mut Errors::default()).ok_or(Failure::NotFound)?;
    let (lines, _) = app.store.releases.readers(&filter, IN_A_FILE).await?;
    Ok(Page::Download {
        name: "who-read-reports.csv".to_owned(),
        content_type: "text/csv; charset=utf-8",
        bytes: in_lines(&lines).into_bytes(),
    })
}

fn read(query: Option<&str>) -> ReadersForm {
    let form = query.and_then(|query| serde_urlencoded::from_str(query).ok());
    form.unwrap_or_default()
}

impl ReadersForm {
    fn filter(&self, errors: &mut Errors) -> Option<ReadFilter> {
        let (from, until) = self.period.open(errors);
        let (report, person) = (self.report.parse().ok(), self.person.parse().ok());
        errors.is_empty().then_some(ReadFilter { report, person, from, until })
    }
}

impl ReadersPage {
    fn new(
        frame: Frame,
        (form, query): (&ReadersForm, Option<&str>),
        (people, reports): (&[Person], &[ReportLine]),
        errors: &Errors,
    ) -> Self {
        let field = |name: &str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let all = |words: &str| std::iter::once(SelectItem::new("", words));
        let titles = reports.iter().map(|it| SelectItem::new(it.id.to_string(), it.title.clone()));
        let names = people.iter().map(|it| SelectItem::new(it.id.to_string(), it.name.clone()));
        let from = form.period.from().shown_in(DateInput::new(field("from", "From")));
        let until = form.period.until().shown_in(DateInput::new(field("until", "Until")));
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().date(&from).date(&until),
            action: links::report_readers(None),
            report: Select::new(
                field("report", "Report"),
                all("Every report").chain(titles).collect(),
            )
            .value(form.report.clone()),
            person: Select::new(field("person", "Who"), all("Everybody").chain(names).collect())
                .value(form.person.clone()),
            from,
            until,
            show: Button::submit("Show readings").secondary(),
            sentence: String::new(),
            csv: links::report_readers_csv(query.unwrap_or_default()),
            readings: table(&[]),
        }
    }

    fn found(self, (lines, count): &(Vec<ReadLine>, u32)) -> Self {
        let sentence = chosen(*count, lines.len(), &READING);
        Self { sentence, readings: table(lines), ..self }
    }

    /// Nobody, and readers with hostile names and an error.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new(TITLE);
        let mut errors = Errors::default();
        errors.say("from", "Enter a day, such as 3 5 2026");
        let typed = TypedDate { day: HOSTILE.to_owned(), ..TypedDate::default() };
        let form = ReadersForm { period: TypedPeriod::starting(typed), ..ReadersForm::default() };
        let line = |report| ReadLine {
            name: HOSTILE.to_owned(),
            title: HOSTILE.to_owned(),
            report,
            page: "/reports/3/file/pdf".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        let lines = vec![line(Some(ReportId(3))), line(None)];
        let none = (&ReadersForm::default(), None);
        let empty = Self::new(frame(), none, (&[], &[]), &Errors::default());
        let hostile = Self::new(frame(), (&form, Some("report=3")), (&[], &[]), &errors);
        vec![empty.found(&(Vec::new(), 0)), hostile.found(&(lines, 900))]
    }
}

fn what(line: &ReadLine) -> &'static str {
    match (line.report, line.page.contains("/file/")) {
        (_, true) => "A file",
        (Some(_), false) => "The released report",
        (None, false) => "The report before its release",
    }
}

fn table(lines: &[ReadLine]) -> Table {
    let columns = ["When", "Who", "Report", "What"].map(Column::words);
    let row = |line: &ReadLine| {
        vec![
            Content::text(moment_in_words(line.at)),
            Content::text(line.name.clone()),
            Content::text(line.title.clone()),
            Content::text(what(line)),
        ]
    };
    Table::new("readings", "Readings, the latest first", columns.into())
        .rows(lines.iter().map(row).collect())
        .empty("Nobody has read it.")
}

/// One line for each reading, with no word that a spreadsheet would run.
fn in_lines(lines: &[ReadLine]) -> String {
    let quoted = |text: &str| format!("\"{}\"", safe::words(text).replace('"', "\"\""));
    let mut text = "day,time,who,report,what,page\r\n".to_owned();
    for line in lines {
        let (day, time) = (day_in_england(line.at).to_string(), time_in_england(line.at));
        let cells = [day.as_str(), &time, &line.name, &line.title, what(line), &line.page];
        let cells = cells.map(quoted);
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spreadsheet_runs_a_name() {
        let line = |name: &str| ReadLine {
            name: name.to_owned(),
            title: "Quarter, \"one\"".to_owned(),
            report: None,
            page: "/reports/prepared/1/parts/2".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        let text = in_lines(&[line("=HYPERLINK(\"http://elsewhere\")"), line("Ada")]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].contains(",\"'=HYPERLINK(\"\"http://elsewhere\"\")\","), "{}", lines[1]);
        assert!(lines[2].contains(",\"Ada\",\"Quarter, \"\"one\"\"\","), "{}", lines[2]);
    }
}
