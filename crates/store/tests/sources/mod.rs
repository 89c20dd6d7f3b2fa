//! Sources are kept as they were read; what is put together from them says so, and can be asked.

on_both_engines!(
    a_list_says_what_it_was_put_together_from,
    a_list_from_before_there_were_sources_is_one,
    what_lists_say_differently_and_alone_is_kept,
    what_a_person_said_of_a_doubt_is_remembered,
    experience_is_filled_and_never_over_what_a_person_said,
    what_changed_is_shown_record_by_record,
    a_mapping_is_remembered_by_its_name,
    what_was_read_can_never_be_changed,
    nine_thousand_sightings_come_back_as_they_were,
);

mod stories {
    use jiff::civil::{Date, date};
    use quarterlight_domain::allocation::Experience;
    use quarterlight_domain::case_list::{KeyDate, Reference};
    use quarterlight_domain::history::{Episode, Fact, History, Span};
    use quarterlight_domain::id::CaseListId;
    use quarterlight_domain::need::{Known, Need, Needs, Placement};
    use quarterlight_domain::reconcile::{Matter, Parts, Standing, put_together};
    use quarterlight_domain::source::{
        Holder, Sighting, Source, SourceKind, SourceList, WorkerSighting,
    };
    use quarterlight_store::{
        ChangeKind, Decision, KeptMapping, KeptProblem, NewSource, NewTogether, SourceFile,
        StandsOn,
    };

    use crate::world::{World, lines, sql, stamp};

    const DAY: Date = date(2026, 10, 1);

    fn seen(reference: &str, open: Known) -> Sighting {
        let mut history = History { born: Some(date(2013, 1, 29)), ..History::default() };
        history.dates.insert(KeyDate::CareVisit, [date(2026, 9, 2)].into());
        let span = Span { from: date(2024, 1, 1), until: None };
        history.episodes.insert(Episode::Care, [span].into());
        history.asked = [Fact::Born, Fact::Date(KeyDate::CareVisit)].into();
        Sighting {
            list: 0,
            row: Some(2),
            reference: Reference::new(reference).unwrap(),
            open,
            needs: if open == Known::Yes { [Need::InCare].into() } else { Needs::new() },
            assessment_open: false,
            disabled: Known::Unknown,
            unaccompanied: Known::Unknown,
            placement: None,
            route: None,
            holder: Holder::default(),
            team: Some("Team One".to_owned()),
            history,
        }
    }

    fn source(kind: SourceKind, sightings: Vec<Sighting>) -> Source {
        Source {
            kind,
            name: kind.words().to_owned(),
            as_at: DAY,
            lists: vec![SourceList {
                name: format!("{} list", kind.words()),
                tells: [Fact::Born].into(),
                rows: sightings.len(),
            }],
            sightings,
            workers: Vec::new(),
        }
    }

    fn new(source: Source) -> NewSource {
        let problem = KeptProblem {
            list: "List 8".to_owned(),
            row: Some(214),
            column: Some("D".to_owned()),
            heading: None,
            sentence: "This cell is blank.".to_owned(),
            stops_the_row: false,
        };
        let file = SourceFile { name: "file.csv".to_owned(), digest: "0".repeat(64), bytes: 12 };
        NewSource { source, files: vec![file], account: "{}".to_owned(), problems: vec![problem] }
    }

    async fn keep(world: &World, sources: Vec<Source>) -> CaseListId {
        let standing = world.store.sources.standing().await.unwrap();
        let is_replaced =
            |old: &Source| sources.iter().any(|new| (new.kind, &new.name) == (old.kind, &old.name));
        let standing: Vec<_> = standing.into_iter().filter(|(_, old)| !is_replaced(old)).collect();
        let kept = standing.iter().map(|(on, _)| (*on, false)).collect();
        let all: Vec<Source> =
            standing.into_iter().map(|(_, old)| old).chain(sources.clone()).collect();
        let decisions = world.store.sources.decisions().await.unwrap();
        let known = world.store.sources.known().await.unwrap();
        let together = put_together(Parts { sources: &all, known: &known, decisions: &decisions });
        let new = NewTogether {
            name: "Several lists".to_owned(),
            as_at: together.as_at.unwrap_or(DAY),
            kept,
            new: sources.into_iter().map(new).collect(),
            together,
            rates: String::new(),
            instead_of: None,
        };
        world.store.case_lists.keep_together(&stamp(world.lead), &new).await.unwrap()
    }

