//! Concerns: raised with those who are told, acknowledged by one, escalated once.

on_both_engines!(
    a_concern_is_kept_with_those_who_are_told_at_once,
    of_two_who_acknowledge_at_once_one_does,
    a_concern_is_escalated_once_by_two_servers,
    nothing_is_closed_that_nobody_acknowledged,
    concerns_are_counted_by_the_quarter_they_were_raised_in,
    an_email_is_sent_by_one_server_and_tried_again_until_it_went,
    the_database_refuses_to_change_a_concern,
);

mod stories {
    use jiff::civil::date;
    use jiff::{SignedDuration, Timestamp};
    use quarterlight_domain::concern::clock::{Clock, Level};
    use quarterlight_domain::concern::notice::{Notice, notices};
    use quarterlight_domain::concern::{Acknowledged, NewConcern, Spoken, Stage};
    use quarterlight_domain::id::{ConcernId, PersonId};
    use quarterlight_domain::person::Person;
    use quarterlight_domain::stamp::Stamp;
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::timescale::working_days::BankHolidays;
    use quarterlight_store::Mailed;

    use crate::world::{World, at, sql, stamp};

    fn words(text: &str) -> Reason {
        Reason::new(text).unwrap()
    }

    fn raised() -> Timestamp {
        at("2026-11-24T10:00:00Z")
    }

    fn clock() -> Clock {
        let christmas = vec![date(2026, 12, 25)];
        let england = BankHolidays::new("England", "test", "", (2026, 2026), christmas).unwrap();
        Clock::of(raised(), true, &england)
    }

    async fn people(world: &World) -> Vec<Person> {
        let lines = world.store.people.all().await.unwrap();
        lines.into_iter().map(|line| line.person).collect()
    }

    async fn new(world: &World) -> NewConcern {
        let audit = world.audit().await;
        let record = world.store.audits.in_hand(audit).await.unwrap().unwrap().audit.record;
        NewConcern {
            record,
            audit: Some(audit),
            after_submission: false,
            seen: words("Not seen for nine weeks"),
            spoken: Some(Spoken {
                to: words("The duty manager"),
                at: at("2026-11-24T09:55:00Z"),
                why_before: None,
            }),
            form_key: "one".to_owned(),
        }
    }

    async fn raise(world: &World) -> ConcernId {
        let (new, clock) = (new(world).await, clock());
        let told = [Notice { level: Level::ServiceManagers, person: world.rosa }];
        let stamp = Stamp::person(world.priya, raised(), "test");
        world.store.concerns.raise(&stamp, &new, &clock, &told).await.unwrap().unwrap()
    }

    fn acknowledged(by: PersonId) -> Acknowledged {
        Acknowledged { by, at: at("2026-11-24T10:14:00Z"), doing: words("A visit today") }
    }

