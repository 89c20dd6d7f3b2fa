//! The records open on a date: every list that was read, reading another, and taking one in.
//!
//! A handler that has [`ToCheck`] in its arguments has one list, and somebody who may import lists.

pub mod check;
pub mod kept;
pub mod list;
pub mod sample;
pub mod upload;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use quarterlight_store::CaseListSummary;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{ImportCaseLists, Through};
use crate::session::SignedIn;

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
    /// The frame of a page of this list, which leads back to all of them.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let breadcrumbs = vec![("Case lists".to_owned(), links::case_lists())];
        Frame { title: title.into(), breadcrumbs, ..self.base.clone() }
    }
}

impl FromRequestParts<App> for ToCheck {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Through::<ImportCaseLists>::from_request_parts(parts, app).await?;
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| Failure::NotFound)?;
        let id = path.iter().find(|(key, _)| *key == "case_list").map(|(_, value)| value);
        let id = id.and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)?;
        let list = app.store.case_lists.get(id).await?.ok_or(Failure::NotFound)?;
        let base = visitor.frame(app, "", "Case lists");
        Ok(Self { visitor: SignedIn::clone(&visitor), list, base })
    }
}
