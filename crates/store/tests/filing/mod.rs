//! Filing: protocols that supersede, checks with what is to be put right, clearing, and counts.

on_both_engines!(
    a_protocol_is_kept_whole_and_the_next_supersedes_it,
    a_check_is_kept_once_with_what_is_to_be_put_right,
    of_two_who_clear_at_once_one_does,
    a_check_that_was_taken_back_counts_no_more,
    a_check_in_an_audit_raises_its_finding_until_the_audit_is_submitted,
    counts_are_by_team_and_unknown_is_counted_as_neither,
    the_database_refuses_to_change_what_was_found,
    lists_take_as_many_statements_however_long_they_are,
);

mod stories {
    use std::sync::atomic::Ordering;

    use jiff::civil::{Date, date, time};
    use quarterlight_domain::case_list::Reference;
    use quarterlight_domain::figures::{FilingFigures, Share};
    use quarterlight_domain::filing::check::NewCheck;
    use quarterlight_domain::filing::figures::ItemCounts;
    use quarterlight_domain::filing::hours::Entered;
    use quarterlight_domain::filing::item::{Item, Seen};
    use quarterlight_domain::filing::mismatch::{Matter, mismatches};
    use quarterlight_domain::filing::outcome::Outcome;
    use quarterlight_domain::filing::paper::{Agrees, Paper};
    use quarterlight_domain::filing::protocol::{Held, Kind, KindCode, Protocol, in_force};
    use quarterlight_domain::finding::Raised;
    use quarterlight_domain::id::{AuditId, FilingCheckId, PlaceId, RecordId};
    use quarterlight_domain::need::Known;
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::timescale::working_days::BankHolidays;
    use quarterlight_store::{ActionFilter, NewProtocol, Which};

    use crate::world::{World, code, lines, sql, stamp};

    const DAY: Date = date(2026, 11, 23);

    fn words(text: &str) -> Reason {
        Reason::new(text).unwrap()
    }

    fn protocol(from: Date, within: u16) -> NewProtocol {
        let kind = |code: &str, paper: Option<&str>| Kind {
            code: KindCode::new(code).unwrap(),
            name: code.to_owned(),
            electronic: format!("Documents / {code}"),
            paper: paper.map(str::to_owned),
            within,
        };
        let kinds = vec![kind("letter", Some("Section 4")), kind("court-order", None)];
        let protocol = Protocol::new("Ours", from, kinds).unwrap();
        NewProtocol { protocol, why: words("The first") }
    }

    async fn held(world: &World) -> Vec<Held> {
        world.store.filing.protocols().await.unwrap().into_iter().map(|kept| kept.held).collect()
    }

    /// The record with this reference, on a case list that is taken in, and a protocol in force.
    async fn ready(world: &World) {
        world.import(lines(), date(2026, 10, 1)).await;
        let new = protocol(date(2026, 1, 1), 5);
        assert!(world.store.filing.keep_protocol(&stamp(world.lead), &new).await.unwrap());
    }

    async fn record(world: &World, reference: &str) -> RecordId {
        let reference = Reference::new(reference).unwrap();
        world.store.records.by_reference(&reference).await.unwrap().unwrap().id
    }

    fn seen(outcome: Outcome, entered: Option<Entered>, found: &str) -> Seen {
        let kind = KindCode::new("letter").unwrap();
        let (dated, found) = (date(2026, 11, 3), found.to_owned());
        Seen { kind, dated, entered, found, outcome, why: None }
    }

    fn on(day: i8, at: Option<i8>) -> Entered {
        let time = at.map(|hour| time(hour, 15, 0, 0));
        Entered { day: date(2026, 11, day), time }
    }

    /// Two in time, one late in the evening, one late at a weekend, one misfiled of which nobody
    /// knows when, and one that is missing.
    fn items() -> Vec<Seen> {
        vec![
            seen(Outcome::Filed, Some(on(4, Some(10))), ""),
            seen(Outcome::Filed, Some(on(5, None)), ""),
            seen(Outcome::Filed, Some(on(12, Some(20))), ""),
            seen(Outcome::Filed, Some(on(15, Some(11))), ""),
            seen(Outcome::Misfiled, None, "Section 9"),
            seen(Outcome::Missing, None, ""),
        ]
    }

