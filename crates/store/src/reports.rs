//! Reports that were released. A released report is kept whole and never changes.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::{PersonId, PlaceId, ReportId};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Reports that were released.
#[derive(Debug, Clone)]
pub struct Reports(pub(crate) Arc<Engine>);

/// A released report as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// Its id.
    pub id: ReportId,
    /// Its title.
    pub title: String,
    /// The quarter that it is about.
    pub quarter: Quarter,
    /// When it was released.
    pub released_on: Date,
}

/// A released report, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedReport {
    /// What a list shows.
    pub line: ReportLine,
    /// The document, as the text that it was released as.
    pub document: String,
}

impl Reports {
    /// Releases a report: keeps its document as it is.
    ///
    /// # Errors
    /// Fails if the quarter has no cycle, or if the database cannot be written.
    pub async fn release(
        &self,
        stamp: &Stamp,
        by: PersonId,
        (quarter, service): (Quarter, Option<PlaceId>),
        title: &str,
        document: &str,
    ) -> Result<ReportId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into report \
             (cycle_id, service_id, title, released_on, released_by, document) \
             select cycle.id, cast($2 as bigint), $3, $4, cast($5 as bigint), $6 from cycle \
             where cycle.quarter = $1 returning id";
        let values = [
            quarter.to_string().into(),
            service.map(|id| id.0).into(),
            title.into(),
            sql::day(stamp.day()),
            by.0.into(),
            document.into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", ReportId)?;
        let payload = json!({
            "title": title, "quarter": quarter.to_string(),
            "document_sha256": crate::journal::digest(&[], document),
        });
        change.keep(Entry { deed: "report.release", on: format!("report {id}"), payload }).await?;
        Ok(id)
    }

    /// Every released report, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<ReportLine>, Fault> {
        let query = "select report.id, report.title, cycle.quarter, report.released_on \
             from report join cycle on cycle.id = report.cycle_id order by report.id desc";
        sql::all(&self.0.read, query, []).await?.iter().map(line).collect()
    }

    /// The report with this id, whole.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: ReportId) -> Result<Option<ReleasedReport>, Fault> {
        let query = "select report.id, report.title, cycle.quarter, report.released_on, \
             report.document \
             from report join cycle on cycle.id = report.cycle_id where report.id = $1";
        let row = sql::first(&self.0.read, query, [id.0.into()]).await?;
        row.map(|row| Ok(ReleasedReport { line: line(&row)?, document: row.get("document")? }))
            .transpose()
    }
}

fn line(row: &Row) -> Result<ReportLine, Fault> {
    Ok(ReportLine {
        id: row.id("id", ReportId)?,
        title: row.get("title")?,
        quarter: row.parse("quarter", str::parse)?,
        released_on: row.day("released_on")?,
    })
}
