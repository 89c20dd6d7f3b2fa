//! Who looked at which record.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::access::restriction::FORM_LASTS;
use quarterlight_domain::id::{PersonId, RecordId};
use quarterlight_domain::stamp::day_in_england;

use crate::engine::Engine;
use crate::fault::Fault;
use crate::restrictions::IS_RESTRICTED;
use crate::sql::{self, Row};

mod search;
mod thresholds;
mod unusual;

pub use search::{LookFilter, LookKind, LookLine};
pub use thresholds::KeptThresholds;
pub use unusual::SettledLook;

/// Who looked at which record. A look is noted before the page is shown: no note, no page.
#[derive(Debug, Clone)]
pub struct Looks(pub(crate) Arc<Engine>);

/// Somebody's look at a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who looked.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// On which page.
    pub page: String,
    /// When.
    pub at: Timestamp,
    /// Why, where the record was restricted or opened by break-glass.
    pub why: Option<String>,
    /// True where it was opened by break-glass.
    pub by_glass: bool,
}

/// Whether a look may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Noted {
    /// It is noted, and the page may be shown.
    Yes,
    /// The record is restricted, and the person has not said why they open it: nothing is noted, and nothing may be
    /// shown.
    AskWhy,
}

impl Looks {
    /// Notes a look, before anything of the record is shown. Of a restricted record it notes none
    /// until the person has said why they open it. One statement, which decides and notes at once.
    ///
    /// # Errors
    /// Fails if the note cannot be kept; then the page must not be shown.
    pub async fn note(
        &self,
        person: PersonId,
        record: RecordId,
        page: &str,
        at: Timestamp,
    ) -> Result<Noted, Fault> {
        let reason = behind("look_reason");
        let glass = behind("glass");
        let query = format!(
            "insert into look (person_id, record_id, page, at, reason_id, glass_id) \
             select cast($1 as bigint), cast($2 as bigint), cast($3 as text), \
                 cast($4 as {{time}}), ({reason}), ({glass}) \
             where not {IS_RESTRICTED} or ({reason}) is not null or ({glass}) is not null"
        );
        let query = sql::with_types(&self.0.write, &query);
        let values = [
            person.0.into(),
            record.0.into(),
            page.into(),
            sql::time(at),
            sql::day(day_in_england(at)),
        ];
        let kept = sql::run(&self.0.write, &query, values).await?;
        Ok(if kept == 0 { Noted::AskWhy } else { Noted::Yes })
    }

    /// Whether what somebody sends about a record may be taken: it may be shown to them again. A
    /// reason that they gave within a session's length is enough, so that nothing that was typed is lost.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn may_send(
        &self,
        person: PersonId,
        record: RecordId,
        at: Timestamp,
    ) -> Result<bool, Fault> {
        let query = format!(
            "select 1 as may where not {IS_RESTRICTED} \
             or exists (select 1 from look_reason given where given.person_id = $1 \
                 and given.record_id = $2 and given.at > $3) \
             or exists (select 1 from glass where glass.person_id = $1 \
                 and glass.record_id = $2 and glass.at <= $4 and glass.until_at > $4)"
        );
        let values = [
            person.0.into(),
            record.0.into(),
            sql::time(at.saturating_sub(FORM_LASTS).unwrap_or(at)),
            sql::time(at),
            sql::day(day_in_england(at)),
        ];
        Ok(sql::first(&self.0.read, &query, values).await?.is_some())
    }

    /// The pages about a record under a path that somebody has opened: an audit shows its auditor
    /// what they have looked at and not answered.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn opened_by(
        &self,
        person: PersonId,
        record: RecordId,
        under: &str,
    ) -> Result<BTreeSet<String>, Fault> {
        let query = "select distinct page from look \
             where record_id = $1 and person_id = $2 and substr(page, 1, length($3)) = $3";
        let values = [record.0.into(), person.0.into(), under.into()];
        sql::all(&self.0.read, query, values).await?.iter().map(|row| row.get("page")).collect()
    }

    /// Everybody who looked at a record, the latest first, two hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn at_record(&self, record: RecordId) -> Result<Vec<Look>, Fault> {
        let query = format!(
            "select look.person_id, person.name, look.page, look.at, look.glass_id, {WHY} \
             from look join person on person.id = look.person_id {REASONS} \
             where look.record_id = $1 order by look.id desc limit 200"
        );
        sql::all(&self.0.read, &query, [record.0.into()]).await?.iter().map(look).collect()
    }
}

fn look(row: &Row) -> Result<Look, Fault> {
    Ok(Look {
        person: row.id("person_id", PersonId)?,
        name: row.get("name")?,
        page: row.get("page")?,
        at: row.time("at")?,
        why: row.get("why")?,
        by_glass: row.get::<Option<i64>>("glass_id")?.is_some(),
    })
}

/// Why somebody looked, for a query that has [`REASONS`].
const WHY: &str = "coalesce(glass.why, reason.why) as why";

/// What stood behind a look.
const REASONS: &str = "left join look_reason reason on reason.id = look.reason_id \
     left join glass on glass.id = look.glass_id";

/// What stands behind a look at this moment, if anything does.
fn behind(table: &str) -> String {
    format!(
        "select max({table}.id) from {table} where {table}.person_id = $1 \
         and {table}.record_id = $2 and {table}.at <= $4 and {table}.until_at > $4"
    )
}
