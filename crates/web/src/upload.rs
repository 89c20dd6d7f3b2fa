//! A form that came with a file: its parts, one after the other.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;

use crate::app::App;
use crate::error::Failure;

/// How much an upload may send: a case list's file and a little around it.
pub const UPLOAD: usize = 52 * 1024 * 1024;

/// One part of such a form.
#[derive(Debug)]
pub struct Part {
    /// The field's name; empty where the browser gave none.
    pub field: String,
    /// The name of the file as its sender has it; empty where the part is none.
    pub file_name: String,
    /// What was sent.
    pub bytes: Vec<u8>,
}

impl Part {
    /// What was typed, where the part is no file.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
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
        take(Part { field, file_name, bytes })?;
    }
    Ok(())
}

fn unreadable(error: &MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Unreadable,
    }
}
