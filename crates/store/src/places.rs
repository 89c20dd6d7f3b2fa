//! The parts of the authority.

use std::sync::Arc;

use quarterlight_domain::id::PlaceId;
use quarterlight_domain::place::{Place, PlaceKind};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// The parts of the authority.
#[derive(Debug, Clone)]
pub struct Places(pub(crate) Arc<Engine>);

impl Places {
    /// Every place, the larger before the smaller.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<Place>, Fault> {
        let query = "select id, parent_id, kind, name from place order by id";
        sql::all(&self.0.read, query, []).await?.iter().map(place).collect()
    }

    /// Adds a place inside another.
    ///
    /// # Errors
    /// Fails if there is a place of this kind and name already: see [`Fault::is_duplicate`].
    pub async fn add(
        &self,
        stamp: &Stamp,
        parent: Option<PlaceId>,
        kind: PlaceKind,
        name: &str,
    ) -> Result<PlaceId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into place (parent_id, kind, name) values ($1, $2, $3) returning id";
        let values = [parent.map(|id| id.0).into(), kind.code().into(), name.into()];
        let id = sql::one(&*change, query, values).await?.id("id", PlaceId)?;
        let payload = json!({ "kind": kind.code(), "name": name, "parent": parent.map(|id| id.0) });
        change.keep(Entry { deed: "place.add", on: format!("place {id}"), payload }).await?;
        Ok(id)
    }
}

fn place(row: &Row) -> Result<Place, Fault> {
    Ok(Place {
        id: row.id("id", PlaceId)?,
        parent: row.maybe_id("parent_id", PlaceId)?,
        kind: row.code("kind", PlaceKind::from_code)?,
        name: row.get("name")?,
    })
}
