//! What a handler gives back: a page, the way to another, or a file to keep.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::error::Failure;

/// What every handler gives back.
pub type Result<T = Page> = std::result::Result<T, Failure>;

/// A page, the way to another, or a file to keep.
#[derive(Debug)]
pub enum Page {
    /// A page.
    Html(String),
    /// The same page again, because of what was wrong with its form.
    Again(String),
    /// Another page, to be loaded now that something was done.
    SeeOther(String),
    /// A few words for a page's own script.
    Told(String),
    /// A file to keep.
    Download {
        /// What the file is called. Plain: no reference to a record.
        name: String,
        /// What kind of file it is.
        content_type: &'static str,
        /// The file.
        bytes: Vec<u8>,
    },
}

/// A page from its struct.
///
/// # Errors
/// Fails if the template does, which is a fault of ours.
pub fn show(page: &impl Template) -> Result {
    Ok(Page::Html(page.render()?))
}

/// The same page again, with what was typed and what was wrong with it.
///
/// # Errors
/// Fails if the template does, which is a fault of ours.
pub fn again(page: &impl Template) -> Result {
    Ok(Page::Again(page.render()?))
}

/// A few words for a page's own script.
///
/// # Errors
/// Never fails; it has the type of a handler's answer.
pub fn told(words: impl Into<String>) -> Result {
    Ok(Page::Told(words.into()))
}

/// Another page, now that something was done.
///
/// # Errors
/// Never fails; it has the type of a handler's answer.
pub fn see_other(link: String) -> Result {
    Ok(Page::SeeOther(link))
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        match self {
            Self::Html(html) => Html(html).into_response(),
            Self::Again(html) => (StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response(),
            Self::Told(words) => words.into_response(),
            Self::SeeOther(link) => Redirect::to(&link).into_response(),
            Self::Download { name, content_type, bytes } => (
                [
                    (header::CONTENT_TYPE, content_type.to_owned()),
                    (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
                ],
                bytes,
            )
                .into_response(),
        }
    }
}
