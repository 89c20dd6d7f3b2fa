//! Which tables there are and what is in their columns, read from the steps of the schema themselves.

use sea_orm::DatabaseConnection;

use crate::fault::Fault;
use crate::{migrator, sql};

/// What says something of the moment alone, or opens something: it goes into no export. Whoever is
/// signed in where an export comes from is not signed in where it goes.
const OF_THE_MOMENT: [&str; 7] =
    ["lease", "session", "copy_key", "api_pace", "sign_in_pending", "sign_in_reset", "sign_in_try"];

/// What is in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Whole,
    /// True or false.
    Truth,
    /// Words.
    Text,
    /// Bytes, written in hexadecimal.
    Bytes,
    /// A day.
    Day,
    /// A moment, to the microsecond.
    Moment,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub kind: Kind,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns that its rows are told apart by, in order; all of them, where it has no key.
    pub key: Vec<String>,
    /// The column that the database numbers.
    pub numbered: Option<String>,
}

/// Every table that there is after these steps, by its name.
pub async fn described(steps: &[String]) -> Result<Vec<Table>, Fault> {
    let on = migrator::described(steps).await?;
    let query = "select name, sql from sqlite_master \
         where type = 'table' and name not like 'sqlite_%' order by name";
    let mut tables = Vec::new();
    for row in sql::all(&on, query, []).await? {
        let name: String = row.get("name")?;
        if !OF_THE_MOMENT.contains(&name.as_str()) {
            tables.push(described_table(&on, name, &row.get::<String>("sql")?).await?);
        }
    }
    on.close().await?;
    Ok(tables)
}

async fn described_table(
    on: &DatabaseConnection,
    name: String,
    statement: &str,
) -> Result<Table, Fault> {
    let query = "select name, lower(type) as type, pk from pragma_table_info($1) order by cid";
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    for row in sql::all(on, query, [name.as_str().into()]).await? {
        let column: String = row.get("name")?;
        let place: i64 = row.get("pk")?;
        if place > 0 {
            key.push((place, column.clone()));
        }
        columns.push(Column { name: column, kind: row.code("type", kind)? });
    }
    key.sort_unstable();
    let mut key: Vec<String> = key.into_iter().map(|(_, column)| column).collect();
    let numbered = key.first().filter(|_| statement.contains("autoincrement")).cloned();
    if key.is_empty() {
        key = columns.iter().map(|column| column.name.clone()).collect();
    }
    Ok(Table { name, columns, key, numbered })
}

fn kind(declared: &str) -> Option<Kind> {
    Some(match declared {
        "bigint" | "integer" => Kind::Whole,
        "boolean" => Kind::Truth,
        "text" => Kind::Text,
        "blob" => Kind::Bytes,
        "day" => Kind::Day,
        "moment" => Kind::Moment,
        _ => return None,
    })
}

impl Table {
    /// The names of its columns, as a statement lists them.
    pub(super) fn listed(&self) -> String {
        let names: Vec<String> =
            self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        names.join(", ")
    }

    /// What its rows are put in order by, the same on both engines.
    pub(super) fn order(&self, is_sqlite: bool) -> String {
        let by = self.key.iter().map(|name| {
            let is_text = self.columns.iter().any(|it| it.name == *name && it.kind == Kind::Text);
            let collation = if is_text && !is_sqlite { " collate \"C\"" } else { "" };
            format!("\"{name}\"{collation} nulls first")
        });
        by.collect::<Vec<_>>().join(", ")
    }
}
