//! Findings until they hold: each step in the life of an action, and what is counted of it.

on_both_engines!(
    an_action_is_addressed_verified_and_held_and_every_step_stays,
    an_action_sent_back_says_why_until_it_is_addressed_again,
    an_action_is_given_to_somebody_once,
    an_action_changes_hands_only_from_where_it_was_seen,
    more_time_keeps_both_days,
    what_did_not_hold_is_open_again_with_its_history,
    findings_are_joined_under_one_action_and_taken_apart,
    a_finding_put_right_before_is_found_again_and_both_say_so,
    the_register_counts_and_narrows_what_somebody_sees,
    no_step_can_be_changed_or_removed,
);

mod stories {
    use jiff::civil::{Date, date};
    use quarterlight_domain::action::ageing::Age;
    use quarterlight_domain::action::{Action, ActionStage, SentBack, StepKind, Wanted};
    use quarterlight_domain::figures::ActionCounts;
    use quarterlight_domain::id::{ActionId, AuditId, PersonId};
    use quarterlight_domain::stamp::Stamp;
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{ActionFilter, Narrowed, Standing};

    use crate::world::{World, at, sql, stamp, submitted, submitted_for};

    const TODAY: Date = date(2026, 11, 23);
    const RECHECK: Date = date(2027, 2, 21);

    fn words() -> Reason {
        Reason::new("Visited on 24 November.").unwrap()
    }

    async fn first(world: &World, audit: AuditId) -> Action {
        world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap().remove(0)
    }

    async fn kept(world: &World, id: ActionId) -> Action {
        world.store.actions.get(id).await.unwrap().unwrap()
    }

    async fn addressed(world: &World, action: &Action) -> Action {
        let by = action.owner.unwrap();
        let step = action.address(by, words(), TODAY).unwrap();
        assert!(world.store.actions.step(&stamp(by), &step).await.unwrap());
        kept(world, action.id).await
    }

    async fn verified(world: &World, action: &Action) -> Action {
        let step = addressed(world, action).await.verify(world.lead, TODAY, RECHECK).unwrap();
        assert!(world.store.actions.step(&stamp(world.lead), &step).await.unwrap());
        kept(world, action.id).await
    }

    fn wanted(owner: PersonId, due: Date) -> Wanted {
        Wanted { owner, due, confirmer: None, plan: String::new() }
    }

    async fn counts(world: &World, today: Date) -> ActionCounts {
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let quarter = "2026-Q4".parse().unwrap();
        let figures = world.store.figures.quarter(quarter, &edition, None, today).await;
        figures.unwrap().actions[0]
    }

