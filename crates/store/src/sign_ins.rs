//! How people sign in: their tries, what happened, and what they sign in with.
//!
//! Tries and events are noted without a line in the journal: they change nothing. What is changed about
//! an account goes through [`Change`](crate::change::Change) like everything, with its event beside it.

mod browsers;
mod codes;
mod confidentiality;
mod events;
mod factors;
mod overview;
mod passkeys;
mod pending;
mod recovery;
mod resets;
mod sweep;
mod tries;

use std::sync::Arc;

use crate::engine::Engine;

pub(crate) use browsers::know;
pub use codes::OneTimeCodes;
pub use confidentiality::ConfidentialityText;
pub(crate) use events::note;
pub use events::{EventFilter, EventLine, Happened};
pub use factors::FactorsToTell;
pub use overview::{SignInLine, SignsInWith};
pub use passkeys::{KeptPasskey, NewPasskey};
pub use pending::{Pending, PendingKind};
pub use resets::ResetToTell;
pub use sweep::LetGo;
pub use tries::{NewTry, TryOutcome};

/// How people sign in.
#[derive(Debug, Clone)]
pub struct SignIns(pub(crate) Arc<Engine>);
