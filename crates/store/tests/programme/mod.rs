//! A year's programme, and what becomes of a sample: swaps and top-ups, on either engine.

on_both_engines!(
    a_swap_takes_the_next_record_and_is_published,
    an_assigned_audit_passes_to_the_record_that_comes,
    an_audit_that_has_begun_stays_where_it_is,
    the_sample_of_a_closed_cycle_changes_no_more,
    two_swaps_at_once_take_one_record_each_or_none,
    a_top_up_goes_on_in_the_order_of_the_seed,
    what_a_draw_left_out_is_kept_with_it,
    a_draw_takes_up_what_it_was_asked_for_or_is_not_kept,
    a_framework_of_a_service_is_the_edition_that_came_into_force_last,
    a_report_counts_the_audits_of_its_own_framework_only,
    a_programme_that_is_changed_keeps_what_it_was,
    a_service_is_audited_on_its_own_edition,
    what_was_planned_never_changes,
);

mod stories {
    use std::collections::BTreeMap;

    use jiff::civil::date;
    use quarterlight_domain::audit::{Answered, Stage};
    use quarterlight_domain::calendar::Quarter;
    use quarterlight_domain::case_list::Reference;
    use quarterlight_domain::cell::CellPattern;
    use quarterlight_domain::cohort::Cohort;
    use quarterlight_domain::draw::Seed;
    use quarterlight_domain::draw_event::{DrawEvent, SwapReason};
    use quarterlight_domain::draw_file::DrawFile;
    use quarterlight_domain::edition::Origins;
    use quarterlight_domain::eligible::{Eligible, Exclusion};
    use quarterlight_domain::frame::{Frame, Stratum};
    use quarterlight_domain::grade::{Grade, Opinion};
    use quarterlight_domain::id::{AuditId, DrawRequestId};
    use quarterlight_domain::independence::Independent;
    use quarterlight_domain::judgement::Judgement;
    use quarterlight_domain::missed::{Closing, Missed, MissedBecause};
    use quarterlight_domain::programme::{Programme, QuarterPlan};
    use quarterlight_domain::sample::Sample;
    use quarterlight_domain::size_rule::SizeRule;
    use quarterlight_domain::strata::SampleSize;
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::ties::Ties;
    use quarterlight_store::Published;

    use crate::world::{World, answer, contents, lines, sql, stamp};

    const DAY: jiff::civil::Date = date(2026, 11, 23);

    fn quarter() -> Quarter {
        "2026-Q4".parse().unwrap()
    }

    fn all() -> Stratum {
        Stratum::new("all").unwrap()
    }

    fn why() -> Reason {
        Reason::new("Closed on 2 November; the team said so.").unwrap()
    }

    /// One record of four is drawn.
    async fn drawn(world: &World) -> Published {
        world.import(lines(), date(2026, 10, 1)).await;
        let records = world.store.records.frame(None).await.unwrap();
        let frame = records.iter().map(|line| (all(), line.reference.clone()));
        let seed = Seed::new("dice 4 2 6 1").unwrap();
        let sizes = [(all(), 1)].into();
        let file = DrawFile::drawn(quarter(), seed, Frame::new(frame).unwrap(), sizes).unwrap();
        world.store.draws.keep(&stamp(world.lead), world.cycle, &file).await.unwrap();
        published(world).await
    }

    async fn published(world: &World) -> Published {
        world.store.draws.published(world.cycle).await.unwrap().unwrap()
    }

    fn sample(of: &Published) -> Sample {
        of.file.sample().unwrap()
    }

    fn swap(of: &Published) -> DrawEvent {
        let mut sample = sample(of);
        let out = sample.picks()[0].reference.clone();
        sample.swap(DAY, SwapReason::Closed, &out).unwrap()
    }

    async fn assigned(world: &World, reference: &Reference) -> AuditId {
        let independent = independent(world, reference).await;
        let due = date(2026, 12, 11);
        let (audits, stamp) = (&world.store.audits, stamp(world.lead));
        audits.assign(&stamp, world.cycle, &independent, due).await.unwrap()
    }

