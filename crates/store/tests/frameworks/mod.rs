//! An agreed edition reads back as it was agreed, and cannot be changed.

on_both_engines!(
    an_edition_reads_back_as_it_was_agreed,
    the_database_refuses_to_change_an_agreed_edition,
    an_adopted_edition_keeps_where_its_standards_come_from,
    the_latest_edition_that_has_come_into_force_is_in_force,
);

mod stories {
    use jiff::civil::date;
    use quarterlight_domain::edition::{Origin, Origins};

    use crate::world::{World, contents, stamp};

    pub async fn an_edition_reads_back_as_it_was_agreed(world: World) {
        let edition = world.another_server().await.frameworks.edition(world.edition).await;
        let edition = edition.unwrap().unwrap();
        assert_eq!(*edition.contents(), contents("Ours"));
        assert_eq!(edition.title(), "Ours, edition 1");
    }

    pub async fn the_database_refuses_to_change_an_agreed_edition(world: World) {
        for statement in [
            "update edition set name = 'Theirs'",
            "update edition_standard set wording = 'Easier'",
            "delete from edition_standard",
            "delete from edition_section",
        ] {
            assert!(crate::world::sql(&world, statement).await.is_err(), "{statement}");
        }
        let edition = world.another_server().await.frameworks.edition(world.edition).await;
        assert_eq!(*edition.unwrap().unwrap().contents(), contents("Ours"));
    }

    pub async fn an_adopted_edition_keeps_where_its_standards_come_from(world: World) {
        let ours = contents("Theirs");
        let first = ours.standards().next().unwrap().code.clone();
        let origin = Origin { core: true, source: "The committee of March".to_owned() };
        let origins = Origins::from([(first, origin)]);
        let adopted = world
            .store
            .frameworks
            .adopt(&stamp(world.lead), (&ours, &origins), 1, None, date(2026, 1, 1))
            .await
            .unwrap();
        let read = world.another_server().await.frameworks.edition(adopted).await;
        assert_eq!(read.unwrap().unwrap().origins, origins);
        let none = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        assert!(none.origins.is_empty(), "the control: this one was adopted without");
    }

    pub async fn the_latest_edition_that_has_come_into_force_is_in_force(world: World) {
        let frameworks = &world.store.frameworks;
        let stamp = stamp(world.lead);
        let later = frameworks
            .adopt(
                &stamp,
                (&contents("Ours"), &Origins::new()),
                2,
                Some(world.lead),
                date(2027, 1, 1),
            )
            .await
            .unwrap();
        let on = |day| frameworks.in_force_on(day);
        assert_eq!(on(date(2025, 12, 31)).await.unwrap(), None);
        assert_eq!(on(date(2026, 12, 31)).await.unwrap(), Some(world.edition));
        assert_eq!(on(date(2027, 1, 1)).await.unwrap(), Some(later));
        let twice = frameworks
            .adopt(&stamp, (&contents("Ours"), &Origins::new()), 2, None, date(2027, 1, 1))
            .await;
        assert!(twice.unwrap_err().is_duplicate());
    }
}