    fn paper() -> Paper {
        Paper {
            exists: Known::Yes,
            mentioned: Known::No,
            place: "Store 2".to_owned(),
            volumes: Some(3),
            last_item: Some(date(2025, 3, 1)),
            agrees: Some(Agrees::CannotTell),
        }
    }

    async fn check(
        world: &World,
        of: (&str, Option<AuditId>),
        seen: Vec<Seen>,
        paper: Paper,
        form: &str,
    ) -> Option<FilingCheckId> {
        let held = held(world).await;
        let christmas = vec![date(2026, 12, 25)];
        let england = BankHolidays::new("England", "test", "", (2026, 2026), christmas).unwrap();
        let judge = |seen| Item::judge(seen, &held, &england, DAY).unwrap();
        let new = NewCheck {
            record: record(world, of.0).await,
            audit: of.1,
            checked_on: DAY,
            newest: (of.0 != "R-3").then(|| date(2026, 11, 13)),
            items: seen.into_iter().map(judge).collect(),
            paper,
            form_key: form.to_owned(),
        };
        let found = mismatches(&new, &held);
        let raised = Raised {
            standard: code("B2"),
            what: words("Say in the record that there is paper."),
            owner: None,
            due: date(2026, 12, 1),
        };
        let finding = new.paper.is_hidden().then_some(&raised);
        let by = if of.1.is_some() { world.priya } else { world.lead };
        world.store.filing.keep(&stamp(by), &new, &found, finding).await.unwrap()
    }

    pub async fn a_protocol_is_kept_whole_and_the_next_supersedes_it(world: World) {
        let filing = &world.store.filing;
        let (first, next) = (protocol(date(2026, 1, 1), 5), protocol(date(2026, 12, 1), 2));
        assert!(filing.protocols().await.unwrap().is_empty());
        assert!(filing.keep_protocol(&stamp(world.lead), &first).await.unwrap());
        assert!(filing.keep_protocol(&stamp(world.lead), &next).await.unwrap());
        assert!(!filing.keep_protocol(&stamp(world.lead), &next).await.unwrap(), "the same day");
        let kept = world.another_server().await.filing.protocols().await.unwrap();
        let said: Vec<_> = kept.iter().map(|it| &it.held.protocol).collect();
        assert_eq!(said, [&next.protocol, &first.protocol]);
        assert_eq!(kept[0].by.as_deref(), Some("Amara Osei"));
        let held = held(&world).await;
        assert_eq!(in_force(&held, date(2026, 11, 30)).unwrap().protocol, first.protocol);
        assert_eq!(in_force(&held, date(2026, 12, 1)).unwrap().protocol, next.protocol);
    }

    pub async fn a_check_is_kept_once_with_what_is_to_be_put_right(world: World) {
        ready(&world).await;
        let id = check(&world, ("R-1", None), items(), paper(), "one").await.unwrap();
        let again = check(&world, ("R-1", None), items(), paper(), "one").await.unwrap();
        assert_eq!(id, again, "a form that comes twice");
        let filing = &world.store.filing;
        let kept = filing.check(id).await.unwrap().unwrap();
        assert_eq!((kept.items.len(), &kept.paper), (6, &paper()));
        let outcomes: Vec<_> = kept.items.iter().map(|(_, it)| it.seen.outcome).collect();
        let expected = [
            Outcome::Filed,
            Outcome::Filed,
            Outcome::Late,
            Outcome::Late,
            Outcome::Misfiled,
            Outcome::Missing,
        ];
        assert_eq!(outcomes, expected);
        assert_eq!(kept.items[2].1.seen.entered, Some(on(12, Some(20))));
        assert_eq!((kept.line.items, kept.line.open), (6, 3));
        assert!(kept.line.whereabouts.is_within(world.service));
        let open = filing.mismatches(Which::Open).await.unwrap();
        let shown: Vec<_> = open.iter().map(|it| (it.matter, it.place.as_str())).collect();
        let expected = [
            (Matter::Misfiled, "Section 9"),
            (Matter::Missing, "Documents / letter"),
            (Matter::PaperNotMentioned, "Store 2"),
        ];
        assert_eq!(shown, expected);
        assert_eq!(filing.checks(None).await.unwrap().len(), 1);
        assert!(filing.checks(Some(record(&world, "R-2").await)).await.unwrap().is_empty());
        let actions = world.store.actions.list(&ActionFilter::Every).await.unwrap();
        assert!(actions.is_empty(), "outside an audit there is no finding");
    }

