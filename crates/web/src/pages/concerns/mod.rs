//! Children who may be unsafe now: raising a concern, who must see it, and what became of it.
//!
//! A handler that has [`ToRaise`] in its arguments may raise a concern about its record; one that has
//! [`ToRead`] may read the concern. The look at the record is noted already. For anybody else there
//! is no such page.

pub mod list;
pub mod raise;
pub mod sample;
pub mod show;
pub mod step;
#[cfg(test)]
mod tests;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::access::glass::Opening;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{AuditId, ConcernId, RecordId};
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::place::Whereabouts;
use quarterlight_store::{ConcernLine, Told};

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{named, note_look};
use crate::session::SignedIn;

/// What a concern is to be raised about, and the person who raises it.
#[derive(Debug, Clone)]
pub struct ToRaise {
    /// Who asks.
    pub visitor: SignedIn,
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: Reference,
    /// Where it stands.
    pub whereabouts: Whereabouts,
    /// The audit in which it was seen; none if outside one.
    pub audit: Option<Audit>,
    /// Where the person came from: words, and where they lead.
    pub back: (String, String),
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

/// A concern in the hand of somebody who may read it.
#[derive(Debug, Clone)]
pub struct ToRead {
    /// Who asks.
    pub visitor: SignedIn,
    /// The concern.
    pub line: ConcernLine,
    /// Who was told.
    pub told: Vec<Told>,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl ToRaise {
    /// Where the form is sent.
    pub fn action(&self) -> String {
        match &self.audit {
            Some(audit) => links::raise_in_audit(audit.id),
            None => links::raise_of_record(self.record),
        }
    }
}

impl FromRequestParts<App> for ToRaise {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let base = visitor.frame(app, "", "Your work");
        let may = |deed: Deed<'_>| permits(&visitor.person, deed, visitor.today);
        let found = if let Ok(id) = named::<AuditId>(parts, app, "audit").await {
            let audit = app.store.audits.in_hand(id).await?.ok_or(Failure::NotFound)?.audit;
            if !may(Deed::RaiseInAudit(&audit)) {
                return Err(Failure::NotFound);
            }
            let (record, reference) = (audit.record, audit.reference().clone());
            let whereabouts = audit.whereabouts.clone();
            let link = if may(Deed::MakeAudit(&audit)) {
                links::audit(id)
            } else if may(Deed::ReadAudit(&audit)) {
                links::read_audit(id)
            } else {
                links::moderate(id)
            };
            let back = (format!("Audit {reference}"), link);
            Self { visitor, record, reference, whereabouts, audit: Some(audit), back, base }
        } else {
            let id = named::<RecordId>(parts, app, "record").await?;
            let record = app.store.records.get(id).await?.ok_or(Failure::NotFound)?;
            // Whoever broke the glass and sees it may say so too.
            let is_open = |it: &Opening| it.opens(visitor.id(), id, visitor.at);
            if !may(Deed::RaiseOfRecord(&record)) && !visitor.opened.iter().any(is_open) {
                return Err(Failure::NotFound);
            }
            let reads = may(Deed::ReadRecord(&record)) || visitor.opened.iter().any(is_open);
            let link = if reads { links::record(id) } else { links::check_record(id) };
            let (reference, whereabouts) = (record.line.reference, record.whereabouts);
            let back = (format!("Record {reference}"), link);
            Self { visitor, record: id, reference, whereabouts, audit: None, back, base }
        };
        note_look(parts, app, &found.visitor, found.record).await?;
        Ok(found)
    }
}

impl ToRead {
    /// Whether the person who asks may do this.
    pub fn permits(&self, deed: Deed<'_>) -> bool {
        permits(&self.visitor.person, deed, self.visitor.today)
    }
}

impl FromRequestParts<App> for ToRead {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id: ConcernId = named(parts, app, "concern").await?;
        let line = app.store.concerns.get(id).await?.ok_or(Failure::NotFound)?;
        if !permits(&visitor.person, Deed::ReadConcern(&line.concern), visitor.today) {
            return Err(Failure::NotFound);
        }
        note_look(parts, app, &visitor, line.concern.record).await?;
        let told = app.store.concerns.told(id).await?;
        let sees_list = permits(&visitor.person, Deed::ListConcerns, visitor.today);
        let frame = visitor.frame(app, "", if sees_list { "Concerns" } else { "Your work" });
        let above = if sees_list {
            ("Concerns".to_owned(), links::concerns())
        } else {
            ("Your work".to_owned(), links::home())
        };
        // The page itself says what the banner would.
        let base = Frame { breadcrumbs: vec![above], banner: None, ..frame };
        Ok(Self { visitor, line, told, base })
    }
}
