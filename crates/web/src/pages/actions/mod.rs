//! What is done about findings: the register, and the action with its history and the form of each step.
//!
//! A handler that has an action in its arguments may do with it what the argument says: [`ToRead`],
//! [`ToAddress`], [`ToGive`], [`ToVerify`], [`ToRecheck`] or [`ToClose`]. For anybody else there is no such page.

pub mod apart;
pub mod close;
pub mod facts;
mod filters;
pub mod give;
pub mod list;
pub mod more_time;
pub mod recheck;
pub mod sample;
pub mod show;
mod steps;
#[cfg(test)]
mod tests;
pub mod themes;
pub mod verify;
mod words;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::action::Action;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::standard::Standard;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{in_hand, named, note_look};
use crate::session::SignedIn;

/// An action with the audit that found it, and the person who asks for it.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Who asks.
    pub visitor: SignedIn,
    /// The action.
    pub action: Action,
    /// The audit that found it.
    pub audit: Audit,
    /// The edition that the audit was made on.
    pub edition: Arc<AgreedEdition>,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl InHand {
    /// The standard that the finding is about.
    pub fn standard(&self) -> Option<&Standard> {
        self.edition.contents().find(&self.action.standard).map(|(_, standard)| standard)
    }

    /// Whether the person who asks may do this.
    pub fn permits(&self, deed: Deed<'_>) -> bool {
        permits(&self.visitor.person, deed, self.visitor.today)
    }

    /// The frame of a page of this action, which leads back to the list.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let breadcrumbs = vec![("Actions".to_owned(), links::actions())];
        Frame { title: title.into(), breadcrumbs, ..self.base.clone() }
    }

    /// Finds the action of the URL and asks whether it may be had. An action says what was found on
    /// a record, so the look at that record is noted before it is shown.
    async fn find(
        parts: &mut Parts,
        app: &App,
        deed: for<'a> fn(&'a Action) -> Deed<'a>,
    ) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id = named(parts, app, "action").await?;
        let action = app.store.actions.get(id).await?.ok_or(Failure::NotFound)?;
        if !permits(&visitor.person, deed(&action), visitor.today) {
            return Err(Failure::NotFound);
        }
        let kept = app.store.audits.in_hand(action.audit).await?.ok_or(Failure::NotFound)?;
        let edition = app.store.frameworks.edition(kept.audit.edition).await?;
        let edition = edition.ok_or(Failure::NotFound)?;
        note_look(parts, app, &visitor, kept.audit.record).await?;
        let base = visitor.frame(app, "", "Actions");
        Ok(Self { visitor, action, audit: kept.audit, edition, base })
    }
}

in_hand! {
    /// An action in the hand of somebody who may read it.
    ToRead: |action| Deed::ReadAction(action),
    /// An action in the hand of its owner.
    ToAddress: |action| Deed::AddressAction(action),
    /// An action in the hand of somebody who may say who is to do it.
    ToGive: |action| Deed::GiveAction(action),
    /// An action in the hand of somebody else, who may say whether it is done.
    ToVerify: |action| Deed::VerifyAction(action),
    /// An action in the hand of a third, who may say whether it held.
    ToRecheck: |action| Deed::RecheckAction(action),
    /// An action in the hand of somebody who may say that nothing need be done.
    ToClose: |action| Deed::CloseAction(action),
    /// An action in the hand of somebody who may read it and take findings apart.
    ToPart: |_| Deed::JoinFindings,
}