    async fn independent(world: &World, reference: &Reference) -> Independent {
        let record = world.store.records.as_drawn(world.cycle, reference).await.unwrap().unwrap();
        let priya = world.store.people.get(world.priya).await.unwrap().unwrap();
        Independent::of(&priya, &record, &Ties::default(), DAY).unwrap()
    }

    async fn in_sample(world: &World) -> Vec<Reference> {
        let picks = world.store.draws.picks(world.cycle).await.unwrap();
        picks.into_iter().filter(|pick| !pick.reserve).map(|pick| pick.reference).collect()
    }

    pub async fn a_swap_takes_the_next_record_and_is_published(world: World) {
        let before = drawn(&world).await;
        let kept = world.store.draws.of_cycle(world.cycle).await.unwrap().unwrap();
        let event = swap(&before);
        let out = event.out().unwrap().reference.clone();
        let size = world.journal_size().await;
        let (draws, stamp) = (&world.store.draws, stamp(world.lead));
        assert!(draws.add(&stamp, &before, &event, &why(), None).await.unwrap());
        assert_eq!(world.journal_size().await, size + 1);

        let after = published(&world).await;
        assert_eq!(after.events.len(), 1);
        assert_eq!(after.events[0].words, why().words());
        assert_eq!(after.events[0].by.as_deref(), Some("Amara Osei"));
        let file = DrawFile::read(&after.file.text()).unwrap();
        file.verify().unwrap();
        file.continues(&before.file).unwrap();
        assert_eq!(in_sample(&world).await, [event.taken()[0].reference.clone()]);
        assert!(!in_sample(&world).await.contains(&out));
        assert_eq!(world.store.draws.of_cycle(world.cycle).await.unwrap().unwrap(), kept);
        assert!(file.text().lines().any(|line| line == "event 1 2026-11-23 swap closed"));
        let progress = world.store.cycles.get(world.cycle).await.unwrap().unwrap();
        assert_eq!(progress.drawn, 1);
        let to_assign = world.store.records.to_assign(world.cycle).await.unwrap();
        assert_eq!(to_assign.len(), 1);
        assert_eq!(to_assign[0].line.reference, event.taken()[0].reference);
    }

    pub async fn an_assigned_audit_passes_to_the_record_that_comes(world: World) {
        let before = drawn(&world).await;
        let event = swap(&before);
        let audit = assigned(&world, &event.out().unwrap().reference).await;
        let (draws, stamp) = (&world.store.draws, stamp(world.lead));
        let unsaid = draws.add(&stamp, &before, &event, &why(), None).await.unwrap();
        assert!(!unsaid, "an audit is not left behind without a word");
        let auditor = independent(&world, &event.taken()[0].reference).await;
        assert!(draws.add(&stamp, &before, &event, &why(), Some(&auditor)).await.unwrap());
        let hand = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        assert_eq!(hand.audit.line.reference, event.taken()[0].reference);
        assert_eq!(hand.audit.record, auditor.record());
    }

    pub async fn an_audit_that_has_begun_stays_where_it_is(world: World) {
        let before = drawn(&world).await;
        let event = swap(&before);
        let id = assigned(&world, &event.out().unwrap().reference).await;
        let hand = world.store.audits.in_hand(id).await.unwrap().unwrap();
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let met = answer("B1", Judgement::Met, "", 0);
        let answered = hand.audit.answer(edition.contents(), met).unwrap();
        world.store.answers.save(&stamp(world.priya), &answered, None).await.unwrap();
        let hand = world.store.audits.in_hand(id).await.unwrap().unwrap();
        assert!(matches!(hand.audit.stage, Stage::Underway { .. }));
        let auditor = independent(&world, &event.taken()[0].reference).await;
        let (draws, stamp) = (&world.store.draws, stamp(world.lead));
        assert!(!draws.add(&stamp, &before, &event, &why(), Some(&auditor)).await.unwrap());
        assert_eq!(published(&world).await.events, []);
        assert_eq!(in_sample(&world).await, [event.out().unwrap().reference.clone()]);
    }

