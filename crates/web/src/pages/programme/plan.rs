//! Planning one quarter of a year: a new version of the programme, beside those that were.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::programme::{Programme, QuarterPlan, quarters_of};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::size_rule::SizeRule;
use quarterlight_domain::text::{Reason, bounded};
use serde::Deserialize;

use super::{Year, inner_frame};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, CheckboxItem, Checkboxes, ErrorSummary, Field, InputKind, InputWidth, LabelSize,
    TextInput, Textarea,
};
use crate::layout::Frame;
use crate::permit::RunCycles;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    quarter: String,
    /// The version that the page showed, so that nobody plans over what they have not seen.
    seen: String,
    cohorts: Vec<String>,
    number: String,
    percent: String,
    /// Ticked: one record for each worker, too.
    each: Vec<String>,
    at_least: String,
    left_out: String,
    themes: String,
    why: String,
}

/// The page for planning a quarter.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/programme/plan.html")]
pub struct PlanPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    quarter: String,
    seen: String,
    cohorts: Checkboxes,
    number: TextInput,
    percent: TextInput,
    each: Checkboxes,
    at_least: TextInput,
    left_out: TextInput,
    themes: Textarea,
    why: Textarea,
    keep: Button,
}

/// Shows the plan of a quarter.
///
/// # Errors
/// There is no such page for those who do not run cycles, nor for a quarter of another year.
pub async fn get(app: App, asked: Year<RunCycles>, RawQuery(query): RawQuery) -> page::Result {
    let [first, ..] = quarters_of(asked.year).map_err(|_| Failure::NotFound)?;
    let quarter = match query.as_deref().and_then(|query| query.strip_prefix("quarter=")) {
        Some(text) => text.parse().map_err(|_| Failure::NotFound)?,
        None => first.max(Quarter::of(asked.visitor.today)),
    };
    if Quarter::year(quarter) != asked.year {
        return Err(Failure::NotFound);
    }
    let programme = app.store.programmes.current(asked.year).await?;
    let frame = inner_frame(&asked.visitor, &app, asked.year, &title(quarter));
    let form = PlanForm::of(programme.as_ref(), quarter);
    page::show(&PlanPage::new(frame, asked.year, &form, &Errors::default()))
}

