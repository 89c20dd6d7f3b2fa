//! Files that wait while a person names the columns of one of them.
//!
//! They hold more than we need, so they are never written anywhere: they wait in memory, for half an
//! hour and a few at a time. Where the program stops meanwhile, they are sent again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::hex::hex;
use quarterlight_domain::id::PersonId;
use quarterlight_import::local_list::Mapping;

use super::reading::ToMap;
use crate::apart::Unread;
use crate::app::App;

/// What was sent, and what was chosen so far.
#[derive(Debug)]
pub struct Waiting {
    /// Who sent it; nobody else finds it.
    pub person: PersonId,
    /// Since when it waits.
    pub since: Timestamp,
    /// The files.
    pub files: Vec<Unread>,
    /// The day as at which they are true.
    pub as_at: Date,
    /// Whose they are; blank where the files tell.
    pub authority: String,
    /// Mappings that a person made, by the position of the file.
    pub chosen: BTreeMap<usize, Mapping>,
}

/// The most uploads that wait at once: beyond it the one that waited longest is let go.
const MOST: usize = 6;

/// How long an upload waits.
const LONGEST: SignedDuration = SignedDuration::from_mins(30);

static ROOM: Mutex<BTreeMap<String, (Waiting, ToMap)>> = Mutex::new(BTreeMap::new());

/// Lets an upload wait, and gives the word by which it is found.
pub fn keep(app: &App, waiting: Waiting, to_map: ToMap) -> String {
    let token = hex(&(app.chance)());
    let mut room = ROOM.lock().unwrap_or_else(PoisonError::into_inner);
    let now = app.now();
    room.retain(|_, (waiting, _)| now.duration_since(waiting.since) < LONGEST);
    while room.len() >= MOST {
        let oldest = room.iter().min_by_key(|(_, (waiting, _))| waiting.since);
        let Some(oldest) = oldest.map(|(token, _)| token.clone()) else { break };
        room.remove(&oldest);
    }
    room.insert(token.clone(), (waiting, to_map));
    token
}

/// The list that is to be mapped; none if it is somebody else's, or no longer waits.
pub fn to_map(person: PersonId, token: &str) -> Option<ToMap> {
    let room = ROOM.lock().unwrap_or_else(PoisonError::into_inner);
    let (waiting, to_map) = room.get(token)?;
    (waiting.person == person).then(|| to_map.clone())
}

/// Takes an upload out, to go on with it.
pub fn take(person: PersonId, token: &str) -> Option<(Waiting, ToMap)> {
    let mut room = ROOM.lock().unwrap_or_else(PoisonError::into_inner);
    let is_theirs = room.get(token).is_some_and(|(waiting, _)| waiting.person == person);
    if is_theirs { room.remove(token) } else { None }
}
