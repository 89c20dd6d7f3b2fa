//! Teams that were renamed, moved and merged; staff with corrections; the trend; advice and reasons.

on_both_engines!(
    a_team_keeps_its_past_when_it_is_renamed_moved_and_merged,
    staff_are_corrected_by_a_later_word_and_never_changed,
    the_trend_counts_each_list_and_says_what_it_cannot,
    exceptions_have_reasons_for_the_child_and_the_latest_holds,
    a_caseload_over_the_guide_is_counted_over_every_team,
    the_database_refuses_to_change_what_was_said,
);

mod stories {
    use std::sync::atomic::Ordering;

    use jiff::civil::{Date, date};
    use quarterlight_domain::allocation::Experience;
    use quarterlight_domain::case_list::{CaseLine, KeyDate};
    use quarterlight_domain::id::PlaceId;
    use quarterlight_domain::need::Need;
    use quarterlight_domain::staffing::Staff;
    use quarterlight_domain::staffing::exceptions::ForTheChild;
    use quarterlight_domain::staffing::history::{Happened, PlaceEvent, Reading};
    use quarterlight_domain::staffing::hundredths::Hundredths;
    use quarterlight_domain::staffing::period::{Basis, Step, periods};
    use quarterlight_domain::staffing::protocol::{Advice, Protocol};
    use quarterlight_domain::staffing::trend::{Scope, TrendRow};
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{NewAllocationProtocol, NewCaseList};

    use crate::world::{World, line, lines, sql, stamp};

    fn words(text: &str) -> Reason {
        Reason::new(text).unwrap()
    }

    async fn team(world: &World, name: &str) -> PlaceId {
        let places = world.store.places.all().await.unwrap();
        places.into_iter().find(|place| place.name == name).unwrap().id
    }

    async fn happened(world: &World, place: PlaceId, from: Date, happened: Happened) {
        let event = PlaceEvent { place, from, happened, why: words("Cabinet agreed it") };
        world.store.staffing.record(&stamp(world.lead), &event).await.unwrap();
    }

    fn staff(team: PlaceId, month: i8, full_time: Option<u32>) -> Staff {
        Staff {
            team,
            month: date(2026, month, 1),
            full_time: full_time.map(Hundredths),
            source: "Establishment list".to_owned(),
        }
    }

    async fn give(world: &World, staff: &[Staff], key: &str) -> bool {
        let stamp = stamp(world.lead);
        world.store.staffing.give(&stamp, staff, &words("Asked for"), key).await.unwrap()
    }

    fn protocol() -> NewAllocationProtocol {
        let protocol = Protocol {
            name: "Ours".to_owned(),
            from: date(2026, 1, 1),
            weights: [Hundredths(100), Hundredths(150), Hundredths(120), Hundredths(80)],
            caseload: [Some(Hundredths(100)), None, Some(Hundredths(2000))],
            records_per_worker: Hundredths(200),
            advice: vec![
                Advice::NotHeldBy(Need::ChildInNeed, Experience::NewlyQualified),
                Advice::WithoutWorker { days: 5 },
            ],
        };
        NewAllocationProtocol { protocol, why: words("The service agreed it") }
    }

    async fn rows(world: &World, scope: &Scope, reading: Reading) -> Vec<TrendRow> {
        let months = periods(date(2026, 8, 1), date(2026, 11, 1), Step::Month).unwrap();
        let facts = world.store.figures.trend(&months).await.unwrap();
        facts.rows(scope, reading)
    }

    fn open(rows: &[TrendRow]) -> Vec<Option<(u32, u32)>> {
        rows.iter().map(|row| row.open.map(|open| (open.least, open.most))).collect()
    }

