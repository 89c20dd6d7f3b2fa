//! The form by which the quality lead changes an indicator for this authority, from a day, with a reason.

use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::indicator::Indicator;
use quarterlight_domain::indicator::local::Changed;
use quarterlight_domain::text::Reason;
use quarterlight_store::NewLocalChange;
use serde::Deserialize;

use super::show::{IndicatorPage, find, frame};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, DateInput, ErrorSummary, Field, InputKind, InputWidth, LabelSize, RadioItem, Radios,
    TextInput, Textarea,
};
use crate::permit::{ChangeIndicators, Through};
use crate::{links, page};

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    /// `target`, `no_target`, `off` or `as_published`.
    pub changed: String,
    /// The target in per cent.
    pub target: String,
    /// The day of the month.
    #[serde(rename = "from-day")]
    pub day: String,
    /// The month, as a number.
    #[serde(rename = "from-month")]
    pub month: String,
    /// The year.
    #[serde(rename = "from-year")]
    pub year: String,
    /// The reason.
    pub why: String,
    /// Made once when the form is shown.
    pub form_key: String,
}

/// The form on the page.
#[derive(Debug, Clone)]
pub struct ChangePart {
    pub(super) action: String,
    pub(super) form_key: String,
    pub(super) changed: Radios,
    pub(super) target: TextInput,
    pub(super) from: DateInput,
    pub(super) why: Textarea,
    pub(super) button: Button,
}

/// Changes the indicator. The same form posted twice changes it once.
///
/// # Errors
/// There is no such page for those who may not change indicators, and for one that the set in force
/// does not have.
pub async fn post(
    app: App,
    visitor: Through<ChangeIndicators>,
    axum::extract::Path(code): axum::extract::Path<String>,
    Filled(form): Filled<ChangeForm>,
) -> page::Result {
    let hand = find(&app, &visitor, &code).await?;
    let mut errors = Errors::default();
    let Some((changed, from, why)) = form.read(&mut errors) else {
        let frame = frame(&app, &visitor, &hand);
        return page::again(&IndicatorPage::new(frame, &hand, Some(&form), &errors));
    };
    let indicator = hand.held.indicator.code.clone();
    let link = links::indicator(&indicator);
    let form_key = form.form_key.clone();
    let new = NewLocalChange { indicator, from, changed, by: visitor.id(), why, form_key };
    match app.store.indicators.change(&visitor.stamp("changed an indicator"), &new).await {
        Ok(()) => {}
        Err(fault) if fault.is_duplicate() => {}
        Err(fault) => return Err(fault.into()),
    }
    page::see_other(link)
}

/// A key that a form has from the moment when it is shown.
pub(super) fn form_key(app: &App) -> String {
    app.word()
}

impl ChangeForm {
    /// The fields that can be wrong.
    pub(super) const FIELDS: [&str; 4] = ["changed", "target", "from", "why"];

    fn from(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }

    /// What was chosen and typed; none where something is wrong.
    pub(super) fn read(&self, errors: &mut Errors) -> Option<(Changed, Date, Reason)> {
        let changed = match self.changed.as_str() {
            "target" => errors.keep("target", Changed::target(&self.target)),
            "no_target" => Some(Changed::NoTarget),
            "off" => Some(Changed::Off),
            "as_published" => Some(Changed::AsPublished),
            _ => {
                errors.say("changed", "Select what is to change");
                None
            }
        };
        let from = errors.keep("from", self.from().read());
        let why = errors.keep("why", Reason::new(&self.why));
        Some((changed?, from?, why?))
    }
}

impl ChangePart {
    /// The form as it was filled in, with what is wrong with it.
    pub(super) fn new(indicator: &Indicator, form: &ChangeForm, errors: &Errors) -> Self {
        let field = |name: &'static str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let items = vec![
            RadioItem::new("target", "Another target").hint("Give it below."),
            RadioItem::new("no_target", "No target"),
            RadioItem::new("off", "Do not show it")
                .hint("It is left out of the list and the reports from that day."),
            RadioItem::new("as_published", "As it was published"),
        ];
        let chosen = Some(form.changed.clone()).filter(|chosen| !chosen.is_empty());
        let target = field("target", "The target, if there is to be another")
            .hint("In whole per cent, such as 90.");
        let from = field("from", "From which day")
            .hint(format!("For example, {}.", day_in_words(jiff::civil::date(2026, 4, 1))));
        let why = field("why", "Why").hint("Who agreed it, and where that is written down.");
        Self {
            action: links::indicator(&indicator.code),
            form_key: form.form_key.clone(),
            changed: Radios::new(field("changed", "What is to change?"), items).value(chosen),
            target: TextInput::new(target)
                .kind(InputKind::Digits)
                .width(InputWidth::Characters5)
                .suffix("%")
                .value(form.target.clone()),
            from: form.from().shown_in(DateInput::new(from)),
            why: Textarea::new(why).rows(3).value(form.why.clone()),
            button: Button::submit("Change the indicator"),
        }
    }

    /// What is wrong, in the order of the form.
    pub(super) fn errors(&self) -> ErrorSummary {
        let summary = ErrorSummary::new().field(&self.changed.field).field(&self.target.field);
        summary.date(&self.from).field(&self.why.field)
    }
}
