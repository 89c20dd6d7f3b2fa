//! Drawing a cycle's sample: first what would be drawn, then the seed, then the draw.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::draw::Seed;
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::eligible::{Eligible, OpenRecord};
use quarterlight_domain::frame::Stratum;
use quarterlight_domain::programme::QuarterPlan;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::strata::SampleSize;
use quarterlight_report::words::{self, RECORD};
use serde::Deserialize;

use super::requests::Requests;
use super::working::{Worked, as_count};
use super::{InHand, ToRun};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, ErrorSummary, Field, InputKind, InputWidth, LabelSize, RadioItem, Radios, Table,
    TextInput,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DrawForm {
    total: String,
    at_least: String,
    /// `no` to draw from records audited lately too; `yes` to leave them out. As planned without.
    exclude: String,
    /// The digest of the frame that the page showed; blank for one that showed none.
    digest: String,
    seed: String,
}

impl DrawForm {
    /// How many records were asked for; none where that is not a number.
    pub fn asked(&self) -> Option<usize> {
        self.total.trim().parse().ok()
    }
}

/// The page for drawing.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/draw.html")]
pub struct DrawPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// Why there is nothing to draw, or that it is drawn.
    instead: Option<String>,
    cycle: String,
    sizes: Option<Sizes>,
}

/// The two forms: how many, which only shows; and the seed, which draws.
#[derive(Debug, Clone)]
pub struct Sizes {
    action: String,
    form: DrawForm,
    total: TextInput,
    at_least: TextInput,
    exclude: Radios,
    work_out: Button,
    /// What the programme says of this quarter.
    planned: String,
    programme: String,
    how: String,
    coverage: String,
    exclusions: String,
    worked: Option<Worked>,
    requests: Option<Table>,
    digest: String,
    seed: TextInput,
    draw: Button,
}

/// What can be drawn, and what would be; the sizes are none where the form is wrong.
#[derive(Debug, Clone)]
pub struct Plan {
    eligible: Eligible,
    /// The programme's plan, with what the form says instead.
    intended: QuarterPlan,
    sizes: Option<BTreeMap<Stratum, usize>>,
    size: SampleSize,
    requests: Requests,
    form: DrawForm,
    errors: Errors,
}

/// Shows what would be drawn.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn get(app: App, cycle: ToRun, RawQuery(query): RawQuery) -> page::Result {
    if let Some(instead) = instead(&app, &cycle).await? {
        return page::show(&DrawPage::instead(&cycle, instead));
    }
    let form = query.and_then(|query| serde_urlencoded::from_str::<DrawForm>(&query).ok());
    let plan = Plan::of(&app, &cycle, form.unwrap_or_default()).await?;
    let page = DrawPage::new(&cycle, &plan);
    if plan.errors.is_empty() { page::show(&page) } else { page::again(&page) }
}

