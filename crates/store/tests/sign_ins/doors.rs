//! What an administrator ends, what takes two of them, and what a new session does to the one before.

on_both_engines!(
    a_lost_second_factor_ends_with_a_reason_and_is_told_once,
    the_two_halves_of_an_account_take_two_people,
    every_session_of_somebody_ends_with_a_reason,
    a_new_session_ends_the_one_that_the_browser_had,
    what_was_shown_again_is_kept_with_the_session,
    tries_from_elsewhere_are_counted_by_network_and_known_browser,
    what_ended_a_second_factor_is_never_changed,
);

mod stories {
    use jiff::{SignedDuration, Timestamp};
    use quarterlight_domain::id::PersonId;
    use quarterlight_domain::sign_in::event::SignInEvent;
    use quarterlight_domain::sign_in::limits::{MOST_OF_NETWORK, Verdict, verdict};
    use quarterlight_domain::sign_in::proof::Proof;
    use quarterlight_domain::stamp::Stamp;
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{EventFilter, Happened, NewSession, NewTry, TryOutcome};

    use crate::world::{World, at, ended, sql, stamp};

    fn start() -> Timestamp {
        at("2026-11-23T10:42:07Z")
    }

    fn why() -> Reason {
        Reason::new("I saw her pass.").unwrap()
    }

    fn happened(world: &World, event: SignInEvent, by: PersonId) -> Happened {
        Happened { event, by: Some(by), ..ended(world.rosa) }
    }

    async fn codes_on(world: &World, recovery: &[Vec<u8>]) {
        let codes = (world.rosa, b"sealed".as_slice(), 100);
        let on = Happened { event: SignInEvent::CodesOn, ..ended(world.rosa) };
        let stamp = stamp(world.rosa);
        world.store.sign_ins.switch_codes_on(&stamp, codes, recovery, &on).await.unwrap();
    }

    async fn opens(world: &World, token: &[u8], before: Option<&[u8]>) {
        let new = NewSession {
            token,
            proof: Proof::Code,
            proved: start(),
            account: b"the account of rosa",
            browser: (None, token),
            before,
            happened: &Happened { event: SignInEvent::SignedIn, ..ended(world.rosa) },
        };
        world.store.sessions.open(&stamp(world.rosa), &new).await.unwrap();
    }

    async fn events(world: &World, event: SignInEvent) -> usize {
        let filter = EventFilter { event: Some(event), most: 50, ..EventFilter::default() };
        world.store.sign_ins.events(&filter).await.unwrap().len()
    }

    pub async fn a_lost_second_factor_ends_with_a_reason_and_is_told_once(world: World) {
        codes_on(&world, &[b"recovery".to_vec()]).await;
        opens(&world, b"session", None).await;
        let sign_ins = &world.store.sign_ins;
        let size = world.journal_size().await;
        let noted = happened(&world, SignInEvent::FactorsEnded, world.lead);
        let lead = stamp(world.lead);
        assert!(sign_ins.end_factors(&lead, world.rosa, &why(), &noted).await.unwrap());
        assert_eq!(world.journal_size().await, size + 1);
        let with = sign_ins.of(world.rosa).await.unwrap().unwrap().with;
        assert_eq!((with.has_second(), with.recovery_codes), (false, 0));
        assert_eq!(world.store.sessions.of(world.rosa).await.unwrap().len(), 0);
        assert_eq!(events(&world, SignInEvent::FactorsEnded).await, 1);
        let told = sign_ins.factors_to_tell().await.unwrap();
        assert_eq!(told.len(), 1);
        assert!(told[0].by.is_some());
        for _ in 0..2 {
            sign_ins.factors_were_told(told[0].id, start()).await.unwrap();
        }
        assert_eq!(sign_ins.factors_to_tell().await.unwrap().len(), 0);
    }

    pub async fn the_two_halves_of_an_account_take_two_people(world: World) {
        let sign_ins = &world.store.sign_ins;
        let day = |hours| {
            let at = start().checked_add(SignedDuration::from_hours(hours)).unwrap();
            Stamp::person(world.lead, at, "test")
        };
        let made = happened(&world, SignInEvent::ResetMade, world.lead);
        let noted = happened(&world, SignInEvent::FactorsEnded, world.lead);
        let resets = async |stamp: &Stamp, digest: &[u8]| {
            sign_ins.keep_reset(stamp, world.rosa, digest, &made).await.unwrap()
        };
        let ends = async |stamp: &Stamp| {
            codes_on(&world, &[]).await;
            sign_ins.end_factors(stamp, world.rosa, &why(), &noted).await.unwrap()
        };
        assert!(resets(&day(0), b"first").await);
        assert!(!ends(&day(1)).await, "the same person");
        assert!(sign_ins.of(world.rosa).await.unwrap().unwrap().with.codes, "nothing was changed");
        assert!(ends(&stamp(world.priya)).await, "another one");
        assert!(!resets(&stamp(world.priya), b"second").await, "and the other way round");
        assert_eq!(sign_ins.reset_of(b"second", start()).await.unwrap(), None);
        assert_eq!(sign_ins.reset_of(b"first", start()).await.unwrap(), Some(world.rosa));
        // A day later nobody remembers what the code was for; it has long run out.
        assert!(ends(&day(25)).await);
        // Whoever runs the server's machine may do what the machine lets them.
        let console = Stamp::console(start(), "test");
        assert!(resets(&console, b"third").await && ends(&console).await);
    }

