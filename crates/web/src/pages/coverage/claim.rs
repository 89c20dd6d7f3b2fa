//! Saying who audits the records of a cell: the quality lead's form.

use jiff::civil::Date;
use quarterlight_domain::claim::{self, Claim, NewClaim};
use quarterlight_domain::id::{PersonId, PlaceId};
use quarterlight_domain::person::Role;
use quarterlight_domain::place::{Place, PlaceKind};
use serde::Deserialize;

use super::ToClaim;
use super::cell::{Seen, Typed, again};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, DateInput, ErrorSummary, Field, LabelSize, Select, SelectItem, TextInput, Textarea,
};
use crate::{links, page};

/// What stands for *nobody audits them any more*.
const NOBODY: &str = "nobody";

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ClaimForm {
    /// The id of the place, or [`NOBODY`].
    pub place: String,
    /// The id of the person, or nothing for whoever manages the place.
    pub owner: String,
    /// The framework's name.
    pub framework: String,
    /// What is to be done.
    pub plan: String,
    /// The day of the month.
    #[serde(rename = "from-day")]
    pub day: String,
    /// The month, as a number.
    #[serde(rename = "from-month")]
    pub month: String,
    /// The year.
    #[serde(rename = "from-year")]
    pub year: String,
    /// Made once when the form is shown.
    pub form_key: String,
}

/// What the forms offer.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Those who may answer for audits, by name.
    pub people: Vec<(PersonId, String)>,
    /// The name of the framework in force; empty where none is.
    pub framework: String,
    /// A key for each form.
    pub form_key: String,
}

/// The form as the page shows it.
#[derive(Debug, Clone)]
pub struct Claiming {
    /// Where it is sent.
    pub action: String,
    /// Its key.
    pub form_key: String,
    /// Who audits.
    pub place: Select,
    /// Who answers for it.
    pub owner: Select,
    /// By which framework.
    pub framework: TextInput,
    /// What is to be done.
    pub plan: Textarea,
    /// From when.
    pub from: DateInput,
    /// Sends it.
    pub button: Button,
}

/// Keeps what was said. Sent twice, it is kept once.
///
/// # Errors
/// There is no such page for those who may not say it.
pub async fn post(app: App, cells: ToClaim, Filled(form): Filled<ClaimForm>) -> page::Result {
    let today = cells.visitor.today;
    let choices = Choices::load(&app, today, String::new()).await?;
    let claim = match form.read(&cells, &choices.people, today) {
        Ok(claim) => claim,
        Err(errors) => {
            let typed = Typed { claim: Some(form), ..Typed::default() };
            return again(&app, &cells, &typed, &errors).await;
        }
    };
    let stamp = cells.visitor.stamp("said who audits records");
    match app.store.claims.make(&stamp, &claim, &form.form_key).await {
        Ok(_) => page::see_other(links::cell(&cells.pattern)),
        Err(fault) if fault.is_duplicate() => page::see_other(links::cell(&cells.pattern)),
        Err(fault) => Err(fault.into()),
    }
}

impl Choices {
    /// What there is to choose from on this day.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn load(app: &App, today: Date, form_key: String) -> Result<Self, Failure> {
        let answers = [Role::ServiceManager, Role::SeniorManager, Role::QualityLead];
        let people = app.store.people.all().await?.into_iter().map(|line| line.person);
        let people = people
            .filter(|person| answers.iter().any(|role| person.is(*role, today)))
            .map(|person| (person.id, person.name))
            .collect();
        let framework = match app.store.frameworks.in_force_on(today).await? {
            Some(id) => app.store.frameworks.edition(id).await?,
            None => None,
        };
        let framework =
            framework.map_or(String::new(), |edition| edition.contents().name().to_owned());
        Ok(Self { people, framework, form_key })
    }
}

/// The places that may audit: services and directorates.
fn may_audit(place: &Place) -> bool {
    matches!(place.kind, PlaceKind::Service | PlaceKind::Directorate)
}

