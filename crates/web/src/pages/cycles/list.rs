//! Every cycle with its progress, and the form to open the next.

use std::collections::BTreeMap;

use askama::Template;
use jiff::civil::{Date, date};
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::id::{EditionId, PlaceId};
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::refusal::Refusal;
use quarterlight_report::words;
use quarterlight_store::CycleProgress;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{Button, Column, Content, DateInput, ErrorSummary, Field, LabelSize, Table};
use crate::layout::Frame;
use crate::permit::{RunCycles, SeeCycles, Through};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OpenForm {
    /// The quarter that the page offered, so that the same form twice opens one cycle.
    quarter: String,
    #[serde(rename = "due-day")]
    day: String,
    #[serde(rename = "due-month")]
    month: String,
    #[serde(rename = "due-year")]
    year: String,
}

/// The quarter that can be opened next, and the edition that its audits will be made on.
#[derive(Debug, Clone)]
pub enum Next {
    /// It can be opened.
    Open {
        /// The quarter.
        quarter: Quarter,
        /// The edition in force when it begins.
        edition: EditionId,
        /// The editions of the services that the programme audits by a framework of their own.
        own: BTreeMap<PlaceId, EditionId>,
        /// On which editions its audits will be made, in words.
        title: String,
    },
    /// It cannot, and this is why.
    NotYet(String),
}

/// The form to open the next cycle.
#[derive(Debug, Clone)]
pub struct Opening {
    quarter: String,
    heading: String,
    edition: String,
    due: DateInput,
    open: Button,
}

/// Every cycle.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/list.html")]
pub struct CyclesPage {
    frame: Frame,
    errors: ErrorSummary,
    cycles: Table,
    action: String,
    opening: Option<Opening>,
    not_yet: Option<String>,
}

/// Shows every cycle.
///
/// # Errors
/// There is no such page for those who may not see cycles.
pub async fn get(app: App, visitor: Through<SeeCycles>) -> page::Result {
    let cycles = app.store.cycles.all().await?;
    let next = if permits(&visitor.person, Deed::RunCycles, visitor.today) {
        Some(next(&app, &cycles, visitor.today).await?)
    } else {
        None
    };
    let frame = visitor.frame(&app, "Cycles", "Cycles");
    page::show(&CyclesPage::new(frame, &cycles, next.as_ref(), (None, &Errors::default())))
}

/// Opens the next cycle.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn post(
    app: App,
    visitor: Through<RunCycles>,
    Filled(form): Filled<OpenForm>,
) -> page::Result {
    let cycles = app.store.cycles.all().await?;
    // The form came twice: the cycle is there.
    if let Some(open) = cycles.iter().find(|it| it.cycle.quarter.to_string() == form.quarter) {
        return page::see_other(links::cycle(open.cycle.id));
    }
    let next = next(&app, &cycles, visitor.today).await?;
    let (quarter, edition, own) = match &next {
        Next::Open { quarter, edition, own, .. } => (*quarter, *edition, own),
        Next::NotYet(sentence) => return Err(Refusal::because(sentence.clone()).into()),
    };
    let mut errors = Errors::default();
    let Some(due) = errors.keep("due", due(&form.typed(), quarter, visitor.today)) else {
        let frame = visitor.frame(&app, "Cycles", "Cycles");
        let trouble = (Some(&form), &errors);
        return page::again(&CyclesPage::new(frame, &cycles, Some(&next), trouble));
    };
    let stamp = visitor.stamp("opened a cycle");
    match app.store.cycles.open_with(&stamp, (quarter, due), edition, own).await {
        Ok(id) => page::see_other(links::cycle(id)),
        Err(fault) if fault.is_duplicate() => page::see_other(links::cycles()),
        Err(fault) => Err(fault.into()),
    }
}

impl OpenForm {
    fn typed(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }
}

/// The quarter after the latest cycle, or this quarter where that has no cycle yet. Nobody opens
/// one more than a quarter ahead: its sample would be drawn from a list that is long out of date.
async fn next(app: &App, cycles: &[CycleProgress], today: Date) -> Result<Next, Failure> {
    let now = Quarter::of(today);
    let quarter = cycles.first().map_or(now, |latest| latest.cycle.quarter.after().max(now));
    if quarter > now.after() {
        return Ok(Next::NotYet(format!(
            "The cycle of {} can be opened from {}.",
            quarter.words(),
            day_in_words(quarter.before().first_day())
        )));
    }
    let in_force = app.store.frameworks.in_force_on(quarter.first_day().max(today)).await?;
    if let Some(edition) = in_force
        && let Some(agreed) = app.store.frameworks.edition(edition).await?
    {
        let (own, words) = own(app, quarter, today).await?;
        let title = format!("{}{words}", agreed.title());
        return Ok(Next::Open { quarter, edition, own, title });
    }
    Ok(Next::NotYet(format!(
        "No framework is in force, so the cycle of {} cannot be opened yet.",
        quarter.words()
    )))
}

