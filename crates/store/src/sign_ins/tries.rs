//! Tries to sign in, counted in the database, so that every server counts the same ones.

use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::sign_in::limits::{Tries, WINDOW};

use super::SignIns;
use crate::fault::Fault;
use crate::sql;

/// A try, before what was typed is looked at.
#[derive(Debug, Clone)]
pub struct NewTry<'a> {
    /// The keyed digest of the address that was typed.
    pub account: &'a [u8],
    /// The network address that it comes from.
    pub network: &'a str,
    /// The digest of the cookie by which the browser may be known.
    pub browser: Option<&'a [u8]>,
    /// When.
    pub at: Timestamp,
}

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TryOutcome {
    /// What was typed was wrong.
    Wrong,
    /// It was right.
    Right,
    /// It was not looked at.
    Unseen,
}

impl TryOutcome {
    const fn code(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Right => "right",
            Self::Unseen => "unseen",
        }
    }
}

impl SignIns {
    /// Notes a try, and counts those before it. As many statements, whoever is asked for: tries for one
    /// address are kept one after the other, so that of many at once each counts all before it.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing may be looked at.
    pub async fn try_begins(&self, new: &NewTry<'_>) -> Result<(i64, Tries), Fault> {
        let query = "insert into sign_in_try (account, network, browser, at) values ($1, $2, \
             (select token from known_browser where token = $3 and account = $1), $4) returning id";
        self.counted(query, new).await
    }

    async fn counted(&self, query: &str, new: &NewTry<'_>) -> Result<(i64, Tries), Fault> {
        let values = [
            new.account.to_vec().into(),
            new.network.into(),
            new.browser.unwrap_or_default().to_vec().into(),
            sql::time(new.at),
        ];
        let on = self.0.begin().await?;
        sql::run(&on, HOLD, [new.account.to_vec().into()]).await?;
        let id: i64 = sql::one(&on, query, values).await?.get("id")?;
        on.commit().await?;
        let since = new.at.checked_sub(WINDOW).unwrap_or(new.at);
        let row = sql::one(&self.0.write, COUNT, [id.into(), sql::time(since)]).await?;
        let is_known = row.count("is_known")? > 0;
        let tries = Tries {
            of_known_browser: is_known.then_some(row.count("of_browser")?),
            of_pair: row.count("of_pair")?,
            of_network: row.count("of_network")?,
            of_account: row.count("of_account")?,
            last_of_pair: row.maybe_time("last_of_pair")?,
        };
        Ok((id, tries))
    }

    /// Notes a try to come in through the council's own sign-in, before it is asked who that is, and
    /// counts those before it: of a browser that somebody has signed in with its own alone, and of
    /// any other those of its network. `account` is a word for all such tries of one network.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing may be looked at.
    pub async fn try_begins_elsewhere(&self, new: &NewTry<'_>) -> Result<(i64, Tries), Fault> {
        let query = "insert into sign_in_try (account, network, browser, at) values ($1, $2, \
             (select token from known_browser where token = $3 limit 1), $4) returning id";
        let (id, tries) = self.counted(query, new).await?;
        // One word stands for everybody who comes from there: only the network's limit is meant.
        Ok((id, Tries { of_pair: 0, of_account: 0, last_of_pair: None, ..tries }))
    }

    /// Says what became of a try.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn try_ends(&self, id: i64, outcome: TryOutcome) -> Result<(), Fault> {
        let query = "update sign_in_try set outcome = $2 where id = $1";
        sql::run(&self.0.write, query, [id.into(), outcome.code().into()]).await?;
        Ok(())
    }

    /// Lets go of tries that count no more: a bounded number at a time.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub(super) async fn let_tries_go(&self, at: Timestamp) -> Result<u64, Fault> {
        let before = at.checked_sub(SignedDuration::from_hours(24)).unwrap_or(at);
        let query = "delete from sign_in_try where id in \
             (select id from sign_in_try where at < $1 order by at limit 5000)";
        let tries = sql::run(&self.0.write, query, [sql::time(before)]).await?;
        let query = "delete from sign_in_account where not exists \
             (select 1 from sign_in_try it where it.account = sign_in_account.account)";
        sql::run(&self.0.write, query, []).await?;
        Ok(tries)
    }
}

/// Others who try for the same address wait here until this try is kept.
const HOLD: &str = "insert into sign_in_account (account, tries) values ($1, 1) \
     on conflict (account) do update set tries = sign_in_account.tries + 1";

/// Wrong tries, and those that are still looked at, without this one. What was not looked at counts
/// for nothing but the time between two tries.
const COUNT: &str = "select \
     (select count(*) from sign_in_try it \
         where it.id = mine.id and it.browser is not null) as is_known, \
     (select count(*) from sign_in_try it where it.account = mine.account \
         and it.browser = mine.browser and it.at > $2 and it.id < mine.id \
         and (it.outcome is null or it.outcome = 'wrong')) as of_browser, \
     (select count(*) from sign_in_try it where it.account = mine.account \
         and it.network = mine.network and it.browser is null and it.at > $2 and it.id < mine.id \
         and (it.outcome is null or it.outcome = 'wrong')) as of_pair, \
     (select count(*) from sign_in_try it where it.network = mine.network \
         and it.browser is null and it.at > $2 and it.id < mine.id \
         and (it.outcome is null or it.outcome = 'wrong')) as of_network, \
     (select count(*) from sign_in_try it where it.account = mine.account \
         and it.browser is null and it.at > $2 and it.id < mine.id \
         and (it.outcome is null or it.outcome = 'wrong')) as of_account, \
     (select it.at from sign_in_try it where it.account = mine.account \
         and it.network = mine.network and it.at > $2 and it.id < mine.id \
         order by it.at desc, it.id desc limit 1) as last_of_pair \
     from sign_in_try mine where mine.id = $1";
