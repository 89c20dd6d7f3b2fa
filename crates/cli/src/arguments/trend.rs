//! The words of `trend` and of `staff`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Records and staff over time.
#[derive(Debug, Args)]
pub struct Trend {
    /// The first month, as 2026-04; without it, eighteen months are written.
    #[arg(long, value_name = "MONTH")]
    pub from: Option<String>,
    /// The last month; without it, this one.
    #[arg(long, value_name = "MONTH")]
    pub until: Option<String>,
    /// Month by month, or quarter by quarter.
    #[arg(long, value_parser = ["month", "quarter"], default_value = "month")]
    pub by: String,
    /// One service, by name; without it, all of them.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// Count teams that were renamed, moved or merged under what they are now, or were then.
    #[arg(long, value_parser = ["now", "then"], default_value = "now")]
    pub teams: String,
}

/// The staff of teams.
#[derive(Debug, Subcommand)]
pub enum Staff {
    /// Read lines of team, month and full-time equivalents from a CSV file, or the workforce census
    /// of a day, and keep all or none.
    Import {
        /// The file to read.
        file: PathBuf,
        /// Where the numbers come from.
        #[arg(long)]
        source: String,
        /// Why they are given now.
        #[arg(long, default_value = "imported from a file")]
        why: String,
        /// Leave out workers of a census whose team nobody knows here.
        #[arg(long)]
        leave_out_unknown: bool,
        /// Read and report, and keep nothing.
        #[arg(long)]
        dry_run: bool,
    },
}
