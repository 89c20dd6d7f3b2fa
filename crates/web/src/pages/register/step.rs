//! The steps of an item: replying, what the committee said, more time, and another owner.

use quarterlight_domain::permission::RegisterDeed;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::register::step::NewStep;
use quarterlight_domain::register::{Meeting, Stage};
use serde::Deserialize;

use super::item::{Around, ItemPage};
use super::{InHand, ToKeep, ToReply, choices, chosen};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, DateInput, ErrorSummary, Field, Markup, RadioItem, Radios, Select, SelectItem, Textarea,
};
use crate::{links, page};

/// What was typed into any of the forms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// How many steps the page showed.
    after: String,
    reply: String,
    meeting: String,
    accepts: String,
    said: String,
    #[serde(rename = "due-day")]
    due_day: String,
    #[serde(rename = "due-month")]
    due_month: String,
    #[serde(rename = "due-year")]
    due_year: String,
    why: String,
    owner: String,
    because: String,
}

impl StepForm {
    fn due(&self) -> TypedDate {
        TypedDate {
            day: self.due_day.clone(),
            month: self.due_month.clone(),
            year: self.due_year.clone(),
        }
    }
}

/// Keeps the owner's reply.
///
/// # Errors
/// There is no such page for anybody but whoever owes it.
pub async fn reply(app: App, item: ToReply, Filled(form): Filled<StepForm>) -> page::Result {
    let mut errors = Errors::default();
    let words = errors.reason("reply", &form.reply, "Enter your reply to the committee");
    let step = words.and_then(|it| errors.keep("reply", item.item.reply_with(it)));
    keep(&app, &item, &form, (step, errors), "replied to a committee").await
}

/// Keeps what the committee said of the reply.
///
/// # Errors
/// There is no such page for anybody but the clerk.
pub async fn committee(app: App, item: ToKeep, Filled(form): Filled<StepForm>) -> page::Result {
    let mut errors = Errors::default();
    let meetings = app.store.register.meetings().await?;
    let meeting: Option<&Meeting> = meetings.iter().find(|it| it.id.to_string() == form.meeting);
    if meeting.is_none() {
        errors.say("meeting", "Choose the meeting");
    }
    let accepts = match form.accepts.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            errors.say("accepts", "Select whether the committee accepted the reply");
            None
        }
    };
    let said = errors.reason("said", &form.said, "Enter what the committee said");
    let step = match (meeting, accepts, said) {
        (Some(meeting), Some(accepts), Some(said)) => {
            let today = item.visitor.today;
            errors.keep("meeting", item.item.at_meeting(meeting, accepts, said, today))
        }
        _ => None,
    };
    keep(&app, &item, &form, (step, errors), "noted what a committee said of a reply").await
}

/// Moves the day by which the reply is owed.
///
/// # Errors
/// There is no such page for anybody but the clerk.
pub async fn due(app: App, item: ToKeep, Filled(form): Filled<StepForm>) -> page::Result {
    let mut errors = Errors::default();
    let to = errors.keep("due", form.due().read());
    let why = errors.reason("why", &form.why, "Say why the day moves");
    let step = match (to, why) {
        (Some(to), Some(why)) => {
            errors.keep("due", item.item.move_due(to, why, item.visitor.today))
        }
        _ => None,
    };
    keep(&app, &item, &form, (step, errors), "moved the day of a reply").await
}

/// Says that somebody else replies.
///
/// # Errors
/// There is no such page for anybody but the clerk.
pub async fn owner(app: App, item: ToKeep, Filled(form): Filled<StepForm>) -> page::Result {
    let mut errors = Errors::default();
    let owners = super::owners(&app, &item.visitor).await?;
    let to = chosen(&form.owner, &owners);
    if to.is_none() {
        errors.say("owner", "Choose who replies");
    }
    let because = errors.reason("because", &form.because, "Say why somebody else replies");
    let step = match (to, because) {
        (Some(to), Some(because)) => errors.keep("owner", item.item.give_to(to, because)),
        _ => None,
    };
    keep(&app, &item, &form, (step, errors), "gave a reply to somebody else").await
}

async fn keep(
    app: &App,
    item: &InHand,
    form: &StepForm,
    (step, errors): (Option<NewStep>, Errors),
    why: &'static str,
) -> page::Result {
    let quicker = "A step was taken since you opened this page. Open the item again to see it.";
    // The page that was sent showed fewer steps than there are, and its form may be there no longer.
    if form.after != item.item.steps.len().to_string() {
        return Err(Refusal::because(quicker).into());
    }
    let Some(step) = step else {
        let around = Around::of(app, item).await?;
        return page::again(&ItemPage::new(item, &around, form, &errors));
    };
    if !app.store.register.step(&item.visitor.stamp(why), &step).await? {
        return Err(Refusal::because(quicker).into());
    }
    page::see_other(links::register_item(item.item.id))
}

