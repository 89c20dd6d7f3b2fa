//! The program as its users run it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

#[path = "program/commands.rs"]
mod commands;
#[path = "program/imports.rs"]
mod imports;
#[path = "program/kills.rs"]
mod kills;
#[path = "program/server.rs"]
mod server;
#[path = "program/stories.rs"]
mod stories;
