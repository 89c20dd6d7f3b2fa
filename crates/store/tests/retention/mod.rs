//! What goes by retention goes on its day and leaves proof; what is held stays, and so does every figure.

on_both_engines!(
    nothing_is_kept_a_day_past_and_nothing_held_goes,
    words_go_and_every_proof_and_figure_stays,
    nothing_passes_but_a_disposal,
    a_disposal_ends_once,
    a_disposal_that_stopped_half_way_is_carried_on,
    what_is_changed_afterwards_is_found,
    every_table_about_somebody_is_under_a_kind_or_has_its_reason,
    what_was_said_of_looks_sign_ins_and_lists_goes_on_its_day,
);

mod tables;

/// A debug text without what stands in quotes: what is left is counted.
fn digits(text: &str) -> String {
    text.split('"').step_by(2).collect()
}

mod stories {
    use jiff::ToSpan;
    use jiff::civil::{Date, date};
    use quarterlight_domain::case_list::Reference;
    use quarterlight_domain::id::{AuditId, RecordId};
    use quarterlight_domain::retention::{Kind, Over, Rule};
    use quarterlight_domain::stamp::Stamp;
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{Disposal, Noted};
    use quarterlight_testing::engines::Engine;
    use sea_orm::{ConnectionTrait, Statement};

    use super::digits;
    use crate::world::{World, at, sql, stamp};

    const CANARY: &str = "a canary that sings in the answer to B2";

    fn rules() -> Vec<Rule> {
        let rule =
            |kind: &Kind| Rule { kind: *kind, months: 72, source: "Local policy.".to_owned() };
        Kind::ALL.iter().map(rule).collect()
    }

    async fn text(world: &World, query: &str) -> Vec<String> {
        let on = sea_orm::Database::connect(&world.fresh.address).await.unwrap();
        let statement = Statement::from_string(on.get_database_backend(), query.to_owned());
        let rows = on.query_all_raw(statement).await.unwrap();
        let texts = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect();
        on.close().await.unwrap();
        texts
    }

    async fn count(world: &World, rows: &str) -> i64 {
        let query = format!("select cast(count(*) as text) from {rows}");
        text(world, &query).await[0].parse().unwrap()
    }

    async fn record(world: &World, reference: &str) -> RecordId {
        let reference = Reference::new(reference).unwrap();
        world.store.records.by_reference(&reference).await.unwrap().unwrap().id
    }

    /// What the lead proposes for a day, and Rosa confirms.
    async fn dispose(world: &World, day: Date) -> (Disposal, usize) {
        let retention = &world.store.retention;
        let moment = at(&format!("{day}T09:00:00Z"));
        let lines = retention.preview(&rules(), day).await.unwrap();
        let expected: usize = lines.iter().map(|line| line.going).sum();
        let proposing = Stamp::person(world.lead, moment, "test");
        let id = retention.propose(&proposing, day, &lines).await.unwrap();
        let of = retention.disposal(id).await.unwrap().unwrap();
        assert_eq!(of.proposed_by.0, Some(world.lead));
        let confirming = Stamp::person(world.rosa, moment, "test");
        let gone = retention.confirm(&confirming, &of).await.unwrap().unwrap();
        assert_eq!(gone, expected, "what was previewed is what went");
        (retention.disposal(id).await.unwrap().unwrap(), gone)
    }

    /// A submitted audit with words to be found again.
    async fn told(world: &World) -> AuditId {
        use quarterlight_domain::audit::Answered;
        use quarterlight_domain::judgement::Judgement;

        let audit = world.audit().await;
        let answered = Answered {
            audit,
            answer: crate::world::answer("B1", Judgement::PartlyMet, CANARY, 0),
            first: false,
        };
        world.store.answers.save(&stamp(world.priya), &answered, None).await.unwrap();
        let again = Answered {
            answer: crate::world::answer("B1", Judgement::PartlyMet, CANARY, 1),
            ..answered
        };
        world.store.answers.save(&stamp(world.priya), &again, None).await.unwrap();
        let second = Answered {
            audit,
            answer: crate::world::answer("B2", Judgement::NotMet, CANARY, 0),
            first: false,
        };
        world.store.answers.save(&stamp(world.priya), &second, None).await.unwrap();
        let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        let opinion = quarterlight_domain::grade::Opinion::kept(
            quarterlight_domain::grade::Grade::Inadequate,
            Reason::new(CANARY).unwrap(),
        );
        let contents = crate::world::contents("Ours");
        let submission = kept.audit.submit(&contents, &kept.answers, opinion).unwrap();
        let after = (Some(world.rosa), date(2026, 12, 7));
        let by = stamp(world.priya);
        assert!(world.store.answers.submit(&by, &submission, &kept.answers, after).await.unwrap());
        audit
    }

