//! Taking back an audit that one has submitted, until a moderator opens it.

use askama::Template;
use quarterlight_domain::moderation::take_back::{TakenBack, may};
use quarterlight_domain::text::Reason;
use quarterlight_store::InModeration;
use serde::Deserialize;

use super::{InHand, ToMake};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, Textarea};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TakeBackForm {
    because: String,
}

/// Asks why the audit is taken back, or says why it cannot be.
///
/// # Errors
/// There is no such page for anybody but the auditor.
pub async fn get(app: App, audit: ToMake) -> page::Result {
    let refused = refused(&audit, kept(&app, &audit).await?.as_ref());
    page::show(&TakeBackPage::new(&audit, &TakeBackForm::default(), refused, &Errors::default()))
}

/// Takes the audit back. What was submitted is kept.
///
/// # Errors
/// Refuses an audit that a moderator has opened. There is no such page for anybody but the auditor.
pub async fn post(app: App, audit: ToMake, Filled(form): Filled<TakeBackForm>) -> page::Result {
    let kept = kept(&app, &audit).await?;
    let mut errors = Errors::default();
    let Some(because) = errors.keep("because", Reason::new(&form.because)) else {
        let refused = refused(&audit, kept.as_ref());
        return page::again(&TakeBackPage::new(&audit, &form, refused, &errors));
    };
    let opened = kept.as_ref().and_then(InModeration::current);
    let closed = kept.as_ref().and_then(|kept| kept.cycle_closed);
    let taken = TakenBack::of(&audit.audit, opened, closed, because)?;
    let stamp = audit.visitor.stamp("took an audit back");
    let id = audit.audit.id;
    let done = app.store.moderations.take_back(&stamp, &taken).await?;
    // Opened in between: the page says by whom.
    page::see_other(if done { links::audit(id) } else { links::take_back(id) })
}

async fn kept(app: &App, audit: &InHand) -> Result<Option<InModeration>, Failure> {
    Ok(app.store.moderations.of_audit(audit.audit.id).await?)
}

fn refused(audit: &InHand, kept: Option<&InModeration>) -> Option<String> {
    let opened = kept.and_then(InModeration::current);
    let closed = kept.and_then(|kept| kept.cycle_closed);
    may(&audit.audit, opened, closed).err().map(|refusal| refusal.sentence().to_owned())
}

/// The page that takes an audit back.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/take_back.html")]
pub struct TakeBackPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// Why it cannot be taken back.
    refused: Option<String>,
    action: String,
    because: Textarea,
    take: Button,
}

impl TakeBackPage {
    fn new(audit: &InHand, form: &TakeBackForm, refused: Option<String>, errors: &Errors) -> Self {
        let because = Field::new("because", "Why you take it back").error(errors.at("because"));
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..audit.inner_frame("Take the audit back")
            },
            caption: audit.caption(),
            errors: ErrorSummary::new().field(&because),
            refused,
            action: links::take_back(audit.audit.id),
            because: Textarea::new(because).value(form.because.clone()).rows(3),
            take: Button::submit("Take it back"),
        }
    }

    /// To be said why, refused, and sent without a word.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        errors.say("because", "Give a reason.");
        let form = TakeBackForm { because: HOSTILE.to_owned() };
        let audits = super::sample::audits();
        let pages = audits.iter().flat_map(|audit| {
            [
                Self::new(audit, &TakeBackForm::default(), None, &Errors::default()),
                Self::new(audit, &form, Some(HOSTILE.to_owned()), &Errors::default()),
                Self::new(audit, &form, None, &errors),
            ]
        });
        pages.collect()
    }
}
