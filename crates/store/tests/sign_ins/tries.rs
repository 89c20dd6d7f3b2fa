//! Tries to sign in: nobody guesses for long, and nobody is locked out by others.

on_both_engines!(
    ten_wrong_tries_are_looked_at_in_five_minutes,
    two_servers_count_the_same_tries,
    many_tries_at_once_are_no_way_round,
    others_cannot_stop_a_browser_that_is_known,
    elsewhere_an_account_under_attack_waits_a_quarter_of_a_minute,
    a_cookie_that_was_planted_is_worth_nothing,
    tries_are_let_go_of_after_a_day,
);

mod stories {
    use jiff::{SignedDuration, Timestamp};
    use quarterlight_domain::sign_in::limits::{APART, Verdict, WINDOW, verdict};
    use quarterlight_domain::sign_in::proof::Proof;
    use quarterlight_domain::sign_in::times::Times;
    use quarterlight_store::{NewSession, NewTry, Store, TryOutcome};

    use crate::world::{World, at, ended, stamp};

    const ACCOUNT: &[u8] = b"the account of rosa";
    const HOME: &str = "192.0.2.7";

    fn start() -> Timestamp {
        at("2026-11-23T10:42:07Z")
    }

    fn after(seconds: i64) -> Timestamp {
        start().checked_add(SignedDuration::from_secs(seconds)).unwrap()
    }

    async fn tried(
        store: &Store,
        (account, network, browser): (&[u8], &str, Option<&[u8]>),
        at: Timestamp,
    ) -> Verdict {
        let new = NewTry { account, network, browser, at };
        let (id, tries) = store.sign_ins.try_begins(&new).await.unwrap();
        let verdict = verdict(&tries, at);
        let outcome = match verdict {
            Verdict::LookAt => TryOutcome::Wrong,
            Verdict::Wait(_) => TryOutcome::Unseen,
        };
        store.sign_ins.try_ends(id, outcome).await.unwrap();
        verdict
    }

    /// Rosa signs in, and her browser is known by these words from now on.
    async fn signs_in(world: &World, session: &[u8], browser: (Option<&[u8]>, &[u8])) {
        let new = NewSession {
            token: session,
            proof: Proof::Password,
            proved: start(),
            account: ACCOUNT,
            browser,
            before: None,
            happened: &ended(world.rosa),
        };
        world.store.sessions.open(&stamp(world.rosa), &new).await.unwrap();
    }

    pub async fn ten_wrong_tries_are_looked_at_in_five_minutes(world: World) {
        for _ in 0..10 {
            let verdict = tried(&world.store, (ACCOUNT, HOME, None), start()).await;
            assert_eq!(verdict, Verdict::LookAt);
        }
        for seconds in [0, 60, 299] {
            let verdict = tried(&world.store, (ACCOUNT, HOME, None), after(seconds)).await;
            assert_eq!(verdict, Verdict::Wait(WINDOW), "{seconds}");
        }
        // What was not looked at does not keep somebody out for longer.
        let verdict = tried(&world.store, (ACCOUNT, HOME, None), after(301)).await;
        assert_eq!(verdict, Verdict::LookAt);
    }

    pub async fn two_servers_count_the_same_tries(world: World) {
        let other = world.another_server().await;
        for number in 0..10 {
            let server = if number % 2 == 0 { &world.store } else { &other };
            tried(server, (ACCOUNT, HOME, None), start()).await;
        }
        for server in [&world.store, &other] {
            let verdict = tried(server, (ACCOUNT, HOME, None), start()).await;
            assert_eq!(verdict, Verdict::Wait(WINDOW));
        }
    }

    pub async fn many_tries_at_once_are_no_way_round(world: World) {
        let mut running = Vec::new();
        for _ in 0..40 {
            let store = world.store.clone();
            running.push(tokio::spawn(async move {
                tried(&store, (ACCOUNT, HOME, None), start()).await
            }));
        }
        let mut seen = 0;
        for one in running {
            seen += usize::from(one.await.unwrap() == Verdict::LookAt);
        }
        assert_eq!(seen, 10, "of 40 that came at once");
    }

    pub async fn others_cannot_stop_a_browser_that_is_known(world: World) {
        signs_in(&world, b"session", (None, b"hers")).await;
        // From many places, and from her own network too, for an hour.
        for minute in 0..60 {
            for place in ["198.51.100.1", "198.51.100.2", HOME] {
                for _ in 0..12 {
                    tried(&world.store, (ACCOUNT, place, None), after(minute * 60)).await;
                }
            }
        }
        let hers = Some(b"hers".as_slice());
        let verdict = tried(&world.store, (ACCOUNT, HOME, hers), after(3_540)).await;
        assert_eq!(verdict, Verdict::LookAt);
        // The control: without her cookie she is a stranger in that network, like those who tried.
        let verdict = tried(&world.store, (ACCOUNT, HOME, None), after(3_540)).await;
        assert!(matches!(verdict, Verdict::Wait(_)));
        // Her browser has its own limit: whoever finds the machine does not guess for long.
        for _ in 0..9 {
            tried(&world.store, (ACCOUNT, HOME, hers), after(3_541)).await;
        }
        let verdict = tried(&world.store, (ACCOUNT, HOME, hers), after(3_541)).await;
        assert_eq!(verdict, Verdict::Wait(WINDOW));
        // And it is known to her account alone.
        let another = (b"another account".as_slice(), HOME, hers);
        let new = NewTry { account: another.0, network: HOME, browser: hers, at: after(3_541) };
        let (_, tries) = world.store.sign_ins.try_begins(&new).await.unwrap();
        assert_eq!(tries.of_known_browser, None);
    }

    pub async fn elsewhere_an_account_under_attack_waits_a_quarter_of_a_minute(world: World) {
        for place in 0..12 {
            tried(&world.store, (ACCOUNT, &format!("198.51.100.{place}"), None), start()).await;
        }
        let asks = (ACCOUNT, "203.0.113.9", None);
        assert_eq!(tried(&world.store, asks, after(1)).await, Verdict::Wait(APART));
        assert_eq!(tried(&world.store, asks, after(10)).await, Verdict::Wait(APART));
        assert_eq!(tried(&world.store, asks, after(25)).await, Verdict::LookAt);
    }

    pub async fn a_cookie_that_was_planted_is_worth_nothing(world: World) {
        signs_in(&world, b"one", (Some(b"planted"), b"hers")).await;
        let known = async |browser: &[u8]| {
            let new =
                NewTry { account: ACCOUNT, network: HOME, browser: Some(browser), at: start() };
            let (_, tries) = world.store.sign_ins.try_begins(&new).await.unwrap();
            tries.of_known_browser.is_some()
        };
        assert!(!known(b"planted").await);
        assert!(known(b"hers").await);
        signs_in(&world, b"two", (Some(b"hers"), b"anew")).await;
        assert!(!known(b"hers").await, "each sign-in takes a new one");
        assert!(known(b"anew").await);
    }

    pub async fn tries_are_let_go_of_after_a_day(world: World) {
        for _ in 0..3 {
            tried(&world.store, (ACCOUNT, HOME, None), start()).await;
        }
        let times = Times::default();
        let early = world.store.sign_ins.let_go(times, after(3_600)).await.unwrap();
        assert_eq!(early.tries, 0);
        let late = world.store.sign_ins.let_go(times, after(90_000)).await.unwrap();
        assert_eq!(late.tries, 3);
    }
}