    async fn take_in(world: &World, id: CaseListId) {
        let lists = &world.store.case_lists;
        lists.take_in(&stamp(world.lead), id).await.unwrap().unwrap();
    }

    pub async fn a_list_says_what_it_was_put_together_from(world: World) {
        let store = &world.store;
        let annex_a = source(SourceKind::AnnexA, vec![seen("R-1", Known::Yes)]);
        let first = keep(&world, vec![annex_a.clone()]).await;
        assert_eq!(store.sources.standing().await.unwrap(), []);
        take_in(&world, first).await;
        let send = source(SourceKind::LocalList, vec![seen("S-9", Known::Unknown)]);
        let second = keep(&world, vec![send.clone()]).await;
        let lines = store.sources.lines(second).await.unwrap();
        let said: Vec<_> = lines.iter().map(|it| (it.kind, it.is_new)).collect();
        assert_eq!(said, [(SourceKind::AnnexA, false), (SourceKind::LocalList, true)]);
        assert_eq!(lines[1].files[0].name, "file.csv");
        let of_list = store.sources.of_list(second).await.unwrap();
        let back: Vec<Source> = of_list.into_iter().map(|(_, _, source)| source).collect();
        assert_eq!(back, [annex_a.clone(), send]);
        take_in(&world, second).await;
        let record = Reference::new("R-1").unwrap();
        let record = store.records.by_reference(&record).await.unwrap().unwrap();
        assert_eq!(record.line.history, annex_a.sightings[0].history);
        assert_eq!(store.sources.standing().await.unwrap().len(), 2);
        // The same kind and name again takes the place of the one before.
        let third = keep(&world, vec![annex_a]).await;
        take_in(&world, third).await;
        let standing = store.sources.standing().await.unwrap();
        assert_eq!(standing.len(), 2);
        let newest = store.sources.lines(third).await.unwrap().last().unwrap().on;
        assert!(standing.iter().any(|(on, _)| *on == newest));
        let problems = store.sources.problems(third).await.unwrap();
        assert_eq!(problems.len(), 1);
        assert_eq!(store.case_lists.get(third).await.unwrap().unwrap().problems, 1);
    }

    pub async fn a_list_from_before_there_were_sources_is_one(world: World) {
        let before = world.import(lines(), DAY).await;
        let standing = world.store.sources.standing().await.unwrap();
        assert_eq!(standing[0].0, StandsOn::Earlier(before));
        assert_eq!(standing[0].1.sightings.len(), 4);
        let send = source(SourceKind::LocalList, vec![seen("R-1", Known::Unknown)]);
        let id = keep(&world, vec![send]).await;
        take_in(&world, id).await;
        // Nobody is gone because another list says nothing of them.
        assert_eq!(world.store.records.frame(None).await.unwrap().len(), 4);
        let record = Reference::new("R-2").unwrap();
        let record = world.store.records.by_reference(&record).await.unwrap().unwrap();
        assert_eq!(record.line.worker.as_deref(), Some("Nia Pell"));
        assert_eq!(record.line.needs, lines()[1].needs);
        assert_eq!(record.line.dates, lines()[1].dates);
        let lines = world.store.sources.lines(id).await.unwrap();
        assert_eq!((lines[0].on, lines[0].as_at), (StandsOn::Earlier(before), DAY));
    }