/// One form as the page shows it.
#[derive(Debug, Clone)]
pub struct Form {
    pub(super) heading: &'static str,
    pub(super) action: String,
    pub(super) fields: Vec<Markup>,
    pub(super) button: Button,
}

/// The forms that this person sees.
#[derive(Debug, Clone)]
pub struct Steps {
    /// How many steps were taken.
    pub(super) after: usize,
    pub(super) forms: Vec<Form>,
    errors: ErrorSummary,
}

impl Steps {
    /// The forms for the next step.
    pub fn new(item: &InHand, around: &Around, form: &StepForm, errors: &Errors) -> Self {
        let stage = item.item.stage();
        let keeps = item.permits(RegisterDeed::Keep);
        let mut steps =
            Self { after: item.item.steps.len(), forms: Vec::new(), errors: ErrorSummary::new() };
        if stage == Stage::Open && item.permits(RegisterDeed::Reply(&item.item)) {
            steps.reply(item, form, errors);
        }
        if stage == Stage::Replied && keeps {
            steps.committee(item, around, form, errors);
        }
        if stage == Stage::Open && keeps {
            steps.time(item, form, errors);
            steps.owner(item, around, form, errors);
        }
        steps
    }

    /// What was wrong, for the top of the page.
    pub fn summary(&self) -> ErrorSummary {
        self.errors.clone()
    }

    fn reply(&mut self, item: &InHand, form: &StepForm, errors: &Errors) {
        let reply = Field::new("reply", "Your reply to the committee")
            .hint("It is read as you write it, and printed in the next report. No names of children or workers.")
            .error(errors.at("reply"));
        self.errors = self.errors.clone().field(&reply);
        let reply = Textarea::new(reply).value(form.reply.clone()).rows(6);
        self.forms.push(Form {
            heading: "Reply",
            action: links::register_reply(item.item.id),
            fields: vec![Markup::of(&reply)],
            button: Button::submit("Reply to the committee"),
        });
    }

    fn committee(&mut self, item: &InHand, around: &Around, form: &StepForm, errors: &Errors) {
        let meeting = Field::new("meeting", "At which meeting?").error(errors.at("meeting"));
        let accepts = Field::new("accepts", "Did the committee accept the reply?")
            .error(errors.at("accepts"));
        let said = Field::new("said", "What it said").error(errors.at("said"));
        let summary = self.errors.clone().field(&meeting).field(&accepts).field(&said);
        self.errors = summary;
        let first = SelectItem::new("", "Choose a meeting");
        let each = around
            .meetings
            .iter()
            .map(|it| SelectItem::new(it.id.to_string(), super::candidates::caption(it)));
        let meetings = std::iter::once(first).chain(each).collect();
        let answers = vec![
            RadioItem::new("yes", "Yes, it is settled"),
            RadioItem::new("no", "No, a reply is owed again"),
        ];
        self.forms.push(Form {
            heading: "What the committee said",
            action: links::register_committee(item.item.id),
            fields: vec![
                Markup::of(&Select::new(meeting, meetings).value(form.meeting.clone())),
                Markup::of(&Radios::new(accepts, answers).value(form.accepts.clone())),
                Markup::of(&Textarea::new(said).value(form.said.clone()).rows(3)),
            ],
            button: Button::submit("Note what the committee said"),
        });
    }

    fn time(&mut self, item: &InHand, form: &StepForm, errors: &Errors) {
        let due = Field::new("due", "The new day").error(errors.at("due"));
        let due = form.due().shown_in(DateInput::new(due));
        let why = Field::new("why", "Why the day moves").error(errors.at("why"));
        self.errors = self.errors.clone().date(&due).field(&why);
        self.forms.push(Form {
            heading: "Move the day",
            action: links::register_due(item.item.id),
            fields: vec![
                Markup::of(&due),
                Markup::of(&Textarea::new(why).value(form.why.clone()).rows(2)),
            ],
            button: Button::submit("Move the day").secondary(),
        });
    }

    fn owner(&mut self, item: &InHand, around: &Around, form: &StepForm, errors: &Errors) {
        let owner = Field::new("owner", "Who replies instead?").error(errors.at("owner"));
        let because = Field::new("because", "Why somebody else").error(errors.at("because"));
        self.errors = self.errors.clone().field(&owner).field(&because);
        let owners = choices(&around.owners);
        self.forms.push(Form {
            heading: "Give it to somebody else",
            action: links::register_owner(item.item.id),
            fields: vec![
                Markup::of(&Select::new(owner, owners).value(form.owner.clone())),
                Markup::of(&Textarea::new(because).value(form.because.clone()).rows(2)),
            ],
            button: Button::submit("Give it to them").secondary(),
        });
    }
}
