//! The words of `indicators`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;

/// Options of `indicators`.
#[derive(Debug, Args)]
pub struct Indicators {
    /// The quarter, as 2026-Q4; without it, the latest that has a cycle.
    pub quarter: Option<Quarter>,
    /// One service, by name; without this, all of them.
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// Print everything as JSON, quarter by quarter.
    #[arg(long)]
    pub json: bool,
    /// Read a set of indicators from TOML and keep it, instead of showing any.
    #[arg(long, value_name = "FILE", requires = "from", conflicts_with_all = ["quarter", "service", "json"])]
    pub import: Option<PathBuf>,
    /// The first day on which the set that is imported holds.
    #[arg(long, value_name = "DATE", requires = "import")]
    pub from: Option<Date>,
}
