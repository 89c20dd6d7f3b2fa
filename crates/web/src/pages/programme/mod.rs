//! What is to be audited over a year: the year as it stands, and planning it.

pub mod frameworks;
pub mod plan;
pub mod sample;
pub mod show;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use quarterlight_domain::programme::quarters_of;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{Door, Through};
use crate::session::SignedIn;

/// A year in the hand of somebody who came through a door.
#[derive(Debug, Clone)]
pub struct Year<D> {
    /// Who asks.
    pub visitor: Through<D>,
    /// The calendar year.
    pub year: i16,
}

impl<D: Door + Send> FromRequestParts<App> for Year<D> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Through::<D>::from_request_parts(parts, app).await?;
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| Failure::NotFound)?;
        let year = path.iter().find(|(key, _)| *key == "year").map(|(_, value)| value);
        let year = year.and_then(|year| year.parse().ok()).ok_or(Failure::NotFound)?;
        quarters_of(year).map_err(|_| Failure::NotFound)?;
        Ok(Self { visitor, year })
    }
}

/// The frame of a page inside a year.
fn inner_frame(visitor: &SignedIn, app: &App, year: i16, title: &str) -> Frame {
    let above = (title_of(year), links::programme(year));
    Frame { breadcrumbs: vec![above], ..visitor.frame(app, title, "Programme") }
}

/// What a year's page is called.
fn title_of(year: i16) -> String {
    format!("Programme of {year}")
}
