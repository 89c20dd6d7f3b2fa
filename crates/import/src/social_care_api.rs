//! The Department for Education's Child Social Care API: known, and refused with the reason.
//!
//! Its messages go from a case system to the department by machine and are not made for people to
//! choose. They hold names and postcodes, and flags that say what is to be forgotten; a copy kept
//! beside the feed would not hear of the next one.

use crate::not_readable::{NotAReturn, NotReadable};

/// How much of a file is looked at.
const LOOKED_AT: usize = 4_000;

/// True if a file begins as a message of the interface does: a child, or a list of them.
pub fn is_one(bytes: &[u8]) -> bool {
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let start = String::from_utf8_lossy(start);
    let start = start.trim_start();
    (start.starts_with('[') || start.starts_with('{'))
        && start.contains("\"la_child_id\"")
        && (start.contains("\"child_details\"") || start.contains("\"social_care_episodes\""))
}

/// Why it is not read, and what to choose instead.
pub fn refusal() -> NotReadable {
    NotAReturn::Message.into()
}
