//! The comments on a draft beside their replies: each with an outcome, and a reason.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::comment::{About, Comment, Outcome, Reply};
use quarterlight_domain::draft::DraftState;
use quarterlight_domain::id::CommentId;
use quarterlight_domain::permission::Deed;
use quarterlight_report::words;
use serde::Deserialize;

use super::lines::whole;
use super::{InHand, ToRead, ToWrite};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, LabelSize, RadioItem, Radios, Textarea};
use crate::layout::Frame;
use crate::{links, page};

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    outcome: String,
    reason: String,
    /// The version of the comment that was answered.
    version: u32,
}

/// The form for one comment.
#[derive(Debug, Clone)]
struct ReplyForm {
    action: String,
    version: u32,
    outcome: Radios,
    reason: Textarea,
    send: Button,
}

/// One comment beside its reply.
#[derive(Debug, Clone)]
struct Line {
    id: CommentId,
    about: String,
    /// What the standard says now.
    says: String,
    words: String,
    by: String,
    reply: Option<String>,
    form: Option<ReplyForm>,
    /// Whether the form is unfolded.
    is_open: bool,
}

/// The comments on a draft.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/answer.html")]
pub struct AnswerPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// *4 of 17 unanswered.*
    counter: String,
    lines: Vec<Line>,
}

/// Shows the comments, unanswered ones first. Those who were asked see the others' comments when
/// the consultation lets them.
///
/// # Errors
/// There is no such page for those who may not read the draft.
pub async fn get(draft: ToRead) -> page::Result {
    page::show(&AnswerPage::new(&draft, None))
}

/// Answers one comment.
///
/// # Errors
/// Refuses once the draft was agreed. There is no such page for those who may not write it.
pub async fn post(app: App, draft: ToWrite, Filled(form): Filled<AnswerForm>) -> page::Result {
    let id = draft.part.parse().map(CommentId).map_err(|_| Failure::NotFound)?;
    let comment = draft.draft.comments.iter().find(|comment| comment.id == id);
    let comment = comment.ok_or(Failure::NotFound)?;
    let state = draft.draft.state(draft.visitor.today);
    if matches!(state, DraftState::Agreed | DraftState::SetAside) {
        draft.draft.may_be_written(draft.visitor.today)?;
    }
    let mut errors = Errors::default();
    let outcome = Outcome::from_code(&form.outcome);
    if outcome.is_none() {
        errors.say("outcome", "Select what becomes of the comment");
    }
    let reply = outcome.and_then(|it| errors.keep("reason", Reply::new(it, &form.reason)));
    let Some(reply) = reply else {
        return page::again(&AnswerPage::new(&draft, Some((id, &form, &errors))));
    };
    let answers = links::answers(draft.draft.id);
    // The same answer twice changes nothing.
    if comment.reply.as_ref() == Some(&reply) {
        return page::see_other(answers);
    }
    let stamp = draft.visitor.stamp("answered a comment");
    let key = (id, form.version);
    if app.store.consultations.answer(&stamp, draft.draft.id, key, &reply).await? {
        return page::see_other(answers);
    }
    errors.say(
        "reason",
        "The comment was changed or answered meanwhile. Read it once more before you answer",
    );
    let form = AnswerForm { version: comment.version, ..form };
    page::again(&AnswerPage::new(&draft, Some((id, &form, &errors))))
}

/// The comments that this person may see.
fn seen(draft: &InHand) -> impl Iterator<Item = &Comment> {
    let comments = draft.draft.comments.iter();
    comments.filter(|comment| {
        !comment.words.is_empty() && draft.permits(Deed::ReadComment(&draft.draft, comment))
    })
}

