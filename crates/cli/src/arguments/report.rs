//! The command line of `report`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use quarterlight_domain::release::about;

/// Options of `report`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Report {
    /// What to do with a report on its way to members. Without it, the report is written as it stands.
    #[command(subcommand)]
    pub deed: Option<ReportDeed>,
    /// The quarter, as 2026-Q4; or a year, as 2026, for its programme of audits.
    #[arg(required = true, value_name = "QUARTER")]
    pub about: Option<about::About>,
    /// One service, by name; without this, all of them.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// Which files to write.
    #[command(flatten)]
    pub files: Files,
    /// Print the document as JSON.
    #[arg(long)]
    pub json: bool,
    /// Make the report for the public (Part I), with small counts hidden. It is refused while what
    /// is hidden can be worked out.
    #[arg(long, conflicts_with = "service")]
    pub public: bool,
}

/// What is done with a report on its way to members.
#[derive(Debug, Subcommand)]
pub enum ReportDeed {
    /// Freeze the figures and build both parts. It is refused while what is hidden can be worked out.
    Build {
        /// Which report.
        #[command(flatten)]
        about: About,
        /// The address with which whoever builds it signs in.
        #[arg(long, value_name = "EMAIL")]
        by: String,
        /// What changed since the released report, where this one corrects it.
        #[arg(long, value_name = "WORDS")]
        changed: Option<String>,
    },
    /// Say where the latest build stands and what is wanting. Ends with exit code 1 while it cannot be
    /// released.
    Check {
        /// Which report.
        #[command(flatten)]
        about: About,
    },
    /// Give the latest build to members, once it is approved.
    Release {
        /// Which report.
        #[command(flatten)]
        about: About,
        /// The address with which the clerk signs in.
        #[arg(long, value_name = "EMAIL")]
        by: String,
    },
    /// Write a released report out: byte for byte as JSON, or as files.
    Export {
        /// Which report.
        #[command(flatten)]
        about: About,
        /// The private part (Part II); without this, the public one.
        #[arg(long)]
        private: bool,
        /// Which files to write. Without any, JSON goes to standard output.
        #[command(flatten)]
        files: Files,
    },
}

/// The files that a report is written to. Without any, it goes to standard output.
#[derive(Debug, Args)]
pub struct Files {
    /// Write a tagged PDF to this file.
    #[arg(long, value_name = "FILE")]
    pub pdf: Option<PathBuf>,
    /// Write a Word document to this file.
    #[arg(long, value_name = "FILE")]
    pub docx: Option<PathBuf>,
    /// Write an Excel workbook with the figures as numbers to this file.
    #[arg(long, value_name = "FILE")]
    pub xlsx: Option<PathBuf>,
    /// Write a CSV file with the figures to this file.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
}

/// Which report.
#[derive(Debug, Args)]
pub struct About {
    /// The quarter, as 2026-Q4; or a year, as 2026, for its programme of audits.
    #[arg(value_name = "QUARTER")]
    pub about: about::About,
    /// One service, by name; without this, all of them.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
}
