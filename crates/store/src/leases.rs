//! Jobs that only one of several servers may do at a time.

use std::sync::Arc;

use jiff::Timestamp;

use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// Who does which job, and until when. It changes nothing that is kept, and leaves no line in the
/// journal.
#[derive(Debug, Clone)]
pub struct Leases(pub(crate) Arc<Engine>);

impl Leases {
    /// Takes a job, or keeps it for longer: true if it is the holder's until then. It is refused
    /// while somebody else has it; a server that stopped without giving it back loses it in time.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn take(
        &self,
        name: &str,
        holder: &str,
        (now, until): (Timestamp, Timestamp),
    ) -> Result<bool, Fault> {
        let query = "insert into lease (name, holder, until_at) values ($1, $2, $3) \
             on conflict (name) do update set holder = excluded.holder, until_at = excluded.until_at \
             where lease.holder = excluded.holder or lease.until_at <= $4";
        let values = [name.into(), holder.into(), sql::time(until), sql::time(now)];
        Ok(sql::run(&self.0.write, query, values).await? == 1)
    }

    /// Gives a job back before its time, so that the next server need not wait.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn give_back(&self, name: &str, holder: &str, now: Timestamp) -> Result<(), Fault> {
        let query = "update lease set until_at = $3 where name = $1 and holder = $2";
        let values = [name.into(), holder.into(), sql::time(now)];
        sql::run(&self.0.write, query, values).await?;
        Ok(())
    }
}