    pub async fn a_team_keeps_its_past_when_it_is_renamed_moved_and_merged(world: World) {
        world.import(lines(), date(2026, 8, 3)).await;
        let (one, two) = (team(&world, "Team One").await, team(&world, "Team Two").await);
        let (before, after) = ("Team One".to_owned(), "Team Uno".to_owned());
        happened(&world, one, date(2026, 9, 1), Happened::Renamed { before, after }).await;
        let asylum = "Asylum Service".to_owned();
        let moved = Happened::Moved { before: asylum.clone(), into: world.service };
        happened(&world, two, date(2026, 9, 1), moved).await;
        // A list still has the name that the team had.
        world.import(lines(), date(2026, 10, 2)).await;
        let of = |name: &str| Scope::Service(name.to_owned());
        let now = rows(&world, &of("Children in Need"), Reading::Now).await;
        assert_eq!(open(&now), [Some((3, 3)), Some((0, 3)), Some((3, 3)), None]);
        let then = rows(&world, &of("Asylum Service"), Reading::Then).await;
        assert_eq!(open(&then)[0], Some((1, 1)), "it was a service of its own");
        assert_eq!(open(&then)[2], None, "there is no such service any more");
        happened(&world, two, date(2026, 10, 1), Happened::Merged { into: one }).await;
        let history = world.store.staffing.history().await.unwrap();
        let standing = |day, reading| history.standing(two, day, reading).unwrap().team;
        assert_eq!(standing(date(2026, 8, 3), Reading::Then), "Team Two");
        assert_eq!(standing(date(2026, 8, 3), Reading::Now), "Team Uno");
        let events = world.store.staffing.events().await.unwrap();
        assert_eq!(events.len(), 3);
        assert_eq!(events[0].by.as_deref(), Some("Amara Osei"));
        let again = PlaceEvent {
            place: two,
            from: date(2026, 10, 1),
            happened: Happened::Merged { into: one },
            why: words("Sent twice"),
        };
        let twice = world.store.staffing.record(&stamp(world.lead), &again).await;
        assert!(twice.unwrap_err().is_duplicate(), "nothing happens twice to a place on one day");
    }

    pub async fn staff_are_corrected_by_a_later_word_and_never_changed(world: World) {
        let one = team(&world, "Team One").await;
        let size = world.journal_size().await;
        assert!(give(&world, &[staff(one, 8, Some(450)), staff(one, 9, Some(400))], "a").await);
        assert!(!give(&world, &[staff(one, 8, Some(900))], "a").await, "the same form");
        assert!(give(&world, &[staff(one, 8, Some(350))], "b").await);
        assert!(give(&world, &[staff(one, 9, None)], "c").await, "not known after all");
        assert_eq!(world.journal_size().await, size + 3);
        let known = world.store.staffing.staff(date(2026, 8, 15), date(2026, 9, 30)).await.unwrap();
        let known: Vec<_> = known.iter().map(|it| it.full_time.map(|it| it.0)).collect();
        assert_eq!(known, [Some(350), None]);
        let given = world.store.staffing.given().await.unwrap();
        assert_eq!(given.len(), 4, "what was corrected stays");
        assert_eq!(given.iter().filter(|it| it.is_superseded).count(), 2);
    }

    /// A line whose record was opened on this day.
    fn opened(mut line: CaseLine, day: Date) -> CaseLine {
        line.dates.insert(KeyDate::Opened, day);
        line
    }

