//! The store, the same stories on both engines.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

#[macro_use]
mod world;

mod access;
mod actions;
mod allocation;
mod answers;
mod api_tokens;
mod case_lists;
mod concerns;
mod copies;
mod coverage;
mod drafts;
mod editions;
mod exclusions;
mod filing;
mod findings;
mod frameworks;
mod handed_in;
mod identities;
mod indicators;
mod journal;
mod keeping;
mod moderation;
mod programme;
mod proposals;
mod quarter;
mod register;
mod releases;
mod retention;
mod schema;
mod sign_ins;
mod sources;
mod staffing;
mod subjects;
mod timescales;
mod trend;
mod upkeep;
mod voices;
