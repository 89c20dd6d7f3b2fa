//! The entries of the journal, read in order and each checked by itself.

use std::collections::BTreeMap;

use quarterlight_journal::{Beside, Chain, EntryLines, Hash, Place, stored_count};
use sea_orm::ConnectionTrait;

use crate::fault::Fault;
use crate::sql::{self, Row};

/// Entries read at once: enough to be fast, few enough to need little memory.
const AT_ONCE: i64 = 5_000;

/// An entry as far as verifying needs it.
pub struct Seen {
    /// What was done.
    pub deed: String,
    /// To what.
    pub on: String,
    /// The personal part; none once retention has removed it.
    pub payload: Option<String>,
}

/// Reads every entry in order, notes what is wrong with it, and hands it on.
pub async fn read(
    on: &impl ConnectionTrait,
    chain: &mut Chain,
    mut each: impl FnMut(&mut Chain, u64, &Seen),
) -> Result<(), Fault> {
    let query = "select journal_entry.seq, entry, leaf, salt, payload from journal_entry \
         left join journal_payload on journal_payload.seq = journal_entry.seq \
         where journal_entry.seq >= $1 order by journal_entry.seq limit $2";
    let mut from = i64::MIN;
    loop {
        let rows = sql::all(on, query, [from.into(), AT_ONCE.into()]).await?;
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(()) };
        let (first, last): (i64, i64) = (first.get("seq")?, last.get("seq")?);
        let stored = stored(on, first, last).await?;
        from = last.saturating_add(1);
        for row in &rows {
            check(row, &stored, chain, &mut each)?;
        }
    }
}

/// The stored hashes that these entries made known, by their row.
async fn stored(
    on: &impl ConnectionTrait,
    first: i64,
    last: i64,
) -> Result<BTreeMap<u64, Hash>, Fault> {
    let index = |seq: i64| {
        let rows = stored_count(u64::try_from(seq).unwrap_or_default());
        i64::try_from(rows).unwrap_or(i64::MAX)
    };
    let query = "select idx, hash from journal_node where idx >= $1 and idx < $2";
    let values = [index(first).into(), index(last.saturating_add(1)).into()];
    sql::all(on, query, values).await?.iter().map(node).collect()
}

/// A stored hash with its row; one of the wrong length reads as the hash of nothing, which no place has.
pub fn node(row: &Row) -> Result<(u64, Hash), Fault> {
    let index = u64::try_from(row.get::<i64>("idx")?).unwrap_or(u64::MAX);
    let hash = Hash::try_from(row.get::<Vec<u8>>("hash")?.as_slice());
    Ok((index, hash.unwrap_or_else(|_| Hash::empty())))
}

fn check(
    row: &Row,
    stored: &BTreeMap<u64, Hash>,
    chain: &mut Chain,
    each: &mut impl FnMut(&mut Chain, u64, &Seen),
) -> Result<(), Fault> {
    let seq: i64 = row.get("seq")?;
    let bytes: Vec<u8> = row.get("entry")?;
    let kept: Vec<u8> = row.get("leaf")?;
    let lines = EntryLines::read(&bytes);
    let Ok(seq) = u64::try_from(seq) else {
        chain.say(None, format!("There is an entry with the number {seq}."));
        return Ok(());
    };
    // A kept hash of the wrong length is none that any entry gives.
    let leaf = Some(Hash::try_from(kept.as_slice()).unwrap_or_else(|_| Hash::empty()));
    let at = |place: Place| stored.get(&place.storage_index()).copied();
    chain.add(seq, &bytes, &lines, &Beside { leaf, stored: &at });
    let payload: Option<String> = row.get("payload")?;
    if let Some(payload) = &payload {
        let salt: Option<Vec<u8>> = row.get("salt")?;
        if !lines.binds(&salt.unwrap_or_default(), payload.as_bytes()) {
            chain.say(Some(seq), format!("The personal part of entry {seq} was changed."));
        }
    }
    each(chain, seq, &Seen { deed: lines.deed, on: lines.on, payload });
    Ok(())
}
