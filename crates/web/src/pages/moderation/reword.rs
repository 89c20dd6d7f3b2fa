//! Suggesting that a standard be worded anew: it waits for the framework's next draft.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::id::EditionId;
use quarterlight_domain::moderation::rewording::NewRewording;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use quarterlight_store::RewordingLine;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, Textarea};
use crate::layout::Frame;
use crate::permit::{SuggestRewording, Through};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RewordForm {
    words: String,
    /// Made when the form was shown, so that the same form is one wish.
    form_key: String,
}

/// Shows the standard, what was suggested before, and asks for more.
///
/// # Errors
/// There is no such page for those who suggest nothing, and for a standard that is not there.
pub async fn get(
    app: App,
    visitor: Through<SuggestRewording>,
    Path(named): Path<(String, String)>,
) -> page::Result {
    let around = Around::of(&app, &visitor, &named).await?;
    let form = RewordForm { words: String::new(), form_key: app.word() };
    page::show(&RewordPage::new(&around, &form, &Errors::default())?)
}

/// Keeps the wish.
///
/// # Errors
/// There is no such page for those who suggest nothing, and for a standard that is not there.
pub async fn post(
    app: App,
    visitor: Through<SuggestRewording>,
    Path(named): Path<(String, String)>,
    Filled(form): Filled<RewordForm>,
) -> page::Result {
    let around = Around::of(&app, &visitor, &named).await?;
    let mut errors = Errors::default();
    let Some(words) = errors.keep("words", Reason::new(&form.words)) else {
        return page::again(&RewordPage::new(&around, &form, &errors)?);
    };
    let of = (around.edition.id, around.edition.contents());
    let new = NewRewording::of(of, around.code.clone(), words)?;
    let stamp = visitor.stamp("suggested a re-wording");
    app.store.rewordings.suggest(&stamp, &new, &form.form_key).await?;
    page::see_other(format!("{}?suggested", links::readings_agree()))
}

/// What the page needs besides the form.
#[derive(Debug, Clone)]
struct Around {
    edition: Arc<AgreedEdition>,
    code: StandardCode,
    before: Vec<RewordingLine>,
    base: Frame,
}

impl Around {
    async fn of(
        app: &App,
        visitor: &Through<SuggestRewording>,
        (edition, standard): &(String, String),
    ) -> Result<Self, Failure> {
        let id = edition.parse::<EditionId>().map_err(|_| Failure::NotFound)?;
        let code = StandardCode::new(standard).map_err(|_| Failure::NotFound)?;
        let edition = app.store.frameworks.edition(id).await?.ok_or(Failure::NotFound)?;
        edition.contents().find(&code).ok_or(Failure::NotFound)?;
        let mut before = app.store.rewordings.of_edition(Some(id)).await?;
        before.retain(|line| line.standard == code);
        let base = visitor.frame(app, "", "Agreement");
        Ok(Self { edition, code, before, base })
    }
}

/// The page of one standard that could be worded better.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/moderation/reword.html")]
pub struct RewordPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    wording: String,
    met_looks_like: String,
    /// What was suggested before: the words, and who said so.
    before: Vec<(String, String)>,
    action: String,
    words: Textarea,
    form_key: String,
    save: Button,
}

impl RewordPage {
    fn new(around: &Around, form: &RewordForm, errors: &Errors) -> Result<Self, Failure> {
        let Around { edition, code, before, base } = around;
        let (_, standard) = edition.contents().find(code).ok_or(Failure::NotFound)?;
        let words = Field::new("words", "What is unclear, or how it could be worded")
            .hint("Those who write the next draft of the framework see this beside the standard.")
            .error(errors.at("words"));
        let line = |line: &RewordingLine| {
            let on = day_in_words(day_in_england(line.at));
            (line.words.clone(), format!("{}, {on}", line.by))
        };
        Ok(Self {
            frame: Frame {
                title: format!("Suggest re-wording {code}"),
                breadcrumbs: vec![("Agreement".to_owned(), links::readings_agree())],
                has_errors: !errors.is_empty(),
                ..base.clone()
            },
            caption: edition.title(),
            errors: ErrorSummary::new().field(&words),
            wording: standard.wording.clone(),
            met_looks_like: standard.met_looks_like.clone(),
            before: before.iter().map(line).collect(),
            action: links::reword(edition.id, code),
            words: Textarea::new(words).value(form.words.clone()).rows(5),
            form_key: form.form_key.clone(),
            save: Button::submit("Suggest it"),
        })
    }

    /// Nothing suggested yet, and a hostile wish that was refused after another.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        errors.say("words", "Give a reason.");
        let form = RewordForm { words: HOSTILE.to_owned(), form_key: String::new() };
        let (lines, editions) = super::sample::pairs();
        let mut pages = Vec::new();
        if let (Some(line), Some(edition)) = (lines.first(), editions.first()) {
            let (edition, code) = (Arc::clone(edition), line.standard.clone());
            let mut around = Around { edition, code, before: Vec::new(), base: Frame::default() };
            pages.extend(Self::new(&around, &RewordForm::default(), &Errors::default()));
            around.before.push(RewordingLine {
                id: quarterlight_domain::id::RewordingId(1),
                standard: line.standard.clone(),
                words: HOSTILE.to_owned(),
                by: HOSTILE.to_owned(),
                at: jiff::Timestamp::UNIX_EPOCH,
            });
            pages.extend(Self::new(&around, &form, &errors));
        }
        pages
    }
}
