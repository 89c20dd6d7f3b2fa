//! Who is to do an action and by when: the form for the quality lead and for whoever manages the place.

use jiff::civil::Date;
use quarterlight_domain::action::{Action, ActionStep, Wanted};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::permission::Deed;
use quarterlight_domain::person::Role;
use quarterlight_domain::text::bounded;
use quarterlight_store::PersonLine;
use serde::Deserialize;

use super::show::{ActionForm, again};
use super::{InHand, ToGive};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{Button, DateInput, ErrorSummary, Field, Select, SelectItem, Textarea};
use crate::{links, page};

/// Who was chosen, and the day that was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct GiveForm {
    /// The id of the person chosen, or nothing.
    pub owner: String,
    /// The day of the month.
    #[serde(rename = "due-day")]
    pub day: String,
    /// The month, as a number.
    #[serde(rename = "due-month")]
    pub month: String,
    /// The year.
    #[serde(rename = "due-year")]
    pub year: String,
    /// The id of whoever confirms it, or nothing.
    pub confirmer: String,
    /// What will be done and how it will be proved.
    pub plan: String,
}

/// The fields of the form.
const FIELDS: [&str; 4] = ["owner", "due", "confirmer", "plan"];

/// Those who may own an action, by name.
pub type People = Vec<(PersonId, String)>;

/// Gives the action to somebody. Posted twice, it changes nothing and shows the action as it is.
///
/// # Errors
/// There is no such page for those who neither run the audit nor manage the record's place.
pub async fn post(app: App, action: ToGive, Filled(form): Filled<GiveForm>) -> page::Result {
    let it = &action.action;
    if !can_give(&action) {
        return page::see_other(links::action(it.id));
    }
    let today = action.visitor.today;
    let given = match form.read(it, &people(&app, today).await?, today) {
        Ok(given) => given,
        Err(errors) => {
            let form = ActionForm { given: Some(form), ..ActionForm::default() };
            return again(&app, &action, &form, &errors).await;
        }
    };
    let stamp = action.visitor.stamp("gave an action to somebody");
    // False if nothing changes or somebody was quicker; either way the page now says what is kept.
    app.store.actions.step(&stamp, &given).await?;
    page::see_other(links::action(it.id))
}

/// Whether this person may give this action to somebody now.
pub fn can_give(action: &InHand) -> bool {
    let it = &action.action;
    it.is_open() && it.joined_to.is_none() && action.permits(Deed::GiveAction(it))
}

/// Whoever works with records or answers for a place may own an action.
pub async fn people(app: &App, today: Date) -> Result<People, Failure> {
    Ok(may_own(app.store.people.all().await?, today))
}

/// Those of everybody who may own an action.
pub fn may_own(everybody: Vec<PersonLine>, today: Date) -> People {
    let all = everybody.into_iter().map(|line| line.person);
    let may_own = all
        .filter(|person| person.is(Role::Worker, today) || person.is(Role::ServiceManager, today));
    may_own.map(|person| (person.id, person.name)).collect()
}

impl GiveForm {
    /// The form filled in with what is kept. A day that is past cannot be kept again, so it is left open.
    fn of(action: &Action, today: Date) -> Self {
        let due = Some(action.due).filter(|due| *due >= today);
        let due = due.map(TypedDate::of).unwrap_or_default();
        let owner = action.owner.map_or(String::new(), |owner| owner.to_string());
        let confirmer = action.confirmer.map_or(String::new(), |id| id.to_string());
        let plan = action.plan.clone();
        Self { owner, day: due.day, month: due.month, year: due.year, confirmer, plan }
    }

    fn due(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }

