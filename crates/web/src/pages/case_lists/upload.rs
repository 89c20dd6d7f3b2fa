//! Reading files that somebody sends, away from other people's pages, and keeping what it says.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use jiff::civil::Date;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::Stamp;

use super::list::{CaseListsPage, Typed};
use super::reader::CaseLists;
use super::reading::{Before, NotYet};
use super::waiting::{self, Waiting};
use super::{kept, reading};
use crate::apart::{Stopped, Unread};
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
    files: Vec<Unread>,
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
                "file" if !part.sent.name().is_empty() || !part.sent.is_empty() => {
                    if sent.files.len() == MOST_FILES {
                        return Err(Failure::TooLarge);
                    }
                    let name = kept::safe(part.sent.name());
                    sent.files.push(part.sent.called(name));
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
    let Waiting { files, as_at, authority, chosen, .. } = waiting;
    let of = Some(authority.clone()).filter(|it| !it.is_empty());
    let reader = CaseLists::new(as_at, of).chosen(chosen.clone());
    let waiting = |files| Waiting { files, as_at, authority, chosen, ..waiting };
    let not_yet = |not_yet, files| Ok(Err(Box::new((not_yet, waiting(files)))));
    let sources = match app.outside.apart.read_and_return(reader, files).await {
        Ok((Ok(sources), _)) => sources,
        Ok((Err(why), files)) => return not_yet(why, files),
        Err(Stopped) => return not_yet(NotYet::Unreadable(TOO_MUCH.to_owned()), Vec::new()),
    };
    // Large lists take seconds, in which nobody else's page may wait.
    let new = tokio::task::spawn_blocking(move || reading::together(before, sources, as_at)).await;
    let broke = |_| Failure::Failed("read a case list: the reading broke off".to_owned());
    Ok(Ok(app.store.case_lists.keep_together(stamp, &new.map_err(broke)?).await?))
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
