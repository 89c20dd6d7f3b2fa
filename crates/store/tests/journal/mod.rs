//! Whatever is done to the journal or to an answer behind the store's back is found.

on_both_engines!(
    a_journal_that_nobody_touched_is_clean,
    every_kind_of_tampering_is_found,
    a_change_that_fails_leaves_no_line,
    writers_side_by_side_leave_no_gap,
    the_triggers_refuse_an_accident,
);

/// The same story told to both engines gives the same root, byte for byte.
#[tokio::test]
async fn both_engines_keep_the_same_journal() {
    use quarterlight_testing::engines::Engine;

    let mut texts = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = crate::world::World::on(engine).await;
        stories::tell(&world).await;
        texts.push(stories::entries(&world).await);
    }
    assert_eq!(texts[0], texts[1]);
}

mod stories {
    use jiff::civil::date;
    use quarterlight_domain::audit::Answered;
    use quarterlight_domain::judgement::Judgement;
    use quarterlight_domain::place::PlaceKind;
    use quarterlight_store::{Saved, TreeHead, Verdict};
    use quarterlight_testing::engines::Engine;
    use sea_orm::{ConnectionTrait, Statement};

    use crate::world::{World, answer, lines, sql, stamp};

    pub async fn tell(world: &World) {
        let audit = world.audit().await;
        for (standard, seen) in [("B1", "Nothing since May."), ("B2", "Not seen alone.")] {
            let answered = Answered {
                audit,
                answer: answer(standard, Judgement::NotMet, seen, 0),
                first: false,
            };
            let saved = world.store.answers.save(&stamp(world.priya), &answered, None).await;
            assert_eq!(saved.unwrap(), Saved::Yes);
        }
    }

    /// Every entry as text, without the digest of its salted part.
    pub async fn entries(world: &World) -> Vec<String> {
        let on = sea_orm::Database::connect(&world.fresh.address).await.unwrap();
        let query = "select entry from journal_entry order by seq";
        let rows = on.query_all_raw(Statement::from_string(on.get_database_backend(), query)).await;
        rows.unwrap()
            .iter()
            .map(|row| {
                let text = String::from_utf8(row.try_get::<Vec<u8>>("", "entry").unwrap()).unwrap();
                let kept = text.lines().filter(|line| {
                    !line.starts_with("payload-sha256") && !line.starts_with("after")
                });
                kept.collect::<Vec<_>>().join("\n")
            })
            .collect()
    }

    async fn verify(world: &World, known: Option<TreeHead>) -> Verdict {
        world.another_server().await.journal.verify(known, &|_| {}).await.unwrap()
    }

    pub async fn a_journal_that_nobody_touched_is_clean(world: World) {
        tell(&world).await;
        let head = world.store.journal.checkpoint(&stamp(world.lead)).await.unwrap();
        world.import(lines(), date(2026, 11, 1)).await;
        let verdict = verify(&world, Some(head)).await;
        assert_eq!(verdict.wrong, Vec::<String>::new());
        assert!(verdict.head.size > head.size);
    }

    /// Drops the triggers, as somebody who means harm would.
    async fn drop_triggers(world: &World) {
        let drop = match world.engine {
            Engine::Sqlite => {
                "drop trigger journal_entry_no_update; \
                 drop trigger journal_entry_no_delete; \
                 drop trigger journal_payload_no_update; \
                 drop trigger journal_payload_no_delete; \
                 drop trigger journal_head_follows;"
            }
            Engine::Postgres => {
                "drop trigger journal_entry_kept on journal_entry; \
                 drop trigger journal_payload_kept on journal_payload; \
                 drop trigger journal_head_follows on journal_entry;"
            }
        };
        sql(world, drop).await.unwrap();
    }

