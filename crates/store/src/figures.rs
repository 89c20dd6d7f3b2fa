//! Counts for reports and coverage. Counting is SQL's work; it gives whole numbers only.

mod actions;
mod agreement;
mod counts;
mod filing;
mod further;
mod indicators;
mod overruled;
mod progress;
mod register;
mod staffing;
mod themes;
mod trend;

pub(crate) use overruled::overruled;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::allocation::AllocationLine;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::coverage::Cell;
use quarterlight_domain::figures::{
    QuarterFigures, RegisterCounts, SectionResult, StandardResult, Tally, ThemeCounts,
};
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::id::{CycleId, PlaceId};
use quarterlight_domain::lineage::Lineage;
use quarterlight_domain::names::Names;
use quarterlight_domain::progress::TeamProgress;
use quarterlight_domain::register::Item;
use quarterlight_domain::staffing::bands::{self, TeamBands};
use quarterlight_domain::staffing::exceptions::{Exception, Untold};
use quarterlight_domain::staffing::period::Period;
use quarterlight_domain::staffing::protocol::Protocol;
use quarterlight_domain::staffing::trend::TrendFacts;

use crate::actions::ActionFilter;
use crate::case_lists;
use crate::claims;
use crate::coverage::{self, CellAudits};
use crate::editions;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;
use crate::voices;

pub use agreement::{AgreementFilter, PairLine};

/// Counts for reports and coverage.
#[derive(Debug, Clone)]
pub struct Figures(pub(crate) Arc<Engine>);

impl Figures {
    /// Who audits which records of the current case list, seen from a quarter.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn coverage(&self, quarter: Quarter) -> Result<Vec<Cell>, Fault> {
        match case_lists::current(&self.0.read).await? {
            Some(list) => coverage::cells(&self.0.read, list, quarter, None).await,
            None => Ok(Vec::new()),
        }
    }

    /// The audits of every cycle on the open records that a pattern names, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn cell_audits(&self, pattern: &CellPattern) -> Result<Vec<CellAudits>, Fault> {
        match case_lists::current(&self.0.read).await? {
            Some(list) => coverage::by_cycle(&self.0.read, list, pattern).await,
            None => Ok(Vec::new()),
        }
    }

    /// Everything that the report of a quarter says, for one service or for all.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn quarter(
        &self,
        quarter: Quarter,
        edition: &AgreedEdition,
        service: Option<PlaceId>,
        today: Date,
    ) -> Result<QuarterFigures, Fault> {
        let on = &self.0.read;
        // A quarter is reported on the list that its sample was drawn from, and until then on the
        // current one: what was tidied afterwards must not change what was found.
        let drawn_from = counts::drawn_from(on, quarter).await?;
        let list = match &drawn_from {
            Some((list, _)) => Some(*list),
            None => case_lists::current(on).await?,
        };
        // Results stand side by side only where a standard stayed the same or was re-worded.
        let lineage = editions::lineage(on, edition.id).await?;
        let tallies = counts::tallies(on, quarter, service).await?;
        let under_codes = |by_service: counts::ByService| -> further::UnderCodes {
            let each = by_service.into_iter();
            each.map(|(name, tallies)| (name, joined(edition, &tallies, &lineage))).collect()
        };
        let by_service = under_codes(tallies);
        let tallies = together(&by_service);
        let before = under_codes(counts::tallies(on, quarter.before(), service).await?);
        let further = further::of_quarter(on, (quarter, service), edition, by_service).await?;
        let register = match service {
            Some(_) => Vec::new(),
            None => crate::register::told(on, quarter).await?,
        };
        let names = if register.is_empty() { Names::default() } else { voices::names(on).await? };
        let names_somebody = |it: &&Item| names.line_with_one(it.words.words()).is_some();
        let register_naming = register.iter().filter(names_somebody).map(|it| it.id).collect();
        let (coverage, allocation) = match list {
            Some(list) => (
                coverage::cells(on, list, quarter, service).await?,
                counts::allocation(on, list, service).await?,
            ),
            None => (Vec::new(), Vec::new()),
        };
        Ok(QuarterFigures {
            authority: counts::authority(on).await?,
            service: counts::place_name(on, service).await?,
            quarter,
            edition: edition.title(),
            case_list: counts::as_at(on, list).await?,
            draw: drawn_from.map(|(_, facts)| facts),
            counted_on: today,
            samples: counts::samples(on, quarter, list, service).await?,
            missed: progress::missed(on, quarter, service).await?,
            grades: counts::grades(on, quarter, service).await?,
            sections: sections(edition, &tallies),
            before: together(&before).into_iter().collect(),
            actions: actions::by_quarter(on, quarter, service, today).await?,
            coverage,
            claims: claims::all(on).await?,
            allocation,
            staffing: staffing::of_report(on, (list, service), quarter.last_day(), today).await?,
            register,
            register_naming,
            further,
            // They need rules about time, which whoever asks for the report reads.
            indicators: Vec::new(),
        })
    }

    /// How the audits of a cycle come on, by team; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn progress(&self, cycle: CycleId, today: Date) -> Result<Vec<TeamProgress>, Fault> {
        progress::by_team(&self.0.read, cycle, today).await
    }

    /// How many actions stand where, of those that pass a filter; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn register(
        &self,
        filter: &ActionFilter,
        today: Date,
    ) -> Result<RegisterCounts, Fault> {
        register::counts(&self.0.read, filter, today).await
    }

    /// The findings of a quarter and the four before it by theme, of one service or of all; three
    /// statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn themes(
        &self,
        quarter: Quarter,
        service: Option<PlaceId>,
    ) -> Result<Vec<ThemeCounts>, Fault> {
        themes::counts(&self.0.read, quarter, service).await
    }

    /// Records and staff, period by period; eight statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn trend(&self, periods: &[Period]) -> Result<TrendFacts, Fault> {
        trend::trend(&self.0.read, periods).await
    }

    /// Who holds the records of each need on the current case list; nothing without one.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn allocation(&self, service: Option<PlaceId>) -> Result<Vec<AllocationLine>, Fault> {
        match case_lists::current(&self.0.read).await? {
            Some(list) => counts::allocation(&self.0.read, list, service).await,
            None => Ok(Vec::new()),
        }
    }

    /// Workers of the current case list by caseload, team by team; two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn caseloads(&self, protocol: &Protocol) -> Result<Vec<TeamBands>, Fault> {
        let on = &self.0.read;
        let Some(list) = case_lists::current(on).await? else { return Ok(Vec::new()) };
        Ok(bands::by_team(protocol, &staffing::carried(on, (list, None), protocol).await?))
    }

    /// What the current case list says is held otherwise than is advised, and of how many records
    /// it cannot be told; five statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn exceptions(&self, protocol: &Protocol) -> Result<(Vec<Exception>, Untold), Fault> {
        let on = &self.0.read;
        let list = case_lists::current(on).await?;
        match (list, counts::as_at(on, list).await?) {
            (Some(list), Some(as_at)) => {
                staffing::exceptions(on, (list, as_at, None), protocol).await
            }
            _ => Ok((Vec::new(), Untold::default())),
        }
    }

    /// The name of the authority.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn authority(&self) -> Result<String, Fault> {
        counts::authority(&self.0.read).await
    }

    /// The services that have a place in the authority, by name.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn services(&self) -> Result<Vec<(PlaceId, String)>, Fault> {
        let query = "select id, name from place where kind = 'service' order by name";
        let rows = sql::all(&self.0.read, query, []).await?;
        rows.iter().map(|row| Ok((row.id("id", PlaceId)?, row.get("name")?))).collect()
    }
}

