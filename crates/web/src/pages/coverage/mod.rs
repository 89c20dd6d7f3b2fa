//! Who audits which records, and where nobody does: the tables and their picture, one cell with its
//! claim, and what the next draw is asked for.
//!
//! A handler that has cells in its arguments may do with them what the argument says: [`ToSee`] for
//! those who may see coverage, [`ToClaim`] for those who may say who audits them.

pub mod ask;
pub mod cell;
pub mod choose;
pub mod claim;
pub mod count_link;
pub mod picture;
pub mod sample;
pub mod show;
pub mod tables;
#[cfg(test)]
mod tests;
pub mod withdraw;
pub mod workbook;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::cell::{CellPattern, Within};
use quarterlight_domain::coverage::CoverageState;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::place::{Place, PlaceKind};

use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Content, TagColour};
use crate::layout::Frame;
use crate::links;
use crate::permit::{in_hand, named};
use crate::session::SignedIn;

/// The cells that a URL names, and the person who asks for them.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Who asks.
    pub visitor: SignedIn,
    /// The cells.
    pub pattern: CellPattern,
    /// Every part of the authority.
    pub places: Vec<Place>,
    /// The frame of a page for this person, which leads back to the coverage tables.
    pub base: Frame,
}

impl InHand {
    /// True if the person may do this.
    pub fn may(&self, deed: Deed<'_>) -> bool {
        permits(&self.visitor.person, deed, self.visitor.today)
    }

    /// Reads the cells of the URL and asks whether they may be had. A service that is not there has none.
    async fn find(parts: &mut Parts, app: &App, deed: Deed<'_>) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        if !permits(&visitor.person, deed, visitor.today) {
            return Err(Failure::NotFound);
        }
        let pattern: CellPattern = named(parts, app, "cell").await?;
        let places = app.store.places.all().await?;
        if let Within::Service(id) = pattern.within
            && !places.iter().any(|place| place.id == id && place.kind == PlaceKind::Service)
        {
            return Err(Failure::NotFound);
        }
        let base = visitor.frame(app, "", "Coverage");
        let breadcrumbs = vec![("Coverage".to_owned(), links::coverage())];
        Ok(Self { visitor, pattern, places, base: Frame { breadcrumbs, ..base } })
    }
}

in_hand! {
    /// Cells in the hand of somebody who may see them in numbers.
    ToSee: Deed::SeeCoverage,
    /// Cells in the hand of somebody who may say who audits them.
    ToClaim: Deed::ClaimCells,
}

/// What a pattern names, in words.
pub fn in_words(pattern: &CellPattern, places: &[Place]) -> String {
    let service = match pattern.within {
        Within::Service(id) => places.iter().find(|place| place.id == id),
        Within::Anywhere | Within::NoService => None,
    };
    pattern.words(service.map(|place| place.name.as_str()))
}

/// A state as a tag.
fn state(state: CoverageState) -> Content {
    let colour = match state {
        CoverageState::Audited => TagColour::Green,
        CoverageState::Planned => TagColour::Blue,
        CoverageState::NotAudited => TagColour::Red,
        CoverageState::Unknown => TagColour::Orange,
    };
    Content::tag(state.words(), colour)
}

/// A key for a form, made when it is shown, so that the same form sent twice is kept once.
fn form_key(app: &App) -> String {
    app.word()
}
