//! Where everything that can go wrong meets, and becomes a page.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use quarterlight_domain::refusal::Refusal;
use quarterlight_report::print::PrintFault;
use quarterlight_store::Fault;

use crate::api::problem::Problem;
use crate::app::App;
use crate::layout::Frame;
use crate::session::Known;

/// Why there is no page to show.
#[derive(Debug, Clone)]
pub enum Failure {
    /// There is no such thing, or the person may not know of it. The two look the same.
    NotFound,
    /// The rules say no.
    Refused(Refusal),
    /// The page must ask something first: the question, as a page in place of the one that was asked
    /// for; with another status where a form was sent, so that no script takes it for saved.
    Asks(StatusCode, Box<str>),
    /// What was sent cannot be read as the form that was expected.
    Unreadable,
    /// More was sent than is taken.
    TooLarge,
    /// They ask far more often than people can: so many seconds first.
    TooOften(u32),
    /// The machine failed. The words are for the log.
    Failed(String),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault.to_string())
    }
}

impl From<PrintFault> for Failure {
    fn from(fault: PrintFault) -> Self {
        Self::Failed(fault.to_string())
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::Failed(format!("fill in the page: {error}"))
    }
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Asks(status, _) => *status,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "Page not found",
            Self::Asks(..) => "Say why",
            Self::Refused(_) => "That cannot be done",
            Self::Unreadable => "That could not be read",
            Self::TooLarge => "That is too large",
            Self::TooOften(_) => "Wait a moment",
            Self::Failed(_) => "Sorry, there is a problem with the service",
        }
    }

    fn sentences(&self) -> Vec<String> {
        match self {
            Self::NotFound => vec![
                "If you typed the web address, check that it is correct.".to_owned(),
                "The page may also be one that your roles do not let you see.".to_owned(),
            ],
            Self::Asks(..) => Vec::new(),
            Self::Refused(refusal) => vec![refusal.sentence().to_owned()],
            Self::Unreadable => vec![
                "What was sent is not the form that this page expects. Nothing was changed."
                    .to_owned(),
                "Go back, load the page again and send the form once more.".to_owned(),
            ],
            Self::TooLarge => {
                vec!["More was sent than this page takes. Nothing was changed.".to_owned()]
            }
            Self::TooOften(seconds) => vec![
                format!("Pages were asked for in your name more often than a person can read them. Wait {seconds} seconds, then load the page again."),
                "Nothing was changed. If that was not you, end your other sessions and tell an administrator.".to_owned(),
            ],
            Self::Failed(_) => vec![
                "Nothing that you had saved is lost. Try again in a few minutes.".to_owned(),
                "If it happens again, tell your administrator.".to_owned(),
            ],
        }
    }
}

/// The failure goes with the response, and [`dress`] makes it a page.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The page that says what went wrong.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    frame: Frame,
    sentences: Vec<String>,
    /// The number of the request, which the log has too.
    number: String,
}

impl ErrorPage {
    /// One page for each way to fail.
    pub fn samples() -> Vec<Self> {
        [
            Failure::NotFound,
            Failure::Refused(Refusal::because("This audit was submitted on 3 May 2026.")),
            Failure::Unreadable,
            Failure::TooLarge,
            Failure::TooOften(12),
            Failure::Failed("ask the database".to_owned()),
        ]
        .into_iter()
        .map(|failure| Self {
            frame: Frame::new(failure.title()),
            sentences: failure.sentences(),
            number: "7f3a".to_owned(),
        })
        .collect()
    }
}

/// Logs a failure once, and shows it as a page with the number of the request.
pub async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let number = number(request.headers());
    let is_for_a_program = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    // Who asked goes on to the log, whatever the page becomes.
    let known = response.extensions_mut().remove::<Known>();
    let mut response = dressed(&app, response, number, is_for_a_program);
    if let Some(known) = known {
        response.extensions_mut().insert(known);
    }
    response
}

fn dressed(app: &App, mut response: Response, number: String, is_for_a_program: bool) -> Response {
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        return problem.said(&number);
    }
    let Some(failure) = response.extensions_mut().remove::<Failure>() else { return response };
    if let Failure::Asks(_, question) = &failure {
        return (failure.status(), Html(question.to_string())).into_response();
    }
    if let Failure::Failed(why) = &failure {
        tracing::error!(request = number, "could not {why}");
    }
    if is_for_a_program {
        return Problem::of(&failure).said(&number);
    }
    let frame = Frame {
        authority: app.authority.clone(),
        demonstration: app.demonstration,
        ..Frame::new(failure.title())
    };
    let page = ErrorPage { frame, sentences: failure.sentences(), number };
    let mut response = match page.render() {
        Ok(html) => (failure.status(), Html(html)).into_response(),
        Err(_) => failure.status().into_response(),
    };
    if let Failure::TooOften(seconds) = failure {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The number of a request, which the person is shown and the log has.
pub fn number(headers: &HeaderMap) -> String {
    let number = headers.get("x-request-id").and_then(|value| value.to_str().ok());
    number.unwrap_or("none").to_owned()
}
