//! What is hidden stays hidden: the oracles, seeded releases, and attacks on what was broken.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops where it fails, and a campaign says what it tried"
)]

#[path = "disclosure/campaign.rs"]
mod campaign;
#[path = "disclosure/controls.rs"]
mod controls;
#[path = "disclosure/council.rs"]
mod council;
#[path = "disclosure/earlier.rs"]
mod earlier;
#[path = "disclosure/enumeration.rs"]
mod enumeration;
#[path = "disclosure/least.rs"]
mod least;
#[path = "disclosure/oracles.rs"]
mod oracles;
#[path = "disclosure/releases.rs"]
mod releases;
