//! Keeping the database itself: what was done is noted, one server does each job, and everything can
//! be taken out and in again.

mod full_disk;
mod whole;

on_both_engines!(
    what_was_done_is_noted_and_stays,
    one_server_does_a_job_at_a_time,
    twenty_servers_at_once_give_one_holder,
    two_programs_migrate_at_once,
    a_newer_schema_is_seen_before_anything_is_served,
    an_upgrade_that_fails_leaves_the_old_schema,
    a_programme_that_members_have_stays_theirs_through_the_upgrade,
);

mod stories {
    use quarterlight_domain::release::about::About;
    use quarterlight_domain::stamp::Stamp;
    use quarterlight_store::{Fault, Store, UpkeepKind, Whole};
    use quarterlight_testing::engines::Fresh;

    use crate::world::{World, at, settings, sql};

    pub async fn what_was_done_is_noted_and_stays(world: World) {
        let upkeep = &world.store.upkeep;
        assert_eq!(upkeep.last(UpkeepKind::Backup).await.unwrap(), None);
        for (time, ok) in [("2026-11-23T02:00:00Z", true), ("2026-11-24T02:00:00Z", false)] {
            let stamp = Stamp::console(at(time), "made a backup");
            upkeep.note(&stamp, UpkeepKind::Backup, ok, "what came of it").await.unwrap();
        }
        let last = upkeep.last(UpkeepKind::Backup).await.unwrap().unwrap();
        assert_eq!((last.at, last.ok), (at("2026-11-24T02:00:00Z"), false));
        let good = upkeep.last_good(UpkeepKind::Backup).await.unwrap().unwrap();
        assert_eq!((good.at, good.ok), (at("2026-11-23T02:00:00Z"), true));
        assert_eq!(upkeep.last(UpkeepKind::Export).await.unwrap(), None);
        assert!(sql(&world, "update upkeep set ok = true").await.is_err(), "it was changed");
        assert!(sql(&world, "delete from upkeep").await.is_err(), "it was removed");
    }

    pub async fn one_server_does_a_job_at_a_time(world: World) {
        let other = world.another_server().await;
        let (one, two) = (&world.store.leases, &other.leases);
        let minute = |minute: u8| at(&format!("2026-11-23T10:{minute:02}:00Z"));
        let until = |from: u8| (minute(from), minute(from + 10));
        assert!(one.take("backup", "one", until(0)).await.unwrap());
        assert!(
            !two.take("backup", "two", until(5)).await.unwrap(),
            "it was taken from its holder"
        );
        assert!(two.take("chase", "two", until(5)).await.unwrap(), "another job is another lease");
        assert!(one.take("backup", "one", until(6)).await.unwrap(), "its holder may go on");
        assert!(!two.take("backup", "two", until(15)).await.unwrap());
        // Server one stopped, and its time is over.
        assert!(two.take("backup", "two", until(16)).await.unwrap());
        two.give_back("backup", "two", minute(17)).await.unwrap();
        assert!(one.take("backup", "one", until(18)).await.unwrap());
        // What is somebody else's cannot be given back.
        two.give_back("backup", "two", minute(18)).await.unwrap();
        assert!(!two.take("backup", "two", until(19)).await.unwrap());
    }

    pub async fn twenty_servers_at_once_give_one_holder(world: World) {
        let lasts = (at("2026-11-23T10:00:00Z"), at("2026-11-23T10:10:00Z"));
        let tries = (0..20).map(|number| {
            let leases = world.store.leases.clone();
            tokio::spawn(async move { leases.take("backup", &format!("{number}"), lasts).await })
        });
        let mut taken = 0;
        for each in tries.collect::<Vec<_>>() {
            taken += u32::from(each.await.unwrap().unwrap());
        }
        assert_eq!(taken, 1);
    }

    pub async fn two_programs_migrate_at_once(world: World) {
        let fresh = Fresh::on(world.engine);
        let mut steps = Vec::new();
        let programs = (0..4).map(|_| {
            let settings = settings(&fresh);
            tokio::spawn(async move { Store::open(&settings).await.unwrap().migrate().await })
        });
        for each in programs.collect::<Vec<_>>() {
            steps.push(each.await.unwrap().unwrap());
        }
        steps.sort_unstable();
        assert_eq!(steps, [0, 0, 0, Whole::steps_known().len()]);
    }

    pub async fn a_newer_schema_is_seen_before_anything_is_served(world: World) {
        assert_eq!(world.store.steps_behind().await.unwrap(), 0);
        let newer = "insert into seaql_migrations (version, applied_at) values ('9999_later', 0)";
        sql(&world, newer).await.unwrap();
        assert!(matches!(world.store.steps_behind().await, Err(Fault::Newer)));
    }