    pub async fn an_action_is_addressed_verified_and_held_and_every_step_stays(world: World) {
        let action = first(&world, submitted(&world).await).await;
        let size = world.journal_size().await;
        let step = action.address(world.rosa, words(), TODAY).unwrap();
        let actions = &world.store.actions;
        assert!(actions.step(&stamp(world.rosa), &step).await.unwrap());
        assert!(!actions.step(&stamp(world.rosa), &step).await.unwrap(), "a form posted twice");
        let step = kept(&world, action.id).await.verify(world.lead, TODAY, RECHECK).unwrap();
        assert!(actions.step(&stamp(world.lead), &step).await.unwrap());
        let verified = kept(&world, action.id).await;
        assert_eq!(verified.stage, step.after.stage);
        assert_eq!(counts(&world, TODAY).await.verified, 1);
        let later = Stamp::person(world.priya, at("2027-02-22T10:00:00Z"), "test");
        let held = verified.held(world.priya, words(), later.day()).unwrap();
        assert!(actions.step(&later, &held).await.unwrap());
        assert_eq!(kept(&world, action.id).await.stage, held.after.stage);
        let counted = counts(&world, TODAY).await;
        assert_eq!((counted.verified, counted.held, counted.put_right()), (0, 1, 1));
        let steps = actions.steps(action.id).await.unwrap();
        let kinds: Vec<StepKind> = steps.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [StepKind::Addressed, StepKind::Verified, StepKind::Held]);
        assert_eq!(steps[0].by.as_deref(), Some("Rosa Whitlow"));
        assert_eq!((steps[0].words.as_str(), steps[1].day), (words().words(), Some(RECHECK)));
        assert_eq!(world.journal_size().await, size + 3);
    }

    pub async fn an_action_sent_back_says_why_until_it_is_addressed_again(world: World) {
        let action = first(&world, submitted(&world).await).await;
        assert_eq!(action.sent_back, None);
        let done = addressed(&world, &action).await;
        let because = Reason::new("The visit has no date.").unwrap();
        let not_yet = done.not_yet(world.lead, because.clone(), TODAY).unwrap();
        assert!(world.store.actions.step(&stamp(world.lead), &not_yet).await.unwrap());
        let open = kept(&world, action.id).await;
        assert_eq!(open.stage, ActionStage::Open);
        assert_eq!(open.sent_back, Some(SentBack { on: TODAY, because }));
        assert_eq!(addressed(&world, &open).await.sent_back, None);
    }

    pub async fn an_action_is_given_to_somebody_once(world: World) {
        let action = first(&world, submitted_for(&world, None).await).await;
        assert_eq!(action.owner, None);
        let (actions, stamp) = (&world.store.actions, stamp(world.lead));
        let due = date(2026, 12, 14);
        let wanted = Wanted {
            confirmer: Some(world.priya),
            plan: "A visit, with its entry.".to_owned(),
            ..wanted(world.rosa, due)
        };
        let given = action.give(wanted.clone(), TODAY).unwrap();
        let size = world.journal_size().await;
        assert!(actions.step(&stamp, &given).await.unwrap());
        let now = kept(&world, action.id).await;
        assert_eq!((now.owner, now.due, now.first_due), (Some(world.rosa), due, action.due));
        assert_eq!((now.confirmer, now.plan.as_str()), (Some(world.priya), wanted.plan.as_str()));
        assert_eq!(now.owner_name.as_deref(), Some("Rosa Whitlow"));
        let again = now.give(wanted, TODAY).unwrap();
        assert!(!actions.step(&stamp, &given).await.unwrap(), "a form posted twice");
        assert!(!actions.step(&stamp, &again).await.unwrap(), "a form posted twice, and later");
        assert_eq!(world.journal_size().await, size + 1);
        let confirms = ActionFilter::Owner(world.priya);
        assert_eq!(actions.list(&confirms).await.unwrap().len(), 1, "whoever confirms sees it");
    }

    pub async fn an_action_changes_hands_only_from_where_it_was_seen(world: World) {
        let seen = first(&world, submitted(&world).await).await;
        let (actions, stamp) = (&world.store.actions, stamp(world.lead));
        let due = date(2026, 12, 14);
        let give = |it: &Action, to| it.give(wanted(to, due), TODAY).unwrap();
        assert!(actions.step(&stamp, &give(&seen, world.priya)).await.unwrap());
        let late = give(&seen, world.lead);
        assert!(!actions.step(&stamp, &late).await.unwrap(), "somebody was quicker");
        let now = kept(&world, seen.id).await;
        assert_eq!(now.owner, Some(world.priya));
        let late = give(&now, world.rosa);
        addressed(&world, &now).await;
        assert!(!actions.step(&stamp, &late).await.unwrap(), "it was addressed in between");
    }

    pub async fn more_time_keeps_both_days(world: World) {
        let action = first(&world, submitted(&world).await).await;
        let until = date(2026, 12, 21);
        let asked = action.ask_for_time(world.rosa, until, words(), TODAY).unwrap();
        let actions = &world.store.actions;
        assert!(actions.step(&stamp(world.rosa), &asked).await.unwrap());
        let asking = kept(&world, action.id).await;
        assert_eq!((asking.due, &asking.more_time), (action.due, &asked.after.more_time));
        let agreed = asking.decide_time(world.lead, None).unwrap();
        assert!(actions.step(&stamp(world.lead), &agreed).await.unwrap());
        let now = kept(&world, action.id).await;
        assert_eq!((now.due, now.first_due, now.more_time), (until, action.due, None));
        let steps = actions.steps(action.id).await.unwrap();
        assert_eq!(steps[1].due, (action.due, until));
        assert_eq!(counts(&world, TODAY).await.more_time, 1);
    }

    pub async fn what_did_not_hold_is_open_again_with_its_history(world: World) {
        let action = first(&world, submitted(&world).await).await;
        let verified = verified(&world, &action).await;
        let later = Stamp::person(world.priya, at("2027-02-22T10:00:00Z"), "test");
        let due = date(2027, 3, 22);
        let step = verified.not_held(world.priya, words(), later.day(), due).unwrap();
        assert!(world.store.actions.step(&later, &step).await.unwrap());
        let now = kept(&world, action.id).await;
        assert_eq!((&now.stage, now.due), (&ActionStage::Open, due));
        assert!(now.sent_back.is_some());
        let steps = world.store.actions.steps(action.id).await.unwrap();
        let kinds: Vec<StepKind> = steps.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [StepKind::Addressed, StepKind::Verified, StepKind::NotHeld]);
        let closed = now.close(world.lead, words(), later.day()).unwrap();
        assert!(world.store.actions.step(&later, &closed).await.unwrap());
        assert_eq!(counts(&world, due).await.not_needed, 1);
    }

    /// A second finding of the same audit, with an action of its own.
    async fn another(world: &World, audit: AuditId) -> Action {
        let add = format!(
            "insert into finding (audit_id, standard, what, form_key, raised_at) \
             select audit_id, 'B1', 'Half.', 'another', raised_at from finding \
             where audit_id = {audit}; \
             insert into action (finding_id, owner_id, due) \
             select id, {}, '2026-12-07' from finding where form_key = 'another'",
            world.rosa
        );
        sql(world, &add).await.unwrap();
        let all = world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap();
        all.into_iter().find(|it| it.standard.as_str() == "B1").unwrap()
    }

    pub async fn findings_are_joined_under_one_action_and_taken_apart(world: World) {
        let audit = submitted(&world).await;
        let (carrier, other) = (first(&world, audit).await, another(&world, audit).await);
        let (actions, stamp) = (&world.store.actions, stamp(world.lead));
        assert!(actions.step(&stamp, &other.join(&carrier, false).unwrap()).await.unwrap());
        let under_it = ActionFilter::JoinedTo(carrier.id);
        assert_eq!(actions.list(&under_it).await.unwrap()[0].id, other.id);
        // The rules saw no other, and the database does: one under which another goes on is not joined.
        let back = carrier.join(&other, false).unwrap();
        assert!(!actions.step(&stamp, &back).await.unwrap(), "they would go round in a circle");
        verified(&world, &carrier).await;
        let counted = counts(&world, TODAY).await;
        assert_eq!((counted.findings, counted.verified), (2, 2), "each finding counts");
        let every = (&ActionFilter::Every, &Narrowed::default());
        let register = actions.register(every.0, every.1, TODAY).await.unwrap();
        assert_eq!(register.len(), 1, "one action");
        let apart = kept(&world, other.id).await.take_apart().unwrap();
        assert!(actions.step(&stamp, &apart).await.unwrap());
        let counted = counts(&world, TODAY).await;
        assert_eq!((counted.open, counted.verified), (1, 1));
        let steps = actions.steps(other.id).await.unwrap();
        let kinds: Vec<StepKind> = steps.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [StepKind::Joined, StepKind::Apart]);
    }

    pub async fn a_finding_put_right_before_is_found_again_and_both_say_so(world: World) {
        let now = first(&world, submitted(&world).await).await;
        let (actions, audit) = (&world.store.actions, now.audit);
        assert!(actions.found_before(&[now.finding]).await.unwrap().is_empty());
        let earlier = format!(
            "insert into cycle (quarter, edition_id, due) values ('2026-Q2', {}, '2026-06-30'); \
             insert into audit (cycle_id, record_id, line_id, edition_id, auditor_id, due) \
             select (select id from cycle where quarter = '2026-Q2'), record_id, line_id, \
                 edition_id, auditor_id, '2026-06-30' from audit where id = {audit}; \
             insert into finding (audit_id, standard, what, form_key, raised_at) \
             select (select max(id) from audit), 'B2', 'Not seen.', 'earlier', raised_at \
             from finding where audit_id = {audit}; \
             insert into action (finding_id, owner_id, due, addressed_on, addressed_by, proof) \
             select id, {}, '2026-07-31', '2026-07-01', {}, 'Done.' \
             from finding where form_key = 'earlier'",
            world.edition, world.rosa, world.rosa
        );
        sql(&world, &earlier).await.unwrap();
        let before = actions.found_before(&[now.finding]).await.unwrap();
        assert!(before.is_empty(), "it is not put right until somebody else has seen it");
        let verify = format!(
            "update action set verified_on = '2026-07-10', verified_by = {} \
             where due = '2026-07-31'",
            world.lead
        );
        sql(&world, &verify).await.unwrap();
        let before = actions.found_before(&[now.finding]).await.unwrap();
        assert_eq!((before.len(), before[0].quarter), (1, "2026-Q2".parse().unwrap()));
        let earlier = kept(&world, before[0].action).await;
        let since = actions.found_since(earlier.finding).await.unwrap();
        assert_eq!((since.len(), since[0].action), (1, now.id));
        assert!(actions.found_since(now.finding).await.unwrap().is_empty());
        assert_eq!(counts(&world, TODAY).await.again, 1);
    }

    pub async fn the_register_counts_and_narrows_what_somebody_sees(world: World) {
        let audit = submitted(&world).await;
        let action = first(&world, audit).await;
        let late = date(2027, 1, 10);
        let counted = world.store.figures.register(&ActionFilter::Every, late).await.unwrap();
        assert_eq!((counted.open, counted.overdue, counted.ages), (1, 1, [0, 1, 0, 0]));
        let shown = |narrowed: Narrowed| {
            let actions = world.store.actions.clone();
            async move {
                let all = actions.register(&ActionFilter::Every, &narrowed, late).await.unwrap();
                all.len()
            }
        };
        for (age, count) in Age::ALL.into_iter().zip(counted.ages) {
            let narrowed = Narrowed { age: Some(age), ..Narrowed::default() };
            assert_eq!(u32::try_from(shown(narrowed).await).unwrap(), count, "{age:?}");
        }
        let standing = |it| Narrowed { standing: Some(it), ..Narrowed::default() };
        for it in Standing::ALL {
            let is_like_that = matches!(it, Standing::Open | Standing::Overdue);
            assert_eq!(shown(standing(it)).await, usize::from(is_like_that), "{it:?}");
        }
        let of_service = |service| Narrowed { service: Some(service), ..Narrowed::default() };
        assert_eq!(shown(of_service(world.service)).await, 1);
        assert_eq!(shown(of_service(quarterlight_domain::id::PlaceId(9999))).await, 0);
        verified(&world, &action).await;
        assert_eq!(shown(standing(Standing::Verified)).await, 1);
        assert_eq!(shown(standing(Standing::ToRecheck)).await, 0, "its day has not come");
        let moderates = ActionFilter::OwnerOrVerified(world.priya);
        let counted = world.store.figures.register(&moderates, RECHECK).await.unwrap();
        assert_eq!((counted.all(), counted.verified, counted.to_recheck), (1, 1, 1));
    }

    pub async fn no_step_can_be_changed_or_removed(world: World) {
        let action = first(&world, submitted(&world).await).await;
        addressed(&world, &action).await;
        for statement in ["update action_step set words = 'x'", "delete from action_step"] {
            let fault = sql(&world, statement).await.unwrap_err().to_string();
            assert!(fault.contains("is kept until it goes by retention"), "{statement}: {fault}");
        }
        // The control: a table beside it, which is not kept for ever, can be changed.
        sql(&world, "update action set plan = 'x'").await.unwrap();
        let own = format!("update action set confirmer_id = {}", world.rosa);
        assert!(sql(&world, &own).await.is_err(), "the owner never confirms");
    }
}
