//! Signing in: what is asked for, how often somebody may try, how long it lasts, and what is noted of it.

pub mod event;
pub mod factors;
pub mod limits;
pub mod proof;
pub mod times;
