//! One quarter, from the draw to the figures.

on_both_engines!(
    a_draw_reads_back_and_repeats,
    a_cycle_is_drawn_once,
    an_audit_is_assigned_once_and_only_when_drawn,
    an_action_goes_from_open_to_verified,
    an_action_sent_back_says_why_until_it_is_addressed_again,
    an_action_is_given_to_somebody_once,
    an_action_changes_hands_only_from_where_it_was_seen,
    the_figures_count_what_was_submitted,
    coverage_is_computed_from_audits_done,
    a_look_is_kept,
    a_session_leads_to_its_person,
);

mod stories {
    use jiff::civil::date;
    use quarterlight_domain::action::{Action, ActionStage, SentBack};
    use quarterlight_domain::allocation::Experience;
    use quarterlight_domain::audit::Answered;
    use quarterlight_domain::case_list::Reference;
    use quarterlight_domain::coverage::CoverageState;
    use quarterlight_domain::draw_file::DrawFile;
    use quarterlight_domain::figures::Share;
    use quarterlight_domain::grade::{Grade, Opinion};
    use quarterlight_domain::id::{AuditId, PersonId};
    use quarterlight_domain::independence::Independent;
    use quarterlight_domain::judgement::Judgement;
    use quarterlight_domain::person::Role;
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::ties::Ties;
    use quarterlight_store::{ActionFilter, Saved};

    use crate::world::{World, answer, at, contents, stamp};

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

    async fn submitted(world: &World) -> AuditId {
        submitted_for(world, Some(world.rosa)).await
    }

    /// Submits an audit whose findings go to somebody, or to nobody.
    async fn submitted_for(world: &World, owner: Option<PersonId>) -> AuditId {
        let audit = world.audit().await;
        for (standard, judgement, seen) in
            [("B1", Judgement::PartlyMet, "Half."), ("B2", Judgement::NotMet, "Not seen alone.")]
        {
            let answered =
                Answered { audit, answer: answer(standard, judgement, seen, 0), first: false };
            let saved = world.store.answers.save(&stamp(world.priya), &answered, None).await;
            assert_eq!(saved.unwrap(), Saved::Yes);
        }
        let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        let reasons = Reason::new("Visits are missed.").unwrap();
        let opinion = Opinion::kept(Grade::Inadequate, reasons);
        let submission = kept.audit.submit(&contents("Ours"), &kept.answers, opinion).unwrap();
        let after = (owner, date(2026, 12, 7));
        let stamp = stamp(world.priya);
        assert!(
            world.store.answers.submit(&stamp, &submission, &kept.answers, after).await.unwrap()
        );
        audit
    }

    pub async fn an_action_goes_from_open_to_verified(world: World) {
        let audit = submitted(&world).await;
        let actions = &world.store.actions;
        let of_audit = ActionFilter::Audit(audit);
        let action = actions.list(&of_audit).await.unwrap().remove(0);
        let proof = Reason::new("Visited on 24 November.").unwrap();
        let addressed = action.address(world.rosa, proof, date(2026, 11, 24)).unwrap();
        assert!(actions.step(&stamp(world.rosa), &addressed).await.unwrap());
        assert!(
            !actions.step(&stamp(world.rosa), &addressed).await.unwrap(),
            "a form posted twice"
        );
        let action = actions.get(action.id).await.unwrap().unwrap();
        let verified = action.verify(world.lead, date(2026, 11, 25)).unwrap();
        assert!(actions.step(&stamp(world.lead), &verified).await.unwrap());
        let action = actions.get(action.id).await.unwrap().unwrap();
        assert_eq!(action.stage, verified.stage);
        let owned = actions.list(&ActionFilter::Owner(world.rosa)).await.unwrap();
        assert_eq!(owned.len(), 1);
        let places = ActionFilter::OwnerOrPlaces(world.priya, vec![world.service]);
        assert_eq!(actions.list(&places).await.unwrap().len(), 1);
        assert!(actions.list(&ActionFilter::Owner(world.priya)).await.unwrap().is_empty());
    }

    async fn first_action(world: &World, audit: AuditId) -> Action {
        world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap().remove(0)
    }

