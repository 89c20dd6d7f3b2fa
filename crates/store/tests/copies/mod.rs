//! The keys of copies: one for a session, given again to its person alone, gone with the session.

on_both_engines!(
    a_session_has_one_key_and_another_session_another,
    a_key_is_given_again_to_its_person_alone,
    a_key_goes_with_the_session_that_has_it,
    every_copy_leaves_a_line_in_the_journal_without_the_key,
);

mod stories {
    use quarterlight_domain::id::AuditId;
    use quarterlight_store::CopyKey;

    use crate::world::{World, ended, stamp};

    fn key(id: &str, byte: u8) -> CopyKey {
        CopyKey { id: id.to_owned(), secret: vec![byte; 32] }
    }

    async fn session(world: &World, token: u8) -> Vec<u8> {
        let token = vec![token; 32];
        world.store.sessions.start(&stamp(world.priya), &token, world.priya).await.unwrap();
        token
    }

    async fn take(world: &World, audit: AuditId, session: &[u8], new: CopyKey) -> CopyKey {
        let asks = (audit, world.priya, session);
        world.store.copies.take(&stamp(world.priya), asks, new).await.unwrap()
    }

    pub async fn a_session_has_one_key_and_another_session_another(world: World) {
        let audit = world.audit().await;
        let (one, two) = (session(&world, 1).await, session(&world, 2).await);
        assert_eq!(take(&world, audit, &one, key("a", 1)).await, key("a", 1));
        assert_eq!(take(&world, audit, &one, key("b", 2)).await, key("a", 1));
        assert_eq!(take(&world, audit, &two, key("c", 3)).await, key("c", 3));
    }

    pub async fn a_key_is_given_again_to_its_person_alone(world: World) {
        let audit = world.audit().await;
        let (one, two) = (session(&world, 1).await, session(&world, 2).await);
        take(&world, audit, &one, key("a", 1)).await;
        let resume = async |id: &'static str, who| {
            world.store.copies.resume(&stamp(who), (id, who, &two)).await.unwrap()
        };
        let size = world.journal_size().await;
        assert_eq!(resume("a", world.rosa).await, None);
        assert_eq!(resume("z", world.priya).await, None);
        assert_eq!(world.journal_size().await, size, "nothing was changed");
        assert_eq!(resume("a", world.priya).await, Some(key("a", 1)));
    }

    pub async fn a_key_goes_with_the_session_that_has_it(world: World) {
        let audit = world.audit().await;
        let (one, two) = (session(&world, 1).await, session(&world, 2).await);
        take(&world, audit, &one, key("a", 1)).await;
        let priya = world.priya;
        let resume = async |session: &[u8]| {
            let asks = ("a", priya, session);
            world.store.copies.resume(&stamp(priya), asks).await.unwrap()
        };
        assert!(resume(&two).await.is_some());
        assert!(world.store.sessions.end(&stamp(priya), &one, &ended(priya)).await.unwrap());
        assert!(resume(&two).await.is_some(), "it is the second session's now");
        assert!(world.store.sessions.end(&stamp(priya), &two, &ended(priya)).await.unwrap());
        assert!(resume(&two).await.is_none());
    }

    pub async fn every_copy_leaves_a_line_in_the_journal_without_the_key(world: World) {
        let one = session(&world, 1).await;
        let audit = world.audit().await;
        let size = world.journal_size().await;
        let key = take(&world, audit, &one, key("a", 110)).await;
        assert_eq!(world.journal_size().await, size + 1);
        assert!(!format!("{key:?}").contains("110"), "a key is never written into a log");
    }
}
