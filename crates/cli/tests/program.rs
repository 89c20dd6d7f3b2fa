//! The program as its users run it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it fails, and says what a campaign gave"
)]

#[path = "program/access.rs"]
mod access;
#[path = "program/backups.rs"]
mod backups;
#[path = "program/census.rs"]
mod census;
#[path = "program/commands.rs"]
mod commands;
#[path = "program/concerns.rs"]
mod concerns;
#[path = "program/doors/mod.rs"]
mod doors;
#[path = "program/everything.rs"]
mod everything;
#[path = "program/facts.rs"]
mod facts;
#[path = "program/figures.rs"]
mod figures;
#[path = "program/filing.rs"]
mod filing;
#[path = "program/first_day.rs"]
mod first_day;
#[path = "program/frameworks.rs"]
mod frameworks;
#[path = "program/hostile.rs"]
mod hostile;
#[path = "program/imports.rs"]
mod imports;
#[path = "program/keeping.rs"]
mod keeping;
#[path = "program/kills.rs"]
mod kills;
#[path = "program/mail.rs"]
mod mail;
#[path = "program/outside.rs"]
mod outside;
#[path = "program/powercuts.rs"]
mod powercuts;
#[path = "program/readers.rs"]
mod readers;
#[path = "program/savers.rs"]
mod savers;
#[path = "program/schemathesis.rs"]
mod schemathesis;
#[path = "program/server.rs"]
mod server;
#[path = "program/servers.rs"]
mod servers;
#[path = "program/stories.rs"]
mod stories;
#[path = "program/trouble.rs"]
mod trouble;
#[path = "program/upgrades.rs"]
mod upgrades;
