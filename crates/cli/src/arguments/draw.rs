//! Options of `draw`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::frame::Stratum;

/// Draws.
#[derive(Debug, Subcommand)]
pub enum Draw {
    /// Draw the sample of a quarter from the current case list. It opens the cycle if need be.
    Make {
        /// The quarter, as 2026-Q4.
        #[arg(long)]
        quarter: Quarter,
        /// The seed, agreed where others could see it: dice thrown at a meeting, say.
        #[arg(long)]
        seed: String,
        /// How many records in all; without it, what the programme says of the quarter.
        #[arg(long)]
        total: Option<usize>,
        /// How many at least from each stratum, or all of a smaller one; as in the programme without it.
        #[arg(long)]
        at_least: Option<usize>,
    },
    /// Write a quarter's draw as a file from which anybody can repeat it.
    Export {
        /// The quarter, as 2026-Q4.
        #[arg(long)]
        quarter: Quarter,
        /// The file to write; standard output without one.
        file: Option<PathBuf>,
    },
    /// Repeat a draw from its file alone, and say whether it gives the same records.
    Verify {
        /// The draw file.
        file: PathBuf,
        /// A file of the same draw that was published before: see that this one goes on from it.
        #[arg(long, value_name = "FILE")]
        earlier: Option<PathBuf>,
        /// Print the verdict as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Exclude an open record by name from the draw of a cycle that is open and not drawn.
    Exclude(Named),
    /// Take an exclusion back before the draw, so that the record can be drawn.
    Include {
        /// The quarter, as 2026-Q4.
        #[arg(long)]
        quarter: Quarter,
        /// The record's reference.
        #[arg(value_parser = reference)]
        reference: Reference,
        /// Why it can be drawn after all.
        #[arg(long)]
        words: String,
    },
    /// Swap a drawn record that cannot be audited for the next of its stratum.
    Swap(Named),
    /// Draw more records, where the draw, its swaps and earlier top-ups ended.
    TopUp {
        /// The quarter, as 2026-Q4.
        #[arg(long)]
        quarter: Quarter,
        /// How many more.
        #[arg(long)]
        more: usize,
        /// One stratum, as the draw file names it; without it all of them, in proportion.
        #[arg(long, value_parser = stratum)]
        stratum: Option<Stratum>,
        /// Why more are wanted.
        #[arg(long)]
        words: String,
    },
}

/// A record that cannot be audited, and why.
#[derive(Debug, Args)]
pub struct Named {
    /// The quarter, as 2026-Q4.
    #[arg(long)]
    pub quarter: Quarter,
    /// The record's reference.
    #[arg(value_parser = reference)]
    pub reference: Reference,
    /// Why, as it is published: closed, moved, held, nobody-independent, list-wrong or other.
    #[arg(long, value_parser = reason)]
    pub reason: SwapReason,
    /// What happened, in words that are not published. Name no child.
    #[arg(long)]
    pub words: String,
}

fn reason(code: &str) -> Result<SwapReason, String> {
    SwapReason::from_code(code).ok_or_else(|| {
        let codes = SwapReason::ALL.map(SwapReason::code).join(", ");
        format!("give one of {codes}")
    })
}

fn reference(typed: &str) -> Result<Reference, String> {
    Reference::new(typed).map_err(|refusal| refusal.to_string())
}

fn stratum(typed: &str) -> Result<Stratum, String> {
    Stratum::new(typed).map_err(|refusal| refusal.to_string())
}