    pub async fn the_sample_of_a_closed_cycle_changes_no_more(world: World) {
        let before = drawn(&world).await;
        let missed = world.store.missed.undone(world.cycle).await.unwrap();
        let missed = missed
            .iter()
            .map(|undone| Missed::new(undone.record, MissedBecause::AuditorAway, None).unwrap());
        let closing = Closing { missed: missed.collect() };
        let stamp = stamp(world.lead);
        assert!(world.store.missed.close(&stamp, world.cycle, &closing).await.unwrap());
        let event = swap(&before);
        assert!(!world.store.draws.add(&stamp, &before, &event, &why(), None).await.unwrap());
        assert_eq!(published(&world).await.events, []);
    }

    pub async fn two_swaps_at_once_take_one_record_each_or_none(world: World) {
        let seen = drawn(&world).await;
        let event = swap(&seen);
        let (draws, stamp) = (&world.store.draws, stamp(world.lead));
        assert!(draws.add(&stamp, &seen, &event, &why(), None).await.unwrap());
        let size = world.journal_size().await;
        assert!(!draws.add(&stamp, &seen, &event, &why(), None).await.unwrap());
        assert_eq!(world.journal_size().await, size, "nothing was kept");
        assert_eq!(published(&world).await.events.len(), 1);
    }

    pub async fn a_top_up_goes_on_in_the_order_of_the_seed(world: World) {
        let first = drawn(&world).await;
        let (draws, stamp) = (&world.store.draws, stamp(world.lead));
        assert!(draws.add(&stamp, &first, &swap(&first), &why(), None).await.unwrap());
        let seen = published(&world).await;
        let event = sample(&seen).top_up(DAY, &[(all(), 2)].into()).unwrap();
        assert_eq!(event.taken().iter().map(|pick| pick.rank).collect::<Vec<_>>(), [3, 4]);
        assert!(draws.add(&stamp, &seen, &event, &why(), None).await.unwrap());
        let file = published(&world).await.file;
        file.verify().unwrap();
        file.continues(&seen.file).unwrap();
        file.continues(&first.file).unwrap();
        assert_eq!(in_sample(&world).await.len(), 3);
        let picks = world.store.draws.picks(world.cycle).await.unwrap();
        assert!(picks.iter().all(|pick| !pick.reserve), "the reserve was used");
        // Records of the top-up are given to auditors as the others are.
        assigned(&world, &event.taken()[1].reference).await;
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let figures = world.store.figures.quarter(quarter(), &edition, None, DAY).await.unwrap();
        assert_eq!(figures.samples.iter().map(|sample| sample.drawn).sum::<u32>(), 3);
    }

    pub async fn what_a_draw_left_out_is_kept_with_it(world: World) {
        world.import(lines(), date(2026, 10, 1)).await;
        let open = world.store.records.drawable(None).await.unwrap();
        assert_eq!(
            (open.len(), open[0].kind.cohort, open[0].audited),
            (4, Cohort::ChildProtection, None)
        );
        assert!(open[0].worker.is_some() && open[0].worker == open[1].worker);
        assert_eq!(open[2].worker, None);
        let frame = Frame::new([(all(), open[0].reference.clone())]).unwrap();
        let seed = Seed::new("dice 4 2 6 1").unwrap();
        let file = DrawFile::drawn(quarter(), seed, frame, [(all(), 1)].into()).unwrap();
        let left_out = BTreeMap::from([(Exclusion::AuditedLately, 2), (Exclusion::CohortNotIn, 1)]);
        let (draws, stamp) = (&world.store.draws, stamp(world.lead));
        draws.keep_with(&stamp, world.cycle, &file, &left_out).await.unwrap();
        assert_eq!(draws.left_out(world.cycle).await.unwrap(), left_out);
        assigned(&world, &open[0].reference).await;
        let again = world.store.records.drawable(None).await.unwrap();
        assert_eq!(again[0].audited, Some(quarter()));
    }

