//! Every URL that a page links to, written here and nowhere else: one file for each part of the product's sentence.

mod access;
mod act;
mod agree;
mod keep;
mod look;
mod moderate;
mod operate;
mod plan;
mod sign_in;
mod staff;
mod tell;

pub use access::*;
pub use act::*;
pub use agree::*;
pub use keep::*;
pub use look::*;
pub use moderate::*;
pub use operate::*;
pub use plan::*;
pub use sign_in::*;
pub use staff::*;
pub use tell::*;

/// A person's own work.
pub fn home() -> String {
    "/".to_owned()
}

/// Signing in.
pub fn sign_in() -> String {
    "/sign-in".to_owned()
}

/// Signing in through the council's own identity provider.
pub fn provider() -> String {
    "/sign-in/provider".to_owned()
}

/// Signing in there, on the way to a page.
pub fn provider_to(back: &str) -> String {
    let back = serde_urlencoded::to_string([("back", back)]).unwrap_or_default();
    format!("{}?{back}", provider())
}

/// Where it sends people back to.
pub fn provider_callback() -> String {
    "/sign-in/provider/callback".to_owned()
}

/// What somebody reads who has signed out here and not there.
pub fn signed_out() -> String {
    "/signed-out".to_owned()
}

/// Saying that one is still there, before the session ends.
pub fn still_here() -> String {
    "/still-here".to_owned()
}

/// The page that a browser shows where there is no network.
pub fn no_network() -> String {
    "/offline".to_owned()
}

/// The script that shows it, which stands at the root so that it may do so for every page.
pub fn standby() -> String {
    "/standby.js".to_owned()
}

/// Asking for the key of one's copies again, after the session ran out.
pub fn resume_copies(id: &str) -> String {
    format!("/copies/{id}")
}

/// Signing out.
pub fn sign_out() -> String {
    "/sign-out".to_owned()
}
