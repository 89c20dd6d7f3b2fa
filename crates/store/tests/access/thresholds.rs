//! Thresholds of unusual looking, as they are kept.

on_both_engines!(thresholds_hold_from_their_day_and_never_change);

mod stories {
    use jiff::civil::{Date, date};
    use quarterlight_domain::access::thresholds::{SHIPPED, Thresholds, in_force};
    use quarterlight_domain::text::Reason;

    use crate::world::{World, sql, stamp};

    const DAY: Date = date(2026, 11, 23);

    pub async fn thresholds_hold_from_their_day_and_never_change(world: World) {
        let looks = &world.store.looks;
        assert_eq!(looks.thresholds().await.unwrap(), Vec::new());
        let set = Thresholds { from: DAY, records_in_an_hour: 40, ..SHIPPED };
        let size = world.journal_size().await;
        looks
            .keep_thresholds(&stamp(world.lead), &set, &Reason::new("Agreed.").unwrap())
            .await
            .unwrap();
        assert_eq!(world.journal_size().await, size + 1);
        let kept = looks.thresholds().await.unwrap();
        assert_eq!((kept[0].set, kept[0].by.as_deref()), (set, Some("Amara Osei")));
        let sets = [kept[0].set];
        assert_eq!(in_force(&sets, DAY).records_in_an_hour, 40);
        assert_eq!(in_force(&sets, DAY.yesterday().unwrap()), SHIPPED);
        for statement in ["update looking_threshold set opens = 0", "delete from looking_threshold"]
        {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }
}
