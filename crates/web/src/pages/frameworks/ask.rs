//! Asking for comments: whom, until when, with what note; then a look at it; then it is sent.

use std::collections::BTreeSet;

use askama::Template;
use jiff::ToSpan;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::consultation::{Asking, invited};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::person::{Person, Role};
use quarterlight_domain::text::bounded;
use quarterlight_report::words;
use serde::Deserialize;

use super::lines::whole;
use super::{InHand, ToWrite};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, CheckboxItem, Checkboxes, Content, DateInput, ErrorSummary, Field, LabelSize,
    RadioItem, Radios, SummaryList, SummaryRow, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// How long comments are open, unless somebody says otherwise, in days.
const DAYS: i32 = 14;

/// Who is asked as a role, unless somebody says otherwise.
const ROLES: [Role; 2] = [Role::SeniorManager, Role::AuditServices];

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    roles: Vec<String>,
    people: Vec<String>,
    #[serde(rename = "closes-day")]
    day: String,
    #[serde(rename = "closes-month")]
    month: String,
    #[serde(rename = "closes-year")]
    year: String,
    note: String,
    /// `yes` or `no`.
    at_once: String,
    /// `check`, `send` or `change`, by the button that was pressed.
    step: String,
    /// The draft's version that was looked at.
    version: u32,
}

impl AskForm {
    fn closes(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }

    fn read(&self, draft: &InHand, people: &[Person]) -> Result<Asking, Errors> {
        let today = draft.visitor.today;
        let mut errors = Errors::default();
        let named: BTreeSet<PersonId> =
            self.people.iter().filter_map(|id| id.parse().ok()).collect();
        let roles: BTreeSet<Role> =
            self.roles.iter().filter_map(|code| Role::from_code(code)).collect();
        let invited = invited(people, &named, &roles, today);
        if invited.is_empty() {
            errors.say("roles", "Choose at least one role or person to ask");
        }
        let closes = errors.keep("closes", self.closes().read());
        let closes = closes.and_then(|day| errors.keep("closes", Asking::check_day(day, today)));
        let note = errors.keep("note", bounded(&self.note));
        if !["yes", "no"].contains(&self.at_once.as_str()) {
            errors.say("at_once", "Select when they see what the others say");
        }
        match (closes, note) {
            (Some(closes), Some(note)) if errors.is_empty() => {
                let how = (note.as_str(), self.at_once == "yes");
                let asking = Asking::new(invited, closes, how, today);
                errors.keep("roles", asking).ok_or(errors)
            }
            _ => Err(errors),
        }
    }
}

/// The form.
#[derive(Debug, Clone)]
struct Asked {
    roles: Checkboxes,
    people: Checkboxes,
    closes: DateInput,
    note: Textarea,
    at_once: Radios,
    check: Button,
}

/// What is about to be sent.
#[derive(Debug, Clone)]
struct Check {
    facts: SummaryList,
    /// What was typed, to be sent once more.
    kept: Vec<(&'static str, String)>,
    send: Button,
    change: Button,
}

/// The page that asks for comments.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/ask.html")]
pub struct AskPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    action: String,
    version: u32,
    asked: Option<Asked>,
    check: Option<Check>,
}

/// Shows the form.
///
/// # Errors
/// Refuses a draft that is in consultation already, or has no standard. There is no such page for
/// those who may not write it.
pub async fn get(app: App, draft: ToWrite) -> page::Result {
    draft.draft.may_be_written(draft.visitor.today)?;
    draft.draft.contents()?;
    let people = people(&app).await?;
    let closes = TypedDate::of(draft.visitor.today.saturating_add(DAYS.days()));
    let form = AskForm {
        roles: ROLES.map(|role| role.code().to_owned()).into(),
        day: closes.day,
        month: closes.month,
        year: closes.year,
        at_once: "no".to_owned(),
        ..AskForm::default()
    };
    page::show(&AskPage::form(&draft, &people, &form, &Errors::default()))
}

/// Shows what is about to be sent, or sends it.
///
/// # Errors
/// Refuses a draft that is in consultation already, or has no standard. There is no such page for
/// those who may not write it.
pub async fn post(app: App, draft: ToWrite, Filled(form): Filled<AskForm>) -> page::Result {
    let there = links::framework_draft(draft.draft.id);
    if draft.draft.consultation().is_some() {
        // The form came twice, or somebody else was quicker: the draft says so itself.
        return page::see_other(there);
    }
    draft.draft.may_be_written(draft.visitor.today)?;
    draft.draft.contents()?;
    let people = people(&app).await?;
    let asking = match form.read(&draft, &people) {
        Ok(asking) if form.step != "change" => asking,
        Ok(_) => {
            return page::show(&AskPage::form(&draft, &people, &form, &Errors::default()));
        }
        Err(errors) => return page::again(&AskPage::form(&draft, &people, &form, &errors)),
    };
    if form.step != "send" {
        return page::show(&AskPage::check(&draft, &people, &form, &asking));
    }
    let stamp = draft.visitor.stamp("asked for comments on a draft");
    let key = (draft.draft.id, form.version);
    if app.store.consultations.open(&stamp, key, &asking).await? {
        return page::see_other(format!("{there}?asked"));
    }
    // The draft changed after it was looked at: look once more.
    page::again(&AskPage::check(&draft, &people, &form, &asking))
}

async fn people(app: &App) -> Result<Vec<Person>, Failure> {
    Ok(app.store.people.all().await?.into_iter().map(|line| line.person).collect())
}

