//! What of retention is read: changes, holds, what is due, and disposals.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::id::{CycleId, DisposalId, HoldId, PersonId, RecordId};
use quarterlight_domain::retention::{Hold, Kind, Over, Rule, RuleChange, Thing, going};
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::text::Reason;

use super::{Batch, ChangeLine, Disposal, DisposalEnd, DueLine, HoldLine, Retention, kinds};
use crate::fault::Fault;
use crate::sql::{self, Row};

impl Retention {
    /// Every change to a rule, in the order in which they were made.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn changes(&self) -> Result<Vec<ChangeLine>, Fault> {
        let query = "select it.kind, it.months, it.from_day, it.because, person.name as by_name, \
             it.at from retention_change it left join person on person.id = it.by_id order by it.id";
        let line = |row: &Row| {
            Ok(ChangeLine {
                change: RuleChange {
                    kind: row.code("kind", Kind::from_code)?,
                    months: row.count("months")?,
                    from: row.day("from_day")?,
                    because: row.parse("because", Reason::new)?,
                },
                by: row.get("by_name")?,
                at: row.time("at")?,
            })
        };
        sql::all(&self.0.read, query, []).await?.iter().map(line).collect()
    }

    /// Every hold, those that lie before those that were lifted.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn holds(&self) -> Result<Vec<HoldLine>, Fault> {
        let query = "select it.id, it.over, it.kind, it.record_id, it.cycle_id, it.because, it.at, \
                 person.name as by_name, record.reference, cycle.quarter, lifted.at as lifted_at, \
                 lifted.because as lifted_because \
             from retention_hold it left join person on person.id = it.by_id \
             left join record on record.id = it.record_id \
             left join cycle on cycle.id = it.cycle_id \
             left join retention_hold_lifted lifted on lifted.hold_id = it.id \
             order by case when lifted.hold_id is null then 0 else 1 end, it.id desc";
        sql::all(&self.0.read, query, []).await?.iter().map(hold).collect()
    }

    /// What would go on this day by these rules, kind by kind, and how much of it is held.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn preview(&self, rules: &[Rule], today: Date) -> Result<Vec<DueLine>, Fault> {
        let holds: Vec<Hold> = (self.holds().await?.into_iter())
            .filter(|it| it.lifted.is_none())
            .map(|it| it.hold)
            .collect();
        let mut lines = Vec::new();
        for rule in rules {
            let things = self.things(rule.kind).await?;
            let (going, held) = going(rule, &holds, things, today);
            let mut years = BTreeMap::new();
            for thing in &going {
                *years.entry(thing.start.year()).or_insert(0) += 1;
            }
            lines.push(DueLine {
                kind: rule.kind,
                months: rule.months,
                source: rule.source.clone(),
                cutoff: rule.cutoff(today),
                going: going.len(),
                held,
                years: years.into_iter().collect(),
            });
        }
        Ok(lines)
    }

    /// The things of a kind that have ended and have not gone.
    pub(super) async fn things(&self, kind: Kind) -> Result<Vec<Thing>, Fault> {
        let query = sql::with_types(&self.0.read, kinds::things(kind));
        let thing = |row: &Row| {
            let at = row.maybe_time("start_at")?.map(day_in_england);
            let start = row.maybe_day("start_on")?.max(at);
            Ok(Thing {
                kind,
                id: row.get("id")?,
                start: start.ok_or_else(|| Fault::damaged("start_on", "a day is missing"))?,
                record: row.maybe_id("record_id", RecordId)?,
                cycle: row.maybe_id("cycle_id", CycleId)?,
            })
        };
        sql::all(&self.0.read, &query, []).await?.iter().map(thing).collect()
    }

    /// The disposals that there were, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn disposals(&self) -> Result<Vec<Disposal>, Fault> {
        self.read("", Vec::new()).await
    }

    /// A disposal, whole.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn disposal(&self, id: DisposalId) -> Result<Option<Disposal>, Fault> {
        Ok(self.read("where it.id = $1", vec![id.0.into()]).await?.pop())
    }

    async fn read(&self, which: &str, values: Vec<sea_orm::Value>) -> Result<Vec<Disposal>, Fault> {
        let query = format!(
            "select it.id, it.as_at, it.proposed_by, it.proposed_at, person.name as proposed_name, \
                 ended.how, ended.because, ended.at as ended_at, ender.name as ended_name, \
                 done.at as done_at \
             from disposal it left join person on person.id = it.proposed_by \
             left join disposal_ended ended on ended.disposal_id = it.id \
             left join disposal_done done on done.disposal_id = it.id \
             left join person ender on ender.id = ended.by_id {which} order by it.id desc"
        );
        let rows = sql::all(&self.0.read, &query, values.clone()).await?;
        let mut found = rows.iter().map(disposal).collect::<Result<Vec<_>, Fault>>()?;
        let of = which.replace("it.id", "it.disposal_id");
        let query = format!(
            "select it.disposal_id, it.kind, it.months, it.source, it.cutoff, it.going, it.held \
             from disposal_line it {of}"
        );
        for row in sql::all(&self.0.read, &query, values.clone()).await? {
            let id = row.id("disposal_id", DisposalId)?;
            if let Some(it) = found.iter_mut().find(|it| it.id == id) {
                it.lines.push(line(&row)?);
                it.lines.sort_by_key(|line| line.kind);
            }
        }
        let query = format!(
            "select it.id, it.disposal_id, it.kind, it.things, it.first_start, it.last_start, \
                 it.parts, it.gone_digest, it.at from disposal_batch it {of} order by it.id"
        );
        for row in sql::all(&self.0.read, &query, values).await? {
            let id = row.id("disposal_id", DisposalId)?;
            if let Some(it) = found.iter_mut().find(|it| it.id == id) {
                it.batches.push(batch(&row)?);
            }
        }
        Ok(found)
    }
}

