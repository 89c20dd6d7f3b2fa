//! Rules about time: the rule of any day can be asked for, and nothing that was kept changes.

on_both_engines!(
    a_set_holds_from_its_day_until_another_does,
    a_change_to_a_rule_is_followed_and_never_written_over,
    the_database_refuses_to_change_what_was_kept,
    each_change_has_its_line_in_the_journal,
);

mod stories {
    use std::collections::BTreeSet;

    use jiff::civil::{Date, date};
    use quarterlight_domain::history::Episode;
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::timescale::applies::AppliesTo;
    use quarterlight_domain::timescale::asks::{Asks, Which};
    use quarterlight_domain::timescale::limit::Limit;
    use quarterlight_domain::timescale::rule::{Published, Rule, RuleCode};
    use quarterlight_domain::timescale::set::RuleSet;
    use quarterlight_domain::timescale::variation::{Varied, in_force};
    use quarterlight_domain::timescale::working_days::Counting;
    use quarterlight_store::NewVariation;

    use crate::world::{World, sql, stamp};

    fn code() -> RuleCode {
        RuleCode::new("assessment").unwrap()
    }

    fn limit(text: &str) -> Limit {
        Limit::parse(text).unwrap()
    }

    fn set(name: &str) -> RuleSet {
        let rule = Rule {
            code: code(),
            name: "Assessment completed".to_owned(),
            published: Published { citation: "Law".to_owned(), link: None, local_practice: false },
            from: None,
            until: None,
            applies: AppliesTo::default(),
            asks: Asks::Episode {
                kind: Episode::Assessment,
                which: Which::Open,
                limit: limit("45 working days"),
            },
            counting: Counting::default(),
            confirm_locally: false,
            standards: BTreeSet::new(),
        };
        RuleSet::new(name, date(2026, 1, 1), vec![rule]).unwrap()
    }

    fn change(world: &World, from: Date, varied: Varied, key: &str) -> NewVariation {
        let why = Reason::new("Agreed by the leadership team").unwrap();
        let form_key = key.to_owned();
        NewVariation { rule: code(), from, varied, by: world.lead, why, form_key }
    }

    pub async fn a_set_holds_from_its_day_until_another_does(world: World) {
        let kept = &world.store.timescales;
        let stamp = stamp(world.lead);
        assert_eq!(kept.in_force_on(date(2026, 12, 1)).await.unwrap(), None);
        kept.keep(&stamp, &set("One"), "one", date(2026, 4, 1)).await.unwrap();
        kept.keep(&stamp, &set("Two"), "two", date(2026, 10, 1)).await.unwrap();
        let on = async |day| {
            let kept = world.store.timescales.in_force_on(day).await.unwrap();
            kept.map(|kept| kept.file)
        };
        assert_eq!(on(date(2026, 3, 31)).await, None);
        assert_eq!(on(date(2026, 9, 30)).await.as_deref(), Some("one"));
        assert_eq!(on(date(2026, 10, 1)).await.as_deref(), Some("two"));
        let held = kept.in_force_on(date(2026, 10, 1)).await.unwrap().unwrap();
        assert_eq!((held.in_force_from, held.why.as_str()), (date(2026, 10, 1), "test"));
        assert!(held.by.is_some());
        let twice = kept.keep(&stamp, &set("One"), "other", date(2027, 1, 1)).await;
        assert!(twice.unwrap_err().is_duplicate());
    }

    pub async fn a_change_to_a_rule_is_followed_and_never_written_over(world: World) {
        let stamp = stamp(world.lead);
        let (april, october) = (date(2026, 4, 1), date(2026, 10, 1));
        let forty = Varied::Limit(limit("40 working days"));
        let changes = [
            change(&world, april, forty, "a"),
            change(&world, october, Varied::Off, "b"),
            change(&world, date(2026, 11, 1), Varied::AsPublished, "c"),
        ];
        for new in &changes {
            world.store.timescales.vary(&stamp, new).await.unwrap();
        }
        let made = world.another_server().await.timescales.variations().await.unwrap();
        let varied: Vec<(Date, Varied)> = made.iter().map(|it| (it.from, it.varied)).collect();
        let expected: Vec<(Date, Varied)> = changes.iter().map(|it| (it.from, it.varied)).collect();
        assert_eq!(varied, expected);
        assert_eq!(made[0].why.words(), "Agreed by the leadership team");
        let set = set("One");
        let on = |day| in_force(&set.rules()[0], &made, day).unwrap();
        assert_eq!(on(date(2026, 3, 31)).rule.asks.limit(), Some(limit("45 working days")));
        assert_eq!(on(april).rule.asks.limit(), Some(limit("40 working days")));
        assert!(on(october).off && !on(date(2026, 11, 1)).off);
        let twice = world.store.timescales.vary(&stamp, &changes[0]).await;
        assert!(twice.unwrap_err().is_duplicate());
    }

    pub async fn the_database_refuses_to_change_what_was_kept(world: World) {
        let stamp = stamp(world.lead);
        let kept = &world.store.timescales;
        kept.keep(&stamp, &set("One"), "one", date(2026, 4, 1)).await.unwrap();
        kept.vary(&stamp, &change(&world, date(2026, 4, 1), Varied::Off, "a")).await.unwrap();
        for statement in [
            "update rule_set set file = 'easier'",
            "delete from rule_set",
            "update rule_variation set why = 'other'",
            "delete from rule_variation",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
        assert_eq!(kept.variations().await.unwrap().len(), 1);
    }

    pub async fn each_change_has_its_line_in_the_journal(world: World) {
        let stamp = stamp(world.lead);
        let kept = &world.store.timescales;
        let size = async || world.store.journal.verify(None, &|_| {}).await.unwrap().head.size;
        let before = size().await;
        kept.keep(&stamp, &set("One"), "one", date(2026, 4, 1)).await.unwrap();
        let off = change(&world, date(2026, 4, 1), Varied::Off, "a");
        kept.vary(&stamp, &off).await.unwrap();
        assert_eq!(size().await, before + 2);
        assert!(kept.vary(&stamp, &off).await.is_err());
        assert_eq!(size().await, before + 2);
    }
}
