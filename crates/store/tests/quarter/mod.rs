//! One quarter, from the draw to the figures.

on_both_engines!(
    a_draw_reads_back_and_repeats,
    a_cycle_is_drawn_once,
    an_audit_is_assigned_once_and_only_when_drawn,
    the_figures_count_what_was_submitted,
    coverage_is_computed_from_audits_done,
    a_look_is_kept,
    a_session_leads_to_its_person,
);

mod stories {
    use jiff::civil::date;
    use quarterlight_domain::allocation::Experience;
    use quarterlight_domain::case_list::Reference;
    use quarterlight_domain::coverage::CoverageState;
    use quarterlight_domain::draw_file::DrawFile;
    use quarterlight_domain::figures::Share;
    use quarterlight_domain::grade::Grade;
    use quarterlight_domain::independence::Independent;
    use quarterlight_domain::person::Role;
    use quarterlight_domain::ties::Ties;

    use crate::world::{World, at, ended, stamp, submitted};

    pub async fn a_draw_reads_back_and_repeats(world: World) {
        world.audit().await;
        let draw = world.store.draws.of_cycle(world.cycle).await.unwrap().unwrap();
        let file = DrawFile::read(&draw.file).unwrap();
        file.verify().unwrap();
        assert_eq!(file.frame.digest(), draw.frame_digest);
        let picks = world.store.draws.picks(world.cycle).await.unwrap();
        assert_eq!(picks.iter().filter(|pick| !pick.reserve).count(), 4);
        assert_eq!(picks.iter().filter(|pick| pick.auditor.is_some()).count(), 1);
    }

    pub async fn a_cycle_is_drawn_once(world: World) {
        world.audit().await;
        let draw = world.store.draws.of_cycle(world.cycle).await.unwrap().unwrap();
        let file = DrawFile::read(&draw.file).unwrap();
        let again = world.store.draws.keep(&stamp(world.lead), world.cycle, &file).await;
        assert!(again.unwrap_err().is_duplicate());
    }

    pub async fn an_audit_is_assigned_once_and_only_when_drawn(world: World) {
        world.audit().await;
        let priya = world.store.people.get(world.priya).await.unwrap().unwrap();
        let record = world.store.records.by_reference(&Reference::new("R-1").unwrap()).await;
        let independent = Independent::of(
            &priya,
            &record.unwrap().unwrap(),
            &Ties::default(),
            date(2026, 11, 23),
        )
        .unwrap();
        let due = date(2026, 12, 11);
        let assign = |cycle| {
            let (world, independent) = (&world, &independent);
            async move { world.store.audits.assign(&stamp(world.lead), cycle, independent, due).await }
        };
        assert!(assign(world.cycle).await.unwrap_err().is_duplicate());
        let quarter = "2027-Q1".parse().unwrap();
        let next = world.store.cycles.open(&stamp(world.lead), quarter, world.edition, due).await;
        assert!(assign(next.unwrap()).await.is_err(), "nothing was drawn in that cycle");
    }

    pub async fn the_figures_count_what_was_submitted(world: World) {
        submitted(&world).await;
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let quarter = "2026-Q4".parse().unwrap();
        let today = date(2026, 12, 8);
        let figures = world.store.figures.quarter(quarter, &edition, None, today).await.unwrap();
        assert_eq!(figures.submitted(), Share::new(1, 4));
        let tallies: Vec<_> =
            figures.sections[0].standards.iter().map(|standard| standard.tally.result()).collect();
        assert_eq!(tallies, [Share::new(0, 1), Share::new(0, 1)]);
        let results = figures.further.by_service.iter();
        let results: Vec<_> =
            results.map(|it| (it.service.as_str(), it.code.as_str(), it.tally.result())).collect();
        let service = "Children in Need";
        assert_eq!(results, [(service, "B1", Share::new(0, 1)), (service, "B2", Share::new(0, 1))]);
        assert_eq!(figures.grades[3], (Grade::Inadequate, 1));
        assert_eq!((figures.actions[0].findings, figures.actions[0].overdue), (1, 1));
        assert_eq!(figures.draw.unwrap().seed, "dice 4 2 6 1");
        let protection = figures.allocation[1];
        assert_eq!((protection.all(), protection.unallocated), (4, 1));
        assert_eq!(protection.held_by(Experience::Unknown), 3);
        let service = Some(world.service);
        let figures = world.store.figures.quarter(quarter, &edition, service, today).await.unwrap();
        assert_eq!(figures.submitted(), Share::new(1, 3));
        assert_eq!(figures.service.as_deref(), Some("Children in Need"));
        assert_eq!(figures.samples[0].from_outside, 1);
    }

    pub async fn coverage_is_computed_from_audits_done(world: World) {
        submitted(&world).await;
        let cells = world.store.figures.coverage("2026-Q4".parse().unwrap()).await.unwrap();
        let states: Vec<_> =
            cells.iter().map(|cell| (cell.open, cell.audited, cell.state())).collect();
        assert_eq!(
            states,
            [(3, 1, CoverageState::Audited), (1, 0, CoverageState::Unknown)],
            "{cells:?}"
        );
        let later = world.store.figures.coverage("2027-Q4".parse().unwrap()).await.unwrap();
        assert_eq!(later[0].state(), CoverageState::NotAudited);
    }

    pub async fn a_look_is_kept(world: World) {
        world.audit().await;
        let record = world.store.records.by_reference(&Reference::new("R-1").unwrap()).await;
        let record = record.unwrap().unwrap().id;
        let moment = at("2026-11-23T21:55:00Z");
        let noted = world.store.looks.note(world.priya, record, "records/show", moment).await;
        assert_eq!(noted.unwrap(), quarterlight_store::Noted::Yes);
        let looks = world.store.looks.at_record(record).await.unwrap();
        assert_eq!((looks.len(), looks[0].person, looks[0].at), (1, world.priya, moment));
    }

    pub async fn a_session_leads_to_its_person(world: World) {
        let sessions = &world.store.sessions;
        let today = stamp(world.rosa).day();
        sessions.start(&stamp(world.rosa), b"token", world.rosa).await.unwrap();
        let session = sessions.find(b"token", today).await.unwrap().unwrap();
        assert_eq!(session.person.id, world.rosa);
        let day = date(2026, 11, 23);
        assert_eq!(session.person.roles_on(day), [Role::Auditor, Role::ServiceManager]);
        sessions.touch(b"token", at("2026-11-23T11:00:00Z")).await.unwrap();
        assert_eq!(
            sessions.find(b"token", today).await.unwrap().unwrap().seen,
            at("2026-11-23T11:00:00Z")
        );
        let ends = ended(world.rosa);
        assert!(sessions.end(&stamp(world.rosa), b"token", &ends).await.unwrap());
        assert!(!sessions.end(&stamp(world.rosa), b"token", &ends).await.unwrap(), "once");
        assert!(sessions.find(b"token", today).await.unwrap().is_none());
    }
}
