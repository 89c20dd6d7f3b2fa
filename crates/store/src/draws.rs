//! Samples that were drawn. A draw never changes; what became of its sample stands beside it.

mod events;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::draw::METHOD;
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::eligible::Exclusion;
use quarterlight_domain::id::{AuditId, CycleId, DrawId, RecordId};
use quarterlight_domain::stamp::Stamp;
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::records::CURRENT;
use crate::sql::{self, Row};
use crate::{case_lists, cycles, draw_requests, exclusions};

pub use events::{KeptEvent, Published};

/// Samples that were drawn.
#[derive(Debug, Clone)]
pub struct Draws(pub(crate) Arc<Engine>);

/// What a draw was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawSummary {
    /// Its id.
    pub id: DrawId,
    /// The seed.
    pub seed: String,
    /// The method's name.
    pub method: String,
    /// SHA-256 of the frame.
    pub frame_digest: String,
    /// The day of the draw.
    pub drawn_on: Date,
    /// The whole draw as published.
    pub file: String,
}

/// A record that was drawn, and who audits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickLine {
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: Reference,
    /// The stratum that it was drawn from.
    pub stratum: String,
    /// Its place in the order of that stratum.
    pub rank: u32,
    /// A reserve is audited only when a drawn record cannot be.
    pub reserve: bool,
    /// Its audit, once one is assigned.
    pub audit: Option<AuditId>,
    /// Who audits it.
    pub auditor: Option<String>,
    /// True once that audit was submitted.
    pub submitted: bool,
}

impl Draws {
    /// Keeps a draw from the current case list. It never changes afterwards.
    ///
    /// # Errors
    /// Fails if the cycle has its draw already, and as [`Self::keep_with`] does.
    pub async fn keep(
        &self,
        stamp: &Stamp,
        cycle: CycleId,
        file: &DrawFile,
    ) -> Result<Option<DrawId>, Fault> {
        self.keep_with(stamp, cycle, file, &BTreeMap::new()).await
    }

    /// Keeps a draw from the current case list, and how many open records it left out and why. The
    /// requests of its file are taken up in the same change, or none is and there is no draw. None
    /// where the records excluded by name are no longer those of the file.
    ///
    /// # Errors
    /// Fails if the cycle has its draw already, or if one of its requests was taken up by another
    /// draw or withdrawn: see [`Fault::is_duplicate`].
    pub async fn keep_with(
        &self,
        stamp: &Stamp,
        cycle: CycleId,
        file: &DrawFile,
        left_out: &BTreeMap<Exclusion, u32>,
    ) -> Result<Option<DrawId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        cycles::hold(&*change, cycle).await?;
        if exclusions::standing(&*change, cycle).await? != file.excluded {
            return Ok(None);
        }
        let list = case_lists::current(&*change).await?;
        let list = list.ok_or_else(|| Fault::damaged("case_list", "no list was taken in"))?;
        let query = "insert into draw \
             (cycle_id, case_list_id, seed, method, frame_digest, drawn_on, file) \
             values ($1, $2, $3, $4, $5, $6, $7) returning id";
        let (digest, text) = (file.frame.digest(), file.text());
        let values = [
            cycle.0.into(),
            list.0.into(),
            file.seed.as_str().into(),
            METHOD.into(),
            digest.clone().into(),
            sql::day(stamp.day()),
            text.clone().into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", DrawId)?;
        insert_picks(&*change, id, file).await?;
        for (reason, records) in left_out {
            let query = "insert into draw_exclusion (draw_id, reason, records) values ($1, $2, $3)";
            let values = [id.0.into(), reason.code().into(), i64::from(*records).into()];
            sql::run(&*change, query, values).await?;
        }
        for request in file.asked.keys() {
            draw_requests::settle(&*change, *request).await?;
            let query = "insert into draw_request_taken (request_id, cycle_id) values ($1, $2)";
            sql::run(&*change, query, [request.0.into(), cycle.0.into()]).await?;
        }
        let requests: Vec<i64> = file.asked.keys().map(|request| request.0).collect();
        let left_out: BTreeMap<&str, u32> =
            left_out.iter().map(|(reason, records)| (reason.code(), *records)).collect();
        let payload = json!({
            "quarter": file.quarter.to_string(), "seed": file.seed.as_str(),
            "frame_sha256": digest, "drawn": file.picks.iter().filter(|pick| !pick.reserve).count(),
            "left_out": left_out, "requests": requests, "excluded": file.excluded.len(), "file_sha256": crate::journal::digest(&[], &text),
        });
        change.keep(Entry { deed: "draw.keep", on: format!("draw {id}"), payload }).await?;
        Ok(Some(id))
    }

