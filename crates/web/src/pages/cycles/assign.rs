//! Assigning a cycle's audits: a suggestion for each, who cannot and why, and one form to confirm.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::RecordId;
use quarterlight_domain::independence::LOOK_BACK;
use quarterlight_domain::person::Person;
use quarterlight_domain::suggestion::ASSUMED_CAPACITY;
use quarterlight_report::words::{self, AUDIT, RECORD};

use super::share::Choice;
use super::work::{AssignForm, Errors, Work, field_name};
use super::{InHand, ToRun};
use crate::app::App;
use crate::form::Filled;
use crate::govuk::{
    Button, Column, Content, Details, ErrorSummary, Field, LabelSize, Select, SelectItem, Table,
};
use crate::layout::Frame;
use crate::{links, page};

/// One record of the page.
#[derive(Debug, Clone)]
pub struct Line {
    stratum: String,
    /// None where nobody can audit it.
    auditor: Option<Select>,
    nobody: Option<String>,
    /// Who cannot audit it, and why.
    blocked: Option<Details>,
}

/// The page for assigning.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/assign.html")]
pub struct AssignPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    sentence: String,
    /// By which rule the suggestions are made, and how many are from outside the line.
    rule: Vec<String>,
    cycle: String,
    action: String,
    lines: Vec<Line>,
    loads: Table,
    assign: Option<Button>,
}

/// Shows a suggestion for each record.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn get(app: App, cycle: ToRun) -> page::Result {
    let work = Work::load(&app, &cycle).await?;
    let form = work.suggested();
    page::show(&AssignPage::new(&cycle, &work, &form, &Errors::new()))
}

/// Assigns what was chosen. A record that has its auditor already is passed over.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn post(app: App, cycle: ToRun, Filled(form): Filled<AssignForm>) -> page::Result {
    let work = Work::load(&app, &cycle).await?;
    let chosen = match work.chosen(&cycle, &form) {
        Ok(chosen) => chosen,
        Err(errors) => return page::again(&AssignPage::new(&cycle, &work, &form, &errors)),
    };
    let stamp = cycle.visitor.stamp("assigned audits");
    let (id, due) = (cycle.cycle().id, cycle.cycle().due);
    let mut assigned = 0_u32;
    for independent in &chosen {
        match app.store.audits.assign(&stamp, id, independent, due).await {
            Ok(_) => assigned += 1,
            // The same form came twice, or somebody else was quicker.
            Err(fault) if fault.is_duplicate() => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    let this = links::cycle(id);
    page::see_other(if assigned > 0 { format!("{this}?assigned={assigned}") } else { this })
}

impl AssignPage {
    /// The page, with what was chosen and what was wrong with it.
    pub fn new(cycle: &InHand, work: &Work, form: &AssignForm, errors: &Errors) -> Self {
        let lines: Vec<Line> =
            work.choices.iter().map(|choice| line(work, choice, form, errors)).collect();
        let fields = lines.iter().filter_map(|line| line.auditor.as_ref());
        let summary =
            fields.fold(ErrorSummary::new(), |summary, select| summary.field(&select.field));
        let can_assign = lines.iter().any(|line| line.auditor.is_some());
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..cycle.inner_frame("Assign the audits")
            },
            caption: cycle.cycle().quarter.words(),
            errors: summary,
            sentence: sentence(cycle, work),
            rule: rule(work, form),
            cycle: links::cycle(cycle.cycle().id),
            action: links::assign(cycle.cycle().id),
            lines,
            loads: loads(work, form),
            assign: can_assign.then(|| Button::submit("Assign these audits")),
        }
    }

    /// Nothing left to assign, an ordinary share, and hostile words with errors.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let cycles = super::sample::cycles();
        let work = |hostile| {
            Work::sample(super::sample::choices(hostile), super::sample::auditors(hostile))
        };
        let errors = Errors::from([(RecordId(7), HOSTILE.to_owned())]);
        let works =
            [(Work::default(), Errors::new()), (work(false), Errors::new()), (work(true), errors)];
        cycles
            .iter()
            .zip(&works)
            .map(|(cycle, (work, errors))| Self::new(cycle, work, &work.suggested(), errors))
            .collect()
    }
}