    pub async fn a_concern_is_kept_with_those_who_are_told_at_once(world: World) {
        let (new, clock) = (new(&world).await, clock());
        let concerns = &world.store.concerns;
        let told = [Notice { level: Level::ServiceManagers, person: world.rosa }];
        let stamp = Stamp::person(world.priya, raised(), "test");
        let id = concerns.raise(&stamp, &new, &clock, &told).await.unwrap().unwrap();
        assert_eq!(concerns.raise(&stamp, &new, &clock, &told).await.unwrap(), None, "twice");
        let kept = world.another_server().await.concerns.get(id).await.unwrap().unwrap();
        assert_eq!((kept.concern.stage.clone(), kept.clock), (Stage::Raised, clock));
        assert_eq!((kept.concern.by, &kept.concern.seen), (world.priya, &new.seen));
        assert_eq!((&kept.concern.spoken, kept.concern.audit), (&new.spoken, new.audit));
        assert!(kept.concern.whereabouts.is_within(world.service));
        assert_eq!((kept.reference.as_str(), kept.raised_by.as_str()), ("R-1", "Priya Anand"));
        let told = concerns.told(id).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].name.as_str(), told[0].at), ("Rosa Whitlow", raised()));
        // A notice that cannot be kept takes the concern with it: both, or neither.
        let nobody = [Notice { level: Level::ServiceManagers, person: PersonId(999) }];
        let other = NewConcern { form_key: "two".to_owned(), ..new };
        assert!(concerns.raise(&stamp, &other, &clock, &nobody).await.is_err());
        assert_eq!(concerns.all().await.unwrap().len(), 1);
    }

    pub async fn of_two_who_acknowledge_at_once_one_does(world: World) {
        let id = raise(&world).await;
        let other = world.another_server().await;
        let (rosa, lead) = (acknowledged(world.rosa), acknowledged(world.lead));
        let (by_rosa, by_lead) = (stamp(world.rosa), stamp(world.lead));
        let (one, two) = tokio::join!(
            world.store.concerns.acknowledge(&by_rosa, id, &rosa),
            other.concerns.acknowledge(&by_lead, id, &lead),
        );
        assert_eq!([one.unwrap(), two.unwrap()].iter().filter(|done| **done).count(), 1);
        assert!(world.store.concerns.waiting().await.unwrap().is_empty());
    }

    pub async fn a_concern_is_escalated_once_by_two_servers(world: World) {
        let id = raise(&world).await;
        let people = people(&world).await;
        let kept = world.store.concerns.waiting().await.unwrap().remove(0);
        let now = kept.clock.authority;
        let due = notices(&kept.clock, &kept.concern.whereabouts, &people, now);
        let stamp = Stamp::console(now, "test");
        let other = world.another_server().await;
        let (one, two) = tokio::join!(
            world.store.concerns.escalate(&stamp, id, &kept.clock, &due),
            other.concerns.escalate(&stamp, id, &kept.clock, &due),
        );
        // The manager was told when it was raised; nobody but the lead stands above her here.
        assert_eq!(one.unwrap() + two.unwrap(), 2);
        let told = world.store.concerns.told(id).await.unwrap();
        let told: Vec<_> = told.iter().map(|it| (it.notice.level, it.notice.person)).collect();
        let expected = [
            (Level::ServiceManagers, world.rosa),
            (Level::SeniorManagers, world.lead),
            (Level::Authority, world.lead),
        ];
        assert_eq!(told, expected);
        let rosa = acknowledged(world.rosa);
        assert!(world.store.concerns.acknowledge(&stamp, id, &rosa).await.unwrap());
        let priya = [Notice { level: Level::Authority, person: world.priya }];
        let late = world.store.concerns.escalate(&stamp, id, &kept.clock, &priya).await.unwrap();
        assert_eq!(late, 0, "somebody has acknowledged it");
        assert!(world.store.concerns.to_tell(Timestamp::MAX).await.unwrap().is_empty());
    }

    pub async fn nothing_is_closed_that_nobody_acknowledged(world: World) {
        let id = raise(&world).await;
        let concerns = &world.store.concerns;
        let closed = Stage::Closed {
            acknowledged: acknowledged(world.rosa),
            by: world.lead,
            at: at("2026-11-25T09:00:00Z"),
            outcome: words("Seen at home, and safe"),
        };
        assert!(!concerns.end(&stamp(world.lead), id, &closed).await.unwrap());
        let rosa = acknowledged(world.rosa);
        assert!(concerns.acknowledge(&stamp(world.rosa), id, &rosa).await.unwrap());
        let withdrawn =
            Stage::Withdrawn { by: world.priya, at: raised(), why: words("Another record") };
        assert!(!concerns.end(&stamp(world.priya), id, &withdrawn).await.unwrap());
        assert!(concerns.end(&stamp(world.lead), id, &closed).await.unwrap());
        assert!(!concerns.end(&stamp(world.lead), id, &closed).await.unwrap(), "twice");
        let kept = concerns.get(id).await.unwrap().unwrap();
        assert_eq!(kept.concern.stage, closed);
        assert_eq!(kept.closed_by.as_deref(), Some("Amara Osei"));
    }

    pub async fn concerns_are_counted_by_the_quarter_they_were_raised_in(world: World) {
        let id = raise(&world).await;
        let concerns = &world.store.concerns;
        let counts = async |quarter: &str| concerns.counts(quarter.parse().unwrap()).await.unwrap();
        assert_eq!(counts("2026-Q4").await, (1, 0));
        concerns.acknowledge(&stamp(world.rosa), id, &acknowledged(world.rosa)).await.unwrap();
        assert_eq!(counts("2026-Q4").await, (1, 1));
        assert_eq!(counts("2027-Q1").await, (0, 0));
    }

    pub async fn an_email_is_sent_by_one_server_and_tried_again_until_it_went(world: World) {
        let id = raise(&world).await;
        let concerns = &world.store.concerns;
        let now = raised();
        let after = |minutes| now.checked_add(SignedDuration::from_mins(minutes)).unwrap();
        let due = concerns.to_tell(now).await.unwrap();
        assert_eq!(due.len(), 1);
        assert_eq!((due[0].concern, due[0].name.as_str()), (id, "Rosa Whitlow"));
        let stamp = |at| Stamp::console(at, "test");
        let other = world.another_server().await;
        let (by_one, by_two) = (stamp(now), stamp(now));
        let (one, two) = tokio::join!(
            concerns.take_mail(&by_one, &due[0]),
            other.concerns.take_mail(&by_two, &due[0])
        );
        assert_eq!(u8::from(one.unwrap()) + u8::from(two.unwrap()), 1, "one of two servers");
        // The server that took it may have died; after a while another takes it.
        assert!(concerns.to_tell(after(1)).await.unwrap().is_empty());
        assert!(!other.concerns.take_mail(&stamp(after(1)), &due[0]).await.unwrap());
        assert_eq!(concerns.to_tell(after(3)).await.unwrap(), due);
        assert!(other.concerns.take_mail(&stamp(after(3)), &due[0]).await.unwrap());
        let trouble = Some("put off");
        concerns.settle_mail(&stamp(after(3)), &due[0], Mailed::Waiting, trouble).await.unwrap();
        assert_eq!(concerns.to_tell(after(6)).await.unwrap(), due);
        assert!(concerns.take_mail(&stamp(after(6)), &due[0]).await.unwrap());
        concerns.settle_mail(&stamp(after(6)), &due[0], Mailed::Sent, None).await.unwrap();
        assert!(concerns.to_tell(after(60)).await.unwrap().is_empty());
        let told = concerns.told(id).await.unwrap();
        assert_eq!(told[0].mail, Some((Mailed::Sent, after(6))));
    }

    pub async fn the_database_refuses_to_change_a_concern(world: World) {
        raise(&world).await;
        for statement in [
            "update concern set seen = 'nothing'",
            "delete from concern",
            "delete from concern_notice",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }
}
