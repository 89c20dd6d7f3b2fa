//! Who looks after tokens and the running of the program, as rows of the table of permissions.

use quarterlight_domain::permission::api::Scope;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::NewApiToken;

use crate::browser::{TODAY, World};
use crate::permissions::{Things, by_role};

/// Tokens of other programs, and how this one runs.
pub async fn operations(world: &World) -> Things {
    let raj = world.cast.person("raj.bedi").unwrap().id;
    let stamp = Stamp::person(raj, jiff::Timestamp::UNIX_EPOCH, "made an API token");
    let new = NewApiToken {
        name: "Nightly upload".to_owned(),
        digest: vec![7; 32],
        scopes: vec![Scope::CaseListsWrite],
        place: None,
        ends_on: TODAY,
    };
    let token = world.store.api_tokens.make(&stamp, &new).await.unwrap();
    Things {
        heading: "Tokens of other programs, and how this one runs".to_owned(),
        columns: by_role(),
        rows: vec![
            ("GET /api-tokens", "/api-tokens".to_owned()),
            ("POST /api-tokens", "/api-tokens".to_owned()),
            ("POST /api-tokens/{}/end", format!("/api-tokens/{token}/end")),
            ("GET /operations", "/operations".to_owned()),
        ],
    }
}

/// The pages of tokens and of operations ask as often for many tokens as for few.
#[tokio::test]
async fn the_pages_ask_a_constant_number_of_times() {
    use std::sync::atomic::Ordering;

    let world = World::new().await;
    let mut raj = world.signed_in("raj.bedi").await;
    let mut counted = Vec::new();
    for made in 0..3_u8 {
        let mut asked = Vec::new();
        for path in ["/api-tokens", "/operations"] {
            world.statements.store(0, Ordering::SeqCst);
            assert_eq!(raj.get(path).await.status, 200);
            asked.push(world.statements.load(Ordering::SeqCst));
        }
        assert!(asked.iter().all(|it| (2..=8).contains(it)), "{asked:?}");
        counted.push(asked);
        let name = format!("Program {made}");
        let form = [
            ("name", name.as_str()),
            ("scope", "health:read"),
            ("scope", "journal:read"),
            ("ends-day", "1"),
            ("ends-month", "3"),
            ("ends-year", "2027"),
        ];
        let made = raj.post("/api-tokens", &form).await;
        assert!(made.words().contains("Copy this token now"), "{}", made.words());
        assert!(!raj.get("/api-tokens").await.text.contains("qlt_"), "it is shown once");
    }
    assert!(counted.iter().all(|asked| *asked == counted[0]), "{counted:?}");
    // Too long a time, nothing to do, and no name are each said where they stand.
    let form = [("ends-day", "1"), ("ends-month", "3"), ("ends-year", "2029")];
    let words = raj.post("/api-tokens", &form).await.words();
    for error in
        ["Enter the program’s name", "Select what the program may do", "Enter a day within a year"]
    {
        assert_eq!(words.matches(error).count(), 2, "{error} in {words}");
    }
}
