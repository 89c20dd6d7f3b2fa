//! New passwords: one's own choice, and the code by which an administrator gives a new start.

use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use super::events::{Happened, note};
use super::factors::{Half, did};
use super::{SignIns, browsers};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sessions::end_all;
use crate::sql;

/// A reset of which its person is to be told by email.
#[derive(Debug, Clone)]
pub struct ResetToTell {
    /// By which it is kept.
    pub digest: Vec<u8>,
    /// By which two letters about it are told to be the same; no part of the code.
    pub word: String,
    /// Whose account it is.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Who made it; nobody where it was made at the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// How long a reset can be used.
const HOLDS: SignedDuration = SignedDuration::from_hours(1);

impl SignIns {
    /// The hash of somebody's password; none while they have none.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn password_of(&self, person: PersonId) -> Result<Option<String>, Fault> {
        let query = "select password from person where id = $1";
        let row = sql::first(&self.0.read, query, [person.0.into()]).await?;
        row.map_or(Ok(None), |row| row.get("password"))
    }

    /// Changes somebody's password, and ends every session of theirs but this one.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn change_password(
        &self,
        stamp: &Stamp,
        (person, hash): (PersonId, &str),
        (session, browser): (&[u8], Option<&[u8]>),
        happened: &Happened,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        set_password(&change, person, hash).await?;
        end_all(&change, person, Some(session), happened).await?;
        browsers::forget(&*change, person, browser).await?;
        end_resets(&change, stamp, person).await?;
        note(&*change, happened).await?;
        let on = format!("person {person}");
        change.keep(Entry { deed: "person.password", on, payload: json!({}) }).await
    }

    /// Keeps the digest of a code by which somebody chooses a new password within the hour. Codes
    /// before it hold no more. What they sign in with goes on until they have chosen.
    ///
    /// False where whoever makes it has ended that person's second factor within the day: the two
    /// together would be the whole account, and take two people.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn keep_reset(
        &self,
        stamp: &Stamp,
        person: PersonId,
        digest: &[u8],
        happened: &Happened,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if did(&change, stamp, person, Half::Factors).await? {
            return Ok(false);
        }
        end_resets(&change, stamp, person).await?;
        let query = "insert into sign_in_reset (digest, person_id, made_by, made_at) \
             values ($1, $2, $3, $4)";
        let values = [digest.to_vec().into(), person.0.into(), sql::by(stamp), sql::time(stamp.at)];
        sql::run(&*change, query, values).await?;
        note(&*change, happened).await?;
        let on = format!("person {person}");
        change.keep(Entry { deed: "person.reset", on, payload: json!({}) }).await?;
        Ok(true)
    }

    /// Whose reset this is; none for a code that was used, superseded, or is older than an hour.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn reset_of(&self, digest: &[u8], at: Timestamp) -> Result<Option<PersonId>, Fault> {
        let query = "select person_id from sign_in_reset \
             where digest = $1 and used_at is null and made_at > $2";
        let since = at.checked_sub(HOLDS).unwrap_or(at);
        let values = [digest.to_vec().into(), sql::time(since)];
        let row = sql::first(&self.0.read, query, values).await?;
        row.map(|row| row.id("person_id", PersonId)).transpose()
    }

    /// Those of whom nobody was told yet.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn resets_to_tell(&self) -> Result<Vec<ResetToTell>, Fault> {
        let query = "select it.digest, it.person_id, person.name, person.email, \
             other.name as by_name, it.made_at from sign_in_reset it \
             join person on person.id = it.person_id \
             left join person other on other.id = it.made_by \
             where it.told_at is null order by it.made_at limit 100";
        let line = |row: &sql::Row| {
            let at = row.time("made_at")?;
            Ok(ResetToTell {
                digest: row.get("digest")?,
                word: format!("{}-{}", row.get::<i64>("person_id")?, at.as_microsecond()),
                name: row.get("name")?,
                email: row.get("email")?,
                by: row.get("by_name")?,
                at,
            })
        };
        sql::all(&self.0.read, query, []).await?.iter().map(line).collect()
    }

    /// Notes that somebody was told of a reset.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn reset_was_told(&self, digest: &[u8], at: Timestamp) -> Result<(), Fault> {
        let query = "update sign_in_reset set told_at = $2 where digest = $1";
        sql::run(&self.0.write, query, [digest.to_vec().into(), sql::time(at)]).await?;
        Ok(())
    }

    /// Uses a reset up: the new password holds, and every session is over. Whatever else they sign in
    /// with is still asked for: a forgotten password is no way round it. False if somebody used it
    /// before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn use_reset(
        &self,
        stamp: &Stamp,
        (person, digest, hash): (PersonId, &[u8], &str),
        happened: &Happened,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update sign_in_reset set used_at = $3 \
             where digest = $1 and person_id = $2 and used_at is null";
        let values = [digest.to_vec().into(), person.0.into(), sql::time(stamp.at)];
        if sql::run(&*change, query, values).await? != 1 {
            return Ok(false);
        }
        set_password(&change, person, hash).await?;
        end_all(&change, person, None, happened).await?;
        browsers::forget(&*change, person, None).await?;
        note(&*change, happened).await?;
        let on = format!("person {person}");
        change.keep(Entry { deed: "person.reset_used", on, payload: json!({}) }).await?;
        Ok(true)
    }
}

async fn set_password(change: &Change<'_>, person: PersonId, hash: &str) -> Result<(), Fault> {
    let query = "update person set password = $2 where id = $1";
    sql::run(&**change, query, [person.0.into(), hash.into()]).await?;
    Ok(())
}

async fn end_resets(change: &Change<'_>, stamp: &Stamp, person: PersonId) -> Result<(), Fault> {
    let query = "update sign_in_reset set used_at = $2 where person_id = $1 and used_at is null";
    sql::run(&**change, query, [person.0.into(), sql::time(stamp.at)]).await?;
    Ok(())
}
