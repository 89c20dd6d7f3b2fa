//! One action: what was found, its history, and the form for whoever is to take the next step.

use std::collections::BTreeMap;

use askama::Template;
use quarterlight_domain::action::{Action, ActionStage};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::permission::Deed;
use quarterlight_domain::text::Reason;
use quarterlight_store::{ActionFilter, Recurrence, StepLine};
use serde::Deserialize;

use super::close::{CloseForm, Closing, can_close};
use super::give::{self, GiveForm, Giving, can_give};
use super::more_time::{Asking, Deciding, TimeForm, asked_for, can_ask, can_decide};
use super::recheck::{RecheckForm, Rechecking, can_recheck};
use super::steps::{Step, steps};
use super::themes::{Themes, Theming};
use super::{InHand, ToAddress, ToRead, facts, verify, words};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, Content, DateInput, ErrorSummary, Field, Inset, LabelSize, SummaryList, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed into one of the forms of the page; the others are sent to their own places.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ActionForm {
    /// What was done, and where the proof is.
    pub proof: String,
    /// Why it is not done yet.
    pub because: String,
    /// The day of the re-check.
    #[serde(rename = "recheck-day")]
    pub day: String,
    /// Its month.
    #[serde(rename = "recheck-month")]
    pub month: String,
    /// Its year.
    #[serde(rename = "recheck-year")]
    pub year: String,
    /// `done` or `not-yet`, by the button that was pressed.
    pub answer: String,
    /// Who is to do it and by when.
    #[serde(skip)]
    pub given: Option<GiveForm>,
    /// More time, asked for or decided.
    #[serde(skip)]
    pub time: Option<TimeForm>,
    /// Whether it held.
    #[serde(skip)]
    pub recheck: Option<RecheckForm>,
    /// Why nothing need be done.
    #[serde(skip)]
    pub closing: Option<CloseForm>,
}

impl ActionForm {
    /// The day of the re-check, as typed.
    pub fn recheck_on(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }
}

/// Shows the action.
///
/// # Errors
/// There is no such page for those who may not read it.
pub async fn get(app: App, action: ToRead) -> page::Result {
    let around = Around::of(&app, &action).await?;
    page::show(&ActionPage::new(&action, &around, &ActionForm::default(), &Errors::default()))
}

/// The owner says what was done. Posted twice, it changes nothing and shows the action as it is.
///
/// # Errors
/// There is no such page for anybody but the owner.
pub async fn post(app: App, action: ToAddress, Filled(form): Filled<ActionForm>) -> page::Result {
    if !can_address(&action) {
        return page::see_other(links::action(action.action.id));
    }
    let mut errors = Errors::default();
    let proof = if form.proof.trim().is_empty() {
        errors.say("proof", "Say what was done, and where the proof is");
        None
    } else {
        errors.keep("proof", Reason::new(&form.proof))
    };
    let Some(proof) = proof else { return again(&app, &action, &form, &errors).await };
    let step = action.action.address(action.visitor.id(), proof, action.visitor.today)?;
    let stamp = action.visitor.stamp("addressed an action");
    // False if another of the owner's windows was quicker; either way the page now says what is kept.
    app.store.actions.step(&stamp, &step).await?;
    page::see_other(links::action(action.action.id))
}

/// The same page again, with what was typed and what was wrong with it.
pub async fn again(app: &App, action: &InHand, form: &ActionForm, errors: &Errors) -> page::Result {
    let around = Around::of(app, action).await?;
    page::again(&ActionPage::new(action, &around, form, errors))
}

/// What the page needs besides the action: names, its history, what is alike, whether the record
/// itself may be read, and whom the action can be given to.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Names of those who took a step.
    pub names: BTreeMap<PersonId, String>,
    /// Where the record is, for those who may read it.
    pub record: Option<String>,
    /// Whom it can be given to.
    pub people: give::People,
    /// The steps that were taken.
    pub steps: Vec<StepLine>,
    /// The actions whose findings go on under this one.
    pub carried: Vec<Action>,
    /// What was found and put right before.
    pub before: Vec<Recurrence>,
    /// What was found again since.
    pub since: Vec<Recurrence>,
    /// The themes of the finding.
    pub themes: Themes,
}