fn sentence(cycle: &InHand, work: &Work) -> String {
    let count = u64::try_from(work.choices.len()).unwrap_or(u64::MAX);
    match count {
        0 if work.is_drawn => "Every drawn record has its auditor.".to_owned(),
        0 => "No sample has been drawn yet, so there is nothing to assign.".to_owned(),
        _ => format!(
            "{} {} no auditor yet. Whoever holds, supervises or manages a record, or has declared a conflict with it, is not offered. Audits are due on {}.",
            words::sentence_case(&words::count(count, &RECORD)),
            words::agree(count, "has", "have"),
            day_in_words(cycle.cycle().due)
        ),
    }
}

/// By which rule the suggestions are made, and what they come to.
fn rule(work: &Work, form: &AssignForm) -> Vec<String> {
    if work.choices.is_empty() {
        return Vec::new();
    }
    let mut rule = vec![format!(
        "Suggestions share the audits out evenly over what each auditor can do in a cycle, and prefer somebody from outside the service that holds the record. Whoever has not said how much they can do is taken to manage {ASSUMED_CAPACITY}. Managing or supervising that ended counts for {LOOK_BACK} months."
    )];
    let (outside, of) = work.outside(form);
    if of > 0 {
        let are = words::agree(outside, "is", "are");
        rule.push(format!(
            "{} suggested here {are} by somebody outside the service’s line.",
            words::sentence_case(&words::part_of(outside, of, &AUDIT))
        ));
    }
    rule
}

fn line(work: &Work, choice: &Choice, form: &AssignForm, errors: &Errors) -> Line {
    let name = field_name(choice.record);
    let value = form.get(&name).cloned().unwrap_or_default();
    let field = Field::new(name, format!("Auditor for {}", choice.reference))
        .size(LabelSize::Small)
        .hint(format!("{}. {}", choice.stratum, work.explained(choice)))
        .error(errors.get(&choice.record).cloned());
    let nobody = SelectItem::new("", "Leave for now");
    let people = choice.independent.iter();
    let people = people.map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
    let can = !choice.independent.is_empty();
    let blocked = choice.blocked.join("\n");
    Line {
        stratum: choice.stratum.clone(),
        auditor: can.then(|| {
            Select::new(field, std::iter::once(nobody).chain(people).collect()).value(value)
        }),
        nobody: (!can).then(|| {
            let why = if blocked.is_empty() { "Nobody is an auditor." } else { &blocked };
            format!("Nobody can audit {}.\n{why}", choice.reference)
        }),
        blocked: (can && !choice.blocked.is_empty()).then(|| {
            let summary = format!("Who cannot audit {}, and why", choice.reference);
            Details::new(summary, Content::written(blocked.clone()))
        }),
    }
}

/// The work of each auditor: what they have, and what they would have.
fn loads(work: &Work, form: &AssignForm) -> Table {
    let columns = vec![
        Column::words("Auditor"),
        Column::numbers("Has"),
        Column::numbers("Would have"),
        Column::numbers("Can do"),
    ];
    let row = |auditor: &Person| {
        let has = work.loads.get(&auditor.id).copied().unwrap_or(0);
        let id = auditor.id.to_string();
        let more = u64::try_from(form.values().filter(|value| **value == id).count());
        let would_have = u64::from(has) + more.unwrap_or(0);
        vec![
            Content::text(auditor.name.clone()),
            words::whole(has.into()).into(),
            words::whole(would_have).into(),
            match work.capacity(auditor.id) {
                Some(0) => Content::text("Away"),
                Some(most) => words::whole(most.into()).into(),
                None => Content::text("Not said"),
            },
        ]
    };
    Table::new("loads", format!("{} in this cycle", words::sentence_case(&AUDIT.many)), columns)
        .rows(work.auditors.iter().map(row).collect())
        .empty("Nobody is an auditor yet.")
}
