//! Giving somebody a role over a place, from a day and perhaps until one, with a reason.

use axum::extract::Path;
use jiff::civil::Date;
use quarterlight_domain::access::grant::{NewGrant, has_weight};
use quarterlight_domain::id::{PersonId, PlaceId};
use quarterlight_domain::person::{Grant, Role};
use quarterlight_domain::place::Place;
use serde::Deserialize;

use super::show::{self, Sent};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate, TypedPeriod};
use crate::govuk::{Button, DateInput, ErrorSummary, Field, Select, SelectItem, Textarea};
use crate::permit::{ChangePeople, Through};
use crate::{links, page};

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct GiveForm {
    role: String,
    place: String,
    #[serde(flatten)]
    period: TypedPeriod,
    why: String,
}

impl GiveForm {
    /// The form from this day on.
    pub fn of(today: Date) -> Self {
        let period = TypedPeriod::starting(TypedDate::of(today));
        Self { period, ..Self::default() }
    }

    fn read(
        &self,
        (giver, person): (PersonId, PersonId),
        (places, today): (&[Place], Date),
        errors: &mut Errors,
    ) -> Option<NewGrant> {
        let role = Role::from_code(&self.role);
        if role.is_none() {
            errors.say("role", "Select a role");
        }
        let id: Option<PlaceId> = self.place.parse().ok();
        let place = places.iter().find(|place| Some(place.id) == id);
        if place.is_none() {
            errors.say("place", "Select the place that it is held over");
        }
        let period = self.period.begun(errors);
        let why = errors.reason("why", &self.why, "Say why they need this role");
        let (from, until) = period?;
        let grant = Grant { role: role?, place: place?.id, from, until };
        let new = NewGrant::by(giver, person, grant, why?, today);
        errors.keep("until", new)
    }
}

/// The fields of the form.
#[derive(Debug, Clone)]
pub struct GiveFields {
    /// Where it is sent.
    pub action: String,
    /// Which role.
    pub role: Select,
    /// Over which place.
    pub place: Select,
    /// From which day.
    pub from: DateInput,
    /// Until which day.
    pub until: DateInput,
    /// Why.
    pub why: Textarea,
    /// What sends it.
    pub button: Button,
}

impl GiveFields {
    /// The form for somebody.
    pub fn new(person: PersonId, places: &[Place], sent: &Sent) -> Self {
        let (form, errors) = (&sent.give, &sent.errors);
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let choose = |words: &str| std::iter::once(SelectItem::new("", words));
        let roles = Role::ALL.into_iter().map(|role| {
            let waits = if has_weight(role) { " (a second person confirms it)" } else { "" };
            SelectItem::new(role.code(), format!("{}{waits}", role.words()))
        });
        let places = places.iter().map(|it| SelectItem::new(it.id.to_string(), it.name.clone()));
        let until = field("until", "Until").hint("Leave it empty while it has no end.");
        Self {
            action: links::give_role(person),
            role: Select::new(
                field("role", "Role"),
                choose("Choose a role").chain(roles).collect(),
            )
            .value(form.role.clone()),
            place: Select::new(
                field("place", "Over"),
                choose("Choose a place").chain(places).collect(),
            )
            .value(form.place.clone()),
            from: form.period.from().shown_in(DateInput::new(field("from", "From"))),
            until: form.period.until().shown_in(DateInput::new(until)),
            why: Textarea::new(field("why", "Why they need it")).rows(2).value(form.why.clone()),
            button: Button::submit("Give this role"),
        }
    }

    /// The summary with the errors of these fields.
    pub fn summary(&self, errors: ErrorSummary) -> ErrorSummary {
        errors
            .field(&self.role.field)
            .field(&self.place.field)
            .date(&self.from)
            .date(&self.until)
            .field(&self.why.field)
    }
}

/// Gives the role. Sent twice, it is given once.
///
/// # Errors
/// There is no such page for those who do not look after people. Refuses a grant to oneself.
pub async fn post(
    app: App,
    visitor: Through<ChangePeople>,
    Path(id): Path<String>,
    Filled(form): Filled<GiveForm>,
) -> page::Result {
    let id: PersonId = id.parse().map_err(|_| Failure::NotFound)?;
    app.store.people.get(id).await?.ok_or(Failure::NotFound)?;
    let places = app.store.places.all().await?;
    let mut errors = Errors::default();
    let Some(new) = form.read((visitor.id(), id), (&places, visitor.today), &mut errors) else {
        let sent = Sent { give: form, about: None, errors };
        return page::again(&show::page(&app, &visitor, id, &sent).await?);
    };
    app.store.grants.give(&visitor.stamp("gave a role"), &new).await?;
    page::see_other(links::person(id))
}
