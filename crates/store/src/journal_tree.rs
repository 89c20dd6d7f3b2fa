//! The journal's tree as it is stored: each hash once, so that a proof reads a few rows.
//!
//! It grows when a checkpoint is taken, and not with each change: saving an answer costs no more
//! for it. Whatever a proof rests on is a checkpoint, so nothing is ever asked of what is not there.

use std::collections::BTreeMap;

use quarterlight_domain::stamp::Stamp;
use quarterlight_journal::{Consistency, Frontier, Hash, Inclusion, Place, Stored};
use sea_orm::{ConnectionTrait, Value};

use crate::fault::Fault;
use crate::sql;
use crate::verify::{Journal, TreeHead, node};

/// Entries taken up in one transaction, so that nobody who saves waits long.
const AT_ONCE: usize = 2_000;

/// Hashes in one statement.
const ROWS: usize = 1_000;

impl Journal {
    /// Adds to the stored tree what the journal has more, and gives the head.
    ///
    /// # Errors
    /// Fails if the database cannot be read or written, and where an entry is missing.
    pub(crate) async fn grow(&self) -> Result<TreeHead, Fault> {
        loop {
            let on = self.0.begin().await?;
            // The update locks the row until the transaction ends, so that two servers do not both add.
            let lock = "update journal_tree set size = size where id = 1 returning size";
            let size: i64 = sql::one(&on, lock, []).await?.get("size")?;
            let query =
                "select seq, entry from journal_entry where seq >= $1 order by seq limit $2";
            let values = [size.into(), sql::whole(AT_ONCE)];
            let rows = sql::all(&on, query, values).await?;
            let mut frontier = frontier(&on, u64::try_from(size).unwrap_or_default()).await?;
            let mut stored = Vec::new();
            for row in &rows {
                let bytes: Vec<u8> = row.get("entry")?;
                if u64::try_from(row.get::<i64>("seq")?).ok() != Some(frontier.size()) {
                    return Err(Fault::damaged("seq", "an entry of the journal is missing"));
                }
                stored.extend(frontier.append(Hash::leaf(&bytes)));
            }
            let head = TreeHead { size: frontier.size(), root: frontier.root() };
            if rows.is_empty() {
                on.rollback().await?;
                return Ok(head);
            }
            keep(&on, &stored).await?;
            let size = i64::try_from(head.size).unwrap_or(i64::MAX);
            let update = "update journal_tree set size = $1 where id = 1";
            sql::run(&on, update, [size.into()]).await?;
            on.commit().await?;
            if rows.len() < AT_ONCE {
                return Ok(head);
            }
        }
    }

    /// Notes the head as a checkpoint, if it is not one already.
    pub(crate) async fn keep_checkpoint(
        &self,
        on: &impl ConnectionTrait,
        stamp: &Stamp,
        head: &TreeHead,
    ) -> Result<(), Fault> {
        let query = "insert into journal_checkpoint (size, root, made_at) values ($1, $2, $3) \
             on conflict (size) do nothing";
        let size = i64::try_from(head.size).unwrap_or(i64::MAX);
        let values = [size.into(), head.root.as_bytes().to_vec().into(), sql::time(stamp.at)];
        sql::run(on, query, values).await?;
        Ok(())
    }

    /// The edge of the tree as it was at this size, which a checkpoint must have reached: one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read, and where a stored hash is missing.
    pub async fn frontier_at(&self, size: u64) -> Result<Frontier, Fault> {
        frontier(&self.0.read, size).await
    }

    /// The proof that an entry is in the tree of this size: one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read; none where there is no such entry or checkpoint.
    pub async fn inclusion(&self, entry: u64, size: u64) -> Result<Option<Inclusion>, Fault> {
        let Ok(places) = Inclusion::places(entry, size) else { return Ok(None) };
        let hashes = hashes(&self.0.read, &places).await?;
        let read = |place: Place| hashes.get(&place.storage_index()).copied();
        Ok(Inclusion::make(entry, size, read).ok())
    }

    /// The proof that the tree of one size continues that of another: one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read; none where there is no such checkpoint.
    pub async fn consistency(&self, old: u64, new: u64) -> Result<Option<Consistency>, Fault> {
        let Ok(places) = Consistency::places(old, new) else { return Ok(None) };
        let hashes = hashes(&self.0.read, &places).await?;
        let read = |place: Place| hashes.get(&place.storage_index()).copied();
        Ok(Consistency::make(old, new, read).ok())
    }

    /// An entry's very bytes.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn entry(&self, entry: u64) -> Result<Option<Vec<u8>>, Fault> {
        let seq = i64::try_from(entry).unwrap_or(-1);
        let query = "select entry from journal_entry where seq = $1";
        let row = sql::first(&self.0.read, query, [seq.into()]).await?;
        row.map(|row| row.get("entry")).transpose()
    }
}

pub async fn frontier(on: &impl ConnectionTrait, size: u64) -> Result<Frontier, Fault> {
    let damaged = |_| Fault::damaged("idx", "a hash of the stored tree is missing");
    let places = Frontier::places(size).map_err(damaged)?;
    let hashes = hashes(on, &places).await?;
    Frontier::resume(size, |place| hashes.get(&place.storage_index()).copied()).map_err(damaged)
}

/// The stored hashes at these places, by their rows.
pub async fn hashes(
    on: &impl ConnectionTrait,
    places: &[Place],
) -> Result<BTreeMap<u64, Hash>, Fault> {
    let mut found = BTreeMap::new();
    for some in places.chunks(ROWS) {
        let names: Vec<String> = (1..=some.len()).map(|number| format!("${number}")).collect();
        let query =
            format!("select idx, hash from journal_node where idx in ({})", names.join(", "));
        let values = some.iter().map(|place| index(*place));
        for row in sql::all(on, &query, values).await? {
            let (index, hash) = node(&row)?;
            found.insert(index, hash);
        }
    }
    Ok(found)
}

async fn keep(on: &impl ConnectionTrait, stored: &[Stored]) -> Result<(), Fault> {
    for some in stored.chunks(ROWS) {
        let rows = sql::tuples(on, some.len(), 2);
        let values =
            some.iter().flat_map(|it| [index(it.place), it.hash.as_bytes().to_vec().into()]);
        sql::run(on, &format!("insert into journal_node (idx, hash) values {rows}"), values)
            .await?;
    }
    Ok(())
}

fn index(place: Place) -> Value {
    i64::try_from(place.storage_index()).unwrap_or(i64::MAX).into()
}
