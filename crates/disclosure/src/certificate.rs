//! What is printed at the end of a public report: what was tried on its numbers, and with what.

use quarterlight_domain::hex::hex;

use sha2::{Digest as _, Sha256};

use crate::attack::Solver;
use crate::ledger::Release;
use crate::pattern::Pattern;
use crate::rule::Rule;

/// What was tried on a release. It does not say how many of the hidden counts are small: where all
/// were, a reader would know that none is larger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The rule, as a sentence.
    pub rule: String,
    /// Counts that the release knows of.
    pub counts: usize,
    /// Those of them that are hidden.
    pub hidden: usize,
    /// Sums that tie them.
    pub sums: usize,
    /// How many values each small hidden count could have, at least.
    pub values: i64,
    /// Whether every zero is printed.
    pub zeros_shown: bool,
    /// The solver's name and version.
    pub solver: String,
    /// SHA-256 over everything that is shown, in order.
    pub digest: String,
}

impl Certificate {
    pub(crate) fn of(
        release: &Release,
        pattern: &Pattern,
        rule: &Rule,
        solver: &dyn Solver,
    ) -> Self {
        Self {
            rule: rule.words(),
            counts: release.size(),
            hidden: pattern.hidden().count(),
            sums: release.sums.len(),
            values: rule.width() + 1,
            zeros_shown: pattern.shows_zeros(),
            solver: solver.name(),
            digest: digest(release, pattern),
        }
    }
}

/// The digest of what is shown: one line for each cell and for each sum.
fn digest(release: &Release, pattern: &Pattern) -> String {
    let mut hash = Sha256::new();
    for (id, cell) in release.ids().zip(&release.cells) {
        let shown = pattern.prints(release, id);
        let count = if shown { cell.value.to_string() } else { "c".to_owned() };
        hash.update(format!("{}\t{count}\n", cell.at));
    }
    for sum in &release.sums {
        let parts: Vec<String> = sum.parts.iter().map(|part| part.0.to_string()).collect();
        hash.update(format!("{} = {}\n", sum.total.0, parts.join(" + ")));
    }
    hex(&hash.finalize())
}
