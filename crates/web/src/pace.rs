//! A pace for pages: whoever asks far more often than people can is told to wait, and nothing is done.
//!
//! It is counted for each session in this server's memory, minute by minute: with several servers, each
//! counts what it answers. A machine that asks faster than that holds up one server, and not the rest.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::App;
use crate::error::Failure;
use crate::session::SignedIn;

/// So many sessions are counted before those of minutes that are over are let go of.
const MANY: usize = 5_000;

/// How often somebody may ask within a minute.
#[derive(Debug, Clone)]
pub struct Pace {
    pages: u32,
    searches: u32,
    counts: Arc<Mutex<BTreeMap<Vec<u8>, Count>>>,
}

/// What one session asked for in one minute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    minute: i64,
    pages: u32,
    searches: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self::new(u32::MAX, u32::MAX)
    }
}

impl Pace {
    /// So many pages of any kind, and of these so many searches and files.
    pub fn new(pages: u32, searches: u32) -> Self {
        Self { pages, searches, counts: Arc::default() }
    }

    /// Counts, and says for how many seconds to wait; none where it may go on.
    fn count(&self, session: &[u8], second: i64, is_search: bool) -> Option<u32> {
        let minute = second.div_euclid(60);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() > MANY {
            counts.retain(|_, count| count.minute == minute);
        }
        let count = counts.entry(session.to_vec()).or_default();
        if count.minute != minute {
            *count = Count { minute, ..Count::default() };
        }
        count.pages = count.pages.saturating_add(1);
        count.searches = count.searches.saturating_add(u32::from(is_search));
        let is_over = count.pages > self.pages || is_search && count.searches > self.searches;
        let left = 60 - second.rem_euclid(60);
        is_over.then(|| u32::try_from(left).unwrap_or(60))
    }
}

/// Counts what somebody asks for.
///
/// # Errors
/// Says how long to wait, where they asked too often.
pub fn keep(app: &App, visitor: &SignedIn, route: &str) -> Result<(), Failure> {
    let second = visitor.at.as_second();
    match app.outside.pages.count(&visitor.session, second, is_search(route)) {
        None => Ok(()),
        Some(seconds) => Err(Failure::TooOften(seconds)),
    }
}

/// True of what looks through many records, or makes a file of them.
fn is_search(route: &str) -> bool {
    let words = ["workbook", "export", "/file/", ".csv", "draw-file", "/toml", "bundle"];
    let pages = ["/looks", "/looks/unusual", "/records", "/sign-ins", "/subject-access"];
    pages.contains(&route) || words.iter().any(|word| route.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_so_many_pages_in_a_minute_and_fewer_searches() {
        let pace = Pace::new(5, 2);
        assert_eq!([(); 5].map(|()| pace.count(b"one", 30, false)), [None; 5]);
        assert_eq!(pace.count(b"one", 30, false), Some(30));
        assert_eq!(pace.count(b"another", 30, false), None, "each session by itself");
        assert_eq!(pace.count(b"one", 60, false), None, "the next minute");
        let searches = [(); 3].map(|()| pace.count(b"three", 119, true));
        assert_eq!(searches, [None, None, Some(1)]);
        assert_eq!(pace.count(b"three", 119, false), None, "pages go on");
    }

    #[test]
    fn what_is_counted_does_not_grow_for_ever() {
        let pace = Pace::new(5, 2);
        for session in 0..3 * MANY {
            pace.count(&session.to_be_bytes(), i64::try_from(session).unwrap(), false);
        }
        assert!(pace.counts.lock().unwrap().len() <= MANY + 1);
    }

    #[test]
    fn searches_and_files_are_told_from_pages() {
        for route in ["/looks", "/looks/workbook", "/history/export", "/records"] {
            assert!(is_search(route), "{route}");
        }
        for route in ["/", "/records/{record}", "/audits/{audit}/standards/{standard}"] {
            assert!(!is_search(route), "{route}");
        }
    }
}