    pub async fn the_trend_counts_each_list_and_says_what_it_cannot(world: World) {
        let all = lines();
        world.import(all.clone(), date(2026, 8, 3)).await;
        // In October R-2 has gone, R-1 and R-3 were opened again in September and in October, and
        // R-4 has no date: of when R-3 was closed in between nobody tells.
        let later = vec![
            opened(all[0].clone(), date(2026, 9, 10)),
            opened(all[2].clone(), date(2026, 10, 1)),
            all[3].clone(),
        ];
        world.import(later, date(2026, 10, 2)).await;
        let rows = rows(&world, &Scope::All, Reading::Now).await;
        assert_eq!(open(&rows), [Some((4, 4)), Some((1, 4)), Some((3, 3)), None]);
        assert!(matches!(rows[1].basis, Basis::Dates { .. }));
        assert_eq!(rows[0].without_team, 1);
        assert_eq!((rows[0].full_time, rows[0].per_worker), (None, None));
        let (one, two) = (team(&world, "Team One").await, team(&world, "Team Two").await);
        give(&world, &[staff(one, 8, Some(100))], "a").await;
        assert_eq!(self::rows(&world, &Scope::All, Reading::Now).await[0].teams, (1, 2));
        give(&world, &[staff(two, 8, Some(50))], "b").await;
        let stamp = stamp(world.lead);
        assert!(world.store.staffing.keep_protocol(&stamp, &protocol()).await.unwrap());
        let row = self::rows(&world, &Scope::All, Reading::Now).await.remove(0);
        assert_eq!(row.per_worker, Some(Hundredths(200)), "three records, one and a half staff");
        assert_eq!(row.implied, Some(Hundredths(200)), "four records by a guide of two");
        let (watched, counted) = world.counted().await;
        for until in [date(2026, 9, 1), date(2027, 1, 1)] {
            counted.store(0, Ordering::Relaxed);
            let months = periods(date(2026, 8, 1), until, Step::Month).unwrap();
            watched.figures.trend(&months).await.unwrap();
            assert_eq!(counted.load(Ordering::Relaxed), 9);
        }
    }

    pub async fn exceptions_have_reasons_for_the_child_and_the_latest_holds(world: World) {
        let list = |as_at| NewCaseList {
            source: "test".to_owned(),
            file_digest: "d".to_owned(),
            as_at,
            account: String::new(),
            closed: Vec::new(),
            problems: Vec::new(),
            lines: lines(),
        };
        for as_at in [date(2026, 10, 1), date(2026, 10, 9)] {
            let stamp = stamp(world.lead);
            let id = world.store.case_lists.keep(&stamp, &list(as_at)).await.unwrap();
            world.store.case_lists.take_in(&stamp, id).await.unwrap();
        }
        let stamp = stamp(world.lead);
        let workers = world.store.workers.all().await.unwrap();
        let nia = workers.iter().find(|it| it.name == "Nia Pell").unwrap().id;
        let newly = Experience::NewlyQualified;
        world.store.workers.describe(&stamp, nia, newly, None).await.unwrap();
        let protocol = protocol().protocol;
        let (found, untold) = world.store.figures.exceptions(&protocol).await.unwrap();
        let named: Vec<_> =
            found.iter().map(|it| (it.held.reference.to_string(), it.advice.code())).collect();
        let named: Vec<_> = named.iter().map(|(one, two)| (one.as_str(), two.as_str())).collect();
        let newly = "CIN-newly-qualified";
        assert_eq!(named, [("R-1", newly), ("R-2", newly)]);
        assert_eq!(untold.experience, 1, "nobody knows how experienced the worker of R-4 is");
        let record = found[0].held.record;
        let why = |text: &str| ForTheChild { reason: words(text), review_on: date(2027, 1, 5) };
        let give = |text: &'static str, key: &'static str| {
            let (staffing, stamp) = (world.store.staffing.clone(), stamp.clone());
            async move { staffing.give_reason(&stamp, (record, newly), &why(text), key).await.unwrap() }
        };
        assert!(give("The child asked for it.", "a").await);
        assert!(!give("Sent twice.", "a").await);
        assert!(give("The child knows this worker since birth.", "b").await);
        let (found, _) = world.store.figures.exceptions(&protocol).await.unwrap();
        let said = found[0].why.as_ref().unwrap().reason.words();
        assert_eq!(said, "The child knows this worker since birth.");
        assert!(found[1].why.is_none());
        let bands = world.store.figures.caseloads(&protocol).await.unwrap();
        let bands: Vec<_> = bands.iter().map(|it| (it.place.1.as_deref(), it.workers)).collect();
        assert_eq!(bands, [(None, [0, 0, 0, 1]), (Some("Team One"), [0, 0, 1, 0])]);
    }

