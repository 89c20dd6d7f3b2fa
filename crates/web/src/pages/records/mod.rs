//! The files kept on children: finding one, what the case list says of it, and who has looked.
//!
//! A handler that has [`ToRead`] in its arguments has a record that the person may read; the look
//! at it is noted already. For anybody else there is no such page.

pub mod ask;
pub mod facts;
pub mod list;
pub mod looks;
pub mod readers;
pub mod sample;
pub mod show;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::access::glass::Opening;
use quarterlight_domain::id::RecordId;
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::record::Record;
use quarterlight_store::Look;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{named, note_look};
use crate::session::SignedIn;

/// A record in the hand of somebody who may read it.
#[derive(Debug, Clone)]
pub struct ToRead {
    /// Who asks.
    pub visitor: SignedIn,
    /// The record, as the current case list describes it.
    pub record: Record,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

/// The looks at a record, in the hand of somebody who may see them.
#[derive(Debug, Clone)]
pub struct ToSeeLooks {
    /// Who asks.
    pub visitor: SignedIn,
    /// Which record.
    pub id: RecordId,
    /// The record; none once it is no longer on the case list.
    pub record: Option<Record>,
    /// Everybody who looked, the latest first; this look is among them.
    pub looks: Vec<Look>,
    /// True if the person may open the record's own page too.
    pub may_read: bool,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl FromRequestParts<App> for ToRead {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id = named(parts, app, "record").await?;
        let record = app.store.records.get(id).await?.ok_or(Failure::NotFound)?;
        // Where their grants do not reach it, they may have broken the glass of this one record.
        let is_open = |it: &Opening| it.opens(visitor.id(), id, visitor.at);
        if !permits(&visitor.person, Deed::ReadRecord(&record), visitor.today)
            && !visitor.opened.iter().any(is_open)
        {
            return Err(Failure::NotFound);
        }
        note_look(parts, app, &visitor, id).await?;
        let unsafe_now = Some(links::raise_of_record(id));
        let base = Frame { unsafe_now, ..base(app, &visitor) };
        Ok(Self { visitor, record, base })
    }
}

impl FromRequestParts<App> for ToSeeLooks {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id = named(parts, app, "record").await?;
        let record = app.store.records.get(id).await?;
        let place = record.as_ref().map(|it| it.whereabouts.clone()).unwrap_or_default();
        let deed = Deed::Access(AccessDeed::SeeLooksIn(&place));
        if !permits(&visitor.person, deed, visitor.today) {
            return Err(Failure::NotFound);
        }
        // A record that is closed has left the case list, and its looks must still be seen.
        if record.is_none() && app.store.looks.at_record(id).await?.is_empty() {
            return Err(Failure::NotFound);
        }
        note_look(parts, app, &visitor, id).await?;
        let looks = app.store.looks.at_record(id).await?;
        let may_read = record.as_ref().is_some_and(|record| {
            permits(&visitor.person, Deed::ReadRecord(record), visitor.today)
        });
        let base = base(app, &visitor);
        Ok(Self { visitor, id, record, looks, may_read, base })
    }
}

/// The way back: to the list of records for those who may see it, and otherwise to one's own work.
fn base(app: &App, visitor: &SignedIn) -> Frame {
    let breadcrumbs = if permits(&visitor.person, Deed::ListRecords, visitor.today) {
        vec![("Records".to_owned(), links::records())]
    } else {
        vec![("Your work".to_owned(), links::home())]
    };
    Frame { breadcrumbs, ..visitor.frame(app, "", "Records") }
}
