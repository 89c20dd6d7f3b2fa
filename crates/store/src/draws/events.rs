//! What became of a sample after its draw: swaps and top-ups, and the file that says them all.

use std::collections::BTreeMap;

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::draw::Pick;
use quarterlight_domain::draw_event::{DrawEvent, EventKind, SwapReason};
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::frame::Stratum;
use quarterlight_domain::id::{AuditId, CycleId, DrawId, PersonId, RecordId};
use quarterlight_domain::independence::Independent;
use quarterlight_domain::stamp::{By, Stamp};
use quarterlight_domain::text::Reason;
use serde_json::json;

use super::Draws;
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// An event with what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEvent {
    /// What was done.
    pub event: DrawEvent,
    /// Why, in somebody's own words.
    pub words: String,
    /// Who did it; none for somebody at the server's own command line.
    pub by: Option<String>,
}

/// A draw as it is published: the file, with every event, and what was said about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The draw.
    pub id: DrawId,
    /// The draw and its events, from which anybody can repeat them.
    pub file: DrawFile,
    /// The events of the file, in its order.
    pub events: Vec<KeptEvent>,
}

impl Draws {
    /// The draw of a cycle with everything that became of its sample. Three statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read, or if what was kept is no draw file.
    pub async fn published(&self, cycle: CycleId) -> Result<Option<Published>, Fault> {
        let Some(drawn) = self.of_cycle(cycle).await? else { return Ok(None) };
        let mut file = DrawFile::read(&drawn.file)
            .map_err(|_| Fault::damaged("file", "what was kept is not a draw file"))?;
        let mut known: BTreeMap<Reference, Pick> = BTreeMap::new();
        for pick in &file.picks {
            known.insert(pick.reference.clone(), Pick { reserve: false, ..pick.clone() });
        }
        let query = "select draw_addition.position, draw_addition.stratum, draw_addition.rank, \
             record.reference from draw_addition \
             join record on record.id = draw_addition.record_id \
             where draw_addition.draw_id = $1 \
             order by draw_addition.position, draw_addition.stratum, draw_addition.rank";
        let mut came: BTreeMap<u32, Vec<Pick>> = BTreeMap::new();
        for row in sql::all(&self.0.read, query, [drawn.id.0.into()]).await? {
            let pick = added(&row)?;
            known.insert(pick.reference.clone(), pick.clone());
            came.entry(row.count("position")?).or_default().push(pick);
        }
        let query = "select draw_event.position, draw_event.on_day, draw_event.reason, \
             draw_event.words, record.reference, person.name as by_name from draw_event \
             left join record on record.id = draw_event.out_record_id \
             left join person on person.id = draw_event.by_person \
             where draw_event.draw_id = $1 order by draw_event.position";
        let mut events = Vec::new();
        for row in sql::all(&self.0.read, query, [drawn.id.0.into()]).await? {
            let taken = came.remove(&row.count("position")?).unwrap_or_default();
            events.push(kept(&row, taken, &known)?);
        }
        file.events = events.iter().map(|kept| kept.event.clone()).collect();
        Ok(Some(Published { id: drawn.id, file, events }))
    }

    /// Keeps an event that follows those of `seen`, with its reason. Where it swaps out a record
    /// whose audit is assigned, `auditor` says that its auditor is independent of the record that
    /// comes, and the audit passes to that record. False where somebody was quicker: the sample
    /// has changed, the record's audit has begun or changed hands, or the cycle was closed; and
    /// nothing was kept.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn add(
        &self,
        stamp: &Stamp,
        seen: &Published,
        event: &DrawEvent,
        words: &Reason,
        auditor: Option<&Independent>,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // Whoever assigns an audit or closes the cycle takes its row too, so that one of the two
        // comes first, and no audit is left on a record that has gone.
        let lock = "update cycle set due = due \
             where id = (select cycle_id from draw where id = $1) \
             and not exists (select 1 from cycle_closed where cycle_closed.cycle_id = cycle.id)";
        if sql::run(&*change, lock, [seen.id.0.into()]).await? == 0 {
            return Ok(false);
        }
        let position = seen.events.len() + 1;
        let lines = lines(&change, seen.id, event).await?;
        let line = |pick: &Pick| {
            let line = lines.get(&pick.reference).copied();
            line.ok_or_else(|| Fault::damaged("reference", "a drawn record is not on the list"))
        };
        let out = event.out().map(line).transpose()?.map(|(record, _)| record);
        let (kind, reason) = match &event.what {
            EventKind::Swap { reason, .. } => ("swap", Some(reason.code().to_owned())),
            EventKind::TopUp { .. } => ("top-up", None),
        };
        let by = match stamp.by {
            By::Person(PersonId(id)) => Some(id),
            By::Console | By::Token(_) => None,
        };
        let query = "insert into draw_event \
             (draw_id, position, kind, on_day, by_person, out_record_id, reason, words) values \
             ($1, $2, $3, $4, cast($5 as bigint), cast($6 as bigint), cast($7 as text), $8)";
        let values = [
            seen.id.0.into(),
            sql::whole(position),
            kind.into(),
            sql::day(event.on),
            by.into(),
            out.map(|record| record.0).into(),
            reason.into(),
            words.words().into(),
        ];
        match sql::run(&*change, query, values).await {
            Err(fault) if fault.is_duplicate() => return Ok(false),
            other => other?,
        };
        for pick in event.taken() {
            let (record, line) = line(pick)?;
            let query = "insert into draw_addition \
                 (draw_id, position, record_id, line_id, stratum, rank) \
                 values ($1, $2, $3, $4, $5, $6)";
            let values = [
                seen.id.0.into(),
                sql::whole(position),
                record.0.into(),
                line.into(),
                pick.stratum.as_str().into(),
                sql::whole(pick.rank),
            ];
            match sql::run(&*change, query, values).await {
                Err(fault) if fault.is_duplicate() => return Ok(false),
                other => other?,
            };
        }
        if let Some((out, taken)) = out.zip(event.taken().first()) {
            let (record, line) = line(taken)?;
            if !pass(&change, seen.id, (out, record, line), auditor).await? {
                return Ok(false);
            }
        }
        let mut file = seen.file.clone();
        file.events.push(event.clone());
        let came: Vec<&str> = event.taken().iter().map(|pick| pick.reference.as_str()).collect();
        let payload = json!({
            "draw": seen.id.0, "event": position, "reason": event_reason(event),
            "words": words.words(), "out": event.out().map(|pick| pick.reference.as_str()),
            "in": came, "file_sha256": crate::journal::digest(&[], &file.text()),
        });
        let deed = if out.is_some() { "draw.swap" } else { "draw.top-up" };
        change.keep(Entry { deed, on: format!("draw {}", seen.id), payload }).await?;
        Ok(true)
    }
}

