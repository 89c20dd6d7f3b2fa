//! Sign-ins that are half done. They open nothing, and are let go of after ten minutes.

use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::id::PersonId;

use super::SignIns;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// How long somebody has for the second half.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// So many codes are looked at for one right password.
const MOST_TRIES: i64 = 5;

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingKind {
    /// A code, after the right password.
    Code,
    /// A passkey, of whoever has one.
    Passkey,
    /// A passkey that somebody adds.
    NewPasskey,
}

impl PendingKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Passkey => "passkey",
            Self::NewPasskey => "new-passkey",
        }
    }
}

/// A sign-in that is half done.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Whose it is, where that is known.
    pub person: Option<PersonId>,
    /// What the question was.
    pub question: String,
}

impl SignIns {
    /// Begins to wait.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn wait_for(
        &self,
        token: &[u8],
        (kind, person): (PendingKind, Option<PersonId>),
        question: &str,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let query = "insert into sign_in_pending (token, person_id, kind, question, tries, made_at) \
             values ($1, $2, $3, $4, 0, $5)";
        let values = [
            token.to_vec().into(),
            person.map(|it| it.0).into(),
            kind.code().into(),
            question.into(),
            sql::time(at),
        ];
        sql::run(&self.0.write, query, values).await?;
        Ok(())
    }

    /// Takes one of the tries that a half-done sign-in has; none where there is none left, or the
    /// time is over. The row decides, so that many at once take no more.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn take_try(&self, token: &[u8], at: Timestamp) -> Result<Option<Pending>, Fault> {
        let query = "update sign_in_pending set tries = tries + 1 \
             where token = $1 and kind = 'code' and made_at > $2 and tries < $3 \
             returning person_id, question";
        let values = [token.to_vec().into(), sql::time(since(at)), MOST_TRIES.into()];
        let row = sql::first(&self.0.write, query, values).await?;
        row.as_ref().map(read).transpose()
    }

    /// Takes what was waited for out, so that it is answered once; none where there is none.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn take_pending(
        &self,
        token: &[u8],
        kind: PendingKind,
        at: Timestamp,
    ) -> Result<Option<Pending>, Fault> {
        let query = "delete from sign_in_pending \
             where token = $1 and kind = $2 and made_at > $3 returning person_id, question";
        let values = [token.to_vec().into(), kind.code().into(), sql::time(since(at))];
        let row = sql::first(&self.0.write, query, values).await?;
        row.as_ref().map(read).transpose()
    }

    /// Lets go of what nobody waits for any more.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub(super) async fn let_pending_go(&self, at: Timestamp) -> Result<u64, Fault> {
        let query = "delete from sign_in_pending where token in \
             (select token from sign_in_pending where made_at <= $1 order by made_at limit 5000)";
        sql::run(&self.0.write, query, [sql::time(since(at))]).await
    }
}

fn since(at: Timestamp) -> Timestamp {
    at.checked_sub(PATIENCE).unwrap_or(at)
}

fn read(row: &Row) -> Result<Pending, Fault> {
    Ok(Pending { person: row.maybe_id("person_id", PersonId)?, question: row.get("question")? })
}
