//! A disposal: what it was to be, how it ended, and its certificate.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::DisposalId;
use quarterlight_domain::permission::{Deed, KeepingDeed, permits};
use quarterlight_domain::retention::may_confirm;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_domain::text::Reason;
use quarterlight_store::{Batch, Disposal};
use serde::Deserialize;

use super::{certificate, list, sample};
use crate::app::App;
use crate::error::Failure;
use crate::files::{self, FileKind};
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, SummaryList, SummaryRow, Table, TextInput,
    WarningText,
};
use crate::layout::Frame;
use crate::permit::{ConfirmDisposal, DecideRetention, SeeRetention, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// Why a disposal is withdrawn.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    because: String,
}

/// What the person can do about it.
#[derive(Debug, Clone, Copy, Default)]
pub struct May {
    /// Confirm it.
    pub confirm: bool,
    /// Withdraw it.
    pub withdraw: bool,
}

/// A disposal.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/retention/disposal.html")]
pub struct DisposalPage {
    frame: Frame,
    errors: ErrorSummary,
    facts: SummaryList,
    lines: Table,
    confirm: Option<(String, WarningText, Button)>,
    waits: bool,
    withdraw: Option<(String, TextInput, Button)>,
    batches: Option<Table>,
    files: Vec<(&'static str, String)>,
}

/// Shows a disposal.
///
/// # Errors
/// There is no such page for those who may not see retention.
pub async fn get(app: App, visitor: Through<SeeRetention>, Path(id): Path<String>) -> page::Result {
    let of = find(&app, &id).await?;
    let frame = frame(&app, &visitor, &of);
    page::show(&DisposalPage::new(frame, &of, may(&visitor, &of), &Errors::default()))
}

/// The certificate as a file.
///
/// # Errors
/// There is no such page for those who may not see retention, and before everything went.
pub async fn file(
    app: App,
    visitor: Through<SeeRetention>,
    kind: FileKind,
    path: Path<Vec<(String, String)>>,
) -> page::Result {
    let id = path.iter().find(|(name, _)| name == "disposal").map(|(_, id)| id.clone());
    let of = find(&app, &id.unwrap_or_default()).await?;
    if !is_done(&of) {
        return Err(Failure::NotFound);
    }
    let document = certificate::document(&app.authority, &of, visitor.today);
    files::printed(&app, kind, &format!("disposal-{}", of.id), document).await
}

/// Confirms a disposal that somebody else proposed, and carries it out; or carries on with one that
/// stopped half-way.
///
/// # Errors
/// There is no such page for those who may not confirm. Refuses whoever proposed it.
pub async fn confirm(
    app: App,
    visitor: Through<ConfirmDisposal>,
    Path(id): Path<String>,
) -> page::Result {
    let of = find(&app, &id).await?;
    may_confirm(of.proposed_by.0, visitor.id())?;
    let (id, stamp) = (of.id, visitor.stamp("confirmed a disposal"));
    let retention = app.store.retention.clone();
    // It goes on where the browser is gone, or the minute that a request has.
    let carried_out = tokio::spawn(async move {
        if is_stopped(&of) {
            return retention.go_on(&stamp, &of).await.map(Some);
        }
        retention.confirm(&stamp, &of).await
    });
    let stopped = |_| Failure::Failed("carry a disposal out: it was stopped".to_owned());
    carried_out.await.map_err(stopped)??;
    page::see_other(links::disposal(id))
}

/// Withdraws a disposal that waits.
///
/// # Errors
/// There is no such page for those who do not decide about retention.
pub async fn withdraw(
    app: App,
    visitor: Through<DecideRetention>,
    Path(id): Path<String>,
    Filled(form): Filled<WithdrawForm>,
) -> page::Result {
    let of = find(&app, &id).await?;
    let mut errors = Errors::default();
    let Some(because) = errors.keep("because", Reason::new(&form.because)) else {
        let frame = frame(&app, &visitor, &of);
        return page::again(&DisposalPage::new(frame, &of, may(&visitor, &of), &errors));
    };
    let stamp = visitor.stamp("withdrew a disposal");
    app.store.retention.withdraw(&stamp, of.id, &because).await?;
    page::see_other(links::disposal(of.id))
}

async fn find(app: &App, id: &str) -> Result<Disposal, Failure> {
    let id: DisposalId = id.parse().map_err(|_| Failure::NotFound)?;
    app.store.retention.disposal(id).await?.ok_or(Failure::NotFound)
}

fn may(visitor: &SignedIn, of: &Disposal) -> May {
    let is = |deed| permits(&visitor.person, Deed::Keeping(deed), visitor.today);
    let waits = of.end.is_none();
    let other = may_confirm(of.proposed_by.0, visitor.id()).is_ok();
    May {
        confirm: (waits || is_stopped(of)) && other && is(KeepingDeed::ConfirmDisposal),
        withdraw: waits && is(KeepingDeed::DecideRetention),
    }
}

fn frame(app: &App, visitor: &SignedIn, of: &Disposal) -> Frame {
    let breadcrumbs = vec![(list::TITLE.to_owned(), links::retention())];
    Frame { breadcrumbs, ..visitor.frame(app, title(of), list::TITLE) }
}

/// What the page of a disposal is called.
pub fn title(of: &Disposal) -> String {
    format!("Disposal of {}", day_in_words(of.as_at))
}

/// True once everything of it has gone.
fn is_done(of: &Disposal) -> bool {
    of.end.as_ref().is_some_and(|end| end.done.is_some())
}

/// True of one that was confirmed and has not come to its end.
fn is_stopped(of: &Disposal) -> bool {
    of.end.as_ref().is_some_and(|end| end.confirmed && end.done.is_none())
}

/// How a disposal stands, in words.
pub fn state(of: &Disposal) -> &'static str {
    match &of.end {
        None => "Waits to be confirmed by somebody else",
        Some(end) if end.confirmed && end.done.is_none() => {
            "Confirmed, and not carried out to its end"
        }
        Some(end) if end.confirmed => "Carried out",
        Some(_) => "Withdrawn",
    }
}