/// Keeps a new version.
///
/// # Errors
/// There is no such page for those who do not run cycles, nor for a quarter of another year.
pub async fn post(
    app: App,
    asked: Year<RunCycles>,
    Filled(form): Filled<PlanForm>,
) -> page::Result {
    let quarter: Quarter = form.quarter.parse()?;
    if quarter.year() != asked.year {
        return Err(Failure::NotFound);
    }
    let visitor = &asked.visitor;
    let frame = inner_frame(visitor, &app, asked.year, &title(quarter));
    let mut errors = Errors::default();
    let (Some(plan), Some(why)) = form.read(&mut errors) else {
        return page::again(&PlanPage::new(frame, asked.year, &form, &errors));
    };
    let before = app.store.programmes.current(asked.year).await?;
    let seen = before.as_ref().map_or(0, |programme| programme.version);
    let this = links::programme(asked.year);
    if before
        .as_ref()
        .is_some_and(|it| it.quarters.get(&quarter) == Some(&plan) && it.why == why.words())
    {
        // The form came twice: the plan is there.
        return page::see_other(this);
    }
    if app.store.cycles.of_quarter(quarter).await?.is_some_and(|it| it.drawn > 0) {
        let refusal = "The sample of this quarter is drawn, so its plan cannot be changed.";
        return Err(Refusal::because(refusal).into());
    }
    let stamp = visitor.stamp("planned a quarter");
    let mut next = before.unwrap_or_else(|| Programme {
        year: asked.year,
        version: 0,
        made_on: visitor.today,
        why: String::new(),
        quarters: std::collections::BTreeMap::new(),
        frameworks: std::collections::BTreeMap::new(),
    });
    next.version = seen + 1;
    next.made_on = visitor.today;
    why.words().clone_into(&mut next.why);
    next.quarters.insert(quarter, plan);
    if form.seen == seen.to_string() {
        match app.store.programmes.keep(&stamp, &next).await {
            Ok(()) => return page::see_other(format!("{this}?planned")),
            Err(fault) if fault.is_duplicate() => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    let now = app.store.programmes.current(asked.year).await?;
    let seen = now.map_or(0, |programme| programme.version);
    let form = PlanForm { seen: seen.to_string(), ..form };
    page::again(&PlanPage::new(frame, asked.year, &form, &errors).changed())
}

fn title(quarter: Quarter) -> String {
    format!("Plan {}", quarter.words())
}

impl PlanForm {
    fn of(programme: Option<&Programme>, quarter: Quarter) -> Self {
        let plan = programme.map(|programme| programme.plan(quarter)).unwrap_or_default();
        let number = |number: Option<u32>| number.map_or(String::new(), |it| it.to_string());
        Self {
            quarter: quarter.to_string(),
            seen: programme.map_or(0, |programme| programme.version).to_string(),
            cohorts: plan.cohorts.iter().map(|cohort| cohort.code().to_owned()).collect(),
            number: number(plan.size.number),
            percent: number(plan.size.percent),
            each: if plan.size.one_per_worker { vec!["yes".to_owned()] } else { Vec::new() },
            at_least: plan.at_least.to_string(),
            left_out: plan.left_out.to_string(),
            themes: plan.themes,
            why: String::new(),
        }
    }

    fn read(&self, errors: &mut Errors) -> (Option<QuarterPlan>, Option<Reason>) {
        let number = errors.keep("number", maybe(&self.number, 100_000));
        let percent = errors.keep("percent", maybe(&self.percent, 100));
        let size = number.zip(percent).and_then(|(number, percent)| {
            errors.keep("number", SizeRule::new(number, percent, !self.each.is_empty()))
        });
        let at_least = errors.keep("at_least", whole(&self.at_least, 100));
        let left_out = errors.keep("left_out", whole(&self.left_out, 20));
        let themes = errors.keep("themes", themes(&self.themes));
        let why = errors.keep("why", Reason::new(&self.why));
        let cohorts: BTreeSet<Cohort> =
            self.cohorts.iter().filter_map(|code| Cohort::from_code(code)).collect();
        let parts = size.zip(at_least).zip(left_out).zip(themes);
        let plan = parts.map(|(((size, at_least), left_out), themes)| QuarterPlan {
            cohorts: cohorts.clone(),
            size,
            at_least,
            left_out,
            themes,
        });
        let checked = QuarterPlan { cohorts, ..QuarterPlan::default() }.check();
        let is_right = errors.keep("cohorts", checked).is_some();
        (plan.filter(|_| is_right), why)
    }
}

/// A whole number up to this, or nothing where the box is blank.
fn maybe(text: &str, most: u32) -> Result<Option<u32>, Refusal> {
    if text.trim().is_empty() { Ok(None) } else { whole(text, most).map(Some) }
}

fn whole(text: &str, most: u32) -> Result<u32, Refusal> {
    match text.trim().parse() {
        Ok(number) if number <= most => Ok(number),
        _ => Err(Refusal::because(format!("Enter a whole number from 0 to {most}."))),
    }
}

fn themes(text: &str) -> Result<String, Refusal> {
    let themes = bounded(text)?;
    if themes.chars().count() > 500 {
        return Err(Refusal::because("Shorten the themes to 500 characters or fewer."));
    }
    Ok(themes)
}

impl PlanPage {
    fn new(frame: Frame, year: i16, form: &PlanForm, errors: &Errors) -> Self {
        let field = |name: &'static str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let digits = |field: Field, value: &str| {
            let input = TextInput::new(field).kind(InputKind::Digits);
            input.width(InputWidth::Characters5).value(value)
        };
        let cohorts = field("cohorts", "Which cohorts can be drawn?");
        let number = field("number", "At least so many records in all")
            .hint("Leave blank for no number. The largest of this and the next two counts.");
        let percent = field("percent", "At least this share of the records that can be drawn");
        let each = field("each", "And for each worker?");
        let at_least = field("at_least", "How many at least from each stratum?")
            .hint("A stratum is a cohort in a service. A smaller one is drawn whole.");
        let left_out = field("left_out", "For how many quarters is a record left out once audited?")
            .hint("4 leaves out records audited in the same quarter or the three before it; 0 leaves none out.");
        let themes = field("themes", "What does the quarter look at most closely?")
            .hint("Leave blank for no theme. Members read this.");
        let why = field("why", "Why is the programme made so?")
            .hint("This is kept with the version, and members read it.");
        let summary = [&cohorts, &number, &percent, &each, &at_least, &left_out, &themes, &why]
            .into_iter()
            .fold(ErrorSummary::new(), ErrorSummary::field);
        let items = Cohort::ALL.map(|cohort| CheckboxItem::new(cohort.code(), cohort.words()));
        let each_items = vec![CheckboxItem::new("yes", "One record for each worker who holds any")];
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            action: links::plan(year),
            quarter: form.quarter.clone(),
            seen: form.seen.clone(),
            cohorts: Checkboxes::new(cohorts, items.into()).values(form.cohorts.clone()).small(),
            number: digits(number, &form.number),
            percent: digits(percent, &form.percent).suffix("%"),
            each: Checkboxes::new(each, each_items).values(form.each.clone()).small(),
            at_least: digits(at_least, &form.at_least),
            left_out: digits(left_out, &form.left_out),
            themes: Textarea::new(themes).value(form.themes.clone()).rows(3),
            why: Textarea::new(why).value(form.why.clone()).rows(3),
            keep: Button::submit("Keep this plan"),
        }
    }

    /// The same page where somebody else has changed the programme meanwhile.
    fn changed(mut self) -> Self {
        self.frame.has_errors = true;
        self.errors = self.errors.sentence(
            "Somebody has changed the programme since you opened this page, so yours was not \
             kept. Compare it with theirs, and keep it then if it still holds",
        );
        self
    }

    /// As usual, and hostile words with errors everywhere.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let Ok(quarter) = Quarter::new(2026, 4) else { return Vec::new() };
        let words = || HOSTILE.to_owned();
        let form = PlanForm {
            cohorts: Vec::new(),
            number: words(),
            percent: words(),
            at_least: words(),
            left_out: words(),
            themes: words(),
            ..PlanForm::of(None, quarter)
        };
        let mut errors = Errors::default();
        form.read(&mut errors);
        let frame = || Frame::new(title(quarter));
        let usual = PlanForm::of(None, quarter);
        vec![
            Self::new(frame(), 2026, &usual, &Errors::default()),
            Self::new(frame(), 2026, &form, &errors).changed(),
        ]
    }
}
