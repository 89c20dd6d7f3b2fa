//! The rules of the house that matter, as tests.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it fails"
)]

#[path = "house/arrows.rs"]
mod arrows;
#[path = "house/components.rs"]
mod components;
#[path = "house/dependencies.rs"]
mod dependencies;
#[path = "house/files.rs"]
mod files;
#[path = "house/inventories.rs"]
mod inventories;
#[path = "house/licences.rs"]
mod licences;
#[path = "house/pages.rs"]
mod pages;
#[path = "house/ranking.rs"]
mod ranking;
#[path = "house/readers.rs"]
mod readers;
#[path = "house/records.rs"]
mod records;
#[path = "house/scripts.rs"]
mod scripts;
#[path = "house/security.rs"]
mod security;
#[path = "house/sql.rs"]
mod sql;
#[path = "house/tree.rs"]
mod tree;
#[path = "house/words.rs"]
mod words;
