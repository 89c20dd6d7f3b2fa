//! A disposal carried out: words go in bounded batches, each in one transaction with its entry.
//!
//! This is the one place where something that was kept is removed. The database lets it pass only
//! while `disposal_permit` is open, which it is only inside these transactions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quarterlight_domain::id::DisposalId;
use quarterlight_domain::retention::{Kind, Rule, Thing, going};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_journal::EntryLines;
use sea_orm::{ConnectionTrait, DbBackend, Value};
use serde_json::json;

use super::{Disposal, DueLine, Retention, kinds};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::journal::{digest, in_pieces};
use crate::sql::{self, Row};

/// Things that go in one transaction.
const AT_ONCE: usize = 200;

impl Retention {
    /// Proposes to dispose of what these lines say, as a preview gave them.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn propose(
        &self,
        stamp: &Stamp,
        as_at: Date,
        lines: &[DueLine],
    ) -> Result<DisposalId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into disposal (as_at, proposed_by, proposed_at) values ($1, $2, $3) \
             returning id";
        let values = [sql::day(as_at), sql::by(stamp), sql::time(stamp.at)];
        let id = sql::one(&*change, query, values).await?.id("id", DisposalId)?;
        for line in lines {
            let query = "insert into disposal_line \
                 (disposal_id, kind, months, source, cutoff, going, held) \
                 values ($1, $2, $3, $4, $5, $6, $7)";
            let months: i64 = line.months.into();
            let values = [
                id.0.into(),
                line.kind.code().into(),
                months.into(),
                line.source.clone().into(),
                sql::day(line.cutoff),
                sql::whole(line.going),
                sql::whole(line.held),
            ];
            sql::run(&*change, query, values).await?;
        }
        let counts: BTreeMap<&str, usize> =
            lines.iter().map(|line| (line.kind.code(), line.going)).collect();
        let payload = json!({ "as_at": as_at.to_string(), "going": counts });
        let on = format!("disposal {id}");
        change.keep(Entry { deed: "disposal.propose", on, payload }).await?;
        Ok(id)
    }

    /// Withdraws a disposal that waits. False if it has ended already.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn withdraw(
        &self,
        stamp: &Stamp,
        id: DisposalId,
        because: &Reason,
    ) -> Result<bool, Fault> {
        self.end(stamp, id, "withdrawn", because.words()).await
    }

    /// Confirms a disposal and carries it out: what was to go goes, but for what is held now. Gives how
    /// many things went; none if it has ended already. Whoever confirms is not who proposed it: the
    /// caller has asked [`quarterlight_domain::retention::may_confirm`].
    ///
    /// # Errors
    /// Fails if the database cannot be written. What had gone by then has gone, with its entries; the
    /// rest goes when [`Retention::go_on`] is called.
    pub async fn confirm(&self, stamp: &Stamp, of: &Disposal) -> Result<Option<usize>, Fault> {
        if !self.end(stamp, of.id, "confirmed", "").await? {
            return Ok(None);
        }
        self.go_on(stamp, of).await.map(Some)
    }

    /// Carries out what is left of a confirmed disposal, overwrites what was freed, and notes that it is
    /// done. It can be called again after a server stopped half-way.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn go_on(&self, stamp: &Stamp, of: &Disposal) -> Result<usize, Fault> {
        let holds: Vec<_> =
            self.holds().await?.into_iter().filter(|it| it.lifted.is_none()).collect();
        let holds: Vec<_> = holds.iter().map(|it| it.hold).collect();
        let entries = self.entries_with_parts().await?;
        let mut gone = 0;
        for line in &of.lines {
            let rule = Rule { kind: line.kind, months: line.months, source: line.source.clone() };
            let things = self.things(line.kind).await?;
            let (things, _) = going(&rule, &holds, things, of.as_at);
            for some in things.chunks(AT_ONCE) {
                self.dispose(stamp, of.id, &rule, some, &entries).await?;
                gone += some.len();
            }
        }
        self.wipe().await?;
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into disposal_done (disposal_id, at) values ($1, $2) \
             on conflict (disposal_id) do nothing";
        let values = [of.id.0.into(), sql::time(stamp.at)];
        if sql::run(&*change, query, values).await? == 1 {
            let payload = json!({ "gone": gone });
            change
                .keep(Entry { deed: "disposal.done", on: format!("disposal {}", of.id), payload })
                .await?;
        }
        Ok(gone)
    }

    async fn end(
        &self,
        stamp: &Stamp,
        id: DisposalId,
        how: &'static str,
        because: &str,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // Nobody confirms what they proposed, whoever asks for it.
        let query = "insert into disposal_ended (disposal_id, how, because, by_id, at) \
             select cast($1 as bigint), cast($2 as text), cast($3 as text), cast($4 as bigint), \
                 cast($5 as {time}) \
             where cast($2 as text) <> 'confirmed' or not exists ( \
                 select 1 from disposal where id = cast($1 as bigint) \
                 and proposed_by = cast($4 as bigint)) \
             on conflict (disposal_id) do nothing";
        let query = &sql::with_types(&*change, query);
        let values = [id.0.into(), how.into(), because.into(), sql::by(stamp), sql::time(stamp.at)];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        let deed = if how == "confirmed" { "disposal.confirm" } else { "disposal.withdraw" };
        let payload = json!({ "because": because });
        change.keep(Entry { deed, on: format!("disposal {id}"), payload }).await?;
        Ok(true)
    }

    /// One batch: everything of these things that goes, in one transaction with its entry.
    async fn dispose(
        &self,
        stamp: &Stamp,
        id: DisposalId,
        rule: &Rule,
        things: &[Thing],
        entries: &BTreeMap<String, Vec<(i64, String)>>,
    ) -> Result<(), Fault> {
        let kind = rule.kind;
        let change = Change::begin(&self.0, stamp).await?;
        let ids: Vec<i64> = things.iter().map(|it| it.id).collect();
        let parts = parts(&*change, kind, &ids, entries).await?;
        let gone = {
            let mut text = String::new();
            for (table, rows, columns) in kinds::going(kind) {
                text.push_str(&content(&*change, table, rows, columns, &ids).await?);
            }
            text
        };
        sql::run(&*change, "update disposal_permit set open = true where id = 1", []).await?;
        for (table, rows, columns) in kinds::going(kind) {
            remove(&*change, table, rows, columns, &ids).await?;
        }
        for some in parts.chunks(AT_ONCE) {
            let names = names(some.len());
            let query = format!("delete from journal_payload where seq in ({names})");
            sql::run(&*change, &query, some.iter().map(|seq| Value::from(*seq))).await?;
        }
        sql::run(&*change, "update disposal_permit set open = false where id = 1", []).await?;
        let stays = staying(&*change, kind, &ids).await?;
        let first = things.iter().map(|it| it.start).min().unwrap_or(Date::MIN);
        let last = things.iter().map(|it| it.start).max().unwrap_or(Date::MIN);
        let gone = digest(&[], &gone);
        let part_digest = digest(&[], &listed(&parts));
        let query = "insert into disposal_batch (disposal_id, kind, things, first_start, \
             last_start, gone_digest, stays_digest, parts, parts_digest, at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id";
        let values = [
            id.0.into(),
            kind.code().into(),
            sql::whole(things.len()),
            sql::day(first),
            sql::day(last),
            gone.clone().into(),
            stays.clone().into(),
            sql::whole(parts.len()),
            part_digest.clone().into(),
            sql::time(stamp.at),
        ];
        let batch: i64 = sql::one(&*change, query, values).await?.get("id")?;
        for some in ids.chunks(AT_ONCE) {
            let rows = sql::tuples(&*change, some.len(), 3);
            let query =
                format!("insert into disposed_thing (kind, thing_id, batch_id) values {rows}");
            let values =
                some.iter().flat_map(|it| [kind.code().into(), (*it).into(), batch.into()]);
            sql::run(&*change, &query, values).await?;
        }
        for some in parts.chunks(AT_ONCE) {
            let rows = sql::tuples(&*change, some.len(), 2);
            let query = format!("insert into disposed_part (seq, batch_id) values {rows}");
            let values = some.iter().flat_map(|it| [(*it).into(), batch.into()]);
            sql::run(&*change, &query, values).await?;
        }
        let payload = json!({
            "kind": kind.code(), "things": things.len(), "kept_for_months": rule.months,
            "rule": rule.source, "first": first.to_string(), "last": last.to_string(),
            "disposal": id.0, "gone_sha256": gone, "stays_sha256": stays,
            "things_sha256": digest(&[], &listed(&ids)),
            "parts": parts.len(), "parts_sha256": part_digest,
        });
        let on = format!("disposal batch {batch}");
        change.keep(Entry { deed: "disposal.carry-out", on, payload }).await
    }

    /// The entries whose personal part is there, by what they are on: their number and their deed.
    async fn entries_with_parts(&self) -> Result<BTreeMap<String, Vec<(i64, String)>>, Fault> {
        let query = "select journal_entry.seq, entry from journal_entry \
             join journal_payload on journal_payload.seq = journal_entry.seq \
             where journal_entry.seq >= $1 order by journal_entry.seq limit $2";
        let mut found = BTreeMap::<String, Vec<(i64, String)>>::new();
        let take = |seq: i64, row: &Row| {
            let lines = EntryLines::read(&row.get::<Vec<u8>>("entry")?);
            found.entry(lines.on).or_default().push((seq, lines.deed));
            Ok(())
        };
        in_pieces(&self.0.read, query, take).await?;
        Ok(found)
    }

    /// Overwrites what was freed: on SQLite the whole file is written anew and the write-ahead log is
    /// emptied; on PostgreSQL the tables are.
    async fn wipe(&self) -> Result<(), Fault> {
        let on = &self.0.write;
        if on.get_database_backend() == DbBackend::Sqlite {
            on.execute_unprepared("vacuum").await?;
            on.execute_unprepared("pragma wal_checkpoint(truncate)").await?;
            return Ok(());
        }
        let of_kinds = Kind::ALL.iter().flat_map(|kind| kinds::going(*kind));
        let mut tables: BTreeSet<&str> = of_kinds.map(|(table, ..)| *table).collect();
        tables.insert("journal_payload");
        for table in tables {
            on.execute_unprepared(&format!("vacuum (full) {table}")).await?;
        }
        Ok(())
    }
}

