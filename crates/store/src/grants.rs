//! Grants: given, confirmed, ended, and never changed.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::access::grant::{KeptGrant, NewGrant, Said};
use quarterlight_domain::id::{GrantId, PersonId, PlaceId};
use quarterlight_domain::person::{Grant, Role};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

mod used;

pub use used::Activity;

/// Who has which role over which place, and how that came to be.
#[derive(Debug, Clone)]
pub struct Grants(pub(crate) Arc<Engine>);

impl Grants {
    /// Every grant, those that ended too, by the names of their people. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<KeptGrant>, Fault> {
        let query = format!("{SELECT} order by person.name, person.id, person_grant.id");
        sql::all(&self.0.read, &query, []).await?.iter().map(read).collect()
    }

    /// Every grant of a person, the first one first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(&self, person: PersonId) -> Result<Vec<KeptGrant>, Fault> {
        let query = format!("{SELECT} where person_grant.person_id = $1 order by person_grant.id");
        sql::all(&self.0.read, &query, [person.0.into()]).await?.iter().map(read).collect()
    }

    /// The grant with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: GrantId) -> Result<Option<KeptGrant>, Fault> {
        let query = format!("{SELECT} where person_grant.id = $1");
        sql::first(&self.0.read, &query, [id.0.into()]).await?.as_ref().map(read).transpose()
    }

    /// Gives a grant. None if the very same one stands already: the form came twice.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn give(&self, stamp: &Stamp, new: &NewGrant) -> Result<Option<GrantId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        take(&change, new.person).await?;
        let Grant { role, place, from, until } = &new.grant;
        let query = "insert into person_grant (person_id, role, place_id, from_day, until_day) \
             select $1, $2, $3, $4, cast($5 as {day}) where not exists ( \
                 select 1 from person_grant held \
                 join grant_given given on given.grant_id = held.id \
                 where held.person_id = $1 and held.role = $2 and held.place_id = $3 \
                 and held.from_day = $4 and given.why = $6 \
                 and (held.until_day = $5 or held.until_day is null and cast($5 as {day}) is null) \
                 and not exists (select 1 from grant_ended where grant_id = held.id)) \
             returning id";
        let query = sql::with_types(&*change, query);
        let values = [
            new.person.0.into(),
            role.code().into(),
            place.0.into(),
            sql::day(*from),
            sql::maybe_day(*until),
            new.why.words().into(),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(None) };
        let id = row.id("id", GrantId)?;
        let query = "insert into grant_given (grant_id, by_id, at, why, waits) \
             values ($1, cast($2 as bigint), $3, $4, $5)";
        let values = [
            id.0.into(),
            sql::by(stamp),
            sql::time(stamp.at),
            new.why.words().into(),
            new.waits.into(),
        ];
        sql::run(&*change, query, values).await?;
        let payload = json!({
            "person": new.person.0, "role": role.code(), "place": place.0,
            "from": from.to_string(), "until": until.map(|day| day.to_string()),
            "why": new.why.words(), "waits": new.waits,
        });
        change.keep(Entry { deed: "grant.give", on: format!("grant {id}"), payload }).await?;
        Ok(Some(id))
    }

    /// Keeps that a second person confirmed a grant. False if somebody was quicker, or if it waits for
    /// nobody, was given by them or is theirs: the database asks that itself.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn confirm(&self, stamp: &Stamp, id: GrantId, why: &Reason) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into grant_confirmed (grant_id, by_id, at, why) \
             select given.grant_id, cast($2 as bigint), cast($3 as {time}), $4 \
             from grant_given given join person_grant held on held.id = given.grant_id \
             where given.grant_id = $1 and given.waits \
             and held.person_id <> cast($2 as bigint) \
             and (given.by_id is null or given.by_id <> cast($2 as bigint)) \
             and not exists (select 1 from grant_ended ended where ended.grant_id = held.id) \
             on conflict (grant_id) do nothing";
        let query = sql::with_types(&*change, query);
        let values = [id.0.into(), sql::by(stamp), sql::time(stamp.at), why.words().into()];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "why": why.words() });
        change.keep(Entry { deed: "grant.confirm", on: format!("grant {id}"), payload }).await?;
        Ok(true)
    }

    /// Says on which day a grant holds for the last time. False if it has that end, or a sooner one.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end(
        &self,
        stamp: &Stamp,
        id: GrantId,
        last: Date,
        why: &Reason,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let whose = "select person_id from person_grant where id = $1";
        let Some(row) = sql::first(&*change, whose, [id.0.into()]).await? else { return Ok(false) };
        // Taken first, so that two who end it wait for one another.
        take(&change, row.id("person_id", PersonId)?).await?;
        let query = "insert into grant_ended (grant_id, last_day, by_id, at, why) \
             select held.id, cast($2 as {day}), cast($3 as bigint), cast($4 as {time}), $5 \
             from person_grant held where held.id = $1 \
             and (held.until_day is null or held.until_day > $2) \
             and not exists (select 1 from grant_ended ended \
                 where ended.grant_id = held.id and ended.last_day <= $2)";
        let query = sql::with_types(&*change, query);
        let values =
            [id.0.into(), sql::day(last), sql::by(stamp), sql::time(stamp.at), why.words().into()];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "last": last.to_string(), "why": why.words() });
        change.keep(Entry { deed: "grant.end", on: format!("grant {id}"), payload }).await?;
        Ok(true)
    }
}