impl DisposalPage {
    fn new(mut frame: Frame, of: &Disposal, may: May, errors: &Errors) -> Self {
        frame.has_errors = !errors.is_empty();
        let because = Field::new("because", "Why it is withdrawn").error(errors.at("because"));
        let (confirmed, done) = (of.end.as_ref().is_some_and(|end| end.confirmed), is_done(of));
        let confirm = may.confirm.then(|| {
            let words = "What goes cannot be brought back. What is held now stays, also if it was not held when this was proposed.";
            let words = if confirmed {
                "It is being carried out, or was stopped before its end. If it does not come to its end, carry on: what has gone stays gone, and the rest goes."
            } else {
                words
            };
            let said = if confirmed { "Carry on" } else { "Confirm, and dispose of it" };
            let button = Button::submit(said).warning();
            (links::confirm_disposal(of.id), WarningText::new(words), button)
        });
        let withdraw = may.withdraw.then(|| {
            let button = Button::submit("Withdraw it").secondary();
            (links::withdraw_disposal(of.id), TextInput::new(because.clone()), button)
        });
        Self {
            errors: ErrorSummary::new().field(&because),
            facts: facts(of),
            lines: list::table(&of.lines),
            waits: of.end.is_none() && confirm.is_none(),
            confirm,
            withdraw,
            batches: confirmed.then(|| batches(&of.batches)),
            files: if done { files::of(&links::disposal(of.id)) } else { Vec::new() },
            frame,
        }
    }

    /// One that waits, for each who may do something; one carried out; one withdrawn with hostile words.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("because", crate::govuk::HOSTILE);
        let (all, none) = (May { confirm: true, withdraw: true }, May::default());
        let shown = |(of, may, errors): (&Disposal, May, &Errors)| {
            Self::new(Frame::new(title(of)), of, may, errors)
        };
        let [waits, done, withdrawn] = &sample::disposals();
        let mut stopped = done.clone();
        if let Some(end) = &mut stopped.end {
            end.done = None;
        }
        [
            (&stopped, all, &Errors::default()),
            (waits, all, &errors),
            (waits, none, &Errors::default()),
            (done, none, &Errors::default()),
            (withdrawn, none, &Errors::default()),
        ]
        .map(shown)
        .into()
    }
}

/// Who proposed it, and how it ended.
pub fn steps(of: &Disposal) -> Vec<(&'static str, String)> {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "the console".to_owned());
    let by = name(&of.proposed_by.1);
    let mut steps = vec![
        ("How it stands", state(of).to_owned()),
        ("Proposed", format!("By {by} on {}", moment_in_words(of.proposed_at))),
    ];
    if let Some(end) = &of.end {
        let (word, because) = if end.confirmed {
            ("Confirmed", String::new())
        } else {
            ("Withdrawn", format!(": {}", end.because))
        };
        let words = format!("By {} on {}{because}", name(&end.by), moment_in_words(end.at));
        steps.push((word, words));
    }
    steps
}

fn facts(of: &Disposal) -> SummaryList {
    let row = |(word, words)| SummaryRow::new(word, Content::written(words));
    SummaryList::new(steps(of).into_iter().map(row).collect())
}

fn batches(batches: &[Batch]) -> Table {
    let columns = vec![
        Column::words("What went"),
        Column::numbers("Things"),
        Column::numbers("Personal parts"),
        Column::words("Started"),
        Column::words("Entry of the history"),
    ];
    let row = |it: &Batch| {
        let (first, last) = (day_in_words(it.first), day_in_words(it.last));
        vec![
            Content::text(it.kind.words()),
            Content::text(it.things.to_string()),
            Content::text(it.parts.to_string()),
            Content::text(if first == last { first } else { format!("{first} to {last}") }),
            Content::text(format!("disposal batch {}", it.id)),
        ]
    };
    Table::new("batches", "What went", columns)
        .rows(batches.iter().map(row).collect())
        .empty("Everything that was due is held.")
}
