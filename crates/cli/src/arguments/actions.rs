//! The command line of `actions`.

use clap::Subcommand;

/// What is done about findings.
#[derive(Debug, Subcommand)]
pub enum Actions {
    /// List the actions that are open: how old, by when, how late, and who is told of them now.
    List {
        /// Those alone that are past their day.
        #[arg(long)]
        overdue: bool,
        /// Print them as JSON.
        #[arg(long)]
        json: bool,
    },
}