    pub async fn what_lists_say_differently_and_alone_is_kept(world: World) {
        let lists = &world.store.case_lists;
        let mut other = seen("R-1", Known::Unknown);
        other.history.born = Some(date(2013, 2, 28));
        let mut away = seen("S-9", Known::Unknown);
        (away.disabled, away.placement) = (Known::Yes, Some(Placement::OutOfArea));
        let annex_a =
            source(SourceKind::AnnexA, vec![seen("R-1", Known::Yes), seen("R-2", Known::Yes)]);
        let send = source(SourceKind::LocalList, vec![other, away]);
        let id = keep(&world, vec![annex_a, send]).await;
        let counts = lists.counts(id).await.unwrap();
        assert_eq!(counts.conflicts, [(Matter::BirthDate, 1)]);
        assert_eq!(counts.apart, [(Standing::Unknown, 1)]);
        let conflicts = lists.conflicts(id, Matter::BirthDate).await.unwrap();
        let says = [(0, "2013-01-29".to_owned()), (1, "2013-02-28".to_owned())];
        assert_eq!(conflicts[0].says, says);
        assert_eq!(lists.conflicts(id, Matter::Team).await.unwrap(), []);
        let named = lists.lists(id).await.unwrap();
        assert_eq!((named[1].records, named[1].on_source.as_slice()), (2, &[(0, 1)][..]));
        let (alone, matching) = lists.on_one_list(id, 1, &[0]).await.unwrap();
        assert_eq!((alone[0].reference.as_str(), matching), ("S-9", 1));
        assert_eq!(alone[0].standing, Some(Standing::Unknown));
        assert_eq!(alone[0].placement, Some(Placement::OutOfArea));
        let (alone, _) = lists.on_one_list(id, 0, &[1]).await.unwrap();
        assert_eq!((alone[0].reference.as_str(), alone[0].standing), ("R-2", None));
    }

    pub async fn what_a_person_said_of_a_doubt_is_remembered(world: World) {
        let mut nameless = seen("001", Known::Unknown);
        nameless.history.born = None;
        let annex_a = source(SourceKind::AnnexA, vec![seen("1", Known::Yes)]);
        let send = source(SourceKind::LocalList, vec![nameless]);
        let sources = vec![annex_a, send];
        let first = keep(&world, sources.clone()).await;
        let doubts = world.store.case_lists.doubts(first).await.unwrap();
        assert_eq!((doubts[0].one.as_str(), doubts[0].other.as_str()), ("1", "001"));
        let say = async |same| {
            let decision = Decision {
                of_workers: false,
                one: doubts[0].one.clone(),
                other: doubts[0].other.clone(),
                same,
            };
            let stamp = stamp(world.lead);
            world.store.sources.decide(&stamp, &[decision]).await.unwrap();
        };
        say(false).await;
        say(true).await;
        let decisions = world.store.sources.decisions().await.unwrap();
        assert_eq!(decisions.of_records("001", "1"), Some(true));
        let second = keep(&world, sources).await;
        assert_eq!(world.store.case_lists.doubts(second).await.unwrap(), []);
        let counts = world.store.case_lists.counts(second).await.unwrap();
        assert_eq!(counts.apart, []);
    }

    pub async fn experience_is_filled_and_never_over_what_a_person_said(world: World) {
        world.import(lines(), DAY).await;
        let worker = |name: &str| WorkerSighting {
            worker: Holder {
                name: Some(name.to_owned()),
                registration: Some(format!("SW-{}", name.len())),
                staff_number: None,
            },
            team: Some("Team One".to_owned()),
            experience: Experience::NewlyQualified,
            full_time_thousandths: Some(500),
            agency: Known::No,
        };
        let of = async |name: &str| {
            let all = world.store.workers.all().await.unwrap();
            all.into_iter().find(|it| it.name == name).unwrap()
        };
        let kit = of("Kit Hadley").await.id;
        let stamp = stamp(world.lead);
        world.store.workers.describe(&stamp, kit, Experience::Experienced, None).await.unwrap();
        let mut staff = source(SourceKind::LocalList, Vec::new());
        staff.workers = vec![worker("Nia Pell"), worker("Kit Hadley")];
        staff.workers[1].team = Some("A team that nobody knows".to_owned());
        let id = keep(&world, vec![staff]).await;
        take_in(&world, id).await;
        assert_eq!(of("Nia Pell").await.experience, Experience::NewlyQualified);
        assert_eq!(of("Kit Hadley").await.experience, Experience::Experienced);
        let told = world.store.case_lists.workers(id).await.unwrap();
        assert_eq!(told[0].by_hand, Some(Experience::Experienced));
        assert_eq!(told[0].experience, Experience::NewlyQualified);
        assert_eq!(told[1].by_hand, None);
    }

