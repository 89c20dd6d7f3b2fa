//! Filing: the protocol, checks of records against it, what has to be put right, and the figures.
//!
//! [`ToCheck`] is a record in the hand of somebody who may check its filing, alone or within an audit
//! of theirs; [`ToReadCheck`] is a check in the hand of somebody who may read it. The look at the
//! record is noted before either is shown. For anybody else there is no such page.

pub mod check;
pub mod check_form;
pub mod figures;
pub mod find;
pub mod grid;
pub mod list;
pub mod mismatches;
pub mod protocol;
pub mod sample;
pub mod show;
pub mod supersede;
pub mod typed;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::filing::paper;
use quarterlight_domain::id::RecordId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::standard::StandardCode;
use quarterlight_store::{CheckLine, FilingCheck};

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{named, note_look};
use crate::session::SignedIn;

/// A record in the hand of somebody who may check its filing.
#[derive(Debug, Clone)]
pub struct ToCheck {
    /// Who asks.
    pub visitor: SignedIn,
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: Reference,
    /// Its team, as the case list names it.
    pub team: Option<String>,
    /// The audit that it is checked in, and the standard that paper which nobody mentions falls short of.
    pub audit: Option<(Audit, Option<StandardCode>)>,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl ToCheck {
    /// Where the form is sent.
    pub fn action(&self) -> String {
        match &self.audit {
            Some((audit, _)) => links::check_in_audit(audit.id),
            None => links::check_record(self.record),
        }
    }
}

/// A record whose audit is the visitor's own.
#[derive(Debug, Clone)]
pub struct ToCheckInAudit(pub ToCheck);

/// A check in the hand of somebody who may read it.
#[derive(Debug, Clone)]
pub struct ToReadCheck {
    /// Who asks.
    pub visitor: SignedIn,
    /// The check.
    pub check: FilingCheck,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl FromRequestParts<App> for ToCheck {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id = named(parts, app, "record").await?;
        let record = app.store.records.get(id).await?.ok_or(Failure::NotFound)?;
        if !permits(&visitor.person, Deed::CheckFiling(&record), visitor.today) {
            return Err(Failure::NotFound);
        }
        note_look(parts, app, &visitor, id).await?;
        let unsafe_now = Some(links::raise_of_record(id));
        let base = Frame { unsafe_now, ..base(app, &visitor) };
        let (reference, team) = (record.line.reference, record.line.team);
        Ok(Self { visitor, record: id, reference, team, audit: None, base })
    }
}

impl FromRequestParts<App> for ToCheckInAudit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id = named(parts, app, "audit").await?;
        let kept = app.store.audits.in_hand(id).await?.ok_or(Failure::NotFound)?;
        let audit = kept.audit;
        if !permits(&visitor.person, Deed::MakeAudit(&audit), visitor.today) {
            return Err(Failure::NotFound);
        }
        let edition = app.store.frameworks.edition(audit.edition).await?;
        let edition = edition.ok_or(Failure::NotFound)?;
        let standard = StandardCode::new(paper::STANDARD).ok().filter(|code| {
            let found = edition.contents().find(code);
            found.is_some_and(|(_, standard)| standard.applies_to(&audit.line))
        });
        note_look(parts, app, &visitor, audit.record).await?;
        let name = format!("Audit {}", audit.reference());
        let breadcrumbs =
            vec![("Your work".to_owned(), links::home()), (name, links::audit(audit.id))];
        let unsafe_now = Some(links::raise_in_audit(audit.id));
        let base = Frame { breadcrumbs, unsafe_now, ..visitor.frame(app, "", "Your work") };
        Ok(Self(ToCheck {
            visitor,
            record: audit.record,
            reference: audit.reference().clone(),
            team: audit.line.team.clone(),
            audit: Some((audit, standard)),
            base,
        }))
    }
}

impl FromRequestParts<App> for ToReadCheck {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id = named(parts, app, "check").await?;
        let check = app.store.filing.check(id).await?.ok_or(Failure::NotFound)?;
        if !may_read(&visitor, &check.line) {
            return Err(Failure::NotFound);
        }
        note_look(parts, app, &visitor, check.line.record).await?;
        let base = base(app, &visitor);
        Ok(Self { visitor, check, base })
    }
}

/// Whoever answers for the place reads a check, and whoever may take it back.
pub fn may_read(visitor: &SignedIn, line: &CheckLine) -> bool {
    let may = |deed| permits(&visitor.person, deed, visitor.today);
    may(Deed::ReadFiling(&line.whereabouts)) || may(Deed::WithdrawCheck(line.by))
}

/// The way back: to filing for those who may see it, and otherwise to one's own work.
fn base(app: &App, visitor: &SignedIn) -> Frame {
    let breadcrumbs = if permits(&visitor.person, Deed::SeeFiling, visitor.today) {
        vec![("Filing".to_owned(), links::filing())]
    } else {
        vec![("Your work".to_owned(), links::home())]
    };
    Frame { breadcrumbs, ..visitor.frame(app, "", "Filing") }
}
