//! What of released reports is public: Part I, and what corrects what.

use jiff::civil::Date;
use quarterlight_domain::id::ReportId;
use quarterlight_domain::release::about::About;
use sea_orm::ConnectionTrait;

use super::{Releases, about};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// A released report with a Part I, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicLine {
    /// Its id.
    pub id: ReportId,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub about: About,
    /// When it was released.
    pub released_on: Date,
    /// The public report that it corrects.
    pub corrects: Option<ReportId>,
    /// The public report that corrects it.
    pub corrected_by: Option<ReportId>,
    /// True where the public part of a correction waits, because it could not be made public. Where
    /// the private part alone was wrong, nothing waits.
    pub waits: bool,
}

/// What a released report corrects, what corrects it, and why its public part waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    /// The report that it corrects, and what it says of what changed.
    pub corrects: Option<(ReportId, String)>,
    /// The report that corrects it.
    pub corrected_by: Option<ReportId>,
    /// Why it was released without a public part; none where it has one, or none is meant to be.
    pub public_waits: Option<String>,
    /// Where its private part differs from that of what it corrects, if it has no public part.
    pub differs: Vec<String>,
}

/// A released Part I, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicReport {
    /// What a list shows.
    pub line: PublicLine,
    /// Part I, as the text that it was released as.
    pub part_one: String,
    /// Part I of the quarter before, as it stands corrected, where there is one.
    pub before: Option<String>,
    /// What a correction says of what changed.
    pub what_changed: Option<String>,
    /// Where it differs from what it corrects.
    pub differs: Vec<String>,
}

/// A correction may have no public part, so what a public report corrects, and what corrects it, is
/// the public one before and after it.
const LINES: &str = "report.id, report.title, cycle.quarter, report.service_id, report.year, \
         report.released_on, \
         (select max(other.id) from report other \
             join report_release given on given.report_id = other.id \
             where (other.cycle_id = report.cycle_id or other.year = report.year) and given.part_one is not null \
             and other.id < report.id) as corrects_id, \
         (select min(other.id) from report other \
             join report_release given on given.report_id = other.id \
             where (other.cycle_id = report.cycle_id or other.year = report.year) and given.part_one is not null \
             and other.id > report.id) as corrected_by, \
         (select count(*) from report other \
             join report_release given on given.report_id = other.id \
             join prepared_report built on built.id = given.prepared_id \
             where (other.cycle_id = report.cycle_id or other.year = report.year) \
             and other.service_id is null and given.part_one is null \
             and built.public_waits is not null and other.id > report.id \
             and not exists (select 1 from report last where last.service_id is null \
                 and (last.cycle_id = other.cycle_id or last.year = other.year) \
                 and last.id > other.id)) as private_since \
     from report left join cycle on cycle.id = report.cycle_id \
     join report_release release on release.report_id = report.id";

/// What a released Part I prints and hides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicLedger {
    /// Of which report.
    pub report: ReportId,
    /// What that is about.
    pub about: About,
    /// The ledger, as it was kept.
    pub text: String,
}

/// The last report that has a public part.
pub async fn last(on: &impl ConnectionTrait) -> Result<Option<ReportId>, Fault> {
    let query = "select max(report_id) as last from report_release where part_one is not null";
    sql::one(on, query, []).await?.maybe_id("last", ReportId)
}

impl Releases {
    /// What every released Part I prints and hides, the first released first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn ledgers(&self) -> Result<Vec<PublicLedger>, Fault> {
        let query = "select report.id, cycle.quarter, report.service_id, report.year, \
                 release.ledger \
             from report_release release join report on report.id = release.report_id \
             left join cycle on cycle.id = report.cycle_id \
             where release.ledger is not null order by report.id";
        let ledger = |row: &Row| {
            let report = row.id("id", ReportId)?;
            Ok(PublicLedger { report, about: about(row)?, text: row.get("ledger")? })
        };
        sql::all(&self.0.read, query, []).await?.iter().map(ledger).collect()
    }

    /// Every released report that has a Part I, the latest quarter first. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn public(&self) -> Result<Vec<PublicLine>, Fault> {
        let query = format!(
            "select {LINES} where release.part_one is not null \
             order by coalesce(cycle.quarter, cast(report.year as text)) desc, report.id desc \
             limit 500"
        );
        sql::all(&self.0.read, &query, []).await?.iter().map(line).collect()
    }

    /// One released Part I, with that of the quarter before. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn part_one(&self, id: ReportId) -> Result<Option<PublicReport>, Fault> {
        let query = format!(
            "select release.part_one, release.what_changed, release.differs, {LINES} \
             where report.id = $1 and release.part_one is not null"
        );
        let Some(row) = sql::first(&self.0.read, &query, [id.0.into()]).await? else {
            return Ok(None);
        };
        let line = line(&row)?;
        let before = match line.about.quarter() {
            Some(quarter) => {
                let query = "select release.part_one from report_release release \
                     join report on report.id = release.report_id \
                     join cycle on cycle.id = report.cycle_id \
                     where cycle.quarter = $1 and release.part_one is not null \
                     order by report.id desc limit 1";
                sql::first(&self.0.read, query, [quarter.before().to_string().into()]).await?
            }
            None => None,
        };
        let differs: String = row.get("differs")?;
        // A first public part corrects nothing that the public has.
        let what_changed: Option<String> = row.get("what_changed")?;
        let what_changed = what_changed.filter(|_| line.corrects.is_some());
        Ok(Some(PublicReport {
            line,
            part_one: row.get("part_one")?,
            before: before.map(|row| row.get("part_one")).transpose()?,
            what_changed,
            differs: differs.lines().map(str::to_owned).collect(),
        }))
    }

    /// What a released report corrects, what it says of that, what corrects it, and why its public
    /// part waits. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn corrections(&self, id: ReportId) -> Result<Corrections, Fault> {
        let query = "select release.corrects_id, release.what_changed, \
                 later.report_id as corrected_by, prepared.public_waits, \
                 case when release.part_one is null then release.differs end as differs \
             from report left join report_release release on release.report_id = report.id \
             left join prepared_report prepared on prepared.id = release.prepared_id \
             left join report_release later on later.corrects_id = report.id \
             where report.id = $1";
        let Some(row) = sql::first(&self.0.read, query, [id.0.into()]).await? else {
            return Ok(Corrections::default());
        };
        let corrects = match row.maybe_id("corrects_id", ReportId)? {
            Some(report) => Some((report, row.get("what_changed")?)),
            None => None,
        };
        Ok(Corrections {
            corrects,
            corrected_by: row.maybe_id("corrected_by", ReportId)?,
            public_waits: row.get("public_waits")?,
            differs: row
                .get::<Option<String>>("differs")?
                .map_or_else(Vec::new, |it| it.lines().map(str::to_owned).collect()),
        })
    }
}

fn line(row: &Row) -> Result<PublicLine, Fault> {
    Ok(PublicLine {
        id: row.id("id", ReportId)?,
        title: row.get("title")?,
        about: about(row)?,
        released_on: row.day("released_on")?,
        corrects: row.maybe_id("corrects_id", ReportId)?,
        corrected_by: row.maybe_id("corrected_by", ReportId)?,
        waits: row.maybe_id("corrected_by", ReportId)?.is_none() && row.count("private_since")? > 0,
    })
}