    pub async fn what_changed_is_shown_record_by_record(world: World) {
        world.import(lines(), DAY).await;
        let mut next = lines();
        next.remove(0);
        next[0].worker = Some("Bea Gallow".to_owned());
        next.push(crate::world::line("R-9", None, "Team Two"));
        let id = world.keep(next, date(2026, 11, 1)).await;
        let lists = &world.store.case_lists;
        let preview = lists.preview(id).await.unwrap();
        let counted = (preview.counts.new, preview.counts.changed, preview.counts.gone);
        assert_eq!(counted, (1, 1, 1));
        for at in ["before it is taken in", "after"] {
            let changed = lists.changes(id, ChangeKind::Changed).await.unwrap();
            assert_eq!(changed[0].reference.as_str(), "R-2", "{at}");
            let change = ("Worker", "Nia Pell".to_owned(), "Bea Gallow".to_owned());
            assert_eq!(changed[0].changes, [change], "{at}");
            let new = lists.changes(id, ChangeKind::New).await.unwrap();
            assert_eq!((new.len(), new[0].reference.as_str()), (1, "R-9"), "{at}");
            let gone = lists.changes(id, ChangeKind::Gone).await.unwrap();
            assert_eq!((gone.len(), gone[0].reference.as_str()), (1, "R-1"), "{at}");
            lists.take_in(&stamp(world.lead), id).await.unwrap();
        }
    }

    pub async fn a_mapping_is_remembered_by_its_name(world: World) {
        let stamp = stamp(world.lead);
        for mapping in ["first", "second"] {
            let new = KeptMapping { name: "SEND list".to_owned(), mapping: mapping.to_owned() };
            world.store.mappings.keep(&stamp, &new).await.unwrap();
        }
        let all = world.store.mappings.all().await.unwrap();
        assert_eq!((all.len(), all[0].mapping.as_str()), (1, "second"));
    }

    pub async fn what_was_read_can_never_be_changed(world: World) {
        let sources = vec![
            source(SourceKind::AnnexA, vec![seen("1", Known::Yes)]),
            source(SourceKind::LocalList, vec![seen("S-9", Known::Unknown)]),
        ];
        keep(&world, sources).await;
        for table in ["source", "source_file", "source_list", "source_part", "source_problem"] {
            let delete = format!("delete from {table}");
            assert!(sql(&world, &delete).await.is_err(), "{table}");
        }
        for table in ["case_list_source", "case_list_list", "case_list_apart"] {
            let update = format!("update {table} set case_list_id = 7");
            assert!(sql(&world, &update).await.is_err(), "{table}");
        }
    }

    pub async fn nine_thousand_sightings_come_back_as_they_were(world: World) {
        let many: Vec<_> = (0..9_000).map(|n| seen(&format!("L-{n}"), Known::Yes)).collect();
        let annex_a = source(SourceKind::AnnexA, many);
        let id = keep(&world, vec![annex_a.clone()]).await;
        let back = world.store.sources.of_list(id).await.unwrap();
        assert_eq!(back[0].2, annex_a);
        take_in(&world, id).await;
        assert_eq!(world.store.records.frame(None).await.unwrap().len(), 9_000);
    }
}
