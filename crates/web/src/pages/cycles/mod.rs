//! One quarter each: opening it, drawing its sample, assigning its audits, and how they come on.
//!
//! A handler that has a cycle in its arguments may do with it what the argument says: [`ToSee`]
//! for those who may see cycles, [`ToRun`] for those who run them.

pub mod assign;
pub mod changes;
pub mod close;
pub mod draw;
pub mod draw_file;
pub mod exclusions;
pub mod list;
pub mod method;
pub mod moderated;
pub mod progress;
pub mod remind;
pub mod requests;
pub mod sample;
pub mod share;
pub mod show;
pub mod swap;
pub mod swapping;
pub mod tidied;
pub mod top_up;
pub mod work;
pub mod working;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::cycle::Cycle;
use quarterlight_domain::frame::Stratum;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_report::words;
use quarterlight_store::CycleProgress;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{in_hand, named};
use crate::session::SignedIn;

/// A cycle with its progress, and the person who asks for it.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Who asks.
    pub visitor: SignedIn,
    /// The cycle, and how its audits come on.
    pub progress: CycleProgress,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl InHand {
    /// The cycle.
    pub fn cycle(&self) -> &Cycle {
        &self.progress.cycle
    }

    /// True if the person may do this.
    pub fn may(&self, deed: Deed<'_>) -> bool {
        permits(&self.visitor.person, deed, self.visitor.today)
    }

    /// The frame of a page of this cycle, which leads back to all of them.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let breadcrumbs = vec![("Cycles".to_owned(), links::cycles())];
        Frame { title: title.into(), breadcrumbs, ..self.base.clone() }
    }

    /// The frame of a page inside the cycle, which leads back to its own page too.
    pub fn inner_frame(&self, title: impl Into<String>) -> Frame {
        let mut frame = self.frame(title);
        frame.breadcrumbs.push((self.cycle().quarter.words(), links::cycle(self.cycle().id)));
        frame
    }

    /// Finds the cycle of the URL and asks whether it may be had.
    async fn find(parts: &mut Parts, app: &App, deed: Deed<'_>) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        if !permits(&visitor.person, deed, visitor.today) {
            return Err(Failure::NotFound);
        }
        let id = named(parts, app, "cycle").await?;
        let progress = app.store.cycles.get(id).await?.ok_or(Failure::NotFound)?;
        let base = visitor.frame(app, "", "Cycles");
        Ok(Self { visitor, progress, base })
    }
}

in_hand! {
    /// A cycle in the hand of somebody who may see it.
    ToSee: Deed::SeeCycles,
    /// A cycle in the hand of somebody who runs it.
    ToRun: Deed::RunCycles,
    /// A cycle in the hand of somebody who may see how its audits come on, at least in their own
    /// service.
    ToWatch: Deed::SeeProgress,
}

/// A stratum's name in words: its service, made from the plain form, and its cohort.
pub fn stratum_in_words(name: &str) -> String {
    let part = Stratum::new(name).ok();
    let requests = part.as_ref().map(Stratum::requests).unwrap_or_default();
    if let (Some(part), false) = (part, requests.is_empty()) {
        let numbers: Vec<String> = requests.iter().map(ToString::to_string).collect();
        let whole = stratum_in_words(part.whole().as_str());
        return format!("{whole}, asked for by request {}", numbers.join(" and "));
    }
    match name.rsplit_once('/').map(|(service, cohort)| (service, Cohort::from_code(cohort))) {
        Some((service, Some(cohort))) => {
            format!("{}: {}", words::sentence_case(&service.replace('-', " ")), cohort.words())
        }
        _ => name.to_owned(),
    }
}

/// What the file of a quarter's draw is called.
pub fn draw_file_name(quarter: Quarter) -> String {
    format!("draw-{quarter}.txt")
}

#[cfg(test)]
mod tests {
    use quarterlight_domain::id::DrawRequestId;

    use super::*;

    #[test]
    fn a_stratum_is_said_in_words() {
        let stratum = Stratum::of("Children in Need (North)", Cohort::InCare.code());
        assert_eq!(stratum_in_words(stratum.as_str()), "Children in need north: Children in care");
        assert_eq!(stratum_in_words("something-else"), "something-else");
        let part = stratum.asked_by(&[DrawRequestId(7), DrawRequestId(12)].into());
        assert_eq!(
            stratum_in_words(part.as_str()),
            "Children in need north: Children in care, asked for by request 7 and 12"
        );
    }
}
