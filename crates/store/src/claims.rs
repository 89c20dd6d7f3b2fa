//! Who says that they audit which records.

use std::sync::Arc;

use quarterlight_domain::claim::{Claim, NewClaim};
use quarterlight_domain::id::{ClaimId, PersonId, PlaceId};
use quarterlight_domain::stamp::Stamp;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Who says that they audit which records.
#[derive(Debug, Clone)]
pub struct Claims(pub(crate) Arc<Engine>);

impl Claims {
    /// Keeps a claim. Those before it stay as they were said.
    ///
    /// # Errors
    /// Fails if the form that it came from was kept before: see [`Fault::is_duplicate`].
    pub async fn make(
        &self,
        stamp: &Stamp,
        claim: &NewClaim,
        form_key: &str,
    ) -> Result<ClaimId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into coverage_claim (pattern, place_id, owner_id, framework, plan, \
             from_day, said_by, said_on, form_key) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id";
        let values = [
            claim.pattern.to_string().into(),
            claim.place.map(|id| id.0).into(),
            claim.owner.map(|id| id.0).into(),
            claim.framework.clone().into(),
            claim.plan.clone().into(),
            sql::day(claim.from),
            sql::by(stamp),
            sql::day(stamp.day()),
            form_key.into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", ClaimId)?;
        let payload = json!({
            "cells": claim.pattern.to_string(), "place": claim.place.map(|id| id.0),
            "owner": claim.owner.map(|id| id.0), "framework": claim.framework,
            "plan": claim.plan, "from": claim.from.to_string(),
        });
        change.keep(Entry { deed: "claim.make", on: format!("claim {id}"), payload }).await?;
        Ok(id)
    }

    /// Every claim that was ever made, the earliest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<Claim>, Fault> {
        all(&self.0.read).await
    }
}

/// Every claim, the earliest first. One statement.
pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Claim>, Fault> {
    let query = "select claim.id, claim.pattern, claim.place_id, place.name as place, \
         claim.owner_id, owner.name as owner, claim.framework, claim.plan, claim.from_day, \
         speaker.name as speaker, claim.said_on \
         from coverage_claim claim \
         left join place on place.id = claim.place_id \
         left join person owner on owner.id = claim.owner_id \
         left join person speaker on speaker.id = claim.said_by \
         order by claim.id";
    sql::all(on, query, []).await?.iter().map(claim).collect()
}

fn claim(row: &Row) -> Result<Claim, Fault> {
    let place: Option<String> = row.get("place")?;
    let owner: Option<String> = row.get("owner")?;
    Ok(Claim {
        id: row.id("id", ClaimId)?,
        pattern: row.parse("pattern", str::parse)?,
        place: row.maybe_id("place_id", PlaceId)?.zip(place),
        owner: row.maybe_id("owner_id", PersonId)?.zip(owner),
        framework: row.get("framework")?,
        plan: row.get("plan")?,
        from: row.day("from_day")?,
        said_by: row.get("speaker")?,
        said_on: row.day("said_on")?,
    })
}
