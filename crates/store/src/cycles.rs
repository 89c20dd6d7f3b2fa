//! One quarter each.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cycle::Cycle;
use quarterlight_domain::id::{CycleId, EditionId, PlaceId};
use quarterlight_domain::stamp::Stamp;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// One quarter each.
#[derive(Debug, Clone)]
pub struct Cycles(pub(crate) Arc<Engine>);

/// How the audits of a cycle are coming on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CycleProgress {
    /// The cycle.
    pub cycle: Cycle,
    /// Records in the sample as it stands, without reserves.
    pub drawn: u32,
    /// Audits assigned, the started and submitted ones included.
    pub assigned: u32,
    /// Audits started, the submitted ones included.
    pub started: u32,
    /// Audits submitted.
    pub submitted: u32,
}

impl Cycles {
    /// Opens a cycle on an agreed edition.
    ///
    /// # Errors
    /// Fails if the quarter has its cycle already: see [`Fault::is_duplicate`].
    pub async fn open(
        &self,
        stamp: &Stamp,
        quarter: Quarter,
        edition: EditionId,
        due: Date,
    ) -> Result<CycleId, Fault> {
        self.open_with(stamp, (quarter, due), edition, &BTreeMap::new()).await
    }

    /// Opens a cycle on an agreed edition, with another one for the services that have their own.
    ///
    /// # Errors
    /// Fails if the quarter has its cycle already: see [`Fault::is_duplicate`].
    pub async fn open_with(
        &self,
        stamp: &Stamp,
        (quarter, due): (Quarter, Date),
        edition: EditionId,
        own: &BTreeMap<PlaceId, EditionId>,
    ) -> Result<CycleId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into cycle (quarter, edition_id, due) values ($1, $2, $3) returning id";
        let values = [quarter.to_string().into(), edition.0.into(), sql::day(due)];
        let id = sql::one(&*change, query, values).await?.id("id", CycleId)?;
        for (service, edition) in own {
            let query =
                "insert into cycle_edition (cycle_id, service_id, edition_id) values ($1, $2, $3)";
            sql::run(&*change, query, [id.0.into(), service.0.into(), edition.0.into()]).await?;
        }
        let own: Vec<(i64, i64)> = own.iter().map(|(place, it)| (place.0, it.0)).collect();
        let payload = json!({
            "quarter": quarter.to_string(), "edition": edition.0, "own_editions": own,
            "due": due.to_string(),
        });
        change.keep(Entry { deed: "cycle.open", on: format!("cycle {id}"), payload }).await?;
        Ok(id)
    }

    /// The editions of the services that have one of their own in a cycle, by service.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn own_editions(&self, id: CycleId) -> Result<BTreeMap<PlaceId, EditionId>, Fault> {
        let query = "select service_id, edition_id from cycle_edition where cycle_id = $1";
        let rows = sql::all(&self.0.read, query, [id.0.into()]).await?;
        let pair =
            |row: &Row| Ok((row.id("service_id", PlaceId)?, row.id("edition_id", EditionId)?));
        rows.iter().map(pair).collect()
    }

    /// The edition that a service's audits are made on in a cycle: its own, or the cycle's; and the
    /// cycle's for no service.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn edition_of(
        &self,
        cycle: &Cycle,
        service: Option<PlaceId>,
    ) -> Result<EditionId, Fault> {
        let Some(service) = service else { return Ok(cycle.edition) };
        let own = self.own_editions(cycle.id).await?;
        Ok(own.get(&service).copied().unwrap_or(cycle.edition))
    }

    /// The cycle with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: CycleId) -> Result<Option<CycleProgress>, Fault> {
        let query = format!("{SELECT} where cycle.id = $1");
        let row = sql::first(&self.0.read, &query, [id.0.into()]).await?;
        row.as_ref().map(progress).transpose()
    }

    /// The cycle of a quarter.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_quarter(&self, quarter: Quarter) -> Result<Option<CycleProgress>, Fault> {
        let query = format!("{SELECT} where cycle.quarter = $1");
        let row = sql::first(&self.0.read, &query, [quarter.to_string().into()]).await?;
        row.as_ref().map(progress).transpose()
    }

    /// Every cycle, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<CycleProgress>, Fault> {
        let query = format!("{SELECT} order by cycle.quarter desc");
        sql::all(&self.0.read, &query, []).await?.iter().map(progress).collect()
    }
}

const SELECT: &str = "select cycle.id, cycle.quarter, cycle.edition_id, cycle.due, \
     (select count(*) from sampled where sampled.cycle_id = cycle.id) as drawn, \
     (select count(*) from audit where audit.cycle_id = cycle.id) as assigned, \
     (select count(*) from audit where audit.cycle_id = cycle.id \
      and audit.started_at is not null) as started, \
     (select count(*) from audit where audit.cycle_id = cycle.id \
      and audit.submitted_at is not null) as submitted \
     from cycle";

fn progress(row: &Row) -> Result<CycleProgress, Fault> {
    Ok(CycleProgress {
        cycle: Cycle {
            id: row.id("id", CycleId)?,
            quarter: row.parse("quarter", str::parse)?,
            edition: row.id("edition_id", EditionId)?,
            due: row.day("due")?,
        },
        drawn: row.count("drawn")?,
        assigned: row.count("assigned")?,
        started: row.count("started")?,
        submitted: row.count("submitted")?,
    })
}

/// Takes the cycle's row, so that of several who change its sample, its audits or its end one comes
/// first and the others see what they did.
pub async fn hold(on: &impl ConnectionTrait, cycle: CycleId) -> Result<(), Fault> {
    sql::run(on, "update cycle set due = due where id = $1", [cycle.0.into()]).await?;
    Ok(())
}
