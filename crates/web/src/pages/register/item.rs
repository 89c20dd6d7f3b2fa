//! One item: what was asked, what became of it, and the forms for whoever takes the next step.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::permission::RegisterDeed;
use quarterlight_domain::register::step::{Step, What};
use quarterlight_domain::register::{Item, Meeting, Stage};
use quarterlight_domain::stamp::{day_in_england, moment_in_words};

use super::step::{StepForm, Steps};
use super::{InHand, ToRead, owners};
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{Content, ErrorSummary, SummaryList, SummaryRow, Tag, TagColour};
use crate::layout::Frame;
use crate::{links, page};

/// What the page shows besides the item: meetings at which a reply can be accepted, and who can own.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Every meeting.
    pub meetings: Vec<Meeting>,
    /// Who can owe a reply.
    pub owners: Vec<(PersonId, String)>,
}

impl Around {
    /// What is needed for the forms that this person sees.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(app: &App, item: &InHand) -> Result<Self, Failure> {
        let meetings = app.store.register.meetings().await?;
        let keeps = item.permits(RegisterDeed::Keep);
        let owners = if keeps { owners(app, &item.visitor).await? } else { Vec::new() };
        Ok(Self { meetings, owners })
    }
}

/// One step as the page shows it.
#[derive(Debug, Clone)]
struct Shown {
    heading: String,
    when: String,
    words: Content,
}

/// One item of the register.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/register/item.html")]
pub struct ItemPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    state: Tag,
    facts: SummaryList,
    became: Vec<Shown>,
    steps: Steps,
}

/// Shows the item.
///
/// # Errors
/// There is no such page for those who may not read it.
pub async fn get(app: App, item: ToRead) -> page::Result {
    let around = Around::of(&app, &item).await?;
    page::show(&ItemPage::new(&item, &around, &StepForm::default(), &Errors::default()))
}

impl ItemPage {
    /// The page of this item, with what was typed and what was wrong with it.
    pub fn new(item: &InHand, around: &Around, form: &StepForm, errors: &Errors) -> Self {
        let it = &item.item;
        let steps = Steps::new(item, around, form, errors);
        let (words, colour) = match it.stage() {
            Stage::Open if it.is_overdue(item.visitor.today) => ("Overdue", TagColour::Red),
            Stage::Open => ("A reply is owed", TagColour::Blue),
            Stage::Replied => ("Replied, for the committee", TagColour::Yellow),
            Stage::Accepted => ("Accepted by the committee", TagColour::Green),
        };
        Self {
            frame: Frame {
                title: it.kind.words().to_owned(),
                has_errors: !errors.is_empty(),
                ..item.base.clone()
            },
            caption: format!("{}, {}", it.meeting.committee, it.reference()),
            errors: steps.summary(),
            state: Tag::new(words, colour),
            facts: facts(it),
            became: it.steps.iter().map(|step| shown(step, &around.meetings)).collect(),
            steps,
        }
    }

    /// Every stage, with hostile words, for whoever owes the reply and for the clerk.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for field in ["reply", "meeting", "accepts", "said", "due", "why", "owner", "because"] {
            errors.say(field, crate::govuk::HOSTILE);
        }
        let around = Around {
            meetings: vec![super::sample::meeting()],
            owners: vec![(PersonId(1), crate::govuk::HOSTILE.to_owned())],
        };
        let form = StepForm::default();
        let pages = super::sample::in_hand();
        let pages = pages.iter().flat_map(|it| {
            [Errors::default(), errors.clone()].map(|errors| Self::new(it, &around, &form, &errors))
        });
        pages.collect()
    }
}

fn facts(item: &Item) -> SummaryList {
    let mut rows = vec![SummaryRow::new("What was said", Content::written(item.words.words()))];
    if let Some(by) = &item.asked_by {
        rows.push(SummaryRow::new("Asked by", by.clone()));
    }
    if let Some((report, title, cited)) = &item.about {
        let about = Content::link(format!("{title}, {cited}"), links::report(*report));
        rows.push(SummaryRow::new("About", about));
    }
    let (first, due) = (item.first_due, item.due());
    let by_when = if first == due {
        day_in_words(due)
    } else {
        format!("{}, at first {}", day_in_words(due), day_in_words(first))
    };
    rows.push(SummaryRow::new("Who replies", item.owner().1));
    rows.push(SummaryRow::new("By when", by_when));
    SummaryList::new(rows)
}

fn shown(step: &Step, meetings: &[Meeting]) -> Shown {
    let at = |id| {
        let meeting = meetings.iter().find(|it| it.id == id);
        meeting
            .map_or(String::new(), |it| format!(" at its meeting of {}", day_in_words(it.held_on)))
    };
    let heading = match &step.what {
        What::Replied => "Replied".to_owned(),
        What::Accepted(id) => format!("The committee accepted the reply{}", at(*id)),
        What::NotAccepted(id) => format!("The committee did not accept the reply{}", at(*id)),
        What::Moved { from, to } => {
            format!("Due on {} instead of {}", day_in_words(*to), day_in_words(*from))
        }
        What::Given { from, to } => format!("{} replies instead of {}", to.1, from.1),
    };
    let by = step.by.clone().unwrap_or_else(|| "the console".to_owned());
    let when = match step.what {
        What::Replied => format!("By {by} on {}", day_in_words(day_in_england(step.at))),
        _ => format!("Noted by {by} on {}", moment_in_words(step.at)),
    };
    Shown { heading, when, words: Content::written(step.words.words()) }
}
