//! Who is signed in, and since when.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::person::Person;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::proof::Proof;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::people::grant;
use crate::sign_ins::{Happened, know, note};
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
    /// What they showed in it.
    pub proof: Proof,
    /// When they last showed who they are.
    pub proved: Timestamp,
    /// True if they have a password of ours.
    pub password: bool,
    /// True if they have one-time codes.
    pub codes: bool,
    /// True if they have a passkey.
    pub passkeys: bool,
    /// Until when a record was last open to them by break-glass.
    pub glass_until: Option<Timestamp>,
    /// The confidentiality page that holds today, and when they last accepted it.
    pub confidentiality: Option<(i64, Option<Timestamp>)>,
}

/// A session that begins.
#[derive(Debug, Clone)]
pub struct NewSession<'a> {
    /// The digest of its token.
    pub token: &'a [u8],
    /// With what it began.
    pub proof: Proof,
    /// When its person showed that: now, but where the council's own sign-in had asked them before.
    pub proved: Timestamp,
    /// The keyed digest of the address that they sign in with.
    pub account: &'a [u8],
    /// The digests by which the browser was known, and is from now on.
    pub browser: (Option<&'a [u8]>, &'a [u8]),
    /// The digest of the session that this browser had before, whosever it was: it ends.
    pub before: Option<&'a [u8]>,
    /// What is noted of it: who, when, where.
    pub happened: &'a Happened,
}

/// A session, as its person sees it in a list.
#[derive(Debug, Clone)]
pub struct SessionLine {
    /// The digest of its token.
    pub token: Vec<u8>,
    /// When it began.
    pub started: Timestamp,
    /// When its person was last seen in it.
    pub seen: Timestamp,
    /// The network address that it began at.
    pub network: String,
    /// In which browser.
    pub browser: String,
}

impl Sessions {
    /// The session with this token.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn find(&self, token: &[u8], today: Date) -> Result<Option<Session>, Fault> {
        let query = "select person.id, person.name, session.started_at, session.seen_at, \
             session.factor, session.proved_at, \
             case when person.password is null then 0 else 1 end as has_password, \
             (select count(*) from one_time_code it \
                 where it.person_id = person.id and it.ended_at is null) as codes, \
             (select count(*) from passkey it \
                 where it.person_id = person.id and it.ended_at is null) as passkeys, \
             (select max(glass.until_at) from glass where glass.person_id = person.id) as glass_until, \
             words.id as words, (select it.at from confidentiality_accepted it \
                 where it.person_id = person.id and it.text_id = words.id \
                 order by it.at desc limit 1) as accepted_at, \
             grant_standing.role, grant_standing.place_id, grant_standing.from_day, \
             grant_standing.until_day \
             from session \
             join person on person.id = session.person_id \
             left join confidentiality_text words on words.id = (select id \
                 from confidentiality_text where from_day <= $2 \
                 order by from_day desc, id desc limit 1) \
             left join grant_standing on grant_standing.person_id = person.id \
             where session.token = $1 order by grant_standing.id";
        let values = [token.to_vec().into(), sql::day(today)];
        let rows = sql::all(&self.0.read, query, values).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let mut grants = Vec::new();
        for row in &rows {
            grants.extend(grant(row)?);
        }
        let person = Person { id: row.id("id", PersonId)?, name: row.get("name")?, grants };
        let accepted = row.maybe_time("accepted_at")?;
        Ok(Some(Session {
            person,
            started: row.time("started_at")?,
            seen: row.time("seen_at")?,
            proof: row.code("factor", Proof::from_code)?,
            proved: match row.maybe_time("proved_at")? {
                Some(proved) => proved,
                None => row.time("started_at")?,
            },
            password: row.get::<i32>("has_password")? != 0,
            codes: row.count("codes")? > 0,
            passkeys: row.count("passkeys")? > 0,
            glass_until: row.maybe_time("glass_until")?,
            confidentiality: row.maybe_id("words", |id| id)?.map(|words| (words, accepted)),
        }))
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

    /// Begins the session of somebody who signed in, in a browser that is known from now on.
    ///
    /// # Errors
    /// Fails if the database cannot be written, and for an event that is nobody's.
    pub async fn open(&self, stamp: &Stamp, new: &NewSession<'_>) -> Result<(), Fault> {
        let person = new.happened.person.ok_or_else(|| Fault::damaged("person", "is nobody"))?;
        let change = Change::begin(&self.0, stamp).await?;
        let ended = match new.before {
            Some(before) => end_before(&change, before, new.happened).await?,
            None => 0,
        };
        let query = "insert into session \
             (token, person_id, started_at, seen_at, network, browser, factor, proved_at) \
             values ($1, $2, $3, $3, $4, $5, $6, $7)";
        let values = [
            new.token.to_vec().into(),
            person.0.into(),
            sql::time(stamp.at),
            new.happened.network.clone().into(),
            new.happened.browser.clone().into(),
            new.proof.code().into(),
            sql::time(new.proved),
        ];
        sql::run(&*change, query, values).await?;
        know(&*change, (person, new.account), new.browser, stamp.at).await?;
        note(&*change, new.happened).await?;
        let on = format!("person {person}");
        let payload = json!({ "with": new.proof.code(), "ended": ended });
        change.keep(Entry { deed: "session.start", on, payload }).await
    }