impl ClaimForm {
    /// The form filled in with the claim that holds.
    pub fn of(holds: Option<&Claim>, today: Date, choices: &Choices) -> Self {
        let id = |it: Option<String>| it.unwrap_or_default();
        let place = holds.and_then(|claim| claim.place.as_ref());
        let owner = holds.and_then(|claim| claim.owner.as_ref());
        let from = TypedDate::of(today);
        Self {
            place: id(place.map(|(id, _)| id.to_string())),
            owner: id(owner.map(|(id, _)| id.to_string())),
            framework: holds
                .filter(|claim| !claim.framework.is_empty())
                .map_or_else(|| choices.framework.clone(), |claim| claim.framework.clone()),
            plan: holds.map_or(String::new(), |claim| claim.plan.clone()),
            day: from.day,
            month: from.month,
            year: from.year,
            form_key: choices.form_key.clone(),
        }
    }

    fn from(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }

    /// What was said. Only a place and a person that the page offers can be chosen.
    ///
    /// # Errors
    /// Says at each field what is wrong with it.
    fn read(
        &self,
        cells: &ToClaim,
        people: &[(PersonId, String)],
        today: Date,
    ) -> Result<NewClaim, Errors> {
        let mut errors = Errors::default();
        let gives_up = self.place == NOBODY;
        let place = self.place.parse::<PlaceId>().ok();
        let place =
            place.filter(|id| cells.places.iter().any(|place| place.id == *id && may_audit(place)));
        if place.is_none() && !gives_up {
            errors.say("place", "Select the service or directorate that audits them");
        }
        let owner = self.owner.parse::<PersonId>().ok();
        if !self.owner.is_empty() && !people.iter().any(|(id, _)| Some(*id) == owner) {
            errors.say("owner", "Select somebody from the list");
        }
        let framework = if gives_up {
            Some(String::new())
        } else {
            errors.keep("framework", claim::framework(&self.framework))
        };
        let plan = errors.keep("plan", claim::plan(&self.plan));
        let from = self.from().read().and_then(|day| claim::from(day, today));
        let from = errors.keep("from", from);
        match (framework, plan, from) {
            (Some(framework), Some(plan), Some(from)) if errors.is_empty() => Ok(NewClaim {
                pattern: cells.pattern,
                place,
                owner: owner.filter(|_| !gives_up),
                framework,
                plan,
                from,
            }),
            _ => Err(errors),
        }
    }
}

impl Claiming {
    /// The form for these cells, as it was typed or filled in.
    pub fn new(seen: &Seen, choices: &Choices, form: &ClaimForm, errors: &Errors) -> Self {
        let field = |name: &'static str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let places = seen.places.iter().filter(|place| may_audit(place));
        let places = places.map(|place| SelectItem::new(place.id.to_string(), place.name.clone()));
        let people = choices.people.iter();
        let people = people.map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
        let first = SelectItem::new("", "Choose a service or directorate");
        let nobody = SelectItem::new(NOBODY, "Nobody any more");
        let whoever = SelectItem::new("", "Whoever manages the place");
        Self {
            action: links::claim_cell(&seen.pattern),
            form_key: form.form_key.clone(),
            place: Select::new(
                field("place", "Who audits them?")
                    .hint("It can be in another directorate than the one that holds the records."),
                std::iter::once(first).chain(places).chain([nobody]).collect(),
            )
            .value(form.place.clone()),
            owner: Select::new(
                field("owner", "Who answers for it?"),
                std::iter::once(whoever).chain(people).collect(),
            )
            .value(form.owner.clone()),
            framework: TextInput::new(
                field("framework", "By which framework?")
                    .hint("Another directorate may audit by its own. Give its name."),
            )
            .value(form.framework.clone()),
            plan: Textarea::new(
                field("plan", "What is to be done?").hint(
                    "Who reads how many records, and how often. Where nobody audits them any more, say why.",
                ),
            )
            .rows(3)
            .value(form.plan.clone()),
            from: form.from().shown_in(DateInput::new(field("from", "From which day?"))),
            button: Button::submit("Keep this claim"),
        }
    }

    /// What is wrong with the form, added to what is wrong with the page.
    pub fn summed_up(&self, summary: ErrorSummary) -> ErrorSummary {
        summary
            .field(&self.place.field)
            .field(&self.owner.field)
            .field(&self.framework.field)
            .field(&self.plan.field)
            .date(&self.from)
    }
}
