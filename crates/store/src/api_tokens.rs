//! What other programs show to be let in, what for, and how often they came.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::id::{ApiTokenId, PlaceId};
use quarterlight_domain::permission::api::{Bearer, Scope};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// What other programs show to be let in. A token is known by its SHA-256, never by itself.
#[derive(Debug, Clone)]
pub struct ApiTokens(pub(crate) Arc<Engine>);

/// A token that is to be good from now on.
#[derive(Debug, Clone)]
pub struct NewApiToken {
    /// What people call it: the program that shows it.
    pub name: String,
    /// Its digest.
    pub digest: Vec<u8>,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// The service that it is kept to.
    pub place: Option<PlaceId>,
    /// Its last day.
    pub ends_on: Date,
}

/// A token as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiTokenLine {
    /// What it may do.
    pub bearer: Bearer,
    /// What people call it.
    pub name: String,
    /// The name of the service that it is kept to.
    pub place: Option<String>,
    /// Who made it.
    pub made_by: Option<String>,
    /// When.
    pub made_at: Timestamp,
    /// When somebody ended it.
    pub ended_at: Option<Timestamp>,
    /// When it was last let in.
    pub last_used: Option<Timestamp>,
}

/// Whether a token comes at a pace that is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// It is.
    Fair,
    /// It came too often within this minute.
    TooFast,
}

const SELECT: &str = "select token.id, token.name, token.scopes, token.place_id, token.ends_on, \
         token.made_at, place.name as place, person.name as made_by, ended.ended_at, \
         (select max(at) from api_call where api_call.token_id = token.id) as last_used \
     from api_token token left join place on place.id = token.place_id \
     left join person on person.id = token.made_by \
     left join api_token_ended ended on ended.token_id = token.id";

impl ApiTokens {
    /// Keeps a new token.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn make(&self, stamp: &Stamp, new: &NewApiToken) -> Result<ApiTokenId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let scopes: Vec<&str> = new.scopes.iter().map(|it| it.code()).collect();
        let scopes = scopes.join(" ");
        let query = "insert into api_token (name, digest, scopes, place_id, ends_on, made_by, \
             made_at) values ($1, $2, $3, $4, $5, $6, $7) returning id";
        let values = [
            new.name.clone().into(),
            new.digest.clone().into(),
            scopes.clone().into(),
            new.place.map(|it| it.0).into(),
            sql::day(new.ends_on),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", ApiTokenId)?;
        let payload = json!({
            "name": new.name, "scopes": scopes, "place": new.place.map(|it| it.0),
            "ends_on": new.ends_on.to_string(),
        });
        change
            .keep(Entry { deed: "api-token.make", on: format!("api token {id}"), payload })
            .await?;
        Ok(id)
    }

    /// Ends a token now. False if it was ended before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end(&self, stamp: &Stamp, id: ApiTokenId, why: &Reason) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into api_token_ended (token_id, ended_by, ended_at, why) \
             values ($1, $2, $3, $4) on conflict (token_id) do nothing";
        let values = [id.0.into(), sql::by(stamp), sql::time(stamp.at), why.words().into()];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "why": why.words() });
        change
            .keep(Entry { deed: "api-token.end", on: format!("api token {id}"), payload })
            .await?;
        Ok(true)
    }

    /// Every token that there ever was, the latest first. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<ApiTokenLine>, Fault> {
        let query = format!("{SELECT} order by token.id desc limit 500");
        sql::all(&self.0.read, &query, []).await?.iter().map(line).collect()
    }

    /// The token with this digest.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn by_digest(&self, digest: &[u8]) -> Result<Option<ApiTokenLine>, Fault> {
        let query = format!("{SELECT} where token.digest = $1");
        let row = sql::first(&self.0.read, &query, [digest.to_vec().into()]).await?;
        row.as_ref().map(line).transpose()
    }

    /// Counts a call against the token's pace and notes it, before it is answered. One that comes too
    /// fast is counted and not noted, so that nobody fills the disk with it.
    ///
    /// # Errors
    /// Fails if the note cannot be kept; then the call must not be answered.
    pub async fn note(
        &self,
        id: ApiTokenId,
        (route, request): (&str, &str),
        at: Timestamp,
        most_in_a_minute: i64,
    ) -> Result<Pace, Fault> {
        let query = "insert into api_pace (token_id, minute, calls) values ($1, $2, 1) \
             on conflict (token_id) do update set calls = \
                 case when api_pace.minute = excluded.minute then api_pace.calls + 1 else 1 end, \
                 minute = excluded.minute returning calls";
        let minute = at.as_second().div_euclid(60);
        let row = sql::one(&self.0.write, query, [id.0.into(), minute.into()]).await?;
        if row.get::<i64>("calls")? > most_in_a_minute {
            return Ok(Pace::TooFast);
        }
        let query = "insert into api_call (token_id, route, request, at) values ($1, $2, $3, $4)";
        let values = [id.0.into(), route.into(), request.into(), sql::time(at)];
        sql::run(&self.0.write, query, values).await?;
        Ok(Pace::Fair)
    }
}

fn line(row: &Row) -> Result<ApiTokenLine, Fault> {
    let scopes: String = row.get("scopes")?;
    let ended_at = row.maybe_time("ended_at")?;
    Ok(ApiTokenLine {
        bearer: Bearer {
            token: row.id("id", ApiTokenId)?,
            // A scope that this program does not know opens nothing.
            scopes: scopes.split(' ').filter_map(Scope::from_code).collect(),
            place: row.maybe_id("place_id", PlaceId)?,
            ends_on: row.day("ends_on")?,
            is_ended: ended_at.is_some(),
        },
        name: row.get("name")?,
        place: row.get("place")?,
        made_by: row.get("made_by")?,
        made_at: row.time("made_at")?,
        ended_at,
        last_used: row.maybe_time("last_used")?,
    })
}
