//! Somebody comes in through the council's identity provider, and their grants follow their groups.

on_both_engines!(
    grants_of_groups_begin_and_end_and_those_made_by_hand_stay,
    nobody_is_made_who_has_no_group,
    two_sign_ins_at_once_give_one_grant,
);

mod stories {
    use jiff::{SignedDuration, Timestamp};
    use quarterlight_domain::id::{PersonId, PlaceId};
    use quarterlight_domain::person::Role;
    use quarterlight_domain::stamp::Stamp;
    use quarterlight_store::Arrival;

    use crate::world::World;

    const ISSUER: &str = "https://login.council.example";

    fn at(day: i64) -> Stamp {
        let first: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let at = first.checked_add(SignedDuration::from_hours(24 * day)).unwrap();
        Stamp::console(at, "signed in through the council’s identity provider")
    }

    fn arrival<'a>(
        subject: &'a str,
        email: Option<&'a str>,
        held: &'a [(Role, PlaceId)],
    ) -> Arrival<'a> {
        Arrival { issuer: ISSUER, subject, name: "Nadia Ferro", email, held }
    }

    async fn roles(world: &World, person: PersonId, stamp: &Stamp) -> Vec<Role> {
        world.store.people.get(person).await.unwrap().unwrap().roles_on(stamp.day())
    }

    /// The whole authority, which every world has.
    async fn place(world: &World) -> PlaceId {
        world.store.places.all().await.unwrap()[0].id
    }

    async fn size(world: &World) -> u32 {
        world.store.operations.standing().await.unwrap().entries
    }

    pub async fn grants_of_groups_begin_and_end_and_those_made_by_hand_stay(world: World) {
        let place = place(&world).await;
        let lead = world.store.people.all().await.unwrap();
        let lead = lead.iter().find(|it| it.person.id == world.lead).unwrap();
        let email = lead.email.to_uppercase();
        let both = [(Role::Auditor, place), (Role::Moderator, place)];
        let arrive = async |stamp: &Stamp, held: &[(Role, PlaceId)], email: Option<&str>| {
            world.store.identities.arrive(stamp, &arrival("s-1", email, held)).await.unwrap()
        };
        // Known by their confirmed address once, and then by the provider's own word for them.
        assert!(arrive(&at(0), &both, None).await.is_err(), "no address, and nobody is bound");
        let person = arrive(&at(0), &both, Some(&email)).await.unwrap();
        assert_eq!(person, world.lead);
        let by_hand = Role::QualityLead;
        assert_eq!(roles(&world, person, &at(0)).await, [Role::Auditor, by_hand, Role::Moderator]);
        let before = size(&world).await;
        assert_eq!(arrive(&at(1), &both, None).await, Ok(person));
        assert_eq!(size(&world).await, before, "nothing was new, and nothing is in the journal");
        // The group is left: the grant holds no more on that very day.
        assert_eq!(arrive(&at(2), &both[1..], None).await, Ok(person));
        assert_eq!(roles(&world, person, &at(2)).await, [by_hand, Role::Moderator]);
        assert_eq!(roles(&world, person, &at(1)).await.len(), 3, "the day before it held");
        assert_eq!(size(&world).await, before + 1);
        // It is joined again, and both are left.
        arrive(&at(3), &both, None).await.unwrap();
        assert_eq!(roles(&world, person, &at(3)).await.len(), 3);
        arrive(&at(4), &[], None).await.unwrap();
        assert_eq!(roles(&world, person, &at(4)).await, [by_hand]);
        // Another account with the same address is not the same person.
        let other = arrival("s-2", Some(&email), &both);
        assert!(world.store.identities.arrive(&at(4), &other).await.unwrap().is_err());
        assert!(world.store.journal.verify(None, &|_| {}).await.unwrap().is_clean());
    }

    pub async fn nobody_is_made_who_has_no_group(world: World) {
        let place = place(&world).await;
        let (people, entries) = (world.store.people.all().await.unwrap().len(), size(&world).await);
        let email = Some("nadia.ferro@council.example");
        let refused = world.store.identities.arrive(&at(0), &arrival("s-9", email, &[])).await;
        assert!(refused.unwrap().is_err());
        assert_eq!(world.store.people.all().await.unwrap().len(), people);
        assert_eq!(size(&world).await, entries);
        let held = [(Role::Member, place)];
        let made = world.store.identities.arrive(&at(0), &arrival("s-9", email, &held)).await;
        let made = made.unwrap().unwrap();
        assert_eq!(roles(&world, made, &at(0)).await, [Role::Member]);
        let facts = world
            .store
            .people
            .signing_in("nadia.ferro@council.example", at(0).day())
            .await
            .unwrap();
        let facts = facts.unwrap();
        assert_eq!((facts.person, facts.password), (made, None), "and has no password");
    }

    pub async fn two_sign_ins_at_once_give_one_grant(world: World) {
        let held = [(Role::Clerk, place(&world).await)];
        let email = Some("nadia.ferro@council.example");
        let first = arrival("s-3", email, &held);
        let person = world.store.identities.arrive(&at(0), &arrival("s-3", email, &held)).await;
        let person = person.unwrap().unwrap();
        let more = [(Role::Clerk, held[0].1), (Role::Member, held[0].1)];
        let second = Arrival { held: &more, ..first };
        let stamp = at(0);
        let (one, other) = tokio::join!(
            world.store.identities.arrive(&stamp, &second),
            world.store.identities.arrive(&stamp, &second)
        );
        assert_eq!((one.unwrap(), other.unwrap()), (Ok(person), Ok(person)));
        let grants = world.store.people.get(person).await.unwrap().unwrap().grants;
        assert_eq!(grants.len(), 2, "{grants:?}");
    }
}