/// The editions of the services that the programme audits by a framework of their own, and those
/// in words. A framework that has no edition in force then gives way to the one for all.
async fn own(
    app: &App,
    quarter: Quarter,
    today: Date,
) -> Result<(BTreeMap<PlaceId, EditionId>, String), Failure> {
    let (mut own, mut words) = (BTreeMap::new(), String::new());
    let Some(programme) = app.store.programmes.current(quarter.year()).await? else {
        return Ok((own, words));
    };
    let day = quarter.first_day().max(today);
    let in_force = app.store.programmes.frameworks_on(day).await?;
    let services = app.store.figures.services().await?;
    for (service, framework) in &programme.frameworks {
        let name = services.iter().find(|(id, _)| id == service).map(|(_, name)| name);
        if let Some((edition, name)) = in_force.get(framework).zip(name) {
            own.insert(*service, *edition);
            words = format!("{words}; in {name} on {framework}");
        }
    }
    Ok((own, words))
}

/// The day by which the audits are due: in the quarter or after it, and not past.
fn due(typed: &TypedDate, quarter: Quarter, today: Date) -> Result<Date, Refusal> {
    let day = typed.read()?;
    let first = quarter.first_day().max(today);
    if day < first {
        return Err(Refusal::because(format!("Enter {} or a later date.", day_in_words(first))));
    }
    if day > quarter.after().last_day() {
        return Err(Refusal::because(format!(
            "Enter {} or an earlier date: the next quarter’s audits would be due before.",
            day_in_words(quarter.after().last_day())
        )));
    }
    Ok(day)
}

impl CyclesPage {
    fn new(
        frame: Frame,
        cycles: &[CycleProgress],
        next: Option<&Next>,
        (form, errors): (Option<&OpenForm>, &Errors),
    ) -> Self {
        let opening = match next {
            Some(Next::Open { quarter, title, .. }) => {
                Some(Opening::new(*quarter, title, form, errors))
            }
            _ => None,
        };
        let not_yet = match next {
            Some(Next::NotYet(sentence)) => Some(sentence.clone()),
            _ => None,
        };
        let summary = ErrorSummary::new();
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: opening.as_ref().map_or(summary, |it| ErrorSummary::new().date(&it.due)),
            cycles: table(cycles),
            action: links::cycles(),
            opening,
            not_yet,
        }
    }

    /// No cycle yet, several for somebody who only sees them, and hostile words with an error.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let frame = || Frame::new("Cycles");
        let cycles: Vec<CycleProgress> =
            super::sample::cycles().into_iter().map(|cycle| cycle.progress).collect();
        let quarter = Quarter::of(date(2027, 1, 1));
        let own = BTreeMap::new();
        let open = Next::Open { quarter, edition: EditionId(1), own, title: HOSTILE.to_owned() };
        let mut errors = Errors::default();
        errors.say("due", HOSTILE);
        let form = OpenForm { day: HOSTILE.to_owned(), ..OpenForm::default() };
        let fine = Errors::default();
        let not_yet = Next::NotYet("No framework is in force.".to_owned());
        vec![
            Self::new(frame(), &[], Some(&not_yet), (None, &fine)),
            Self::new(frame(), &cycles, None, (None, &fine)),
            Self::new(frame(), &cycles, Some(&open), (None, &fine)),
            Self::new(frame(), &cycles, Some(&open), (Some(&form), &errors)),
        ]
    }
}

impl Opening {
    fn new(quarter: Quarter, edition: &str, form: Option<&OpenForm>, errors: &Errors) -> Self {
        let typed = form.map_or_else(|| TypedDate::of(quarter.last_day()), OpenForm::typed);
        let due = Field::new("due", "When are the audits due?")
            .size(LabelSize::Small)
            .error(errors.at("due"));
        Self {
            quarter: quarter.to_string(),
            heading: format!("Open the cycle of {}", quarter.words()),
            edition: edition.to_owned(),
            due: typed.shown_in(DateInput::new(due)),
            open: Button::submit("Open the cycle"),
        }
    }
}

fn table(cycles: &[CycleProgress]) -> Table {
    let columns = vec![
        Column::words("Quarter"),
        Column::numbers("Drawn"),
        Column::numbers("Assigned"),
        Column::numbers("Started"),
        Column::numbers("Submitted"),
        Column::words("Due"),
    ];
    let row = |progress: &CycleProgress| {
        let number = |number: u32| Content::text(words::whole(number.into()));
        let cycle = &progress.cycle;
        vec![
            Content::link(cycle.quarter.words(), links::cycle(cycle.id)),
            number(progress.drawn),
            number(progress.assigned),
            number(progress.started),
            number(progress.submitted),
            day_in_words(cycle.due).into(),
        ]
    };
    Table::new("cycles", "Every cycle, the latest first", columns)
        .rows(cycles.iter().map(row).collect())
        .empty("No cycle has been opened yet.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audits_are_due_in_the_quarter_or_the_next_and_never_in_the_past() {
        let quarter = Quarter::new(2026, 4).unwrap();
        let on = |day: Date, today| due(&TypedDate::of(day), quarter, today);
        assert!(on(date(2026, 12, 11), date(2026, 9, 20)).is_ok());
        assert!(on(date(2027, 1, 8), date(2026, 9, 20)).is_ok());
        assert!(on(date(2026, 9, 30), date(2026, 9, 20)).is_err(), "before the quarter");
        assert!(on(date(2026, 11, 22), date(2026, 11, 23)).is_err(), "in the past");
        assert!(on(date(2027, 4, 1), date(2026, 9, 20)).is_err(), "after the next quarter");
    }
}
