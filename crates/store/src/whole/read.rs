//! Everything read out, as lines of JSON: one row a line, in the order of its table's key.

use quarterlight_domain::hex::hex;
use sea_orm::{AccessMode, ConnectionTrait, DatabaseTransaction, IsolationLevel};
use sea_orm::{TransactionOptions, TransactionTrait};

use super::tables::{Kind, Table, described};
use super::{TableRows, Whole};
use crate::fault::Fault;
use crate::migrator;
use crate::sql::{self, Row};

/// Rows read at once.
const AT_ONCE: i64 = 5_000;

impl Whole {
    /// Reads every row of every table as it was at one moment, while others go on saving, and hands
    /// each on as a line. A table without rows is handed on as no line.
    ///
    /// # Errors
    /// Fails if the database cannot be read, and with what `each` fails with.
    pub async fn read(
        &self,
        each: &mut (dyn FnMut(&str, &str) -> Result<(), Fault> + Send),
    ) -> Result<Vec<TableRows>, Fault> {
        let tables = described(&migrator::applied(&self.0.read).await?).await?;
        let mut options = TransactionOptions::default();
        if !self.is_sqlite() {
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        let on = self.0.read.begin_with_options(options).await?;
        let mut counted = Vec::new();
        for table in &tables {
            let rows = self.read_table(&on, table, each).await?;
            let last_id = self.last_id(&on, table).await?;
            counted.push(TableRows { table: table.name.clone(), rows, last_id });
        }
        on.rollback().await?;
        Ok(counted)
    }

    /// A cursor, so that a large table is neither read at once nor counted through again and again. It
    /// has the table's name, for a statement that is kept is known by its words and has its columns.
    async fn read_table(
        &self,
        on: &DatabaseTransaction,
        table: &Table,
        each: &mut (dyn FnMut(&str, &str) -> Result<(), Fault> + Send),
    ) -> Result<u64, Fault> {
        let (name, order) = (&table.name, table.order(self.is_sqlite()));
        let query = format!("select {} from \"{name}\" order by {order}", table.listed());
        let mut rows = 0;
        if !self.is_sqlite() {
            sql::run(on, &format!("declare whole_{name} no scroll cursor for {query}"), []).await?;
        }
        loop {
            let some = if self.is_sqlite() {
                let page = format!("{query} limit {AT_ONCE} offset {rows}");
                sql::all(on, &page, []).await?
            } else {
                sql::all(on, &format!("fetch {AT_ONCE} from whole_{name}"), []).await?
            };
            for row in &some {
                each(name, &line(table, row)?)?;
                rows += 1;
            }
            if some.is_empty() {
                break;
            }
        }
        if !self.is_sqlite() {
            sql::run(on, &format!("close whole_{name}"), []).await?;
        }
        Ok(rows)
    }

    async fn last_id(
        &self,
        on: &impl ConnectionTrait,
        table: &Table,
    ) -> Result<Option<i64>, Fault> {
        let Some(column) = &table.numbered else { return Ok(None) };
        if self.is_sqlite() {
            let query = "select seq from sqlite_sequence where name = $1";
            let row = sql::first(on, query, [table.name.as_str().into()]).await?;
            return row.map_or(Ok(Some(0)), |row| row.get("seq").map(Some));
        }
        let query = "select pg_get_serial_sequence($1, $2) as name";
        let row = sql::one(on, query, [table.name.as_str().into(), column.as_str().into()]).await?;
        let sequence: String = row.get("name")?;
        let query =
            format!("select case when is_called then last_value else 0 end as seq from {sequence}");
        sql::one(on, &query, []).await?.get("seq").map(Some)
    }
}

/// One row: the columns in the order of the schema, so that equal rows give equal bytes.
fn line(table: &Table, row: &Row) -> Result<String, Fault> {
    let mut line = String::from("{");
    for (place, column) in table.columns.iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        line.push_str(&text(&column.name)?);
        line.push(':');
        let name = &column.name;
        let value = match column.kind {
            Kind::Whole => row.get::<Option<i64>>(name)?.map(|it| it.to_string()),
            Kind::Truth => row.get::<Option<bool>>(name)?.map(|it| it.to_string()),
            Kind::Text => row.get::<Option<String>>(name)?.map(|it| text(&it)).transpose()?,
            Kind::Bytes => row.get::<Option<Vec<u8>>>(name)?.map(|it| format!("\"{}\"", hex(&it))),
            Kind::Day => row.maybe_day(name)?.map(|it| format!("\"{it}\"")),
            Kind::Moment => row.maybe_time(name)?.map(|it| format!("\"{it:.6}\"")),
        };
        line.push_str(value.as_deref().unwrap_or("null"));
    }
    line.push('}');
    Ok(line)
}

fn text(words: &str) -> Result<String, Fault> {
    serde_json::to_string(words).map_err(|_| Fault::Export("write words as JSON".to_owned()))
}
