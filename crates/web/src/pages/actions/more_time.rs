//! More time for an action: the owner asks, with a reason and a day, and somebody else decides.

use quarterlight_domain::action::ActionStep;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::Deed;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::show::{ActionForm, again};
use super::{InHand, ToAddress, ToGive};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{Button, Content, DateInput, ErrorSummary, Field, Inset, Textarea};
use crate::{links, page};

/// What was typed, by the owner or by whoever decides.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TimeForm {
    /// The day that is asked for.
    #[serde(rename = "until-day")]
    pub day: String,
    /// Its month.
    #[serde(rename = "until-month")]
    pub month: String,
    /// Its year.
    #[serde(rename = "until-year")]
    pub year: String,
    /// Why more time is needed.
    pub why: String,
    /// Why it is not agreed.
    pub refusal: String,
    /// `agree` or `refuse`, by the button that was pressed.
    pub answer: String,
}

/// The owner asks for more time. Posted twice, it changes nothing and shows the action as it is.
///
/// # Errors
/// There is no such page for anybody but the owner.
pub async fn ask(app: App, action: ToAddress, Filled(form): Filled<TimeForm>) -> page::Result {
    if !can_ask(&action) {
        return page::see_other(links::action(action.action.id));
    }
    match form.asked(&action) {
        Ok(step) => keep(&app, &action, &step, "asked for more time").await,
        Err(errors) => shown_again(&app, &action, form, &errors).await,
    }
}

/// Somebody else decides. Posted twice, it changes nothing and shows the action as it is.
///
/// # Errors
/// There is no such page for the owner, nor for those who neither run the audit nor manage the
/// record's place.
pub async fn decide(app: App, action: ToGive, Filled(form): Filled<TimeForm>) -> page::Result {
    if !can_decide(&action) {
        return page::see_other(links::action(action.action.id));
    }
    match form.decided(&action) {
        Ok(step) => keep(&app, &action, &step, "decided about more time").await,
        Err(errors) => shown_again(&app, &action, form, &errors).await,
    }
}

async fn keep(app: &App, action: &InHand, step: &ActionStep, why: &'static str) -> page::Result {
    // False if somebody was quicker; either way the page now says what is kept.
    app.store.actions.step(&action.visitor.stamp(why), step).await?;
    page::see_other(links::action(action.action.id))
}

async fn shown_again(app: &App, action: &InHand, form: TimeForm, errors: &Errors) -> page::Result {
    let form = ActionForm { time: Some(form), ..ActionForm::default() };
    again(app, action, &form, errors).await
}

/// Whether this person may ask for more time now.
pub fn can_ask(action: &InHand) -> bool {
    let it = &action.action;
    it.is_open()
        && it.joined_to.is_none()
        && it.more_time.is_none()
        && action.permits(Deed::AddressAction(it))
}

/// Whether more time is asked for, and this person may decide it.
pub fn can_decide(action: &InHand) -> bool {
    let it = &action.action;
    it.is_open() && it.more_time.is_some() && action.permits(Deed::GiveAction(it))
}

impl TimeForm {
    fn until(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }

    fn asked(&self, action: &InHand) -> Result<ActionStep, Errors> {
        let mut errors = Errors::default();
        let until = errors.keep("until", self.until().read());
        let why = errors.keep("why", Reason::new(&self.why));
        let (Some(until), Some(why)) = (until, why) else { return Err(errors) };
        let step =
            action.action.ask_for_time(action.visitor.id(), until, why, action.visitor.today);
        errors.keep("until", step).ok_or(errors)
    }

    fn decided(&self, action: &InHand) -> Result<ActionStep, Errors> {
        let mut errors = Errors::default();
        let is_blank = self.refusal.trim().is_empty();
        let refused = match self.answer.as_str() {
            "agree" if is_blank => None,
            // Ctrl and Enter press the first button; a reason that was written must not be lost.
            "agree" => {
                errors.say("refusal", "You wrote why not. Press Do not agree, or remove it");
                return Err(errors);
            }
            _ => match errors.keep("refusal", Reason::new(&self.refusal)) {
                Some(why) => Some(why),
                None => return Err(errors),
            },
        };
        let step = action.action.decide_time(action.visitor.id(), refused);
        errors.keep("refusal", step).ok_or(errors)
    }
}

/// The owner's form as the page shows it.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Where the form is sent.
    pub action: String,
    /// Whether it is unfolded when the page opens.
    pub open: bool,
    /// Until when.
    pub until: DateInput,
    /// Why.
    pub why: Textarea,
    /// Sends the form.
    pub button: Button,
}

impl Asking {
    /// The form for this action, empty or as it was typed.
    pub fn new(action: &InHand, typed: Option<&TimeForm>, errors: &Errors) -> Self {
        let form = typed.cloned().unwrap_or_default();
        let until = Field::new("until", "Until when?")
            .hint(format!("It is due on {}.", day_in_words(action.action.due)))
            .error(errors.at("until"));
        let why = Field::new("why", "Why is more time needed?").error(errors.at("why"));
        Self {
            action: links::ask_for_time(action.action.id),
            open: errors.at("until").is_some() || errors.at("why").is_some(),
            until: form.until().shown_in(DateInput::new(until)),
            why: Textarea::new(why).value(form.why).rows(3),
            button: Button::submit("Ask for more time").secondary(),
        }
    }

    /// What is wrong with the form, added to what is wrong with the page.
    pub fn summed_up(&self, summary: ErrorSummary) -> ErrorSummary {
        summary.date(&self.until).field(&self.why.field)
    }
}

/// The form of whoever decides.
#[derive(Debug, Clone)]
pub struct Deciding {
    /// Where the form is sent.
    pub action: String,
    /// What is asked, and why.
    pub asked: Inset,
    /// Why not.
    pub refusal: Textarea,
    /// Agrees.
    pub agree: Button,
    /// Does not.
    pub refuse: Button,
}

impl Deciding {
    /// The form for this action, empty or as it was typed; none where nothing is asked.
    pub fn new(action: &InHand, typed: Option<&TimeForm>, errors: &Errors) -> Option<Self> {
        let asked = action.action.more_time.as_ref()?;
        let refusal = Field::new("refusal", "If you do not agree, why?")
            .hint("The action then stays due on its present day.")
            .error(errors.at("refusal"));
        Some(Self {
            action: links::decide_time(action.action.id),
            asked: asked_for(asked),
            refusal: Textarea::new(refusal)
                .value(typed.map_or_else(String::new, |it| it.refusal.clone()))
                .rows(3),
            agree: Button::submit("Agree to more time").answer("answer", "agree"),
            refuse: Button::submit("Do not agree").secondary().answer("answer", "refuse"),
        })
    }

    /// What is wrong with the form, added to what is wrong with the page.
    pub fn summed_up(&self, summary: ErrorSummary) -> ErrorSummary {
        summary.field(&self.refusal.field)
    }
}

/// *More time was asked for on 2 June 2026, until 20 June 2026, because: …*
pub fn asked_for(asked: &quarterlight_domain::action::MoreTime) -> Inset {
    Inset::new(Content::written(format!(
        "More time was asked for on {}, until {}, because: {}",
        day_in_words(asked.on),
        day_in_words(asked.until),
        asked.because.words()
    )))
}
