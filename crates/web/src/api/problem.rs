//! What goes wrong in the API, as problem details (RFC 9457): one sentence, and the request's number.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quarterlight_domain::refusal::Refusal;
use quarterlight_store::Fault;
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::error::Failure;

/// Why a call was not answered as it was meant.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    detail: String,
}

impl Problem {
    /// A method that this address does not have.
    pub const NOT_ALLOWED: Self =
        Self { status: StatusCode::METHOD_NOT_ALLOWED, detail: String::new() };

    /// A problem with its status and its sentence.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    /// There is no such thing.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such thing here.")
    }

    /// What was sent cannot be read.
    pub fn unreadable(detail: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// The words of a failure for a program.
    pub fn of(failure: &Failure) -> Self {
        let (status, detail) = match failure {
            // A question is for a person; whoever cannot be asked does not get what it stands before.
            Failure::NotFound | Failure::Asks(..) => return Self::not_found(),
            Failure::Refused(refusal) => (StatusCode::CONFLICT, refusal.sentence().to_owned()),
            Failure::Unreadable => {
                (StatusCode::BAD_REQUEST, "What was sent cannot be read.".to_owned())
            }
            Failure::TooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "More was sent than is taken.".to_owned())
            }
            Failure::TooOften(_) => {
                (StatusCode::TOO_MANY_REQUESTS, "Wait a minute, then ask again.".to_owned())
            }
            Failure::Failed(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The program failed. Nothing was changed that was not answered for.".to_owned(),
            ),
        };
        Self { status, detail }
    }

    /// The answer, once the request's number is known.
    pub fn said(self, number: &str) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Problem");
        let detail = if self.detail.is_empty() {
            "This address does not have that method.".to_owned()
        } else {
            self.detail
        };
        let body = Said {
            kind: "about:blank".to_owned(),
            title: title.to_owned(),
            status: self.status.as_u16(),
            detail,
            request: number.to_owned(),
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        let kind = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, kind);
        match self.status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            StatusCode::TOO_MANY_REQUESTS => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
            }
            _ => {}
        }
        response
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let failure = Failure::from(fault);
        if let Failure::Failed(why) = &failure {
            tracing::error!("could not {why}");
        }
        Self::of(&failure)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, refusal.sentence())
    }
}

/// The problem goes with the response, and `error::dress` says it with the request's number.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Problem details.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Said {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: String,
    /// The status.
    status: u16,
    /// What was wrong, in one sentence.
    detail: String,
    /// The number of the request. Give it when you report the problem.
    request: String,
}

/// What any call may be answered with instead of what it asked for.
#[derive(IntoResponses)]

pub enum Problems {
    /// What was sent cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Unreadable(Said),
    /// No good token was shown.
    #[response(status = 401, content_type = "application/problem+json")]
    NoToken(Said),
    /// The token was not made for this.
    #[response(status = 403, content_type = "application/problem+json")]
    NotForThis(Said),
    /// There is no such thing.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Said),
    /// The token came too often within a minute.
    #[response(status = 429, content_type = "application/problem+json")]
    TooFast(Said),
    /// The program failed.
    #[response(status = 500, content_type = "application/problem+json")]
    Failed(Said),
    /// The program was too busy.
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(Said),
}
