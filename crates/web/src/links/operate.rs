//! Links to what an administrator looks after: tokens, and how the program runs.

use quarterlight_domain::id::ApiTokenId;

/// The tokens that other programs show.
pub fn api_tokens() -> String {
    "/api-tokens".to_owned()
}

/// Ending one.
pub fn end_api_token(id: ApiTokenId) -> String {
    format!("/api-tokens/{id}/end")
}

/// How the program runs.
pub fn operations() -> String {
    "/operations".to_owned()
}
