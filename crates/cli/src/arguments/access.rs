//! The command line of grants and looks.

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{RoleOver, role};

/// Options of `person end-factors`.
#[derive(Debug, Args)]
pub struct EndFactors {
    /// The address that they sign in with.
    pub email: String,
    /// Why, and how you know that it is them.
    #[arg(long)]
    pub why: String,
}

/// Options of `person grant`.
#[derive(Debug, Args)]
pub struct GiveGrant {
    /// The address that they sign in with.
    #[arg(long)]
    pub email: String,
    /// The role, and the place that it is held over: auditor, or "service-manager@Disability Service".
    #[arg(long, value_name = "ROLE[@PLACE]", value_parser = role)]
    pub role: RoleOver,
    /// The first day, as 2026-09-30. Without this, today.
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// The last day. Without this, it has no end.
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Why they need it.
    #[arg(long)]
    pub why: String,
}

/// Options of `person end`.
#[derive(Debug, Args)]
pub struct EndGrant {
    /// The grant's number, as `person list` prints it.
    pub grant: i64,
    /// The last day. Without this, it ends now.
    #[arg(long, value_name = "DATE")]
    pub last: Option<Date>,
    /// Why it ends.
    #[arg(long)]
    pub why: String,
}

/// Who has looked at which record.
#[derive(Debug, Subcommand)]
pub enum Looks {
    /// List the latest looks: when, who, which record, which page and why.
    Search {
        /// At this record, by its exact reference.
        #[arg(long, value_name = "REFERENCE")]
        record: Option<String>,
        /// By whoever signs in with this address.
        #[arg(long)]
        email: Option<String>,
        /// On this day or later.
        #[arg(long, value_name = "DATE")]
        from: Option<Date>,
        /// On this day or before.
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
        /// How many at most.
        #[arg(long, default_value_t = 200)]
        most: usize,
    },
    /// List what the rules about unusual looking point at in the last four weeks.
    Unusual,
}
