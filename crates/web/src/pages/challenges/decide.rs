//! One challenge: what the auditor answered, what the worker says, and what a moderator decides.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::reply::Outcome;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::{InHand, ToDecide, ToSee};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Content, ErrorSummary, Field, HOSTILE, LabelSize, RadioItem, Radios, SummaryList,
    SummaryRow, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    outcome: String,
    reason: String,
}

/// The part by which it is decided.
#[derive(Debug, Clone)]
struct Part {
    action: String,
    outcome: Radios,
    reason: Textarea,
    decide: Button,
}

/// One challenge.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/challenges/decide.html")]
pub struct ChallengePage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    said: SummaryList,
    /// What was decided.
    decided: Option<SummaryList>,
    /// Why this person does not decide, where somebody else must.
    apart: Option<String>,
    part: Option<Part>,
}

/// Shows the challenge.
///
/// # Errors
/// There is no such page for those who do not see challenges.
pub async fn get(challenge: ToSee) -> page::Result {
    page::show(&ChallengePage::new(&challenge, &DecideForm::default(), &Errors::default()))
}

/// Decides the challenge.
///
/// # Errors
/// Refuses a second decision. There is no such page for those who may not decide it.
pub async fn post(app: App, challenge: ToDecide, Filled(form): Filled<DecideForm>) -> page::Result {
    challenge.reply.must_wait()?;
    let mut errors = Errors::default();
    let outcome = Outcome::from_code(&form.outcome);
    if outcome.is_none() {
        errors.say("outcome", "Select what you decide");
    }
    let reason = errors.keep("reason", Reason::new(&form.reason));
    if let Some(reason) = &reason {
        let names = app.store.voices.names().await?;
        errors.keep("reason", names.are_not_in(reason.words()));
    }
    let (Some(outcome), Some(reason), true) = (outcome, reason, errors.is_empty()) else {
        return page::again(&ChallengePage::new(&challenge, &form, &errors));
    };
    let stamp = challenge.visitor.stamp("decided a challenge");
    app.store.replies.decide(&stamp, challenge.reply.id, (outcome, &reason)).await?;
    page::see_other(links::challenge(challenge.reply.id))
}

impl ChallengePage {
    fn new(challenge: &InHand, form: &DecideForm, errors: &Errors) -> Self {
        let (reply, audit) = (&challenge.reply, &challenge.audit);
        let visitor = &challenge.visitor;
        let may = permits(&visitor.person, Deed::DecideChallenge(audit), visitor.today);
        let outcome = Field::new("outcome", "What do you decide?").size(LabelSize::Medium);
        let outcome = outcome.error(errors.at("outcome"));
        let reason = Field::new("reason", "Your reason")
            .hint("What the record shows, and where. The worker and the auditor read it. Write no names.")
            .error(errors.at("reason"));
        let item = |it: Outcome| RadioItem::new(it.code(), it.words());
        let waits = reply.waits();
        Self {
            frame: Frame {
                title: format!("Challenge of {} · {}", reply.standard, audit.reference()),
                has_errors: !errors.is_empty(),
                ..challenge.base.clone()
            },
            caption: format!("{} · {}", audit.quarter.words(), challenge.edition.title()),
            errors: ErrorSummary::new().field(&outcome).field(&reason),
            said: said(challenge),
            decided: reply.decided.as_ref().map(|it| {
                let on = day_in_words(day_in_england(it.at));
                SummaryList::new(vec![
                    SummaryRow::new("Decided", it.outcome.words()),
                    SummaryRow::new("Reason", Content::written(it.reason.words())),
                    SummaryRow::new("By", format!("{}, on {on}", it.by)),
                ])
                .titled("What was decided")
            }),
            apart: (waits && !may).then(|| {
                "A moderator who neither made the audit, holds the record nor manages the place decides this."
                    .to_owned()
            }),
            part: (waits && may).then(|| Part {
                action: links::challenge(reply.id),
                outcome: Radios::new(outcome, Outcome::ALL.map(item).to_vec())
                    .value(form.outcome.clone()),
                reason: Textarea::new(reason).value(form.reason.clone()).rows(5),
                decide: Button::submit("Decide the challenge"),
            }),
        }
    }

    /// One that waits for somebody else, one to decide with errors, and one decided.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("outcome", "Select what you decide");
        errors.say("reason", "Give a reason.");
        let form = DecideForm { outcome: String::new(), reason: HOSTILE.to_owned() };
        let none = (DecideForm::default(), Errors::default());
        let challenges = super::sample::challenges();
        let forms = [&none, &(form, errors), &none];
        challenges
            .iter()
            .zip(forms)
            .map(|(it, (form, errors))| Self::new(it, form, errors))
            .collect()
    }
}

fn said(challenge: &InHand) -> SummaryList {
    let (reply, audit) = (&challenge.reply, &challenge.audit);
    let standard = challenge.edition.contents().find(&reply.standard);
    let mut rows = Vec::new();
    if let Some((_, standard)) = standard {
        let wording = format!("{}. {}", standard.code, standard.wording);
        rows.push(SummaryRow::new("Standard", wording));
        rows.push(SummaryRow::new("What met looks like", standard.met_looks_like.clone()));
    }
    rows.push(SummaryRow::new("Auditor", audit.auditor_name.clone()));
    if let Some(answer) = &challenge.answer {
        rows.push(SummaryRow::new("Judgement", answer.judgement.words()));
        rows.push(SummaryRow::new("What was seen", Content::written(answer.seen.clone())));
        rows.push(SummaryRow::new("Where", answer.found.clone()));
    }
    let on = day_in_words(day_in_england(reply.at));
    rows.push(SummaryRow::new(
        "The worker says",
        Content::written(format!("{on}: I think this is wrong. {}", reply.words.words())),
    ));
    SummaryList::new(rows).titled("What is challenged")
}
