//! Excluding a record by name from a cycle's draw, with a reason, and taking that back.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::id::{ExclusionId, RecordId};
use quarterlight_domain::permission::Deed;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_store::ExcludedLine;
use serde::Deserialize;

use super::{InHand, ToRun};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, InputWidth, LabelSize, RadioItem, Radios, Table,
    TextInput, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed to exclude a record.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ExcludeForm {
    reference: String,
    reason: String,
    words: String,
}

/// Why an exclusion is taken back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    because: String,
}

/// The records excluded by name, and the form for another.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/exclusions.html")]
pub struct ExclusionsPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    excluded: Table,
    standing: Vec<Standing>,
    ask: Option<Ask>,
    sample: String,
}

/// One that stands, and the form that takes it back.
#[derive(Debug, Clone)]
struct Standing {
    action: String,
    because: Textarea,
    button: Button,
}

/// The form that excludes a record.
#[derive(Debug, Clone)]
struct Ask {
    action: String,
    reference: TextInput,
    reason: Radios,
    words: Textarea,
    exclude: Button,
}

/// What is wrong, and where: with the form for another record, or with one that stands.
#[derive(Debug, Clone, Default)]
struct Wrong {
    typed: ExcludeForm,
    ended: Option<(ExclusionId, String)>,
    errors: Errors,
}

/// Shows the records excluded by name.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn get(app: App, cycle: ToRun) -> page::Result {
    page::show(&load(&app, &cycle, &Wrong::default()).await?)
}

/// Excludes a record. Sent twice, it excludes once.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn post(app: App, cycle: ToRun, Filled(form): Filled<ExcludeForm>) -> page::Result {
    let mut wrong = Wrong { typed: form, ..Wrong::default() };
    let record = find(&app, &wrong.typed.reference).await?;
    let record = wrong.errors.keep("reference", record);
    let reason = SwapReason::from_code(&wrong.typed.reason)
        .ok_or_else(|| Refusal::because("Select why the record cannot be audited."));
    let reason = wrong.errors.keep("reason", reason);
    let words = wrong.errors.keep("words", Reason::new(&wrong.typed.words));
    let (Some(record), Some(reason), Some(words)) = (record, reason, words) else {
        return page::again(&load(&app, &cycle, &wrong).await?);
    };
    let id = cycle.cycle().id;
    let stamp = cycle.visitor.stamp("excluded a record from a draw");
    if !app.store.exclusions.exclude(&stamp, (id, record), (reason, &words)).await? {
        // The form came twice, or the sample was drawn meanwhile: the page says what is so. But
        // words that say something else of the record would be lost.
        let lines = app.store.exclusions.of_cycle(id).await?;
        let stands = lines.iter().find(|line| line.record == record && line.ended.is_none());
        if let Some(line) = stands.filter(|it| it.reason != reason || it.words != words.words()) {
            let reference = &line.reference;
            wrong.errors.say(
                "reference",
                format!("{reference} is excluded already. Take that back to give another reason."),
            );
            return page::again(&load(&app, &cycle, &wrong).await?);
        }
    }
    page::see_other(links::exclusions(id))
}

/// Takes an exclusion back.
///
/// # Errors
/// There is no such page for those who do not run cycles, nor for what was never excluded from this
/// one.
pub async fn end(
    app: App,
    cycle: ToRun,
    Path((_, exclusion)): Path<(String, String)>,
    Filled(form): Filled<EndForm>,
) -> page::Result {
    let exclusion: ExclusionId = exclusion.parse().map_err(|_| Failure::NotFound)?;
    let id = cycle.cycle().id;
    let lines = app.store.exclusions.of_cycle(id).await?;
    if !lines.iter().any(|line| line.id == exclusion) {
        return Err(Failure::NotFound);
    }
    let mut wrong = Wrong::default();
    let Some(because) = wrong.errors.keep("because", Reason::new(&form.because)) else {
        wrong.ended = Some((exclusion, form.because));
        return page::again(&load(&app, &cycle, &wrong).await?);
    };
    let stamp = cycle.visitor.stamp("took an exclusion back");
    app.store.exclusions.end(&stamp, (id, exclusion), &because).await?;
    page::see_other(links::exclusions(id))
}

/// The open record with this reference.
async fn find(app: &App, typed: &str) -> Result<Result<RecordId, Refusal>, Failure> {
    let Ok(reference) = Reference::new(typed) else {
        return Ok(Err(Refusal::because("Enter the record’s reference, such as R-2043.")));
    };
    let record = app.store.records.by_reference(&reference).await?;
    Ok(record.map(|record| record.id).ok_or_else(|| {
        Refusal::because(format!(
            "No open record has the reference {reference}. Check it on the case list."
        ))
    }))
}

async fn load(app: &App, cycle: &InHand, wrong: &Wrong) -> Result<ExclusionsPage, Failure> {
    let id = cycle.cycle().id;
    let mut lines = app.store.exclusions.of_cycle(id).await?;
    // What was written of a restricted record is read at the record, which asks why.
    let restricted = app.store.restrictions.on(cycle.visitor.today).await?;
    for line in lines.iter_mut().filter(|line| restricted.contains(&line.record)) {
        "Restricted".clone_into(&mut line.words);
        if let Some((words, ..)) = &mut line.ended {
            "Restricted".clone_into(words);
        }
    }
    let is_drawn = app.store.draws.of_cycle(id).await?.is_some();
    Ok(ExclusionsPage::new(cycle, &lines, is_drawn, wrong))
}

