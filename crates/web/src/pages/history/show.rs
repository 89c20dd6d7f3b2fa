//! Proving the history: one button, and the result in words.

use askama::Template;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::{Against, LogKey, Sent, TreeHead, Verdict};
use serde::Deserialize;

use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, HOSTILE, NotificationBanner, SummaryList,
    SummaryRow, Table, Textarea, WarningText,
};
use crate::layout::Frame;
use crate::permit::{ProveHistory, Through};
use crate::{links, page};

/// How many sendings the page lists.
const SENT: usize = 10;

/// What was typed: checkpoints from elsewhere.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProveForm {
    checkpoints: String,
}

/// How the history stands.
#[derive(Debug, Clone, Default)]
struct Standing {
    entries: u64,
    signed: Option<TreeHead>,
    sent: Vec<Sent>,
    key: Option<String>,
}

/// Proving the history.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/history/show.html")]
pub struct HistoryPage {
    frame: Frame,
    errors: ErrorSummary,
    result: Option<NotificationBanner>,
    wrong: Vec<String>,
    caution: Option<WarningText>,
    standing: SummaryList,
    action: String,
    checkpoints: Textarea,
    prove: Button,
    export: Option<String>,
    sent: Table,
}

const TITLE: &str = "Prove the history";

/// Shows how the history stands.
///
/// # Errors
/// There is no such page for those who may not prove the history.
pub async fn get(app: App, visitor: Through<ProveHistory>) -> page::Result {
    let standing = standing(&app).await?;
    let frame = visitor.frame(&app, TITLE, "History");
    let (form, errors) = (ProveForm::default(), Errors::default());
    page::show(&HistoryPage::new(frame, &standing, &form, None, &errors))
}

/// Checks every entry, and shows what came of it.
///
/// # Errors
/// There is no such page for those who may not prove the history.
pub async fn post(
    app: App,
    visitor: Through<ProveHistory>,
    Filled(form): Filled<ProveForm>,
) -> page::Result {
    let frame = visitor.frame(&app, TITLE, "History");
    let mut errors = Errors::default();
    let mut against = Against { others: Vec::new(), log: app.log.as_ref().map(LogKey::verifier) };
    for text in form.checkpoints.split_whitespace() {
        match TreeHead::read(text) {
            Some(head) => against.others.push(head.from_elsewhere()),
            None => errors.say(
                "checkpoints",
                "Enter each checkpoint as the number of entries, a colon and 64 digits",
            ),
        }
    }
    if !errors.is_empty() {
        let standing = standing(&app).await?;
        return page::again(&HistoryPage::new(frame, &standing, &form, None, &errors));
    }
    let verdict = app.store.journal.verify_against(&against, &|_| ()).await?;
    let standing = standing(&app).await?;
    let found = Some((&verdict, against.others.len()));
    page::show(&HistoryPage::new(frame, &standing, &form, found, &errors))
}

async fn standing(app: &App) -> Result<Standing, crate::error::Failure> {
    let (entries, signed) = app.store.journal.standing().await?;
    let sent = app.store.journal.sent(SENT).await?;
    let key = app.log.as_ref().map(|log| log.verifier().to_string());
    Ok(Standing { entries, signed, sent, key })
}

impl HistoryPage {
    fn new(
        mut frame: Frame,
        standing: &Standing,
        form: &ProveForm,
        found: Option<(&Verdict, usize)>,
        errors: &Errors,
    ) -> Self {
        frame.has_errors = !errors.is_empty();
        let field = Field::new("checkpoints", "Checkpoints that were kept elsewhere")
            .hint("From the minutes in which they were noted, or from the folder or mailbox that they are sent to: one to a line.")
            .error(errors.at("checkpoints"));
        let whole = found.filter(|(verdict, _)| verdict.is_clean());
        Self {
            errors: ErrorSummary::new().field(&field),
            result: found.map(|(verdict, others)| result(verdict, others)),
            wrong: found.map(|(verdict, _)| verdict.wrong.clone()).unwrap_or_default(),
            caution: whole.filter(|(_, others)| *others == 0).map(|_| {
                WarningText::new("Nothing from elsewhere was compared. Whoever can write the database and has the key could have written the history anew. Enter a checkpoint that was kept elsewhere, and check again.")
            }),
            standing: facts(standing),
            action: links::prove_history(),
            checkpoints: Textarea::new(field).rows(3).value(form.checkpoints.clone()),
            prove: Button::submit("Check every entry now"),
            export: standing.key.is_some().then(links::history_export),
            sent: sent(&standing.sent),
            frame,
        }
    }

