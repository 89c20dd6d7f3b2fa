//! The domain against published and computed values.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it fails, and says what it measured"
)]

mod method;
mod oracles;
mod who_may;
