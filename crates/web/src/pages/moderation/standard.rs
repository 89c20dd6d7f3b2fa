//! One standard in two columns: the auditor's answer, and the moderator's own judgement.

use askama::Template;
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::moderation::Moderation;
use quarterlight_domain::moderation::reading::{Choice, Outcome, Stands, Step};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::{Reason, bounded};
use serde::Deserialize;

use super::show::onwards;
use super::{InHand, ToModerate};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Content, ErrorSummary, Field, Inset, LabelSize, RadioItem, Radios, SummaryList,
    SummaryRow, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed, and which button was pressed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StandardForm {
    choice: String,
    judgement: String,
    words: String,
}

/// What the moderator is asked at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// To judge it before the auditor's answer is shown.
    Blind,
    /// To agree or not.
    Agree,
    /// To say which of two different judgements stands.
    Reconcile,
}

/// Shows the standard: the auditor's answer is there only when it may be.
///
/// # Errors
/// There is no such page for anybody but its moderator, and once the reading has ended.
pub async fn get(it: ToModerate) -> page::Result {
    let code = it.standard.clone().ok_or(Failure::NotFound)?;
    it.going_on()?;
    page::show(&StandardPage::new(&it, &code, &StandardForm::default(), &Errors::default())?)
}

/// Keeps what the moderator judged, and goes on.
///
/// # Errors
/// There is no such page for anybody but its moderator, and once the reading has ended.
pub async fn post(app: App, it: ToModerate, Filled(form): Filled<StandardForm>) -> page::Result {
    let code = it.standard.clone().ok_or(Failure::NotFound)?;
    let moderation = it.going_on()?;
    let answer = it.answer(&code).ok_or(Failure::NotFound)?;
    let step = match read(&it, moderation, answer, &form) {
        Ok(step) => step,
        Err(errors) => return page::again(&StandardPage::new(&it, &code, &form, &errors)?),
    };
    let stamp = it.visitor.stamp("read a standard a second time");
    let ids = (moderation.id, it.audit().id);
    let kept = app.store.moderations.step(&stamp, ids, &step).await?;
    // Where the two differ and nothing stands yet, the same page shows both. What another form was
    // quicker with is shown as it is now.
    let stays = step.outcome.is_none() || !kept;
    page::see_other(if stays {
        format!("{}?saved", links::moderate_standard(it.audit().id, &code))
    } else {
        onwards(&it, &code)
    })
}

fn read(
    it: &InHand,
    moderation: &Moderation,
    answer: &Answer,
    form: &StandardForm,
) -> Result<Step, Errors> {
    let mut errors = Errors::default();
    let kept = it.reading(&answer.standard);
    let judgement = Judgement::from_code(&form.judgement);
    let words = errors.keep("words", bounded(&form.words)).ok_or(errors.clone())?;
    let missing = |errors: &mut Errors| {
        errors.say("judgement", "Select what you found, from Met to Cannot tell");
    };
    let at = |field, refusal: Refusal| {
        let mut errors = Errors::default();
        errors.say(field, refusal.sentence());
        errors
    };
    if asks(it, moderation, &answer.standard) == Asks::Blind {
        let Some(judgement) = judgement else {
            missing(&mut errors);
            return Err(errors);
        };
        return moderation.read_blind(kept, answer, judgement, words).map_err(|it| at("words", it));
    }
    let why = Reason::new(&words).ok();
    let choice = match (form.choice.as_str(), judgement) {
        ("agree", _) => Choice::Agree,
        (_, Some(judgement)) => Choice::Disagree(judgement),
        (_, None) => {
            missing(&mut errors);
            return Err(errors);
        }
    };
    let field = match choice {
        Choice::Disagree(judgement) if judgement == answer.judgement => "judgement",
        _ => "words",
    };
    moderation.settle(kept, answer, choice, why).map_err(|refusal| at(field, refusal))
}

fn asks(it: &InHand, moderation: &Moderation, code: &StandardCode) -> Asks {
    let reading = it.reading(code);
    match (reading, it.theirs(code)) {
        _ if !moderation.shows(reading) => Asks::Blind,
        (Some(reading), Some(theirs)) if reading.mine != theirs.judgement => Asks::Reconcile,
        _ => Asks::Agree,
    }
}

/// The page of one standard.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/moderation/standard.html")]
pub struct StandardPage {
    frame: Frame,
    caption: String,
    critical: bool,
    met_looks_like: String,
    position: String,
    action: String,
    errors: ErrorSummary,
    auditor: String,
    /// The auditor's answer; none while it may not be shown.
    theirs: Option<SummaryList>,
    /// What this moderator judged before, and what stands.
    said: Option<Inset>,
    agree: Option<Button>,
    /// Whether the key *a* presses that button.
    has_key: bool,
    or: &'static str,
    judgement: Radios,
    words: Textarea,
    save: Button,
    overview: String,
}