    pub async fn a_caseload_over_the_guide_is_counted_over_every_team(world: World) {
        let held = [
            ("R-1", Some("Nia Pell"), "Team One"),
            ("R-2", Some("Nia Pell"), "Team One"),
            ("R-3", Some("Nia Pell"), "Team Two"),
            ("R-4", Some("Kit Hadley"), "Team Two"),
            ("R-5", Some("Kit Hadley"), "Team Two"),
            ("R-6", Some("Bea Gallow"), "Team One"),
            ("R-7", None, "Team One"),
            ("R-8", Some("Odell Marsh"), "Team Two"),
        ];
        let lines = held.map(|(reference, worker, team)| line(reference, worker, team)).to_vec();
        world.import(lines, date(2026, 10, 9)).await;
        let stamp = stamp(world.lead);
        let workers = world.store.workers.all().await.unwrap();
        for (name, experience) in [
            ("Nia Pell", Experience::NewlyQualified),
            ("Kit Hadley", Experience::NewlyQualified),
            ("Odell Marsh", Experience::NewlyQualified),
        ] {
            let id = workers.iter().find(|it| it.name == name).unwrap().id;
            world.store.workers.describe(&stamp, id, experience, None).await.unwrap();
        }
        let full_time = "update worker set full_time_thousandths = 1000 where name = 'Nia Pell'";
        sql(&world, full_time).await.unwrap();
        let less = "update worker set full_time_thousandths = 400 where name = 'Odell Marsh'";
        sql(&world, less).await.unwrap();
        let mut protocol = protocol().protocol;
        // A record weighs 1.5; two of them are within the guide, and three are not.
        protocol.caseload = [Some(Hundredths(300)), None, None];
        protocol.advice = vec![Advice::WithinGuide];
        let exceptions = |protocol: Protocol| {
            let figures = world.store.figures.clone();
            async move {
                let (found, untold) = figures.exceptions(&protocol).await.unwrap();
                let named = found.iter().map(|it| it.held.reference.to_string());
                (named.collect::<Vec<_>>(), (untold.experience, untold.hours))
            }
        };
        // Nia has two records in one team and one in another; Odell's one is over two fifths of the
        // guide; nobody knows how much Kit works, nor how experienced Bea is.
        assert_eq!(
            exceptions(protocol.clone()).await,
            (vec!["R-1".to_owned(), "R-2".to_owned(), "R-3".to_owned(), "R-8".to_owned()], (1, 2))
        );
        let bands = world.store.figures.caseloads(&protocol).await.unwrap();
        let bands: Vec<_> = bands.iter().map(|it| it.workers).collect();
        assert_eq!(bands, [[0, 0, 1, 1], [1, 1, 1, 0]], "the bands say the same of each team");
        let mut more = protocol.clone();
        more.caseload = [Some(Hundredths(450)), None, None];
        assert_eq!(exceptions(more).await, (Vec::new(), (1, 2)));
        protocol.advice = Vec::new();
        assert_eq!(exceptions(protocol.clone()).await, (Vec::new(), (0, 0)), "not advised");
        protocol.advice = vec![Advice::WithinGuide];
        let why = words("The service agreed it");
        let new = NewAllocationProtocol { protocol: protocol.clone(), why };
        assert!(world.store.staffing.keep_protocol(&stamp, &new).await.unwrap());
        assert_eq!(world.store.staffing.protocols().await.unwrap()[0].protocol, protocol);
    }

    pub async fn the_database_refuses_to_change_what_was_said(world: World) {
        let one = team(&world, "Team One").await;
        let (before, after) = ("Team One".to_owned(), "Team Uno".to_owned());
        happened(&world, one, date(2026, 9, 1), Happened::Renamed { before, after }).await;
        give(&world, &[staff(one, 8, Some(450))], "a").await;
        let stamp = stamp(world.lead);
        assert!(world.store.staffing.keep_protocol(&stamp, &protocol()).await.unwrap());
        assert!(!world.store.staffing.keep_protocol(&stamp, &protocol()).await.unwrap());
        assert_eq!(
            world.store.staffing.protocols().await.unwrap()[0].protocol,
            protocol().protocol
        );
        for statement in [
            "update place_event set from_day = '2026-01-01'",
            "update staff_month set full_time = 100",
            "delete from staff_given",
            "update allocation_protocol set records_per_worker = 1",
            "delete from allocation_advice",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }
}
