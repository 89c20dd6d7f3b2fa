//! Reports that were released. A released report is kept whole and never changes.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::id::ReportId;
use quarterlight_domain::release::about::About;

use crate::engine::Engine;
use crate::fault::Fault;
use crate::releases::about;
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
    /// What it is about.
    pub about: About,
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
    /// Every released report, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<ReportLine>, Fault> {
        let query = "select report.id, report.title, cycle.quarter, report.service_id, report.year, \
             report.released_on from report left join cycle on cycle.id = report.cycle_id order by report.id desc";
        sql::all(&self.0.read, query, []).await?.iter().map(line).collect()
    }

    /// The report with this id, whole.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: ReportId) -> Result<Option<ReleasedReport>, Fault> {
        let query = "select report.id, report.title, cycle.quarter, report.service_id, report.year, \
             report.released_on, report.document from report left join cycle on cycle.id = report.cycle_id where report.id = $1";
        let row = sql::first(&self.0.read, query, [id.0.into()]).await?;
        row.map(|row| Ok(ReleasedReport { line: line(&row)?, document: row.get("document")? }))
            .transpose()
    }
}

fn line(row: &Row) -> Result<ReportLine, Fault> {
    Ok(ReportLine {
        id: row.id("id", ReportId)?,
        title: row.get("title")?,
        about: about(row)?,
        released_on: row.day("released_on")?,
    })
}