impl Around {
    async fn of(app: &App, action: &InHand) -> Result<Self, Failure> {
        let it = &action.action;
        let everybody = app.store.people.all().await?;
        let names = everybody.iter().map(|it| (it.person.id, it.person.name.clone())).collect();
        let id = action.audit.record;
        let record = app.store.records.get(id).await?;
        let record = record.filter(|record| action.permits(Deed::ReadRecord(record)));
        let people = if can_give(action) {
            give::may_own(everybody, action.visitor.today)
        } else {
            Vec::new()
        };
        Ok(Self {
            names,
            record: record.map(|_| links::record(id)),
            people,
            steps: app.store.actions.steps(it.id).await?,
            carried: app.store.actions.list(&ActionFilter::JoinedTo(it.id)).await?,
            before: app.store.actions.found_before(&[it.finding]).await?,
            since: app.store.actions.found_since(it.finding).await?,
            themes: Themes::of(app, action).await?,
        })
    }

    /// The name of somebody who took a step.
    pub fn name(&self, id: PersonId) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| "somebody else".to_owned())
    }
}

/// The form by which the owner says that it is done.
#[derive(Debug, Clone)]
struct AddressForm {
    action: String,
    proof: Textarea,
    button: Button,
}

/// The form by which somebody else says whether it is.
#[derive(Debug, Clone)]
struct VerifyForm {
    action: String,
    recheck: DateInput,
    because: Textarea,
    done: Button,
    not_yet: Button,
}

/// The page of one action.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/actions/show.html")]
pub struct ActionPage {
    frame: Frame,
    caption: String,
    heading: String,
    /// *Addressed on 2 June by the owner. Not yet verified.*
    stage: String,
    /// Why it is open again, and more time that is asked for.
    insets: Vec<Inset>,
    /// That it was found before or since: each a sentence with where the others are.
    found_again: Vec<facts::Again>,
    facts: SummaryList,
    errors: ErrorSummary,
    address: Option<AddressForm>,
    verify: Option<VerifyForm>,
    recheck: Option<Rechecking>,
    decide: Option<Deciding>,
    give: Option<Giving>,
    ask: Option<Asking>,
    closing: Option<Closing>,
    theming: Option<Theming>,
    /// Takes the finding from under another action.
    apart: Option<(String, Button)>,
    /// Who is to do what next, where it is not this person.
    next: Option<String>,
    steps: Vec<Step>,
    /// When it goes to whom, so that nobody is surprised.
    rungs: Vec<String>,
}

