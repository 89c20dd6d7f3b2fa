//! Closing a cycle: each audit that was not made gets its reason, and stays visible for ever.

use std::collections::BTreeMap;

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::RecordId;
use quarterlight_domain::missed::{Closing, Missed, MissedBecause};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_report::words::{self, AUDIT};
use quarterlight_store::{Closed, Undone};

use super::{InHand, ToRun};
use crate::app::App;
use crate::form::Filled;
use crate::govuk::{Button, ErrorSummary, Field, Select, SelectItem, TextInput};
use crate::layout::Frame;
use crate::{links, page};

/// What was chosen and typed: two fields for each record.
type CloseForm = BTreeMap<String, String>;

/// What was wrong, by record.
type Errors = BTreeMap<RecordId, String>;

/// One audit that was not made.
#[derive(Debug, Clone)]
pub struct Line {
    heading: String,
    why: Select,
    words: TextInput,
}

/// The page for closing.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/close.html")]
pub struct ClosePage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    sentence: String,
    action: String,
    lines: Vec<Line>,
    button: Option<Button>,
}

/// Shows which audits were not made.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn get(app: App, cycle: ToRun) -> page::Result {
    let id = cycle.cycle().id;
    let undone = app.store.missed.undone(id).await?;
    let closed = app.store.missed.closed(id).await?;
    let form = CloseForm::new();
    page::show(&ClosePage::new(&cycle, &undone, closed.as_ref(), &form, &Errors::new()))
}

/// Closes the cycle.
///
/// # Errors
/// There is no such page for those who do not run cycles. Refuses before the audits are due, and
/// when what was not made has changed meanwhile.
pub async fn post(app: App, cycle: ToRun, Filled(form): Filled<CloseForm>) -> page::Result {
    let id = cycle.cycle().id;
    if app.store.missed.closed(id).await?.is_some() {
        return page::see_other(links::progress(id));
    }
    let undone = app.store.missed.undone(id).await?;
    let missed = match read(&undone, &form) {
        Ok(missed) => missed,
        Err(errors) => {
            return page::again(&ClosePage::new(&cycle, &undone, None, &form, &errors));
        }
    };
    let records: Vec<RecordId> = undone.iter().map(|it| it.record).collect();
    let closing = Closing::of(cycle.cycle().due, &records, missed, cycle.visitor.today)?;
    let stamp = cycle.visitor.stamp("closed a cycle");
    if !app.store.missed.close(&stamp, id, &closing).await? {
        return Err(Refusal::because(
            "Which audits were made has changed since you looked. Load the page again before you close the cycle.",
        )
        .into());
    }
    page::see_other(format!("{}?closed", links::progress(id)))
}

fn read(undone: &[Undone], form: &CloseForm) -> Result<Vec<Missed>, Errors> {
    let (mut missed, mut errors) = (Vec::new(), Errors::new());
    for it in undone {
        let typed =
            |name: &str| form.get(&format!("{name}-{}", it.record)).map_or("", String::as_str);
        let why = MissedBecause::from_code(typed("why")).ok_or_else(|| {
            Refusal::because(format!("Select why the audit of {} was not made", it.reference))
        });
        let words = match typed("words").trim() {
            "" => Ok(None),
            words => Reason::new(words).map(Some),
        };
        let read = why.and_then(|why| Missed::new(it.record, why, words?));
        match read {
            Ok(read) => missed.push(read),
            Err(refusal) => {
                errors.insert(it.record, refusal.sentence().to_owned());
            }
        }
    }
    if errors.is_empty() { Ok(missed) } else { Err(errors) }
}

impl ClosePage {
    fn new(
        cycle: &InHand,
        undone: &[Undone],
        closed: Option<&Closed>,
        form: &CloseForm,
        errors: &Errors,
    ) -> Self {
        let due = cycle.cycle().due;
        let is_early = due >= cycle.visitor.today && !undone.is_empty();
        let count = u64::try_from(undone.len()).unwrap_or(u64::MAX);
        let not_made = words::sentence_case(&words::count(count, &AUDIT));
        let was = words::agree(count, "was", "were");
        let can_close = closed.is_none() && !is_early && cycle.progress.drawn > 0;
        let sentence = match closed {
            Some(closed) => format!("This cycle was closed on {}.", day_in_words(closed.on)),
            None if cycle.progress.drawn == 0 => {
                "No sample has been drawn yet, so there is nothing to close.".to_owned()
            }
            None if is_early => format!(
                "{not_made} {was} not submitted yet, and they are due on {}. A cycle with audits not made can be closed after that day.",
                day_in_words(due)
            ),
            None if count == 0 => {
                "Every audit was submitted. After this, nothing more is assigned in the cycle."
                    .to_owned()
            }
            None => format!(
                "{not_made} {was} not submitted. Say why for each: the reasons stand in the report, and none of these audits can be submitted after this."
            ),
        };
        let lines: Vec<Line> = undone.iter().map(|it| line(it, form, errors)).collect();
        let summary = lines.iter().fold(ErrorSummary::new(), |all, it| all.field(&it.why.field));
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..cycle.inner_frame("Close this cycle")
            },
            caption: cycle.cycle().quarter.words(),
            errors: summary,
            sentence,
            action: links::close(cycle.cycle().id),
            lines: if can_close { lines } else { Vec::new() },
            button: can_close.then(|| Button::submit("Close the cycle").warning()),
        }
    }

    /// Nothing drawn, not due yet, and past with a hostile reference's reasons wanting.
    pub fn samples() -> Vec<Self> {
        let undone = super::sample::undone();
        let errors: Errors =
            undone.iter().map(|it| (it.record, crate::govuk::HOSTILE.to_owned())).collect();
        let cycles = super::sample::cycles();
        let none = Errors::new();
        cycles
            .iter()
            .zip([(&[][..], &none), (&undone, &none), (&undone, &errors)])
            .map(|(cycle, (undone, errors))| {
                Self::new(cycle, undone, None, &CloseForm::new(), errors)
            })
            .collect()
    }
}

fn line(it: &Undone, form: &CloseForm, errors: &Errors) -> Line {
    let (why, words) = (format!("why-{}", it.record), format!("words-{}", it.record));
    let auditor = it.auditor.clone().unwrap_or_else(|| "nobody had it".to_owned());
    let typed = |name: &String| form.get(name).cloned().unwrap_or_default();
    let (chosen, written) = (typed(&why), typed(&words));
    let field = Field::new(why, format!("Why {} was not audited", it.reference))
        .error(errors.get(&it.record).cloned());
    let items = MissedBecause::ALL.map(|why| SelectItem::new(why.code(), why.words()));
    let nothing = SelectItem::new("", "Choose a reason");
    let more = Field::new(words, format!("More about {} (if you want)", it.reference));
    Line {
        heading: format!("{}: {auditor}", it.reference),
        why: Select::new(field, std::iter::once(nothing).chain(items).collect()).value(chosen),
        words: TextInput::new(more).value(written),
    }
}