/// The numbers of the entries whose personal part goes with these things.
async fn parts(
    on: &impl ConnectionTrait,
    kind: Kind,
    ids: &[i64],
    entries: &BTreeMap<String, Vec<(i64, String)>>,
) -> Result<Vec<i64>, Fault> {
    let (nouns, is_ours) = kinds::entries(kind);
    let mut found = BTreeSet::new();
    for noun in nouns {
        let numbers = match kinds::numbers(kind, noun) {
            "" => ids.to_vec(),
            query => {
                let query = filled(query, ids.len());
                let rows = sql::all(on, &query, ids.iter().map(|id| Value::from(*id))).await?;
                rows.iter().map(|row| row.get("id")).collect::<Result<_, Fault>>()?
            }
        };
        for number in numbers {
            let of = entries.get(&format!("{noun} {number}")).into_iter().flatten();
            found.extend(of.filter(|(_, deed)| is_ours(deed)).map(|(seq, _)| *seq));
        }
    }
    Ok(found.into_iter().collect())
}

/// What stands in these columns, as text, in an order that is always the same.
async fn content(
    on: &impl ConnectionTrait,
    table: &str,
    rows: &str,
    columns: &[&str],
    ids: &[i64],
) -> Result<String, Fault> {
    // Of rows that go whole, that they were there is said; what was in them is not read again.
    let columns: Vec<String> = if columns.is_empty() {
        vec!["count(*) as one".to_owned()]
    } else {
        columns.iter().map(|column| format!("cast({column} as text) as {column}")).collect()
    };
    let query = format!("select {} from {table} where {rows}", columns.join(", "));
    let query = filled(&query, ids.len());
    let mut lines = Vec::new();
    for row in sql::all(on, &query, ids.iter().map(|id| Value::from(*id))).await? {
        let mut line = table.to_owned();
        for column in &columns {
            let name = column.rsplit(' ').next().unwrap_or_default();
            let value = if name == "one" {
                Some(row.get::<i64>(name)?.to_string())
            } else {
                row.get::<Option<String>>(name)?
            };
            line = format!("{line}\t{}", value.unwrap_or_default());
        }
        lines.push(line);
    }
    lines.sort();
    Ok(lines.join("\n"))
}