impl AnswerPage {
    fn new(draft: &InHand, trouble: Option<(CommentId, &AnswerForm, &Errors)>) -> Self {
        let state = draft.draft.state(draft.visitor.today);
        let can = draft.is_writer() && !matches!(state, DraftState::Agreed | DraftState::SetAside);
        let mut lines: Vec<(bool, Line)> = seen(draft)
            .map(|comment| {
                let trouble = trouble.filter(|(id, _, _)| *id == comment.id);
                (comment.reply.is_some(), line(draft, comment, can, trouble))
            })
            .collect();
        lines.sort_by_key(|(is_answered, _)| *is_answered);
        let lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).collect();
        let summary = lines
            .iter()
            .filter_map(|line| line.form.as_ref())
            .fold(ErrorSummary::new(), |summary, form| {
                summary.field(&form.outcome.field).field(&form.reason.field)
            });
        let (unanswered, made) = draft.draft.unanswered();
        let counter = format!(
            "{} of {} unanswered.",
            words::whole(whole(unanswered)),
            words::whole(whole(made))
        );
        Self {
            frame: Frame {
                has_errors: trouble.is_some(),
                ..draft.inner_frame(if can { "Answer the comments" } else { "Comments" })
            },
            caption: draft.title(),
            errors: summary,
            counter,
            lines,
        }
    }

    /// No comment, some as the writer and as a consultee see them, and hostile words with errors.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        errors.say("outcome", HOSTILE);
        errors.say("reason", HOSTILE);
        let form = AnswerForm { reason: HOSTILE.to_owned(), ..AnswerForm::default() };
        let drafts = super::sample::in_hand();
        let plain = drafts.iter().map(|draft| Self::new(draft, None));
        let wrong =
            drafts.iter().map(|draft| Self::new(draft, Some((CommentId(1), &form, &errors))));
        plain.chain(wrong).collect()
    }
}

fn line(
    draft: &InHand,
    comment: &Comment,
    can: bool,
    trouble: Option<(CommentId, &AnswerForm, &Errors)>,
) -> Line {
    let says = match &comment.about {
        About::Standard(code) => {
            draft.draft.find(code).map_or(String::new(), |(_, it)| it.standard.wording.clone())
        }
        About::Whole | About::Section(_) => String::new(),
    };
    let reply = comment.reply.as_ref().map(|reply| match reply.reason() {
        "" => reply.outcome().words().to_owned(),
        reason => format!("{}. {reason}", reply.outcome().words()),
    });
    Line {
        id: comment.id,
        about: comment.about.words(),
        says,
        words: comment.words.clone(),
        by: format!("{}, {}", comment.name, day_in_words(comment.on)),
        is_open: comment.reply.is_none() || trouble.is_some(),
        reply,
        form: can.then(|| reply_form(draft, comment, trouble)),
    }
}

fn reply_form(
    draft: &InHand,
    comment: &Comment,
    trouble: Option<(CommentId, &AnswerForm, &Errors)>,
) -> ReplyForm {
    let kept = AnswerForm {
        outcome: comment.reply.as_ref().map_or("", |it| it.outcome().code()).to_owned(),
        reason: comment.reply.as_ref().map_or("", Reply::reason).to_owned(),
        version: comment.version,
    };
    let form = trouble.map_or(&kept, |(_, form, _)| form);
    let error = |name: &str| trouble.and_then(|(_, _, errors)| errors.at(name));
    let id = comment.id;
    let about = match &comment.about {
        About::Standard(code) => code.to_string(),
        other => other.words().to_lowercase(),
    };
    let items = Outcome::ALL.map(|outcome| RadioItem::new(outcome.code(), outcome.words()));
    let legend = format!("What becomes of {}’s comment on {about}?", comment.name);
    let outcome = Field::new("outcome", legend)
        .id(format!("outcome-{id}"))
        .size(LabelSize::Small)
        .error(error("outcome"));
    let reason = Field::new("reason", format!("The reason, for {}", comment.name))
        .id(format!("reason-{id}"))
        .hint("Always, unless it is accepted.")
        .error(error("reason"));
    ReplyForm {
        action: links::answer_comment(draft.draft.id, id),
        version: form.version,
        outcome: Radios::new(outcome, items.into()).value(Some(form.outcome.clone())),
        reason: Textarea::new(reason).value(form.reason.clone()).rows(3),
        send: Button::submit("Save the answer"),
    }
}
