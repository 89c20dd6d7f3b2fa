//! The borough after everything went, and everything that is held about one of its records.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::date;
use quarterlight_domain::id::RecordId;
use quarterlight_domain::retention::{Kind, Rule};
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{AgreementFilter, Store};
use quarterlight_testing::engines::Engine;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, Statement};

use crate::made::{Made, TODAY, opened};

/// Every figure of every quarter, without the words that stand in quotes.
async fn digits(store: &Store, made: &Made) -> String {
    let mut all = String::new();
    for quarter in &made.cast.quarters {
        let cycle = store.cycles.of_quarter(*quarter).await.unwrap().unwrap().cycle;
        let edition = store.frameworks.edition(cycle.edition).await.unwrap().unwrap();
        let figures = store.figures.quarter(*quarter, &edition, None, TODAY).await.unwrap();
        let _ = writeln!(all, "{figures:?}");
    }
    let _ = writeln!(all, "{:?}", store.figures.filing_items().await.unwrap());
    let _ = writeln!(all, "{:?}", store.figures.filing_paper().await.unwrap());
    let grades = store.figures.grade_agreement(AgreementFilter::default()).await.unwrap();
    let _ = writeln!(all, "{grades:?}");
    all.split('"').step_by(2).collect()
}

async fn everything_goes_and_no_figure_changes(engine: Engine) {
    let made = Made::on(engine, TODAY).await;
    let store = opened(&made).await;
    let before = digits(&store, &made).await;
    let reports = made.texts("select document from report order by id").await;
    let rule = |kind: &Kind| Rule { kind: *kind, months: 1, source: "Local policy.".to_owned() };
    let rules: Vec<Rule> = Kind::ALL.iter().map(rule).collect();
    let day = date(2140, 1, 1);
    let lines = store.retention.preview(&rules, day).await.unwrap();
    let due: usize = lines.iter().map(|line| line.going).sum();
    assert!(due > 500, "{due}");
    let stamp = Stamp::console("2140-01-01T09:00:00Z".parse().unwrap(), "test");
    let id = store.retention.propose(&stamp, day, &lines).await.unwrap();
    let of = store.retention.disposal(id).await.unwrap().unwrap();
    assert_eq!(store.retention.confirm(&stamp, &of).await.unwrap(), Some(due));
    assert_eq!(digits(&store, &made).await, before, "to the digit");
    assert_eq!(made.texts("select document from report order by id").await, reports);
    let verdict = store.journal.verify(None, &|_| ()).await.unwrap();
    assert_eq!(verdict.wrong, Vec::<String>::new());
    assert!(verdict.disposed > 1_000, "{}", verdict.disposed);
    let left = "from audit_answer join audit on audit.id = audit_answer.audit_id \
         where audit.submitted_at is not null and seen not in ('', 'Removed by retention.')";
    assert_eq!(made.count(left).await, 0);
}

#[tokio::test]
async fn everything_goes_and_no_figure_changes_on_sqlite() {
    everything_goes_and_no_figure_changes(Engine::Sqlite).await;
}

#[tokio::test]
async fn everything_goes_and_no_figure_changes_on_postgres() {
    everything_goes_and_no_figure_changes(Engine::Postgres).await;
}

