//! Every URL that a page links to, written here and nowhere else: one file for each part of the product's sentence.

mod access;
mod act;
mod agree;
mod keep;
mod look;
mod moderate;
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
