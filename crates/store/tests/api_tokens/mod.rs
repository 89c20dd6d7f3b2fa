//! Tokens of other programs: known by their digest alone, ended for good, and counted by the minute.

on_both_engines!(
    a_token_is_found_by_its_digest_until_it_is_ended,
    a_token_that_comes_too_often_waits_for_the_next_minute,
);

mod stories {
    use jiff::civil::date;
    use jiff::{SignedDuration, Timestamp};
    use quarterlight_domain::permission::api::Scope;
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{NewApiToken, Pace};

    use crate::world::{World, stamp};

    fn new(digest: u8) -> NewApiToken {
        NewApiToken {
            name: "Nightly upload".to_owned(),
            digest: vec![digest; 32],
            scopes: vec![Scope::CaseListsWrite, Scope::HealthRead],
            place: None,
            ends_on: date(2027, 3, 31),
        }
    }

    pub async fn a_token_is_found_by_its_digest_until_it_is_ended(world: World) {
        let (tokens, stamp) = (&world.store.api_tokens, stamp(world.lead));
        let id = tokens.make(&stamp, &new(1)).await.unwrap();
        tokens.make(&stamp, &new(2)).await.unwrap();
        assert!(tokens.make(&stamp, &new(1)).await.is_err(), "two programs never share one");
        let found = tokens.by_digest(&[1; 32]).await.unwrap().unwrap();
        assert_eq!(found.bearer.token, id);
        assert_eq!(found.bearer.scopes, [Scope::CaseListsWrite, Scope::HealthRead]);
        assert_eq!((found.last_used, found.bearer.is_ended), (None, false));
        assert!(tokens.by_digest(&[3; 32]).await.unwrap().is_none());
        let why = Reason::new("The server it ran on is gone.").unwrap();
        assert!(tokens.end(&stamp, id, &why).await.unwrap());
        assert!(!tokens.end(&stamp, id, &why).await.unwrap(), "it ends once");
        assert!(tokens.by_digest(&[1; 32]).await.unwrap().unwrap().bearer.is_ended);
        assert_eq!(tokens.all().await.unwrap().len(), 2);
        assert!(world.store.journal.verify(None, &|_| {}).await.unwrap().is_clean());
    }

    pub async fn a_token_that_comes_too_often_waits_for_the_next_minute(world: World) {
        let (tokens, stamp) = (&world.store.api_tokens, stamp(world.lead));
        let id = tokens.make(&stamp, &new(1)).await.unwrap();
        let other = tokens.make(&stamp, &new(2)).await.unwrap();
        let at: Timestamp = "2026-11-23T12:00:10Z".parse().unwrap();
        let call = async |id, at| tokens.note(id, ("GET /x", "7f3a"), at, 3).await.unwrap();
        for _ in 0..3 {
            assert_eq!(call(id, at).await, Pace::Fair);
        }
        assert_eq!(call(id, at).await, Pace::TooFast);
        assert_eq!(call(other, at).await, Pace::Fair, "another token has a pace of its own");
        let next = at.checked_add(SignedDuration::from_secs(60)).unwrap();
        assert_eq!(call(id, next).await, Pace::Fair);
        let used = tokens.by_digest(&[1; 32]).await.unwrap().unwrap().last_used;
        assert_eq!(used, Some(next));
    }
}
