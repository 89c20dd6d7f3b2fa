//! Hides small counts so that nobody can work them out again, and attacks what is left.
//!
//! A [`Release`] is everything that goes out together: every count, which of them add up, every per
//! cent, and what went out before. [`protect`] chooses what to hide, [`judge`] attacks that with a
//! solver, and only what stands the attack becomes [`Published`], from which alone a public report
//! can read its numbers. Nothing here knows of audits, reports or the clock.

// What goes out, and the rule.
mod ledger;
mod past;
mod pattern;
mod percent;
mod rule;

// What hides.
mod protect;

// What attacks.
pub mod attack;
mod puzzle;

// What comes of it.
mod certificate;
mod verdict;

pub use certificate::Certificate;
pub use ledger::{Cell, CellId, Release, Standing, Sum};
pub use past::Past;
pub use pattern::{Pattern, Why};
pub use percent::Rounded;
pub use protect::protect;
pub use puzzle::{Known, Puzzle, Tie};
pub use rule::{LEAST_THRESHOLD, Rule, USUAL};
pub use verdict::{Published, Shown, Unsafe, Verdict, judge};
