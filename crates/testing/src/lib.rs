//! Both engines for tests: a SQLite file, and a PostgreSQL that the tests start for themselves.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "this crate is for tests, which stop where they fail"
)]

mod postgres;

pub mod engines;
pub mod proxy;
pub mod replicated;
