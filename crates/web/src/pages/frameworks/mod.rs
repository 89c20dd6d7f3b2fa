//! Frameworks: what the authority has agreed that a record must show, and what it is about to agree.
//!
//! A handler that has a draft in its arguments may do with it what the argument says: [`ToRead`],
//! [`ToWrite`], [`ToComment`] or [`ToAgree`]. For anybody else there is no such page.

pub mod add;
pub mod agree;
pub mod answer;
pub mod ask;
pub mod changes;
pub mod comment;
pub mod download;
pub mod draft;
pub mod edition;
pub mod file;
pub mod form;
pub mod lines;
pub mod list;
pub mod mapping;
pub mod reader;
pub mod sample;
pub mod section;
pub mod sheet;
pub mod standard;
pub mod start;
pub mod told;

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use quarterlight_domain::draft::Draft;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::permission::{Deed, permits};

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::session::SignedIn;

/// A draft with the edition before it, and the person who asks for it.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Who asks.
    pub visitor: SignedIn,
    /// The draft.
    pub draft: Draft,
    /// The latest edition of the same framework.
    pub before: Option<Arc<AgreedEdition>>,
    /// The last word of the URL's path, which names a part of the draft on some pages.
    pub part: String,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl InHand {
    /// Whether the person who asks may do this.
    pub fn permits(&self, deed: Deed<'_>) -> bool {
        permits(&self.visitor.person, deed, self.visitor.today)
    }

    /// Whether the person who asks may write the draft, whatever state it is in.
    pub fn is_writer(&self) -> bool {
        self.permits(Deed::WriteDraft(&self.draft))
    }

    /// How people speak of the draft: *Children's records, draft of edition 2*.
    pub fn title(&self) -> String {
        let number = self.before.as_ref().map_or(1, |before| before.number + 1);
        format!("{}, draft of edition {number}", self.draft.name)
    }

    /// The frame of the draft's own page, which leads back to the list.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let breadcrumbs = vec![("Frameworks".to_owned(), links::frameworks())];
        Frame { title: title.into(), breadcrumbs, ..self.base.clone() }
    }

    /// The frame of a page about the draft, which leads back to the draft too.
    pub fn inner_frame(&self, title: impl Into<String>) -> Frame {
        let mut frame = self.frame(title);
        frame.breadcrumbs.push((self.title(), links::framework_draft(self.draft.id)));
        frame
    }

    /// Finds the draft of the URL and asks whether it may be had.
    async fn find(
        parts: &mut Parts,
        app: &App,
        deed: for<'a> fn(&'a Draft) -> Deed<'a>,
    ) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| Failure::NotFound)?;
        let word = |name| path.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
        let id = word("draft").and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)?;
        let part = path.iter().last().map_or(String::new(), |(_, value)| value.to_owned());
        let draft = app.store.drafts.get(id).await?.ok_or(Failure::NotFound)?;
        if !permits(&visitor.person, deed(&draft), visitor.today) {
            return Err(Failure::NotFound);
        }
        let before = match draft.agreed {
            // Once it is agreed, the latest edition is itself; what came before is on that page.
            Some(_) => None,
            None => app.store.frameworks.latest(&draft.name).await?,
        };
        let base = visitor.frame(app, "", "Frameworks");
        Ok(Self { visitor, draft, before, part, base })
    }
}

/// A draft in the hand of somebody who may read it.
#[derive(Debug, Clone)]
pub struct ToRead(pub InHand);

/// A draft in the hand of somebody who may write it.
#[derive(Debug, Clone)]
pub struct ToWrite(pub InHand);

/// A draft in the hand of somebody who was asked for comments on it.
#[derive(Debug, Clone)]
pub struct ToComment(pub InHand);

/// A draft in the hand of somebody who may agree it.
#[derive(Debug, Clone)]
pub struct ToAgree(pub InHand);

macro_rules! in_hand {
    ($($name:ident for $deed:path,)+) => { $(
        impl FromRequestParts<App> for $name {
            type Rejection = Failure;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
                InHand::find(parts, app, |draft| $deed(draft)).await.map(Self)
            }
        }

        impl Deref for $name {
            type Target = InHand;

            fn deref(&self) -> &InHand {
                &self.0
            }
        }
    )+ };
}

in_hand! {
    ToRead for Deed::ReadDraft,
    ToWrite for Deed::WriteDraft,
    ToComment for Deed::CommentOn,
    ToAgree for Deed::AgreeDraft,
}
