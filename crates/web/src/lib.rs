//! The pages.
//!
//! Files here are ground, on which every page stands; folders under `pages` are rooms, one for each
//! noun. The roof is `router`, where every URL has its line.

// Ground.
pub mod again;
pub mod apart;
pub mod app;
pub mod bundle;
pub mod chosen;
pub mod concerns;
pub mod drawing;
pub mod error;
pub mod files;
pub mod form;
pub mod glass;
pub mod govuk;
pub mod identity;
pub mod indicators;
pub mod invented;
pub mod layout;
pub mod links;
pub mod outside;
pub mod pace;
pub mod page;
pub mod parts;
pub mod password;
pub mod permit;
pub mod preparing;
pub mod problem_table;
pub mod reported;
pub mod restricted;
pub mod same_site;
pub mod session;
pub mod sign_in;
pub mod timescales;
pub mod upload;
pub mod watch;
pub mod worded;
pub mod year;

// Rooms.
pub mod api;
pub mod pages;

// Roof.
pub mod router;
