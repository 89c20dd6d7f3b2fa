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
