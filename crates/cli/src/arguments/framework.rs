//! The words of `framework`.

use std::path::PathBuf;

use clap::Subcommand;

/// Frameworks.
#[derive(Debug, Subcommand)]
pub enum Framework {
    /// List the editions, the drafts, and the frameworks that come with the program.
    List,
    /// Write an edition to a file: a spreadsheet (.xlsx) or TOML (.toml), by its ending.
    Export {
        /// The framework's name.
        #[arg(long)]
        name: String,
        /// The number of the edition; without it, the latest.
        #[arg(long, value_name = "NUMBER")]
        edition: Option<u32>,
        /// The file to write.
        file: PathBuf,
    },
    /// Write a spreadsheet with every column and no row, to be filled in.
    Template {
        /// The file to write, which ends in .xlsx.
        file: PathBuf,
    },
    /// Read a spreadsheet (.xlsx) or TOML (.toml), and start a draft from it. Nothing is agreed by it.
    Import {
        /// The file to read.
        file: PathBuf,
        /// What the framework is called; without it, as TOML says, or as the spreadsheet's file is named.
        #[arg(long)]
        name: Option<String>,
        /// Read and report, and keep nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Start a draft from a framework that comes with the program.
    Start {
        /// Its name, as `list` gives it.
        name: String,
    },
    /// Say what changed between two editions, standard by standard and word by word.
    Changes {
        /// The framework's name.
        #[arg(long)]
        name: String,
        /// The number of the earlier edition.
        earlier: u32,
        /// The number of the later one.
        later: u32,
    },
}
