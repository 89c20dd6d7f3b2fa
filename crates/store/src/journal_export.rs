//! The journal as a folder that others can check: each file of it in turn, and never all at once.

use quarterlight_journal::{Bundle, Payload, Tile, Verifier};

use crate::fault::Fault;
use crate::journal_tree::hashes;
use crate::sql;
use crate::verify::Journal;

/// Personal parts written at once.
const AT_ONCE: u64 = 2_000;

/// Says in the folder itself how to check it.
const READ_ME: &str = include_str!("journal_export.txt");

impl Journal {
    /// Writes every file of the journal as it was at its latest signed checkpoint, by calling `keep`
    /// with its path and bytes; the bytes of one path may come in several calls, one after another.
    /// Personal parts are written only where `personal` says so. Gives the size; none if no
    /// checkpoint was signed.
    ///
    /// # Errors
    /// Fails if the database cannot be read, or `keep` does.
    pub async fn export<E: From<Fault>>(
        &self,
        log: &Verifier,
        personal: bool,
        mut keep: impl FnMut(&str, &[u8]) -> Result<(), E>,
    ) -> Result<Option<u64>, E> {
        let Some(last) = self.last_signed().await? else { return Ok(None) };
        let size = last.size;
        keep("checkpoint", last.note.to_string().as_bytes())?;
        keep("key", format!("{log}\n").as_bytes())?;
        keep("README.txt", READ_ME.as_bytes())?;
        for signed in self.signed_between(0, size).await? {
            keep(&format!("checkpoints/{}", signed.size), signed.note.to_string().as_bytes())?;
        }
        for tile in Tile::of_tree(size) {
            let places: Vec<_> = tile.places().collect();
            let stored = hashes(&self.0.read, &places).await?;
            let contents = tile.contents(|place| stored.get(&place.storage_index()).copied());
            let damaged = |_| Fault::damaged("idx", "a hash of the stored tree is missing");
            keep(&tile.path(), &contents.map_err(damaged)?)?;
        }
        for bundle in Bundle::of_tree(size) {
            let range = bundle.entries();
            let query = "select entry from journal_entry where seq >= $1 and seq < $2 order by seq";
            let rows = sql::all(&self.0.read, query, [whole(range.start), whole(range.end)]);
            let entries: Vec<Vec<u8>> =
                rows.await?.iter().map(|row| row.get("entry")).collect::<Result<_, _>>()?;
            let contents = bundle.contents(entries.iter().map(Vec::as_slice));
            let damaged = |_| Fault::damaged("entry", "an entry is missing or too long");
            keep(&bundle.path(), &contents.map_err(damaged)?)?;
        }
        let mut from = if personal { 0 } else { size };
        while from < size {
            let until = size.min(from + AT_ONCE);
            let query = "select seq, salt, payload from journal_payload \
                 where seq >= $1 and seq < $2 order by seq";
            let mut lines = String::new();
            for row in sql::all(&self.0.read, query, [whole(from), whole(until)]).await? {
                let payload = Payload {
                    entry: row.get::<i64>("seq")?.unsigned_abs(),
                    salt: row.get("salt")?,
                    words: row.get::<String>("payload")?.into_bytes(),
                };
                lines.push_str(&payload.line());
            }
            keep("payloads", lines.as_bytes())?;
            from = until;
        }
        Ok(Some(size))
    }
}

fn whole(number: u64) -> sea_orm::Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
