//! Reading files that somebody sends, away from other people's pages, and keeping what it says.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use jiff::civil::Date;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::Stamp;
use quarterlight_import::Limits;

use super::list::{CaseListsPage, Typed};
use super::reading::{Before, File, NotYet, ToMap};
use super::waiting::{self, Waiting};
use super::{kept, reading};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, TypedDate};
use crate::permit::{ImportCaseLists, Through};
use crate::session::SignedIn;
use crate::upload::{self, Part};
use crate::{links, page};

/// What was sent: files with their names, and what was typed beside them.
#[derive(Debug, Default)]
pub struct Sent {
    files: Vec<File>,
    typed: Typed,
}

/// The most files of one upload: every table of every source, and a good many more.
pub const MOST_FILES: usize = 200;

impl FromRequest<App> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let mut sent = Self::default();
        let take = |part: Part| {
            match part.field.as_str() {
                // A browser sends a part without a name and without a byte where no file is chosen.
                "file" if !part.file_name.is_empty() || !part.bytes.is_empty() => {
                    if sent.files.len() == MOST_FILES {
                        return Err(Failure::TooLarge);
                    }
                    let name = kept::safe(&part.file_name);
                    sent.files.push(File { name, bytes: part.bytes });
                }
                "as_at-day" => sent.typed.as_at.day = part.text(),
                "as_at-month" => sent.typed.as_at.month = part.text(),
                "as_at-year" => sent.typed.as_at.year = part.text(),
                "authority" => sent.typed.authority = part.text(),
                _ => {}
            }
            Ok(())
        };
        upload::each(request, app, take).await?;
        Ok(sent)
    }
}

/// Reads the files, puts them together with what is known, and keeps what comes of it, to be looked
/// at before anything is taken in.
///
/// # Errors
/// There is no such page for those who may not import case lists.
pub async fn post(app: App, visitor: Through<ImportCaseLists>, sent: Sent) -> page::Result {
    let Sent { files, typed } = sent;
    let mut errors = Errors::default();
    let as_at = errors.keep("as_at", as_at(&typed.as_at, visitor.today));
    if files.is_empty() {
        errors.say("file", "Choose a file, or several");
    }
    let Some(as_at) = as_at.filter(|_| !files.is_empty()) else {
        return page::again(&CaseListsPage::load(&app, &visitor, &typed, &errors).await?);
    };
    let waiting = Waiting {
        person: visitor.id(),
        since: app.now(),
        files,
        as_at,
        authority: typed.authority.trim().to_owned(),
        chosen: BTreeMap::new(),
    };
    match read(&app, &visitor, waiting).await? {
        Next::Kept(id) => page::see_other(links::case_list(id)),
        Next::Columns(token) => page::see_other(links::columns(&token)),
        Next::Unreadable(sentence) => {
            errors.say("file", sentence);
            page::again(&CaseListsPage::load(&app, &visitor, &typed, &errors).await?)
        }
    }
}

/// What comes next, once files were read as far as they can be.
#[derive(Debug)]
pub enum Next {
    /// A list was kept, to be looked at.
    Kept(CaseListId),
    /// A file needs its columns named; until then all of them wait under this word.
    Columns(String),
    /// A file cannot be read.
    Unreadable(String),
}

/// Reads files that somebody sent, puts them together with what is known, and keeps what comes of it.
///
/// # Errors
/// Fails if the database does.
pub async fn read(app: &App, visitor: &SignedIn, waiting: Waiting) -> page::Result<Next> {
    match keep(app, &visitor.stamp("read a case list"), waiting).await? {
        Ok(id) => Ok(Next::Kept(id)),
        Err(not_yet) => match *not_yet {
            (NotYet::Unreadable(sentence), _) => Ok(Next::Unreadable(sentence)),
            (NotYet::ToMap(to_map), waiting) => {
                Ok(Next::Columns(waiting::keep(app, waiting, *to_map)))
            }
        },
    }
}

/// Reads files and keeps the list that they make; or hands them back with what they lack. The pages
/// and the API come this way.
///
/// # Errors
/// Fails if the database does.
pub async fn keep(
    app: &App,
    stamp: &Stamp,
    waiting: Waiting,
) -> page::Result<Result<CaseListId, Box<(NotYet, Waiting)>>> {
    let before = Before::load(&app.store).await?;
    // Large files take seconds, in which nobody else's page may wait.
    let apart = app.outside.read_apart.clone();
    let read = tokio::task::spawn_blocking(move || {
        if apart.is_some_and(|it| !it.is_harmless(&waiting.files, waiting.as_at)) {
            let not_yet = NotYet::Unreadable(TOO_MUCH.to_owned());
            return Err(Box::new((not_yet, waiting)));
        }
        let authority = Some(waiting.authority.as_str()).filter(|it| !it.is_empty());
        let limits = Limits::default();
        let choose = |it: &ToMap| waiting.chosen.get(&it.file).cloned();
        match reading::sources(&waiting.files, (waiting.as_at, authority), choose, &limits) {
            Ok(sources) => Ok(reading::together(before, sources, waiting.as_at)),
            Err(not_yet) => Err(Box::new((not_yet, waiting))),
        }
    });
    let broke = |_| Failure::Failed("read a case list: the reading broke off".to_owned());
    match read.await.map_err(broke)? {
        Ok(new) => Ok(Ok(app.store.case_lists.keep_together(stamp, &new).await?)),
        Err(not_yet) => Ok(Err(not_yet)),
    }
}

/// What somebody reads whose file takes more to be read than any list does.
const TOO_MUCH: &str = "Reading these files took more memory or time than any case list does, and was stopped. Nothing was kept. Export them from the case system again, and send no other files along.";

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
