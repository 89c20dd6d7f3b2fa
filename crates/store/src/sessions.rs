//! Who is signed in, and since when.

use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::person::Person;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::people::grant;
use crate::sql;

/// Who is signed in. A session is known by the SHA-256 of its token, never by the token.
#[derive(Debug, Clone)]
pub struct Sessions(pub(crate) Arc<Engine>);

/// A session and its person, with their grants.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who is signed in.
    pub person: Person,
    /// When they signed in.
    pub started: Timestamp,
    /// When they were last seen, to within a minute.
    pub seen: Timestamp,
}

impl Sessions {
    /// The session with this token.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn find(&self, token: &[u8]) -> Result<Option<Session>, Fault> {
        let query = "select person.id, person.name, session.started_at, session.seen_at, \
             grant_standing.role, grant_standing.place_id, grant_standing.from_day, \
             grant_standing.until_day \
             from session \
             join person on person.id = session.person_id \
             left join grant_standing on grant_standing.person_id = person.id \
             where session.token = $1 order by grant_standing.id";
        let rows = sql::all(&self.0.read, query, [token.to_vec().into()]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let mut grants = Vec::new();
        for row in &rows {
            grants.extend(grant(row)?);
        }
        let person = Person { id: row.id("id", PersonId)?, name: row.get("name")?, grants };
        Ok(Some(Session { person, started: row.time("started_at")?, seen: row.time("seen_at")? }))
    }

    /// Begins a session.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn start(&self, stamp: &Stamp, token: &[u8], person: PersonId) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into session (token, person_id, started_at, seen_at) \
             values ($1, $2, $3, $4)";
        let at = sql::time(stamp.at);
        sql::run(&*change, query, [token.to_vec().into(), person.0.into(), at.clone(), at]).await?;
        let on = format!("person {person}");
        change.keep(Entry { deed: "session.start", on, payload: json!({}) }).await
    }

    /// Notes that somebody is still there. It is no change, and leaves no line in the journal.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn touch(&self, token: &[u8], at: Timestamp) -> Result<(), Fault> {
        let query = "update session set seen_at = $2 where token = $1";
        sql::run(&self.0.write, query, [token.to_vec().into(), sql::time(at)]).await?;
        Ok(())
    }

    /// Ends a session. What its browser kept sealed for a place without a network can be opened no
    /// more, whatever became of that browser.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end(&self, stamp: &Stamp, token: &[u8], person: PersonId) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let keys = "delete from copy_key where session_token = $1";
        sql::run(&*change, keys, [token.to_vec().into()]).await?;
        sql::run(&*change, "delete from session where token = $1", [token.to_vec().into()]).await?;
        let on = format!("person {person}");
        change.keep(Entry { deed: "session.end", on, payload: json!({}) }).await
    }
}
