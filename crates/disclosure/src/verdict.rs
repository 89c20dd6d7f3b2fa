//! What came of the attack: a release that may go out, or a refusal.

use quarterlight_domain::refusal::Refusal;

use crate::attack::{AttackFault, Solver, narrow};
use crate::certificate::Certificate;
use crate::ledger::{CellId, Release};
use crate::pattern::{Pattern, Why};
use crate::percent::Rounded;
use crate::puzzle::Puzzle;
use crate::rule::Rule;

/// What came of the attack on a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing could be worked out.
    Safe(Box<Published>),
    /// Something could.
    Unsafe(Unsafe),
}

impl Verdict {
    /// What may be shown.
    ///
    /// # Errors
    /// The refusal, where something could be worked out.
    pub fn into_published(self) -> Result<Published, Refusal> {
        match self {
            Self::Safe(published) => Ok(*published),
            Self::Unsafe(not) => Err(not.refusal()),
        }
    }
}

/// Cells that a reader could work out, or nearly. It does not hold what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsafe {
    /// The cells, in order.
    pub cells: Vec<CellId>,
    at: Vec<String>,
}

/// More places than these in one sentence are not read.
const NAMED: usize = 3;

impl Unsafe {
    /// Why the release is refused: where it can be worked out, and never what.
    pub fn refusal(&self) -> Refusal {
        let named: Vec<&str> = self.at.iter().take(NAMED).map(String::as_str).collect();
        let more = self.at.len().saturating_sub(NAMED);
        let and = if more > 0 { format!(" and in {more} more places") } else { String::new() };
        Refusal::because(format!(
            "This cannot be made public: what is hidden in {}{and} can be worked out from what is shown. Leave out a table, or join small groups.",
            named.join("; ")
        ))
    }
}

/// What a reader sees of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The count.
    Count(u64),
    /// That it is withheld.
    Withheld,
}

impl Shown {
    /// The count, where it is shown.
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Withheld => None,
        }
    }
}

/// The numbers of a release that the attack could do nothing with. There is no other way to have one
/// than [`judge`], and no way from it to a hidden count.
#[derive(Clone, PartialEq, Eq)]
pub struct Published {
    release: Release,
    pattern: Pattern,
    rule: Rule,
    certificate: Certificate,
}

/// A test's output or a log must not tell what is hidden.
impl std::fmt::Debug for Published {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Published").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl Published {
    /// What a reader sees of a count.
    pub fn shown(&self, cell: CellId) -> Shown {
        let shown = self.pattern.prints(&self.release, cell);
        match u64::try_from(self.release.value(cell)) {
            Ok(count) if shown => Shown::Count(count),
            _ => Shown::Withheld,
        }
    }

    /// A per cent in units of its last digit, where the release has it and it may be shown.
    pub fn percent(&self, count: CellId, base: CellId, decimals: u8) -> Option<i64> {
        let percents = self.release.percents.iter();
        let mut those = percents
            .filter(|each| each.count == count && each.base == base && each.decimals == decimals);
        let percent = those.next()?;
        let shows = self.pattern.shows_percent(&self.release, &self.rule, percent);
        let (count, base) = (self.release.value(count), self.release.value(base));
        Rounded::of(count, base, decimals).filter(|_| shows).map(Rounded::in_units)
    }

    /// What was tried, with what, on which numbers.
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}

/// Attacks a release under a pattern, whoever made the pattern.
///
/// # Errors
/// `AttackFault` where the attack could not be carried out; then nothing may be released.
pub fn judge(
    release: Release,
    pattern: Pattern,
    rule: Rule,
    solver: &dyn Solver,
) -> Result<Verdict, AttackFault> {
    let forgotten = Pattern::small_only(&release, &rule);
    let mut cells: Vec<CellId> =
        forgotten.hidden().map(|(id, _)| id).filter(|id| !pattern.hides(*id)).collect();
    let wanted: Vec<(CellId, i64)> = pattern
        .hidden()
        .map(|(id, why)| (id, if why == Why::Small { rule.width() } else { 1 }))
        .collect();
    let puzzle = Puzzle::of(&release, &pattern, &rule);
    cells.extend(narrow(&puzzle, &wanted, solver)?.into_iter().map(|(cell, _)| cell));
    if cells.is_empty() {
        let certificate = Certificate::of(&release, &pattern, &rule, solver);
        let published = Published { release, pattern, rule, certificate };
        return Ok(Verdict::Safe(Box::new(published)));
    }
    cells.sort_unstable();
    let at = cells.iter().map(|cell| release.at(*cell).to_owned()).collect();
    Ok(Verdict::Unsafe(Unsafe { cells, at }))
}
