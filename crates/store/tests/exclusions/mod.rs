//! Records excluded by name: who is quicker, the one who excludes or the one who draws.

on_both_engines!(
    an_exclusion_holds_for_its_cycle_until_it_is_taken_back,
    a_draw_that_does_not_know_of_an_exclusion_is_not_kept,
    an_exclusion_and_a_draw_at_once_agree,
    a_request_that_was_withdrawn_is_not_taken_up,
);

mod stories {
    use std::collections::BTreeMap;

    use jiff::civil::date;
    use quarterlight_domain::calendar::Quarter;
    use quarterlight_domain::cell::CellPattern;
    use quarterlight_domain::draw::Seed;
    use quarterlight_domain::draw_event::SwapReason;
    use quarterlight_domain::draw_file::DrawFile;
    use quarterlight_domain::eligible::Eligible;
    use quarterlight_domain::id::{CycleId, RecordId};
    use quarterlight_domain::programme::QuarterPlan;
    use quarterlight_domain::text::Reason;

    use crate::world::{World, lines, stamp};

    fn quarter() -> Quarter {
        "2026-Q4".parse().unwrap()
    }

    fn why() -> Reason {
        Reason::new("A court has it.").unwrap()
    }

    /// The draw of a cycle as it stands, of one record.
    async fn drawable(world: &World) -> DrawFile {
        let open = world.store.records.drawable(Some(world.cycle)).await.unwrap();
        let plan = QuarterPlan { left_out: 0, ..QuarterPlan::default() };
        let eligible = Eligible::of(open, quarter(), &plan).unwrap();
        let sizes: BTreeMap<_, _> = eligible.frame.sizes().into_keys().map(|it| (it, 1)).collect();
        let seed = Seed::new("dice 4 2 6 1").unwrap();
        let file = DrawFile::drawn(quarter(), seed, eligible.frame.clone(), sizes).unwrap();
        file.without(eligible.excluded).unwrap()
    }

    /// The cycle and an open record that could be drawn in it.
    async fn one(world: &World) -> (CycleId, RecordId) {
        world.import(lines(), date(2026, 10, 1)).await;
        let open = world.store.records.drawable(None).await.unwrap();
        let record = world.store.records.by_reference(&open[1].reference).await.unwrap().unwrap();
        (world.cycle, record.id)
    }

    pub async fn an_exclusion_holds_for_its_cycle_until_it_is_taken_back(world: World) {
        let (store, stamp) = (&world.store, stamp(world.lead));
        let which = one(&world).await;
        let exclude = async || {
            store.exclusions.exclude(&stamp, which, (SwapReason::Held, &why())).await.unwrap()
        };
        let all = store.records.drawable(None).await.unwrap().len();
        assert!(exclude().await);
        assert!(!exclude().await, "it is excluded already");
        assert_eq!(drawable(&world).await.excluded.len(), 1);
        assert_eq!(drawable(&world).await.frame.len(), all - 1);
        let due = date(2027, 3, 12);
        let next = store.cycles.open(&stamp, quarter().after(), world.edition, due).await.unwrap();
        let open = store.records.drawable(Some(next)).await.unwrap();
        assert!(open.iter().all(|record| record.excluded.is_none()), "another cycle is not meant");

        let line = store.exclusions.of_cycle(world.cycle).await.unwrap().remove(0);
        assert!(!store.exclusions.end(&stamp, (next, line.id), &why()).await.unwrap());
        assert!(store.exclusions.end(&stamp, (world.cycle, line.id), &why()).await.unwrap());
        assert!(!store.exclusions.end(&stamp, (world.cycle, line.id), &why()).await.unwrap());
        assert_eq!(drawable(&world).await.frame.len(), all);
        assert!(exclude().await, "it can be excluded again");
        let lines = store.exclusions.of_cycle(world.cycle).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.ended.is_some()).count(), 1);
        assert_eq!(lines.len(), 2, "what was said stays");

        let file = drawable(&world).await;
        assert!(store.draws.keep(&stamp, world.cycle, &file).await.unwrap().is_some());
        let kept = store.draws.published(world.cycle).await.unwrap().unwrap().file;
        kept.verify().unwrap();
        assert_eq!(kept.excluded.len(), 1);
        assert!(!exclude().await, "the sample is drawn");
        let second = (world.cycle, lines[1].id);
        assert!(!store.exclusions.end(&stamp, second, &why()).await.unwrap(), "and stays so");
    }

    pub async fn a_draw_that_does_not_know_of_an_exclusion_is_not_kept(world: World) {
        let (store, stamp) = (&world.store, stamp(world.lead));
        let which = one(&world).await;
        let before = drawable(&world).await;
        store.exclusions.exclude(&stamp, which, (SwapReason::Held, &why())).await.unwrap();
        assert_eq!(store.draws.keep(&stamp, world.cycle, &before).await.unwrap(), None);
        assert_eq!(store.draws.of_cycle(world.cycle).await.unwrap(), None);
        let now = drawable(&world).await;
        assert!(store.draws.keep(&stamp, world.cycle, &now).await.unwrap().is_some());
    }

    pub async fn an_exclusion_and_a_draw_at_once_agree(world: World) {
        let (store, stamp) = (&world.store, stamp(world.lead));
        let which = one(&world).await;
        let before = drawable(&world).await;
        let held = why();
        let (excluded, drawn) = tokio::join!(
            store.exclusions.exclude(&stamp, which, (SwapReason::Held, &held)),
            store.draws.keep(&stamp, world.cycle, &before)
        );
        assert_ne!(excluded.unwrap(), drawn.unwrap().is_some(), "one of them comes first");
    }

    pub async fn a_request_that_was_withdrawn_is_not_taken_up(world: World) {
        let (store, stamp) = (&world.store, stamp(world.lead));
        one(&world).await;
        let pattern = CellPattern::default();
        let asked = store.draw_requests.ask(&stamp, (pattern, 1), &why(), "1").await;
        let request = asked.unwrap().unwrap();
        let requests = store.draw_requests.open_requests().await.unwrap();
        let open = store.records.drawable(Some(world.cycle)).await.unwrap();
        let plan = QuarterPlan { left_out: 0, ..QuarterPlan::default() };
        let eligible = Eligible::asked(open, quarter(), &plan, &requests).unwrap();
        let seed = Seed::new("dice 4 2 6 1").unwrap();
        let sizes = eligible.sizes(&plan);
        let file = DrawFile::drawn(quarter(), seed, eligible.frame.clone(), sizes).unwrap();
        let file = file.for_requests(eligible.taken_up()).unwrap();

        // It goes between the look and the draw.
        let gone = (pattern, request);
        assert!(store.draw_requests.withdraw(&stamp, gone, &why()).await.unwrap());
        let fault = store.draws.keep(&stamp, world.cycle, &file).await.unwrap_err();
        assert!(fault.is_duplicate(), "{fault}");
        assert_eq!(store.draws.of_cycle(world.cycle).await.unwrap(), None);
    }
}