    /// The draw of the next quarter, asked for two records at least of what `pattern` names.
    async fn asked(world: &World, request: DrawRequestId) -> DrawFile {
        let store = &world.store;
        let mut requests = store.draw_requests.open_requests().await.unwrap();
        requests.retain(|open| open.id == request);
        let open = store.records.drawable(None).await.unwrap();
        let plan = QuarterPlan { left_out: 0, ..QuarterPlan::default() };
        let eligible = Eligible::asked(open, quarter(), &plan, &requests).unwrap();
        let sizes = eligible.share_out(SampleSize { total: 1, at_least: 0 });
        let seed = Seed::new("dice 4 2 6 1").unwrap();
        let file = DrawFile::drawn(quarter(), seed, eligible.frame.clone(), sizes).unwrap();
        file.for_requests(eligible.taken_up()).unwrap()
    }

    pub async fn a_draw_takes_up_what_it_was_asked_for_or_is_not_kept(world: World) {
        world.import(lines(), date(2026, 10, 1)).await;
        let (store, stamp) = (&world.store, stamp(world.lead));
        let held = store.records.drawable(None).await.unwrap();
        let kind = held.last().unwrap().kind;
        let pattern = CellPattern { cohort: Some(kind.cohort), ..CellPattern::default() };
        let part = CellPattern { disabled: Some(kind.disabled), ..pattern };
        let named = held.iter().filter(|it| part.covers(it.kind, it.service)).count();
        let ask = async |pattern, at_least, key| {
            let asked = store.draw_requests.ask(&stamp, (pattern, at_least), &why(), key).await;
            asked.unwrap().unwrap()
        };
        let request = ask(pattern, 2, "1").await;
        let other = ask(part, 1, "2").await;
        let file = asked(&world, request).await;
        assert_eq!(file.asked, [(request, 2)].into());

        // Another draw was quicker: nothing of this one is kept.
        let due = date(2027, 3, 12);
        let next = store.cycles.open(&stamp, quarter().after(), world.edition, due).await.unwrap();
        store.draw_requests.take_up(&stamp, request, next).await.unwrap();
        let size = world.journal_size().await;
        let fault = store.draws.keep(&stamp, world.cycle, &file).await.unwrap_err();
        assert!(fault.is_duplicate(), "{fault}");
        assert_eq!(store.draws.of_cycle(world.cycle).await.unwrap(), None);
        assert_eq!(world.journal_size().await, size);

        let file = asked(&world, other).await;
        store.draws.keep(&stamp, world.cycle, &file).await.unwrap();
        assert_eq!(world.journal_size().await, size + 1, "one change for both");
        assert_eq!(store.draw_requests.open_requests().await.unwrap(), []);
        let kept = DrawFile::read(&published(&world).await.file.text()).unwrap();
        kept.verify().unwrap();
        assert_eq!(kept.asked, [(other, 1)].into());
        let mark = format!("/asked-{other}");
        let marked = kept.frame.sizes().into_iter();
        let marked = marked.filter(|(name, _)| name.as_str().ends_with(&mark));
        assert_eq!(marked.map(|(_, size)| size).sum::<usize>(), named);
    }

    pub async fn a_framework_of_a_service_is_the_edition_that_came_into_force_last(world: World) {
        let (store, stamp) = (&world.store, stamp(world.lead));
        let adopt = |number, day| {
            let theirs = contents("Theirs");
            let stamp = stamp.clone();
            async move {
                store
                    .frameworks
                    .adopt(&stamp, (&theirs, &Origins::new()), number, None, day)
                    .await
                    .unwrap()
            }
        };
        // The third edition came into force before the second one did.
        adopt(1, date(2025, 1, 1)).await;
        let second = adopt(2, date(2026, 9, 1)).await;
        adopt(3, date(2026, 3, 1)).await;
        for day in [date(2025, 6, 1), date(2026, 4, 1), DAY] {
            let on = store.programmes.frameworks_on(day).await.unwrap();
            let one = store.frameworks.of_framework_on("Theirs", day).await.unwrap();
            assert_eq!(on.get("Theirs").copied(), one, "{day}");
        }
        let on = store.programmes.frameworks_on(DAY).await.unwrap();
        assert_eq!(on["Theirs"], second);
    }

