//! The keys of what a browser keeps sealed for a place without a network.

use std::sync::Arc;

use quarterlight_domain::id::{AuditId, PersonId};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// The keys of copies. They outlive a session that ran out, so that what was typed without a network
/// can still be sent, and go with one that was ended.
#[derive(Debug, Clone)]
pub struct Copies(pub(crate) Arc<Engine>);

/// A key, and the random word by which it is asked for again.
#[derive(Clone, PartialEq, Eq)]
pub struct CopyKey {
    /// Stands beside what is sealed, and opens nothing.
    pub id: String,
    /// Opens it.
    pub secret: Vec<u8>,
}

/// A key is never written into a log.
impl std::fmt::Debug for CopyKey {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("CopyKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Copies {
    /// Notes that somebody takes a copy of an audit's form to where there is no network, and gives
    /// the key for it: the one that the session has already, or this new one.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn take(
        &self,
        stamp: &Stamp,
        (audit, person, session): (AuditId, PersonId, &[u8]),
        new: CopyKey,
    ) -> Result<CopyKey, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "select id, secret from copy_key \
             where session_token = $1 and person_id = $2 order by made_at, id";
        let had = sql::first(&*change, query, [session.to_vec().into(), person.0.into()]).await?;
        let key = if let Some(row) = had {
            CopyKey { id: row.get("id")?, secret: row.get("secret")? }
        } else {
            let query = "insert into copy_key (id, person_id, session_token, secret, made_at) \
                 values ($1, $2, $3, $4, $5)";
            let values = [
                new.id.clone().into(),
                person.0.into(),
                session.to_vec().into(),
                new.secret.clone().into(),
                sql::time(stamp.at),
            ];
            sql::run(&*change, query, values).await?;
            new
        };
        let on = format!("audit {audit}");
        change.keep(Entry { deed: "audit.copy", on, payload: json!({}) }).await?;
        Ok(key)
    }

    /// Gives somebody's key to the session in which they have come back. None for anybody else, and
    /// for a key that went with its session.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn resume(
        &self,
        stamp: &Stamp,
        (id, person, session): (&str, PersonId, &[u8]),
    ) -> Result<Option<CopyKey>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update copy_key set session_token = $3 where id = $1 and person_id = $2 \
             returning id, secret";
        let values = [id.into(), person.0.into(), session.to_vec().into()];
        let Some(row) = sql::first(&*change, query, values).await? else { return Ok(None) };
        let key = CopyKey { id: row.get("id")?, secret: row.get("secret")? };
        let on = format!("person {person}");
        change.keep(Entry { deed: "copy.resume", on, payload: json!({}) }).await?;
        Ok(Some(key))
    }
}
