//! The routes of signing in, of what people sign in with, and of what is noted of it.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::pages::{account, sessions, sign_ins};

/// The pages of somebody who is signed in.
pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/confidentiality",
            get(sessions::confidentiality::get).post(sessions::confidentiality::post),
        )
        .route("/account", get(account::show::get))
        .route("/account/sessions", post(account::show::post))
        .route("/account/password", get(account::password::get).post(account::password::post))
        .route("/account/codes", get(account::codes::get).post(account::codes::post))
        .route("/account/codes/off", post(account::codes::off))
        .route("/account/recovery-codes", get(account::recovery::get).post(account::recovery::post))
        .route("/account/passkeys", get(account::passkeys::get).post(account::passkeys::post))
        .route("/account/passkeys/question", post(account::passkeys::question))
        .route("/account/passkeys/remove", post(account::passkeys::remove))
        .route("/sign-ins", get(sign_ins::list::get))
        .route("/sign-ins/people", get(sign_ins::people::get))
        .route("/sign-ins/people/{person}", get(sign_ins::reset::get).post(sign_ins::reset::post))
        .route("/sign-ins/people/{person}/factors", post(sign_ins::end::factors))
        .route("/sign-ins/people/{person}/sessions", post(sign_ins::end::sessions))
        .route("/prove", get(sessions::prove::get).post(sessions::prove::post))
}

/// The pages of a stranger who is signing in.
pub fn open() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sessions::sign_in::get).post(sessions::sign_in::post))
        .route("/sign-in/code", get(sessions::code::get).post(sessions::code::post))
        .route("/sign-in/passkey", post(sessions::passkey::post))
        .route("/sign-in/passkey/question", post(sessions::passkey::question))
        .route("/sign-in/reset", get(sessions::reset::get).post(sessions::reset::post))
}
