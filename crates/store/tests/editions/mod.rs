//! A new edition never touches an audit made on an old one, and joins only like results with like.

on_both_engines!(
    a_new_edition_leaves_every_old_answer_as_it_was,
    results_are_joined_only_where_a_standard_stayed_itself,
    each_framework_has_its_own_edition_in_force,
);

mod stories {
    use jiff::civil::{Date, date};
    use quarterlight_domain::audit::Answered;
    use quarterlight_domain::draft::DraftStandard;
    use quarterlight_domain::draw::Seed;
    use quarterlight_domain::draw_file::DrawFile;
    use quarterlight_domain::edition::{Origin, Origins};
    use quarterlight_domain::frame::{Frame, Stratum};
    use quarterlight_domain::framework::{Contents, Section};
    use quarterlight_domain::grade::{Grade, Opinion};
    use quarterlight_domain::id::{AuditId, EditionId};
    use quarterlight_domain::independence::Independent;
    use quarterlight_domain::judgement::Judgement;
    use quarterlight_domain::standard::Standard;
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::ties::Ties;
    use quarterlight_store::{DraftKept, Saved};
    use sea_orm::{ConnectionTrait, Statement};

    use crate::drafts::stories::{agreed, director, draft};
    use crate::world::{World, answer, code, contents, lines, sql, stamp};

    /// The day from which the new edition is in force.
    const FROM: Date = date(2027, 2, 1);

    fn standard(text: &str, wording: &str, met: &str) -> Standard {
        let (_, standard) =
            contents("Ours").find(&code("B1")).map(|(s, it)| (s.clone(), it.clone())).unwrap();
        let (wording, met_looks_like) = (wording.to_owned(), met.to_owned());
        Standard { code: code(text), wording, met_looks_like, ..standard }
    }

    /// Edition 2: one standard to keep, one to re-word, one to split and one to drop.
    fn four() -> Contents {
        let standards = vec![
            standard("B1", "Basic details are right", "Name and address agree"),
            standard("B2", "A current summary", "Updated within three months of any great change"),
            standard(
                "B3",
                "Visits are on time",
                "seen at home every month and seen at school every term",
            ),
            standard("B4", "Genogram drawn", "Both sides named"),
        ];
        let section = Section { letter: "B".to_owned(), title: "The file".to_owned(), standards };
        Contents::new("Ours", vec![section]).unwrap()
    }

    /// Two audits on edition 2 in the first quarter of 2027: one under way, one submitted.
    async fn audits(world: &World) -> (EditionId, AuditId, AuditId) {
        let lead = stamp(world.lead);
        let store = &world.store;
        let four = four();
        let adopted = store
            .frameworks
            .adopt(&lead, (&four, &Origins::new()), 2, None, date(2026, 11, 1))
            .await;
        let edition = adopted.unwrap();
        let quarter = "2027-Q1".parse().unwrap();
        let opened = store.cycles.open(&lead, quarter, edition, date(2027, 3, 12)).await;
        let cycle = opened.unwrap();
        world.import(lines(), date(2026, 11, 20)).await;
        let frame = store.records.frame(None).await.unwrap();
        let stratum = Stratum::new("all").unwrap();
        let records = frame.iter().map(|line| (stratum.clone(), line.reference.clone()));
        let frame_of = Frame::new(records).unwrap();
        let sizes = [(stratum, frame.len())].into();
        let file = DrawFile::drawn(quarter, Seed::new("dice 4 2 6 1").unwrap(), frame_of, sizes);
        store.draws.keep(&lead, cycle, &file.unwrap()).await.unwrap();
        let priya = store.people.get(world.priya).await.unwrap().unwrap();
        let mut made = Vec::new();
        for record in store.records.to_assign(cycle).await.unwrap().iter().take(2) {
            let independent =
                Independent::of(&priya, record, &Ties::default(), date(2026, 11, 23)).unwrap();
            let due = date(2027, 3, 12);
            made.push(store.audits.assign(&lead, cycle, &independent, due).await.unwrap());
        }
        let (under_way, submitted) = (made[0], made[1]);
        say(world, under_way, "B1", Judgement::Met).await;
        for (standard, judgement) in [
            ("B1", Judgement::Met),
            ("B2", Judgement::Met),
            ("B3", Judgement::NotMet),
            ("B4", Judgement::PartlyMet),
        ] {
            say(world, submitted, standard, judgement).await;
        }
        submit(world, submitted, &four).await;
        (edition, under_way, submitted)
    }