    async fn submit(world: &World, audit: AuditId, judgement: Judgement) {
        let edition = world.store.audits.in_hand(audit).await.unwrap().unwrap().audit.edition;
        let edition = world.store.frameworks.edition(edition).await.unwrap().unwrap();
        for (standard, judgement) in [("B1", judgement), ("B2", Judgement::Met)] {
            let given = answer(standard, judgement, "Seen on the record.", 0);
            let answered = Answered { audit, answer: given, first: false };
            world.store.answers.save(&stamp(world.priya), &answered, None).await.unwrap();
        }
        let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        let opinion = Opinion::kept(Grade::Good, Reason::new("It is in order.").unwrap());
        let submission = kept.audit.submit(edition.contents(), &kept.answers, opinion).unwrap();
        let after = (Some(world.rosa), date(2026, 12, 7));
        let (answers, priya) = (&world.store.answers, stamp(world.priya));
        assert!(answers.submit(&priya, &submission, &kept.answers, after).await.unwrap());
    }

    /// Two frameworks have a standard B1 each, of the same name; one audit is made on each.
    pub async fn a_report_counts_the_audits_of_its_own_framework_only(world: World) {
        world.import(lines(), date(2026, 10, 1)).await;
        let (store, stamp) = (&world.store, stamp(world.lead));
        let theirs = contents("Theirs");
        let own = store
            .frameworks
            .adopt(&stamp, (&theirs, &Origins::new()), 1, None, date(2026, 1, 1))
            .await
            .unwrap();
        let (next, due) = (quarter().after(), date(2027, 3, 12));
        let editions = BTreeMap::from([(world.service, own)]);
        let opened = store.cycles.open_with(&stamp, (next, due), world.edition, &editions).await;
        let cycle = opened.unwrap();
        let records = store.records.frame(None).await.unwrap();
        let frame = records.iter().map(|line| (all(), line.reference.clone()));
        let seed = Seed::new("dice 4 2 6 1").unwrap();
        let frame = Frame::new(frame).unwrap();
        let file = DrawFile::drawn(next, seed, frame, [(all(), 4)].into()).unwrap();
        store.draws.keep(&stamp, cycle, &file).await.unwrap();
        let priya = store.people.get(world.priya).await.unwrap().unwrap();
        for (reference, judgement) in [("R-1", Judgement::NotMet), ("R-4", Judgement::Met)] {
            let reference = Reference::new(reference).unwrap();
            let record = store.records.by_reference(&reference).await.unwrap().unwrap();
            let independent = Independent::of(&priya, &record, &Ties::default(), DAY).unwrap();
            let id = store.audits.assign(&stamp, cycle, &independent, due).await.unwrap();
            submit(&world, id, judgement).await;
        }
        let cycle = store.cycles.get(cycle).await.unwrap().unwrap().cycle;
        for (service, edition, expected) in
            [(None, world.edition, (1, 0)), (Some(world.service), own, (0, 1))]
        {
            assert_eq!(store.cycles.edition_of(&cycle, service).await.unwrap(), edition);
            let edition = store.frameworks.edition(edition).await.unwrap().unwrap();
            let figures = store.figures.quarter(next, &edition, service, DAY).await.unwrap();
            let tally = figures.sections[0].standards[0].tally;
            assert_eq!((tally.met, tally.not_met), expected, "{service:?}");
        }
    }

    fn programme(world: &World, version: u32, themes: &str) -> Programme {
        let plan = QuarterPlan {
            cohorts: [Cohort::InCare, Cohort::ChildProtection].into(),
            size: SizeRule::new(None, Some(10), true).unwrap(),
            at_least: 2,
            left_out: 3,
            themes: themes.to_owned(),
        };
        Programme {
            year: 2026,
            version,
            made_on: DAY,
            why: "The first of the year.".to_owned(),
            quarters: [(quarter(), plan)].into(),
            frameworks: [(world.service, "Ours".to_owned())].into(),
        }
    }

