//! Who has read the private part of a report: noted before it is shown.

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::id::{PersonId, PreparedId, ReportId};
use quarterlight_domain::stamp::moment_in_england;

use super::Releases;
use crate::fault::Fault;
use crate::sql;

/// The days between which a search without days looks.
const EARLIEST: Date = jiff::civil::date(2000, 1, 1);
const LATEST: Date = jiff::civil::date(2200, 1, 1);

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

/// Which looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadFilter {
    /// At the private part of this released report, from when it was built.
    pub report: Option<ReportId>,
    /// By this person.
    pub person: Option<PersonId>,
    /// On this day or later.
    pub from: Option<Date>,
    /// On this day or before.
    pub until: Option<Date>,
}

/// A look as a search finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLine {
    /// Who read it, by name.
    pub name: String,
    /// The title of what they read.
    pub title: String,
    /// The report, if it was released by then.
    pub report: Option<ReportId>,
    /// On which page, or as which file.
    pub page: String,
    /// When.
    pub at: Timestamp,
}

impl Releases {
    /// The looks at private parts that pass the filter, the latest first and so many at most; and how
    /// many there are. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn readers(
        &self,
        filter: &ReadFilter,
        most: usize,
    ) -> Result<(Vec<ReadLine>, u32), Fault> {
        let midnight =
            |day: Date| moment_in_england(day.to_datetime(jiff::civil::Time::midnight()));
        let next = filter.until.and_then(|day| day.tomorrow().ok());
        let values: Vec<sea_orm::Value> = vec![
            filter.report.map(|id| id.0).into(),
            filter.person.map(|id| id.0).into(),
            sql::time(midnight(filter.from.unwrap_or(EARLIEST))),
            sql::time(midnight(next.unwrap_or(LATEST))),
        ];
        let from = "from report_look seen \
             join person on person.id = seen.person_id \
             left join report on report.id = seen.report_id \
             left join prepared_report prepared on prepared.id = seen.prepared_id \
             left join report_release release on release.prepared_id = seen.prepared_id \
             where (cast($1 as bigint) is null or seen.report_id = $1 or release.report_id = $1) \
             and (cast($2 as bigint) is null or seen.person_id = $2) \
             and seen.at >= $3 and seen.at < $4";
        let query = format!("select count(*) as matching {from}");
        let count = sql::one(&self.0.read, &query, values.clone()).await?.count("matching")?;
        let query = format!(
            "select person.name, coalesce(report.title, prepared.title) as title, \
             seen.report_id, seen.page, seen.at {from} order by seen.id desc limit {most}"
        );
        let rows = sql::all(&self.0.read, &query, values).await?;
        let line = |row: &sql::Row| {
            Ok(ReadLine {
                name: row.get("name")?,
                title: row.get("title")?,
                report: row.get::<Option<i64>>("report_id")?.map(ReportId),
                page: row.get("page")?,
                at: row.time("at")?,
            })
        };
        Ok((rows.iter().map(line).collect::<Result<_, Fault>>()?, count))
    }

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
