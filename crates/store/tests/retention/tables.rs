//! Every table about somebody is under a kind, or has a reason to stay; and what the later kinds take.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use quarterlight_domain::access::restriction::{NewRestriction, opens_until};
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::RecordId;
use quarterlight_domain::retention::{Kind, Rule};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::{LookFilter, STAYS_BECAUSE, goes_with};
use quarterlight_testing::engines::Engine;
use sea_orm::{ConnectionTrait, Statement};

use crate::world::{World, at, ended, lines, sql, stamp};

const CANARY: &str = "a canary that was said of a look";

async fn pairs(world: &World, query: &str) -> Vec<(String, String)> {
    let on = sea_orm::Database::connect(&world.fresh.address).await.unwrap();
    let statement = Statement::from_string(on.get_database_backend(), query.to_owned());
    let rows = on.query_all_raw(statement).await.unwrap();
    let found = rows
        .iter()
        .map(|row| (row.try_get("", "one").unwrap(), row.try_get("", "two").unwrap()))
        .collect();
    on.close().await.unwrap();
    found
}

/// The tables that refer to a person or a record, by however many others, or name one in a column.
async fn about_somebody(world: &World) -> BTreeSet<String> {
    let (keys, columns) = match world.engine {
        Engine::Sqlite => (
            "select tables.name as one, keys.\"table\" as two from sqlite_master tables \
             join pragma_foreign_key_list(tables.name) keys where tables.type = 'table'",
            "select tables.name as one, columns.name as two from sqlite_master tables \
             join pragma_table_info(tables.name) columns where tables.type = 'table'",
        ),
        Engine::Postgres => (
            "select cast(cast(conrelid as regclass) as text) as one, \
                 cast(cast(confrelid as regclass) as text) as two \
             from pg_constraint where contype = 'f'",
            "select cast(columns.table_name as text) as one, cast(column_name as text) as two \
             from information_schema.columns join information_schema.tables \
                 on tables.table_name = columns.table_name \
                 and tables.table_schema = columns.table_schema \
             where columns.table_schema = 'public' and table_type = 'BASE TABLE'",
        ),
    };
    let mut refers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, to) in pairs(world, keys).await {
        refers.entry(to).or_default().insert(table);
    }
    let mut about: BTreeSet<String> = BTreeSet::new();
    let mut next = vec!["person".to_owned(), "record".to_owned()];
    for (table, column) in pairs(world, columns).await {
        if matches!(column.as_str(), "record_id" | "person_id" | "reference" | "record") {
            next.push(table);
        }
    }
    while let Some(table) = next.pop() {
        if about.insert(table.clone()) {
            next.extend(refers.get(&table).into_iter().flatten().cloned());
        }
    }
    about
}

fn of_kinds() -> BTreeSet<&'static str> {
    Kind::ALL.iter().flat_map(|kind| goes_with(*kind)).map(|(table, ..)| *table).collect()
}

async fn without_either(world: &World) -> Vec<String> {
    let goes = of_kinds();
    let stays: BTreeSet<&str> =
        STAYS_BECAUSE.iter().flat_map(|(_, tables)| tables.iter().copied()).collect();
    let known = |table: &String| goes.contains(table.as_str()) || stays.contains(table.as_str());
    about_somebody(world).await.into_iter().filter(|table| !known(table)).collect()
}

pub async fn every_table(world: World) {
    assert!(about_somebody(&world).await.len() > 100);
    assert_eq!(without_either(&world).await, Vec::<String>::new());
    // A reason is a sentence, a table has one place, and none is named that is not there.
    let goes = of_kinds();
    let mut seen = BTreeSet::new();
    for (reason, tables) in STAYS_BECAUSE {
        assert!(reason.len() > 40 && reason.ends_with('.'), "{reason}");
        for table in *tables {
            assert!(!goes.contains(table), "{table} is under a kind, and has a reason to stay");
            assert!(seen.insert(*table), "{table} has two reasons");
        }
    }
    for table in STAYS_BECAUSE.iter().flat_map(|(_, tables)| tables.iter()) {
        sql(&world, &format!("select count(*) from {table}")).await.unwrap();
    }
    // The control: a table that nobody thought of is found, also by way of another.
    let more = "create table something_new (id bigint primary key, \
         audit_id bigint references audit (id)); \
         create table something_newer (something_id bigint references something_new (id))";
    sql(&world, more).await.unwrap();
    assert_eq!(without_either(&world).await, ["something_new", "something_newer"]);
}

fn rules() -> Vec<Rule> {
    let rule = |kind: &Kind| Rule { kind: *kind, months: 72, source: "Local policy.".to_owned() };
    Kind::ALL.iter().map(rule).collect()
}

async fn count(world: &World, rows: &str) -> i64 {
    let query = format!("select cast(count(*) as text) as one, '' as two from {rows}");
    pairs(world, &query).await[0].0.parse().unwrap()
}

async fn record(world: &World) -> RecordId {
    let reference = Reference::new("R-1").unwrap();
    world.store.records.by_reference(&reference).await.unwrap().unwrap().id
}

