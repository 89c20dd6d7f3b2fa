//! What people said of doubtful matches.

use quarterlight_domain::reconcile::Decisions;
use quarterlight_domain::stamp::{By, Stamp};
use serde_json::json;

use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sources::Sources;
use crate::sql;

/// What a person said of one doubtful match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// True for workers, false for references.
    pub of_workers: bool,
    /// The one.
    pub one: String,
    /// The other.
    pub other: String,
    /// Whether they are the same.
    pub same: bool,
}

/// Decisions for one insert.
const AT_ONCE: usize = 1000;

impl Sources {
    /// What people have said of doubtful matches: the latest word on each pair.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn decisions(&self) -> Result<Decisions, Fault> {
        let query = "select of_workers, one, other, same from same_as order by id";
        let mut decisions = Decisions::default();
        for row in &sql::all(&self.0.read, query, []).await? {
            let (one, other): (String, String) = (row.get("one")?, row.get("other")?);
            if row.get("of_workers")? {
                decisions.worker(&one, &other, row.get("same")?);
            } else {
                decisions.record(&one, &other, row.get("same")?);
            }
        }
        Ok(decisions)
    }

    /// Keeps what a person said of doubtful matches.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing is kept.
    pub async fn decide(&self, stamp: &Stamp, decisions: &[Decision]) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let by = match stamp.by {
            By::Person(id) => Some(id.0),
            By::Console | By::Token(_) => None,
        };
        for decisions in decisions.chunks(AT_ONCE) {
            let query = format!(
                "insert into same_as (of_workers, one, other, same, said_by, said_at) values {}",
                sql::tuples(&*change, decisions.len(), 6)
            );
            let values = decisions.iter().flat_map(|it| {
                [
                    it.of_workers.into(),
                    it.one.clone().into(),
                    it.other.clone().into(),
                    it.same.into(),
                    by.into(),
                    sql::time(stamp.at),
                ]
            });
            sql::run(&*change, &query, values.collect::<Vec<_>>()).await?;
        }
        let said: Vec<_> = decisions.iter().map(|it| json!([it.one, it.other, it.same])).collect();
        let payload = json!({ "pairs": said });
        change.keep(Entry { deed: "source.match", on: "sources".to_owned(), payload }).await
    }
}
