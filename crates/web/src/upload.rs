//! A form that came with a file: its parts, one after the other.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;

use crate::apart::Unread;
use crate::app::App;
use crate::error::Failure;

/// How much an upload may send: a case list's file and a little around it.
pub const UPLOAD: usize = 52 * 1024 * 1024;

/// One part of such a form.
#[derive(Debug)]
pub struct Part {
    /// The field's name; empty where the browser gave none.
    pub field: String,
    /// What was sent, with the name that its sender gave it; without one where the part is no file.
    pub sent: Unread,
    text: String,
}

/// The most bytes of what is typed beside a file.
const TYPED: usize = 40_000;

impl Part {
    /// What was typed, where the part is no file; of a file nothing.
    pub fn text(&self) -> String {
        self.text.clone()
    }
}

/// Reads the parts of a form and hands each over, within the limit of its route.
///
/// # Errors
/// Fails on what is no such form or is larger than its route takes, and where a part is refused.
pub async fn each(
    request: Request,
    app: &App,
    mut take: impl FnMut(Part) -> Result<(), Failure> + Send,
) -> Result<(), Failure> {
    let parts = Multipart::from_request(request, app).await;
    let mut parts = parts.map_err(|_| Failure::Unreadable)?;
    while let Some(part) = parts.next_field().await.map_err(|error| unreadable(&error))? {
        let field = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|error| unreadable(&error))?.to_vec();
        let is_typed = file_name.is_empty() && bytes.len() <= TYPED;
        let text =
            if is_typed { String::from_utf8_lossy(&bytes).into_owned() } else { String::new() };
        take(Part { field, sent: Unread::new(file_name, bytes), text })?;
    }
    Ok(())
}

fn unreadable(error: &MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Unreadable,
    }
}