/// Draws.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn post(app: App, cycle: ToRun, Filled(form): Filled<DrawForm>) -> page::Result {
    if let Some(instead) = instead(&app, &cycle).await? {
        return page::show(&DrawPage::instead(&cycle, instead));
    }
    let mut plan = Plan::of(&app, &cycle, form).await?;
    let digest = plan.form.digest.trim();
    if !digest.is_empty() && digest != plan.eligible.frame.digest() {
        plan.errors.say("seed", CHANGED);
        return page::again(&DrawPage::new(&cycle, &plan));
    }
    let seed = plan.errors.keep("seed", Seed::new(&plan.form.seed));
    let (Some(seed), Some(sizes)) = (seed, plan.sizes.clone()) else {
        return page::again(&DrawPage::new(&cycle, &plan));
    };
    let quarter = cycle.cycle().quarter;
    let file = DrawFile::drawn(quarter, seed, plan.eligible.frame.clone(), sizes);
    let file = file.and_then(|file| file.for_requests(plan.eligible.taken_up()));
    let file = match file.and_then(|file| file.without(plan.eligible.excluded.clone())) {
        Ok(file) => file,
        Err(refusal) => {
            plan.errors.say("total", refusal.sentence());
            return page::again(&DrawPage::new(&cycle, &plan));
        }
    };
    let this = links::cycle(cycle.cycle().id);
    let stamp = cycle.visitor.stamp("drew a sample");
    let left_out = &plan.eligible.left_out;
    match app.store.draws.keep_with(&stamp, cycle.cycle().id, &file, left_out).await {
        Ok(Some(_)) => page::see_other(format!("{this}?drawn")),
        Ok(None) => {
            let mut plan = Plan::of(&app, &cycle, plan.form).await?;
            plan.errors.say("seed", CHANGED);
            page::again(&DrawPage::new(&cycle, &plan))
        }
        // Somebody else was quicker: the cycle's own page shows what they drew. Or the draw of
        // another cycle took up a request of this one, or somebody withdrew it.
        Err(fault) if fault.is_duplicate() => {
            if app.store.draws.of_cycle(cycle.cycle().id).await?.is_some() {
                return page::see_other(this);
            }
            let mut plan = Plan::of(&app, &cycle, plan.form).await?;
            plan.errors.say("seed", CHANGED);
            page::again(&DrawPage::new(&cycle, &plan))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What was shown is no longer what would be drawn.
const CHANGED: &str = "What can be drawn, or what was asked of the draw, has changed since this page \
                       was shown. Look at it again and note the new digest.";

/// Why there is nothing to draw; none where there is.
async fn instead(app: &App, cycle: &InHand) -> Result<Option<String>, Failure> {
    let quarter = cycle.cycle().quarter.words();
    if let Some(drawn) = app.store.draws.of_cycle(cycle.cycle().id).await? {
        return Ok(Some(format!(
            "The sample of {quarter} was drawn on {}. A drawn sample never changes.",
            day_in_words(drawn.drawn_on)
        )));
    }
    let has_list = app.store.case_lists.current().await?.is_some_and(|list| list.records > 0);
    Ok((!has_list).then(|| {
        "There is no open record to draw from. A case list must be taken in first.".to_owned()
    }))
}

impl Plan {
    async fn of(app: &App, cycle: &InHand, form: DrawForm) -> Result<Self, Failure> {
        let quarter = cycle.cycle().quarter;
        let programme = app.store.programmes.current(quarter.year()).await?;
        let plan = programme.map(|programme| programme.plan(quarter)).unwrap_or_default();
        let records = app.store.records.drawable(Some(cycle.cycle().id)).await?;
        let requests = Requests {
            open: app.store.draw_requests.open_requests().await?,
            services: app.store.figures.services().await?,
        };
        Ok(Self::from((records, requests), cycle, plan, form)?)
    }

    fn from(
        (records, requests): (Vec<OpenRecord>, Requests),
        cycle: &InHand,
        mut plan: QuarterPlan,
        mut form: DrawForm,
    ) -> Result<Self, Refusal> {
        match form.exclude.as_str() {
            "no" => plan.left_out = 0,
            "yes" if plan.left_out == 0 => plan.left_out = QuarterPlan::default().left_out,
            _ => {}
        }
        let quarter = cycle.cycle().quarter;
        let eligible = Eligible::asked(records, quarter, &plan, &requests.open)?;
        let all = eligible.frame.len();
        let fill = |field: &mut String, number: usize| {
            if field.trim().is_empty() {
                *field = number.to_string();
            }
        };
        fill(&mut form.total, plan.size.size(all, eligible.workers));
        fill(&mut form.at_least, usize::try_from(plan.at_least).unwrap_or(0).min(all));
        let mut errors = Errors::default();
        let total = errors.keep("total", number(&form.total, 1, all));
        let at_least = errors.keep("at_least", number(&form.at_least, 0, all));
        if let Some(at_least) = at_least {
            plan.at_least = u32::try_from(at_least).unwrap_or(u32::MAX);
        }
        let size = total.zip(at_least).map(|(total, at_least)| SampleSize { total, at_least });
        let sizes = size.map(|size| eligible.share_out(size));
        let size = size.unwrap_or(SampleSize { total: 0, at_least: 0 });
        if eligible.frame.is_empty() {
            errors.say(
                "exclude",
                "No open record is left to draw from. Select no to draw from those audited lately \
                 too, or put more cohorts in the programme.",
            );
        }
        Ok(Self { eligible, intended: plan, sizes, size, requests, form, errors })
    }
}

/// A whole number within bounds. A frame without a record has another error already.
fn number(text: &str, least: usize, most: usize) -> Result<usize, Refusal> {
    let most = most.max(least);
    match text.trim().parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(Refusal::because(format!("Enter a whole number from {least} to {most}."))),
    }
}

impl DrawPage {
    fn instead(cycle: &InHand, instead: String) -> Self {
        Self {
            frame: cycle.inner_frame("Draw the sample"),
            caption: cycle.cycle().quarter.words(),
            errors: ErrorSummary::new(),
            instead: Some(instead),
            cycle: links::cycle(cycle.cycle().id),
            sizes: None,
        }
    }

    fn new(cycle: &InHand, plan: &Plan) -> Self {
        let sizes = Sizes::new(cycle, plan);
        let mut errors = ErrorSummary::new()
            .field(&sizes.total.field)
            .field(&sizes.at_least.field)
            .field(&sizes.exclude.field);
        // The seed is asked only once it is clear what it would draw.
        if sizes.is_ready() {
            errors = errors.field(&sizes.seed.field);
        }
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..cycle.inner_frame("Draw the sample") },
            errors,
            instead: None,
            sizes: Some(sizes),
            ..Self::instead(cycle, String::new())
        }
    }

    /// Drawn already, an ordinary frame, an empty one, and wrong throughout with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let hostile = DrawForm {
            total: HOSTILE.to_owned(),
            at_least: HOSTILE.to_owned(),
            exclude: HOSTILE.to_owned(),
            digest: HOSTILE.to_owned(),
            seed: HOSTILE.to_owned(),
        };
        let cycles = super::sample::cycles();
        let plan = |records, form: DrawForm| {
            let cycle = cycles.first()?;
            let requests = super::sample::requests(form.digest == HOSTILE);
            Plan::from((records, requests), cycle, QuarterPlan::default(), form).ok()
        };
        let mut wrong = plan(super::sample::open(), hostile);
        if let Some(plan) = &mut wrong {
            plan.errors.say("seed", HOSTILE);
        }
        let ordinary = plan(super::sample::open(), DrawForm::default());
        let plans: Vec<Plan> = [ordinary, plan(Vec::new(), DrawForm::default()), wrong]
            .into_iter()
            .flatten()
            .collect();
        let drawn = cycles.iter().map(|cycle| Self::instead(cycle, HOSTILE.to_owned()));
        let plans = cycles.iter().zip(&plans).map(|(cycle, plan)| Self::new(cycle, plan));
        drawn.take(1).chain(plans).collect()
    }
}

