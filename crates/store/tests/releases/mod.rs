//! A report is built, read, approved and released once, kept byte for byte, and corrected by another.

on_both_engines!(
    a_report_is_released_once_and_kept_byte_for_byte,
    of_two_steps_at_once_one_is_kept,
    what_is_built_anew_supersedes_what_was_not_released,
    a_correction_knows_what_it_corrects,
    the_private_part_is_corrected_alone_while_the_public_one_waits,
    a_programme_is_released_and_corrected_as_a_report_is,
    what_was_not_attacked_beside_another_is_not_released_after_it,
    nothing_of_a_release_can_be_changed,
    who_reads_the_private_part_is_noted,
    the_list_takes_as_many_statements_for_more_reports,
);

mod stories {
    use std::sync::atomic::Ordering;

    use quarterlight_domain::calendar::Quarter;
    use quarterlight_domain::id::{PreparedId, ReportId};
    use quarterlight_domain::release::about::About;
    use quarterlight_domain::release::ground::Ground;
    use quarterlight_domain::release::passage::{Part, Passage, Place};
    use quarterlight_domain::release::{Prepared, State};
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{NewPrepared, NewRelease, PublicLedger, Seen};

    use crate::world::{World, sql, stamp};

    const PART_ONE: &str = "{\"Part I\": \"  two spaces, and a ’ \"}";
    const PART_TWO: &str = "{\"Part II\": 3}";

    fn words(text: &str) -> Reason {
        Reason::new(text).unwrap()
    }

    async fn quarter(world: &World) -> Quarter {
        world.store.cycles.all().await.unwrap()[0].cycle.quarter
    }

    fn passages() -> Vec<Passage> {
        let place = Place { part: Part::One, anchor: "paragraph-1-1".to_owned() };
        let text = "Audited: 48 of 52 records.".to_owned();
        vec![Passage { place, section: "1. Purpose".to_owned(), text }]
    }

    async fn new(world: &World, corrects: Option<(ReportId, Reason)>) -> NewPrepared {
        NewPrepared {
            about: quarter(world).await.into(),
            title: "Quarterly audit".to_owned(),
            part_one: Some((PART_ONE.to_owned(), "cell\tshown\t48\tAudited".to_owned())),
            part_two: PART_TWO.to_owned(),
            digest: "d".repeat(64),
            corrects,
            public_waits: None,
            beside: world.store.releases.ledgers().await.unwrap().last().map(|it| it.report),
        }
    }

    async fn built(world: &World, corrects: Option<(ReportId, Reason)>) -> PreparedId {
        let new = new(world, corrects).await;
        world.store.releases.build(&stamp(world.lead), &new).await.unwrap().unwrap()
    }

    async fn get(world: &World, id: PreparedId) -> Prepared {
        world.store.releases.get(id).await.unwrap().unwrap().prepared
    }

    async fn approved(world: &World, corrects: Option<(ReportId, Reason)>) -> Prepared {
        let new = new(world, corrects).await;
        approved_of(world, &new).await
    }

    async fn approved_of(world: &World, new: &NewPrepared) -> Prepared {
        let id = world.store.releases.build(&stamp(world.lead), new).await.unwrap().unwrap();
        let (releases, lead) = (&world.store.releases, stamp(world.lead));
        let (report, passages) = (get(world, id).await, passages());
        let read = report.edit(&passages[0].place, words("48 of 52 were audited."), &passages);
        assert!(releases.steps(&lead, &read.unwrap()).await.unwrap());
        let cleared = get(world, id).await.clear(words("Nothing found."), &passages).unwrap();
        assert!(releases.steps(&lead, &cleared).await.unwrap());
        let chosen = get(world, id).await.choose(Ground::Identity, words("Children.")).unwrap();
        assert!(releases.steps(&lead, &chosen).await.unwrap());
        let approved = get(world, id).await.approve(world.priya, &passages).unwrap();
        assert!(releases.steps(&stamp(world.priya), &approved).await.unwrap());
        get(world, id).await
    }

