//! The steps from an empty database to today's schema, the same on both engines.

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

mod disposal;
mod loosened;
mod steps;

use steps::{STEPS, Step};

/// The advisory lock of PostgreSQL under which a schema is changed: two servers that begin at once
/// take turns, and the second finds nothing to do.
const LOCK: i64 = 0x5175_6172_7465_726c;

/// Brings the schema up to date in one transaction, and says how many steps that took: whatever
/// happens on the way, the schema is the old one or the new one.
pub async fn migrate(engine: &Engine) -> Result<usize, Fault> {
    let transaction = engine.begin().await?;
    let steps = migrate_in(&transaction, &names()).await?;
    transaction.commit().await?;
    Ok(steps)
}

/// Brings an empty database to the schema as it was after so many steps.
pub async fn migrate_to(engine: &Engine, steps: usize) -> Result<usize, Fault> {
    let transaction = engine.begin().await?;
    let names = names();
    let steps = migrate_in(&transaction, names.get(..steps).unwrap_or(&names)).await?;
    transaction.commit().await?;
    Ok(steps)
}

/// Takes those of these steps that are missing, inside somebody's transaction.
pub async fn migrate_in(
    on: &DatabaseTransaction,
    wanted: &[impl AsRef<str> + Sync],
) -> Result<usize, Fault> {
    let is_postgres = on.get_database_backend() != DbBackend::Sqlite;
    if is_postgres {
        sql::run(on, "select pg_advisory_xact_lock($1)", [LOCK.into()]).await?;
    }
    Migrator::install(on).await?;
    let applied = applied(on).await?;
    let now = if is_postgres {
        "extract(epoch from now())::bigint"
    } else {
        "cast(strftime('%s', 'now') as integer)"
    };
    let note = format!("insert into seaql_migrations (version, applied_at) values ($1, {now})");
    let mut taken = 0;
    let is_missing = |step: &&Step| {
        wanted.iter().any(|it| it.as_ref() == step.name)
            && !applied.iter().any(|it| it == step.name)
    };
    for step in STEPS.iter().filter(is_missing) {
        take(step, on, &words(on.get_database_backend())).await?;
        sql::run(on, &note, [step.name.into()]).await?;
        taken += 1;
    }
    Ok(taken)
}

/// How many steps are missing.
pub async fn missing(on: &impl ConnectionTrait) -> Result<usize, Fault> {
    Ok(STEPS.len() - applied(on).await?.len())
}

/// The names of the steps that were taken, in order. A step that this program does not know was
/// taken by a newer one.
pub async fn applied(on: &impl ConnectionTrait) -> Result<Vec<String>, Fault> {
    if !has_steps(on).await? {
        return Ok(Vec::new());
    }
    let rows = sql::all(on, "select version from seaql_migrations order by version", []).await?;
    let names: Vec<String> =
        rows.iter().map(|row| row.get("version")).collect::<Result<_, Fault>>()?;
    if names.iter().any(|name| STEPS.iter().all(|step| step.name != name)) {
        return Err(Fault::Newer);
    }
    Ok(names)
}

/// The names of every step that this program knows.
pub fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

async fn has_steps(on: &impl ConnectionTrait) -> Result<bool, Fault> {
    let query = match on.get_database_backend() {
        DbBackend::Sqlite => {
            "select count(*) as tables from sqlite_master where name = 'seaql_migrations'"
        }
        _ => {
            "select count(*) as tables from pg_tables \
             where tablename = 'seaql_migrations' and schemaname = current_schema()"
        }
    };
    Ok(sql::one(on, query, []).await?.count("tables")? > 0)
}

/// The schema after these steps in SQLite's memory, in which a column's declared type says what is in
/// it: for reading the schema, and for no data.
pub async fn described(steps: &[String]) -> Result<DatabaseConnection, Fault> {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).sqlx_logging(false);
    let on = Database::connect(options).await?;
    let words = [
        ("{id}", "integer primary key autoincrement"),
        ("{bytes}", "blob"),
        ("{day}", "day"),
        ("{time}", "moment"),
    ];
    for step in STEPS.iter().filter(|step| steps.iter().any(|it| it == step.name)) {
        take(step, &on, &words).await?;
    }
    Ok(on)
}

/// What the four words of a step stand for.
type Words = [(&'static str, &'static str); 4];

fn words(engine: DbBackend) -> Words {
    match engine {
        DbBackend::Sqlite => [
            ("{id}", "integer primary key autoincrement"),
            ("{bytes}", "blob"),
            ("{day}", "text"),
            ("{time}", "text"),
        ],
        _ => [
            ("{id}", "bigint generated always as identity primary key"),
            ("{bytes}", "bytea"),
            ("{day}", "date"),
            ("{time}", "timestamptz"),
        ],
    }
}

async fn take(step: &Step, on: &impl ConnectionTrait, words: &Words) -> Result<(), Fault> {
    let engine = on.get_database_backend();
    let sql = words.iter().fold(step.sql.to_owned(), |sql, (word, name)| sql.replace(word, name));
    on.execute_unprepared(&sql).await?;
    for table in step.kept_for_ever {
        on.execute_unprepared(&keep_for_ever(engine, table)).await?;
    }
    if step.kept_for_ever.contains(&"journal_entry") {
        on.execute_unprepared(follow_the_last_leaf(engine)).await?;
    }
    if step.kept_for_ever.contains(&"disposal") {
        on.execute_unprepared(&disposal::keep_until_disposal(engine)).await?;
    }
    if step.kept_for_ever.contains(&"looking_threshold") {
        on.execute_unprepared(&disposal::keep_more_until_disposal(engine)).await?;
    }
    if step.name == "0032_programme_release" {
        on.execute_unprepared(&loosened::reports_without_cycle(engine)).await?;
    }
    Ok(())
}

struct Migrator;

/// Only its table is used: the steps are taken here, in one transaction.
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        Vec::new()
    }
}

/// The statements by which the database refuses to change or remove a row of this table.
fn keep_for_ever(engine: DbBackend, table: &str) -> String {
    if engine == DbBackend::Sqlite {
        ["update", "delete"]
            .map(|verb| {
                format!(
                    "create trigger {table}_no_{verb} before {verb} on {table} begin \
                 select raise(abort, '{table} is kept for ever'); end;"
                )
            })
            .join("\n")
    } else {
        format!(
            "create or replace function kept_for_ever() returns trigger language plpgsql as \
             $$ begin raise exception '% is kept for ever', tg_table_name; end $$; \
             create trigger {table}_kept before update or delete or truncate on {table} \
             for each statement execute function kept_for_ever();"
        )
    }
}

/// The statements by which the journal's head follows its last entry, without a round trip for it.
fn follow_the_last_leaf(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Sqlite {
        "create trigger journal_head_follows after insert on journal_entry begin \
         update journal_head set last_leaf = new.leaf where id = 1; end;"
    } else {
        "create function journal_head_follows() returns trigger language plpgsql as \
         $$ begin update journal_head set last_leaf = new.leaf where id = 1; return null; end $$; \
         create trigger journal_head_follows after insert on journal_entry \
         for each row execute function journal_head_follows();"
    }
}