    pub async fn of_two_who_clear_at_once_one_does(world: World) {
        ready(&world).await;
        check(&world, ("R-1", None), items(), Paper::default(), "one").await.unwrap();
        let other = world.another_server().await;
        let ids: Vec<_> =
            other.filing.mismatches(Which::Open).await.unwrap().iter().map(|it| it.id).collect();
        let (rosa, lead) = (stamp(world.rosa), stamp(world.lead));
        let moved = words("Moved to its place");
        let (one, two) = tokio::join!(
            world.store.filing.clear(&rosa, &ids, &moved),
            other.filing.clear(&lead, &ids, &moved),
        );
        assert_eq!(one.unwrap() + two.unwrap(), 2);
        assert!(other.filing.mismatches(Which::Open).await.unwrap().is_empty());
        let cleared = other.filing.mismatches(Which::Cleared).await.unwrap();
        let by: Vec<_> = cleared.iter().map(|it| it.cleared.clone().unwrap().words).collect();
        assert_eq!(by, ["Moved to its place", "Moved to its place"]);
        let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
        assert!(verdict.is_clean());
    }

    pub async fn a_check_that_was_taken_back_counts_no_more(world: World) {
        ready(&world).await;
        let id = check(&world, ("R-1", None), items(), paper(), "one").await.unwrap();
        let filing = &world.store.filing;
        assert_eq!(world.store.figures.filing_items().await.unwrap().len(), 1);
        let by = stamp(world.lead);
        assert!(filing.withdraw(&by, id, &words("The wrong record")).await.unwrap());
        assert!(!filing.withdraw(&by, id, &words("Again")).await.unwrap());
        assert!(filing.mismatches(Which::Open).await.unwrap().is_empty());
        assert_eq!(filing.mismatches(Which::OfCheck(id)).await.unwrap().len(), 3, "it stays");
        assert!(world.store.figures.filing_items().await.unwrap().is_empty());
        assert!(world.store.figures.filing_paper().await.unwrap().is_empty());
        let kept = filing.check(id).await.unwrap().unwrap();
        assert_eq!(kept.line.withdrawn.unwrap().words, "The wrong record");
    }

    pub async fn a_check_in_an_audit_raises_its_finding_until_the_audit_is_submitted(world: World) {
        let audit = world.audit().await;
        let new = protocol(date(2026, 1, 1), 5);
        world.store.filing.keep_protocol(&stamp(world.lead), &new).await.unwrap();
        let of = ("R-1", Some(audit));
        let id = check(&world, of, Vec::new(), paper(), "one").await.unwrap();
        check(&world, of, Vec::new(), paper(), "one").await.unwrap();
        let actions = world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap();
        let raised: Vec<_> = actions.iter().map(|it| it.standard.as_str()).collect();
        assert_eq!(raised, ["B2"], "once");
        assert_eq!(world.store.filing.of_audit(audit).await.unwrap()[0].id, id);
        sql(&world, "update audit set submitted_at = '2026-11-23 12:00:00+00', grade = 'good', reasons = 'So'")
            .await
            .unwrap();
        assert_eq!(check(&world, of, Vec::new(), paper(), "two").await, None, "it is submitted");
        assert_eq!(world.store.filing.checks(None).await.unwrap().len(), 1);
    }