impl AskPage {
    fn form(draft: &InHand, people: &[Person], form: &AskForm, errors: &Errors) -> Self {
        let today = draft.visitor.today;
        let field = |name: &str, label: &str| {
            Field::new(name, label).size(LabelSize::Medium).error(errors.at(name))
        };
        let holders = |role: Role| people.iter().filter(move |person| person.is(role, today));
        let roles: Vec<CheckboxItem> = Role::ALL
            .into_iter()
            .filter(|role| holders(*role).next().is_some())
            .map(|role| {
                let names: Vec<&str> = holders(role).map(|person| person.name.as_str()).collect();
                let hint = match names.len() {
                    1..=4 => words::list(&names),
                    many => words::count(whole(many), &words::Noun::new("person", "people")),
                };
                CheckboxItem::new(role.code(), role.words()).hint(hint)
            })
            .collect();
        let with_roles = people.iter().filter(|person| !person.roles_on(today).is_empty());
        let names = with_roles
            .map(|person| CheckboxItem::new(person.id.to_string(), person.name.clone()))
            .collect();
        let roles = Checkboxes::new(
            field("roles", "Everybody who is …").hint("Everybody who holds the role today."),
            roles,
        );
        let names = Checkboxes::new(field("people", "And by name"), names);
        let at_once =
            vec![RadioItem::new("no", "After the closing date"), RadioItem::new("yes", "At once")];
        let closes = DateInput::new(field("closes", "The last day for comments"));
        let note = field("note", "What should they know?").hint("They read it above the draft.");
        let asked = Asked {
            roles: roles.values(form.roles.clone()).small(),
            people: names.values(form.people.clone()).small(),
            closes: form.closes().shown_in(closes),
            note: Textarea::new(note).value(form.note.clone()).rows(4),
            at_once: Radios::new(
                field("at_once", "When do they see what the others say?"),
                at_once,
            )
            .value(Some(form.at_once.clone())),
            check: Button::submit("Check before you send").answer("step", "check"),
        };
        let summary = ErrorSummary::new()
            .field(&asked.roles.field)
            .date(&asked.closes)
            .field(&asked.note.field)
            .field(&asked.at_once.field);
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..draft.inner_frame("Ask for comments")
            },
            errors: summary,
            asked: Some(asked),
            ..Self::around(draft)
        }
    }

    fn check(draft: &InHand, people: &[Person], form: &AskForm, asking: &Asking) -> Self {
        let name = |id: &PersonId| people.iter().find(|person| person.id == *id);
        let names: Vec<String> = asking
            .invited()
            .iter()
            .filter_map(|(id, role)| {
                let name = &name(id)?.name;
                Some(role.map_or_else(|| name.clone(), |role| format!("{name}, {}", role.words())))
            })
            .collect();
        let note = if asking.note().is_empty() { "No note" } else { asking.note() };
        let at_once = if asking.at_once() { "At once" } else { "After the closing date" };
        let facts = SummaryList::new(vec![
            SummaryRow::new("Who is asked", Content::written(names.join("\n"))),
            SummaryRow::new("Last day for comments", day_in_words(asking.closes())),
            SummaryRow::new("Note", Content::written(note)),
            SummaryRow::new("They see what others say", at_once),
        ]);
        let mut kept = vec![
            ("closes-day", form.day.clone()),
            ("closes-month", form.month.clone()),
            ("closes-year", form.year.clone()),
            ("note", form.note.clone()),
            ("at_once", form.at_once.clone()),
        ];
        kept.extend(form.roles.iter().map(|role| ("roles", role.clone())));
        kept.extend(form.people.iter().map(|person| ("people", person.clone())));
        let count = whole(names.len());
        let person = words::Noun::new("person", "people");
        Self {
            frame: draft.inner_frame("Check before you send"),
            check: Some(Check {
                facts,
                kept,
                send: Button::submit(format!("Ask {}", words::count(count, &person)))
                    .answer("step", "send"),
                change: Button::submit("Change it").secondary().answer("step", "change"),
            }),
            ..Self::around(draft)
        }
    }

    fn around(draft: &InHand) -> Self {
        Self {
            frame: Frame::default(),
            caption: draft.title(),
            errors: ErrorSummary::new(),
            action: links::ask(draft.draft.id),
            version: draft.draft.version,
            asked: None,
            check: None,
        }
    }

    /// The form, the form with every error, and the check with hostile words.
    pub fn samples() -> Vec<Self> {
        use super::sample;
        use crate::govuk::HOSTILE;

        let people = sample::people();
        let mut errors = Errors::default();
        for name in ["roles", "closes", "note", "at_once"] {
            errors.say(name, HOSTILE);
        }
        let hostile = || HOSTILE.to_owned();
        let form = AskForm {
            day: hostile(),
            note: hostile(),
            people: vec![hostile()],
            ..AskForm::default()
        };
        let invited = people.iter().map(|person| (person.id, None)).collect();
        let closes = sample::TODAY.saturating_add(DAYS.days());
        let asking = Asking::new(invited, closes, (HOSTILE, true), sample::TODAY);
        let drafts = sample::in_hand();
        let mut samples = Vec::new();
        for draft in &drafts {
            samples.push(Self::form(draft, &[], &AskForm::default(), &Errors::default()));
            samples.push(Self::form(draft, &people, &form, &errors));
            samples.extend(asking.iter().map(|asking| Self::check(draft, &people, &form, asking)));
        }
        samples
    }
}
