//! Everybody who may sign in, by name, with the roles that they hold today.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::access::grant::{KeptGrant, Standing};
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::person::Role;
use quarterlight_report::words::{self, Noun};
use quarterlight_store::{NewPerson, PersonLine};
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, HOSTILE, InputKind, Table, TextInput,
};
use crate::layout::Frame;
use crate::permit::{ChangePeople, SeePeople, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// Somebody to be added, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    name: String,
    email: String,
}

/// Everybody.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/people/list.html")]
pub struct PeoplePage {
    frame: Frame,
    errors: ErrorSummary,
    sentence: String,
    rights: String,
    unused: String,
    waiting: Table,
    people: Table,
    form: Option<(String, TextInput, TextInput, Button)>,
}

const PERSON: Noun = Noun::new("person", "people");

/// Shows everybody.
///
/// # Errors
/// There is no such page for those who do not answer for access.
pub async fn get(app: App, visitor: Through<SeePeople>) -> page::Result {
    page::show(&page(&app, &visitor, &PersonForm::default(), &Errors::default()).await?)
}

/// Adds somebody, without any role and without a password.
///
/// # Errors
/// There is no such page for those who do not look after people.
pub async fn post(
    app: App,
    visitor: Through<ChangePeople>,
    Filled(form): Filled<PersonForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let (name, email) = (form.name.trim(), form.email.trim());
    if name.is_empty() || name.chars().count() > 200 {
        errors.say("name", "Enter their name, as colleagues know them");
    }
    let is_address =
        email.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
    if !is_address || email.chars().count() > 200 || email.contains(char::is_whitespace) {
        errors.say("email", "Enter the email address that they sign in with");
    }
    if errors.is_empty() {
        let new = NewPerson {
            name: name.to_owned(),
            email: email.to_owned(),
            password: None,
            grants: Vec::new(),
        };
        match app.store.people.add(&visitor.stamp("added a person"), &new).await {
            Ok(id) => return page::see_other(links::person(id)),
            Err(fault) if fault.is_duplicate() => {
                errors.say("email", "Somebody signs in with this address already");
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    page::again(&page(&app, &visitor, &form, &errors).await?)
}

async fn page(
    app: &App,
    visitor: &SignedIn,
    form: &PersonForm,
    errors: &Errors,
) -> Result<PeoplePage, Failure> {
    let people = app.store.people.all().await?;
    let grants = app.store.grants.all().await?;
    let frame = visitor.frame(app, "People", "People");
    let deed = Deed::Access(AccessDeed::ChangePeople);
    let changes = permits(&visitor.person, deed, visitor.today);
    let today = (visitor.today, changes);
    Ok(PeoplePage::new(frame, (&people, &grants), today, (form, errors)))
}

impl PeoplePage {
    fn new(
        frame: Frame,
        (people, grants): (&[PersonLine], &[KeptGrant]),
        (today, changes): (Date, bool),
        (form, errors): (&PersonForm, &Errors),
    ) -> Self {
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let name = TextInput::new(field("name", "Name")).value(form.name.clone());
        let email = field("email", "Email address").hint(
            "They sign in with it. Give them a role next; they sign in once their first password is set.",
        );
        let email = TextInput::new(email).kind(InputKind::Email).value(form.email.clone());
        let hold = people.iter().filter(|it| !it.person.roles_on(today).is_empty()).count();
        let all = words::count(u64::try_from(people.len()).unwrap_or_default(), &PERSON);
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&name.field).field(&email.field),
            sentence: format!("{}; {hold} of them hold a role today.", words::sentence_case(&all)),
            rights: links::rights(),
            unused: links::unused_grants(),
            waiting: waiting(people, grants, today),
            people: table(people, today),
            form: changes
                .then(|| (links::people(), name, email, Button::submit("Add this person"))),
        }
    }

    /// Nobody, and two with hostile words.
    pub fn samples() -> Vec<Self> {
        let today = crate::invented::TODAY;
        let (people, grants) = super::sample::all();
        let mut errors = Errors::default();
        errors.say("name", "Enter their name, as colleagues know them");
        let form = PersonForm { name: String::new(), email: HOSTILE.to_owned() };
        let none = (&PersonForm::default(), &Errors::default());
        let frame = || Frame::new("People");
        vec![
            Self::new(frame(), (&[], &[]), (today, false), none),
            Self::new(frame(), (&people, &grants), (today, true), (&form, &errors)),
        ]
    }
}

fn waiting(people: &[PersonLine], grants: &[KeptGrant], today: Date) -> Table {
    let name = |grant: &KeptGrant| {
        let found = people.iter().find(|it| it.person.id == grant.person);
        found.map_or_else(String::new, |it| it.person.name.clone())
    };
    let waits = grants.iter().filter(|it| it.standing(today) == Standing::Waits);
    let row = |it: &KeptGrant| {
        vec![
            Content::link(name(it), links::person(it.person)),
            Content::text(it.grant.role.words()),
            Content::text(it.place.clone()),
        ]
    };
    let columns = vec![Column::words("Who"), Column::words("Role"), Column::words("Over")];
    Table::new("waiting", "Grants that wait for a second person", columns)
        .rows(waits.map(row).collect())
        .empty("No grant waits for a second person.")
}

fn table(people: &[PersonLine], today: Date) -> Table {
    let columns =
        vec![Column::words("Name"), Column::words("Roles today"), Column::words("Email address")];
    let row = |line: &PersonLine| {
        let roles: Vec<&str> = line.person.roles_on(today).into_iter().map(Role::words).collect();
        let roles = if roles.is_empty() { "None".to_owned() } else { roles.join(", ") };
        vec![
            Content::link(line.person.name.clone(), links::person(line.person.id)),
            Content::text(roles),
            Content::text(line.email.clone()),
        ]
    };
    Table::new("people", "Everybody who may sign in", columns)
        .rows(people.iter().map(row).collect())
        .empty("Nobody may sign in.")
}