    async fn say(world: &World, audit: AuditId, standard: &str, judgement: Judgement) {
        let given = answer(standard, judgement, "Seen on the record.", 0);
        let answered = Answered { audit, answer: given, first: false };
        let saved = world.store.answers.save(&stamp(world.priya), &answered, None).await.unwrap();
        assert_eq!(saved, Saved::Yes);
    }

    async fn submit(world: &World, audit: AuditId, contents: &Contents) {
        let reasons = Reason::new("The plan is moving.").unwrap();
        let opinion = Opinion::kept(Grade::RequiresImprovement, reasons);
        let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        let submission = kept.audit.submit(contents, &kept.answers, opinion).unwrap();
        let after = (Some(world.rosa), date(2026, 12, 7));
        let priya = stamp(world.priya);
        let done = world.store.answers.submit(&priya, &submission, &kept.answers, after);
        assert!(done.await.unwrap());
    }

    /// Edition 3: B1 kept, B2 re-worded, B3 split into B5 and B6, B4 dropped, B7 new.
    async fn third(world: &World) -> EditionId {
        let director = director(world).await;
        let (drafts, lead) = (&world.store.drafts, stamp(world.lead));
        let copy = (&four(), &Origins::new());
        let id = drafts.start(&lead, "Ours", "Ours, edition 2", Some(copy)).await.unwrap();
        let of = |text: &str, written: &[DraftStandard]| {
            written.iter().find(|it| it.standard.code == code(text)).unwrap().clone()
        };
        let written = draft(world, id).await.sections[0].standards.clone();
        let mut second = of("B2", &written);
        "Updated within two months of any great change"
            .clone_into(&mut second.standard.met_looks_like);
        let dropped = |text| DraftStandard { dropped: true, ..of(text, &written) };
        for changed in [second, dropped("B3"), dropped("B4")] {
            assert_eq!(drafts.write(&lead, id, &changed).await.unwrap(), DraftKept::Yes);
        }
        for new in [
            standard("B5", "Visits are on time", "seen at home every month"),
            standard("B6", "Visits are on time", "seen at school every term"),
            standard("B7", "Dentist", "Checked twice yearly"),
        ] {
            let origin = Origin::default();
            let added = drafts.add(&lead, id, ("B", "The file"), (&new, &origin)).await;
            assert_eq!(added.unwrap(), DraftKept::Yes);
        }
        agreed(world, id, director, FROM).await
    }

    /// Every column of every answer, audit and standard of an old edition, as text.
    async fn everything(world: &World) -> Vec<String> {
        let queries = [
            "select cast(audit_id as text) || '|' || standard || '|' || judgement || '|' || seen \
             || '|' || found || '|' || cast(version as text) || '|' || cast(saved_at as text) \
             as line from audit_answer order by audit_id, standard",
            "select cast(id as text) || '|' || cast(edition_id as text) || '|' || \
             cast(started_at as text) || '|' || coalesce(cast(submitted_at as text), '-') || '|' \
             || coalesce(grade, '-') || '|' || coalesce(reasons, '-') as line \
             from audit order by id",
            "select cast(edition_id as text) || '|' || code || '|' || wording || '|' || \
             met_looks_like || '|' || kind || '|' || applies as line from edition_standard \
             where edition_id <= 2 order by edition_id, code",
        ];
        let connection = sea_orm::Database::connect(&world.fresh.address).await.unwrap();
        let mut lines = Vec::new();
        for query in queries {
            let statement = Statement::from_string(connection.get_database_backend(), query);
            for row in connection.query_all_raw(statement).await.unwrap() {
                lines.push(row.try_get::<String>("", "line").unwrap());
            }
        }
        connection.close().await.unwrap();
        lines
    }

