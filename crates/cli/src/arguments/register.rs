//! Options of `register`.

use clap::Subcommand;

/// The committee's register.
#[derive(Debug, Subcommand)]
pub enum Register {
    /// List what the committee asked, resolved and was promised: what is owed first.
    List {
        /// Only what is owed and overdue.
        #[arg(long)]
        overdue: bool,
        /// Print the list as JSON.
        #[arg(long)]
        json: bool,
    },
}
