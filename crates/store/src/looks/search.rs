//! Looking through the looks: by record, person, days and kind. Whoever does is noted too.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use quarterlight_domain::id::{PersonId, RecordId};
use quarterlight_domain::stamp::moment_in_england;

use super::{Looks, REASONS, WHY};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// What kind of look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookKind {
    /// At a page.
    Page,
    /// A file that was taken.
    File,
    /// At a restricted record, with a reason.
    Reason,
    /// By break-glass.
    Glass,
}

impl LookKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Page, Self::File, Self::Reason, Self::Glass];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::File => "file",
            Self::Reason => "reason",
            Self::Glass => "glass",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Which looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LookFilter {
    /// At this record.
    pub record: Option<RecordId>,
    /// By this person.
    pub person: Option<PersonId>,
    /// On this day or later.
    pub from: Option<Date>,
    /// On this day or before.
    pub until: Option<Date>,
    /// Of this kind.
    pub kind: Option<LookKind>,
}

/// A look as a search finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookLine {
    /// Who looked, by name.
    pub name: String,
    /// Which record.
    pub record: RecordId,
    /// Its reference.
    pub reference: String,
    /// On which page.
    pub page: String,
    /// When.
    pub at: Timestamp,
    /// Why, where they were asked.
    pub why: Option<String>,
    /// True where it was opened by break-glass.
    pub by_glass: bool,
}

impl Looks {
    /// The looks that pass the filter, the latest first and so many at most; and how many there are.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn search(
        &self,
        filter: &LookFilter,
        most: usize,
    ) -> Result<(Vec<LookLine>, u32), Fault> {
        let kind = match filter.kind {
            None => "1 = 1",
            Some(LookKind::Page) => "look.page not like '%/file%'",
            Some(LookKind::File) => "look.page like '%/file%'",
            Some(LookKind::Reason) => "look.reason_id is not null",
            Some(LookKind::Glass) => "look.glass_id is not null",
        };
        let matching = format!(
            "(cast($1 as bigint) is null or look.record_id = $1) \
             and (cast($2 as bigint) is null or look.person_id = $2) \
             and look.at >= $3 and look.at < $4 and {kind}"
        );
        let midnight = |day: Date| moment_in_england(day.to_datetime(Time::midnight()));
        let from = filter.from.unwrap_or(EARLIEST);
        let until = filter.until.and_then(|day| day.tomorrow().ok()).unwrap_or(LATEST);
        let values: Vec<sea_orm::Value> = vec![
            filter.record.map(|id| id.0).into(),
            filter.person.map(|id| id.0).into(),
            sql::time(midnight(from)),
            sql::time(midnight(until)),
        ];
        let query = format!("select count(*) as matching from look where {matching}");
        let count = sql::one(&self.0.read, &query, values.clone()).await?.count("matching")?;
        let query = format!(
            "select person.name, look.record_id, record.reference, look.page, look.at, \
             look.glass_id, {WHY} from look join person on person.id = look.person_id \
             join record on record.id = look.record_id {REASONS} \
             where {matching} order by look.id desc limit {most}"
        );
        let rows = sql::all(&self.0.read, &query, values).await?;
        Ok((rows.iter().map(line).collect::<Result<_, _>>()?, count))
    }

    /// Notes that somebody, or the command line, looked through the looks, what they asked for and how much was found:
    /// before it is shown.
    ///
    /// # Errors
    /// Fails if the note cannot be kept; then the page must not be shown.
    pub async fn note_search(
        &self,
        person: Option<PersonId>,
        at: Timestamp,
        filter: &LookFilter,
        (found, as_file): (u32, bool),
    ) -> Result<(), Fault> {
        let query = "insert into look_search \
             (person_id, at, record_id, whose_id, from_day, until_day, as_file, found) \
             values (cast($1 as bigint), $2, cast($3 as bigint), cast($4 as bigint), cast($5 as {day}), \
                 cast($6 as {day}), $7, $8)";
        let query = sql::with_types(&self.0.write, query);
        let values = [
            person.map(|id| id.0).into(),
            sql::time(at),
            filter.record.map(|id| id.0).into(),
            filter.person.map(|id| id.0).into(),
            sql::maybe_day(filter.from),
            sql::maybe_day(filter.until),
            as_file.into(),
            i64::from(found).into(),
        ];
        sql::run(&self.0.write, &query, values).await?;
        Ok(())
    }

    /// Who looked through the looks lately, the latest first: the name, the moment, how much was
    /// found, and whether it was taken out as a file.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn searches(&self) -> Result<Vec<(String, Timestamp, u32, bool)>, Fault> {
        let query = "select coalesce(person.name, 'The command line') as name, look_search.at, \
             look_search.found, look_search.as_file from look_search left join person on person.id = look_search.person_id \
             order by look_search.id desc limit 20";
        let rows = sql::all(&self.0.read, query, []).await?;
        rows.iter()
            .map(|row| {
                Ok((row.get("name")?, row.time("at")?, row.count("found")?, row.get("as_file")?))
            })
            .collect()
    }

    /// The record with this reference, be it open still or not.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn record_called(&self, reference: &str) -> Result<Option<RecordId>, Fault> {
        let query = "select id from record where reference = $1";
        let row = sql::first(&self.0.read, query, [reference.into()]).await?;
        row.map(|row| row.id("id", RecordId)).transpose()
    }
}

const EARLIEST: Date = jiff::civil::date(2000, 1, 1);
const LATEST: Date = jiff::civil::date(2200, 1, 1);

fn line(row: &Row) -> Result<LookLine, Fault> {
    Ok(LookLine {
        name: row.get("name")?,
        record: row.id("record_id", RecordId)?,
        reference: row.get("reference")?,
        page: row.get("page")?,
        at: row.time("at")?,
        why: row.get("why")?,
        by_glass: row.get::<Option<i64>>("glass_id")?.is_some(),
    })
}