    pub async fn a_programme_that_is_changed_keeps_what_it_was(world: World) {
        let (programmes, stamp) = (&world.store.programmes, stamp(world.lead));
        assert_eq!(programmes.current(2026).await.unwrap(), None);
        let first = programme(&world, 1, "Plans");
        let second = Programme { why: "A new theme.".to_owned(), ..programme(&world, 2, "Visits") };
        let size = world.journal_size().await;
        programmes.keep(&stamp, &first).await.unwrap();
        programmes.keep(&stamp, &second).await.unwrap();
        let late = programmes.keep(&stamp, &second).await.unwrap_err();
        assert!(late.is_duplicate(), "somebody else changed it");
        assert_eq!(world.journal_size().await, size + 2);
        assert_eq!(programmes.versions(2026).await.unwrap(), [second.clone(), first]);
        assert_eq!(programmes.current(2026).await.unwrap(), Some(second));
        assert_eq!(programmes.current(2027).await.unwrap(), None);
    }

    pub async fn a_service_is_audited_on_its_own_edition(world: World) {
        world.import(lines(), date(2026, 10, 1)).await;
        let store = &world.store;
        let stamp = stamp(world.lead);
        let theirs = contents("Theirs");
        let own = store
            .frameworks
            .adopt(&stamp, (&theirs, &Origins::new()), 1, None, date(2026, 1, 1))
            .await
            .unwrap();
        let on = store.programmes.frameworks_on(DAY).await.unwrap();
        assert_eq!(on, [("Ours".to_owned(), world.edition), ("Theirs".to_owned(), own)].into());
        let next = quarter().after();
        let editions = BTreeMap::from([(world.service, own)]);
        let due = date(2027, 3, 12);
        let cycle = store.cycles.open_with(&stamp, (next, due), world.edition, &editions);
        let cycle = cycle.await.unwrap();
        assert_eq!(store.cycles.own_editions(cycle).await.unwrap(), editions);
        let records = store.records.frame(None).await.unwrap();
        let frame = records.iter().map(|line| (all(), line.reference.clone()));
        let seed = Seed::new("dice 4 2 6 1").unwrap();
        let sizes = [(all(), 4)].into();
        let file = DrawFile::drawn(next, seed, Frame::new(frame).unwrap(), sizes).unwrap();
        store.draws.keep(&stamp, cycle, &file).await.unwrap();
        let priya = store.people.get(world.priya).await.unwrap().unwrap();
        for (reference, edition) in [("R-1", own), ("R-4", world.edition)] {
            let reference = Reference::new(reference).unwrap();
            let record = store.records.by_reference(&reference).await.unwrap().unwrap();
            let independent = Independent::of(&priya, &record, &Ties::default(), DAY).unwrap();
            let id = store.audits.assign(&stamp, cycle, &independent, due).await.unwrap();
            let hand = store.audits.in_hand(id).await.unwrap().unwrap();
            assert_eq!(hand.audit.edition, edition, "{reference}");
        }
        let done = store.programmes.done(next, next).await.unwrap();
        let counted: Vec<_> =
            done.iter().map(|it| (it.framework.as_str(), it.drawn, it.submitted)).collect();
        assert_eq!(counted, [("Theirs", 3, 0), ("Ours", 1, 0)], "{done:?}");
    }

    pub async fn what_was_planned_never_changes(world: World) {
        let seen = drawn(&world).await;
        let (store, stamp) = (&world.store, stamp(world.lead));
        assert!(store.draws.add(&stamp, &seen, &swap(&seen), &why(), None).await.unwrap());
        store.programmes.keep(&stamp, &programme(&world, 1, "Plans")).await.unwrap();
        for statement in [
            "update programme set year = 2027",
            "delete from programme_quarter",
            "delete from programme_cohort",
            "update programme_framework set framework = 'Theirs'",
            "update draw_event set words = ''",
            "delete from draw_addition",
        ] {
            let fault = sql(&world, statement).await.unwrap_err().to_string();
            // The words beside a swap go by retention, and by no statement.
            let kept = ["is kept for ever", "is kept until it goes by retention"];
            assert!(kept.iter().any(|it| fault.contains(it)), "{statement}: {fault}");
        }
    }
}