    fn whole(differs: &[&str]) -> NewRelease {
        NewRelease {
            part_one: Some(PART_ONE.to_owned()),
            part_two: PART_TWO.to_owned(),
            differs: differs.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    pub async fn a_report_is_released_once_and_kept_byte_for_byte(world: World) {
        let (releases, clerk) = (&world.store.releases, stamp(world.rosa));
        let draft = built(&world, None).await;
        let draft = get(&world, draft).await;
        let early = releases.release(&clerk, world.rosa, &draft, &whole(&[])).await.unwrap();
        assert_eq!(early, None, "nobody has approved it");
        assert!(world.store.reports.all().await.unwrap().is_empty());
        let report = approved(&world, None).await;
        assert_eq!(report.state(), State::Approved);
        assert_eq!(report.approved().unwrap().by, Some(world.priya));
        let size = world.journal_size().await;
        let id = releases.release(&clerk, world.rosa, &report, &whole(&[])).await.unwrap().unwrap();
        let again = releases.release(&clerk, world.rosa, &report, &whole(&[])).await.unwrap();
        assert_eq!(again, None, "it is released once");
        assert_eq!(world.journal_size().await, size + 1);
        assert_eq!(get(&world, report.id).await.state(), State::Released(id));
        let private = world.store.reports.get(id).await.unwrap().unwrap();
        assert_eq!(private.document, PART_TWO);
        let public = releases.part_one(id).await.unwrap().unwrap();
        assert_eq!(public.part_one, PART_ONE);
        assert_eq!((public.before, public.what_changed), (None, None));
        let ledgers = releases.ledgers().await.unwrap();
        let text = "cell\tshown\t48\tAudited".to_owned();
        assert_eq!(ledgers, [PublicLedger { report: id, about: report.about, text }]);
        let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
        assert!(verdict.is_clean(), "{:?}", verdict.wrong);
    }

    pub async fn of_two_steps_at_once_one_is_kept(world: World) {
        let (releases, lead) = (&world.store.releases, stamp(world.lead));
        let id = built(&world, None).await;
        let (report, passages) = (get(&world, id).await, passages());
        let place = passages[0].place.clone();
        let one = report.accept(std::slice::from_ref(&place), &passages).unwrap();
        let other = report.edit(&place, words("Audited: 48."), &passages).unwrap();
        assert!(releases.steps(&lead, &one).await.unwrap());
        assert!(!releases.steps(&lead, &other).await.unwrap());
        assert_eq!(get(&world, id).await.steps.len(), 1);
    }

    pub async fn what_is_built_anew_supersedes_what_was_not_released(world: World) {
        let releases = &world.store.releases;
        let first = approved(&world, None).await;
        let second = built(&world, None).await;
        assert_eq!(get(&world, first.id).await.state(), State::Superseded);
        assert_eq!(get(&world, second).await.state(), State::Draft);
        let clerk = stamp(world.rosa);
        let given = releases.release(&clerk, world.rosa, &first, &whole(&[])).await.unwrap();
        assert_eq!(given, None, "it was approved, and built anew since");
        // A report of one service supersedes none of all services.
        let mut of_service = new(&world, None).await;
        of_service.about = About::Quarter(quarter(&world).await, Some(world.service));
        of_service.part_one = None;
        releases.build(&stamp(world.lead), &of_service).await.unwrap().unwrap();
        assert_eq!(get(&world, second).await.state(), State::Draft);
    }

    pub async fn a_correction_knows_what_it_corrects(world: World) {
        let (releases, clerk) = (&world.store.releases, stamp(world.rosa));
        let report = approved(&world, None).await;
        let first = releases.release(&clerk, world.rosa, &report, &whole(&[])).await.unwrap();
        let first = first.unwrap();
        let unaware = new(&world, None).await;
        let unaware = releases.build(&stamp(world.lead), &unaware).await.unwrap();
        assert_eq!(unaware, None, "it does not know that another was released");
        let why = words("One audit was counted in the wrong service.");
        let report = approved(&world, Some((first, why.clone()))).await;
        assert_eq!(report.corrects, Some((first, why.clone())));
        let differs = ["Paragraph 1.2", "Table 3 is new"];
        let second = releases.release(&clerk, world.rosa, &report, &whole(&differs)).await.unwrap();
        let second = second.unwrap();
        let (was, now) = (
            releases.part_one(first).await.unwrap().unwrap(),
            releases.part_one(second).await.unwrap().unwrap(),
        );
        assert_eq!((was.line.corrects, was.line.corrected_by), (None, Some(second)));
        assert_eq!((now.line.corrects, now.line.corrected_by), (Some(first), None));
        assert_eq!(now.what_changed.as_deref(), Some(why.words()));
        assert_eq!(now.differs, differs);
        assert_eq!(was.part_one, PART_ONE, "what was corrected stays readable");
        let corrections = releases.corrections(second).await.unwrap();
        assert_eq!(corrections.corrects, Some((first, why.words().to_owned())));
        assert_eq!((corrections.corrected_by, corrections.public_waits), (None, None));
        assert_eq!(releases.latest(report.about).await.unwrap(), Some(second));
        assert_eq!(releases.ledgers().await.unwrap().len(), 2);
    }

    pub async fn the_private_part_is_corrected_alone_while_the_public_one_waits(world: World) {
        let (releases, clerk) = (&world.store.releases, stamp(world.rosa));
        let report = approved(&world, None).await;
        let first = releases.release(&clerk, world.rosa, &report, &whole(&[])).await;
        let first = first.unwrap().unwrap();
        let why = words("A figure was wrong.");
        let waits = "This cannot be made public yet.";
        let alone = NewPrepared {
            part_one: None,
            public_waits: Some(waits.to_owned()),
            ..new(&world, Some((first, why.clone()))).await
        };
        let lead = stamp(world.lead);
        let id = releases.build(&lead, &alone).await.unwrap().unwrap();
        assert_eq!(releases.get(id).await.unwrap().unwrap().public_waits.as_deref(), Some(waits));
        let chosen = get(&world, id).await.choose(Ground::Identity, words("Children.")).unwrap();
        assert!(releases.steps(&lead, &chosen).await.unwrap());
        // There is no Part I to clear.
        let ready = get(&world, id).await.approve(world.priya, &[]).unwrap();
        assert!(releases.steps(&stamp(world.priya), &ready).await.unwrap());
        let given = NewRelease { part_one: None, ..whole(&[]) };
        let report = get(&world, id).await;
        let second = releases.release(&clerk, world.rosa, &report, &given).await.unwrap().unwrap();

        let was = releases.part_one(first).await.unwrap().unwrap();
        assert_eq!((was.line.corrected_by, was.line.waits), (None, true), "it says that one waits");
        assert_eq!(was.part_one, PART_ONE);
        assert_eq!(releases.part_one(second).await.unwrap(), None);
        assert_eq!(releases.public().await.unwrap().len(), 1);
        let corrections = releases.corrections(second).await.unwrap();
        assert_eq!(corrections.corrects, Some((first, why.words().to_owned())));
        assert_eq!(corrections.public_waits.as_deref(), Some(waits));
        assert_eq!(releases.ledgers().await.unwrap().len(), 1);

        // One that was corrected in private alone, with a Part I that says the same: nothing waits.
        let silent = approved(&world, Some((second, why.clone()))).await;
        let given = NewRelease { part_one: None, ..whole(&["Paragraph 2.1", "Table 3"]) };
        let second = releases.release(&clerk, world.rosa, &silent, &given).await.unwrap().unwrap();
        let corrections = releases.corrections(second).await.unwrap();
        assert_eq!(corrections.differs, ["Paragraph 2.1", "Table 3"]);
        assert_eq!(corrections.public_waits, None);
        assert_eq!(releases.ledgers().await.unwrap().len(), 1, "nothing was said in public");
        let was = releases.part_one(first).await.unwrap().unwrap();
        assert_eq!((was.line.corrected_by, was.line.waits), (None, false), "it could be public");

        // The public one follows: to the public it corrects the first.
        let report = approved(&world, Some((second, why.clone()))).await;
        let third = releases.release(&clerk, world.rosa, &report, &whole(&[])).await;
        let third = third.unwrap().unwrap();
        let [was, now] = [
            releases.part_one(first).await.unwrap().unwrap(),
            releases.part_one(third).await.unwrap().unwrap(),
        ];
        assert_eq!((was.line.corrected_by, was.line.waits), (Some(third), false));
        assert_eq!((now.line.corrects, now.line.waits), (Some(first), false));
        assert_eq!(now.what_changed.as_deref(), Some(why.words()));
    }

    pub async fn a_programme_is_released_and_corrected_as_a_report_is(world: World) {
        let (releases, clerk) = (&world.store.releases, stamp(world.rosa));
        let of_year = |year| About::Year(year);
        let (about, why) = (of_year(2026), words("The plan of one quarter was wrong."));
        let new = |about, corrects| {
            let world = &world;
            async move { NewPrepared { about, ..new(world, corrects).await } }
        };
        let first = new(about, None).await;
        let report = approved_of(&world, &first).await;
        assert_eq!((report.about, report.state()), (about, State::Approved));
        let size = world.journal_size().await;
        let given = releases.release(&clerk, world.rosa, &report, &whole(&[])).await.unwrap();
        let given = given.unwrap();
        assert_eq!(world.journal_size().await, size + 1);
        assert_eq!(releases.latest(about).await.unwrap(), Some(given));
        // Neither another year nor a quarter of the same year is what was released.
        for other in [of_year(2027), quarter(&world).await.into()] {
            assert_eq!(releases.latest(other).await.unwrap(), None, "{other}");
        }
        assert_eq!(world.store.reports.get(given).await.unwrap().unwrap().document, PART_TWO);
        assert_eq!(world.store.reports.all().await.unwrap()[0].about, about);
        let public = releases.part_one(given).await.unwrap().unwrap();
        assert_eq!((public.part_one.as_str(), public.before), (PART_ONE, None));
        assert_eq!(releases.ledgers().await.unwrap()[0].about, about);

        // A report of a quarter neither supersedes it nor corrects it.
        let of_quarter = approved(&world, None).await;
        let quarterly =
            releases.release(&clerk, world.rosa, &of_quarter, &whole(&[])).await.unwrap();
        let line = |id| async move { releases.part_one(id).await.unwrap().unwrap().line };
        assert_eq!(line(given).await.corrected_by, None);
        assert_eq!(line(quarterly.unwrap()).await.corrects, None);

        let unaware = releases.build(&stamp(world.lead), &new(about, None).await).await.unwrap();
        assert_eq!(unaware, None, "it does not know that another was released");
        let correction = new(about, Some((given, why.clone()))).await;
        let report = approved_of(&world, &correction).await;
        let second = releases.release(&clerk, world.rosa, &report, &whole(&["Table 1"])).await;
        let second = second.unwrap().unwrap();
        assert_eq!(line(given).await.corrected_by, Some(second));
        let public = releases.part_one(second).await.unwrap().unwrap();
        assert_eq!(public.line.corrects, Some(given));
        assert_eq!(public.what_changed.as_deref(), Some(why.words()));
        assert_eq!(public.differs, ["Table 1"]);
        let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
        assert!(verdict.is_clean(), "{:?}", verdict.wrong);
        // A look at its private part is noted, and a look at none is none.
        let seen = Seen::Report(second);
        releases.note_look(world.priya, seen, "/reports/2", clerk.at).await.unwrap();
        assert_eq!(releases.looks(second).await.unwrap().len(), 1);
        for statement in [
            "insert into report (title, released_on, released_by, document) \
             select title, released_on, released_by, document from report",
            "insert into report (cycle_id, year, title, released_on, released_by, document) \
             select (select max(id) from cycle), 2026, title, released_on, released_by, document \
             from report",
        ] {
            assert!(sql(&world, statement).await.is_err(), "it is about one thing: {statement}");
        }
    }

    pub async fn what_was_not_attacked_beside_another_is_not_released_after_it(world: World) {
        let (releases, clerk) = (&world.store.releases, &stamp(world.rosa));
        let about = About::Year(2026);
        let of_year = NewPrepared { about, ..new(&world, None).await };
        let programme = approved_of(&world, &of_year).await;
        let quarterly = approved(&world, None).await;
        let rosa = world.rosa;
        let give = |report| async move {
            releases.release(clerk, rosa, report, &whole(&[])).await.unwrap()
        };
        assert!(give(&quarterly).await.is_some());
        assert_eq!(give(&programme).await, None, "it was built before the other was public");
        // Control: built after it, it goes out.
        let of_year = NewPrepared { about, ..new(&world, None).await };
        let programme = approved_of(&world, &of_year).await;
        assert!(give(&programme).await.is_some());
        // A private part alone has nothing to attack.
        let service = About::Quarter(quarter(&world).await, Some(world.service));
        let alone =
            NewPrepared { part_one: None, beside: None, about: service, ..new(&world, None).await };
        let alone = approved_of(&world, &alone).await;
        let private = NewRelease { part_one: None, ..whole(&[]) };
        let given = releases.release(clerk, world.rosa, &alone, &private).await.unwrap();
        assert!(given.is_some());
    }

    pub async fn nothing_of_a_release_can_be_changed(world: World) {
        let (releases, clerk) = (&world.store.releases, stamp(world.rosa));
        let report = approved(&world, None).await;
        let id = releases.release(&clerk, world.rosa, &report, &whole(&[])).await.unwrap().unwrap();
        let seen = Seen::Report(id);
        releases.note_look(world.priya, seen, "/reports/1", clerk.at).await.unwrap();
        for statement in [
            "update prepared_report set part_one = '{}'",
            "delete from prepared_report",
            "update prepared_step set words = 'other'",
            "delete from prepared_step",
            "update report_release set part_one = '{}'",
            "delete from report_release",
            "update report set document = '{}'",
            "delete from report_look",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }

    pub async fn who_reads_the_private_part_is_noted(world: World) {
        let (releases, clerk) = (&world.store.releases, stamp(world.rosa));
        let report = approved(&world, None).await;
        let seen = Seen::Prepared(report.id);
        releases
            .note_look(world.priya, seen, "/reports/prepared/1/private", clerk.at)
            .await
            .unwrap();
        let id = releases.release(&clerk, world.rosa, &report, &whole(&[])).await.unwrap().unwrap();
        assert!(releases.looks(id).await.unwrap().is_empty());
        releases.note_look(world.priya, Seen::Report(id), "/reports/1", clerk.at).await.unwrap();
        let looks = releases.looks(id).await.unwrap();
        assert_eq!(looks.len(), 1);
        assert_eq!((looks[0].page.as_str(), looks[0].at), ("/reports/1", clerk.at));
        let nobody = Seen::Report(ReportId(9_999));
        let note = releases.note_look(world.priya, nobody, "/reports/9999", clerk.at).await;
        assert!(note.is_err(), "a look that cannot be noted is no look");
    }

    pub async fn the_list_takes_as_many_statements_for_more_reports(world: World) {
        let (store, statements) = world.counted().await;
        let mut counted = Vec::new();
        for more in [1, 5] {
            for _ in 0..more {
                built(&world, None).await;
            }
            statements.store(0, Ordering::SeqCst);
            store.releases.all().await.unwrap();
            store.releases.public().await.unwrap();
            counted.push(statements.load(Ordering::SeqCst));
        }
        assert_eq!(counted, [3, 3]);
    }
}