    pub async fn every_session_of_somebody_ends_with_a_reason(world: World) {
        for token in [b"one".as_slice(), b"two"] {
            opens(&world, token, None).await;
        }
        world.store.sessions.start(&stamp(world.priya), b"hers", world.priya).await.unwrap();
        let noted = happened(&world, SignInEvent::EndedByAdministrator, world.lead);
        let size = world.journal_size().await;
        let sign_ins = &world.store.sign_ins;
        let lead = stamp(world.lead);
        assert_eq!(sign_ins.end_sessions(&lead, world.rosa, &why(), &noted).await.unwrap(), 2);
        assert_eq!(world.journal_size().await, size + 1);
        assert_eq!(world.store.sessions.of(world.rosa).await.unwrap().len(), 0);
        assert_eq!(world.store.sessions.of(world.priya).await.unwrap().len(), 1);
        assert_eq!(events(&world, SignInEvent::EndedByAdministrator).await, 2);
    }

    pub async fn a_new_session_ends_the_one_that_the_browser_had(world: World) {
        opens(&world, b"one", None).await;
        opens(&world, b"elsewhere", None).await;
        opens(&world, b"two", Some(b"one")).await;
        // A cookie that somebody made up ends nothing.
        opens(&world, b"three", Some(b"made up")).await;
        let mut left: Vec<Vec<u8>> = Vec::new();
        for line in world.store.sessions.of(world.rosa).await.unwrap() {
            left.push(line.token);
        }
        left.sort();
        assert_eq!(left, [b"elsewhere".to_vec(), b"three".to_vec(), b"two".to_vec()]);
        assert_eq!(events(&world, SignInEvent::EndedAnew).await, 1);
    }

    pub async fn what_was_shown_again_is_kept_with_the_session(world: World) {
        let sessions = &world.store.sessions;
        sessions.start(&stamp(world.rosa), b"token", world.rosa).await.unwrap();
        let find = async || sessions.find(b"token", stamp(world.rosa).day()).await;
        let before = find().await.unwrap().unwrap();
        assert_eq!((before.proof, before.proved), (Proof::Password, before.started));
        let later = start().checked_add(SignedDuration::from_mins(30)).unwrap();
        let noted = Happened { event: SignInEvent::Shown, at: later, ..ended(world.rosa) };
        sessions.proved(b"token", Proof::Code, later, Some(&noted)).await.unwrap();
        let after = find().await.unwrap().unwrap();
        assert_eq!((after.proof, after.proved), (Proof::Code, later));
        assert_eq!(after.started, before.started, "it lasts no longer for that");
        assert_eq!(events(&world, SignInEvent::Shown).await, 1);
    }

    pub async fn tries_from_elsewhere_are_counted_by_network_and_known_browser(world: World) {
        opens(&world, b"known", None).await;
        let other = world.another_server().await;
        let (most, mut seen) = (MOST_OF_NETWORK, 0);
        let tries = async |network: &str, browser: Option<&[u8]>, number: u32| {
            let store = if number.is_multiple_of(2) { &world.store } else { &other };
            let new = NewTry { account: network.as_bytes(), network, browser, at: start() };
            let (id, tries) = store.sign_ins.try_begins_elsewhere(&new).await.unwrap();
            let verdict = verdict(&tries, start());
            let is_seen = verdict == Verdict::LookAt;
            let outcome = if is_seen { TryOutcome::Wrong } else { TryOutcome::Unseen };
            store.sign_ins.try_ends(id, outcome).await.unwrap();
            is_seen
        };
        for number in 0..most + 5 {
            seen += u32::from(tries("192.0.2.7", None, number).await);
        }
        assert_eq!(seen, most, "on two servers together");
        assert!(tries("198.51.100.1", None, 0).await, "another network");
        assert!(tries("192.0.2.7", Some(b"known"), 0).await, "a browser that is known");
        assert!(!tries("192.0.2.7", Some(b"made up"), 0).await);
    }

    pub async fn what_ended_a_second_factor_is_never_changed(world: World) {
        let noted = happened(&world, SignInEvent::FactorsEnded, world.lead);
        let sign_ins = &world.store.sign_ins;
        sign_ins.end_factors(&stamp(world.lead), world.rosa, &why(), &noted).await.unwrap();
        let told = sign_ins.factors_to_tell().await.unwrap();
        sign_ins.factors_were_told(told[0].id, start()).await.unwrap();
        for statement in [
            "update second_factor_ended set why = 'another'",
            "delete from second_factor_ended",
            "delete from second_factor_told",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }
}
