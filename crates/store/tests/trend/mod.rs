//! Between two lists a record counts from its opening to its closing, under the team that had it.

on_both_engines!(a_record_counts_from_its_opening_to_its_closing,);

mod stories {
    use std::collections::BTreeSet;

    use jiff::civil::{Date, date};
    use quarterlight_domain::case_list::{KeyDate, Reference};
    use quarterlight_domain::history::{Episode, Fact, History, Span};
    use quarterlight_domain::need::{Known, Need, Needs};
    use quarterlight_domain::place::PlaceKind;
    use quarterlight_domain::reconcile::{Parts, put_together};
    use quarterlight_domain::source::{Holder, Sighting, Source, SourceKind, SourceList};
    use quarterlight_domain::staffing::history::{Happened, PlaceEvent, Reading};
    use quarterlight_domain::staffing::period::{Step, periods};
    use quarterlight_domain::staffing::trend::{Scope, TrendFacts};
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{NewSource, NewTogether, SourceFile};

    use crate::world::{World, stamp};

    /// A record with its spans; open where the last of them goes on, or where it has none.
    fn seen(number: u32, team: &str, spans: &[(Date, Option<Date>)]) -> Sighting {
        let mut history = History::default();
        let spans: BTreeSet<Span> =
            spans.iter().map(|(from, until)| Span { from: *from, until: *until }).collect();
        let is_open = spans.last().is_none_or(|it| it.until.is_none());
        let opened: BTreeSet<Date> = spans.iter().map(|it| it.from).collect();
        if !spans.is_empty() {
            history.dates.insert(KeyDate::Opened, opened);
            history.episodes.insert(Episode::Referral, spans);
        }
        history.asked = [Fact::Episode(Episode::Referral)].into();
        let needs: Needs = [Need::ChildInNeed].into();
        Sighting {
            list: 0,
            row: Some(number),
            reference: Reference::new(&format!("R-{number}")).unwrap(),
            open: if is_open { Known::Yes } else { Known::No },
            needs: if is_open { needs } else { Needs::new() },
            assessment_open: false,
            disabled: Known::Unknown,
            unaccompanied: Known::Unknown,
            placement: None,
            route: None,
            holder: Holder::default(),
            team: Some(team.to_owned()),
            history,
        }
    }

    async fn take_in(world: &World, as_at: Date, sightings: Vec<Sighting>) {
        let list = SourceList {
            name: "List 6".to_owned(),
            tells: [Fact::Episode(Episode::Referral)].into(),
            rows: sightings.len(),
        };
        let source = Source {
            kind: SourceKind::AnnexA,
            name: "Annex A".to_owned(),
            as_at,
            lists: vec![list],
            sightings,
            workers: Vec::new(),
        };
        let decisions = world.store.sources.decisions().await.unwrap();
        let known = world.store.sources.known().await.unwrap();
        let sources = [source.clone()];
        let together =
            put_together(Parts { sources: &sources, known: &known, decisions: &decisions });
        let file = SourceFile { name: "a.xlsx".to_owned(), digest: "0".repeat(64), bytes: 12 };
        let (account, problems) = ("{}".to_owned(), Vec::new());
        let new = NewTogether {
            name: "Annex A".to_owned(),
            as_at,
            kept: Vec::new(),
            new: vec![NewSource { source, files: vec![file], account, problems }],
            together,
            rates: String::new(),
            instead_of: None,
        };
        let lists = &world.store.case_lists;
        let id = lists.keep_together(&stamp(world.lead), &new).await.unwrap();
        lists.take_in(&stamp(world.lead), id).await.unwrap().unwrap();
    }

    fn open(facts: &TrendFacts, scope: &Scope) -> Vec<Option<(u32, u32)>> {
        let rows = facts.rows(scope, Reading::Now);
        rows.iter().map(|row| row.open.map(|open| (open.least, open.most))).collect()
    }

    pub async fn a_record_counts_from_its_opening_to_its_closing(world: World) {
        let (one, two, three) = ("Team One", "Team Two", "Team Three");
        let stamp = stamp(world.lead);
        let places = &world.store.places;
        places.add(&stamp, Some(world.service), PlaceKind::Team, three).await.unwrap();
        let day = |month, day| date(2026, month, day);
        let goes_on = |from| [(from, None)];
        let over = |from, until| [(from, Some(until))];
        let first = vec![
            seen(1, one, &goes_on(day(1, 5))),
            seen(2, one, &goes_on(day(2, 1))),
            seen(3, one, &goes_on(day(2, 1))),
            seen(4, two, &goes_on(day(3, 1))),
            seen(5, two, &goes_on(day(3, 1))),
            seen(6, one, &goes_on(day(3, 1))),
            seen(10, one, &[]),
            seen(12, three, &goes_on(day(3, 1))),
            seen(13, one, &over(day(1, 5), day(7, 30))),
        ];
        take_in(&world, day(8, 3), first).await;
        let all = places.all().await.unwrap();
        let event = PlaceEvent {
            place: all.iter().find(|it| it.name == two).unwrap().id,
            from: day(10, 1),
            happened: Happened::Renamed { before: two.to_owned(), after: "Team Duo".to_owned() },
            why: Reason::new("Cabinet agreed it").unwrap(),
        };
        world.store.staffing.record(&stamp, &event).await.unwrap();
        let second = vec![
            seen(1, one, &goes_on(day(1, 5))),
            seen(2, one, &over(day(2, 1), day(9, 15))),
            // The last day of a month and the first of the next: it is closed on the day itself.
            seen(3, one, &over(day(2, 1), day(9, 30))),
            seen(4, two, &over(day(3, 1), day(10, 1))),
            // Of R-5 the next list says nothing. R-6 was closed and opened again.
            seen(6, one, &[(day(3, 1), Some(day(9, 10))), (day(10, 20), None)]),
            seen(7, two, &goes_on(day(9, 30))),
            seen(8, two, &goes_on(day(10, 1))),
            // It came and went between the lists, under a name that the team has no more.
            seen(9, two, &over(day(9, 5), day(10, 10))),
            seen(10, one, &[]),
            seen(12, three, &over(day(3, 1), day(9, 20))),
            seen(13, one, &over(day(1, 5), day(7, 30))),
        ];
        take_in(&world, day(11, 2), second).await;
        let months = periods(day(8, 1), day(11, 1), Step::Month).unwrap();
        let facts = world.store.figures.trend(&months).await.unwrap();
        // August. September, and perhaps R-5 and
        // October, and perhaps the same two. November,
        //
        assert_eq!(
            open(&facts, &Scope::All),
            [Some((8, 8)), Some((4, 6)), Some((4, 6)), Some((5, 5))]
        );
        let team = |name: &str| Scope::Team(name.to_owned());
        let counts = [Some((5, 5)), Some((1, 2)), Some((2, 3)), Some((3, 3))];
        assert_eq!(open(&facts, &team(one)), counts);
        let counts = [Some((2, 2)), Some((3, 4)), Some((2, 3)), Some((2, 2))];
        assert_eq!(open(&facts, &team("Team Duo")), counts);
        let counts = [Some((1, 1)), None, None, None];
        assert_eq!(open(&facts, &team(three)), counts, "it is closed, and keeps its past");
        // By quarter there is a list in each: its last one counts.
        let quarters = periods(day(7, 1), day(12, 1), Step::Quarter).unwrap();
        let facts = world.store.figures.trend(&quarters).await.unwrap();
        assert_eq!(open(&facts, &Scope::All), [Some((8, 8)), Some((5, 5))]);
    }
}
