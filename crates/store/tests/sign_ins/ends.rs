//! How sessions end, and what is noted of it.

on_both_engines!(
    a_changed_password_ends_every_other_session_and_its_key,
    sessions_that_ran_out_are_let_go_of_and_say_why,
    two_servers_that_sweep_leave_one_line_for_each_session,
    what_happened_is_never_changed,
    words_to_accept_hold_from_their_day,
);

mod stories {
    use jiff::civil::date;
    use jiff::{SignedDuration, Timestamp};
    use quarterlight_domain::sign_in::event::SignInEvent;
    use quarterlight_domain::sign_in::times::Times;
    use quarterlight_domain::stamp::Stamp;
    use quarterlight_store::{CopyKey, EventFilter, Happened};

    use crate::world::{World, at, ended, sql, stamp};

    fn after(minutes: i64) -> Timestamp {
        let start = at("2026-11-23T10:42:07Z");
        start.checked_add(SignedDuration::from_mins(minutes)).unwrap()
    }

    async fn events(world: &World) -> Vec<SignInEvent> {
        let filter = EventFilter { most: 100, ..EventFilter::default() };
        let lines = world.store.sign_ins.events(&filter).await.unwrap();
        lines.iter().map(|line| line.event).collect()
    }

    async fn starts(world: &World, token: &[u8], minutes: i64) {
        let stamp = Stamp::person(world.rosa, after(minutes), "signed in");
        world.store.sessions.start(&stamp, token, world.rosa).await.unwrap();
    }

    pub async fn a_changed_password_ends_every_other_session_and_its_key(world: World) {
        let audit = world.audit().await;
        for token in [b"one".as_slice(), b"two", b"three"] {
            starts(&world, token, 0).await;
            let key = CopyKey { id: format!("{token:?}"), secret: vec![1; 32] };
            let asks = (audit, world.rosa, token);
            world.store.copies.take(&stamp(world.rosa), asks, key).await.unwrap();
        }
        let priyas = Stamp::person(world.priya, after(0), "signed in");
        world.store.sessions.start(&priyas, b"hers", world.priya).await.unwrap();
        let changed = Happened { event: SignInEvent::PasswordChanged, ..ended(world.rosa) };
        let choice = (world.rosa, "a hash");
        let here = (b"two".as_slice(), None);
        let sign_ins = &world.store.sign_ins;
        sign_ins.change_password(&stamp(world.rosa), choice, here, &changed).await.unwrap();
        let left = world.store.sessions.of(world.rosa).await.unwrap();
        assert_eq!(left.iter().map(|line| line.token.as_slice()).collect::<Vec<_>>(), [b"two"]);
        assert_eq!(world.store.sessions.of(world.priya).await.unwrap().len(), 1);
        for (token, is_left) in [(b"one".as_slice(), false), (b"two", true), (b"three", false)] {
            let id = format!("{token:?}");
            let asks = (id.as_str(), world.rosa, b"two".as_slice());
            let key = world.store.copies.resume(&stamp(world.rosa), asks).await.unwrap();
            assert_eq!(key.is_some(), is_left, "{id}");
        }
        let by_change = SignInEvent::EndedByChange;
        let ends = events(&world).await.into_iter().filter(|event| *event == by_change).count();
        assert_eq!(ends, 2);
    }

    pub async fn sessions_that_ran_out_are_let_go_of_and_say_why(world: World) {
        starts(&world, b"old", 0).await;
        starts(&world, b"away", 600).await;
        starts(&world, b"here", 700).await;
        world.store.sessions.touch(b"old", after(720)).await.unwrap();
        world.store.sessions.touch(b"here", after(720)).await.unwrap();
        let gone = world.store.sign_ins.let_go(Times::default(), after(721)).await.unwrap();
        assert_eq!(gone.sessions, 2);
        let left = world.store.sessions.of(world.rosa).await.unwrap();
        assert_eq!(left.len(), 1);
        let mut why = events(&world).await;
        why.sort_by_key(|event| event.code());
        assert_eq!(why, [SignInEvent::EndedIdle, SignInEvent::EndedLongest]);
        let again = world.store.sign_ins.let_go(Times::default(), after(721)).await.unwrap();
        assert_eq!(again.sessions, 0);
    }

    pub async fn two_servers_that_sweep_leave_one_line_for_each_session(world: World) {
        for number in 0..20_u8 {
            starts(&world, &[number; 32], 0).await;
        }
        let other = world.another_server().await;
        let (one, two) = tokio::join!(
            world.store.sign_ins.let_go(Times::default(), after(90)),
            other.sign_ins.let_go(Times::default(), after(90))
        );
        assert_eq!(one.unwrap().sessions + two.unwrap().sessions, 20);
        assert_eq!(events(&world).await.len(), 20);
    }

    pub async fn what_happened_is_never_changed(world: World) {
        world.store.sign_ins.note(&ended(world.rosa)).await.unwrap();
        for statement in ["update sign_in_event set kind = 'wrong'", "delete from sign_in_event"] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
        assert_eq!(events(&world).await, [SignInEvent::SignedOut]);
    }

    pub async fn words_to_accept_hold_from_their_day(world: World) {
        let sign_ins = &world.store.sign_ins;
        let console = Stamp::console(after(0), "kept words");
        assert!(sign_ins.confidentiality(date(2026, 11, 23)).await.unwrap().is_none());
        let first =
            sign_ins.keep_confidentiality(&console, date(2026, 1, 1), "One.").await.unwrap();
        sign_ins.keep_confidentiality(&console, date(2027, 1, 1), "Two.").await.unwrap();
        let words = async |day| sign_ins.confidentiality(day).await.unwrap().unwrap().words;
        assert_eq!(words(date(2026, 12, 31)).await, "One.");
        assert_eq!(words(date(2027, 1, 1)).await, "Two.");
        starts(&world, b"token", 0).await;
        let asked = async |day| {
            let session = world.store.sessions.find(b"token", day).await.unwrap().unwrap();
            session.confidentiality.unwrap()
        };
        assert_eq!(asked(date(2026, 11, 23)).await, (first, None));
        let accepts = Happened { event: SignInEvent::Accepted, ..ended(world.rosa) };
        let stamp = stamp(world.rosa);
        sign_ins.accept(&stamp, (world.rosa, first), &accepts).await.unwrap();
        assert_eq!(asked(date(2026, 11, 23)).await, (first, Some(stamp.at)));
        assert_eq!(asked(date(2027, 1, 1)).await.1, None, "new words are accepted anew");
    }
}