fn event_reason(event: &DrawEvent) -> Option<&'static str> {
    match &event.what {
        EventKind::Swap { reason, .. } => Some(reason.code()),
        EventKind::TopUp { .. } => None,
    }
}

/// The record and the line of each reference that an event names, on the list that was drawn from.
async fn lines(
    change: &Change<'_>,
    draw: DrawId,
    event: &DrawEvent,
) -> Result<BTreeMap<Reference, (RecordId, i64)>, Fault> {
    let mut lines = BTreeMap::new();
    for pick in event.taken().iter().chain(event.out()) {
        let query = "select line.record_id, line.id as line_id from case_list_line line \
             join draw on draw.case_list_id = line.case_list_id \
             where draw.id = $1 and line.reference = $2";
        let values = [draw.0.into(), pick.reference.as_str().into()];
        if let Some(row) = sql::first(&**change, query, values).await? {
            let line = (row.id("record_id", RecordId)?, row.get("line_id")?);
            lines.insert(pick.reference.clone(), line);
        }
    }
    Ok(lines)
}

/// Passes an audit that has not begun to the record that comes. False where there is one that has
/// begun, or whose auditor is not the one who was found independent.
async fn pass(
    change: &Change<'_>,
    draw: DrawId,
    (out, record, line): (RecordId, RecordId, i64),
    auditor: Option<&Independent>,
) -> Result<bool, Fault> {
    let query = "select audit.id, audit.auditor_id from audit \
         join draw on draw.cycle_id = audit.cycle_id \
         where draw.id = $1 and audit.record_id = $2";
    let row = sql::first(&**change, query, [draw.0.into(), out.0.into()]).await?;
    let (Some(row), Some(auditor)) = (&row, auditor) else {
        return Ok(row.is_none() && auditor.is_none());
    };
    if row.id("auditor_id", PersonId)? != auditor.auditor() || record != auditor.record() {
        return Ok(false);
    }
    let query = "update audit set record_id = $2, line_id = $3 \
         where id = $1 and started_at is null and auditor_id = $4";
    let id = row.id("id", AuditId)?;
    let values = [id.0.into(), record.0.into(), line.into(), auditor.auditor().0.into()];
    Ok(sql::run(&**change, query, values).await? == 1)
}

fn added(row: &Row) -> Result<Pick, Fault> {
    Ok(Pick {
        stratum: row.parse("stratum", Stratum::new)?,
        rank: usize::try_from(row.count("rank")?)
            .map_err(|_| Fault::damaged("rank", "a rank is out of range"))?,
        reference: row.parse("reference", Reference::new)?,
        reserve: false,
    })
}

fn kept(
    row: &Row,
    taken: Vec<Pick>,
    known: &BTreeMap<Reference, Pick>,
) -> Result<KeptEvent, Fault> {
    let damaged = || Fault::damaged("draw_event", "an event does not name its records");
    let what = match row.get::<Option<String>>("reason")? {
        None => EventKind::TopUp { taken },
        Some(code) => EventKind::Swap {
            reason: SwapReason::from_code(&code).ok_or_else(damaged)?,
            out: known.get(&row.parse("reference", Reference::new)?).ok_or_else(damaged)?.clone(),
            taken: taken.into_iter().next().ok_or_else(damaged)?,
        },
    };
    let event = DrawEvent { on: row.day("on_day")?, what };
    Ok(KeptEvent { event, words: row.get("words")?, by: row.get("by_name")? })
}
