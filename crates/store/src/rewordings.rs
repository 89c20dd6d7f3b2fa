//! Wishes that a standard be worded anew: they wait for the framework's next draft.

use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::id::{EditionId, RewordingId};
use quarterlight_domain::moderation::rewording::NewRewording;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// Wishes that a standard be worded anew.
#[derive(Debug, Clone)]
pub struct Rewordings(pub(crate) Arc<Engine>);

/// A wish as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewordingLine {
    /// Its id.
    pub id: RewordingId,
    /// The standard, by its code in that edition.
    pub standard: StandardCode,
    /// What is unclear, or how it could be worded.
    pub words: String,
    /// Who wishes it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Rewordings {
    /// Keeps a wish. False if this form was kept before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn suggest(
        &self,
        stamp: &Stamp,
        new: &NewRewording,
        form_key: &str,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into rewording (edition_id, standard, words, by_id, at, form_key) \
             values ($1, $2, $3, $4, $5, $6) on conflict (form_key) do nothing returning id";
        let values = [
            new.edition.0.into(),
            new.standard.as_str().into(),
            new.words.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
            form_key.into(),
        ];
        let Some(row) = sql::first(&*change, query, values).await? else { return Ok(false) };
        let id = row.id("id", RewordingId)?;
        let payload = json!({
            "edition": new.edition.0, "standard": new.standard.as_str(), "words": new.words.words(),
        });
        let on = format!("rewording {id}");
        change.keep(Entry { deed: "rewording.suggest", on, payload }).await?;
        Ok(true)
    }

    /// The wishes about the standards of an edition, by standard, the oldest first; of no edition,
    /// none. One statement in either case.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_edition(
        &self,
        edition: Option<EditionId>,
    ) -> Result<Vec<RewordingLine>, Fault> {
        let query = "select rewording.id, rewording.standard, rewording.words, \
             person.name as by_name, rewording.at from rewording \
             join person on person.id = rewording.by_id \
             where rewording.edition_id = cast($1 as bigint) order by rewording.standard, rewording.id";
        let rows = sql::all(&self.0.read, query, [edition.map(|id| id.0).into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(RewordingLine {
                    id: row.id("id", RewordingId)?,
                    standard: row.parse("standard", StandardCode::new)?,
                    words: row.get("words")?,
                    by: row.get("by_name")?,
                    at: row.time("at")?,
                })
            })
            .collect()
    }
}
