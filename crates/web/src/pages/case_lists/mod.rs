//! The records open on a date: every list that was read, reading another, and taking one in.
//!
//! A handler that has [`ToCheck`] in its arguments has one list, and somebody who may import lists.

pub mod apart;
pub mod changes;
pub mod check;
pub mod columns;
pub mod compared;
pub mod conflicts;
pub mod doubts;
pub mod kept;
pub mod list;
pub mod problems;
pub mod rates;
pub mod reader;
pub mod reading;
pub mod sample;
pub mod tables;
mod told;
pub mod upload;
pub mod waiting;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_store::CaseListSummary;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{CompareRecords, Door, ImportCaseLists, Through, named};
use crate::session::SignedIn;

/// A case list in the hand of somebody who may see what it says of each record.
#[derive(Debug, Clone)]
pub struct ToCompare(pub ToCheck);

impl std::ops::Deref for ToCompare {
    type Target = ToCheck;

    fn deref(&self) -> &ToCheck {
        &self.0
    }
}

impl FromRequestParts<App> for ToCompare {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        ToCheck::through::<CompareRecords>(parts, app).await.map(Self)
    }
}

/// One case list, and the person who asks for it.
#[derive(Debug, Clone)]
pub struct ToCheck {
    /// Who asks.
    pub visitor: SignedIn,
    /// The list.
    pub list: CaseListSummary,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl ToCheck {
    /// The list of the URL, for somebody who came through a door.
    async fn through<D: Door + Send>(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Through::<D>::from_request_parts(parts, app).await?;
        let id = named(parts, app, "case_list").await?;
        let list = app.store.case_lists.get(id).await?.ok_or(Failure::NotFound)?;
        let base = visitor.frame(app, "", "Case lists");
        Ok(Self { visitor: SignedIn::clone(&visitor), list, base })
    }

    /// The frame of a page of this list, which leads back to all of them.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let breadcrumbs = vec![("Case lists".to_owned(), links::case_lists())];
        Frame { title: title.into(), breadcrumbs, ..self.base.clone() }
    }

    /// The frame of a page inside the list, which leads back to the list too.
    pub fn inner_frame(&self, title: impl Into<String>) -> Frame {
        let mut frame = self.frame(title);
        frame.breadcrumbs.push((self.caption(), links::case_list(self.list.id)));
        frame
    }

    /// *Case list of 1 October 2026*.
    pub fn caption(&self) -> String {
        format!("Case list of {}", day_in_words(self.list.as_at))
    }
}

impl FromRequestParts<App> for ToCheck {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Self::through::<ImportCaseLists>(parts, app).await
    }
}