    pub async fn an_action_sent_back_says_why_until_it_is_addressed_again(world: World) {
        let action = first_action(&world, submitted(&world).await).await;
        assert_eq!(action.sent_back, None);
        let address = |action: Action| {
            let (world, proof) = (&world, Reason::new("Visited on 24 November.").unwrap());
            async move {
                let step = action.address(world.rosa, proof, date(2026, 11, 24)).unwrap();
                assert!(world.store.actions.step(&stamp(world.rosa), &step).await.unwrap());
                world.store.actions.get(action.id).await.unwrap().unwrap()
            }
        };
        let addressed = address(action).await;
        let because = Reason::new("The visit has no date.").unwrap();
        let not_yet = addressed.not_yet(world.lead, because.clone()).unwrap();
        let stamp = stamp(world.lead);
        assert!(world.store.actions.step(&stamp, &not_yet).await.unwrap());
        let open = world.store.actions.get(addressed.id).await.unwrap().unwrap();
        assert_eq!(open.stage, ActionStage::Open);
        assert_eq!(open.sent_back, Some(SentBack { on: stamp.day(), because }));
        assert_eq!(address(open).await.sent_back, None);
    }

    pub async fn an_action_is_given_to_somebody_once(world: World) {
        let action = first_action(&world, submitted_for(&world, None).await).await;
        assert_eq!(action.owner, None);
        let (actions, stamp) = (&world.store.actions, stamp(world.lead));
        let (due, today) = (date(2026, 12, 14), date(2026, 11, 23));
        let given = action.give(world.rosa, due, today).unwrap();
        let size = world.journal_size().await;
        assert!(actions.give(&stamp, &given).await.unwrap());
        let kept = actions.get(action.id).await.unwrap().unwrap();
        assert_eq!((kept.owner, kept.due), (Some(world.rosa), due));
        assert_eq!(kept.owner_name.as_deref(), Some("Rosa Whitlow"));
        let again = kept.give(world.rosa, due, today).unwrap();
        assert!(!actions.give(&stamp, &given).await.unwrap(), "a form posted twice");
        assert!(!actions.give(&stamp, &again).await.unwrap(), "a form posted twice, and later");
        assert_eq!(world.journal_size().await, size + 1);
    }

    pub async fn an_action_changes_hands_only_from_where_it_was_seen(world: World) {
        let seen = first_action(&world, submitted(&world).await).await;
        let (actions, stamp) = (&world.store.actions, stamp(world.lead));
        let (due, today) = (date(2026, 12, 14), date(2026, 11, 23));
        assert!(actions.give(&stamp, &seen.give(world.priya, due, today).unwrap()).await.unwrap());
        let late = seen.give(world.lead, due, today).unwrap();
        assert!(!actions.give(&stamp, &late).await.unwrap(), "somebody was quicker");
        let kept = actions.get(seen.id).await.unwrap().unwrap();
        assert_eq!(kept.owner, Some(world.priya));
        let late = kept.give(world.rosa, due, today).unwrap();
        let proof = Reason::new("Visited on 24 November.").unwrap();
        let addressed = kept.address(world.priya, proof, today).unwrap();
        assert!(actions.step(&stamp, &addressed).await.unwrap());
        assert!(!actions.give(&stamp, &late).await.unwrap(), "it was addressed in between");
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
        world.store.looks.note(world.priya, record, "records/show", moment).await.unwrap();
        let looks = world.store.looks.at_record(record).await.unwrap();
        assert_eq!((looks.len(), looks[0].person, looks[0].at), (1, world.priya, moment));
    }

    pub async fn a_session_leads_to_its_person(world: World) {
        let sessions = &world.store.sessions;
        sessions.start(&stamp(world.rosa), b"token", world.rosa).await.unwrap();
        let session = sessions.find(b"token").await.unwrap().unwrap();
        assert_eq!(session.person.id, world.rosa);
        let day = date(2026, 11, 23);
        assert_eq!(session.person.roles_on(day), [Role::Auditor, Role::ServiceManager]);
        sessions.touch(b"token", at("2026-11-23T11:00:00Z")).await.unwrap();
        assert_eq!(
            sessions.find(b"token").await.unwrap().unwrap().seen,
            at("2026-11-23T11:00:00Z")
        );
        sessions.end(&stamp(world.rosa), b"token", world.rosa).await.unwrap();
        assert!(sessions.find(b"token").await.unwrap().is_none());
    }
}
