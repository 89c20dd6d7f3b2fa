//! What the process that reads files apart is given.

use clap::Args;

/// What it may take.
#[derive(Debug, Clone, Copy, Args)]
pub struct ReadFiles {
    /// How much memory, in MB.
    #[arg(long, default_value_t = 1024)]
    pub memory: u64,
    /// How many seconds of computing.
    #[arg(long, default_value_t = 20)]
    pub seconds: u64,
}
