//! Staff and allocation: the trend, the staff of teams, what became of teams, and who is advised to
//! hold which records.
//!
//! No page of this room puts workers or teams in the order of what they carry: lists stand by
//! service, team and reference, and a house test looks for any other order.

pub mod allocation;
pub mod protocol;
pub mod reason;
pub mod sample;
pub mod staff;
pub mod teams;
pub mod trend;
