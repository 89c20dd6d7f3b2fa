//! Rows of prepared reports, as reports with what was done to them.

use std::collections::BTreeMap;

use quarterlight_domain::id::{PersonId, PreparedId, ReportId};
use quarterlight_domain::release::ground::Ground;
use quarterlight_domain::release::passage::Place;
use quarterlight_domain::release::{Prepared, Step, What};
use quarterlight_domain::text::Reason;
use sea_orm::ConnectionTrait;

use super::about;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// A prepared report with both of its parts as they were built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Where it stands.
    pub prepared: Prepared,
    /// Part I as the program wrote it.
    pub part_one: Option<String>,
    /// Part II as the program wrote it.
    pub part_two: String,
    /// SHA-256 over both.
    pub digest: String,
    /// Why Part I of a report of all services waits.
    pub public_waits: Option<String>,
    /// The last report with a public part that Part I was attacked beside.
    pub beside: Option<ReportId>,
}

const REPORTS: &str = "prepared.id, cycle.quarter, prepared.service_id, prepared.year, prepared.title, \
         prepared.corrects_id, prepared.what_changed, prepared.built_by, prepared.built_at, \
         builder.name as builder, release.report_id as released, \
         (select count(*) from prepared_report later \
             where (later.cycle_id = prepared.cycle_id or later.year = prepared.year) \
             and later.id > prepared.id \
             and coalesce(later.service_id, 0) = coalesce(prepared.service_id, 0)) as later \
     from prepared_report prepared left join cycle on cycle.id = prepared.cycle_id \
     left join person builder on builder.id = prepared.built_by \
     left join report_release release on release.prepared_id = prepared.id";

const STEPS: &str = "select step.prepared_id, step.kind, step.place, step.was, step.ground, \
         step.words, step.by_id, step.at, person.name \
     from prepared_step step left join person on person.id = step.by_id";

pub async fn every(on: &impl ConnectionTrait) -> Result<Vec<Prepared>, Fault> {
    let query = format!("select {REPORTS} order by prepared.id desc limit 500");
    let rows = sql::all(on, &query, []).await?;
    let query = format!("{STEPS} order by step.prepared_id, step.turn");
    let steps = sql::all(on, &query, []).await?;
    let mut of_reports: BTreeMap<PreparedId, Vec<Step>> = BTreeMap::new();
    for row in &steps {
        of_reports.entry(row.id("prepared_id", PreparedId)?).or_default().push(step(row)?);
    }
    rows.iter()
        .map(|row| {
            let report = prepared(row)?;
            let steps = of_reports.remove(&report.id).unwrap_or_default();
            Ok(Prepared { steps, ..report })
        })
        .collect()
}

pub async fn one(on: &impl ConnectionTrait, id: PreparedId) -> Result<Option<Built>, Fault> {
    let query = format!(
        "select prepared.part_one, prepared.part_two, prepared.digest, prepared.public_waits, \
         prepared.beside_id, {REPORTS} \
         where prepared.id = $1"
    );
    let Some(row) = sql::first(on, &query, [id.0.into()]).await? else { return Ok(None) };
    let query = format!("{STEPS} where step.prepared_id = $1 order by step.turn");
    let steps = sql::all(on, &query, [id.0.into()]).await?;
    let steps: Result<Vec<Step>, Fault> = steps.iter().map(step).collect();
    Ok(Some(Built {
        prepared: Prepared { steps: steps?, ..prepared(&row)? },
        part_one: row.get("part_one")?,
        part_two: row.get("part_two")?,
        digest: row.get("digest")?,
        public_waits: row.get("public_waits")?,
        beside: row.maybe_id("beside_id", ReportId)?,
    }))
}

fn prepared(row: &Row) -> Result<Prepared, Fault> {
    let corrects = match row.maybe_id("corrects_id", ReportId)? {
        Some(report) => Some((report, row.parse("what_changed", Reason::new)?)),
        None => None,
    };
    Ok(Prepared {
        id: row.id("id", PreparedId)?,
        about: about(row)?,
        title: row.get("title")?,
        built_by: row.maybe_id("built_by", PersonId)?,
        builder: name(row.get("builder")?),
        built_at: row.time("built_at")?,
        corrects,
        is_superseded: row.count("later")? > 0,
        released: row.maybe_id("released", ReportId)?,
        steps: Vec::new(),
    })
}

fn name(name: Option<String>) -> String {
    name.unwrap_or_else(|| "The server’s command line".to_owned())
}

fn step(row: &Row) -> Result<Step, Fault> {
    let what = match row.get::<String>("kind")?.as_str() {
        "accepted" => What::Accepted(row.parse("place", str::parse::<Place>)?),
        "edited" => What::Edited {
            place: row.parse("place", str::parse::<Place>)?,
            was: row.get("was")?,
            now: row.parse("words", Reason::new)?,
        },
        "cleared" => What::Cleared(row.parse("words", Reason::new)?),
        "grounded" => {
            What::Grounded(row.code("ground", Ground::from_code)?, row.parse("words", Reason::new)?)
        }
        "approved" => What::Approved,
        _ => return Err(Fault::damaged("kind", "a code is not known")),
    };
    Ok(Step {
        what,
        by: row.maybe_id("by_id", PersonId)?,
        name: name(row.get("name")?),
        at: row.time("at")?,
    })
}

/// The kind of a step, and its place, what was there, its ground and its words.
pub fn row_of(what: &What) -> (&'static str, [Option<String>; 4]) {
    match what {
        What::Accepted(place) => ("accepted", [Some(place.code()), None, None, None]),
        What::Edited { place, was, now } => {
            let now = now.words().to_owned();
            ("edited", [Some(place.code()), Some(was.clone()), None, Some(now)])
        }
        What::Cleared(words) => ("cleared", [None, None, None, Some(words.words().to_owned())]),
        What::Grounded(ground, words) => {
            let words = words.words().to_owned();
            ("grounded", [None, None, Some(ground.code().to_owned()), Some(words)])
        }
        What::Approved => ("approved", [None, None, None, None]),
    }
}