impl ActionPage {
    /// The page of this action, with what was typed and what was wrong with it.
    pub fn new(action: &InHand, around: &Around, form: &ActionForm, errors: &Errors) -> Self {
        let it = &action.action;
        let team = action.audit.line.team.as_deref().unwrap_or("team not known");
        // Only the form on the page can be wrong; an error must have a field to lead to.
        let mut summary = ErrorSummary::new();
        let address = can_address(action).then(|| address_form(it, form, errors));
        if let Some(form) = &address {
            summary = summary.field(&form.proof.field);
        }
        let verify = can_verify(action).then(|| verify_form(action, form, errors));
        if let Some(form) = &verify {
            summary = summary.date(&form.recheck).field(&form.because.field);
        }
        let recheck =
            can_recheck(action).then(|| Rechecking::new(action, form.recheck.as_ref(), errors));
        let decide =
            can_decide(action).then(|| Deciding::new(action, form.time.as_ref(), errors)).flatten();
        let give = can_give(action)
            .then(|| Giving::new(action, &around.people, form.given.as_ref(), errors));
        let ask = can_ask(action).then(|| Asking::new(action, form.time.as_ref(), errors));
        let closing =
            can_close(action).then(|| Closing::new(action, form.closing.as_ref(), errors));
        summary = recheck.iter().fold(summary, |all, it| it.summed_up(all));
        summary = decide.iter().fold(summary, |all, it| it.summed_up(all));
        summary = give.iter().fold(summary, |all, it| it.summed_up(all));
        summary = ask.iter().fold(summary, |all, it| it.summed_up(all));
        summary = closing.iter().fold(summary, |all, it| it.summed_up(all));
        let more_time = it.more_time.as_ref().filter(|_| it.is_open() && decide.is_none());
        let apart = it.joined_to.filter(|_| action.permits(Deed::JoinFindings));
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..action.frame(format!("Action: {} on {}", it.about(), it.reference))
            },
            caption: format!("{} · {team} · {}", it.reference, action.audit.quarter.words()),
            heading: action.standard().map_or_else(
                || it.about(),
                |standard| format!("{}. {}", standard.code, standard.wording),
            ),
            stage: words::stage(action, |id| around.name(id)),
            insets: sent_back(it).into_iter().chain(more_time.map(asked_for)).collect(),
            found_again: facts::again(action, around),
            facts: facts::facts(action, around),
            errors: summary,
            address,
            verify,
            recheck,
            decide,
            give,
            ask,
            closing,
            theming: Theming::new(action, &around.themes),
            apart: apart.map(|_| {
                let button = Button::submit("Take it apart again").secondary();
                (links::take_apart(it.id), button)
            }),
            next: words::next(action),
            steps: steps(it, &around.steps),
            rungs: facts::rungs(it),
        }
    }

    /// Each stage as owner, as manager and as reader sees it, and each form sent back with errors.
    pub fn samples() -> Vec<Self> {
        let (form, errors) = (ActionForm::default(), Errors::default());
        let around = super::sample::around();
        let all = super::sample::in_hand();
        let plain = all.iter().map(|action| Self::new(action, &around, &form, &errors));
        let mut samples: Vec<Self> = plain.collect();
        let (form, errors) = super::sample::typed();
        samples.extend(all.iter().map(|action| Self::new(action, &around, &form, &errors)));
        samples
    }
}

fn address_form(it: &Action, form: &ActionForm, errors: &Errors) -> AddressForm {
    let proof = Field::new("proof", "What was done, and where the proof is")
        .size(LabelSize::Medium)
        .hint("The place on the record and the date of the entry. Do not use a child’s name.")
        .error(errors.at("proof"));
    AddressForm {
        action: links::action(it.id),
        proof: Textarea::new(proof).value(form.proof.clone()),
        button: Button::submit("Mark as addressed"),
    }
}

fn verify_form(action: &InHand, form: &ActionForm, errors: &Errors) -> VerifyForm {
    let typed = form.recheck_on();
    let typed = if form.answer.is_empty() { verify::proposed(action.visitor.today) } else { typed };
    let recheck = Field::new("recheck", "If it is done, from when is it to be looked at again?")
        .hint("Somebody who had no part in it then says whether it held.")
        .error(errors.at("recheck"));
    let because = Field::new("because", "If it is not done yet, why?")
        .hint("Say what is still missing. The action is then open again, with the same day.")
        .error(errors.at("because"));
    VerifyForm {
        action: links::verify(action.action.id),
        recheck: typed.shown_in(DateInput::new(recheck)),
        because: Textarea::new(because).value(form.because.clone()).rows(3),
        done: Button::submit("It is done").answer("answer", "done"),
        not_yet: Button::submit("Not yet").secondary().answer("answer", "not-yet"),
    }
}

/// Whether this person may say now that it is done.
pub fn can_address(action: &InHand) -> bool {
    let it = &action.action;
    it.is_open() && it.joined_to.is_none() && action.permits(Deed::AddressAction(it))
}

/// Whether this person may say now whether what the owner says is so.
pub fn can_verify(action: &InHand) -> bool {
    matches!(action.action.stage, ActionStage::Addressed { .. })
        && action.permits(Deed::VerifyAction(&action.action))
}

/// *Sent back on 2 June 2026, because: the entry has no date.*
fn sent_back(action: &Action) -> Option<Inset> {
    let it = action.sent_back.as_ref().filter(|_| action.is_open())?;
    let on = quarterlight_domain::calendar::day_in_words(it.on);
    let because = it.because.words();
    Some(Inset::new(Content::written(format!("Sent back on {on}, because: {because}"))))
}