/// The digest of what stays of these things and is counted.
pub async fn staying(on: &impl ConnectionTrait, kind: Kind, ids: &[i64]) -> Result<String, Fault> {
    let mut text = String::new();
    for (table, rows, columns) in kinds::staying(kind) {
        text.push_str(&content(on, table, rows, columns, ids).await?);
        text.push('\n');
    }
    Ok(digest(&[], &text))
}

async fn remove(
    on: &impl ConnectionTrait,
    table: &str,
    rows: &str,
    columns: &[&str],
    ids: &[i64],
) -> Result<(), Fault> {
    let removed = kinds::REMOVED;
    let set = |column: &&str| {
        if *column == kinds::BLANK_HISTORY {
            return "history = '', fact_set_id = null".to_owned();
        }
        format!(
            "{column} = case when coalesce({column}, '') = '' then {column} else '{removed}' end"
        )
    };
    let query = if columns.is_empty() {
        format!("delete from {table} where {rows}")
    } else {
        let set: Vec<String> = columns.iter().map(set).collect();
        format!("update {table} set {} where {rows}", set.join(", "))
    };
    let query = filled(&query, ids.len());
    sql::run(on, &query, ids.iter().map(|id| Value::from(*id))).await?;
    Ok(())
}

/// The statement with the names of so many numbers in place of `{ids}`.
fn filled(query: &str, many: usize) -> String {
    query.replace("{ids}", &names(many))
}

fn names(many: usize) -> String {
    (1..=many).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// Numbers as the text of which a digest is taken: in their order, one to a line.
pub fn listed(numbers: &[i64]) -> String {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.iter().fold(String::new(), |text, number| format!("{text}{number}\n"))
}