    pub async fn a_new_edition_leaves_every_old_answer_as_it_was(world: World) {
        let (old, under_way, submitted) = audits(&world).await;
        let before = everything(&world).await;
        assert_eq!(before.len(), 5 + 2 + 6, "answers, audits, standards");
        let new = third(&world).await;
        assert_eq!(everything(&world).await, before, "byte for byte");

        let other = world.another_server().await;
        for id in [under_way, submitted] {
            let audit = other.audits.in_hand(id).await.unwrap().unwrap().audit;
            assert_eq!(audit.edition, old);
            let edition = other.frameworks.edition(audit.edition).await.unwrap().unwrap();
            assert_eq!(
                (edition.title().as_str(), edition.contents()),
                ("Ours, edition 2", &four())
            );
        }
        assert_eq!(other.frameworks.in_force_on(FROM).await.unwrap(), Some(new));
        assert_eq!(other.frameworks.successor(old, FROM).await.unwrap(), Some((3, FROM)));

        // The audit under way goes on, on standards that the new edition has not.
        for standard in ["B2", "B3", "B4"] {
            say(&world, under_way, standard, Judgement::Met).await;
        }
        submit(&world, under_way, &four()).await;
        let kept = other.audits.in_hand(under_way).await.unwrap().unwrap();
        assert!(kept.audit.is_submitted() && kept.audit.edition == old);

        // The control: what looks at every byte sees one that is changed.
        let before = everything(&world).await;
        sql(&world, "update audit_answer set seen = 'seen' where standard = 'B4'").await.unwrap();
        assert_ne!(everything(&world).await, before);
    }

    pub async fn results_are_joined_only_where_a_standard_stayed_itself(world: World) {
        let (_, _, _) = audits(&world).await;
        let id = third(&world).await;
        let edition = world.store.frameworks.edition(id).await.unwrap().unwrap();
        let figures = &world.store.figures;
        // Seen from the quarter after: what was found before stands under today's codes.
        let quarter = "2027-Q2".parse().unwrap();
        let seen = figures.quarter(quarter, &edition, None, FROM).await.unwrap();
        let codes: Vec<&str> = seen.before.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["B1", "B2"], "not the split one, the dropped one or the new one");
        assert!(seen.before.iter().all(|(_, tally)| tally.met == 1));
        // The control: on the edition on which they were audited, all four are there.
        let history = world.store.frameworks.history(id).await.unwrap().unwrap();
        let (before, _) = history.follows.unwrap();
        let old = world.store.frameworks.edition(before).await.unwrap().unwrap();
        let seen = figures.quarter(quarter, &old, None, FROM).await.unwrap();
        assert_eq!(seen.before.len(), 4);
    }

    pub async fn each_framework_has_its_own_edition_in_force(world: World) {
        let frameworks = &world.store.frameworks;
        let (lead, day) = (stamp(world.lead), date(2026, 11, 23));
        let contents = contents("Fostering");
        let adopted =
            frameworks.adopt(&lead, (&contents, &Origins::new()), 1, None, date(2026, 11, 1)).await;
        let fostering = adopted.unwrap();
        assert_eq!(frameworks.of_framework_on("Fostering", day).await.unwrap(), Some(fostering));
        assert_eq!(frameworks.of_framework_on("Ours", day).await.unwrap(), Some(world.edition));
        assert_eq!(frameworks.of_framework_on("Theirs", day).await.unwrap(), None);
        let default = frameworks.in_force_on(day).await.unwrap();
        assert_eq!(default, Some(world.edition), "the framework of the cycle, not the latest");
        let names: Vec<String> =
            frameworks.all().await.unwrap().into_iter().map(|line| line.name).collect();
        assert_eq!(names, ["Fostering", "Ours"]);
    }
}
