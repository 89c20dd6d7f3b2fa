//! The rows of the table of permissions that are about signing in.

use crate::browser::World;
use crate::permissions::{Things, by_role};

pub fn signing_in(world: &World) -> Things {
    let priya = world.cast.person("priya.anand").unwrap().id;
    let raj = world.cast.person("raj.bedi").unwrap().id;
    let rows = vec![
        ("GET /confidentiality", "/confidentiality".to_owned()),
        ("POST /confidentiality", "/confidentiality".to_owned()),
        ("GET /account", "/account".to_owned()),
        ("POST /account/sessions", "/account/sessions".to_owned()),
        ("GET /account/password", "/account/password".to_owned()),
        ("POST /account/password", "/account/password".to_owned()),
        ("GET /account/codes", "/account/codes".to_owned()),
        ("POST /account/codes", "/account/codes".to_owned()),
        ("POST /account/codes/off", "/account/codes/off".to_owned()),
        ("GET /account/recovery-codes", "/account/recovery-codes".to_owned()),
        ("POST /account/recovery-codes", "/account/recovery-codes".to_owned()),
        ("GET /account/passkeys", "/account/passkeys".to_owned()),
        ("POST /account/passkeys", "/account/passkeys".to_owned()),
        ("POST /account/passkeys/question", "/account/passkeys/question".to_owned()),
        // Somebody else's passkey is nobody's to remove.
        ("POST /account/passkeys/remove", "/account/passkeys/remove".to_owned()),
        ("GET /sign-ins", "/sign-ins".to_owned()),
        ("GET /sign-ins/people", "/sign-ins/people".to_owned()),
        ("GET /sign-ins/people/{}", format!("/sign-ins/people/{priya}")),
        ("POST /sign-ins/people/{}", format!("/sign-ins/people/{priya}")),
        ("POST /sign-ins/people/{}/factors", format!("/sign-ins/people/{priya}/factors")),
        ("POST /sign-ins/people/{}/sessions", format!("/sign-ins/people/{priya}/sessions")),
        ("GET /prove", "/prove".to_owned()),
        ("POST /prove", "/prove".to_owned()),
        // An administrator gives no new start to themselves.
        ("POST /sign-ins/people/{own}", format!("/sign-ins/people/{raj}")),
        ("POST /sign-ins/people/{own}/factors", format!("/sign-ins/people/{raj}/factors")),
        ("POST /sign-ins/people/{own}/sessions", format!("/sign-ins/people/{raj}/sessions")),
    ];
    Things { heading: "Signing in".to_owned(), columns: by_role(), rows }
}
