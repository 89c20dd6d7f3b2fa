//! How the program runs, for whoever looks after it.

pub mod show;
