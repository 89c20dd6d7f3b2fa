//! Letting go of what holds no more: sessions that ran out, keys of copies, tries, half-done sign-ins.

use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::times::Times;

use super::SignIns;
use super::events::{Happened, note};
use crate::fault::Fault;
use crate::sql;

/// How long the key of a copy outlives a session that ran out: whoever fell ill for a fortnight can
/// still send what waits on their machine.
const KEYS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A browser in which nobody signed in for so long is a stranger's again.
const BROWSERS: SignedDuration = SignedDuration::from_hours(365 * 24);

/// What was let go of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LetGo {
    /// Sessions.
    pub sessions: u64,
    /// Keys of copies.
    pub keys: u64,
    /// Tries.
    pub tries: u64,
}

impl SignIns {
    /// Lets go of what holds no more, a bounded number at a time, so that it never stands in the way.
    /// Each session leaves an event that says why it ended; two servers that sweep at once leave one.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn let_go(&self, times: Times, at: Timestamp) -> Result<LetGo, Fault> {
        let before = |span| at.checked_sub(span).unwrap_or(at);
        let on = self.0.begin().await?;
        let query = "delete from session where token in (select token from session \
             where seen_at < $1 or started_at < $2 order by seen_at limit 500) \
             returning person_id, network, browser, started_at";
        let (idle, longest) = (before(times.idle()), before(times.longest()));
        let ended = sql::all(&on, query, [sql::time(idle), sql::time(longest)]).await?;
        for row in &ended {
            let is_old = row.time("started_at")? < longest;
            let happened = Happened {
                event: if is_old { SignInEvent::EndedLongest } else { SignInEvent::EndedIdle },
                at,
                person: Some(row.id("person_id", PersonId)?),
                account: None,
                by: None,
                network: row.get("network")?,
                browser: row.get("browser")?,
                detail: String::new(),
            };
            note(&on, &happened).await?;
        }
        let query = "delete from copy_key where id in (select id from copy_key \
             where made_at < $1 and not exists \
             (select 1 from session where session.token = copy_key.session_token) \
             order by made_at limit 500)";
        let keys = sql::run(&on, query, [sql::time(before(KEYS))]).await?;
        on.commit().await?;
        let tries = self.let_tries_go(at).await?;
        self.let_pending_go(at).await?;
        Self::let_browsers_go(&self.0, before(BROWSERS)).await?;
        Ok(LetGo { sessions: ended.len() as u64, keys, tries })
    }
}
