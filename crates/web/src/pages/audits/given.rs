//! An audit that was given to somebody else while its page was open: what was typed is not lost.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::id::AuditId;

use super::answer_form::AnswerForm;
use super::{InHand, ToMake};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Field, Textarea};
use crate::layout::Frame;
use crate::links;
use crate::permit::named;
use crate::session::SignedIn;

/// An audit to be answered by its auditor; or by whoever was it when they opened the page, who is
/// told so instead. Nobody else learns that there is such an audit.
#[derive(Debug)]
pub enum ToAnswer {
    /// It is theirs.
    Theirs(Box<InHand>),
    /// It was, and is somebody else's now.
    GivenAway(Given),
}

/// An audit that was somebody's own, and is no longer.
#[derive(Debug)]
pub struct Given {
    /// Whose it was.
    pub visitor: SignedIn,
    /// Who has it now.
    pub to: String,
}

impl FromRequestParts<App> for ToAnswer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        match ToMake::from_request_parts(parts, app).await {
            Ok(ToMake(audit)) => Ok(Self::Theirs(Box::new(audit))),
            Err(Failure::NotFound) => {
                let visitor = SignedIn::from_request_parts(parts, app).await?;
                let id: AuditId = named(parts, app, "audit").await?;
                let to = app.store.handovers.given_away_by(id, visitor.id()).await?;
                let to = to.ok_or(Failure::NotFound)?;
                Ok(Self::GivenAway(Given { visitor, to }))
            }
            Err(failure) => Err(failure),
        }
    }
}

/// What was typed, to be copied.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/given.html")]
pub struct GivenPage {
    frame: Frame,
    to: String,
    typed: Textarea,
}

impl GivenPage {
    /// What was typed into the form of a standard that is no longer theirs to answer.
    pub fn new(app: &App, given: &Given, form: &AnswerForm) -> Self {
        let frame = given.visitor.frame(app, TITLE, "Your work");
        let breadcrumbs = vec![("Your work".to_owned(), links::home())];
        Self::of(Frame { breadcrumbs, ..frame }, &given.to, form)
    }

    fn of(frame: Frame, to: &str, form: &AnswerForm) -> Self {
        let typed = [&form.judgement, &form.seen, &form.found, &form.put_right];
        let typed: Vec<&str> =
            typed.into_iter().map(String::as_str).filter(|it| !it.trim().is_empty()).collect();
        let field = Field::new("typed", "What you typed");
        let typed = Textarea::new(field).value(typed.join("\n")).rows(10);
        Self { frame, to: to.to_owned(), typed }
    }

    /// Nothing typed, and hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let form = AnswerForm { seen: HOSTILE.to_owned(), ..AnswerForm::default() };
        vec![
            Self::of(Frame::new(TITLE), "Tom Ashdown", &AnswerForm::default()),
            Self::of(Frame::new(TITLE), HOSTILE, &form),
        ]
    }
}

const TITLE: &str = "This audit is no longer yours";
