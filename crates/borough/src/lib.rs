//! The fictional borough: its people, places, records and five quarters, generated from a seed.
//!
//! Larkmoor does not exist, and nobody in it does. Its story is that of the minutes which the
//! product answers: files that become more orderly, a service for unaccompanied children that
//! shrinks, and disabled children placed out of area whose records, in one service, nobody audits.

// Who and where.
mod cast;
mod people;
mod places;
mod sign_ins;
mod workers;

// The records, and how they change.
mod closing;
mod dates;
mod groups;
mod holds;
mod lists;
mod records;

// The five quarters.
mod access;
mod claims;
mod committee;
mod drafting;
mod draws;
mod filing;
mod filing_protocol;
mod programme;
mod quarters;
mod rounds;
mod side_by_side;
mod staffing;
mod targets;
mod tidying;
mod tokens;

// How audits go, and what follows.
mod agenda;
mod audits;
mod judging;
mod life;
mod moderating;
mod owners;
mod proposals;
mod voices;
mod words;

// What makes it.
mod build;
mod fault;
mod luck;

pub use build::build;
pub use cast::{Cast, CastMember};
pub use fault::Fault;
pub use luck::SEED;
pub use places::Places;
