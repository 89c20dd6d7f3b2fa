//! Records opened by break-glass: by whom, why, who was told, and what somebody else said to it.

use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::access::glass::{NewOpening, OPEN_FOR, Opening, Review};
use quarterlight_domain::id::{GlassId, PersonId, RecordId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::line;
use crate::records::CURRENT;
use crate::sql::{self, Row};

mod mail;

pub use mail::ToTellOfOpening;

/// Records opened by break-glass.
#[derive(Debug, Clone)]
pub struct Openings(pub(crate) Arc<Engine>);

impl Openings {
    /// Opens one record to one person for half an hour, and notes whom that is told to: all of it before
    /// anything is shown. None if this form came before.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing is open.
    pub async fn open(
        &self,
        stamp: &Stamp,
        new: &NewOpening,
        form_key: &str,
        told: &[PersonId],
    ) -> Result<Option<GlassId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = format!(
            "insert into glass (form_key, person_id, record_id, team_id, at, until_at, why) \
             values ($1, $2, $3, (select team_id from case_list_line where record_id = $3 \
                 and case_list_id = ({CURRENT})), $4, $5, $6) \
             on conflict (form_key) do nothing returning id"
        );
        let until = stamp.at.saturating_add(OPEN_FOR).unwrap_or(stamp.at);
        let values = [
            form_key.into(),
            new.person.0.into(),
            new.record.0.into(),
            sql::time(stamp.at),
            sql::time(until),
            new.why.words().into(),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(None) };
        let id = row.id("id", GlassId)?;
        if !told.is_empty() {
            let query = format!(
                "insert into glass_notice (glass_id, person_id, at) values {} \
                 on conflict (glass_id, person_id) do nothing",
                sql::tuples(&*change, told.len(), 3)
            );
            let values = told.iter().flat_map(|to| [id.0.into(), to.0.into(), sql::time(stamp.at)]);
            sql::run(&*change, &query, values).await?;
        }
        let told: Vec<i64> = told.iter().map(|to| to.0).collect();
        let payload = json!({
            "record": new.record.0, "why": new.why.words(), "until": until.to_string(),
            "told": told,
        });
        change.keep(Entry { deed: "glass.break", on: format!("glass {id}"), payload }).await?;
        Ok(Some(id))
    }

    /// Keeps that somebody tried to open a record that is not there, or that they may read anyway: a
    /// try is seen, whatever came of it.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn tried(&self, stamp: &Stamp, reference: &str, why: &Reason) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let payload = json!({ "reference": reference, "reason": why.words() });
        change.keep(Entry { deed: "glass.try", on: "glass".to_owned(), payload }).await
    }

    /// What is open to somebody at a moment: one record, or one and then another.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn open_to(&self, person: PersonId, at: Timestamp) -> Result<Vec<Opening>, Fault> {
        let query = format!(
            "{SELECT} where glass.person_id = $1 and glass.at <= $2 and glass.until_at > $2 \
             order by glass.id desc"
        );
        let values = [person.0.into(), sql::time(at)];
        sql::all(&self.0.read, &query, values).await?.iter().map(read).collect()
    }

    /// When the first of all was opened; none while none was.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn first(&self) -> Result<Option<Timestamp>, Fault> {
        let row = sql::one(&self.0.read, "select min(at) as at from glass", []).await?;
        row.maybe_time("at")
    }

    /// What was opened from one moment until before another, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn between(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Opening>, Fault> {
        let query =
            format!("{SELECT} where glass.at >= $1 and glass.at < $2 order by glass.id desc");
        let values = [sql::time(from), sql::time(until)];
        sql::all(&self.0.read, &query, values).await?.iter().map(read).collect()
    }

    /// What nobody has reviewed, the oldest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn waiting(&self) -> Result<Vec<Opening>, Fault> {
        let query = format!("{SELECT} where review.glass_id is null order by glass.id");
        sql::all(&self.0.read, &query, []).await?.iter().map(read).collect()
    }

    /// The opening with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: GlassId) -> Result<Option<Opening>, Fault> {
        let query = format!("{SELECT} where glass.id = $1");
        sql::first(&self.0.read, &query, [id.0.into()]).await?.as_ref().map(read).transpose()
    }

    /// Who was told of it, by name.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn told(&self, id: GlassId) -> Result<Vec<String>, Fault> {
        let query = "select person.name from glass_notice notice \
             join person on person.id = notice.person_id \
             where notice.glass_id = $1 order by person.name, person.id";
        let rows = sql::all(&self.0.read, query, [id.0.into()]).await?;
        rows.iter().map(|row| row.get("name")).collect()
    }

    /// Keeps what somebody else says to it. False if somebody was quicker, or if it is their own.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn review(
        &self,
        stamp: &Stamp,
        id: GlassId,
        justified: bool,
        words: &Reason,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into glass_review (glass_id, by_id, at, justified, words) \
             select glass.id, cast($2 as bigint), cast($3 as {time}), cast($4 as boolean), $5 \
             from glass where glass.id = $1 and glass.person_id <> cast($2 as bigint) \
             on conflict (glass_id) do nothing";
        let query = sql::with_types(&*change, query);
        let values = [
            id.0.into(),
            sql::by(stamp),
            sql::time(stamp.at),
            justified.into(),
            words.words().into(),
        ];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "justified": justified, "words": words.words() });
        change.keep(Entry { deed: "glass.review", on: format!("glass {id}"), payload }).await?;
        Ok(true)
    }
}

const SELECT: &str = "select glass.id, glass.person_id, person.name, glass.record_id, \
     record.reference, glass.team_id, path.service_id, path.directorate_id, path.authority_id, \
     glass.at, glass.until_at, glass.why, review.by_id, reviewer.name as reviewer, \
     review.at as reviewed_at, review.justified, review.words from glass \
     join person on person.id = glass.person_id join record on record.id = glass.record_id \
     left join team_path path on path.team_id = glass.team_id \
     left join glass_review review on review.glass_id = glass.id \
     left join person reviewer on reviewer.id = review.by_id";

fn read(row: &Row) -> Result<Opening, Fault> {
    Ok(Opening {
        id: row.id("id", GlassId)?,
        person: row.id("person_id", PersonId)?,
        name: row.get("name")?,
        record: row.id("record_id", RecordId)?,
        reference: row.get("reference")?,
        whereabouts: line::whereabouts(row)?,
        why: row.get("why")?,
        at: row.time("at")?,
        until: row.time("until_at")?,
        review: match row.maybe_id("by_id", PersonId)? {
            None => None,
            Some(by) => Some(Review {
                by,
                name: row.get("reviewer")?,
                at: row.time("reviewed_at")?,
                justified: row.get("justified")?,
                words: row.get("words")?,
            }),
        },
    })
}
