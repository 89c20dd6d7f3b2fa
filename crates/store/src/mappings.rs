//! How the columns of an authority's own lists are read, remembered by the list's name.

use std::collections::BTreeMap;
use std::sync::Arc;

use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// The mappings that were kept.
#[derive(Debug, Clone)]
pub struct Mappings(pub(crate) Arc<Engine>);

/// One mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMapping {
    /// The name of the list.
    pub name: String,
    /// Which heading is which column, in the words of whoever reads such lists.
    pub mapping: String,
}

impl Mappings {
    /// The latest mapping of every name, by name.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<KeptMapping>, Fault> {
        let query = "select name, mapping from column_mapping order by id";
        let mut latest = BTreeMap::new();
        for row in &sql::all(&self.0.read, query, []).await? {
            latest.insert(row.get::<String>("name")?, row.get::<String>("mapping")?);
        }
        Ok(latest.into_iter().map(|(name, mapping)| KeptMapping { name, mapping }).collect())
    }

    /// Keeps a mapping; the next list of that name is read so.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn keep(&self, stamp: &Stamp, new: &KeptMapping) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into column_mapping (name, mapping, kept_at) values ($1, $2, $3)";
        let values = [new.name.clone().into(), new.mapping.clone().into(), sql::time(stamp.at)];
        sql::run(&*change, query, values).await?;
        let payload = json!({ "name": new.name, "mapping": new.mapping });
        let on = "column-mappings".to_owned();
        change.keep(Entry { deed: "column-mapping.keep", on, payload }).await
    }
}
