//! One concern: what was seen, who was told and when, and the form for whoever takes the next step.

use askama::Template;
use quarterlight_domain::concern::Stage;
use quarterlight_domain::concern::clock::Level;
use quarterlight_domain::permission::Deed;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::{Mailed, Told};

use super::ToRead;
use super::step::StepForm;
use crate::app::App;
use crate::form::Errors;
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, Inset, LabelSize, SummaryList, SummaryRow, Table,
    Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// A form with one box and one button.
#[derive(Debug, Clone)]
pub struct Step {
    heading: &'static str,
    sentence: &'static str,
    action: String,
    words: Textarea,
    button: Button,
}

/// The page of one concern.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/concerns/show.html")]
pub struct ConcernPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// *Not acknowledged. It is to be acknowledged by 24 November 2026 at 17:00.*
    stage: String,
    waits: Option<Inset>,
    facts: SummaryList,
    /// What this person may do next.
    next: Option<Step>,
    told: Table,
    /// Saying that it was raised in error.
    withdraw: Option<Step>,
    is_withdraw_wrong: bool,
}

/// Shows the concern.
///
/// # Errors
/// There is no such page for those who may not read it.
pub async fn get(app: App, concern: ToRead) -> page::Result {
    page::show(&ConcernPage::new(&concern, app.mails, &StepForm::default(), &Errors::default()))
}

impl ConcernPage {
    /// The page of this concern, with what was typed and what was wrong with it.
    pub fn new(concern: &ToRead, mails: bool, form: &StepForm, errors: &Errors) -> Self {
        let (it, id) = (&concern.line.concern, concern.line.concern.id);
        let answers_for = concern.permits(Deed::AcknowledgeConcern(it));
        let acknowledge = answers_for && it.waits();
        let close = match &it.stage {
            Stage::Acknowledged(by) => answers_for && by.by != concern.visitor.id(),
            _ => false,
        };
        let withdraw = it.waits() && concern.permits(Deed::WithdrawConcern(it));
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let doing = field("doing", "What is being done?")
            .size(LabelSize::Medium)
            .hint("By whom and by when. Do not use a child’s or a worker’s name.");
        let outcome = field("outcome", "What was done for the child?")
            .size(LabelSize::Medium)
            .hint("What you checked, and where it stands on the record.");
        let why = field("why", "Why was it raised in error?");
        let mut summary = ErrorSummary::new();
        if acknowledge {
            summary = summary.field(&doing);
        }
        if close {
            summary = summary.field(&outcome);
        }
        if withdraw {
            summary = summary.field(&why);
        }
        let step = |(heading, sentence), action, words, button| Step {
            heading,
            sentence,
            action,
            words,
            button,
        };
        let next = if acknowledge {
            let button = Button::submit("Acknowledge this concern");
            let words = Textarea::new(doing).value(form.doing.clone()).rows(4);
            Some(step(("Acknowledge", ACKNOWLEDGE), links::acknowledge(id), words, button))
        } else if close {
            let button = Button::submit("Close this concern");
            let words = Textarea::new(outcome).value(form.outcome.clone()).rows(4);
            Some(step(("Close", CLOSE), links::close_concern(id), words, button))
        } else {
            None
        };
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                title: "A child may be unsafe".to_owned(),
                ..concern.base.clone()
            },
            caption: concern.line.reference.to_string(),
            errors: summary,
            stage: stage(concern),
            waits: waits(concern),
            facts: facts(concern),
            next,
            told: told(&concern.told, mails),
            withdraw: withdraw.then(|| {
                let words = Textarea::new(why).value(form.why.clone()).rows(2);
                let button = Button::submit("Withdraw this concern").secondary();
                step(("Raised in error?", WITHDRAW), links::withdraw_concern(id), words, button)
            }),
            is_withdraw_wrong: errors.at("why").is_some(),
        }
    }

    /// Each stage as those see it who may take the next step and who may not, and each form sent
    /// back with errors.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        for field in ["doing", "outcome", "why"] {
            errors.say(field, HOSTILE);
        }
        let words = HOSTILE.to_owned();
        let wrong = StepForm { doing: words.clone(), outcome: words.clone(), why: words };
        let all = super::sample::to_read();
        let plain =
            all.iter().map(|it| Self::new(it, true, &StepForm::default(), &Errors::default()));
        plain.chain(all.iter().map(|it| Self::new(it, false, &wrong, &errors))).collect()
    }
}

const ACKNOWLEDGE: &str = "You say that you have seen this, and what is being done. It then no \
     longer escalates. Somebody else closes it once the child was seen to.";
const CLOSE: &str = "You say that you have checked what was done. Nothing more follows here.";
const WITHDRAW: &str = "It stays to be seen, with your reason.";

