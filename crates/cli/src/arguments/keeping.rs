//! The options of `retention` and `record`.

use std::path::PathBuf;

use clap::Subcommand;
use jiff::civil::Date;

/// How long things are kept.
#[derive(Debug, Subcommand)]
pub enum Retention {
    /// Say what is due today, kind by kind, and how much of it is held. Nothing goes.
    Preview {
        /// As if today were another day.
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// One record.
#[derive(Debug, Subcommand)]
pub enum Record {
    /// Write everything that is held about a record into a new folder.
    Bundle {
        /// The record's reference.
        #[arg(value_name = "REFERENCE")]
        reference: String,
        /// The folder, which must not be there yet.
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
        /// What may be withheld: none, third-party, social-work or abuse.
        #[arg(long, value_name = "EXEMPTION")]
        exemption: String,
        /// Why it is taken out, as the number of the request.
        #[arg(long)]
        because: String,
    },
}