    /// A table that is in the way stops the upgrade half-way.
    pub async fn an_upgrade_that_fails_leaves_the_old_schema(world: World) {
        let fresh = Fresh::on(world.engine);
        let old = World { store: Store::open(&settings(&fresh)).await.unwrap(), fresh, ..world };
        let known = Whole::steps_known();
        let first = known.iter().position(|name| *name == "0018_findings").unwrap();
        assert_eq!(old.store.migrate_to(first).await.unwrap(), first);
        sql(&old, "create table upkeep (id integer)").await.unwrap();
        assert!(old.store.migrate().await.is_err());
        assert_eq!(old.store.steps().await.unwrap(), known[..first]);
        let half = sql(&old, "select 1 from practice_offer").await;
        assert!(half.is_err(), "a step was left behind");
        sql(&old, "drop table upkeep").await.unwrap();
        assert_eq!(old.store.migrate().await.unwrap(), known.len() - first);
    }

    /// Released before programmes went the way of reports, and a report of a quarter beside it.
    pub async fn a_programme_that_members_have_stays_theirs_through_the_upgrade(world: World) {
        let fresh = Fresh::on(world.engine);
        let old = World { store: Store::open(&settings(&fresh)).await.unwrap(), fresh, ..world };
        let known = Whole::steps_known();
        let before = known.iter().position(|name| *name == "0032_programme_release").unwrap();
        assert_eq!(old.store.migrate_to(before).await.unwrap(), before);
        for statement in [
            "insert into person (name, email) values ('Rosa', 'rosa@x.example')",
            "insert into programme_release (year, title, released_on, released_by, document) \
             select 2026, 'Programme', '2026-03-02', id, '{\"  kept\": 1}' from person",
        ] {
            sql(&old, statement).await.unwrap();
        }
        let of_nothing = "insert into report (title, released_on, released_by, document) \
             select 'None', '2026-03-02', id, '{}' from person";
        assert!(sql(&old, of_nothing).await.is_err(), "then a report needed its cycle");
        assert_eq!(old.store.migrate().await.unwrap(), known.len() - before);
        let all = old.store.reports.all().await.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].about, all[0].title.as_str()), (About::Year(2026), "Programme"));
        let whole = old.store.reports.get(all[0].id).await.unwrap().unwrap();
        assert_eq!(whole.document, "{\"  kept\": 1}", "byte for byte");
        // The next one corrects it, and nobody reads it in public.
        let latest = old.store.releases.latest(About::Year(2026)).await.unwrap();
        assert_eq!(latest, Some(all[0].id));
        assert_eq!(old.store.releases.part_one(all[0].id).await.unwrap(), None);
        assert!(sql(&old, of_nothing).await.is_err(), "it is about a quarter or a year");
        for statement in ["update report set title = 'other'", "delete from report"] {
            assert!(sql(&old, statement).await.is_err(), "{statement}");
        }
    }
}

/// Whichever schema a database has, it comes to the same one as a fresh database.
#[tokio::test]
async fn every_schema_is_brought_to_the_same_one() {
    use quarterlight_store::{Store, Whole};
    use quarterlight_testing::engines::{Engine, Fresh};
    use sea_orm::{ConnectionTrait, Statement};

    let columns = "select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable \
         || ' ' || coalesce(column_default, '') as line from information_schema.columns \
         where table_schema = current_schema() order by 1";
    let rest = "select line from (select indexdef as line from pg_indexes \
         where schemaname = current_schema() union all \
         select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) \
         from pg_constraint where connamespace = current_schema()::regnamespace union all \
         select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal) as lines order by 1";
    let sqlite = "select type || ' ' || coalesce(sql, name) as line from sqlite_master order by 1";
    let steps = Whole::steps_known().len();
    for (engine, queries) in
        [(Engine::Sqlite, vec![sqlite]), (Engine::Postgres, vec![columns, rest])]
    {
        let mut first: Option<Vec<String>> = None;
        for from in (0..steps).rev().filter(|it| engine == Engine::Sqlite || it % 4 == 0) {
            let fresh = Fresh::on(engine);
            let store = Store::open(&crate::world::settings(&fresh)).await.unwrap();
            assert_eq!(store.migrate_to(from).await.unwrap(), from);
            assert_eq!(store.migrate().await.unwrap(), steps - from);
            let on = sea_orm::Database::connect(&fresh.address).await.unwrap();
            let mut lines = Vec::new();
            for query in &queries {
                let query = Statement::from_string(on.get_database_backend(), *query);
                for row in on.query_all_raw(query).await.unwrap() {
                    lines.push(row.try_get::<String>("", "line").unwrap());
                }
            }
            assert!(lines.len() > 300, "{} lines", lines.len());
            match &first {
                Some(first) => assert_eq!(*first, lines, "from step {from} on {engine:?}"),
                None => first = Some(lines),
            }
        }
    }
}
