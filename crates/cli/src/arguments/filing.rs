//! The words of `filing`.

use std::path::PathBuf;

use clap::Subcommand;
use jiff::civil::Date;

/// Filing.
#[derive(Debug, Subcommand)]
pub enum Filing {
    /// The protocol: where each kind of correspondence goes, and within how many working days.
    #[command(subcommand)]
    Protocol(FilingProtocol),
}

/// The filing protocol.
#[derive(Debug, Subcommand)]
pub enum FilingProtocol {
    /// Print the protocol that is in force, as the file that `import` reads.
    Show {
        /// The day on which it is in force; without it, today.
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
    },
    /// Read a protocol from TOML and keep it. It supersedes the one before, from its first day.
    Import {
        /// The file to read.
        file: PathBuf,
        /// The first day on which it holds; without it, as the file says.
        #[arg(long, value_name = "DATE")]
        from: Option<Date>,
        /// Why there is another.
        #[arg(long, default_value = "imported from a file")]
        why: String,
        /// Read and report, and keep nothing.
        #[arg(long)]
        dry_run: bool,
    },
}
