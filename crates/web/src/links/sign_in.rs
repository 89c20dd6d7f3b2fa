//! Links to what people sign in with, and to what is noted of it.

use quarterlight_domain::id::PersonId;

/// Giving the code, after the password.
pub fn sign_in_code() -> String {
    "/sign-in/code".to_owned()
}

/// Signing in with a passkey.
pub fn sign_in_passkey() -> String {
    "/sign-in/passkey".to_owned()
}

/// What a browser is asked, to sign in with a passkey.
pub fn sign_in_passkey_question() -> String {
    "/sign-in/passkey/question".to_owned()
}

/// Choosing a new password with an administrator's code.
pub fn reset() -> String {
    "/sign-in/reset".to_owned()
}

/// The confidentiality page.
pub fn confidentiality() -> String {
    "/confidentiality".to_owned()
}

/// What somebody signs in with themselves.
pub fn account() -> String {
    "/account".to_owned()
}

/// Ending one's own sessions.
pub fn own_sessions() -> String {
    "/account/sessions".to_owned()
}

/// Changing one's own password.
pub fn own_password() -> String {
    "/account/password".to_owned()
}

/// One's own one-time codes.
pub fn own_codes() -> String {
    "/account/codes".to_owned()
}

/// Switching one's own one-time codes off.
pub fn own_codes_off() -> String {
    "/account/codes/off".to_owned()
}

/// One's own recovery codes.
pub fn own_recovery_codes() -> String {
    "/account/recovery-codes".to_owned()
}

/// One's own passkeys.
pub fn own_passkeys() -> String {
    "/account/passkeys".to_owned()
}

/// What a browser is asked, to make a passkey.
pub fn own_passkeys_question() -> String {
    "/account/passkeys/question".to_owned()
}

/// Removing one of one's own passkeys.
pub fn remove_passkey() -> String {
    "/account/passkeys/remove".to_owned()
}

/// What is noted of signing in.
pub fn sign_ins() -> String {
    "/sign-ins".to_owned()
}

/// Who signs in with what.
pub fn sign_in_people() -> String {
    "/sign-ins/people".to_owned()
}

/// Giving somebody a new start.
pub fn reset_person(person: PersonId) -> String {
    format!("/sign-ins/people/{person}")
}

/// Ending what somebody signs in with besides a password.
pub fn end_factors(person: PersonId) -> String {
    format!("/sign-ins/people/{person}/factors")
}

/// Ending every session of somebody's.
pub fn end_sessions(person: PersonId) -> String {
    format!("/sign-ins/people/{person}/sessions")
}

/// Showing again who one is, before something weighty.
pub fn prove() -> String {
    "/prove".to_owned()
}

/// The same, at the council's own sign-in; then on to this page.
pub fn provider_again(back: &str) -> String {
    format!("{}&again=yes", super::provider_to(back))
}
