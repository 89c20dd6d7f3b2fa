//! Indicators: sets that supersede, changes that are never written over, and what they are counted from.

on_both_engines!(
    a_set_holds_from_its_day_until_the_next_and_never_changes,
    a_change_is_kept_once_with_its_reason_and_followed_by_another,
    they_are_counted_on_the_list_of_the_draw_whatever_is_tidied_since,
    more_quarters_take_no_more_statements,
);

mod stories {
    use std::sync::atomic::Ordering;

    use jiff::civil::{Date, date};
    use quarterlight_domain::allocation::Experience;
    use quarterlight_domain::calendar::Quarter;
    use quarterlight_domain::grade::Grade;
    use quarterlight_domain::indicator::local::Changed;
    use quarterlight_domain::indicator::set::IndicatorSet;
    use quarterlight_domain::indicator::{Better, Indicator, IndicatorCode, Measure};
    use quarterlight_domain::text::Reason;
    use quarterlight_store::NewLocalChange;

    use crate::world::{World, line, sql, stamp, submitted};

    fn set(name: &str) -> IndicatorSet {
        let words = |text: &str| text.to_owned();
        let indicator = Indicator {
            code: IndicatorCode::new("good").unwrap(),
            name: words("Graded good"),
            definition: words("What it means"),
            numerator: words("good audits"),
            denominator: words("audits"),
            source: words("audits"),
            measure: Measure::Graded,
            better: Better::Higher,
            target: None,
            standards: [].into(),
        };
        IndicatorSet::new(name, date(2026, 1, 1), vec![indicator]).unwrap()
    }

    async fn keep(world: &World, name: &str, from: Date) -> bool {
        let kept = world.store.indicators.keep(&stamp(world.lead), &set(name), name, from).await;
        if let Err(fault) = &kept {
            assert!(fault.is_duplicate(), "{fault}");
        }
        kept.is_ok()
    }

    async fn change(world: &World, changed: Changed, key: &str) -> bool {
        let new = NewLocalChange {
            indicator: IndicatorCode::new("good").unwrap(),
            from: date(2026, 4, 1),
            changed,
            by: world.lead,
            why: Reason::new("Agreed by the board").unwrap(),
            form_key: key.to_owned(),
        };
        let kept = world.store.indicators.change(&stamp(world.lead), &new).await;
        if let Err(fault) = &kept {
            assert!(fault.is_duplicate(), "{fault}");
        }
        kept.is_ok()
    }

    pub async fn a_set_holds_from_its_day_until_the_next_and_never_changes(world: World) {
        let held = async |day| {
            let held = world.store.indicators.in_force_on(day).await.unwrap();
            held.map(|(kept, _)| kept.file)
        };
        assert_eq!(held(date(2026, 11, 1)).await, None);
        assert!(keep(&world, "One", date(2026, 2, 1)).await);
        assert!(keep(&world, "Two", date(2026, 10, 1)).await);
        assert!(!keep(&world, "One", date(2026, 12, 1)).await, "it is kept already");
        assert_eq!(held(date(2026, 1, 31)).await, None);
        assert_eq!(held(date(2026, 9, 30)).await.as_deref(), Some("One"));
        assert_eq!(held(date(2026, 10, 1)).await.as_deref(), Some("Two"));
        for statement in ["update indicator_set set file = 'other'", "delete from indicator_set"] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }

    pub async fn a_change_is_kept_once_with_its_reason_and_followed_by_another(world: World) {
        assert!(keep(&world, "One", date(2026, 2, 1)).await);
        let before = world.journal_size().await;
        assert!(change(&world, Changed::Target(85), "a").await);
        assert!(!change(&world, Changed::Target(90), "a").await, "the same form");
        assert!(change(&world, Changed::Off, "b").await);
        assert_eq!(world.journal_size().await, before + 2, "one line for each that was kept");
        let kept = world.store.indicators.in_force_on(date(2026, 11, 1)).await.unwrap();
        let (_, changes) = kept.unwrap();
        let all: Vec<Changed> = changes.iter().map(|it| it.changed).collect();
        assert_eq!(all, [Changed::Target(85), Changed::Off]);
        assert_eq!(changes[0].why.words(), "Agreed by the board");
        let held = set("One").held(&changes, date(2026, 4, 1)).remove(0);
        assert!(held.off, "of two from one day, the later made holds");
        for statement in ["update indicator_change set target = 1", "delete from indicator_change"]
        {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }

    pub async fn they_are_counted_on_the_list_of_the_draw_whatever_is_tidied_since(world: World) {
        submitted(&world).await;
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let quarter: Quarter = "2026-Q4".parse().unwrap();
        let counted =
            async || world.store.figures.for_indicators(quarter, &edition, true).await.unwrap();
        let then = counted().await;
        assert_eq!(then.quarters.len(), 1);
        assert!(then.quarters[0].as_at.is_some());
        assert_eq!(then.lines.len(), 4);
        let without = then.lines.iter().filter(|it| it.held_by.is_none()).count();
        assert_eq!(without, 1);
        let unknown = then.lines.iter().filter(|it| it.held_by == Some(Experience::Unknown));
        assert_eq!(unknown.count(), 3);
        let grades = &then.graded[&(quarter, Some(world.service))];
        assert_eq!(grades.get(&Grade::Inadequate), Some(&1));
        assert!(then.judged.contains_key(&(quarter, Some(world.service))));
        // A later list with other records changes nothing of the quarter.
        world.import(vec![line("R-99", None, "Team North")], date(2026, 12, 1)).await;
        let now = counted().await;
        let references = |all: &[quarterlight_domain::indicator::series::ListedLine]| {
            let mut all: Vec<String> = all.iter().map(|it| it.line.reference.to_string()).collect();
            all.sort();
            all
        };
        assert_eq!(references(&now.lines), references(&then.lines));
        let before = quarter.before();
        let none = world.store.figures.for_indicators(before, &edition, true).await.unwrap();
        assert!(none.quarters.is_empty() && none.lines.is_empty());
    }

    pub async fn more_quarters_take_no_more_statements(world: World) {
        let (store, statements) = world.counted().await;
        let edition = store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let count = async |quarter: &str| {
            statements.store(0, Ordering::SeqCst);
            let quarter = quarter.parse().unwrap();
            store.figures.for_indicators(quarter, &edition, true).await.unwrap();
            statements.load(Ordering::SeqCst)
        };
        let one = count("2026-Q4").await;
        let due = date(2027, 3, 12);
        for quarter in ["2027-Q1", "2027-Q2"] {
            let quarter = quarter.parse().unwrap();
            let stamp = stamp(world.lead);
            let open = world.store.cycles.open(&stamp, quarter, world.edition, due);
            open.await.unwrap();
        }
        assert_eq!(count("2027-Q2").await, one);
        assert!((2..=6).contains(&one), "{one} statements");
    }
}
