//! Recovery codes: each opens once, where the telephone is lost.

use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use super::SignIns;
use super::events::{Happened, note};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql;

impl SignIns {
    /// Gives somebody new recovery codes, by their digests. Those before hold no more.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn give_recovery_codes(
        &self,
        stamp: &Stamp,
        person: PersonId,
        digests: &[Vec<u8>],
        happened: &Happened,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        replace(&change, stamp, person, digests).await?;
        note(&*change, happened).await?;
        let on = format!("person {person}");
        let payload = json!({ "codes": digests.len() });
        change.keep(Entry { deed: "person.recovery_codes", on, payload }).await
    }

    /// Uses a recovery code up. False if it is none of theirs, or was used before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn use_recovery_code(
        &self,
        stamp: &Stamp,
        person: PersonId,
        digest: &[u8],
        happened: &Happened,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update recovery_code set used_at = $3 where digest = $1 and person_id = $2 \
             and used_at is null and ended_at is null";
        let values = [digest.to_vec().into(), person.0.into(), sql::time(stamp.at)];
        if sql::run(&*change, query, values).await? != 1 {
            return Ok(false);
        }
        note(&*change, happened).await?;
        let on = format!("person {person}");
        change.keep(Entry { deed: "person.recovery_code", on, payload: json!({}) }).await?;
        Ok(true)
    }
}

/// New codes in place of those before.
pub async fn replace(
    change: &Change<'_>,
    stamp: &Stamp,
    person: PersonId,
    digests: &[Vec<u8>],
) -> Result<(), Fault> {
    end(change, stamp, person).await?;
    for digest in digests {
        let query = "insert into recovery_code (digest, person_id, made_at) values ($1, $2, $3)";
        let values = [digest.clone().into(), person.0.into(), sql::time(stamp.at)];
        sql::run(&**change, query, values).await?;
    }
    Ok(())
}

/// No recovery code of theirs holds any more.
pub async fn end(change: &Change<'_>, stamp: &Stamp, person: PersonId) -> Result<(), Fault> {
    let query = "update recovery_code set ended_at = $2 \
         where person_id = $1 and used_at is null and ended_at is null";
    sql::run(&**change, query, [person.0.into(), sql::time(stamp.at)]).await?;
    Ok(())
}
