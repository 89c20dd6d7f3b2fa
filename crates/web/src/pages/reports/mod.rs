//! What committees read: the list, the report of a quarter as it stands, its release, and what was released.
//!
//! A handler that has a quarter's report in its arguments may do with it what the argument says:
//! [`ToDraft`] to read it as it stands, [`ToBuild`] to build it for members. What was built is in the
//! room `prepare`.

pub mod assurance;
pub mod draft;
pub use crate::files;
pub mod list;
pub mod nothing_yet;
pub mod pack;
pub mod prepare;
pub mod programme;
pub mod published;
pub mod readers;
pub mod report;
pub mod sample;
pub mod show;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::{FromRequestParts, Query, RawPathParams};
use axum::http::request::Parts;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::hex::hex;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::release::about::About;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_report::document::Document;
use quarterlight_report::quarterly::quarterly;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::error::Failure;
use crate::indicators::counted;
use crate::permit::{self, Door, Through};
pub use crate::preparing::{kept, opened};
use crate::session::SignedIn;

/// The report of a quarter as it stands, asked for by somebody who came through a door.
#[derive(Debug, Clone)]
pub struct Asked<D> {
    /// Who asks.
    pub visitor: Through<D>,
    /// The quarter, which has a cycle.
    pub quarter: Quarter,
    /// The service that the report is about; none for all of them.
    pub service: Option<PlaceId>,
    /// The edition on which its audits are made.
    pub edition: Arc<AgreedEdition>,
}

/// To read the report of a quarter before it is released.
pub type ToDraft = Asked<permit::ReadDraftReports>;

/// To build the report of a quarter.
pub type ToBuild = Asked<permit::BuildReports>;

/// What follows the question mark of a quarter's URL.
#[derive(Debug, Deserialize)]
struct Which {
    service: Option<String>,
}

/// A quarter without a cycle has no report, and a service that does not exist has none either.
impl<D: Door + Send> FromRequestParts<App> for Asked<D> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Through::<D>::from_request_parts(parts, app).await?;
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| Failure::NotFound)?;
        let quarter = path.iter().find(|(key, _)| *key == "quarter").map(|(_, value)| value);
        let quarter = quarter.and_then(|text| text.parse().ok()).ok_or(Failure::NotFound)?;
        let Query(which) =
            Query::<Which>::try_from_uri(&parts.uri).map_err(|_| Failure::NotFound)?;
        let service = match which.service {
            Some(id) => Some(service(app, &id).await?),
            None => None,
        };
        let cycle = app.store.cycles.of_quarter(quarter).await?.ok_or(Failure::NotFound)?.cycle;
        let edition = app.store.cycles.edition_of(&cycle, service).await?;
        let edition = app.store.frameworks.edition(edition).await?;
        Ok(Self { visitor, quarter, service, edition: edition.ok_or(Failure::NotFound)? })
    }
}

async fn service(app: &App, id: &str) -> Result<PlaceId, Failure> {
    let id = id.parse::<PlaceId>().map_err(|_| Failure::NotFound)?;
    let services = app.store.figures.services().await?;
    if services.iter().any(|(service, _)| *service == id) { Ok(id) } else { Err(Failure::NotFound) }
}

impl<D> Asked<D> {
    /// What the report says, in numbers, as they are now.
    ///
    /// # Errors
    /// Fails if the figures cannot be counted.
    pub async fn figures(&self, app: &App) -> Result<QuarterFigures, Failure> {
        let about = (self.quarter, self.service);
        counted(&app.store, about, &self.edition, self.visitor.today).await
    }

    /// The report as it stands now.
    ///
    /// # Errors
    /// Fails if the figures cannot be counted, or a part of the report would not reach every reader.
    pub async fn document(&self, app: &App) -> Result<Document, Failure> {
        quarterly(&self.figures(app).await?)
            .map_err(|unfinished| Failure::Failed(unfinished.to_string()))
    }
}

/// What a report is called where several stand in a list.
pub fn title(document: &Document) -> String {
    format!("{}: {}", document.cover.title, document.cover.subtitle)
}

/// By what a form knows the document again that was shown with it: SHA-256 of the kept text.
pub fn digest(kept: &str) -> String {
    hex(&Sha256::digest(kept.as_bytes()))
}

/// What the files of a report are called.
pub fn file_name(about: About) -> String {
    match about {
        About::Quarter(..) => format!("quarterly-report-{about}"),
        About::Year(_) => format!("programme-of-audits-{about}"),
    }
}

/// Who reads a private part, and when: it stands on the page and on paper.
pub fn watermark(visitor: &SignedIn) -> String {
    format!("Read by {} on {}", visitor.person.name, moment_in_words(visitor.at))
}
