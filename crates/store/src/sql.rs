//! SQL written once for both engines, and rows read by the kind of each column.

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::stamp::{By, Stamp};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, TryGetable, Value};

use crate::fault::Fault;

/// Everything that the statement finds.
pub async fn all(
    on: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Row>, Fault> {
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    Ok(rows.into_iter().map(Row).collect())
}

/// The first row that the statement finds.
pub async fn first(
    on: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<Row>, Fault> {
    Ok(on.query_one_raw(statement(on, sql, values)).await?.map(Row))
}

/// The one row that the statement must find, as after `returning`.
pub async fn one(
    on: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Row, Fault> {
    first(on, sql, values).await?.ok_or_else(|| Fault::damaged("any", "no row was returned"))
}

/// Runs a statement, and says how many rows it touched.
pub async fn run(
    on: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, Fault> {
    Ok(on.execute_raw(statement(on, sql, values)).await?.rows_affected())
}

fn statement(
    on: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(on.get_database_backend(), sql, values)
}

/// The statement with the words `{day}` and `{time}` as this engine names those types, for casts.
pub fn with_types(on: &impl ConnectionTrait, sql: &str) -> String {
    let (day, time) = match on.get_database_backend() {
        DbBackend::Sqlite => ("text", "text"),
        _ => ("date", "timestamptz"),
    };
    sql.replace("{day}", day).replace("{time}", time)
}

/// Rows of `values ($1, $2), ($3, $4)`, for statements that insert many at once and have no other
/// value. SQLite looks for the name of each value among all the others, so that thousands of names
/// cost seconds; there the values have none, and stand for themselves by their order.
pub fn tuples(on: &impl ConnectionTrait, rows: usize, columns: usize) -> String {
    let has_names = on.get_database_backend() != DbBackend::Sqlite;
    let place = |number: usize| if has_names { format!("${number}") } else { "?".to_owned() };
    let row = |row: usize| {
        let places: Vec<String> =
            (1..=columns).map(|column| place(row * columns + column)).collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Lets PostgreSQL count what is in tables that have just changed by many rows. It would do so by
/// itself within minutes; until then it would look for each of a country's records one by one.
/// SQLite needs no counts for our statements.
pub async fn count_anew(on: &impl ConnectionTrait, tables: &[&str]) -> Result<(), Fault> {
    if on.get_database_backend() != DbBackend::Sqlite {
        run(on, &format!("analyze {}", tables.join(", ")), []).await?;
    }
    Ok(())
}

/// One row of an answer.
pub struct Row(QueryResult);

impl Row {
    /// The column, as its own type.
    pub fn get<T: TryGetable>(&self, column: &str) -> Result<T, Fault> {
        Ok(self.0.try_get("", column)?)
    }

    /// The column as an id or another word of ours, made from its value.
    pub fn id<T>(&self, column: &str, make: impl FnOnce(i64) -> T) -> Result<T, Fault> {
        Ok(make(self.get(column)?))
    }

    /// The column as an id that may be missing.
    pub fn maybe_id<T>(
        &self,
        column: &str,
        make: impl FnOnce(i64) -> T,
    ) -> Result<Option<T>, Fault> {
        Ok(self.get::<Option<i64>>(column)?.map(make))
    }

    /// A count.
    pub fn count(&self, column: &str) -> Result<u32, Fault> {
        u32::try_from(self.get::<i64>(column)?)
            .map_err(|_| Fault::damaged(column, "a count is out of range"))
    }

    /// A code, as the word of ours that it stands for.
    pub fn code<T>(&self, column: &str, from: impl FnOnce(&str) -> Option<T>) -> Result<T, Fault> {
        from(&self.get::<String>(column)?)
            .ok_or_else(|| Fault::damaged(column, "a code is not known"))
    }

    /// A code that may be missing.
    pub fn maybe_code<T>(
        &self,
        column: &str,
        from: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        match self.get::<Option<String>>(column)? {
            Some(_) => self.code(column, from).map(Some),
            None => Ok(None),
        }
    }

    /// A text, through something that may refuse it.
    pub fn parse<T, E>(
        &self,
        column: &str,
        from: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, Fault> {
        from(&self.get::<String>(column)?)
            .map_err(|_| Fault::damaged(column, "a text has the wrong form"))
    }

    /// A date.
    pub fn day(&self, column: &str) -> Result<Date, Fault> {
        from_day(self.get(column)?).ok_or_else(|| Fault::damaged(column, "a date is out of range"))
    }

    /// A date that may be missing.
    pub fn maybe_day(&self, column: &str) -> Result<Option<Date>, Fault> {
        let Some(day) = self.get::<Option<time::Date>>(column)? else { return Ok(None) };
        from_day(day).map(Some).ok_or_else(|| Fault::damaged(column, "a date is out of range"))
    }

    /// A moment.
    pub fn time(&self, column: &str) -> Result<Timestamp, Fault> {
        self.maybe_time(column)?.ok_or_else(|| Fault::damaged(column, "a moment is missing"))
    }

    /// A moment that may be missing.
    pub fn maybe_time(&self, column: &str) -> Result<Option<Timestamp>, Fault> {
        let Some(at) = self.get::<Option<time::OffsetDateTime>>(column)? else { return Ok(None) };
        i64::try_from(at.unix_timestamp_nanos() / 1000)
            .ok()
            .and_then(|micros| Timestamp::from_microsecond(micros).ok())
            .map(Some)
            .ok_or_else(|| Fault::damaged(column, "a moment is out of range"))
    }
}

fn from_day(day: time::Date) -> Option<Date> {
    let year = i16::try_from(day.year()).ok()?;
    let (month, day) = (i8::try_from(u8::from(day.month())).ok()?, i8::try_from(day.day()).ok()?);
    Date::new(year, month, day).ok()
}

/// A date as a value of a statement.
pub fn day(day: Date) -> Value {
    maybe_day(Some(day))
}

/// A date that may be missing.
pub fn maybe_day(day: Option<Date>) -> Value {
    let native = day.and_then(|day| {
        let month = time::Month::try_from(u8::try_from(day.month()).ok()?).ok()?;
        time::Date::from_calendar_date(day.year().into(), month, u8::try_from(day.day()).ok()?).ok()
    });
    native.into()
}

/// A moment as a value of a statement.
pub fn time(at: Timestamp) -> Value {
    // A moment that Jiff can say, this can say too; the epoch stands in for what cannot happen.
    time::OffsetDateTime::from_unix_timestamp_nanos(at.as_nanosecond())
        .unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
        .into()
}

/// A moment that may be missing.
pub fn maybe_time(at: Option<Timestamp>) -> Value {
    at.map_or(None::<time::OffsetDateTime>.into(), time)
}

/// Who is behind a change, as a value of a statement; nobody for the server's own command line.
pub fn by(stamp: &Stamp) -> Value {
    match stamp.by {
        By::Person(person) => Some(person.0),
        By::Console | By::Token(_) => None,
    }
    .into()
}

/// A count or place as a value of a statement.
pub fn whole(number: usize) -> Value {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
