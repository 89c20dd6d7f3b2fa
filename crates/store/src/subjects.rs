//! Everything that is held about a record, table by table, for whoever asks for it.
//!
//! The list of tables stands in `subjects/tables.rs`; a test goes through the schema and fails where
//! a table that refers to a record is not in it.

mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::RecordId;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_journal::EntryLines;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::journal::in_pieces;
use crate::sql::{self, Row};

pub use tables::TABLES;

/// Everything that is held about a record.
#[derive(Debug, Clone)]
pub struct Subjects(pub(crate) Arc<Engine>);

/// What one table holds about a record: every column as text, none where it is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldTable {
    /// The table.
    pub table: &'static str,
    /// What it holds, in words.
    pub words: &'static str,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its rows about the record.
    pub rows: Vec<Vec<Option<String>>>,
}

/// An entry of the journal about a record, with its personal part where it is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldEntry {
    /// Its number.
    pub number: u64,
    /// The entry itself.
    pub entry: String,
    /// Its personal part.
    pub payload: Option<String>,
}

/// Everything that is held about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: String,
    /// What each table holds; those that hold nothing are there too.
    pub tables: Vec<HeldTable>,
    /// What the journal says.
    pub entries: Vec<HeldEntry>,
    /// The people whom all this names by their number, for review.
    pub people: BTreeMap<i64, String>,
}

impl Subjects {
    /// The record that ever had this reference, on a list or not.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn find(&self, reference: &Reference) -> Result<Option<RecordId>, Fault> {
        let query = "select id from record where reference = $1";
        let row = sql::first(&self.0.read, query, [reference.as_str().into()]).await?;
        row.map(|row| row.id("id", RecordId)).transpose()
    }

    /// Everything that is held about a record: two statements for each table, and a reading of the journal.
    ///
    /// # Errors
    /// Fails if the database cannot be read; none where there is no such record.
    pub async fn everything(&self, record: RecordId) -> Result<Option<Bundle>, Fault> {
        let on = &self.0.read;
        let query = "select reference from record where id = $1";
        let Some(row) = sql::first(on, query, [record.0.into()]).await? else { return Ok(None) };
        let reference: String = row.get("reference")?;
        let mut held = Vec::new();
        for (table, words, condition) in TABLES {
            let columns = columns(on, table).await?;
            let shown: Vec<String> = columns
                .iter()
                .map(|column| format!("cast({column} as text) as {column}"))
                .collect();
            let query = format!("select {} from {table} where {condition}", shown.join(", "));
            let found = sql::all(on, &query, [record.0.into()]).await?;
            let row = |row: &Row| columns.iter().map(|column| row.get(column)).collect();
            let mut rows = found.iter().map(row).collect::<Result<Vec<Vec<_>>, Fault>>()?;
            if *table == "source_part" {
                for row in &mut rows {
                    lines_of(&reference, row);
                }
            }
            rows.sort();
            held.push(HeldTable { table, words, columns, rows });
        }
        let entries = self.entries(&held).await?;
        let people = self.people(&held).await?;
        Ok(Some(Bundle { record, reference, tables: held, entries, people }))
    }

    /// Notes that everything about a record was taken out, and what is to be withheld.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing is to be given out.
    pub async fn note(
        &self,
        stamp: &Stamp,
        record: RecordId,
        exemption: &str,
        because: &Reason,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let payload = json!({ "exemption": exemption, "because": because.words() });
        let on = format!("record {record}");
        change.keep(Entry { deed: "record.bundle", on, payload }).await
    }

    /// The entries on the record itself and on everything about it that has a number of its own.
    async fn entries(&self, held: &[HeldTable]) -> Result<Vec<HeldEntry>, Fault> {
        let mut about = BTreeSet::new();
        for (table, noun) in tables::NOUNS {
            let of = held.iter().find(|it| it.table == *table);
            let at = of.and_then(|it| it.columns.iter().position(|column| column == "id"));
            let (Some(of), Some(at)) = (of, at) else { continue };
            for row in &of.rows {
                let id = row.get(at).cloned().flatten().unwrap_or_default();
                about.insert(format!("{noun} {id}"));
            }
        }
        let query = "select journal_entry.seq, entry, payload from journal_entry \
             left join journal_payload on journal_payload.seq = journal_entry.seq \
             where journal_entry.seq >= $1 order by journal_entry.seq limit $2";
        let mut found = Vec::new();
        let take = |seq: i64, row: &Row| {
            let bytes: Vec<u8> = row.get("entry")?;
            if about.contains(&EntryLines::read(&bytes).on) {
                found.push(HeldEntry {
                    number: seq.unsigned_abs(),
                    entry: String::from_utf8_lossy(&bytes).into_owned(),
                    payload: row.get("payload")?,
                });
            }
            Ok(())
        };
        in_pieces(&self.0.read, query, take).await?;
        Ok(found)
    }

    async fn people(&self, held: &[HeldTable]) -> Result<BTreeMap<i64, String>, Fault> {
        let mut named = BTreeSet::new();
        for table in held {
            for (at, column) in table.columns.iter().enumerate() {
                if !tables::PEOPLE.contains(&column.as_str()) {
                    continue;
                }
                let cells = table.rows.iter().filter_map(|row| row.get(at).cloned().flatten());
                named.extend(cells.filter_map(|cell| cell.parse::<i64>().ok()));
            }
        }
        let rows = sql::all(&self.0.read, "select id, name from person", []).await?;
        let mut people = BTreeMap::new();
        for row in rows {
            let id: i64 = row.get("id")?;
            if named.contains(&id) {
                people.insert(id, row.get("name")?);
            }
        }
        Ok(people)
    }
}

/// The columns of a table, as the database has them.
async fn columns(on: &impl ConnectionTrait, table: &str) -> Result<Vec<String>, Fault> {
    let query = match on.get_database_backend() {
        DbBackend::Sqlite => "select name from pragma_table_info($1) order by cid",
        _ => {
            "select cast(column_name as text) as name from information_schema.columns \
             where table_schema = current_schema() and table_name = $1 order by ordinal_position"
        }
    };
    let rows = sql::all(on, query, [table.into()]).await?;
    rows.iter().map(|row| row.get("name")).collect()
}

/// Of a thousand lines that a source said, those about this record.
fn lines_of(reference: &str, row: &mut [Option<String>]) {
    for cell in row.iter_mut().flatten().filter(|cell| cell.contains('\t')) {
        let is_ours = |line: &&str| line.split('\t').nth(2) == Some(reference);
        *cell = cell.lines().filter(is_ours).collect::<Vec<_>>().join("\n");
    }
}