/// Results on whatever edition an audit was made, under the codes of this one. What was counted on
/// a standard that has since been split, joined or dropped stands under none of them.
fn joined(
    edition: &AgreedEdition,
    tallies: &counts::ByEdition,
    lineage: &Lineage,
) -> BTreeMap<String, Tally> {
    let mut joined: BTreeMap<String, Tally> = BTreeMap::new();
    for (earlier, tallies) in tallies {
        for standard in edition.contents().standards() {
            let code = lineage.back(edition.id, &standard.code, *earlier);
            if let Some(tally) = code.and_then(|code| tallies.get(code.as_str())) {
                let sum = joined.entry(standard.code.to_string()).or_default();
                *sum = sum.plus(*tally);
            }
        }
    }
    joined
}

/// The tallies of all services together, by code.
fn together(by_service: &further::UnderCodes) -> BTreeMap<String, Tally> {
    let mut together: BTreeMap<String, Tally> = BTreeMap::new();
    for (code, tally) in by_service.iter().flat_map(|(_, tallies)| tallies) {
        let sum = together.entry(code.clone()).or_default();
        *sum = sum.plus(*tally);
    }
    together
}

/// The results of every standard of the edition, those without a judgement included.
fn sections(edition: &AgreedEdition, tallies: &BTreeMap<String, Tally>) -> Vec<SectionResult> {
    let result = |standard: &quarterlight_domain::standard::Standard| StandardResult {
        code: standard.code.to_string(),
        wording: standard.wording.clone(),
        kind: standard.kind,
        critical: standard.critical,
        tally: tallies.get(standard.code.as_str()).copied().unwrap_or_default(),
    };
    edition
        .contents()
        .sections()
        .iter()
        .map(|section| SectionResult {
            letter: section.letter.clone(),
            title: section.title.clone(),
            standards: section.standards.iter().map(result).collect(),
        })
        .collect()
}
