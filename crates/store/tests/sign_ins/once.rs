//! What opens once: one-time codes, recovery codes, resets, and passkeys that count.

on_both_engines!(
    a_code_works_once_on_two_servers_at_the_same_moment,
    a_recovery_code_works_once,
    new_recovery_codes_end_those_before,
    a_reset_works_once_and_for_an_hour,
    a_passkey_that_counts_backwards_is_refused,
    a_half_done_sign_in_has_five_tries,
    what_is_changed_about_signing_in_is_in_the_journal,
);

mod stories {
    use jiff::{SignedDuration, Timestamp};
    use quarterlight_domain::sign_in::event::SignInEvent;
    use quarterlight_store::{EventFilter, Happened, NewPasskey, PendingKind};

    use crate::world::{World, at, ended, stamp};

    fn after(minutes: i64) -> Timestamp {
        let start = at("2026-11-23T10:42:07Z");
        start.checked_add(SignedDuration::from_mins(minutes)).unwrap()
    }

    async fn codes_on(world: &World, recovery: &[Vec<u8>]) -> i64 {
        let codes = (world.rosa, b"sealed".as_slice(), 100);
        let happened = Happened { event: SignInEvent::CodesOn, ..ended(world.rosa) };
        let stamp = stamp(world.rosa);
        world.store.sign_ins.switch_codes_on(&stamp, codes, recovery, &happened).await.unwrap();
        world.store.sign_ins.codes_of(world.rosa).await.unwrap().unwrap().id
    }

    pub async fn a_code_works_once_on_two_servers_at_the_same_moment(world: World) {
        let codes = codes_on(&world, &[]).await;
        let other = world.another_server().await;
        assert!(!world.store.sign_ins.use_code(codes, 100).await.unwrap(), "it switched them on");
        for step in 101..111 {
            let (one, two) = tokio::join!(
                world.store.sign_ins.use_code(codes, step),
                other.sign_ins.use_code(codes, step)
            );
            assert!(one.unwrap() ^ two.unwrap(), "once, and once alone");
        }
        assert!(!other.sign_ins.use_code(codes, 105).await.unwrap(), "nor one from before");
        let off = Happened { event: SignInEvent::CodesOff, ..ended(world.rosa) };
        world.store.sign_ins.switch_codes_off(&stamp(world.rosa), world.rosa, &off).await.unwrap();
        assert!(!other.sign_ins.use_code(codes, 200).await.unwrap());
        assert!(other.sign_ins.codes_of(world.rosa).await.unwrap().is_none());
    }

    pub async fn a_recovery_code_works_once(world: World) {
        codes_on(&world, &[b"first".to_vec(), b"second".to_vec()]).await;
        let uses = async |who, digest: &[u8]| {
            let happened = Happened { event: SignInEvent::RecoveryUsed, ..ended(who) };
            let sign_ins = &world.store.sign_ins;
            sign_ins.use_recovery_code(&stamp(who), who, digest, &happened).await.unwrap()
        };
        assert!(!uses(world.priya, b"first").await, "it is not hers");
        assert!(uses(world.rosa, b"first").await);
        assert!(!uses(world.rosa, b"first").await);
        assert!(!uses(world.rosa, b"third").await);
        let with = world.store.sign_ins.of(world.rosa).await.unwrap().unwrap().with;
        assert_eq!((with.codes, with.recovery_codes), (true, 1));
    }

    pub async fn new_recovery_codes_end_those_before(world: World) {
        codes_on(&world, &[b"first".to_vec()]).await;
        let happened = Happened { event: SignInEvent::RecoveryMade, ..ended(world.rosa) };
        let (sign_ins, stamp) = (&world.store.sign_ins, stamp(world.rosa));
        let new = [b"second".to_vec()];
        sign_ins.give_recovery_codes(&stamp, world.rosa, &new, &happened).await.unwrap();
        let uses = async |digest: &[u8]| {
            sign_ins.use_recovery_code(&stamp, world.rosa, digest, &happened).await.unwrap()
        };
        assert!(!uses(b"first").await);
        assert!(uses(b"second").await);
    }