async fn take(change: &Change<'_>, person: PersonId) -> Result<(), Fault> {
    let query = "update person set name = name where id = $1";
    sql::run(&**change, query, [person.0.into()]).await?;
    Ok(())
}

const SELECT: &str = "select person_grant.id, person_grant.person_id, person_grant.role, \
     person_grant.place_id, place.name as place, person_grant.from_day, person_grant.until_day, \
     ended.last_day, ended.by_id as ended_by, ender.name as ender, ended.at as ended_at, \
     ended.why as ended_why, given.by_id as given_by, giver.name as giver, given.at as given_at, \
     given.why as given_why, given.waits, confirmed.by_id as confirmed_by, \
     confirmer.name as confirmer, confirmed.at as confirmed_at, confirmed.why as confirmed_why \
     from person_grant join person on person.id = person_grant.person_id \
     join place on place.id = person_grant.place_id \
     left join grant_given given on given.grant_id = person_grant.id \
     left join person giver on giver.id = given.by_id \
     left join grant_confirmed confirmed on confirmed.grant_id = person_grant.id \
     left join person confirmer on confirmer.id = confirmed.by_id \
     left join grant_ended ended on ended.id = (select least.id from grant_ended least \
         where least.grant_id = person_grant.id order by least.last_day, least.id limit 1) \
     left join person ender on ender.id = ended.by_id";

fn read(row: &Row) -> Result<KeptGrant, Fault> {
    let until = row.maybe_day("until_day")?;
    let ended = row.maybe_day("last_day")?;
    // The sooner of the two counts.
    let until = match (until, ended) {
        (Some(until), Some(ended)) => Some(until.min(ended)),
        (until, ended) => until.or(ended),
    };
    Ok(KeptGrant {
        id: row.id("id", GrantId)?,
        person: row.id("person_id", PersonId)?,
        grant: Grant {
            role: row.code("role", Role::from_code)?,
            place: row.id("place_id", PlaceId)?,
            from: row.day("from_day")?,
            until,
        },
        place: row.get("place")?,
        given: said(row, ("given_by", "giver", "given_at", "given_why"))?,
        waits: row.get::<Option<bool>>("waits")?.unwrap_or_default(),
        confirmed: said(row, ("confirmed_by", "confirmer", "confirmed_at", "confirmed_why"))?,
        ended: said(row, ("ended_by", "ender", "ended_at", "ended_why"))?,
    })
}

fn said(row: &Row, (by, name, at, why): (&str, &str, &str, &str)) -> Result<Option<Said>, Fault> {
    let Some(at) = row.maybe_time(at)? else { return Ok(None) };
    let by = row.maybe_id(by, PersonId)?;
    Ok(Some(Said { by, name: row.get(name)?, at, why: row.get(why)? }))
}
