//! What the pages are told of machines elsewhere: the identity provider, and the disk.

use std::sync::Arc;

use jiff::Timestamp;

use crate::apart::Apart;
use crate::identity::Provider;
use crate::pace::Pace;

/// How much room a disk has, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Free for this program.
    pub free: u64,
    /// In all.
    pub all: u64,
}

/// What the pages are told of machines elsewhere.
#[derive(Debug, Clone)]
pub struct Outside {
    /// The council's own identity provider.
    pub provider: Option<Arc<Provider>>,
    /// True where people may sign in with a password.
    pub passwords: bool,
    /// Since when the program runs.
    pub started: Timestamp,
    /// How often one token may call within a minute.
    pub pace: i64,
    /// How often one person may ask for pages.
    pub pages: Pace,
    /// Reads what somebody sent, first in a process of its own.
    pub apart: Apart,
    /// How much room is left where the database is; nothing where it is on another machine.
    pub room: Option<RoomOf>,
}

/// Looks how much room there is.
#[derive(Clone)]
pub struct RoomOf(pub Arc<dyn Fn() -> Option<Room> + Send + Sync>);

impl std::fmt::Debug for RoomOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RoomOf")
    }
}

/// Passwords alone, and nothing known of the machine.
impl Default for Outside {
    fn default() -> Self {
        let started = Timestamp::UNIX_EPOCH;
        Self {
            provider: None,
            passwords: true,
            started,
            pace: 120,
            pages: Pace::default(),
            apart: Apart::default(),
            room: None,
        }
    }
}
