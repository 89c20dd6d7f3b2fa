//! Proves that nothing in the journal was changed, removed or reordered.

mod answers;
mod disposed;
mod entries;

use std::sync::Arc;

use quarterlight_domain::stamp::Stamp;
use quarterlight_journal::{Chain, Hash, Other, Verifier, Wrong};

use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

pub(crate) use entries::node;

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
    /// The first entry that is wrong, where one can be named.
    pub first: Option<u64>,
    /// How many of the first entries a checkpoint from elsewhere, or a signed one, vouches for.
    pub vouched: u64,
    /// How many personal parts are gone, each in a disposal.
    pub disposed: usize,
}

impl Verdict {
    /// True if nothing was found to be wrong.
    pub fn is_clean(&self) -> bool {
        self.wrong.is_empty()
    }
}

/// What a journal is compared with, beside itself.
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// Checkpoints that were kept elsewhere.
    pub others: Vec<Other>,
    /// The log's public key, by which the signed checkpoints here are checked.
    pub log: Option<Verifier>,
}

impl Journal {
    /// Reads the whole journal and checks each entry, its place, its personal part, the tree, the
    /// checkpoints, and that every answer and grade is the one that the journal last says.
    /// `known` is a checkpoint from elsewhere, such as one noted in minutes; `progress` is told how
    /// many entries were read.
    ///
    /// # Errors
    /// Fails if the database cannot be read: a journal that is wrong is a verdict and no failure.
    pub async fn verify(
        &self,
        known: Option<TreeHead>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Verdict, Fault> {
        let whose = "the checkpoint taken then".to_owned();
        let others = known.map(|it| Other { size: it.size, root: it.root, whose });
        let against = Against { others: others.into_iter().collect(), log: None };
        self.verify_against(&against, progress).await
    }

    /// The same against any number of checkpoints from elsewhere, and with the signatures of those
    /// that are kept here.
    ///
    /// # Errors
    /// Fails if the database cannot be read: a journal that is wrong is a verdict and no failure.
    pub async fn verify_against(
        &self,
        against: &Against,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Verdict, Fault> {
        let mut chain = Chain::new();
        let mut known = against.others.clone();
        known.extend(self.checkpoints().await?.iter().map(|it| Other {
            size: it.size,
            root: it.root,
            whose: "the checkpoint taken then".to_owned(),
        }));
        known.extend(self.signed_of(against.log.as_ref(), &mut chain).await?);
        known.sort_by_key(|other| other.size);
        let mut said = answers::Said::default();
        let mut gone = disposed::Gone::default();
        entries::read(&self.0.read, &mut chain, |chain, seq, entry| {
            gone.note(seq, entry);
            if let Some(payload) = &entry.payload {
                said.note(&entry.deed, &entry.on, payload);
            } else {
                said.forget(&entry.deed, &entry.on);
            }
            let size = chain.frontier().size();
            for other in known.iter().filter(|other| other.size == size) {
                let vouches = against.others.is_empty() || against.others.contains(other);
                chain.compare(other.size, other.root, &other.whose, vouches);
            }
            progress(size);
        })
        .await?;
        let query = "select size, last_leaf from journal_head where id = 1";
        let row = sql::one(&self.0.read, query, []).await?;
        let last: Vec<u8> = row.get("last_leaf")?;
        let size: i64 = row.get("size")?;
        chain.end(Some((size.unsigned_abs(), &last)));
        let head = TreeHead { size: chain.frontier().size(), root: chain.frontier().root() };
        if u64::try_from(size).ok() != Some(head.size) {
            let entries = head.size;
            chain.say(
                None,
                format!("The journal ends after {entries} entries, and should have {size}."),
            );
        }
        for other in known.iter().filter(|other| other.size > head.size) {
            let (size, entries) = (other.size, head.size);
            chain.say(
                None,
                format!("A checkpoint was taken of {size} entries, and the journal has {entries}."),
            );
        }
        let disposed = gone.compare(&self.0.read, &mut chain).await?;
        answers::compare(&self.0.read, &said, &mut chain).await?;
        let vouched = chain.agreed();
        let wrong: Vec<Wrong> = chain.wrong();
        let first = wrong.iter().find_map(|wrong| wrong.entry);
        let wrong = wrong.into_iter().map(|wrong| wrong.sentence).collect();
        Ok(Verdict { head, wrong, first, vouched, disposed })
    }

    /// Takes a checkpoint of the journal as it is.
    ///
    /// # Errors
    /// Fails if the database cannot be read or written.
    pub async fn checkpoint(&self, stamp: &Stamp) -> Result<TreeHead, Fault> {
        let head = self.grow().await?;
        self.keep_checkpoint(&self.0.write, stamp, &head).await?;
        Ok(head)
    }

    async fn checkpoints(&self) -> Result<Vec<TreeHead>, Fault> {
        let query = "select size, root from journal_checkpoint order by size";
        let rows = sql::all(&self.0.read, query, []).await?;
        rows.iter()
            .map(|row| {
                Ok(TreeHead {
                    size: u64::from(row.count("size")?),
                    root: Hash::try_from(row.get::<Vec<u8>>("root")?.as_slice())
                        .map_err(|_| Fault::damaged("root", "a hash has the wrong length"))?,
                })
            })
            .collect()
    }
}

impl TreeHead {
    /// Reads a checkpoint as it is written in short: the number of entries, a colon and the root in
    /// hexadecimal.
    pub fn read(text: &str) -> Option<Self> {
        let (size, root) = text.split_once(':')?;
        Some(Self { size: size.parse().ok()?, root: Hash::from_hex(root).ok()? })
    }

    /// It as a checkpoint to compare with, which was kept elsewhere.
    pub fn from_elsewhere(self) -> Other {
        let whose = "the checkpoint kept elsewhere".to_owned();
        Other { size: self.size, root: self.root, whose }
    }
}

impl std::fmt::Display for TreeHead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{:x}", self.size, self.root)
    }
}