impl ExclusionsPage {
    fn new(cycle: &InHand, lines: &[ExcludedLine], is_drawn: bool, wrong: &Wrong) -> Self {
        let id = cycle.cycle().id;
        let ask = (!is_drawn).then(|| Ask::new(links::exclusions(id), wrong));
        let open = lines.iter().filter(|line| !is_drawn && line.ended.is_none());
        let standing: Vec<Standing> = open
            .map(|line| Standing::new(links::end_exclusion(id, line.id), line, wrong))
            .collect();
        let mut summary = ErrorSummary::new();
        if let Some(ask) = &ask {
            summary = summary
                .field(&ask.reference.field)
                .field(&ask.reason.field)
                .field(&ask.words.field);
        }
        for standing in &standing {
            summary = summary.field(&standing.because.field);
        }
        let mut frame = cycle.inner_frame("Records excluded by name");
        frame.breadcrumbs.push(("Draw the sample".to_owned(), links::draw(id)));
        Self {
            frame: Frame { has_errors: !summary.is_empty(), ..frame },
            caption: cycle.cycle().quarter.words(),
            errors: summary,
            excluded: table(lines, cycle.may(Deed::ListRecords)),
            standing,
            ask,
            sample: links::sample(id),
        }
    }

    /// Nothing excluded, some excluded and taken back, drawn, and wrong throughout with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let cycles = super::sample::cycles();
        let Some(cycle) = cycles.first() else { return Vec::new() };
        let lines = super::sample::excluded();
        let mut errors = Errors::default();
        for field in ["reference", "reason", "words", "because"] {
            errors.say(field, HOSTILE);
        }
        let typed = ExcludeForm {
            reference: HOSTILE.to_owned(),
            reason: "held".to_owned(),
            words: HOSTILE.to_owned(),
        };
        let ended = Some((ExclusionId(2), HOSTILE.to_owned()));
        let wrong = Wrong { typed, ended, errors };
        let fine = Wrong::default();
        vec![
            Self::new(cycle, &[], false, &fine),
            Self::new(cycle, &lines, true, &fine),
            Self::new(cycle, &lines, false, &wrong),
        ]
    }
}

impl Ask {
    fn new(action: String, wrong: &Wrong) -> Self {
        let Wrong { typed, errors, .. } = wrong;
        let field = |name: &'static str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let reason = field("reason", "Why can it not be audited?").hint(
            "A record that cannot be found, or is in disorder, is not excluded: to find that out \
             is what an audit is for. The reason is published with the draw.",
        );
        let words =
            field("words", "What happened?").hint("Name no child. These words are not published.");
        let items = SwapReason::ALL.map(|reason| RadioItem::new(reason.code(), reason.words()));
        let chosen = (!typed.reason.is_empty()).then(|| typed.reason.clone());
        Self {
            action,
            reference: TextInput::new(field("reference", "The record’s reference"))
                .width(InputWidth::Characters20)
                .value(typed.reference.clone()),
            reason: Radios::new(reason, items.into()).value(chosen),
            words: Textarea::new(words).value(typed.words.clone()).rows(4),
            exclude: Button::submit("Exclude the record"),
        }
    }
}

impl Standing {
    fn new(action: String, line: &ExcludedLine, wrong: &Wrong) -> Self {
        let id = format!("because-{}", line.id);
        let typed = wrong.ended.as_ref().filter(|(ended, _)| *ended == line.id);
        let error = typed.and_then(|_| wrong.errors.at("because"));
        let label = format!("Why can {} be drawn after all?", line.reference);
        let because = Field::new("because", label).id(id).size(LabelSize::Small).error(error);
        Self {
            action,
            because: Textarea::new(because)
                .value(typed.map(|(_, words)| words.clone()).unwrap_or_default())
                .rows(2),
            button: Button::submit(format!("Let {} be drawn", line.reference)).secondary(),
        }
    }
}

fn table(lines: &[ExcludedLine], reads: bool) -> Table {
    let columns = ["Record", "Why", "In words", "Excluded", "Taken back"].map(Column::words);
    let by = |by: &Option<String>, on| {
        let by = by.as_deref().unwrap_or("the server’s command line");
        format!("by {by} on {}", day_in_words(on))
    };
    let row = |line: &ExcludedLine| {
        let reference = line.reference.to_string();
        let back = match &line.ended {
            Some((words, who, on)) => format!("{} {words}", by(who, *on)),
            None => "No".to_owned(),
        };
        vec![
            if reads {
                Content::link(reference, links::record(line.record))
            } else {
                Content::text(reference)
            },
            Content::text(line.reason.words()),
            Content::written(line.words.clone()),
            Content::text(by(&line.by, line.on)),
            Content::written(back),
        ]
    };
    Table::new("excluded", "Records excluded from this draw", columns.into())
        .rows(lines.iter().map(row).collect())
        .empty("No record is excluded by name.")
}
