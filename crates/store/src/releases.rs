//! Reports on their way to members: built, read, approved, released. Nothing of it changes.

use std::sync::Arc;

use quarterlight_domain::id::{CycleId, PersonId, PreparedId, ReportId};
use quarterlight_domain::release::about::About;
use quarterlight_domain::release::{NewSteps, Prepared, What};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::journal::digest;
use crate::sql;

mod about;
mod looks;
mod public;
mod read;

pub(crate) use about::about;
pub use looks::{ReadFilter, ReadLine, ReportLook, Seen};
pub use public::{Corrections, PublicLedger, PublicLine, PublicReport};
pub use read::Built;

/// Reports on their way to members.
#[derive(Debug, Clone)]
pub struct Releases(pub(crate) Arc<Engine>);

/// A report that was just built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrepared {
    /// What it is about.
    pub about: About,
    /// Its title.
    pub title: String,
    /// Part I as text, and what it prints and hides; none of a single service.
    pub part_one: Option<(String, String)>,
    /// Part II as text.
    pub part_two: String,
    /// SHA-256 over both.
    pub digest: String,
    /// The released report that it corrects, and what changed.
    pub corrects: Option<(ReportId, Reason)>,
    /// Why Part I of a report of all services waits.
    pub public_waits: Option<String>,
    /// The last report with a public part that Part I was attacked beside; none where there is none.
    pub beside: Option<ReportId>,
}

/// A report as it goes to members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRelease {
    /// Part I as text; none of a single service.
    pub part_one: Option<String>,
    /// Part II as text.
    pub part_two: String,
    /// Where it differs from what it corrects.
    pub differs: Vec<String>,
}

impl Releases {
    /// Keeps a report that was built. None if another one about the same was released meanwhile: this
    /// one would not know of it.
    ///
    /// # Errors
    /// Fails if the quarter has no cycle, or the database cannot be written.
    pub async fn build(
        &self,
        stamp: &Stamp,
        new: &NewPrepared,
    ) -> Result<Option<PreparedId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        hold(&*change).await?;
        let cycle = match new.about.quarter() {
            Some(quarter) => {
                let query = "select id from cycle where quarter = $1";
                let cycle = sql::one(&*change, query, [quarter.to_string().into()]).await?;
                Some(cycle.id("id", CycleId)?)
            }
            None => None,
        };
        let (corrects, what_changed) = new.corrects.clone().unzip();
        if latest(&*change, new.about).await? != corrects {
            return Ok(None);
        }
        let (part_one, ledger) = new.part_one.clone().unzip();
        let query = "insert into prepared_report (cycle_id, service_id, title, part_one, part_two, \
                 ledger, digest, corrects_id, what_changed, public_waits, built_by, built_at, year, \
                 beside_id) \
             values (cast($1 as bigint), cast($2 as bigint), $3, $4, $5, $6, $7, cast($8 as bigint), \
                 $9, $10, cast($11 as bigint), $12, cast($13 as bigint), cast($14 as bigint)) \
             returning id";
        let values = [
            cycle.map(|id| id.0).into(),
            new.about.service().map(|id| id.0).into(),
            new.title.clone().into(),
            part_one.into(),
            new.part_two.clone().into(),
            ledger.into(),
            new.digest.clone().into(),
            corrects.map(|id| id.0).into(),
            what_changed.as_ref().map(|it| it.words().to_owned()).into(),
            new.public_waits.clone().into(),
            sql::by(stamp),
            sql::time(stamp.at),
            new.about.year().map(i64::from).into(),
            new.beside.map(|id| id.0).into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", PreparedId)?;
        let payload = json!({
            "title": new.title, "about": new.about.to_string(), "sha256": new.digest,
            "corrects": corrects.map(|id| id.0),
            "what_changed": what_changed.as_ref().map(Reason::words),
            "public_waits": new.public_waits,
        });
        let on = format!("prepared report {id}");
        change.keep(Entry { deed: "report.build", on, payload }).await?;
        Ok(Some(id))
    }

