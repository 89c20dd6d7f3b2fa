//! What somebody sent and could not be saved, because the machine failed: it is still on their screen,
//! and one press sends it again.

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::app::App;
use crate::error::{self, Failure};
use crate::govuk::Button;
use crate::layout::Frame;
use crate::session;

/// How much of a form is kept until it is known to be saved.
const KEPT: usize = 256 * 1024;

/// The form that was not saved, field by field.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sessions/not_saved.html")]
pub struct NotSavedPage {
    frame: Frame,
    action: String,
    fields: Vec<(String, String)>,
    number: String,
    button: Button,
}

/// Keeps a form in hand until it is known what became of it. Where the machine failed, the answer
/// says so, and has the words.
pub async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_form = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        kind.to_str().is_ok_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
    });
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    // What was typed as a password is never sent back.
    let is_kept = is_form && !session::has_secrets(request.uri().path());
    if request.method() != Method::POST || !is_kept || length.is_none_or(|it| it > KEPT) {
        return next.run(request).await;
    }
    let number = error::number(request.headers());
    let action = request.uri().path_and_query().map_or("/", |it| it.as_str()).to_owned();
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, KEPT).await else { return Failure::TooLarge.into_response() };
    let again = Request::from_parts(parts, Body::from(bytes.clone()));
    let mut response = next.run(again).await;
    if !matches!(response.extensions().get::<Failure>(), Some(Failure::Failed(_))) {
        return response;
    }
    let kept = String::from_utf8_lossy(&bytes);
    let fields: Vec<(String, String)> = serde_urlencoded::from_str(&kept).unwrap_or_default();
    if fields.is_empty() {
        return response;
    }
    if let Some(Failure::Failed(why)) = response.extensions_mut().remove::<Failure>() {
        tracing::error!(request = number, "could not {why}");
    }
    let frame = Frame {
        authority: app.authority.clone(),
        demonstration: app.demonstration,
        ..Frame::new("Not saved")
    };
    match NotSavedPage::framed(frame, action, fields, number).render() {
        Ok(html) => (StatusCode::SERVICE_UNAVAILABLE, Html(html)).into_response(),
        Err(error) => Failure::from(error).into_response(),
    }
}

impl NotSavedPage {
    fn framed(frame: Frame, action: String, fields: Vec<(String, String)>, number: String) -> Self {
        let button = Button::submit("Try to save it again");
        Self { frame, action, fields, number, button }
    }

    /// An answer, and hostile words.
    pub fn samples() -> Vec<Self> {
        let page = |seen: &str| {
            let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let fields = vec![field("judgement", "met"), field("seen", seen)];
            let action = "/audits/3/standards/B1".to_owned();
            Self::framed(Frame::new("Not saved"), action, fields, "7f3a".to_owned())
        };
        vec![page("Updated on 3 May."), page("<script> alert(1) </script>\"'&")]
    }
}
