//! A report on its way to members: what was built, its sentences, and who takes which step.
//!
//! A handler that has [`ToRead`] in its arguments may show it; [`ToWrite`], [`ToApprove`] and
//! [`ToGive`] may take the steps that they are called after.

pub mod build;
pub mod part;
pub mod sample;
pub mod sentences;
pub mod show;
pub mod steps;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use quarterlight_domain::id::PreparedId;
use quarterlight_domain::permission::{Deed, ReleaseDeed, permits};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::release::passage::Part;
use quarterlight_domain::release::{NewSteps, Prepared};
use quarterlight_store::Seen;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{in_hand, named};
use crate::preparing::Opened;
use crate::session::SignedIn;

/// What is said of a report of all services that has no public part.
pub const WAITS: &str = "This is Part II alone. The public part (Part I) waits: the program could not \
                         hide every small number of it so that nobody can work it out.";

/// A prepared report, and the person who asks for it.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Who asks.
    pub visitor: SignedIn,
    /// The report.
    pub report: Opened,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl InHand {
    async fn find(parts: &mut Parts, app: &App, deed: ReleaseDeed) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        if !permits(&visitor.person, Deed::Release(deed), visitor.today) {
            return Err(Failure::NotFound);
        }
        let id: PreparedId = named(parts, app, "prepared").await?;
        let built = app.store.releases.get(id).await?.ok_or(Failure::NotFound)?;
        // Every page about it can quote its private part: no note, no page.
        if parts.method == axum::http::Method::GET {
            let seen = Seen::Prepared(id);
            app.store.releases.note_look(visitor.id(), seen, parts.uri.path(), visitor.at).await?;
        }
        let breadcrumbs = vec![
            ("Reports".to_owned(), links::reports()),
            (built.prepared.title.clone(), links::prepared(id)),
        ];
        let base = Frame { breadcrumbs, ..visitor.frame(app, "", "Reports") };
        Ok(Self { visitor, report: Opened::of(built)?, base })
    }

    /// The report as it is kept.
    pub fn prepared(&self) -> &Prepared {
        &self.report.built.prepared
    }

    /// Whether the person who asks may do this.
    pub fn permits(&self, deed: ReleaseDeed) -> bool {
        permits(&self.visitor.person, Deed::Release(deed), self.visitor.today)
    }

    /// Keeps steps. The form says how many it had seen.
    ///
    /// # Errors
    /// Refuses where somebody took a step in between.
    pub async fn keep(
        &self,
        app: &App,
        after: &str,
        steps: &NewSteps,
        why: &'static str,
    ) -> Result<(), Failure> {
        let seen = after == self.prepared().steps.len().to_string();
        if seen && app.store.releases.steps(&self.visitor.stamp(why), steps).await? {
            return Ok(());
        }
        Err(Refusal::because(
            "Somebody changed this report since you opened the page. Open it again, and go on there.",
        )
        .into())
    }
}

in_hand! {
    /// A prepared report in the hand of somebody who may read it.
    ToRead: ReleaseDeed::Read,
    /// A prepared report in the hand of whoever reads and edits its sentences.
    ToWrite: ReleaseDeed::Write,
    /// A prepared report in the hand of somebody who may approve it.
    ToApprove: ReleaseDeed::Approve,
    /// A prepared report in the hand of the clerk.
    ToGive: ReleaseDeed::Release,
}

/// Which part the URL names.
#[derive(Debug, Clone, Copy)]
pub struct WhichPart(pub Part);

impl WhichPart {
    /// The number in URLs.
    pub const fn number(self) -> u8 {
        match self.0 {
            Part::One => 1,
            Part::Two => 2,
        }
    }
}

impl FromRequestParts<App> for WhichPart {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| Failure::NotFound)?;
        match path.iter().find(|(key, _)| *key == "part").map(|(_, value)| value) {
            Some("1") => Ok(Self(Part::One)),
            Some("2") => Ok(Self(Part::Two)),
            _ => Err(Failure::NotFound),
        }
    }
}