    /// Nothing signed yet; a whole history; one that was changed, with hostile words; a mistyped checkpoint.
    pub fn samples() -> Vec<Self> {
        let head = TreeHead::read(&format!("41:{}", "0f".repeat(32)));
        let sent = Sent {
            size: 41,
            way: HOSTILE.to_owned(),
            went: false,
            words: HOSTILE.to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let stands =
            Standing { entries: 42, signed: head, sent: vec![sent], key: Some(HOSTILE.to_owned()) };
        let mut samples = vec![Self::new(
            Frame::new(TITLE),
            &Standing::default(),
            &ProveForm::default(),
            None,
            &Errors::default(),
        )];
        for wrong in [Vec::new(), vec![HOSTILE.to_owned()]] {
            let Some(head) = head else { continue };
            let verdict = Verdict { head, first: None, vouched: 41, disposed: 1, wrong };
            let form = ProveForm { checkpoints: HOSTILE.to_owned() };
            let frame = Frame::new(TITLE);
            samples.push(Self::new(frame, &stands, &form, Some((&verdict, 0)), &Errors::default()));
        }
        let mut errors = Errors::default();
        errors.say("checkpoints", HOSTILE);
        let form = ProveForm { checkpoints: HOSTILE.to_owned() };
        samples.push(Self::new(Frame::new(TITLE), &stands, &form, None, &errors));
        samples
    }
}

fn result(verdict: &Verdict, others: usize) -> NotificationBanner {
    let entries = verdict.head.size;
    if verdict.is_clean() {
        let compared = match others {
            0 => String::new(),
            1 => " It is the one that the checkpoint from elsewhere vouches for.".to_owned(),
            many => format!(" It is the one that {many} checkpoints from elsewhere vouch for."),
        };
        let gone = match verdict.disposed {
            0 => String::new(),
            gone => format!(
                " The personal parts of {gone} entries went by retention, each in a disposal that is itself in the history."
            ),
        };
        return NotificationBanner::success(format!(
            "The history is whole: all {entries} entries are there, in their order, as they were made.{compared}{gone}"
        ));
    }
    let first = verdict.first.map_or(String::new(), |entry| {
        format!(" The first entry that is wrong is number {entry}.")
    });
    NotificationBanner::important(format!("The history was changed.{first}"))
}

fn facts(standing: &Standing) -> SummaryList {
    let signed = standing
        .signed
        .map_or_else(|| "No checkpoint is signed yet.".to_owned(), |head| head.to_string());
    let mut rows = vec![
        SummaryRow::new("Entries", Content::text(standing.entries.to_string())),
        SummaryRow::new("Last signed checkpoint", Content::written(signed)),
    ];
    let key = standing.key.clone().unwrap_or_else(|| {
        "No key is set, so that nothing is signed. The administrator sets one: journal_key_file.".to_owned()
    });
    rows.push(SummaryRow::new("Public key of the journal", Content::written(key)));
    SummaryList::new(rows)
}

fn sent(sent: &[Sent]) -> Table {
    let columns = vec![
        Column::words("When"),
        Column::numbers("Entries"),
        Column::words("Where to"),
        Column::words("What became of it"),
    ];
    let row = |it: &Sent| {
        vec![
            Content::text(moment_in_words(it.at)),
            Content::text(it.size.to_string()),
            Content::text(it.way.clone()),
            Content::text(if it.went {
                it.words.clone()
            } else {
                format!("Not sent: {}", it.words)
            }),
        ]
    };
    Table::new("sent", "Checkpoints sent elsewhere", columns)
        .rows(sent.iter().map(row).collect())
        .empty("No checkpoint was sent elsewhere yet. The administrator says where: checkpoint_dir, checkpoint_mail, checkpoint_witnesses.")
}