    /// What was chosen and typed. Only somebody whom the page offers can be chosen.
    ///
    /// # Errors
    /// Says at each field what is wrong with it.
    pub fn read(
        &self,
        action: &Action,
        people: &[(PersonId, String)],
        today: Date,
    ) -> Result<ActionStep, Errors> {
        let mut errors = Errors::default();
        let offered = |id: &PersonId| people.iter().any(|(person, _)| person == id);
        let chosen = self.owner.parse::<PersonId>().ok().filter(offered);
        if chosen.is_none() {
            errors.say("owner", "Select who is to do it");
        }
        let confirmer = self.confirmer.parse::<PersonId>().ok().filter(offered);
        if confirmer.is_none() && !self.confirmer.is_empty() {
            errors.say("confirmer", "Select somebody of the list, or nobody");
        } else if confirmer.is_some() && confirmer == chosen {
            errors.say("confirmer", "Select somebody other than the owner");
        }
        let due = errors.keep("due", self.due().read());
        let plan = errors.keep("plan", bounded(&self.plan));
        match (chosen, due, plan) {
            (Some(owner), Some(due), Some(plan)) if errors.is_empty() => {
                let wanted = Wanted { owner, due, confirmer, plan };
                errors.keep("due", action.give(wanted, today)).ok_or(errors)
            }
            _ => Err(errors),
        }
    }
}

/// The form as the page shows it.
#[derive(Debug, Clone)]
pub struct Giving {
    /// Where the form is sent.
    pub action: String,
    /// The heading, where nobody owns the action; whoever can find an owner is to do that first.
    pub heading: Option<&'static str>,
    /// Whether the form is unfolded when the page opens, where somebody owns the action.
    pub open: bool,
    /// Who owns it now, and what is kept of a change.
    pub sentence: String,
    /// Who is to do it.
    pub owner: Select,
    /// By when.
    pub due: DateInput,
    /// Who confirms it.
    pub confirmer: Select,
    /// What will be done and how it will be proved.
    pub plan: Textarea,
    /// Sends the form.
    pub button: Button,
}

impl Giving {
    /// The form for this action: as it was typed, or filled in with what is kept.
    pub fn new(
        action: &InHand,
        people: &[(PersonId, String)],
        typed: Option<&GiveForm>,
        errors: &Errors,
    ) -> Self {
        let (it, today) = (&action.action, action.visitor.today);
        let form = typed.cloned().unwrap_or_else(|| GiveForm::of(it, today));
        let owner = Field::new("owner", "Who is to do it").error(errors.at("owner"));
        let hint = if it.due < today {
            format!("It was due on {}. Enter today or a later date.", day_in_words(it.due))
        } else {
            "Today or a later date.".to_owned()
        };
        let due = Field::new("due", "By when").hint(hint).error(errors.at("due"));
        let nobody = std::iter::once(SelectItem::new("", "Choose somebody"));
        let offered =
            || people.iter().map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
        let confirmer = Field::new("confirmer", "Who confirms it")
            .hint("Somebody other than the owner.")
            .error(errors.at("confirmer"));
        let anybody = SelectItem::new("", "Whoever manages the team or service");
        let anybody = std::iter::once(anybody).chain(offered()).collect();
        let plan = Field::new("plan", "What will be done, and how it will be proved")
            .hint("You can leave this empty. Do not use a child’s name.")
            .error(errors.at("plan"));
        let sentence = match &it.owner_name {
            None => "Whoever you give it to finds it in their own list of actions.".to_owned(),
            Some(name) => format!(
                "{name} owns this action now. Who owned it before stays in its history, and so do both due dates."
            ),
        };
        Self {
            action: links::give(it.id),
            heading: it.owner.is_none().then_some("Nobody is to do this yet"),
            open: FIELDS.iter().any(|field| errors.at(field).is_some()),
            sentence,
            due: form.due().shown_in(DateInput::new(due)),
            owner: Select::new(owner, nobody.chain(offered()).collect()).value(form.owner),
            confirmer: Select::new(confirmer, anybody).value(form.confirmer),
            plan: Textarea::new(plan).value(form.plan).rows(3),
            button: Button::submit("Give this action"),
        }
    }

    /// What is wrong with the form, added to what is wrong with the page.
    pub fn summed_up(&self, summary: ErrorSummary) -> ErrorSummary {
        summary
            .field(&self.owner.field)
            .date(&self.due)
            .field(&self.confirmer.field)
            .field(&self.plan.field)
    }
}