/// Something of each of the later kinds.
async fn something(world: &World) {
    let (lead, day) = (world.lead, date(2026, 11, 23));
    let (record, moment) = (record(world).await, at("2026-11-23T10:42:07Z"));
    let because = Reason::new(CANARY).unwrap();
    let new = NewRestriction {
        record,
        from: day,
        until: None,
        why: Reason::new("A colleague’s family.").unwrap(),
    };
    world.store.restrictions.restrict(&stamp(lead), &new).await.unwrap().unwrap();
    let until = opens_until(moment, false);
    let said = stamp(lead);
    let say = world.store.restrictions.say_why(&said, (lead, record), until, &because);
    say.await.unwrap();
    let filter = LookFilter { record: Some(record), ..LookFilter::default() };
    world.store.looks.note_search(Some(lead), moment, &filter, (1, false)).await.unwrap();
    world.store.sign_ins.note(&ended(lead)).await.unwrap();
    let priya = world.priya;
    for statement in [
        format!(
            "insert into glass (form_key, person_id, record_id, at, until_at, why) \
             select 'k', {lead}, {record}, max(at), max(at), '{CANARY}' from sign_in_event"
        ),
        format!(
            "insert into glass_review (glass_id, by_id, at, justified, words) \
             select min(id), {priya}, min(at), true, '{CANARY}' from glass"
        ),
        format!(
            "insert into unusual_settled (rule, day, person_id, record, by_id, at, words) \
             select 'many', '2026-11-23', {lead}, 0, {priya}, max(at), '{CANARY}' \
             from sign_in_event"
        ),
        format!(
            "insert into allocation_reason \
             (form_key, record_id, advice, reason, review_on, kept_by, kept_at) \
             select 'a', {record}, 'x', '{CANARY}', '2026-12-01', {lead}, max(at) \
             from sign_in_event"
        ),
        format!(
            "insert into record_exclusion (cycle_id, record_id, reason, words, excluded_on) \
             values ({}, {record}, 'held', '{CANARY}', '2026-10-01')",
            world.cycle
        ),
        format!("update case_list_line set history = '{CANARY}' where reference = 'R-1'"),
    ] {
        sql(world, &statement).await.unwrap();
    }
}

/// Where the canary still is.
async fn sung(world: &World) -> Vec<&'static str> {
    let mut left = Vec::new();
    for (table, column) in [
        ("look_reason", "why"),
        ("glass", "why"),
        ("glass_review", "words"),
        ("unusual_settled", "words"),
        ("allocation_reason", "reason"),
        ("record_exclusion", "words"),
        ("case_list_line", "history"),
        ("journal_payload", "payload"),
    ] {
        if count(world, &format!("{table} where {column} like '%{CANARY}%'")).await > 0 {
            left.push(table);
        }
    }
    left
}

/// Proposes for a day and confirms, with every rule at six years.
async fn dispose(world: &World, day: jiff::civil::Date) {
    let retention = &world.store.retention;
    let lines = retention.preview(&rules(), day).await.unwrap();
    let moment = at(&format!("{day}T09:00:00Z"));
    let id = retention.propose(&Stamp::person(world.lead, moment, "test"), day, &lines).await;
    let of = retention.disposal(id.unwrap()).await.unwrap().unwrap();
    retention.confirm(&Stamp::person(world.rosa, moment, "test"), &of).await.unwrap().unwrap();
}

pub async fn more_kinds(world: World) {
    world.audit().await;
    something(&world).await;
    let all = sung(&world).await;
    assert_eq!(all.len(), 8, "the canary is there: {all:?}");
    // On the day before, all of it is there; a list in use, and of an open cycle, stays whatever the day.
    dispose(&world, date(2032, 11, 22)).await;
    assert_eq!(sung(&world).await, all);
    dispose(&world, date(2060, 1, 1)).await;
    assert_eq!(sung(&world).await, ["record_exclusion", "case_list_line"]);
    for (table, left) in
        [("look_search", 0), ("sign_in_event", 0), ("glass", 1), ("look_reason", 1)]
    {
        assert_eq!(count(&world, table).await, left, "{table}");
    }
    // Another list is in use, and the cycle is still open: what its audits stand on stays.
    world.import(lines(), date(2027, 1, 1)).await;
    dispose(&world, date(2061, 1, 1)).await;
    assert!(sung(&world).await.contains(&"case_list_line"));
    // Once it is closed, it goes when the rule says so after that day, and not before.
    let close = format!(
        "insert into cycle_closed (cycle_id, closed_on) values ({}, '2062-06-30')",
        world.cycle
    );
    sql(&world, &close).await.unwrap();
    dispose(&world, date(2068, 6, 29)).await;
    assert!(sung(&world).await.contains(&"case_list_line"), "a day before");
    let lines_before = count(&world, "case_list_line").await;
    dispose(&world, date(2068, 6, 30)).await;
    assert_eq!(sung(&world).await, Vec::<&str>::new());
    // The lines themselves, from which is counted, and the list in use, stay.
    assert_eq!(count(&world, "case_list_line").await, lines_before);
    assert!(count(&world, "case_list_line where worker_name = 'Nia Pell'").await > 0);
    assert!(count(&world, "case_list_line where worker_name = 'Removed by retention.'").await > 0);
    let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
    assert_eq!(verdict.wrong, Vec::<String>::new());
    // The control: without a disposal the database refuses.
    for table in ["look_reason set why", "glass set why", "unusual_settled set words"] {
        assert!(sql(&world, &format!("update {table} = ''")).await.is_err(), "{table}");
    }
}
