//! Options of `moderation`.

use clap::Subcommand;
use quarterlight_domain::calendar::Quarter;

/// Second readings.
#[derive(Debug, Subcommand)]
pub enum Moderation {
    /// List the audits of a quarter that are read a second time: why, and how that comes on.
    List {
        /// The quarter, as 2026-Q4.
        #[arg(long)]
        quarter: Quarter,
        /// Print the list as JSON.
        #[arg(long)]
        json: bool,
    },
}