impl Sizes {
    fn new(cycle: &InHand, plan: &Plan) -> Self {
        let Plan { form, errors, eligible, .. } = plan;
        let field = |name: &'static str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let number = |field: Field, value: &str| {
            let input = TextInput::new(field).kind(InputKind::Digits);
            input.width(InputWidth::Characters5).value(value)
        };
        let asked = plan.intended.size.size(eligible.frame.len(), eligible.workers);
        let total = field("total", "How many records in all?").hint(format!(
            "The programme asks for {}: that is {}.",
            plan.intended.size.words(),
            words::count(as_count(asked), &RECORD)
        ));
        let at_least = field("at_least", "How many at least from each stratum?")
            .hint("A smaller stratum is drawn whole. With many strata the sample can grow larger than you asked.");
        let exclude = field("exclude", "Leave out records audited lately?");
        let seed = field("seed", "Seed")
            .hint("8 to 200 characters that nobody could choose to suit them, such as dice thrown at a meeting. It is published with the draw.");
        let yes_or_no = vec![RadioItem::new("yes", "Yes"), RadioItem::new("no", "No")];
        let exclude_value = if plan.intended.left_out == 0 { "no" } else { "yes" };
        let drawn: usize = plan.sizes.iter().flat_map(BTreeMap::values).sum();
        Self {
            action: links::draw(cycle.cycle().id),
            form: DrawForm { exclude: exclude_value.to_owned(), ..form.clone() },
            total: number(total, &form.total),
            at_least: number(at_least, &form.at_least),
            exclude: Radios::new(exclude, yes_or_no).value(exclude_value.to_owned()).inline(),
            work_out: Button::submit("Work out the sample").secondary(),
            programme: links::programme(cycle.cycle().quarter.year()),
            how: links::draw_method(),
            coverage: links::coverage(),
            exclusions: links::exclusions(cycle.cycle().id),
            planned: quarterlight_report::programme::plan_in_words(&plan.intended),
            worked: plan
                .sizes
                .as_ref()
                .map(|sizes| Worked::new(eligible, &plan.intended, sizes, form)),
            requests: plan.sizes.as_ref().map(|_| plan.requests.table(eligible, plan.size)),
            digest: eligible.frame.digest(),
            seed: TextInput::new(seed).value(form.seed.clone()),
            draw: Button::submit(format!("Draw {}", words::count(as_count(drawn), &RECORD))),
        }
    }

    fn is_ready(&self) -> bool {
        self.worked.as_ref().is_some_and(Worked::draws)
    }
}

#[cfg(test)]
mod tests;
