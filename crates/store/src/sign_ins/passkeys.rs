//! Passkeys: public keys, each with how often its owner's device says that it was used.

use jiff::Timestamp;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use super::SignIns;
use super::events::{Happened, note};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// A passkey that somebody adds.
#[derive(Debug, Clone)]
pub struct NewPasskey {
    /// Whose.
    pub person: PersonId,
    /// What they call it.
    pub name: String,
    /// By which their device calls it, as text.
    pub credential: String,
    /// The public key with what was said when it was made, as JSON.
    pub passkey: String,
}

/// A passkey that is kept.
#[derive(Debug, Clone)]
pub struct KeptPasskey {
    /// Which.
    pub id: i64,
    /// Whose.
    pub person: PersonId,
    /// What they call it.
    pub name: String,
    /// The public key with what was said when it was made, as JSON.
    pub passkey: String,
    /// When it was added.
    pub made: Timestamp,
    /// When somebody last signed in with it.
    pub used: Option<Timestamp>,
}

impl SignIns {
    /// Adds a passkey.
    ///
    /// # Errors
    /// Fails if it is somebody's already: see [`Fault::is_duplicate`].
    pub async fn add_passkey(
        &self,
        stamp: &Stamp,
        new: &NewPasskey,
        happened: &Happened,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into passkey (person_id, name, credential, passkey, counter, made_at) \
             values ($1, $2, $3, $4, 0, $5)";
        let values = [
            new.person.0.into(),
            new.name.clone().into(),
            new.credential.clone().into(),
            new.passkey.clone().into(),
            sql::time(stamp.at),
        ];
        sql::run(&*change, query, values).await?;
        note(&*change, happened).await?;
        let on = format!("person {}", new.person);
        let payload = json!({ "passkey": new.name });
        change.keep(Entry { deed: "person.passkey_add", on, payload }).await
    }

    /// Somebody's passkeys, the oldest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn passkeys_of(&self, person: PersonId) -> Result<Vec<KeptPasskey>, Fault> {
        let query = format!("{SELECT} person_id = $1 and ended_at is null order by id");
        sql::all(&self.0.read, &query, [person.0.into()]).await?.iter().map(kept).collect()
    }

    /// The passkey that a device calls by this word.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn passkey(&self, credential: &str) -> Result<Option<KeptPasskey>, Fault> {
        let query = format!("{SELECT} credential = $1 and ended_at is null");
        sql::first(&self.0.read, &query, [credential.into()]).await?.as_ref().map(kept).transpose()
    }

    /// Notes that a passkey was used for the so-manieth time. False where its device has said so
    /// before: then there are two of it, and it must not open.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn use_passkey(
        &self,
        id: i64,
        (counter, passkey): (u32, &str),
        at: Timestamp,
    ) -> Result<bool, Fault> {
        // A passkey that its makers keep the same on many devices counts nothing, and says 0.
        let query = "update passkey set counter = $2, passkey = $3, used_at = $4 \
             where id = $1 and ended_at is null and (counter < $2 or (counter = 0 and $2 = 0))";
        let values = [id.into(), i64::from(counter).into(), passkey.into(), sql::time(at)];
        Ok(sql::run(&self.0.write, query, values).await? == 1)
    }

    /// Removes one of somebody's passkeys. False if it is none of theirs.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn remove_passkey(
        &self,
        stamp: &Stamp,
        (person, id): (PersonId, i64),
        happened: &Happened,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update passkey set ended_at = $3 \
             where id = $1 and person_id = $2 and ended_at is null";
        let values = [id.into(), person.0.into(), sql::time(stamp.at)];
        if sql::run(&*change, query, values).await? != 1 {
            return Ok(false);
        }
        note(&*change, happened).await?;
        let on = format!("person {person}");
        let payload = json!({ "passkey": happened.detail });
        change.keep(Entry { deed: "person.passkey_remove", on, payload }).await?;
        Ok(true)
    }
}

/// None of their passkeys opens any more.
pub async fn end(change: &Change<'_>, stamp: &Stamp, person: PersonId) -> Result<(), Fault> {
    let query = "update passkey set ended_at = $2 where person_id = $1 and ended_at is null";
    sql::run(&**change, query, [person.0.into(), sql::time(stamp.at)]).await?;
    Ok(())
}

const SELECT: &str = "select id, person_id, name, passkey, made_at, used_at from passkey where";

fn kept(row: &Row) -> Result<KeptPasskey, Fault> {
    Ok(KeptPasskey {
        id: row.get("id")?,
        person: row.id("person_id", PersonId)?,
        name: row.get("name")?,
        passkey: row.get("passkey")?,
        made: row.time("made_at")?,
        used: row.maybe_time("used_at")?,
    })
}