fn hold(row: &Row) -> Result<HoldLine, Fault> {
    let missing = || Fault::damaged("over", "what the hold lies over is missing");
    let (over, words) = match row.get::<String>("over")?.as_str() {
        "kind" => {
            let kind = row.code("kind", Kind::from_code)?;
            (Over::Kind(kind), kind.words().to_owned())
        }
        "record" => {
            let id = row.maybe_id("record_id", RecordId)?.ok_or_else(missing)?;
            (Over::Record(id), format!("Record {}", row.get::<String>("reference")?))
        }
        "cycle" => {
            let id = row.maybe_id("cycle_id", CycleId)?.ok_or_else(missing)?;
            (Over::Cycle(id), format!("Cycle {}", row.get::<String>("quarter")?))
        }
        _ => (Over::Everything, "Everything".to_owned()),
    };
    let lifted = match row.maybe_time("lifted_at")? {
        Some(at) => Some((at, row.get("lifted_because")?)),
        None => None,
    };
    Ok(HoldLine {
        hold: Hold { id: row.id("id", HoldId)?, over },
        over: words,
        because: row.get("because")?,
        by: row.get("by_name")?,
        at: row.time("at")?,
        lifted,
    })
}

fn disposal(row: &Row) -> Result<Disposal, Fault> {
    let end = match row.get::<Option<String>>("how")? {
        Some(how) => Some(DisposalEnd {
            confirmed: how == "confirmed",
            because: row.get("because")?,
            by: row.get("ended_name")?,
            at: row.time("ended_at")?,
            done: row.maybe_time("done_at")?,
        }),
        None => None,
    };
    Ok(Disposal {
        id: row.id("id", DisposalId)?,
        as_at: row.day("as_at")?,
        proposed_by: (row.maybe_id("proposed_by", PersonId)?, row.get("proposed_name")?),
        proposed_at: row.time("proposed_at")?,
        lines: Vec::new(),
        end,
        batches: Vec::new(),
    })
}

fn line(row: &Row) -> Result<DueLine, Fault> {
    Ok(DueLine {
        kind: row.code("kind", Kind::from_code)?,
        months: row.count("months")?,
        source: row.get("source")?,
        cutoff: row.day("cutoff")?,
        going: row.count("going")? as usize,
        held: row.count("held")? as usize,
        years: Vec::new(),
    })
}

fn batch(row: &Row) -> Result<Batch, Fault> {
    Ok(Batch {
        id: row.get("id")?,
        kind: row.code("kind", Kind::from_code)?,
        things: row.count("things")? as usize,
        first: row.day("first_start")?,
        last: row.day("last_start")?,
        parts: row.count("parts")? as usize,
        gone: row.get("gone_digest")?,
        at: row.time("at")?,
    })
}
