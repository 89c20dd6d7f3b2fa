//! What happened about signing in: added to, and never changed.

use jiff::Timestamp;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::sign_in::event::SignInEvent;
use sea_orm::ConnectionTrait;

use super::SignIns;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Something that happened, to be noted.
#[derive(Debug, Clone)]
pub struct Happened {
    /// What.
    pub event: SignInEvent,
    /// When.
    pub at: Timestamp,
    /// Whose account it is; none where nobody has the address that was typed.
    pub person: Option<PersonId>,
    /// The keyed digest of the address that was typed, where nobody has it.
    pub account: Option<Vec<u8>>,
    /// Who did it, where that was somebody else.
    pub by: Option<PersonId>,
    /// The network address.
    pub network: String,
    /// Which browser, by its family.
    pub browser: String,
    /// Which passkey, or how many sessions. Never anything that somebody signs in with.
    pub detail: String,
}

/// Something that happened, as a list shows it.
#[derive(Debug, Clone)]
pub struct EventLine {
    /// What.
    pub event: SignInEvent,
    /// When.
    pub at: Timestamp,
    /// Whose account it is, with their name.
    pub person: Option<(PersonId, String)>,
    /// By which tries for one unknown address are told from those for another.
    pub account: Option<Vec<u8>>,
    /// Who did it, where that was somebody else.
    pub by: Option<String>,
    /// The network address.
    pub network: String,
    /// Which browser.
    pub browser: String,
    /// What more is to be said.
    pub detail: String,
}

/// Which events are listed: the latest of those that are asked for.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// One kind alone.
    pub event: Option<SignInEvent>,
    /// One person's alone.
    pub person: Option<PersonId>,
    /// Those from one network address alone.
    pub network: Option<String>,
    /// At most so many.
    pub most: usize,
}

impl SignIns {
    /// Notes what happened.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then what happened must not go on.
    pub async fn note(&self, happened: &Happened) -> Result<(), Fault> {
        note(&self.0.write, happened).await
    }

    /// What happened, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn events(&self, filter: &EventFilter) -> Result<Vec<EventLine>, Fault> {
        let query = "select it.at, it.kind, it.person_id, person.name, it.account, \
             other.name as by_name, it.network, it.browser, it.detail from sign_in_event it \
             left join person on person.id = it.person_id \
             left join person other on other.id = it.by_person \
             where ($1 = '' or it.kind = $1) and ($2 = 0 or it.person_id = $2) \
             and ($3 = '' or it.network = $3) order by it.at desc, it.id desc limit $4";
        let values = [
            filter.event.map_or("", SignInEvent::code).into(),
            filter.person.map_or(0, |person| person.0).into(),
            filter.network.clone().unwrap_or_default().into(),
            sql::whole(filter.most),
        ];
        sql::all(&self.0.read, query, values).await?.iter().map(line).collect()
    }
}

/// Notes what happened, in a transaction or by itself.
pub async fn note(on: &impl ConnectionTrait, happened: &Happened) -> Result<(), Fault> {
    let query = "insert into sign_in_event \
         (at, kind, person_id, account, by_person, network, browser, detail) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        sql::time(happened.at),
        happened.event.code().into(),
        happened.person.map(|it| it.0).into(),
        happened.account.clone().into(),
        happened.by.map(|it| it.0).into(),
        happened.network.clone().into(),
        happened.browser.clone().into(),
        happened.detail.clone().into(),
    ];
    sql::run(on, query, values).await?;
    Ok(())
}

fn line(row: &Row) -> Result<EventLine, Fault> {
    let person = match row.maybe_id("person_id", PersonId)? {
        Some(id) => Some((id, row.get::<Option<String>>("name")?.unwrap_or_default())),
        None => None,
    };
    Ok(EventLine {
        event: row.code("kind", SignInEvent::from_code)?,
        at: row.time("at")?,
        person,
        account: row.get("account")?,
        by: row.get("by_name")?,
        network: row.get("network")?,
        browser: row.get("browser")?,
        detail: row.get("detail")?,
    })
}