    pub async fn nothing_is_kept_a_day_past_and_nothing_held_goes(world: World) {
        world.audit().await;
        let (held, free) = (record(&world, "R-1").await, record(&world, "R-2").await);
        let looks = &world.store.looks;
        for year in 2026..2036 {
            for (day, id) in [("03-29", held), ("11-28", free), ("02-28", free)] {
                let moment = at(&format!("{year}-{day}T23:30:00Z"));
                let noted = looks.note(world.lead, id, "/records/1", moment).await.unwrap();
                assert_eq!(noted, Noted::Yes);
            }
        }
        let because = Reason::new("The inquiry has asked that nothing be destroyed.").unwrap();
        let over = Over::Record(held);
        let hold = world.store.retention.hold(&stamp(world.lead), over, &because).await.unwrap();
        let the_first = date(2032, 2, 28);
        for (day, expected) in [(the_first.yesterday().unwrap(), 0), (the_first, 1)] {
            let lines = world.store.retention.preview(&rules(), day).await.unwrap();
            let looks = lines.iter().find(|line| line.kind == Kind::Looks).unwrap();
            assert_eq!(looks.going, expected, "on {day}");
        }
        let of = |id: RecordId| format!("look where record_id = {id}");
        for year in 2027..=2136_i16 {
            let today = date(year, 11, 28);
            dispose(&world, today).await;
            let cutoff = today.checked_sub(72.months()).unwrap();
            let past = format!("{} and substr(cast(at as text), 1, 10) <= '{cutoff}'", of(free));
            assert_eq!(count(&world, &past).await, 0, "kept past its day in {year}");
            assert_eq!(count(&world, &of(held)).await, 10, "held and gone in {year}");
        }
        assert_eq!(count(&world, &of(free)).await, 0);
        // The control: once the hold is lifted, they go.
        let because = Reason::new("The inquiry has reported.").unwrap();
        assert!(world.store.retention.lift(&stamp(world.lead), hold, &because).await.unwrap());
        assert!(!world.store.retention.lift(&stamp(world.lead), hold, &because).await.unwrap());
        dispose(&world, date(2137, 1, 1)).await;
        assert_eq!(count(&world, &of(held)).await, 0);
        assert!(world.journal_size().await > 0);
    }

    pub async fn words_go_and_every_proof_and_figure_stays(world: World) {
        let audit = told(&world).await;
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let figures = async || {
            let quarter = "2026-Q4".parse().unwrap();
            let today = date(2026, 12, 31);
            let figures = world.store.figures.quarter(quarter, &edition, None, today).await;
            digits(&format!("{:?}", figures.unwrap()))
        };
        let before = figures().await;
        let size = world.journal_size().await;
        assert!(found(&world).await > 0, "the canary is there");
        let (of, gone) = dispose(&world, date(2040, 1, 1)).await;
        assert!(gone >= 3, "{gone}");
        assert_eq!(figures().await, before);
        let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
        assert_eq!(verdict.wrong, Vec::<String>::new());
        assert!(verdict.disposed >= 4 && verdict.head.size > size, "{verdict:?}");
        assert_eq!(found(&world).await, 0, "the canary is nowhere");
        let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        assert!(kept.answers.iter().all(|answer| answer.seen == "Removed by retention."));
        assert_eq!(kept.answers.len(), 2);
        let of_answers = of.batches.iter().find(|batch| batch.kind == Kind::Answers).unwrap();
        assert_eq!((of_answers.things, of_answers.first), (1, date(2026, 12, 11)));
        let entries = text(&world, "select payload from journal_payload").await;
        let says = entries.iter().find(|payload| payload.contains("\"kind\":\"answers\"")).unwrap();
        assert!(says.contains("Local policy.") && says.contains("kept_for_months"));
        // Nothing is left to go, so that the same day disposes of nothing again.
        assert_eq!(dispose(&world, date(2040, 1, 1)).await.1, 0);
    }

    /// How often the canary is in the database: on SQLite in the bytes of its files.
    async fn found(world: &World) -> usize {
        if world.engine == Engine::Postgres {
            let mut many = 0;
            for (table, column) in [
                ("audit_answer", "seen"),
                ("audit", "reasons"),
                ("finding", "what"),
                ("journal_payload", "payload"),
            ] {
                let rows = format!("{table} where {column} like '%{CANARY}%'");
                many += usize::try_from(count(world, &rows).await).unwrap();
            }
            return many;
        }
        let file = world.fresh.file().unwrap();
        let mut many = 0;
        for ending in ["", "-wal", "-shm"] {
            let path = format!("{}{ending}", file.display());
            let bytes = std::fs::read(path).unwrap_or_default();
            many += bytes.windows(CANARY.len()).filter(|it| *it == CANARY.as_bytes()).count();
        }
        many
    }

