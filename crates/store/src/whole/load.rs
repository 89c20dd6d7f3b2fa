//! Everything taken in again from lines, into a database that holds nothing, in one transaction.

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::hex::unhex;
use sea_orm::{DatabaseTransaction, Value};
use serde_json::{Map, Value as Json};

use super::tables::{Column, Kind, Table, described};
use super::{TableRows, Whole};
use crate::fault::Fault;
use crate::{migrator, sql};

/// Values in one statement: fewer than the engines take.
const AT_ONCE: usize = 10_000;

/// Where lines come from: table by table, in the order that is asked for.
pub trait Lines: Send {
    /// Begins a table; false where there is none of this name.
    fn begin(&mut self, table: &str) -> Result<bool, Fault>;

    /// The next line of the table that was begun.
    fn next(&mut self) -> Result<Option<String>, Fault>;
}

impl Whole {
    /// Makes the schema as it is after these steps, and takes every line in: all of it, or nothing.
    ///
    /// # Errors
    /// Fails on a table that is missing, a line that cannot be read, a row that belongs to something
    /// that is not there, and other counts than are expected.
    pub async fn load(
        &self,
        steps: &[String],
        expected: &[TableRows],
        lines: &mut (dyn Lines + Send),
    ) -> Result<(), Fault> {
        let tables = described(steps).await?;
        let on = self.0.begin().await?;
        migrator::migrate_in(&on, steps).await?;
        let put_back = self.without_links(&on).await?;
        for table in &tables {
            let expected = expected.iter().find(|it| it.table == table.name);
            let there = lines.begin(&table.name)?;
            let (Some(expected), true) = (expected, there) else {
                return Err(Fault::Export(format!("find {} in it", table.name)));
            };
            let rows = self.load_table(&on, table, lines).await?;
            if rows != expected.rows {
                let (name, expected) = (&table.name, expected.rows);
                return Err(Fault::Export(format!("find {expected} rows of {name} in it")));
            }
            if let (Some(column), Some(last)) = (&table.numbered, expected.last_id) {
                self.go_on_after(&on, (&table.name, column), last).await?;
            }
        }
        for statement in put_back {
            sql::run(&on, &statement, []).await?;
        }
        Ok(on.commit().await?)
    }

    /// Rows come table by table, and some belong to rows that come later. SQLite looks at the end of
    /// the transaction; in PostgreSQL the links are taken off, and what this gives puts them back,
    /// which looks at every row.
    async fn without_links(&self, on: &DatabaseTransaction) -> Result<Vec<String>, Fault> {
        if self.is_sqlite() {
            sql::run(on, "pragma defer_foreign_keys = on", []).await?;
            return Ok(Vec::new());
        }
        let query = "select conrelid::regclass::text as name, conname::text as link, \
             pg_get_constraintdef(oid) as means from pg_constraint \
             where contype = 'f' and connamespace = current_schema()::regnamespace order by 1, 2";
        let mut again = Vec::new();
        for row in sql::all(on, query, []).await? {
            let (name, link): (String, String) = (row.get("name")?, row.get("link")?);
            let means: String = row.get("means")?;
            sql::run(on, &format!("alter table {name} drop constraint \"{link}\""), []).await?;
            again.push(format!("alter table {name} add constraint \"{link}\" {means}"));
        }
        Ok(again)
    }

    async fn load_table(
        &self,
        on: &DatabaseTransaction,
        table: &Table,
        lines: &mut (dyn Lines + Send),
    ) -> Result<u64, Fault> {
        let name = &table.name;
        // What a step of the schema put there is in the lines too.
        let query = format!("select count(*) as rows from \"{name}\"");
        if sql::one(on, &query, []).await?.count("rows")? > 0 {
            sql::run(on, &format!("delete from \"{name}\""), []).await?;
        }
        let over = if table.numbered.is_some() && !self.is_sqlite() {
            "overriding system value"
        } else {
            ""
        };
        let into = format!("insert into \"{name}\" ({}) {over} values ", table.listed());
        let most = (AT_ONCE / table.columns.len()).max(1);
        let mut rows = 0;
        loop {
            let mut values: Vec<Value> = Vec::new();
            let mut some = 0;
            while some < most {
                let Some(line) = lines.next()? else { break };
                take_apart(table, &line, &mut values)?;
                some += 1;
            }
            if some == 0 {
                return Ok(rows);
            }
            let places = sql::tuples(on, some, table.columns.len());
            sql::run(on, &format!("{into}{places}"), values).await?;
            rows += some as u64;
        }
    }

    /// A number that was given once is never given again, even where its row is gone.
    async fn go_on_after(
        &self,
        on: &DatabaseTransaction,
        (table, column): (&str, &str),
        last: i64,
    ) -> Result<(), Fault> {
        if self.is_sqlite() {
            let (update, insert) = (
                "update sqlite_sequence set seq = $2 where name = $1",
                "insert into sqlite_sequence (name, seq) values ($1, $2)",
            );
            let values = || [table.into(), last.into()];
            if sql::run(on, update, values()).await? == 0 && last > 0 {
                sql::run(on, insert, values()).await?;
            }
        } else {
            let query = "select setval(pg_get_serial_sequence($1, $2), greatest($3, 1), $3 > 0)";
            sql::one(on, query, [table.into(), column.into(), last.into()]).await?;
        }
        Ok(())
    }
}

fn take_apart(table: &Table, line: &str, values: &mut Vec<Value>) -> Result<(), Fault> {
    let wrong = || Fault::Export(format!("read a line of {}", table.name));
    let row: Map<String, Json> = serde_json::from_str(line).map_err(|_| wrong())?;
    if row.len() != table.columns.len() {
        return Err(wrong());
    }
    for column in &table.columns {
        let json = row.get(&column.name).ok_or_else(wrong)?;
        values.push(value(column, json).ok_or_else(wrong)?);
    }
    Ok(())
}

/// The value of a column; none where the line says something of another kind.
fn value(column: &Column, json: &Json) -> Option<Value> {
    let is_null = json.is_null();
    Some(match column.kind {
        Kind::Whole if is_null => None::<i64>.into(),
        Kind::Whole => json.as_i64()?.into(),
        Kind::Truth if is_null => None::<bool>.into(),
        Kind::Truth => json.as_bool()?.into(),
        Kind::Text if is_null => None::<String>.into(),
        Kind::Text => json.as_str()?.into(),
        Kind::Bytes if is_null => None::<Vec<u8>>.into(),
        Kind::Bytes => unhex(json.as_str()?)?.into(),
        Kind::Day if is_null => sql::maybe_day(None),
        Kind::Day => sql::day(json.as_str()?.parse::<Date>().ok()?),
        Kind::Moment if is_null => sql::maybe_time(None),
        Kind::Moment => sql::time(json.as_str()?.parse::<Timestamp>().ok()?),
    })
}
