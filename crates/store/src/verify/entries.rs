//! The entries of the journal, read in order and each checked by itself.

use quarterlight_journal::Hash;
use sea_orm::ConnectionTrait;

use super::Wrong;
use crate::fault::Fault;
use crate::journal::{digest, hex};
use crate::sql::{self, Row};

/// Entries read at once: enough to be fast, few enough to need little memory.
const AT_ONCE: i64 = 5_000;

/// An entry as far as verifying needs it.
pub struct Seen {
    /// Its hash in the tree, made from its bytes and not taken from the table.
    pub leaf: Hash,
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
    wrong: &mut Wrong,
    mut each: impl FnMut(&Seen) -> Option<String>,
) -> Result<(), Fault> {
    let query = "select journal_entry.seq, entry, leaf, salt, payload from journal_entry \
         left join journal_payload on journal_payload.seq = journal_entry.seq \
         where journal_entry.seq >= $1 order by journal_entry.seq limit $2";
    let (mut next, mut from) = (0, i64::MIN);
    let mut last = Vec::new();
    loop {
        let rows = sql::all(on, query, [from.into(), AT_ONCE.into()]).await?;
        for row in &rows {
            let seq: i64 = row.get("seq")?;
            if seq != next {
                wrong.say(format!("Entry {next} is missing: entry {seq} comes in its place."));
            }
            (next, from) = (seq + 1, seq + 1);
            let (seen, leaf) = check(row, seq, &last, wrong)?;
            last = leaf;
            if let Some(sentence) = each(&seen) {
                wrong.say(sentence);
            }
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

fn check(row: &Row, seq: i64, last: &[u8], wrong: &mut Wrong) -> Result<(Seen, Vec<u8>), Fault> {
    let bytes: Vec<u8> = row.get("entry")?;
    let kept: Vec<u8> = row.get("leaf")?;
    let leaf = Hash::leaf(&bytes);
    let text = String::from_utf8_lossy(&bytes);
    let after = |word: &str| {
        text.lines().find_map(|line| line.strip_prefix(word)?.strip_prefix(' ')).unwrap_or_default()
    };
    if kept != leaf.as_bytes() {
        wrong.say(format!("Entry {seq} was changed: its bytes do not give its hash."));
    }
    if after("entry") != seq.to_string() {
        wrong.say(format!("Entry {seq} was moved: it says that it is entry “{}”.", after("entry")));
    }
    if after("after") != hex(last) {
        wrong.say(format!("Entry {seq} does not follow the entry that stands before it."));
    }
    let payload: Option<String> = row.get("payload")?;
    if let Some(payload) = &payload {
        let salt: Option<Vec<u8>> = row.get("salt")?;
        if digest(&salt.unwrap_or_default(), payload) != after("payload-sha256") {
            wrong.say(format!("The personal part of entry {seq} was changed."));
        }
    }
    let seen = Seen { leaf, deed: after("deed").to_owned(), on: after("on").to_owned(), payload };
    Ok((seen, leaf.as_bytes().to_vec()))
}

/// A hash from bytes of the right length.
pub fn hash(bytes: &[u8]) -> Option<Hash> {
    Hash::from_hex(&hex(bytes)).ok()
}
