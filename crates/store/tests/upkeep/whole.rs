//! Everything out of one engine, into the other, and back: the same lines, and the same journal.

use std::collections::BTreeMap;

use quarterlight_domain::audit::Answered;
use quarterlight_domain::judgement::Judgement;
use quarterlight_store::{Fault, Lines, Store, TableRows, Whole};
use quarterlight_testing::engines::{Engine, Fresh};

use crate::world::{World, answer, settings, sql, stamp};

/// Lines in memory.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Held {
    tables: BTreeMap<String, Vec<String>>,
    rows: Vec<TableRows>,
    next: Vec<String>,
}

impl Lines for Held {
    fn begin(&mut self, table: &str) -> Result<bool, Fault> {
        let Some(lines) = self.tables.get(table) else { return Ok(false) };
        self.next = lines.iter().rev().cloned().collect();
        Ok(true)
    }

    fn next(&mut self) -> Result<Option<String>, Fault> {
        Ok(self.next.pop())
    }
}

async fn out_of(store: &Store) -> Held {
    let mut held = Held::default();
    held.rows = store
        .whole
        .read(&mut |table, line| {
            held.tables.entry(table.to_owned()).or_default().push(line.to_owned());
            Ok(())
        })
        .await
        .unwrap();
    for table in &held.rows {
        held.tables.entry(table.table.clone()).or_default();
    }
    held
}

async fn into(engine: Engine, held: &Held) -> (Fresh, Store, Result<(), Fault>) {
    let fresh = Fresh::on(engine);
    let store = Store::open(&settings(&fresh)).await.unwrap();
    assert!(store.whole.is_empty().await.unwrap());
    let steps: Vec<String> = Whole::steps_known().into_iter().map(str::to_owned).collect();
    let done = store.whole.load(&steps, &held.rows, &mut held.clone()).await;
    (fresh, store, done)
}

async fn told() -> World {
    let world = World::on(Engine::Sqlite).await;
    let audit = world.audit().await;
    let odd = "Said “no”, \\ and\n a new line; ünïcode 🙂, \u{1}.";
    let answered =
        Answered { audit, answer: answer("B1", Judgement::NotMet, odd, 0), first: false };
    world.store.answers.save(&stamp(world.priya), &answered, None).await.unwrap();
    // A number that was given, and whose row is gone, is not given a second time.
    for query in [
        "insert into place (kind, name) values ('team', 'Gone')",
        "delete from place where name = 'Gone'",
    ] {
        sql(&world, query).await.unwrap();
    }
    world
}

#[tokio::test]
async fn what_goes_through_both_engines_is_the_same_to_the_byte() {
    let world = told().await;
    let first = out_of(&world.store).await;
    assert!(first.tables["journal_entry"].len() > 5);
    assert!(first.tables.len() > 100, "{} tables", first.tables.len());
    let (_postgres, store, done) = into(Engine::Postgres, &first).await;
    done.unwrap();
    let second = out_of(&store).await;
    assert_eq!(first.tables, second.tables);
    assert_eq!(first.rows, second.rows);
    let (_sqlite, third_store, done) = into(Engine::Sqlite, &second).await;
    done.unwrap();
    assert_eq!(first, out_of(&third_store).await);
    let head = world.store.journal.verify(None, &|_| {}).await.unwrap();
    for each in [&store, &third_store] {
        let verdict = each.journal.verify(Some(head.head), &|_| {}).await.unwrap();
        assert_eq!((verdict.wrong, verdict.head), (Vec::<String>::new(), head.head));
        assert_eq!(each.whole.wrong().await.unwrap(), Vec::<String>::new());
        // And it goes on: the next change takes the next number.
        each.journal.checkpoint(&stamp(world.lead)).await.unwrap();
        let person = quarterlight_store::NewPerson {
            name: "Somebody".to_owned(),
            email: "somebody@larkmoor.example".to_owned(),
            password: None,
            grants: Vec::new(),
        };
        each.people.add(&stamp(world.lead), &person).await.unwrap();
        assert!(each.journal.verify(None, &|_| {}).await.unwrap().is_clean());
    }
}

/// Every table that either engine has is in the export, or is named as one of the moment.
#[tokio::test]
async fn no_table_is_missing() {
    for (engine, query) in [
        (
            Engine::Sqlite,
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
        ),
        (
            Engine::Postgres,
            "select tablename::text as name from pg_tables where schemaname = current_schema()",
        ),
    ] {
        use sea_orm::{ConnectionTrait, Statement};

        let world = World::on(engine).await;
        let on = sea_orm::Database::connect(&world.fresh.address).await.unwrap();
        let rows = on.query_all_raw(Statement::from_string(on.get_database_backend(), query)).await;
        let exported = out_of(&world.store).await;
        for row in rows.unwrap() {
            let name: String = row.try_get("", "name").unwrap();
            // What is of the moment, or opens something: whoever is signed in here is not there.
            let stays = [
                "lease",
                "session",
                "copy_key",
                "api_pace",
                "sign_in_pending",
                "sign_in_reset",
                "sign_in_try",
                "seaql_migrations",
            ];
            let is_known = stays.contains(&name.as_str());
            assert!(exported.tables.contains_key(&name) != is_known, "{name} on {engine:?}");
        }
    }
}

/// What is done to an export.
type Harm = fn(&mut Held);

/// Controls: what is not whole is not taken in, and leaves nothing behind.
#[tokio::test]
async fn what_is_not_whole_is_not_taken_in() {
    let world = told().await;
    let whole = out_of(&world.store).await;
    let harms: [(&str, Harm); 5] = [
        ("a table is missing", |held| drop(held.tables.remove("place"))),
        ("a line is missing", |held| drop(held.tables.get_mut("audit_answer").unwrap().pop())),
        ("a line is no row", |held| held.tables.get_mut("place").unwrap()[0] = "{}".to_owned()),
        ("a number is words", |held| {
            let line = &mut held.tables.get_mut("place").unwrap()[0];
            *line = line.replace("\"id\":1", "\"id\":\"one\"");
        }),
        ("a row belongs to nothing", |held| {
            let lines = held.tables.get_mut("person_grant").unwrap();
            lines[0] = lines[0].replace("\"person_id\":1", "\"person_id\":99999");
        }),
    ];
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for (what, harm) in harms {
            let mut held = whole.clone();
            harm(&mut held);
            assert_ne!(held, whole, "{what}: the control did nothing");
            let (_fresh, store, done) = into(engine, &held).await;
            assert!(done.is_err(), "{what}, on {engine:?}");
            assert!(store.whole.is_empty().await.unwrap(), "{what}, on {engine:?}: left behind");
        }
    }
}
