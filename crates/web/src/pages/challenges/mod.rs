//! What workers challenge in the audits of their records, and what moderators decide.
//!
//! A handler that has [`ToDecide`] in its arguments has a challenge that its person may decide;
//! [`ToSee`] one that they may read. The look at the record is noted. For anybody else there is no
//! such page.

pub mod decide;
pub mod list;
pub mod sample;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::id::ReplyId;
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::reply::{Meant, Reply};

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{in_hand, named, note_look};
use crate::session::SignedIn;

/// A challenge, with the answer that it is about.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Who asks.
    pub visitor: SignedIn,
    /// The audit.
    pub audit: Audit,
    /// The edition that it was made on.
    pub edition: Arc<AgreedEdition>,
    /// The challenge.
    pub reply: Reply,
    /// The answer; none where the standard has none.
    pub answer: Option<Answer>,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl InHand {
    async fn find(
        parts: &mut Parts,
        app: &App,
        deed: for<'a> fn(&'a Audit) -> Deed<'a>,
    ) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id: ReplyId = named(parts, app, "reply").await?;
        let audit = app.store.replies.audit_of(id).await?.ok_or(Failure::NotFound)?;
        let kept = app.store.audits.in_hand(audit).await?.ok_or(Failure::NotFound)?;
        if !permits(&visitor.person, deed(&kept.audit), visitor.today) {
            return Err(Failure::NotFound);
        }
        let replies = app.store.replies.of_audit(audit).await?;
        let is_it = |reply: &Reply| reply.id == id && reply.meant == Meant::Challenge;
        let reply = replies.into_iter().find(is_it).ok_or(Failure::NotFound)?;
        let edition = app.store.frameworks.edition(kept.audit.edition).await?;
        note_look(parts, app, &visitor, kept.audit.record).await?;
        let breadcrumbs = vec![("Challenges".to_owned(), links::challenges())];
        let base = Frame { breadcrumbs, ..visitor.frame(app, "", "Challenges") };
        Ok(Self {
            answer: kept.answer_to(&reply.standard).cloned(),
            audit: kept.audit,
            edition: edition.ok_or(Failure::NotFound)?,
            visitor,
            reply,
            base,
        })
    }
}

in_hand! {
    /// A challenge in the hand of somebody who may read it.
    ToSee: |_| Deed::ListChallenges,
    /// A challenge in the hand of somebody who may decide it.
    ToDecide: |audit| Deed::DecideChallenge(audit),
}