    /// The draw of a cycle.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_cycle(&self, cycle: CycleId) -> Result<Option<DrawSummary>, Fault> {
        let query = "select id, seed, method, frame_digest, drawn_on, file from draw \
             where cycle_id = $1";
        let row = sql::first(&self.0.read, query, [cycle.0.into()]).await?;
        row.as_ref().map(summary).transpose()
    }

    /// The draw of a quarter.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_quarter(&self, quarter: Quarter) -> Result<Option<DrawSummary>, Fault> {
        let query = "select draw.id, seed, method, frame_digest, drawn_on, file \
             from draw join cycle on cycle.id = draw.cycle_id where cycle.quarter = $1";
        let row = sql::first(&self.0.read, query, [quarter.to_string().into()]).await?;
        row.as_ref().map(summary).transpose()
    }

    /// How many open records a cycle's draw left out, by reason.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn left_out(&self, cycle: CycleId) -> Result<BTreeMap<Exclusion, u32>, Fault> {
        let query = "select draw_exclusion.reason, draw_exclusion.records from draw_exclusion \
             join draw on draw.id = draw_exclusion.draw_id where draw.cycle_id = $1";
        let rows = sql::all(&self.0.read, query, [cycle.0.into()]).await?;
        let pair =
            |row: &Row| Ok((row.code("reason", Exclusion::from_code)?, row.count("records")?));
        rows.iter().map(pair).collect()
    }

    /// The sample as it stands and the reserves that are left, stratum by stratum, and who audits
    /// each record. What was swapped out is told by [`Draws::published`].
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn picks(&self, cycle: CycleId) -> Result<Vec<PickLine>, Fault> {
        let query = "select pick.record_id, record.reference, pick.stratum, pick.rank, \
             pick.reserve, audit.id as audit_id, person.name as auditor, audit.submitted_at \
             from ( \
                 select cycle_id, record_id, stratum, rank, cast(0 as bigint) as reserve \
                 from sampled \
                 union all \
                 select draw.cycle_id, draw_pick.record_id, draw_pick.stratum, draw_pick.rank, \
                     cast(1 as bigint) as reserve \
                 from draw join draw_pick on draw_pick.draw_id = draw.id \
                 where draw_pick.reserve and not exists ( \
                     select 1 from draw_addition where draw_addition.draw_id = draw.id \
                     and draw_addition.record_id = draw_pick.record_id) \
             ) pick \
             join record on record.id = pick.record_id \
             left join audit on audit.cycle_id = pick.cycle_id \
                 and audit.record_id = pick.record_id \
             left join person on person.id = audit.auditor_id \
             where pick.cycle_id = $1 order by pick.stratum, pick.rank";
        sql::all(&self.0.read, query, [cycle.0.into()]).await?.iter().map(pick_line).collect()
    }
}

async fn insert_picks(on: &impl ConnectionTrait, id: DrawId, file: &DrawFile) -> Result<(), Fault> {
    let query = format!(
        "select line.reference, line.record_id, line.id as line_id from case_list_line line \
         where line.case_list_id = ({CURRENT})"
    );
    let mut lines = BTreeMap::new();
    for row in sql::all(on, &query, []).await? {
        let ids: (i64, i64) = (row.get("record_id")?, row.get("line_id")?);
        lines.insert(row.parse("reference", Reference::new)?, ids);
    }
    for picks in file.picks.chunks(1000) {
        let query = format!(
            "insert into draw_pick (draw_id, record_id, line_id, stratum, rank, reserve) values {}",
            sql::tuples(on, picks.len(), 6)
        );
        let mut values: Vec<Value> = Vec::new();
        for pick in picks {
            let (record, line) = lines
                .get(&pick.reference)
                .ok_or_else(|| Fault::damaged("reference", "a drawn record is not on the list"))?;
            values.extend([
                id.0.into(),
                (*record).into(),
                (*line).into(),
                pick.stratum.as_str().into(),
                sql::whole(pick.rank),
                pick.reserve.into(),
            ]);
        }
        sql::run(on, &query, values).await?;
    }
    Ok(())
}

fn summary(row: &Row) -> Result<DrawSummary, Fault> {
    Ok(DrawSummary {
        id: row.id("id", DrawId)?,
        seed: row.get("seed")?,
        method: row.get("method")?,
        frame_digest: row.get("frame_digest")?,
        drawn_on: row.day("drawn_on")?,
        file: row.get("file")?,
    })
}

fn pick_line(row: &Row) -> Result<PickLine, Fault> {
    Ok(PickLine {
        record: row.id("record_id", RecordId)?,
        reference: row.parse("reference", Reference::new)?,
        stratum: row.get("stratum")?,
        rank: row.count("rank")?,
        reserve: row.count("reserve")? > 0,
        audit: row.maybe_id("audit_id", AuditId)?,
        auditor: row.get("auditor")?,
        submitted: row.maybe_time("submitted_at")?.is_some(),
    })
}