fn stage(concern: &ToRead) -> String {
    let (it, clock) = (&concern.line.concern, &concern.line.clock);
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "somebody".to_owned());
    let stepped = name(&concern.line.stepped_by);
    match &it.stage {
        Stage::Raised if concern.visitor.at > clock.due => {
            format!(
                "Not acknowledged. It was to be acknowledged by {}.",
                moment_in_words(clock.due)
            )
        }
        Stage::Raised => {
            format!(
                "Not acknowledged yet. It is to be acknowledged by {}.",
                moment_in_words(clock.due)
            )
        }
        Stage::Acknowledged(step) => {
            let late = if step.at > clock.due { ", late" } else { "" };
            format!(
                "Acknowledged by {stepped} on {}{late}. Not closed yet.",
                moment_in_words(step.at)
            )
        }
        Stage::Closed { at, .. } => {
            format!("Closed by {} on {}.", name(&concern.line.closed_by), moment_in_words(*at))
        }
        Stage::Withdrawn { at, .. } => {
            format!("Withdrawn by {stepped} on {}.", moment_in_words(*at))
        }
    }
}

/// What whoever raised it should know while nobody has answered.
fn waits(concern: &ToRead) -> Option<Inset> {
    let it = &concern.line.concern;
    if !it.waits() || it.by != concern.visitor.id() {
        return None;
    }
    let clock = &concern.line.clock;
    let (due, authority) = (moment_in_words(clock.due), moment_in_words(clock.authority));
    // Where nobody was reached, the senior managers were told with the others.
    let then = if clock.senior > it.at {
        format!("If nobody acknowledges it by {due}, the senior managers are told too; ")
    } else {
        format!("If nobody has acknowledged it by {due}, ")
    };
    Some(Inset::new(format!(
        "Your concern is kept. Those below are told. {then}at {authority} the quality lead and every \
         senior manager are. You see here when somebody acknowledges it."
    )))
}

fn facts(concern: &ToRead) -> SummaryList {
    let it = &concern.line.concern;
    let spoken = match &it.spoken {
        None => "Nobody was reached when it was raised".to_owned(),
        Some(spoken) => format!("{}\n{}", spoken.to.words(), moment_in_words(spoken.at)),
    };
    let mut rows = vec![
        SummaryRow::new("What was seen", Content::written(it.seen.words())),
        SummaryRow::new(
            "Raised",
            format!("By {} on {}", concern.line.raised_by, moment_in_words(it.at)),
        ),
        SummaryRow::new("Spoken to", Content::written(spoken)),
    ];
    if let Some(why) = it.spoken.as_ref().and_then(|it| it.why_before.as_ref()) {
        rows.push(SummaryRow::new("Why before the audit", Content::written(why.words())));
    }
    if it.after_submission {
        rows.push(SummaryRow::new("Audit", "It was submitted before; its grade stays as given"));
    }
    match &it.stage {
        Stage::Raised => {}
        Stage::Acknowledged(step) => {
            rows.push(SummaryRow::new("What is being done", Content::written(step.doing.words())));
        }
        Stage::Closed { acknowledged, outcome, .. } => {
            let doing = Content::written(acknowledged.doing.words());
            rows.push(SummaryRow::new("What was being done", doing));
            rows.push(SummaryRow::new("What was done", Content::written(outcome.words())));
        }
        Stage::Withdrawn { why, .. } => {
            rows.push(SummaryRow::new("Why withdrawn", Content::written(why.words())));
        }
    }
    SummaryList::new(rows)
}

fn told(told: &[Told], mails: bool) -> Table {
    let columns = vec![
        Column::words("Who"),
        Column::words("As"),
        Column::words("When"),
        Column::words("Email"),
    ];
    let row = |it: &Told| {
        let mail = match it.mail {
            Some((Mailed::Sent, at)) => format!("Sent on {}", moment_in_words(at)),
            Some((Mailed::Refused, _)) => "The mail server refuses the address".to_owned(),
            Some((Mailed::Taken | Mailed::Waiting, _)) => "Being sent; not confirmed".to_owned(),
            None if mails => "Not sent yet".to_owned(),
            None => "No mail server is set: shown on every page here".to_owned(),
        };
        let as_whom = match it.notice.level {
            Level::ServiceManagers => "Service manager",
            Level::SeniorManagers => "Senior manager of the place",
            Level::Authority => "The whole authority",
        };
        vec![
            Content::text(it.name.clone()),
            Content::text(as_whom),
            Content::text(moment_in_words(it.at)),
            Content::text(mail),
        ]
    };
    Table::new("told", "Who was told", columns).rows(told.iter().map(row).collect()).empty(
        "Nobody: no service manager, senior manager or quality lead is known. Ring somebody.",
    )
}
