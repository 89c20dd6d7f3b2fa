//! The journal: one entry for each change, in a Merkle log that others can verify.
//!
//! An entry is a few lines of text, and its very bytes are kept and hashed:
//!
//! ```text
//! quarterlight journal entry, form 1
//! entry 41
//! after 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
//! at 2026-11-23T10:42:07.123456Z
//! by person 12
//! deed audit.answer
//! on audit 34
//! program 0.1.0
//! payload-sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//! ```
//!
//! The second and third line give the entry's own number and the leaf hash of the one before it, so
//! that an entry cannot be moved, taken out or rewritten without rewriting all that follow; the
//! Merkle tree's checkpoints, kept elsewhere, catch that too. The last line binds the personal part without containing it: it is the SHA-256 of a random
//! salt of 32 bytes and then the payload.

use quarterlight_domain::hex::hex;
use quarterlight_domain::stamp::{By, Stamp};
use quarterlight_journal::{FORM, Hash, payload_digest};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::json;

use crate::change::Entry;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Adds an entry inside the transaction of its change: three statements, whatever the journal's size.
pub async fn append(
    on: &DatabaseTransaction,
    stamp: &Stamp,
    entry: &Entry,
    salt: [u8; 32],
) -> Result<(), Fault> {
    // The update locks the head until the transaction ends, so entries are numbered without a gap.
    // What it returns is read under the lock; a sub-query would see the journal as it was before the wait.
    let head = "update journal_head set size = size + 1 where id = 1 returning size, last_leaf";
    let head = sql::one(on, head, []).await?;
    let seq = head.get::<i64>("size")? - 1;
    let last = hex(&head.get::<Vec<u8>>("last_leaf")?);
    let payload = json!({ "why": stamp.why, "what": entry.payload }).to_string();
    let place = format!("entry {seq}\nafter {last}");
    let bytes = entry_text(&place, stamp, entry, &digest(&salt, &payload)).into_bytes();
    let leaf = Hash::leaf(&bytes);
    sql::run(
        on,
        "insert into journal_entry (seq, entry, leaf) values ($1, $2, $3)",
        [seq.into(), bytes.into(), leaf.as_bytes().to_vec().into()],
    )
    .await?;
    sql::run(
        on,
        "insert into journal_payload (seq, salt, payload) values ($1, $2, $3)",
        [seq.into(), salt.to_vec().into(), payload.into()],
    )
    .await?;
    Ok(())
}

fn entry_text(place: &str, stamp: &Stamp, entry: &Entry, digest: &str) -> String {
    let by = match stamp.by {
        By::Person(person) => format!("person {person}"),
        By::Console => "console".to_owned(),
        By::Token(token) => format!("api token {token}"),
    };
    format!(
        "{FORM}\n{place}\nat {:.6}\nby {by}\ndeed {}\non {}\nprogram {}\npayload-sha256 {digest}\n",
        stamp.at,
        entry.deed,
        entry.on,
        env!("CARGO_PKG_VERSION"),
    )
}

/// SHA-256 of the salt and then the payload, in hexadecimal.
pub fn digest(salt: &[u8], payload: &str) -> String {
    payload_digest(salt, payload.as_bytes())
}

/// Entries read at once.
const AT_ONCE: i64 = 5_000;

/// Reads what a query finds in the journal from its first entry on, some thousands at a time: the
/// query goes on from the entry `$1`, in their order, and gives at most `$2`.
pub async fn in_pieces(
    on: &impl ConnectionTrait,
    query: &str,
    mut take: impl FnMut(i64, &Row) -> Result<(), Fault> + Send,
) -> Result<(), Fault> {
    let mut from = 0_i64;
    loop {
        let rows = sql::all(on, query, [from.into(), AT_ONCE.into()]).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let seq: i64 = row.get("seq")?;
            take(seq, &row)?;
            from = seq + 1;
        }
    }
}
