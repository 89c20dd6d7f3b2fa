//! Rules about time: what is due when, by whose rule, counted how, and what cannot be checked.
//!
//! A rule is data with a source, the days from and until which it is in force, and whatever the
//! authority has changed about it; no limit is written in code. A check gives an outcome with a
//! sentence for people, and an outcome that cannot be told says what is missing.

pub mod applies;
pub mod asks;
pub mod beside;
pub mod check;
pub mod elapsed;
pub mod facts;
pub mod later;
pub mod limit;
pub mod rule;
pub mod sentence;
pub mod set;
pub mod tally;
pub mod variation;
pub mod working_days;

#[cfg(test)]
pub(crate) mod examples;
