//! No table that refers to a record is forgotten when everything about it is asked for.

on_both_engines!(every_table_about_a_record_is_in_its_bundle, a_bundle_is_of_one_record);

/// Columns by which a row is about a record, or about something that is.
const ABOUT: [&str; 15] = [
    "record_id",
    "out_record_id",
    "reference",
    "line_id",
    "audit_id",
    "earlier_id",
    "moderation_id",
    "note_id",
    "reply_id",
    "finding_id",
    "action_id",
    "concern_id",
    "check_id",
    "mismatch_id",
    "exclusion_id",
];

mod stories {
    use quarterlight_domain::case_list::Reference;
    use quarterlight_domain::id::RecordId;
    use quarterlight_domain::text::Reason;
    use quarterlight_store::BUNDLED_TABLES;
    use quarterlight_testing::engines::Engine;
    use sea_orm::{ConnectionTrait, Statement};

    use super::ABOUT;
    use crate::world::{World, sql, stamp, submitted};

    async fn columns(world: &World) -> Vec<(String, String)> {
        let on = sea_orm::Database::connect(&world.fresh.address).await.unwrap();
        let query = match world.engine {
            Engine::Sqlite => {
                "select tables.name as one, columns.name as two from sqlite_master tables \
                 join pragma_table_info(tables.name) columns where tables.type = 'table'"
            }
            Engine::Postgres => {
                "select cast(columns.table_name as text) as one, \
                     cast(column_name as text) as two from information_schema.columns \
                 join information_schema.tables on tables.table_name = columns.table_name \
                     and tables.table_schema = columns.table_schema \
                 where columns.table_schema = 'public' and table_type = 'BASE TABLE'"
            }
        };
        let statement = Statement::from_string(on.get_database_backend(), query.to_owned());
        let rows = on.query_all_raw(statement).await.unwrap();
        let found = rows
            .iter()
            .map(|row| (row.try_get("", "one").unwrap(), row.try_get("", "two").unwrap()))
            .collect();
        on.close().await.unwrap();
        found
    }

    fn forgotten(columns: &[(String, String)]) -> Vec<String> {
        let about = columns.iter().filter(|(_, column)| ABOUT.contains(&column.as_str()));
        about
            .filter(|(table, _)| BUNDLED_TABLES.iter().all(|(known, ..)| known != table))
            .map(|(table, column)| format!("{table}.{column}"))
            .collect()
    }

    pub async fn every_table_about_a_record_is_in_its_bundle(world: World) {
        let found = columns(&world).await;
        assert!(found.len() > 400, "{}", found.len());
        assert_eq!(forgotten(&found), Vec::<String>::new());
        let more = "create table something_new (id bigint primary key, audit_id bigint)";
        sql(&world, more).await.unwrap();
        assert_eq!(forgotten(&columns(&world).await), ["something_new.audit_id"], "the control");
    }

    pub async fn a_bundle_is_of_one_record(world: World) {
        submitted(&world).await;
        let subjects = &world.store.subjects;
        let record = async |reference| {
            subjects.find(&Reference::new(reference).unwrap()).await.unwrap().unwrap()
        };
        let (first, second) = (record("R-1").await, record("R-2").await);
        let because = Reason::new("SAR 17").unwrap();
        subjects.note(&stamp(world.lead), first, "none", &because).await.unwrap();
        let bundle = subjects.everything(first).await.unwrap().unwrap();
        assert_eq!(bundle.reference, "R-1");
        let rows = |table| {
            let table = bundle.tables.iter().find(|it| it.table == table).unwrap();
            table.rows.len()
        };
        assert_eq!((rows("audit"), rows("audit_answer"), rows("finding")), (1, 2, 1));
        let deeds: Vec<bool> = ["audit.answer", "audit.submit", "record.bundle"]
            .map(|deed| bundle.entries.iter().any(|it| it.entry.contains(deed)))
            .into();
        assert_eq!(deeds, [true; 3]);
        assert!(format!("{:?}", bundle.entries).contains("Not seen alone."));
        assert_eq!(
            bundle.people.values().cloned().collect::<Vec<_>>(),
            ["Priya Anand", "Rosa Whitlow"]
        );
        let other = subjects.everything(second).await.unwrap().unwrap();
        assert!(!format!("{other:?}").contains("Not seen alone."), "none of another record’s");
        assert_eq!(subjects.everything(RecordId(999)).await.unwrap(), None);
    }
}