    /// Keeps steps of a prepared report, all or none. False if somebody took one in between.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn steps(&self, stamp: &Stamp, new: &NewSteps) -> Result<bool, Fault> {
        if new.what.is_empty() {
            return Ok(true);
        }
        let change = Change::begin(&self.0, stamp).await?;
        let mut noted = Vec::new();
        for (turn, what) in (new.after..).zip(&new.what) {
            let query = "insert into prepared_step \
                     (prepared_id, turn, kind, place, was, ground, words, by_id, at) \
                 values ($1, $2, $3, $4, $5, $6, $7, cast($8 as bigint), $9) \
                 on conflict (prepared_id, turn) do nothing";
            let (kind, [place, was, ground, words]) = read::row_of(what);
            noted.push(json!({
                "step": kind, "place": place, "was": was, "ground": ground, "words": words,
            }));
            let values = [
                new.prepared.0.into(),
                sql::whole(turn),
                kind.into(),
                place.into(),
                was.into(),
                ground.into(),
                words.into(),
                sql::by(stamp),
                sql::time(stamp.at),
            ];
            if sql::run(&*change, query, values).await? == 0 {
                return Ok(false);
            }
        }
        let on = format!("prepared report {}", new.prepared);
        let deed = match new.what.last() {
            Some(What::Approved) => "report.approve",
            Some(What::Cleared(_)) => "report.clear",
            Some(What::Grounded(..)) => "report.ground",
            _ => "report.write",
        };
        change.keep(Entry { deed, on, payload: json!({ "steps": noted }) }).await?;
        Ok(true)
    }

    /// Gives a prepared report to members: keeps both parts whole. None if it was released or built
    /// anew meanwhile, or is not approved; and where another public part was released since this one
    /// was built, because what this one hides was not attacked beside it.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn release(
        &self,
        stamp: &Stamp,
        by: PersonId,
        prepared: &Prepared,
        whole: &NewRelease,
    ) -> Result<Option<ReportId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        hold(&*change).await?;
        let Some(now) = read::one(&*change, prepared.id).await? else { return Ok(None) };
        let corrects = prepared.corrects.as_ref().map(|(id, _)| *id);
        if now.prepared != *prepared
            || now.prepared.release().is_err()
            || latest(&*change, prepared.about).await? != corrects
            || (whole.part_one.is_some() && public::last(&*change).await? != now.beside)
        {
            return Ok(None);
        }
        let query = "insert into report \
                 (cycle_id, service_id, year, title, released_on, released_by, document) \
             select cycle_id, service_id, year, title, $2, cast($3 as bigint), $4 \
             from prepared_report where id = $1 returning id";
        let values = [
            prepared.id.0.into(),
            sql::day(stamp.day()),
            by.0.into(),
            whole.part_two.clone().into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", ReportId)?;
        let query = "insert into report_release (report_id, prepared_id, part_one, ledger, \
                 corrects_id, what_changed, differs) \
             select cast($2 as bigint), id, $3, \
                 case when cast($3 as text) is null then null else ledger end, \
                 corrects_id, what_changed, $4 \
             from prepared_report where id = $1 on conflict do nothing";
        let values = [
            prepared.id.0.into(),
            id.0.into(),
            whole.part_one.clone().into(),
            whole.differs.join("\n").into(),
        ];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(None);
        }
        let payload = json!({
            "title": prepared.title, "about": prepared.about.to_string(),
            "prepared": prepared.id.0,
            "corrects": prepared.corrects.as_ref().map(|(id, _)| id.0),
            "document_sha256": digest(&[], &whole.part_two),
            "part_one_sha256": whole.part_one.as_ref().map(|text| digest(&[], text)),
        });
        change.keep(Entry { deed: "report.release", on: format!("report {id}"), payload }).await?;
        Ok(Some(id))
    }

    /// Every prepared report, the latest first, with what was done to it. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<Prepared>, Fault> {
        read::every(&self.0.read).await
    }

    /// One prepared report with both of its parts as they were built. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: PreparedId) -> Result<Option<Built>, Fault> {
        read::one(&self.0.read, id).await
    }

    /// The released report about this that nothing corrects yet.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn latest(&self, about: About) -> Result<Option<ReportId>, Fault> {
        latest(&self.0.read, about).await
    }
}

async fn latest(on: &impl ConnectionTrait, about: About) -> Result<Option<ReportId>, Fault> {
    let query = format!(
        "select report.id from report left join cycle on cycle.id = report.cycle_id \
         where {} order by report.id desc limit 1",
        about::IS
    );
    let row = sql::first(on, &query, about::values(about)).await?;
    row.map(|row| row.id("id", ReportId)).transpose()
}

/// Reports are built and released one after the other. What is held is the head of the journal, for
/// which every change waits at its end.
async fn hold(on: &impl ConnectionTrait) -> Result<(), Fault> {
    sql::run(on, "update journal_head set size = size where id = 1", []).await?;
    Ok(())
}
