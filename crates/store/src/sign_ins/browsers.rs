//! The browsers that an account knows, because its person has signed in with them.

use jiff::Timestamp;
use quarterlight_domain::id::PersonId;
use sea_orm::ConnectionTrait;

use super::SignIns;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// Somebody signed in: their browser is known from now on, by a new cookie.
///
/// What the browser was known by before holds no more, whoever has it: a cookie that somebody planted
/// is worth nothing once it would be worth something. Others who share the machine stay known on it.
pub async fn know(
    on: &impl ConnectionTrait,
    (person, account): (PersonId, &[u8]),
    (before, now): (Option<&[u8]>, &[u8]),
    at: Timestamp,
) -> Result<(), Fault> {
    if let Some(before) = before {
        let query = "delete from known_browser where token = $1 and account = $2";
        sql::run(on, query, [before.to_vec().into(), account.to_vec().into()]).await?;
        let query = "update known_browser set token = $2 where token = $1";
        sql::run(on, query, [before.to_vec().into(), now.to_vec().into()]).await?;
    }
    let query = "insert into known_browser (token, account, person_id, made_at, seen_at) \
         values ($1, $2, $3, $4, $4)";
    let values = [now.to_vec().into(), account.to_vec().into(), person.0.into(), sql::time(at)];
    sql::run(on, query, values).await?;
    Ok(())
}

/// Every browser but this one is a stranger's to this account again.
pub async fn forget(
    on: &impl ConnectionTrait,
    person: PersonId,
    but: Option<&[u8]>,
) -> Result<(), Fault> {
    let query = "delete from known_browser where person_id = $1 and token <> $2";
    let but = but.unwrap_or_default().to_vec();
    sql::run(on, query, [person.0.into(), but.into()]).await?;
    Ok(())
}

impl SignIns {
    /// Lets go of browsers that nobody has signed in with for a year.
    pub(super) async fn let_browsers_go(engine: &Engine, before: Timestamp) -> Result<u64, Fault> {
        let query = "delete from known_browser where seen_at < $1";
        sql::run(&engine.write, query, [sql::time(before)]).await
    }
}