    pub async fn a_reset_works_once_and_for_an_hour(world: World) {
        codes_on(&world, &[b"recovery".to_vec()]).await;
        let sign_ins = &world.store.sign_ins;
        let made = Happened { event: SignInEvent::ResetMade, ..ended(world.rosa) };
        for digest in [b"first".as_slice(), b"second"] {
            sign_ins.keep_reset(&stamp(world.lead), world.rosa, digest, &made).await.unwrap();
        }
        let whose =
            async |digest: &[u8], minutes| sign_ins.reset_of(digest, after(minutes)).await.unwrap();
        assert_eq!(whose(b"first", 1).await, None, "the second took its place");
        assert_eq!(whose(b"second", 59).await, Some(world.rosa));
        assert_eq!(whose(b"second", 61).await, None);
        world.store.sessions.start(&stamp(world.rosa), b"token", world.rosa).await.unwrap();
        let used = Happened { event: SignInEvent::ResetUsed, ..ended(world.rosa) };
        let uses = async |hash: &str| {
            let choice = (world.rosa, b"second".as_slice(), hash);
            sign_ins.use_reset(&stamp(world.rosa), choice, &used).await.unwrap()
        };
        assert!(uses("a hash").await);
        assert!(!uses("another").await);
        assert_eq!(sign_ins.password_of(world.rosa).await.unwrap().as_deref(), Some("a hash"));
        assert_eq!(world.store.sessions.of(world.rosa).await.unwrap().len(), 0);
        let with = sign_ins.of(world.rosa).await.unwrap().unwrap().with;
        assert_eq!((with.codes, with.recovery_codes), (true, 1), "no way round the second factor");
    }

    pub async fn a_passkey_that_counts_backwards_is_refused(world: World) {
        let sign_ins = &world.store.sign_ins;
        let added = Happened { event: SignInEvent::PasskeyAdded, ..ended(world.rosa) };
        let new = |credential: &str, person| NewPasskey {
            person,
            name: "Laptop".to_owned(),
            credential: credential.to_owned(),
            passkey: "{}".to_owned(),
        };
        let stamp = stamp(world.rosa);
        sign_ins.add_passkey(&stamp, &new("abc", world.rosa), &added).await.unwrap();
        let again = sign_ins.add_passkey(&stamp, &new("abc", world.priya), &added).await;
        assert!(again.unwrap_err().is_duplicate(), "it is hers");
        let kept = sign_ins.passkey("abc").await.unwrap().unwrap();
        let uses =
            async |counter| sign_ins.use_passkey(kept.id, (counter, "{}"), after(1)).await.unwrap();
        assert!(uses(0).await && uses(0).await, "a synchronised one counts nothing");
        assert!(uses(7).await);
        assert!(!uses(7).await && !uses(6).await && !uses(0).await, "there are two of it");
        assert!(uses(8).await);
        let removed = Happened { event: SignInEvent::PasskeyRemoved, ..ended(world.rosa) };
        let removes =
            async |who| sign_ins.remove_passkey(&stamp, (who, kept.id), &removed).await.unwrap();
        assert!(!removes(world.priya).await);
        assert!(removes(world.rosa).await && !removes(world.rosa).await);
        assert!(!uses(9).await);
        assert!(sign_ins.passkey("abc").await.unwrap().is_none());
    }

    pub async fn a_half_done_sign_in_has_five_tries(world: World) {
        let sign_ins = &world.store.sign_ins;
        let (kind, who) = (PendingKind::Code, Some(world.rosa));
        sign_ins.wait_for(b"half", (kind, who), "", after(0)).await.unwrap();
        for _ in 0..5 {
            let pending = sign_ins.take_try(b"half", after(1)).await.unwrap().unwrap();
            assert_eq!(pending.person, Some(world.rosa));
        }
        assert!(sign_ins.take_try(b"half", after(1)).await.unwrap().is_none());
        sign_ins.wait_for(b"late", (kind, who), "", after(0)).await.unwrap();
        assert!(sign_ins.take_try(b"late", after(11)).await.unwrap().is_none());
        let passkey = PendingKind::Passkey;
        sign_ins.wait_for(b"key", (passkey, None), "question", after(0)).await.unwrap();
        assert!(sign_ins.take_pending(b"key", kind, after(1)).await.unwrap().is_none());
        let pending = sign_ins.take_pending(b"key", passkey, after(1)).await.unwrap().unwrap();
        assert_eq!(pending.question, "question");
        assert!(sign_ins.take_pending(b"key", passkey, after(1)).await.unwrap().is_none(), "once");
    }

    pub async fn what_is_changed_about_signing_in_is_in_the_journal(world: World) {
        let size = world.journal_size().await;
        codes_on(&world, &[b"secret words".to_vec()]).await;
        assert_eq!(world.journal_size().await, size + 1);
        let sign_ins = &world.store.sign_ins;
        let changed = Happened { event: SignInEvent::PasswordChanged, ..ended(world.rosa) };
        let choice = (world.rosa, "a hash");
        let here = (b"token".as_slice(), None);
        sign_ins.change_password(&stamp(world.rosa), choice, here, &changed).await.unwrap();
        assert_eq!(world.journal_size().await, size + 2);
        let filter = EventFilter { person: Some(world.rosa), most: 10, ..EventFilter::default() };
        let events = sign_ins.events(&filter).await.unwrap();
        let events: Vec<SignInEvent> = events.iter().map(|line| line.event).collect();
        assert_eq!(events, [SignInEvent::PasswordChanged, SignInEvent::CodesOn]);
    }
}
