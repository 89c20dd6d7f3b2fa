//! Drawing a cycle's sample: first what would be drawn, then the seed, then the draw.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::draw::Seed;
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::frame::{Frame as DrawFrame, Stratum};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::strata::{SampleSize, share_out};
use quarterlight_report::words::{self, Noun, RECORD};
use serde::Deserialize;

use super::{InHand, ToRun, stratum_in_words, twelve_months_before};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, InputKind, InputWidth, LabelSize, RadioItem,
    Radios, Table, TextInput,
};
use crate::layout::Frame;
use crate::{links, page};

/// Records drawn unless somebody says otherwise: one in twenty, and no fewer than this.
const FEWEST: usize = 12;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DrawForm {
    total: String,
    at_least: String,
    /// `no` to draw from records audited in the last twelve months too; anything else leaves them out.
    exclude: String,
    seed: String,
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
    table: Table,
    sentence: String,
    digest: String,
    seed: TextInput,
    draw: Button,
}

/// The frame, and what would be drawn from it; the sizes are none where the form is wrong.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    frame: DrawFrame,
    sizes: Option<BTreeMap<Stratum, usize>>,
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
    let seed = plan.errors.keep("seed", Seed::new(&plan.form.seed));
    let (Some(seed), Some(sizes)) = (seed, plan.sizes.clone()) else {
        return page::again(&DrawPage::new(&cycle, &plan));
    };
    let quarter = cycle.cycle().quarter;
    let file = match DrawFile::drawn(quarter, seed, plan.frame.clone(), sizes) {
        Ok(file) => file,
        Err(refusal) => {
            plan.errors.say("total", refusal.sentence());
            return page::again(&DrawPage::new(&cycle, &plan));
        }
    };
    let this = links::cycle(cycle.cycle().id);
    let stamp = cycle.visitor.stamp("drew a sample");
    match app.store.draws.keep(&stamp, cycle.cycle().id, &file).await {
        Ok(_) => page::see_other(format!("{this}?drawn")),
        // Somebody else was quicker: the cycle's own page shows what they drew.
        Err(fault) if fault.is_duplicate() => page::see_other(this),
        Err(fault) => Err(fault.into()),
    }
}

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
        let since = twelve_months_before(cycle.cycle().quarter);
        let lines = app.store.records.frame((form.exclude != "no").then_some(since)).await?;
        let lines = lines.iter().map(|line| (line.stratum(), line.reference.clone()));
        Ok(Self::from(DrawFrame::new(lines)?, form))
    }

    fn from(frame: DrawFrame, mut form: DrawForm) -> Self {
        let all = frame.len();
        let fill = |field: &mut String, number: usize| {
            if field.trim().is_empty() {
                *field = number.to_string();
            }
        };
        fill(&mut form.total, all.div_ceil(20).max(FEWEST).min(all));
        fill(&mut form.at_least, 1);
        let mut errors = Errors::default();
        let total = errors.keep("total", number(&form.total, 1, all));
        let at_least = errors.keep("at_least", number(&form.at_least, 0, all));
        let sizes = total
            .zip(at_least)
            .map(|(total, at_least)| share_out(&frame.sizes(), SampleSize { total, at_least }));
        if frame.is_empty() {
            errors.say("exclude", "Every open record was audited in the last 12 months. Select no to draw from them all.");
        }
        Self { frame, sizes, form, errors }
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
            seed: HOSTILE.to_owned(),
        };
        let frame = super::sample::frame();
        let mut wrong = Plan::from(frame.clone(), hostile);
        wrong.errors.say("seed", HOSTILE);
        let plans = [
            Plan::from(frame, DrawForm::default()),
            Plan::from(DrawFrame::default(), DrawForm::default()),
            wrong,
        ];
        let cycles = super::sample::cycles();
        let drawn = cycles.iter().map(|cycle| Self::instead(cycle, HOSTILE.to_owned()));
        let plans = cycles.iter().zip(&plans).map(|(cycle, plan)| Self::new(cycle, plan));
        drawn.take(1).chain(plans).collect()
    }
}

