//! What the worker says to an audit of their record: a comment on a standard, or a challenge.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::reply::{Meant, NewReply, Reply};
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::{InHand, ToReply};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, HOSTILE, LabelSize, RadioItem, Radios, Select,
    SelectItem, Table, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReplyForm {
    standard: String,
    meant: String,
    words: String,
    /// Made when the form was shown, so that the same form is one reply.
    form_key: String,
}

/// Shows what was said so far, and the form.
///
/// # Errors
/// There is no such page for anybody but the worker who held the record.
pub async fn get(app: App, audit: ToReply) -> page::Result {
    let replies = app.store.replies.of_audit(audit.audit.id).await?;
    let form = ReplyForm { form_key: form_key(&app), ..ReplyForm::default() };
    page::show(&ReplyPage::new(&audit, &replies, &form, &Errors::default()))
}

/// Keeps a reply.
///
/// # Errors
/// There is no such page for anybody but the worker who held the record.
pub async fn post(app: App, audit: ToReply, Filled(form): Filled<ReplyForm>) -> page::Result {
    let replies = app.store.replies.of_audit(audit.audit.id).await?;
    let names = app.store.voices.names().await?;
    let mut errors = Errors::default();
    let standard = StandardCode::new(&form.standard).ok();
    if standard.is_none() {
        errors.say("standard", "Select the standard that you reply to");
    }
    let meant = Meant::from_code(&form.meant);
    if meant.is_none() {
        errors.say("meant", "Select what you want to say");
    }
    let words = errors.keep("words", Reason::new(&form.words));
    if let Some(words) = &words {
        errors.keep("words", names.are_not_in(words.words()));
    }
    let (Some(standard), Some(meant), Some(words), true) =
        (standard, meant, words, errors.is_empty())
    else {
        return page::again(&ReplyPage::new(&audit, &replies, &form, &errors));
    };
    let new = NewReply { standard, meant, words };
    if new.was_said(&replies) {
        return page::see_other(links::replies(audit.audit.id));
    }
    let new = match NewReply::to(&audit.audit, audit.contents(), &replies, new) {
        Ok(new) => new,
        Err(refusal) => {
            errors.say("standard", refusal.sentence());
            return page::again(&ReplyPage::new(&audit, &replies, &form, &errors));
        }
    };
    let stamp = audit.visitor.stamp("replied to an audit");
    app.store.replies.say(&stamp, audit.audit.id, &new, &form.form_key).await?;
    page::see_other(links::replies(audit.audit.id))
}

fn form_key(app: &App) -> String {
    app.word()
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/reply.html")]
pub struct ReplyPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    read: String,
    replies: Table,
    action: String,
    standard: Select,
    meant: Radios,
    words: Textarea,
    form_key: String,
    send: Button,
}

impl ReplyPage {
    fn new(audit: &InHand, replies: &[Reply], form: &ReplyForm, errors: &Errors) -> Self {
        let standard = Field::new("standard", "Which standard").error(errors.at("standard"));
        let meant = Field::new("meant", "What do you want to say?").size(LabelSize::Medium);
        let meant = meant.error(errors.at("meant"));
        let words = Field::new("words", "Your words")
            .hint("If it is wrong: because of what, and where does the record show it? Write no names.")
            .error(errors.at("words"));
        let summary = ErrorSummary::new().field(&standard).field(&meant).field(&words);
        let hint = |meant| match meant {
            Meant::Comment => "It stands beside the answer, and asks for nothing.",
            Meant::Challenge => "A moderator who did not make the audit decides, with a reason.",
        };
        let item = |meant: Meant| RadioItem::new(meant.code(), meant.words()).hint(hint(meant));
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..audit.frame(format!("Reply to the audit of {}", audit.audit.reference()))
            },
            caption: audit.caption(),
            errors: summary,
            read: links::read_audit(audit.audit.id),
            replies: table(replies),
            action: links::replies(audit.audit.id),
            standard: Select::new(standard, standards(audit)).value(form.standard.clone()),
            meant: Radios::new(meant, Meant::ALL.map(item).to_vec()).value(form.meant.clone()),
            words: Textarea::new(words).value(form.words.clone()).rows(6),
            form_key: form.form_key.clone(),
            send: Button::submit("Send this reply"),
        }
    }

    /// Nothing said yet, and said, challenged and decided with hostile words and errors.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for field in ["standard", "meant", "words"] {
            errors.say(field, format!("Enter something else for {field}"));
        }
        let form = ReplyForm { words: HOSTILE.to_owned(), ..ReplyForm::default() };
        let (none, empty) = (Errors::default(), ReplyForm::default());
        super::sample::audits()
            .iter()
            .skip(2)
            .flat_map(|audit| {
                let replies = samples(HOSTILE);
                [Self::new(audit, &[], &empty, &none), Self::new(audit, &replies, &form, &errors)]
            })
            .collect()
    }
}

fn standards(audit: &InHand) -> Vec<SelectItem> {
    let line = &audit.audit.line;
    let asked = audit.contents().asked_of(line);
    let item = |standard: &&quarterlight_domain::standard::Standard| {
        let judgement = audit.answer_to(&standard.code).map(|answer| answer.judgement.words());
        let words = format!(
            "{}. {} ({})",
            standard.code,
            standard.wording,
            judgement.unwrap_or("Not answered")
        );
        SelectItem::new(standard.code.to_string(), words)
    };
    let choose = SelectItem::new("", "Choose a standard");
    std::iter::once(choose).chain(asked.iter().map(item)).collect()
}

/// What was said to an audit and what was decided, for everybody who reads it.
pub fn table(replies: &[Reply]) -> Table {
    let columns =
        vec![Column::words("Standard"), Column::words("The worker"), Column::words("A moderator")];
    let row = |reply: &Reply| {
        let on = day_in_words(day_in_england(reply.at));
        let said = match reply.meant {
            Meant::Comment => format!("{on}: {}", reply.words.words()),
            Meant::Challenge => format!("{on}: I think this is wrong. {}", reply.words.words()),
        };
        let decided = match (&reply.decided, reply.meant) {
            (Some(it), _) => format!(
                "{}, {}: {}. {}",
                it.by,
                day_in_words(day_in_england(it.at)),
                it.outcome.words(),
                it.reason.words()
            ),
            (None, Meant::Challenge) => "Has not decided yet".to_owned(),
            (None, Meant::Comment) => "Nothing to decide".to_owned(),
        };
        vec![
            Content::text(reply.standard.as_str()),
            Content::written(said),
            Content::written(decided),
        ]
    };
    Table::new("replies", "What the worker said to it", columns)
        .rows(replies.iter().map(row).collect())
        .empty("The worker has said nothing to this audit.")
}

/// A comment, a challenge that waits, and one that is decided, in these words.
pub fn samples(words: &str) -> Vec<Reply> {
    use quarterlight_domain::id::ReplyId;
    use quarterlight_domain::reply::{Decided, Outcome};

    let reply = |id: i64, meant, outcome: Option<Outcome>| {
        let at = jiff::Timestamp::UNIX_EPOCH;
        let reason = Reason::new(words).ok()?;
        let decided = outcome.map(|outcome| Decided {
            outcome,
            reason: reason.clone(),
            by: words.to_owned(),
            at,
        });
        let standard = StandardCode::new("B1").ok()?;
        let by = words.to_owned();
        Some(Reply { id: ReplyId(id), standard, meant, words: reason, by, at, decided })
    };
    [
        reply(1, Meant::Comment, None),
        reply(2, Meant::Challenge, None),
        reply(3, Meant::Challenge, Some(Outcome::Partly)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
