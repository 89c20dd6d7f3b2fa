//! Who has read the private part of a report: noted before it is shown.

use jiff::Timestamp;
use quarterlight_domain::id::{PersonId, PreparedId, ReportId};

use super::Releases;
use crate::fault::Fault;
use crate::sql;

/// Whose private part was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// That of a released report.
    Report(ReportId),
    /// That of one that is being prepared.
    Prepared(PreparedId),
}

/// Somebody's look at a private part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLook {
    /// Who looked, by name.
    pub name: String,
    /// On which page.
    pub page: String,
    /// When.
    pub at: Timestamp,
}

impl Releases {
    /// Notes a look at a private part, before anything of it is shown.
    ///
    /// # Errors
    /// Fails if the note cannot be kept; then the page must not be shown.
    pub async fn note_look(
        &self,
        person: PersonId,
        seen: Seen,
        page: &str,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let (report, prepared) = match seen {
            Seen::Report(id) => (Some(id.0), None),
            Seen::Prepared(id) => (None, Some(id.0)),
        };
        let query = "insert into report_look (person_id, report_id, prepared_id, page, at) \
             values ($1, cast($2 as bigint), cast($3 as bigint), $4, $5)";
        let values = [person.0.into(), report.into(), prepared.into(), page.into(), sql::time(at)];
        sql::run(&self.0.write, query, values).await?;
        Ok(())
    }

    /// Who has read the private part of a released report, the latest first, two hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn looks(&self, report: ReportId) -> Result<Vec<ReportLook>, Fault> {
        let query = "select person.name, report_look.page, report_look.at from report_look \
             join person on person.id = report_look.person_id \
             where report_look.report_id = $1 order by report_look.id desc limit 200";
        let rows = sql::all(&self.0.read, query, [report.0.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(ReportLook {
                    name: row.get("name")?,
                    page: row.get("page")?,
                    at: row.time("at")?,
                })
            })
            .collect()
    }
}
