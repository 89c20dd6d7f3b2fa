//! Reading a workbook that somebody sends, away from other people's pages, and keeping what it says.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use quarterlight_domain::refusal::Refusal;
use quarterlight_import::{Limits, annex_a};
use quarterlight_store::NewCaseList;

use super::kept;
use super::list::{CaseListsPage, Typed};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, TypedDate};
use crate::permit::{ImportCaseLists, Through};
use crate::{links, page};

/// What was sent: a file with its name, and what was typed beside it.
#[derive(Debug, Default)]
pub struct Sent {
    file: Option<SentFile>,
    typed: Typed,
}

#[derive(Debug)]
struct SentFile {
    name: String,
    bytes: Vec<u8>,
}

impl FromRequest<App> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let parts = Multipart::from_request(request, app).await;
        let mut parts = parts.map_err(|_| Failure::Unreadable)?;
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| unreadable(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|error| unreadable(&error))?;
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            match name.as_str() {
                // A browser sends a part without a name and without a byte where no file is chosen.
                "file" if !file_name.is_empty() || !bytes.is_empty() => {
                    sent.file = Some(SentFile { name: file_name, bytes: bytes.to_vec() });
                }
                "as_at-day" => sent.typed.as_at.day = text(),
                "as_at-month" => sent.typed.as_at.month = text(),
                "as_at-year" => sent.typed.as_at.year = text(),
                "authority" => sent.typed.authority = text(),
                _ => {}
            }
        }
        Ok(sent)
    }
}

fn unreadable(error: &MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Unreadable,
    }
}

/// Reads the file and keeps what it says, to be looked at before anything is taken in.
///
/// # Errors
/// There is no such page for those who may not import case lists.
pub async fn post(app: App, visitor: Through<ImportCaseLists>, sent: Sent) -> page::Result {
    let Sent { file, typed } = sent;
    let mut errors = Errors::default();
    let as_at = errors.keep("as_at", as_at(&typed.as_at, visitor.today));
    if file.is_none() {
        errors.say("file", "Choose the Annex A workbook");
    }
    let (Some(file), Some(as_at)) = (file, as_at) else {
        return page::again(&CaseListsPage::load(&app, &visitor, &typed, &errors).await?);
    };
    // A large workbook takes seconds, in which nobody else's page may wait.
    let authority = typed.authority.trim().to_owned();
    let read = tokio::task::spawn_blocking(move || read(&file, as_at, &authority)).await;
    match read.map_err(|_| Failure::Failed("read a case list: the reading broke off".to_owned()))? {
        Ok(new) => {
            let stamp = visitor.stamp("read a case list");
            let id = app.store.case_lists.keep(&stamp, &new).await?;
            page::see_other(links::case_list(id))
        }
        Err(sentence) => {
            errors.say("file", sentence);
            page::again(&CaseListsPage::load(&app, &visitor, &typed, &errors).await?)
        }
    }
}

/// The day that was typed; a list cannot be true of a day to come.
fn as_at(typed: &TypedDate, today: Date) -> Result<Date, Refusal> {
    let day = typed.read()?;
    if day > today {
        return Err(Refusal::because(
            "Enter today’s date or an earlier one: the list cannot be true of a day to come.",
        ));
    }
    Ok(day)
}

/// What is to be kept of the file, or the sentence that says why it cannot be read.
fn read(file: &SentFile, as_at: Date, authority: &str) -> Result<NewCaseList, String> {
    let authority = (!authority.is_empty()).then_some(authority);
    let reading = annex_a::read_for(authority, &file.bytes, as_at, &Limits::default());
    let reading = reading.map_err(|why| why.to_string())?;
    kept::new_case_list(&file.name, &file.bytes, as_at, reading)
        .map_err(|_| "What was read could not be kept. Tell your administrator.".to_owned())
}
