//! One action: what was found, how far it has come, and the form for whoever is to take the next step.

use askama::Template;
use quarterlight_domain::action::ActionStage;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::Deed;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::give::{self, GiveForm, Giving, can_give};
use super::{InHand, ToAddress, ToRead};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Content, ErrorSummary, Field, Inset, LabelSize, SummaryList, SummaryRow, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed, by the owner, by whoever verifies, or by whoever gives it to somebody.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ActionForm {
    /// What was done, and where the proof is.
    pub proof: String,
    /// Why it is not done yet.
    pub because: String,
    /// `done` or `not-yet`, by the button that was pressed.
    pub answer: String,
    /// Who is to do it and by when: sent by a form of its own, and shown again on this page.
    #[serde(skip)]
    pub given: Option<GiveForm>,
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
    if action.action.stage != ActionStage::Open {
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

/// What the page needs besides the action: a name, whether the record itself may be read, and whom
/// the action can be given to.
#[derive(Debug, Clone, Default)]
pub struct Around {
    verified_by: Option<String>,
    record: Option<String>,
    people: give::People,
}

impl Around {
    async fn of(app: &App, action: &InHand) -> Result<Self, Failure> {
        let verified_by = match &action.action.stage {
            ActionStage::Verified { by, .. } => app.store.people.get(*by).await?,
            ActionStage::Open | ActionStage::Addressed { .. } => None,
        };
        let id = action.audit.record;
        let record = app.store.records.get(id).await?;
        let record = record.filter(|record| action.permits(Deed::ReadRecord(record)));
        let people = if can_give(action) {
            give::people(app, action.visitor.today).await?
        } else {
            give::People::new()
        };
        Ok(Self {
            verified_by: verified_by.map(|person| person.name),
            record: record.map(|_| links::record(id)),
            people,
        })
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
    /// Why it is open again.
    sent_back: Option<Inset>,
    facts: SummaryList,
    errors: ErrorSummary,
    address: Option<AddressForm>,
    verify: Option<VerifyForm>,
    give: Option<Giving>,
    /// Who is to do what next, where it is not this person.
    next: Option<String>,
}

impl ActionPage {
    /// The page of this action, with what was typed and what was wrong with it.
    pub fn new(action: &InHand, around: &Around, form: &ActionForm, errors: &Errors) -> Self {
        let it = &action.action;
        let proof = Field::new("proof", "What was done, and where the proof is")
            .size(LabelSize::Medium)
            .hint("The place on the record and the date of the entry. Do not use a child’s name.")
            .error(errors.at("proof"));
        let because = Field::new("because", "If it is not done yet, why?")
            .hint("Say what is still missing. The action is then open again, with the same day.")
            .error(errors.at("because"));
        let team = action.audit.line.team.as_deref().unwrap_or("team not known");
        let (addresses, verifies) = (can_address(action), can_verify(action));
        // Only the form on the page can be wrong; an error must have a field to lead to.
        let mut summary = ErrorSummary::new();
        if addresses {
            summary = summary.field(&proof);
        }
        if verifies {
            summary = summary.field(&because);
        }
        let typed = form.given.as_ref();
        let give = can_give(action).then(|| Giving::new(action, &around.people, typed, errors));
        if let Some(giving) = &give {
            summary = giving.summed_up(summary);
        }
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..action.frame(format!("Action {} on {}", it.standard, it.reference))
            },
            caption: format!("{} · {team} · {}", it.reference, action.audit.quarter.words()),
            heading: action.standard().map_or_else(
                || it.standard.to_string(),
                |standard| format!("{}. {}", standard.code, standard.wording),
            ),
            stage: stage(action, around),
            sent_back: sent_back(action),
            facts: facts(action, around),
            errors: summary,
            address: addresses.then(|| AddressForm {
                action: links::action(it.id),
                proof: Textarea::new(proof).value(form.proof.clone()),
                button: Button::submit("Mark as addressed"),
            }),
            verify: verifies.then(|| VerifyForm {
                action: links::verify(it.id),
                because: Textarea::new(because).value(form.because.clone()).rows(3),
                done: Button::submit("It is done").answer("answer", "done"),
                not_yet: Button::submit("Not yet").secondary().answer("answer", "not-yet"),
            }),
            give,
            next: next(action),
        }
    }

    /// Each stage as owner, as manager and as reader sees it, and each form sent back with errors.
    pub fn samples() -> Vec<Self> {
        let (form, mut errors) = (ActionForm::default(), Errors::default());
        let people = vec![
            (super::sample::owner().id, "Nia Pell".to_owned()),
            (super::sample::manager().id, crate::govuk::HOSTILE.to_owned()),
        ];
        let record = Some("/records/7".to_owned());
        let around = Around { record, people, ..Around::default() };
        let all = super::sample::in_hand();
        let plain = all.iter().map(|action| Self::new(action, &around, &form, &errors));
        let mut samples: Vec<Self> = plain.collect();
        errors.say("proof", "Say what was done, and where the proof is");
        errors.say("because", "Say what is still missing");
        errors.say("owner", "Select who is to do it");
        errors.say("due", crate::govuk::HOSTILE);
        let hostile = crate::govuk::HOSTILE.to_owned();
        let given = GiveForm { day: hostile.clone(), ..GiveForm::default() };
        let (proof, because) = (hostile.clone(), hostile);
        let form = ActionForm { proof, because, given: Some(given), ..form };
        samples.extend(all.iter().map(|action| Self::new(action, &around, &form, &errors)));
        samples
    }
}

fn can_address(action: &InHand) -> bool {
    action.action.stage == ActionStage::Open && action.permits(Deed::AddressAction(&action.action))
}

fn can_verify(action: &InHand) -> bool {
    matches!(action.action.stage, ActionStage::Addressed { .. })
        && action.permits(Deed::VerifyAction(&action.action))
}

fn stage(action: &InHand, around: &Around) -> String {
    let due = day_in_words(action.action.due);
    match &action.action.stage {
        ActionStage::Open if action.action.is_overdue(action.visitor.today) => {
            format!("Overdue: it was due on {due} and is not addressed yet.")
        }
        ActionStage::Open => format!("Due on {due}. Not addressed yet."),
        ActionStage::Addressed { on, .. } => {
            format!("Addressed on {} by the owner. Not yet verified.", day_in_words(*on))
        }
        ActionStage::Verified { on, .. } => {
            let by = around.verified_by.as_deref().unwrap_or("somebody else");
            format!("Verified on {} by {by}.", day_in_words(*on))
        }
    }
}

/// *Sent back on 2 June 2026, because: the entry has no date.*
fn sent_back(action: &InHand) -> Option<Inset> {
    let it = action.action.sent_back.as_ref()?;
    let (on, because) = (day_in_words(it.on), it.because.words());
    Some(Inset::new(Content::written(format!("Sent back on {on}, because: {because}"))))
}

fn facts(action: &InHand, around: &Around) -> SummaryList {
    let it = &action.action;
    let reference = it.reference.to_string();
    let record = match &around.record {
        Some(link) => Content::link(reference, link.clone()),
        None => Content::text(reference),
    };
    let mut rows = vec![
        SummaryRow::new("What must be put right", Content::written(it.what.clone())),
        SummaryRow::new("Record", record),
        SummaryRow::new("Owner", it.owner_name.as_deref().unwrap_or("Nobody owns this yet")),
        SummaryRow::new("Due", day_in_words(it.due)),
    ];
    if let ActionStage::Addressed { proof, .. } | ActionStage::Verified { proof, .. } = &it.stage {
        rows.push(SummaryRow::new("What was done, and the proof", Content::written(proof.words())));
    }
    if let Some(standard) = action.standard() {
        rows.push(SummaryRow::new("What met looks like", standard.met_looks_like.clone()));
    }
    if action.permits(Deed::ReadAudit(&action.audit)) {
        let link = Content::link("Read the audit that found it", links::read_audit(it.audit));
        rows.push(SummaryRow::new("Audit", link));
    }
    SummaryList::new(rows)
}

fn next(action: &InHand) -> Option<String> {
    let it = &action.action;
    match &it.stage {
        ActionStage::Open if can_address(action) => None,
        ActionStage::Open if it.owner.is_none() && can_give(action) => None,
        ActionStage::Open if it.owner.is_none() => {
            Some("Nobody is to do this yet. The quality lead is shown that it has no owner.".into())
        }
        ActionStage::Open => Some("The owner is to say what was done.".into()),
        ActionStage::Addressed { .. } if can_verify(action) => None,
        ActionStage::Addressed { .. } if it.owner == Some(action.visitor.id()) => Some(
            "Somebody else will look whether it is done. You cannot verify it yourself.".into(),
        ),
        ActionStage::Addressed { .. } => Some(
            "The manager of the team or the quality lead is to look whether it is done.".into(),
        ),
        ActionStage::Verified { .. } => None,
    }
}
