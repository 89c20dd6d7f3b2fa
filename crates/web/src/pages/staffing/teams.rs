//! What became of teams and services: renamed, moved or merged, from a day.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::place::PlaceKind;
use quarterlight_domain::staffing::history::{Happened, PlaceEvent, PlaceHistory};
use quarterlight_domain::text::Reason;
use quarterlight_store::KeptPlaceEvent;
use serde::Deserialize;

use super::sample;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, Column, Content, DateInput, ErrorSummary, Field, HOSTILE, RadioItem, Radios, Select,
    SelectItem, Table, TextInput, Textarea,
};
use crate::layout::Frame;
use crate::permit::{KeepStaff, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TeamsForm {
    place: String,
    happened: String,
    name: String,
    before: String,
    service: String,
    team: String,
    #[serde(rename = "from-day")]
    day: String,
    #[serde(rename = "from-month")]
    month: String,
    #[serde(rename = "from-year")]
    year: String,
    why: String,
}

/// What became of teams.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/staffing/teams.html")]
pub struct TeamsPage {
    frame: Frame,
    errors: ErrorSummary,
    events: Table,
    action: String,
    place: Select,
    happened: Radios,
    name: TextInput,
    before: TextInput,
    service: Select,
    team: Select,
    from: DateInput,
    why: Textarea,
    record: Button,
}

const TITLE: &str = "What became of teams";

/// Shows what happened, with the form.
///
/// # Errors
/// There is no such page for those who do not keep it.
pub async fn get(app: App, visitor: Through<KeepStaff>) -> page::Result {
    page::show(&load(&app, &visitor, &TeamsForm::default(), &Errors::default()).await?)
}

/// Records what happened to a place.
///
/// # Errors
/// There is no such page for those who do not keep it.
pub async fn post(
    app: App,
    visitor: Through<KeepStaff>,
    Filled(form): Filled<TeamsForm>,
) -> page::Result {
    let history = app.store.staffing.history().await?;
    let mut errors = Errors::default();
    if let Some(event) = form.read(&history, &mut errors)
        && errors.keep("happened", history.check(&event, visitor.today)).is_some()
    {
        let stamp = visitor.stamp("recorded what became of a team");
        match app.store.staffing.record(&stamp, &event).await {
            Ok(()) => return page::see_other(links::teams()),
            // Sent twice: it is recorded, or another was in the meantime.
            Err(fault) if fault.is_duplicate() => return page::see_other(links::teams()),
            Err(fault) => return Err(fault.into()),
        }
    }
    page::again(&load(&app, &visitor, &form, &errors).await?)
}

async fn load(
    app: &App,
    visitor: &SignedIn,
    form: &TeamsForm,
    errors: &Errors,
) -> Result<TeamsPage, Failure> {
    let history = app.store.staffing.history().await?;
    let kept = app.store.staffing.events().await?;
    let base = visitor.frame(app, TITLE, super::staff::TITLE);
    let breadcrumbs = vec![(super::staff::TITLE.to_owned(), links::staff())];
    let frame = Frame { breadcrumbs, ..base };
    Ok(TeamsPage::new(frame, (&history, &kept), form, errors))
}

impl TeamsForm {
    fn from(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }

    fn read(&self, history: &PlaceHistory, errors: &mut Errors) -> Option<PlaceEvent> {
        let chosen = |typed: &str| {
            let id: Option<PlaceId> = typed.parse().ok();
            history.places.iter().find(|place| Some(place.id) == id)
        };
        let place = chosen(&self.place);
        if place.is_none() {
            errors.say("place", "Choose a team or a service");
        }
        let happened = match self.happened.as_str() {
            "renamed" => {
                let name = self.name.trim();
                if name.is_empty() {
                    errors.say("name", "Enter the name that it has had since");
                }
                place.filter(|_| !name.is_empty()).map(|place| Happened::Renamed {
                    before: place.name.clone(),
                    after: name.to_owned(),
                })
            }
            "moved" => {
                let before = self.before.trim();
                if before.is_empty() {
                    errors.say("before", "Enter the service that it belonged to until then");
                }
                let service = chosen(&self.service);
                if service.is_none() {
                    errors.say("service", "Choose the service that it belongs to since");
                }
                let into = service.filter(|_| !before.is_empty());
                into.map(|into| Happened::Moved { before: before.to_owned(), into: into.id })
            }
            "merged" => {
                let team = chosen(&self.team);
                if team.is_none() {
                    errors.say("team", "Choose the team that it is part of since");
                }
                team.map(|into| Happened::Merged { into: into.id })
            }
            _ => {
                errors.say("happened", "Select what happened");
                None
            }
        };
        let from = errors.keep("from", self.from().read());
        let why = errors.keep("why", Reason::new(&self.why));
        Some(PlaceEvent { place: place?.id, from: from?, happened: happened?, why: why? })
    }
}

impl TeamsPage {
    fn new(
        mut frame: Frame,
        (history, kept): (&PlaceHistory, &[KeptPlaceEvent]),
        form: &TeamsForm,
        errors: &Errors,
    ) -> Self {
        frame.has_errors = !errors.is_empty();
        let field =
            |name: &'static str, label: &str| Field::new(name, label).error(errors.at(name));
        let items = |first: &str, kinds: &[PlaceKind]| {
            let of_kind = history.places.iter().filter(|it| kinds.contains(&it.kind));
            let each = of_kind.map(|it| SelectItem::new(it.id.to_string(), it.name.clone()));
            std::iter::once(SelectItem::new("", first)).chain(each).collect::<Vec<_>>()
        };
        let place = field("place", "Which team or service?");
        let happened = field("happened", "What happened?");
        let ways = vec![
            RadioItem::new("renamed", "It was renamed")
                .hint("Give the name that it has had since."),
            RadioItem::new("moved", "It moved to another service")
                .hint("Give both services. The one until then need not exist any more."),
            RadioItem::new("merged", "It became part of another team").hint("Choose that team."),
        ];
        let name = field("name", "If it was renamed: the name since");
        let before = field("before", "If it moved: the service until then");
        let service = field("service", "If it moved: the service since");
        let team = field("team", "If it became part of another: that team");
        let from = field("from", "From which day?");
        let why = field("why", "Why?").hint("Who decided it, and where that is written down.");
        let from = form.from().shown_in(DateInput::new(from));
        let summary =
            ErrorSummary::new().field(&place).field(&happened).field(&name).field(&before);
        let summary = summary.field(&service).field(&team).date(&from).field(&why);
        let chosen = Some(form.happened.clone()).filter(|it| !it.is_empty());
        Self {
            frame,
            errors: summary,
            events: events(history, kept),
            action: links::teams(),
            place: Select::new(
                place,
                items("Choose a team or a service", &[PlaceKind::Service, PlaceKind::Team]),
            )
            .value(form.place.clone()),
            happened: Radios::new(happened, ways).value(chosen),
            name: TextInput::new(name).value(form.name.clone()),
            before: TextInput::new(before).value(form.before.clone()),
            service: Select::new(service, items("Choose a service", &[PlaceKind::Service]))
                .value(form.service.clone()),
            team: Select::new(team, items("Choose a team", &[PlaceKind::Team]))
                .value(form.team.clone()),
            from,
            why: Textarea::new(why).rows(2).value(form.why.clone()),
            record: Button::submit("Record it"),
        }
    }

    /// Nothing happened, and a move with hostile words and errors.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for name in ["place", "happened", "name", "before", "service", "team", "from", "why"] {
            errors.say(name, HOSTILE);
        }
        let words = HOSTILE.to_owned();
        let form = TeamsForm { name: words.clone(), before: words, ..TeamsForm::default() };
        let history = sample::history(HOSTILE);
        let kept: Vec<KeptPlaceEvent> = history
            .events
            .iter()
            .map(|event| KeptPlaceEvent {
                event: event.clone(),
                by: Some(HOSTILE.to_owned()),
                at: jiff::Timestamp::UNIX_EPOCH,
            })
            .collect();
        let (frame, none) = (|| Frame::new(TITLE), Errors::default());
        let nothing = (&PlaceHistory::default(), &[][..]);
        vec![
            Self::new(frame(), nothing, &TeamsForm::default(), &none),
            Self::new(frame(), (&history, &kept), &form, &errors),
        ]
    }
}

fn events(history: &PlaceHistory, kept: &[KeptPlaceEvent]) -> Table {
    let name = |id: PlaceId| {
        let place = history.places.iter().find(|it| it.id == id);
        place.map_or_else(String::new, |it| it.name.clone())
    };
    let words = |it: &Happened| match it {
        Happened::Renamed { before, after } => format!("Renamed from “{before}” to “{after}”"),
        Happened::Moved { before, into } => format!("Moved from {before} to {}", name(*into)),
        Happened::Merged { into } => format!("Became part of {}", name(*into)),
    };
    let row = |kept: &KeptPlaceEvent| {
        let by = kept.by.as_deref().unwrap_or("The server’s own command line");
        vec![
            Content::text(day_in_words(kept.event.from)),
            Content::text(name(kept.event.place)),
            Content::text(words(&kept.event.happened)),
            Content::written(format!("{}\n{by}", kept.event.why.words())),
        ]
    };
    let columns = ["From", "Now called", "What happened", "Why, and who recorded it"];
    Table::new("events", "What happened, the latest first", columns.map(Column::words).to_vec())
        .rows(kept.iter().map(row).collect())
        .empty("Nothing is recorded: every team is counted under what it is.")
}