impl StandardPage {
    fn new(
        it: &InHand,
        code: &StandardCode,
        form: &StandardForm,
        errors: &Errors,
    ) -> Result<Self, Failure> {
        let moderation = it.going_on()?;
        let (section, standard) = it.contents().find(code).ok_or(Failure::NotFound)?;
        let asks = asks(it, moderation, code);
        let (legend, label, hint) = match asks {
            Asks::Blind => {
                ("What do you find?", "What you saw", "Needed unless it is met or does not apply.")
            }
            Asks::Agree => (
                "What do you judge?",
                "Why you disagree",
                "What the record shows. It is kept with both judgements.",
            ),
            Asks::Reconcile => (
                "Which judgement is yours?",
                "Why",
                "What settled it, for whichever judgement stands.",
            ),
        };
        let judgement =
            Field::new("judgement", legend).size(LabelSize::Small).error(errors.at("judgement"));
        let words = Field::new("words", label).hint(hint).error(errors.at("words"));
        let mine = it.reading(code).filter(|_| asks == Asks::Reconcile);
        let chosen = match (form.judgement.as_str(), mine) {
            ("", Some(mine)) => mine.mine.code().to_owned(),
            (typed, _) => typed.to_owned(),
        };
        let item = |each: Judgement| RadioItem::new(each.code(), each.words());
        let title = format!("{}. {}", standard.code, standard.wording);
        let (agree, or, save) = match asks {
            Asks::Blind => (None, "", Button::submit("Save mine and show both")),
            Asks::Agree => (
                Some(Button::submit("Agree").answer("choice", "agree")),
                "Or disagree",
                Button::submit("Disagree").answer("choice", "disagree").secondary(),
            ),
            Asks::Reconcile => (
                Some(
                    Button::submit("The auditor’s judgement stands")
                        .answer("choice", "agree")
                        .secondary(),
                ),
                "",
                Button::submit("Mine stands").answer("choice", "disagree"),
            ),
        };
        Ok(Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                saved: it.reading(code).map(|_| "Your judgement is saved.".to_owned()),
                ..it.inner_frame(title)
            },
            caption: it.caption(),
            critical: standard.critical,
            met_looks_like: standard.met_looks_like.clone(),
            position: position(it, &section.letter, code),
            action: links::moderate_standard(it.audit().id, code),
            errors: ErrorSummary::new().field(&judgement).field(&words),
            auditor: it.audit().auditor_name.clone(),
            theirs: it.theirs(code).map(theirs),
            said: said(it, code).map(Inset::new),
            agree,
            has_key: asks == Asks::Agree,
            or,
            judgement: Radios::new(judgement, Judgement::ALL.map(item).to_vec())
                .value(chosen)
                .keys(),
            words: Textarea::new(words).value(form.words.clone()).rows(5),
            save,
            overview: links::moderate(it.audit().id),
        })
    }

    /// Beside the answer, blind before and after it is read, and with everything wrong.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        for field in ["judgement", "words"] {
            errors.say(field, format!("Enter something else for {field}"));
        }
        let form = StandardForm { words: HOSTILE.to_owned(), ..StandardForm::default() };
        let mut pages = Vec::new();
        for it in super::sample::in_hand() {
            for standard in it.contents().standards() {
                let page = |form: &StandardForm, errors: &Errors| {
                    Self::new(&it, &standard.code, form, errors)
                };
                pages.extend(page(&StandardForm::default(), &Errors::default()));
                pages.extend(page(&form, &errors));
            }
        }
        pages
    }
}

fn theirs(answer: &Answer) -> SummaryList {
    let seen = if answer.seen.is_empty() { "Nothing is written." } else { &answer.seen };
    let found = if answer.found.is_empty() { "Not said." } else { &answer.found };
    SummaryList::new(vec![
        SummaryRow::new("Judgement", answer.judgement.words()),
        SummaryRow::new("What was seen", Content::written(seen)),
        SummaryRow::new("Where", found),
    ])
}

/// What stands, or what this moderator judged before they saw the answer.
fn said(it: &InHand, code: &StandardCode) -> Option<String> {
    if let Some(outcome) = it.outcome(code) {
        return Some(in_words(outcome));
    }
    let (reading, answer) = (it.reading(code)?, it.theirs(code)?);
    Some(format!(
        "You judged {} before you saw that the auditor had judged {}. Say which stands, and why.",
        reading.mine.words(),
        answer.judgement.words()
    ))
}

fn in_words(outcome: &Outcome) -> String {
    let why = outcome.why.as_ref().map_or("", Reason::words);
    let judgement = outcome.judgement.words();
    match outcome.stands {
        Stands::Both => format!("Settled: you both judged {judgement}."),
        Stands::Auditors => format!("Settled: the auditor’s {judgement} stands. {why}"),
        Stands::Moderators => format!("Settled: your {judgement} stands. {why}"),
    }
}

/// *Section B · standard 5 of 38*.
fn position(it: &InHand, letter: &str, code: &StandardCode) -> String {
    let asked = it.contents().asked_of(&it.audit().line);
    let place = asked.iter().position(|standard| standard.code == *code).unwrap_or(0) + 1;
    format!("Section {letter} · standard {place} of {}", asked.len())
}