    pub async fn counts_are_by_team_and_unknown_is_counted_as_neither(world: World) {
        ready(&world).await;
        let none = Paper { exists: Known::No, ..Paper::default() };
        check(&world, ("R-1", None), items(), paper(), "one").await.unwrap();
        check(&world, ("R-2", None), items(), none.clone(), "two").await.unwrap();
        // The last word on its paper stands, though a later check says nothing of it.
        check(&world, ("R-3", None), Vec::new(), none, "three").await.unwrap();
        check(&world, ("R-3", None), items(), Paper::default(), "four").await.unwrap();
        check(&world, ("R-4", None), items(), Paper::default(), "five").await.unwrap();
        let teams = world.store.figures.filing_items().await.unwrap();
        let shown: Vec<_> = teams.iter().map(|it| (it.team.as_deref(), it.records)).collect();
        let mut sorted = shown.clone();
        sorted.sort();
        assert_eq!(sorted, [(None, 1), (Some("Team One"), 2), (Some("Team Two"), 1)]);
        let two = teams.iter().find(|it| it.team.as_deref() == Some("Team Two")).unwrap();
        let expected = ItemCounts {
            items: 6,
            missing: 1,
            misfiled: 1,
            another_record: 0,
            timed: 4,
            late: 2,
            dated: 4,
            weekend: 1,
            clocked: 2,
            evening: 1,
        };
        assert_eq!(two.counts, expected);
        assert_eq!(two.quarter.to_string(), "2026-Q4");
        let ages = world.store.figures.filing_ages(two.quarter).await.unwrap();
        let days: Vec<_> = ages.iter().map(|it| (it.reference.as_str(), it.days)).collect();
        let expected = [("R-1", Some(10)), ("R-2", Some(10)), ("R-3", None), ("R-4", Some(10))];
        assert_eq!(days, expected);
        let paper = world.store.figures.filing_paper().await.unwrap();
        let ours = paper.iter().find(|it| it.service.is_some()).unwrap();
        assert_eq!((ours.records, ours.paper, ours.no_paper, ours.unknown()), (3, 1, 2, 0));
        assert_eq!((ours.mentioned, ours.not_mentioned), (0, 1));
        assert_eq!((ours.agreeing, ours.differing, ours.not_told()), (0, 0, 1));
        let nowhere = paper.iter().find(|it| it.service.is_none()).unwrap();
        assert_eq!((nowhere.records, nowhere.unknown()), (1, 1), "blank is not known, and not no");
        let told = told(&world, None).await;
        assert_eq!((told.records, told.items.items, told.paper.len()), (4, 24, 2));
        let open = world.store.filing.mismatches(Which::Open).await.unwrap();
        assert_eq!(told.cleared, Share::new(0, u32::try_from(open.len()).unwrap()));
        let told = self::told(&world, Some(world.service)).await;
        assert_eq!((told.records, told.items.items, told.paper.len()), (3, 18, 1));
    }

    /// What the report of the quarter says of filing.
    async fn told(world: &World, service: Option<PlaceId>) -> FilingFigures {
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let quarter = "2026-Q4".parse().unwrap();
        let figures = world.store.figures.quarter(quarter, &edition, service, DAY).await;
        figures.unwrap().further.filing
    }

    pub async fn the_database_refuses_to_change_what_was_found(world: World) {
        ready(&world).await;
        let id = check(&world, ("R-1", None), items(), paper(), "one").await.unwrap();
        let filing = &world.store.filing;
        let open = filing.mismatches(Which::Open).await.unwrap();
        filing.clear(&stamp(world.lead), &[open[0].id], &words("Moved")).await.unwrap();
        filing.withdraw(&stamp(world.lead), id, &words("In error")).await.unwrap();
        for statement in [
            "update filing_protocol set name = 'Theirs'",
            "update filing_protocol_kind set within_days = 90",
            "update filing_item set late = 'no'",
            "update filing_paper set mentioned = 'yes'",
            "delete from filing_mismatch",
            "delete from filing_mismatch_cleared",
            "update filing_check set quarter = '2026-Q3'",
            "delete from filing_check_withdrawn",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }

    pub async fn lists_take_as_many_statements_however_long_they_are(world: World) {
        ready(&world).await;
        let (store, count) = world.counted().await;
        let mut counted = Vec::new();
        for form in ["one", "two", "three"] {
            let id = check(&world, ("R-1", None), items(), paper(), form).await.unwrap();
            count.store(0, Ordering::Relaxed);
            store.filing.check(id).await.unwrap().unwrap();
            store.filing.mismatches(Which::Open).await.unwrap();
            store.filing.checks(None).await.unwrap();
            store.figures.filing_items().await.unwrap();
            store.figures.filing_paper().await.unwrap();
            counted.push(count.load(Ordering::Relaxed));
        }
        assert_eq!(counted, [7, 7, 7]);
    }
}
