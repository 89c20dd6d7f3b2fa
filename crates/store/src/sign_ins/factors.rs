//! A lost second factor: another administrator ends it, with a reason, and its person is told.

use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use super::events::{Happened, note};
use super::{SignIns, browsers, codes, passkeys, recovery};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sessions::end_all;
use crate::sql;

/// For so long whoever did one half of giving somebody a new start may not do the other.
const APART: SignedDuration = SignedDuration::from_hours(24);

/// One half of giving somebody a new start.
#[derive(Debug, Clone, Copy)]
pub enum Half {
    /// A code for a new password.
    Password,
    /// The end of the second factor.
    Factors,
}

/// The end of somebody's second factor, of which they are to be told by email.
#[derive(Debug, Clone)]
pub struct FactorsToTell {
    /// Which.
    pub id: i64,
    /// Whose.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Who ended it; nobody where that was at the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl SignIns {
    /// Ends what somebody signs in with besides a password, and every session of theirs. False where
    /// whoever does it has made a code for their password within the day: then a second
    /// administrator must, so that no one person takes an account over.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end_factors(
        &self,
        stamp: &Stamp,
        person: PersonId,
        why: &Reason,
        happened: &Happened,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if did(&change, stamp, person, Half::Password).await? {
            return Ok(false);
        }
        codes::end_codes(&change, stamp, person).await?;
        recovery::end(&change, stamp, person).await?;
        passkeys::end(&change, stamp, person).await?;
        end_all(&change, person, None, happened).await?;
        browsers::forget(&*change, person, None).await?;
        let query = "insert into second_factor_ended (person_id, by_id, at, why) \
             values ($1, $2, $3, $4)";
        let values = [person.0.into(), sql::by(stamp), sql::time(stamp.at), why.words().into()];
        sql::run(&*change, query, values).await?;
        note(&*change, happened).await?;
        let on = format!("person {person}");
        let payload = json!({ "why": why.words() });
        change.keep(Entry { deed: "person.factors_ended", on, payload }).await?;
        Ok(true)
    }

    /// Ends every session of somebody else's, and says how many there were.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end_sessions(
        &self,
        stamp: &Stamp,
        person: PersonId,
        why: &Reason,
        happened: &Happened,
    ) -> Result<u64, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let ended = end_all(&change, person, None, happened).await?;
        let on = format!("person {person}");
        let payload = json!({ "sessions": ended, "why": why.words() });
        change.keep(Entry { deed: "session.end_all", on, payload }).await?;
        Ok(ended)
    }

    /// Those of whom nobody was told yet.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn factors_to_tell(&self) -> Result<Vec<FactorsToTell>, Fault> {
        let query = "select it.id, person.name, person.email, other.name as by_name, it.at \
             from second_factor_ended it join person on person.id = it.person_id \
             left join person other on other.id = it.by_id \
             where not exists (select 1 from second_factor_told told where told.ended_id = it.id) \
             order by it.id limit 100";
        let line = |row: &sql::Row| {
            Ok(FactorsToTell {
                id: row.get("id")?,
                name: row.get("name")?,
                email: row.get("email")?,
                by: row.get("by_name")?,
                at: row.time("at")?,
            })
        };
        sql::all(&self.0.read, query, []).await?.iter().map(line).collect()
    }

    /// Notes that somebody was told. Noted twice, it is noted once.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn factors_were_told(&self, id: i64, at: Timestamp) -> Result<(), Fault> {
        let query = "insert into second_factor_told (ended_id, at) values ($1, $2) \
             on conflict (ended_id) do nothing";
        sql::run(&self.0.write, query, [id.into(), sql::time(at)]).await?;
        Ok(())
    }
}

/// Whether whoever does this has done that half for this person within the day. The person's row is
/// held first, so that two halves at once wait for one another.
pub async fn did(
    change: &Change<'_>,
    stamp: &Stamp,
    person: PersonId,
    half: Half,
) -> Result<bool, Fault> {
    let hold = "update person set name = name where id = $1";
    sql::run(&**change, hold, [person.0.into()]).await?;
    let query = match half {
        Half::Password => {
            "select count(*) as done from sign_in_reset \
             where person_id = $1 and made_by = $2 and made_at > $3"
        }
        Half::Factors => {
            "select count(*) as done from second_factor_ended \
             where person_id = $1 and by_id = $2 and at > $3"
        }
    };
    let since = stamp.at.checked_sub(APART).unwrap_or(stamp.at);
    let values = [person.0.into(), sql::by(stamp), sql::time(since)];
    Ok(sql::one(&**change, query, values).await?.count("done")? > 0)
}
