//! Your work: what each person has to do.

pub mod show;
