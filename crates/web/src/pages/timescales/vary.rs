//! The form by which the quality lead changes a rule for this authority, from a day and with a reason.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::limit::{Limit, Unit};
use quarterlight_domain::timescale::rule::InForce;
use quarterlight_domain::timescale::variation::{Variation, Varied};
use quarterlight_store::NewVariation;
use serde::Deserialize;

use super::show::{RulePage, find, frame};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, DateInput, ErrorSummary, Field, InputKind, InputWidth, LabelSize, RadioItem, Radios,
    Select, SelectItem, TextInput, Textarea,
};
use crate::permit::{Through, VaryRules};
use crate::{links, page};

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VaryForm {
    /// `limit`, `off` or `as_published`.
    pub varied: String,
    /// How many.
    pub count: String,
    /// Of what.
    pub unit: String,
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
pub struct VaryPart {
    pub(super) action: String,
    pub(super) form_key: String,
    pub(super) varied: Radios,
    /// The boxes of another limit; none where the rule has none.
    pub(super) limit: Option<LimitPart>,
    pub(super) from: DateInput,
    pub(super) why: Textarea,
    pub(super) button: Button,
}

/// The boxes of another limit.
#[derive(Debug, Clone)]
pub struct LimitPart {
    pub(super) count: TextInput,
    pub(super) unit: Select,
}

/// Changes the rule. The same form posted twice changes it once.
///
/// # Errors
/// There is no such page for those who may not change rules, and for a rule that is not in force.
pub async fn post(
    app: App,
    visitor: Through<VaryRules>,
    axum::extract::Path(code): axum::extract::Path<String>,
    Filled(form): Filled<VaryForm>,
) -> page::Result {
    let (rules, held) = find(&app, &visitor, &code).await?;
    let mut errors = Errors::default();
    let Some((varied, from, why)) = form.read(&held, &mut errors) else {
        let frame = frame(&app, &visitor, &held);
        return page::again(&RulePage::new(frame, &rules, &held, Some(&form), &errors));
    };
    let new = NewVariation {
        rule: held.rule.code.clone(),
        from,
        varied,
        by: visitor.id(),
        why,
        form_key: form.form_key.clone(),
    };
    let stamp = visitor.stamp("changed a rule about time");
    match app.store.timescales.vary(&stamp, &new).await {
        Ok(()) => {}
        Err(fault) if fault.is_duplicate() => {}
        Err(fault) => return Err(fault.into()),
    }
    page::see_other(links::timescale(&held.rule.code))
}

/// A key that a form has from the moment when it is shown.
pub(super) fn form_key(app: &App) -> String {
    app.word()
}

impl VaryForm {
    /// The fields that can be wrong.
    pub(super) const FIELDS: [&str; 5] = ["varied", "count", "unit", "from", "why"];

    fn from(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }

    /// What was chosen and typed; none where something is wrong.
    pub(super) fn read(
        &self,
        held: &InForce,
        errors: &mut Errors,
    ) -> Option<(Varied, jiff::civil::Date, Reason)> {
        let varied = match self.varied.as_str() {
            "limit" => self.limit(errors).map(Varied::Limit),
            "off" => Some(Varied::Off),
            "as_published" => Some(Varied::AsPublished),
            _ => {
                errors.say("varied", "Select what is to change");
                None
            }
        };
        if let Some(varied) = varied {
            errors.keep("varied", Variation::fits(&held.rule, varied));
        }
        let from = errors.keep("from", self.from().read());
        let why = errors.keep("why", Reason::new(&self.why));
        if !errors.is_empty() {
            return None;
        }
        Some((varied?, from?, why?))
    }

    fn limit(&self, errors: &mut Errors) -> Option<Limit> {
        let Some(unit) = Unit::from_code(&self.unit) else {
            errors.say("unit", "Select what the limit is counted in");
            return None;
        };
        let Ok(count) = self.count.trim().parse::<u16>() else {
            errors.say("count", "Enter the limit as a whole number, such as 20");
            return None;
        };
        errors.keep("count", Limit::new(count, unit))
    }
}

impl VaryPart {
    /// The form as it was filled in, with what is wrong with it.
    pub(super) fn new(held: &InForce, form: &VaryForm, errors: &Errors) -> Self {
        let field = |name: &'static str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let has_limit = held.rule.asks.limit().is_some();
        let limit = RadioItem::new("limit", "Another limit").hint("Give it below.");
        let off = RadioItem::new("off", "Switch it off")
            .hint("The rule is kept, and is asked of no record from that day.");
        let published = RadioItem::new("as_published", "As it was published");
        let items = has_limit.then_some(limit).into_iter().chain([off, published]).collect();
        let chosen = Some(form.varied.clone()).filter(|chosen| !chosen.is_empty());
        let from = field("from", "From which day")
            .hint(format!("For example, {}.", day_in_words(jiff::civil::date(2026, 4, 1))));
        let why = field("why", "Why").hint("Who agreed it, and where that is written down.");
        Self {
            action: links::timescale(&held.rule.code),
            form_key: form.form_key.clone(),
            varied: Radios::new(field("varied", "What is to change?"), items).value(chosen),
            limit: has_limit.then(|| LimitPart {
                count: TextInput::new(
                    field("count", "The limit, if it is to be another").hint("A whole number."),
                )
                .kind(InputKind::Digits)
                .width(InputWidth::Characters5)
                .value(form.count.clone()),
                unit: Select::new(field("unit", "Counted in"), units()).value(form.unit.clone()),
            }),
            from: form.from().shown_in(DateInput::new(from)),
            why: Textarea::new(why).rows(3).value(form.why.clone()),
            button: Button::submit("Change the rule"),
        }
    }

    /// What is wrong, in the order of the form.
    pub(super) fn errors(&self) -> ErrorSummary {
        let mut summary = ErrorSummary::new().field(&self.varied.field);
        if let Some(limit) = &self.limit {
            summary = summary.field(&limit.count.field).field(&limit.unit.field);
        }
        summary.date(&self.from).field(&self.why.field)
    }
}

fn units() -> Vec<SelectItem> {
    let item = |unit: Unit| SelectItem::new(unit.code(), unit.words(2));
    std::iter::once(SelectItem::new("", "Select")).chain(Unit::ALL.map(item)).collect()
}