    pub async fn every_kind_of_tampering_is_found(world: World) {
        tell(&world).await;
        drop_triggers(&world).await;
        let head = world.store.journal.checkpoint(&stamp(world.lead)).await.unwrap();
        assert!(verify(&world, Some(head)).await.is_clean());
        let (first, second) = (5, 6);
        let last = head.size - 1;
        // Each is done, found and undone. The undoing shows that it was the deed that was found.
        for (deed, undo, found) in [
            (
                format!("update journal_entry set leaf = entry where seq = {first}"),
                format!(
                    "update journal_entry set leaf = (select leaf from kept where seq = {first}) where seq = {first}"
                ),
                "Entry 5 was changed",
            ),
            (
                format!("update journal_entry set entry = leaf where seq = {first}"),
                format!(
                    "update journal_entry set entry = (select entry from kept where seq = {first}) where seq = {first}"
                ),
                "Entry 5 was changed",
            ),
            (
                format!("update journal_payload set payload = '{{}}' where seq = {first}"),
                format!(
                    "update journal_payload set payload = (select payload from kept where seq = {first}) where seq = {first}"
                ),
                "The personal part of entry 5 was changed",
            ),
            (
                format!(
                    "update journal_entry set entry = (select entry from kept where seq = {second}), leaf = (select leaf from kept where seq = {second}) where seq = {first}"
                ),
                format!(
                    "update journal_entry set entry = (select entry from kept where seq = {first}), leaf = (select leaf from kept where seq = {first}) where seq = {first}"
                ),
                "Entry 5 was moved",
            ),
            (
                format!(
                    "delete from journal_payload where seq = {last}; delete from journal_entry where seq = {last}"
                ),
                format!(
                    "insert into journal_entry select seq, entry, leaf from kept where seq = {last}; insert into journal_payload select seq, salt, payload from kept where seq = {last}"
                ),
                "The journal ends after",
            ),
            (
                format!(
                    "delete from journal_payload where seq = {first}; delete from journal_entry where seq = {first}"
                ),
                format!(
                    "insert into journal_entry select seq, entry, leaf from kept where seq = {first}; insert into journal_payload select seq, salt, payload from kept where seq = {first}"
                ),
                "Entry 5 is missing",
            ),
            (
                "update audit_answer set judgement = 'met' where standard = 'B1'".to_owned(),
                "update audit_answer set judgement = 'not-met' where standard = 'B1'".to_owned(),
                "The answer to B1 in audit 1 is not the one",
            ),
            (
                "update audit_answer set standard = 'B9' where standard = 'B1'".to_owned(),
                "update audit_answer set standard = 'B1' where standard = 'B9'".to_owned(),
                "The answer to B9 in audit 1 is not the one",
            ),
        ] {
            let keep = "create table if not exists kept as select journal_entry.seq, entry, leaf, \
                 salt, payload from journal_entry \
                 join journal_payload on journal_payload.seq = journal_entry.seq";
            sql(&world, keep).await.unwrap();
            sql(&world, &deed).await.unwrap();
            let verdict = verify(&world, Some(head)).await;
            let first = verdict.wrong.first().cloned().unwrap_or_default();
            assert!(first.starts_with(found), "{deed}: {:?}", verdict.wrong);
            sql(&world, &undo).await.unwrap();
            assert!(verify(&world, Some(head)).await.is_clean(), "{undo}");
        }
        let other = TreeHead { size: head.size - 1, root: head.root };
        assert!(!verify(&world, Some(other)).await.is_clean(), "a printed root that is another");
    }

    pub async fn a_change_that_fails_leaves_no_line(world: World) {
        let before = verify(&world, None).await.head.size;
        let stamp = stamp(world.lead);
        let places = &world.store.places;
        let twice = places.add(&stamp, None, PlaceKind::Team, "Team One").await;
        assert!(twice.unwrap_err().is_duplicate());
        assert_eq!(verify(&world, None).await.head.size, before);
    }

    pub async fn writers_side_by_side_leave_no_gap(world: World) {
        let before = verify(&world, None).await.head.size;
        let other = world.another_server().await;
        let mut writers = Vec::new();
        for writer in 0..8 {
            let store = if writer % 2 == 0 { world.store.clone() } else { other.clone() };
            let stamp = stamp(world.lead);
            writers.push(tokio::spawn(async move {
                let mut kept = 0;
                for n in 0..12 {
                    // Every third name is taken, so every third change fails and is undone.
                    let name = if n % 3 == 0 {
                        "Team One".to_owned()
                    } else {
                        format!("Team {writer} {n}")
                    };
                    let added = store.places.add(&stamp, None, PlaceKind::Team, &name).await;
                    kept += u64::from(added.is_ok());
                }
                kept
            }));
        }
        let mut kept = 0;
        for writer in writers {
            kept += writer.await.unwrap();
        }
        assert_eq!(kept, 64);
        let verdict = verify(&world, None).await;
        assert_eq!(verdict.wrong, Vec::<String>::new());
        assert_eq!(verdict.head.size, before + kept);
    }

    pub async fn the_triggers_refuse_an_accident(world: World) {
        for statement in ["delete from journal_entry", "update journal_entry set leaf = entry"] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
        assert!(verify(&world, None).await.is_clean());
    }
}