    pub async fn nothing_passes_but_a_disposal(world: World) {
        told(&world).await;
        let (id, page) = (record(&world, "R-1").await, "/records/1");
        let noted = world.store.looks.note(world.lead, id, page, at("2026-11-23T10:00:00Z")).await;
        assert_eq!(noted.unwrap(), Noted::Yes);
        for statement in [
            "delete from look",
            "update look set page = ''",
            "delete from journal_payload",
            "update journal_payload set payload = '{}'",
            "delete from disposal_permit where id = 2; delete from look",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
        assert!(world.store.journal.verify(None, &|_| ()).await.unwrap().is_clean());
        // The control: inside a transaction that opens the permit, it passes, and only there.
        let opened = "begin; update disposal_permit set open = true; delete from look; \
             update disposal_permit set open = false; commit;";
        sql(&world, opened).await.unwrap();
        assert_eq!(count(&world, "look").await, 0);
    }

    pub async fn a_disposal_ends_once(world: World) {
        told(&world).await;
        let retention = &world.store.retention;
        let day = date(2040, 1, 1);
        let lines = retention.preview(&rules(), day).await.unwrap();
        let id = retention.propose(&stamp(world.lead), day, &lines).await.unwrap();
        let of = retention.disposal(id).await.unwrap().unwrap();
        assert_eq!(of.lines.len(), Kind::ALL.len());
        let own = retention.confirm(&stamp(world.lead), &of).await.unwrap();
        assert_eq!(own, None, "nobody confirms what they proposed");
        let because = Reason::new("The inquiry may ask for it.").unwrap();
        assert!(retention.withdraw(&stamp(world.lead), id, &because).await.unwrap());
        assert_eq!(retention.confirm(&stamp(world.rosa), &of).await.unwrap(), None);
        assert!(found(&world).await > 0, "what was withdrawn did not go");
        let end = retention.disposal(id).await.unwrap().unwrap().end.unwrap();
        assert!(!end.confirmed && end.because == because.words());
        // A hold that is placed after the proposal is respected.
        let id = retention.propose(&stamp(world.lead), day, &lines).await.unwrap();
        retention.hold(&stamp(world.lead), Over::Everything, &because).await.unwrap();
        let of = retention.disposal(id).await.unwrap().unwrap();
        assert_eq!(retention.confirm(&stamp(world.rosa), &of).await.unwrap(), Some(0));
        assert!(found(&world).await > 0);
    }

    pub async fn a_disposal_that_stopped_half_way_is_carried_on(world: World) {
        told(&world).await;
        let retention = &world.store.retention;
        let day = date(2040, 1, 1);
        let lines = retention.preview(&rules(), day).await.unwrap();
        let id = retention.propose(&stamp(world.lead), day, &lines).await.unwrap();
        // The server stops as soon as it has kept that the disposal was confirmed.
        let ended = format!(
            "insert into disposal_ended (disposal_id, how, because, by_id, at) \
             select {id}, 'confirmed', '', {}, proposed_at from disposal where id = {id}",
            world.rosa
        );
        sql(&world, &ended).await.unwrap();
        let of = retention.disposal(id).await.unwrap().unwrap();
        assert_eq!(of.end.as_ref().unwrap().done, None);
        assert!(found(&world).await > 0, "nothing has gone yet");
        assert_eq!(retention.confirm(&stamp(world.rosa), &of).await.unwrap(), None);
        assert!(found(&world).await > 0, "it is confirmed once");
        assert!(retention.go_on(&stamp(world.rosa), &of).await.unwrap() > 0);
        assert_eq!(found(&world).await, 0);
        let end = retention.disposal(id).await.unwrap().unwrap().end.unwrap();
        assert!(end.done.is_some());
        // Once more changes nothing, and notes nothing.
        let size = world.store.journal.verify(None, &|_| ()).await.unwrap().head.size;
        assert_eq!(retention.go_on(&stamp(world.rosa), &of).await.unwrap(), 0);
        assert_eq!(world.store.journal.verify(None, &|_| ()).await.unwrap().head.size, size);
    }

    pub async fn what_is_changed_afterwards_is_found(world: World) {
        told(&world).await;
        dispose(&world, date(2040, 1, 1)).await;
        let wrong = async || {
            let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
            verdict.wrong.join(" ")
        };
        assert_eq!(wrong().await, "");
        sql(&world, "update audit_answer set judgement = 'met' where standard = 'B2'")
            .await
            .unwrap();
        assert!(wrong().await.contains("What was to stay after disposal batch"), "a judgement");
        sql(&world, "update audit_answer set judgement = 'not-met' where standard = 'B2'")
            .await
            .unwrap();
        assert_eq!(wrong().await, "");
        let drop = match world.engine {
            Engine::Sqlite => "drop trigger journal_payload_no_delete",
            Engine::Postgres => "drop trigger journal_payload_kept on journal_payload",
        };
        sql(&world, drop).await.unwrap();
        sql(&world, "delete from journal_payload where seq = 2").await.unwrap();
        assert!(wrong().await.contains("The personal part of entry 2 is missing"), "a part");
        sql(&world, "insert into disposed_part select 2, min(id) from disposal_batch")
            .await
            .unwrap();
        assert!(wrong().await.contains("is not what its entry says"), "hidden among a disposal’s");
    }

    pub async fn every_table_about_somebody_is_under_a_kind_or_has_its_reason(world: World) {
        super::tables::every_table(world).await;
    }

    pub async fn what_was_said_of_looks_sign_ins_and_lists_goes_on_its_day(world: World) {
        super::tables::more_kinds(world).await;
    }
}