impl Sizes {
    fn new(cycle: &InHand, plan: &Plan) -> Self {
        let Plan { form, errors, frame, .. } = plan;
        let field = |name: &'static str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let number = |field: Field, value: &str| {
            let input = TextInput::new(field).kind(InputKind::Digits);
            input.width(InputWidth::Characters5).value(value)
        };
        let total = field("total", "How many records in all?")
            .hint("At first one open record in twenty, and no fewer than 12.");
        let at_least = field("at_least", "How many at least from each stratum?")
            .hint("A smaller stratum is drawn whole. With many strata the sample can grow larger than you asked.");
        let exclude = field("exclude", "Leave out records audited in the last 12 months?");
        let seed = field("seed", "Seed")
            .hint("8 to 200 characters that nobody could choose to suit them, such as dice thrown at a meeting. It is published with the draw.");
        let yes_or_no = vec![RadioItem::new("yes", "Yes"), RadioItem::new("no", "No")];
        let exclude_value = if form.exclude == "no" { "no" } else { "yes" };
        let drawn: usize = plan.sizes.iter().flat_map(BTreeMap::values).sum();
        Self {
            action: links::draw(cycle.cycle().id),
            form: DrawForm { exclude: exclude_value.to_owned(), ..form.clone() },
            total: number(total, &form.total),
            at_least: number(at_least, &form.at_least),
            exclude: Radios::new(exclude, yes_or_no).value(exclude_value.to_owned()).inline(),
            work_out: Button::submit("Work out the sample").secondary(),
            table: table(plan),
            sentence: sentence(frame.len(), frame.sizes().len(), drawn),
            digest: frame.digest(),
            seed: TextInput::new(seed).value(form.seed.clone()),
            draw: Button::submit(format!("Draw {}", words::count(as_count(drawn), &RECORD))),
        }
    }

    fn is_ready(&self) -> bool {
        !self.table.rows.is_empty()
    }
}

fn as_count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn sentence(records: usize, strata: usize, drawn: usize) -> String {
    let (records, drawn) = (as_count(records), as_count(drawn));
    format!(
        "{} would be drawn, from {}. Each stratum is the records of one cohort in one service. As many reserves are drawn beside them, as far as there are records.",
        words::sentence_case(&words::part_of(drawn, records, &RECORD)),
        words::count(as_count(strata), &Noun::new("stratum", "strata")),
    )
}

/// Each stratum with its records and how many would be drawn; nothing where the form is wrong.
fn table(plan: &Plan) -> Table {
    let columns = vec![
        Column::words("Stratum"),
        Column::numbers("Records that can be drawn"),
        Column::numbers("Would be drawn"),
    ];
    let sizes = plan.frame.sizes();
    let rows = plan.sizes.iter().flatten().map(|(stratum, drawn)| {
        let open = sizes.get(stratum).copied().unwrap_or(0);
        vec![
            Content::text(stratum_in_words(stratum.as_str())),
            words::whole(as_count(open)).into(),
            words::whole(as_count(*drawn)).into(),
        ]
    });
    Table::new("strata", "What would be drawn", columns)
        .rows(rows.collect())
        .empty("Put right what is wrong above to see what would be drawn.")
}

#[cfg(test)]
mod tests {
    use quarterlight_domain::case_list::Reference;

    use super::*;

    fn frame(records: usize) -> DrawFrame {
        let lines = (0..records).map(|number| {
            let reference = Reference::new(&format!("R-{number}")).unwrap();
            (Stratum::of("Service", "in-care"), reference)
        });
        DrawFrame::new(lines).unwrap()
    }

    fn total(records: usize) -> usize {
        let plan = Plan::from(frame(records), DrawForm::default());
        plan.sizes.unwrap().values().sum()
    }

    #[test]
    fn one_in_twenty_is_drawn_and_no_fewer_than_twelve_unless_there_are_fewer() {
        assert_eq!(total(5), 5);
        assert_eq!(total(100), 12);
        assert_eq!(total(240), 12);
        assert_eq!(total(241), 13);
        assert_eq!(total(1204), 61);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused_at_its_field() {
        let form = |total: &str, at_least: &str| DrawForm {
            total: total.to_owned(),
            at_least: at_least.to_owned(),
            ..DrawForm::default()
        };
        let plan = Plan::from(frame(30), form("31", "-1"));
        assert!(plan.sizes.is_none());
        assert!(plan.errors.at("total").is_some());
        assert!(plan.errors.at("at_least").is_some());
        assert!(Plan::from(frame(30), form("30", "0")).errors.is_empty());
        assert!(
            Plan::from(frame(30), form("18446744073709551615", "1")).errors.at("total").is_some()
        );
        assert!(Plan::from(frame(0), form("", "")).errors.at("exclude").is_some());
    }
}
