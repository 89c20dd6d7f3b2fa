//! What the next cycle's draw is asked to take up.

use std::sync::Arc;

use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::draw_request::DrawRequest;
use quarterlight_domain::id::{CycleId, DrawRequestId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// True of a request that no draw has taken up and nobody has withdrawn.
const OPEN: &str = "not exists (select 1 from draw_request_taken taken \
     where taken.request_id = request.id) \
     and not exists (select 1 from draw_request_withdrawn withdrawn \
     where withdrawn.request_id = request.id)";

/// What the next cycle's draw is asked to take up.
#[derive(Debug, Clone)]
pub struct DrawRequests(pub(crate) Arc<Engine>);

impl DrawRequests {
    /// Asks the next draw for so many records of these cells, at the least. None if it is asked for
    /// records of these very cells already: two numbers for one cell would leave the draw to choose.
    ///
    /// # Errors
    /// Fails if the form that it came from was kept before: see [`Fault::is_duplicate`].
    pub async fn ask(
        &self,
        stamp: &Stamp,
        (pattern, at_least): (CellPattern, u32),
        reason: &Reason,
        form_key: &str,
    ) -> Result<Option<DrawRequestId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // A form sent twice must reach the unique key, and not be told of its own request.
        let other = format!(
            "select request.id from draw_request request \
             where request.pattern = $1 and request.form_key <> $2 and {OPEN}"
        );
        let values = [pattern.to_string().into(), form_key.into()];
        if sql::first(&*change, &other, values).await?.is_some() {
            return Ok(None);
        }
        let query = "insert into draw_request (pattern, at_least, reason, asked_by, asked_on, \
             form_key) values ($1, $2, $3, $4, $5, $6) returning id";
        let values = [
            pattern.to_string().into(),
            i64::from(at_least).into(),
            reason.words().into(),
            sql::by(stamp),
            sql::day(stamp.day()),
            form_key.into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", DrawRequestId)?;
        let payload = json!({
            "cells": pattern.to_string(), "at_least": at_least, "reason": reason.words(),
        });
        let on = format!("draw-request {id}");
        change.keep(Entry { deed: "draw-request.ask", on, payload }).await?;
        Ok(Some(id))
    }

    /// Takes an open request back, and says why. False if these cells have no such request, or it is
    /// not open any more: a draw that took it up has drawn its records.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing has changed.
    pub async fn withdraw(
        &self,
        stamp: &Stamp,
        (pattern, request): (CellPattern, DrawRequestId),
        reason: &Reason,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let open = format!(
            "select request.id from draw_request request \
             where request.id = $1 and request.pattern = $2 and {OPEN}"
        );
        let values = [request.0.into(), pattern.to_string().into()];
        if sql::first(&*change, &open, values).await?.is_none() {
            return Ok(false);
        }
        match settle(&*change, request).await {
            // A draw was quicker.
            Err(fault) if fault.is_duplicate() => return Ok(false),
            other => other?,
        }
        let query = "insert into draw_request_withdrawn \
             (request_id, reason, withdrawn_by, withdrawn_on) values ($1, $2, $3, $4)";
        let values =
            [request.0.into(), reason.words().into(), sql::by(stamp), sql::day(stamp.day())];
        sql::run(&*change, query, values).await?;
        let payload = json!({ "reason": reason.words() });
        let on = format!("draw-request {request}");
        change.keep(Entry { deed: "draw-request.withdraw", on, payload }).await?;
        Ok(true)
    }

    /// The requests that no draw has taken up and nobody has withdrawn, the earliest first: which
    /// cells, and how many of their records at the least. No two are for the same pattern, but one
    /// may be for a part of another's cells.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn open_requests(&self) -> Result<Vec<DrawRequest>, Fault> {
        let query = format!(
            "select request.id, request.pattern, request.at_least, request.reason, \
             person.name, request.asked_on from draw_request request \
             left join person on person.id = request.asked_by \
             where {OPEN} order by request.id"
        );
        sql::all(&self.0.read, &query, []).await?.iter().map(request).collect()
    }

    /// Notes that the draw of a cycle took a request up. It is open no longer.
    ///
    /// # Errors
    /// Fails if a draw has taken it up, or somebody has withdrawn it: see [`Fault::is_duplicate`].
    pub async fn take_up(
        &self,
        stamp: &Stamp,
        request: DrawRequestId,
        cycle: CycleId,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        settle(&*change, request).await?;
        let query = "insert into draw_request_taken (request_id, cycle_id) values ($1, $2)";
        sql::run(&*change, query, [request.0.into(), cycle.0.into()]).await?;
        let payload = json!({ "cycle": cycle.0 });
        let on = format!("draw-request {request}");
        change.keep(Entry { deed: "draw-request.take-up", on, payload }).await
    }
}

/// Notes that a request was taken up or withdrawn: the second to try fails as a duplicate.
pub async fn settle(on: &impl ConnectionTrait, request: DrawRequestId) -> Result<(), Fault> {
    let query = "insert into draw_request_settled (request_id) values ($1)";
    sql::run(on, query, [request.0.into()]).await?;
    Ok(())
}

fn request(row: &Row) -> Result<DrawRequest, Fault> {
    Ok(DrawRequest {
        id: row.id("id", DrawRequestId)?,
        pattern: row.parse("pattern", str::parse)?,
        at_least: row.count("at_least")?,
        reason: row.parse("reason", Reason::new)?,
        asked_by: row.get("name")?,
        asked_on: row.day("asked_on")?,
    })
}
