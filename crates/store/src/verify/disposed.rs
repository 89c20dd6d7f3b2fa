//! Personal parts that are not there: each must have gone in a disposal, and each disposal must have
//! taken what its entry says and have left what its entry says.

use std::collections::{BTreeMap, BTreeSet};

use quarterlight_domain::retention::Kind;
use quarterlight_journal::Chain;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::entries::Seen;
use crate::fault::Fault;
use crate::journal::digest;
use crate::retention::{listed, staying};
use crate::sql;

/// What is not there, and what the entries of disposals say.
#[derive(Debug, Default)]
pub struct Gone {
    missing: BTreeSet<u64>,
    batches: BTreeMap<i64, Value>,
}

impl Gone {
    /// Notes an entry.
    pub fn note(&mut self, seq: u64, entry: &Seen) {
        let Some(payload) = &entry.payload else {
            self.missing.insert(seq);
            return;
        };
        let batch = entry.on.strip_prefix("disposal batch ").and_then(|id| id.parse().ok());
        if let (Some(batch), true) = (batch, entry.deed == "disposal.carry-out") {
            let said = serde_json::from_str::<Value>(payload).unwrap_or_default();
            self.batches.insert(batch, said.get("what").cloned().unwrap_or_default());
        }
    }

    /// Compares all of it with the database, and gives how many personal parts are gone.
    pub async fn compare(
        &self,
        on: &impl ConnectionTrait,
        chain: &mut Chain,
    ) -> Result<usize, Fault> {
        let mut parts: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut disposed = BTreeSet::new();
        for row in sql::all(on, "select seq, batch_id from disposed_part order by seq", []).await? {
            let seq: i64 = row.get("seq")?;
            parts.entry(row.get("batch_id")?).or_default().push(seq);
            disposed.insert(seq.unsigned_abs());
        }
        for seq in self.missing.difference(&disposed) {
            let sentence = format!(
                "The personal part of entry {seq} is missing, and no disposal says that it went."
            );
            chain.say(Some(*seq), sentence);
        }
        let mut things: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let query = "select thing_id, batch_id from disposed_thing";
        for row in sql::all(on, query, []).await? {
            things.entry(row.get("batch_id")?).or_default().push(row.get("thing_id")?);
        }
        for batch in parts.keys().chain(things.keys()).collect::<BTreeSet<_>>() {
            if !self.batches.contains_key(batch) {
                chain.say(
                    None,
                    format!("No entry says that disposal batch {batch} was carried out."),
                );
            }
        }
        for (batch, said) in &self.batches {
            let (parts, things) = (parts.get(batch), things.get(batch));
            let of = |list: Option<&Vec<i64>>| listed(list.map_or(&[], Vec::as_slice));
            let word = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default();
            if word("parts_sha256") != digest(&[], &of(parts))
                || word("things_sha256") != digest(&[], &of(things))
            {
                let sentence =
                    format!("What went in disposal batch {batch} is not what its entry says.");
                chain.say(None, sentence);
            }
            let kind = Kind::from_code(word("kind"));
            let things = things.cloned().unwrap_or_default();
            if let Some(kind) = kind
                && staying(on, kind, &things).await? != word("stays_sha256")
            {
                let sentence = format!(
                    "What was to stay after disposal batch {batch} is not what its entry says."
                );
                chain.say(None, sentence);
            }
        }
        Ok(self.missing.len())
    }
}