/// Which rows of which tables are about a record, found by foreign keys alone: not by the list that
/// the bundle is made from.
async fn rows_about(made: &Made, record: i64) -> BTreeMap<String, String> {
    // What a record refers to, or shares with others, is not about it.
    let shared: BTreeSet<&str> = [
        "person",
        "place",
        "cycle",
        "case_list",
        "edition",
        "draw",
        "theme",
        "report",
        "worker",
        "filing_protocol",
        "case_list_cell",
        "fact_set",
        "journal_entry",
        "disposal",
    ]
    .into();
    let keys = made
        .texts(
            "select tables.name || ' ' || keys.\"from\" || ' ' || keys.\"table\" || ' ' \
                 || coalesce(keys.\"to\", 'id') \
             from sqlite_master tables join pragma_foreign_key_list(tables.name) keys \
             where tables.type = 'table'",
        )
        .await;
    let mut about = BTreeMap::from([("record".to_owned(), format!("id = {record}"))]);
    loop {
        let mut more: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for key in &keys {
            let [table, from, to_table, to] =
                key.split(' ').collect::<Vec<_>>().try_into().unwrap();
            let is_new = !about.contains_key(table) && !shared.contains(table);
            // Another action that is only mentioned is somebody else's.
            if is_new
                && from != "joined_to"
                && from != "other_id"
                && let Some(rows) = about.get(to_table)
            {
                let rows = format!("{from} in (select {to} from {to_table} where {rows})");
                more.entry(table.to_owned()).or_default().push(rows);
            }
        }
        if more.is_empty() {
            return about;
        }
        about.extend(more.into_iter().map(|(table, rows)| (table, rows.join(" or "))));
    }
}

/// Puts a word that is nowhere else into every text of these rows, and gives all of them.
async fn plant(made: &Made, about: &BTreeMap<String, String>, word: &str) -> BTreeSet<String> {
    let mut options = ConnectOptions::new(&made.fresh.address);
    options.max_connections(1);
    let on = Database::connect(options).await.unwrap();
    let run = async |text: &str| {
        on.execute_raw(Statement::from_string(on.get_database_backend(), text.to_owned()))
            .await
            .unwrap()
            .rows_affected()
    };
    run("pragma ignore_check_constraints = on").await;
    run("pragma foreign_keys = off").await;
    let triggers = made.texts("select name from sqlite_master where type = 'trigger'").await;
    for trigger in triggers {
        run(&format!("drop trigger {trigger}")).await;
    }
    let mut planted = BTreeSet::new();
    for (table, rows) in about {
        let columns = "select name from pragma_table_info('TABLE') where lower(type) = 'text'";
        for column in made.texts(&columns.replace("TABLE", table)).await {
            if table == "record" || column == "reference" {
                continue;
            }
            let canary = format!("{word}-{table}-{column}-");
            let update = format!(
                "update {table} set {column} = '{canary}' || rowid where {column} is not null and ({rows})"
            );
            if run(&update).await > 0 {
                planted.insert(canary);
            }
        }
    }
    on.close().await.unwrap();
    planted
}

#[tokio::test]
async fn every_canary_about_a_record_is_in_its_bundle_and_no_other() {
    let made = Made::on(Engine::Sqlite, TODAY).await;
    // The two records about which most is held.
    let most = made
        .texts(
            "select cast(record.id as text) from record order by \
                 (select count(*) from audit where audit.record_id = record.id) \
                 + 3 * (select count(*) from concern where concern.record_id = record.id) \
                 + 3 * (select count(*) from filing_check where filing_check.record_id = record.id) \
                 + 3 * (select count(*) from audit_reply join audit on audit.id = audit_id \
                     where audit.record_id = record.id) desc limit 2",
        )
        .await;
    let [ours, others] = [0, 1].map(|at: usize| most[at].parse::<i64>().unwrap());
    let about = rows_about(&made, ours).await;
    assert!(about.len() > 35, "{}", about.len());
    let planted = plant(&made, &about, "ours").await;
    let theirs = plant(&made, &rows_about(&made, others).await, "theirs").await;
    assert!(planted.len() > 40 && theirs.len() > 40, "{} {}", planted.len(), theirs.len());
    let store = opened(&made).await;
    let bundle = store.subjects.everything(RecordId(ours)).await.unwrap().unwrap();
    let all = format!("{bundle:?}");
    let missing: Vec<&String> = planted.iter().filter(|canary| !all.contains(*canary)).collect();
    assert_eq!(missing, Vec::<&String>::new());
    let strange: Vec<&String> = theirs.iter().filter(|canary| all.contains(*canary)).collect();
    assert_eq!(strange, Vec::<&String>::new());
}