    /// Somebody's sessions, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(&self, person: PersonId) -> Result<Vec<SessionLine>, Fault> {
        let query = "select token, started_at, seen_at, network, browser from session \
             where person_id = $1 order by started_at desc, token";
        let rows = sql::all(&self.0.read, query, [person.0.into()]).await?;
        let line = |row: &sql::Row| {
            Ok(SessionLine {
                token: row.get("token")?,
                started: row.time("started_at")?,
                seen: row.time("seen_at")?,
                network: row.get("network")?,
                browser: row.get("browser")?,
            })
        };
        rows.iter().map(line).collect()
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

    /// Notes that somebody showed again who they are, and with what. It changes nothing of theirs, and
    /// leaves no line in the journal.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn proved(
        &self,
        token: &[u8],
        proof: Proof,
        at: Timestamp,
        happened: Option<&Happened>,
    ) -> Result<(), Fault> {
        let on = self.0.begin().await?;
        let query = "update session set proved_at = $2, factor = $3 where token = $1";
        let values = [token.to_vec().into(), sql::time(at), proof.code().into()];
        sql::run(&on, query, values).await?;
        if let Some(happened) = happened {
            note(&on, happened).await?;
        }
        Ok(on.commit().await?)
    }

    /// Ends a session. What its browser kept sealed for a place without a network can be opened no
    /// more, whatever became of that browser. False if it had ended before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end(
        &self,
        stamp: &Stamp,
        token: &[u8],
        happened: &Happened,
    ) -> Result<bool, Fault> {
        let person = happened.person.ok_or_else(|| Fault::damaged("person", "is nobody"))?;
        let change = Change::begin(&self.0, stamp).await?;
        let keys = "delete from copy_key where session_token = $1 and person_id = $2";
        sql::run(&*change, keys, [token.to_vec().into(), person.0.into()]).await?;
        let query = "delete from session where token = $1 and person_id = $2";
        let values = [token.to_vec().into(), person.0.into()];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        note(&*change, happened).await?;
        let on = format!("person {person}");
        change.keep(Entry { deed: "session.end", on, payload: json!({}) }).await?;
        Ok(true)
    }

    /// Ends every session of somebody's but this one, and says how many there were.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end_others(
        &self,
        stamp: &Stamp,
        but: Option<&[u8]>,
        happened: &Happened,
    ) -> Result<u64, Fault> {
        let person = happened.person.ok_or_else(|| Fault::damaged("person", "is nobody"))?;
        let change = Change::begin(&self.0, stamp).await?;
        let ended = end_all(&change, person, but, happened).await?;
        let on = format!("person {person}");
        let payload = json!({ "sessions": ended });
        change.keep(Entry { deed: "session.end_others", on, payload }).await?;
        Ok(ended)
    }
}

/// Ends the session that a browser had before somebody signed in anew. The key of its copies stays, as
/// that of a session that ran out: what waits on that machine is its person's, and can still be sent.
async fn end_before(
    change: &Change<'_>,
    before: &[u8],
    because: &Happened,
) -> Result<usize, Fault> {
    let query = "delete from session where token = $1 returning person_id, network, browser";
    let ended = sql::all(&**change, query, [before.to_vec().into()]).await?;
    for row in &ended {
        let happened = Happened {
            event: SignInEvent::EndedAnew,
            person: Some(row.id("person_id", PersonId)?),
            network: row.get("network")?,
            browser: row.get("browser")?,
            detail: String::new(),
            ..because.clone()
        };
        note(&**change, &happened).await?;
    }
    Ok(ended.len())
}

/// Ends every session of somebody's but one, each with a line of what happened.
pub async fn end_all(
    change: &Change<'_>,
    person: PersonId,
    but: Option<&[u8]>,
    because: &Happened,
) -> Result<u64, Fault> {
    let but: Vec<u8> = but.unwrap_or_default().to_vec();
    let keys = "delete from copy_key where person_id = $1 and session_token <> $2";
    sql::run(&**change, keys, [person.0.into(), but.clone().into()]).await?;
    let query = "delete from session where person_id = $1 and token <> $2 \
         returning network, browser";
    let ended = sql::all(&**change, query, [person.0.into(), but.into()]).await?;
    let event = match because.event {
        SignInEvent::EndedBySelf | SignInEvent::EndedGone | SignInEvent::EndedByAdministrator => {
            because.event
        }
        _ => SignInEvent::EndedByChange,
    };
    for row in &ended {
        let (network, browser) = (row.get("network")?, row.get("browser")?);
        note(&**change, &Happened { event, network, browser, ..because.clone() }).await?;
    }
    Ok(ended.len() as u64)
}
