//! One-time codes: the sealed secret that makes them, and which of them are used up.

use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use super::events::{Happened, note};
use super::{SignIns, recovery};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql;

/// What makes somebody's one-time codes.
#[derive(Clone)]
pub struct OneTimeCodes {
    /// Which.
    pub id: i64,
    /// The secret, sealed.
    pub secret: Vec<u8>,
}

/// A secret is never written into a log, sealed or not.
impl std::fmt::Debug for OneTimeCodes {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("OneTimeCodes").field("id", &self.id).finish_non_exhaustive()
    }
}

impl SignIns {
    /// What makes this person's one-time codes; none while they have none.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn codes_of(&self, person: PersonId) -> Result<Option<OneTimeCodes>, Fault> {
        let query = "select id, secret from one_time_code \
             where person_id = $1 and ended_at is null order by id desc limit 1";
        let Some(row) = sql::first(&self.0.read, query, [person.0.into()]).await? else {
            return Ok(None);
        };
        Ok(Some(OneTimeCodes { id: row.get("id")?, secret: row.get("secret")? }))
    }

    /// Switches one-time codes on, by a secret that the person has shown to have, and gives them these
    /// recovery codes. The code of `step` is used up by it.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn switch_codes_on(
        &self,
        stamp: &Stamp,
        (person, sealed, step): (PersonId, &[u8], u64),
        recovery_codes: &[Vec<u8>],
        happened: &Happened,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        end_codes(&change, stamp, person).await?;
        let query = "insert into one_time_code (person_id, secret, made_at, confirmed_at, last_step) \
             values ($1, $2, $3, $3, $4)";
        let values = [
            person.0.into(),
            sealed.to_vec().into(),
            sql::time(stamp.at),
            i64::try_from(step).unwrap_or(i64::MAX).into(),
        ];
        sql::run(&*change, query, values).await?;
        if !recovery_codes.is_empty() {
            recovery::replace(&change, stamp, person, recovery_codes).await?;
        }
        note(&*change, happened).await?;
        let on = format!("person {person}");
        change.keep(Entry { deed: "person.codes_on", on, payload: json!({}) }).await
    }

    /// Switches one-time codes off.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn switch_codes_off(
        &self,
        stamp: &Stamp,
        person: PersonId,
        happened: &Happened,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        end_codes(&change, stamp, person).await?;
        note(&*change, happened).await?;
        let on = format!("person {person}");
        change.keep(Entry { deed: "person.codes_off", on, payload: json!({}) }).await
    }

    /// Uses the code of this half minute up. False if it was used before, on this server or another:
    /// the same row decides for all of them.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn use_code(&self, codes: i64, step: u64) -> Result<bool, Fault> {
        let query = "update one_time_code set last_step = $2 \
             where id = $1 and ended_at is null and last_step < $2";
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        Ok(sql::run(&self.0.write, query, [codes.into(), step.into()]).await? == 1)
    }
}

/// Whatever made codes makes none any more.
pub async fn end_codes(change: &Change<'_>, stamp: &Stamp, person: PersonId) -> Result<(), Fault> {
    let query = "update one_time_code set ended_at = $2 where person_id = $1 and ended_at is null";
    sql::run(&**change, query, [person.0.into(), sql::time(stamp.at)]).await?;
    Ok(())
}
