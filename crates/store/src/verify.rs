//! Proves that nothing in the journal was changed, removed or reordered.

mod answers;
mod entries;

use std::sync::Arc;

use quarterlight_domain::stamp::Stamp;
use quarterlight_journal::{Frontier, Hash};

use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// The history of every change.
#[derive(Debug, Clone)]
pub struct Journal(pub(crate) Arc<Engine>);

/// How many entries a journal had at some time, and the root of its tree then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeHead {
    /// Entries.
    pub size: u64,
    /// The Merkle root over them.
    pub root: Hash,
}

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The journal as it is now.
    pub head: TreeHead,
    /// What is wrong, each a sentence; the first place comes first. Empty when all is well.
    pub wrong: Vec<String>,
}

impl Verdict {
    /// True if nothing was found to be wrong.
    pub fn is_clean(&self) -> bool {
        self.wrong.is_empty()
    }
}

/// As many sentences as one wants to read; a journal rewritten whole would give one for each entry.
const ENOUGH: usize = 20;

/// What is wrong, as it comes to light.
#[derive(Debug, Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn say(&mut self, sentence: String) {
        if self.0.len() < ENOUGH {
            self.0.push(sentence);
        }
    }
}

impl Journal {
    /// Reads the whole journal and checks each entry, its place, its personal part, the tree, the
    /// checkpoints, and that every answer and grade is the one that the journal last says.
    /// `known` is a checkpoint from elsewhere, such as a printed report; `progress` is told how
    /// many entries were read.
    ///
    /// # Errors
    /// Fails if the database cannot be read: a journal that is wrong is a verdict and no failure.
    pub async fn verify(
        &self,
        known: Option<TreeHead>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Verdict, Fault> {
        let mut wrong = Wrong::default();
        let mut frontier = Frontier::new();
        let mut checkpoints = self.checkpoints().await?;
        checkpoints.extend(known);
        checkpoints.sort_by_key(|checkpoint| checkpoint.size);
        let mut said = answers::Said::default();
        entries::read(&self.0.read, &mut wrong, |entry| {
            frontier.push(entry.leaf);
            if let Some(payload) = &entry.payload {
                said.note(&entry.deed, &entry.on, payload);
            } else {
                said.forget(&entry.deed, &entry.on);
            }
            for checkpoint in checkpoints.iter().filter(|each| each.size == frontier.size()) {
                if checkpoint.root != frontier.root() {
                    return Some(format!(
                        "The first {} entries are not those of the checkpoint taken then.",
                        checkpoint.size
                    ));
                }
            }
            progress(frontier.size());
            None
        })
        .await?;
        let head = TreeHead { size: frontier.size(), root: frontier.root() };
        let size = sql::one(&self.0.read, "select size from journal_head where id = 1", []).await?;
        if u64::try_from(size.get::<i64>("size")?).ok() != Some(head.size) {
            wrong.say(format!(
                "The journal ends after {} entries, and should have {}.",
                head.size,
                size.get::<i64>("size")?
            ));
        }
        for checkpoint in checkpoints.iter().filter(|each| each.size > head.size) {
            wrong.say(format!(
                "A checkpoint was taken of {} entries, and the journal has {}.",
                checkpoint.size, head.size
            ));
        }
        answers::compare(&self.0.read, &said, &mut wrong).await?;
        Ok(Verdict { head, wrong: wrong.0 })
    }

    /// Takes a checkpoint of the journal as it is.
    ///
    /// # Errors
    /// Fails if the database cannot be read or written.
    pub async fn checkpoint(&self, stamp: &Stamp) -> Result<TreeHead, Fault> {
        let mut frontier = Frontier::new();
        entries::read(&self.0.read, &mut Wrong::default(), |entry| {
            frontier.push(entry.leaf);
            None
        })
        .await?;
        let head = TreeHead { size: frontier.size(), root: frontier.root() };
        let query = "insert into journal_checkpoint (size, root, made_at) values ($1, $2, $3) \
             on conflict (size) do nothing";
        let size = i64::try_from(head.size).unwrap_or(i64::MAX);
        let values = [size.into(), head.root.as_bytes().to_vec().into(), sql::time(stamp.at)];
        sql::run(&self.0.write, query, values).await?;
        Ok(head)
    }

    async fn checkpoints(&self) -> Result<Vec<TreeHead>, Fault> {
        let query = "select size, root from journal_checkpoint order by size";
        let rows = sql::all(&self.0.read, query, []).await?;
        rows.iter()
            .map(|row| {
                Ok(TreeHead {
                    size: u64::from(row.count("size")?),
                    root: entries::hash(&row.get::<Vec<u8>>("root")?)
                        .ok_or_else(|| Fault::damaged("root", "a hash has the wrong length"))?,
                })
            })
            .collect()
    }
}
