//! What of the ledger is hidden, beside what is public already.
//!
//! First as little as a search can find. Where a quarter has few audits, the search finds no way:
//! their number stands in a sum with almost everything. Then the attack leads: whatever stands beside
//! a count that it works out is hidden, until it works out none.

use quarterlight_disclosure::attack::Solver;
use quarterlight_disclosure::{Past, Pattern, Release, Rule, Standing, Verdict, judge, protect};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::QuarterFigures;

use super::NotPublic;
use super::lay::{DATED, Layout, lay};

/// The figures laid out, and what is hidden of them.
pub struct Hidden {
    pub layout: Layout,
    pub release: Release,
    pub pattern: Pattern,
    /// How many reports of this quarter, and of others, were taken into the ledger.
    pub together: (usize, usize),
}

/// Lays the figures out and hides what must be.
///
/// # Errors
/// Refuses where nothing that could be hidden is enough, or nobody could try.
pub fn hide(
    figures: &QuarterFigures,
    rule: Rule,
    solver: &dyn Solver,
    earlier: &[(Quarter, Past)],
) -> Result<Hidden, NotPublic> {
    // Grand totals stay, as long as what they are made of can be protected beside them.
    let kept = Laid::out(figures, Standing::Kept, earlier);
    if let Ok(pattern) = protect(&kept.release, &rule) {
        return Ok(kept.hiding(pattern));
    }
    let open = Laid::out(figures, Standing::Open, earlier);
    match protect(&open.release, &rule) {
        Ok(pattern) => Ok(open.hiding(pattern)),
        Err(refusal) => match by_attack(&open.release, rule, solver)? {
            Some(pattern) => Ok(open.hiding(pattern)),
            None => Err(NotPublic::Refused(refusal)),
        },
    }
}

/// Hides the small counts, and then again and again whatever stands beside a count that the attack
/// still works out; none where nothing is left to hide. It ends, because each round hides more.
fn by_attack(
    release: &Release,
    rule: Rule,
    solver: &dyn Solver,
) -> Result<Option<Pattern>, NotPublic> {
    let mut next = Some(Pattern::small_only(release, &rule));
    while let Some(pattern) = next {
        match judge(release.clone(), pattern.clone(), rule, solver)? {
            Verdict::Safe(_) => return Ok(Some(pattern)),
            Verdict::Unsafe(it) => next = pattern.around(release, &it.cells),
        }
    }
    Ok(None)
}

/// The ledger, before anything is hidden.
struct Laid {
    layout: Layout,
    release: Release,
    together: (usize, usize),
}

impl Laid {
    /// The layout and its ledger where the grand totals stand so, beside what is public.
    fn out(figures: &QuarterFigures, grand: Standing, earlier: &[(Quarter, Past)]) -> Self {
        let mut layout = lay(figures, grand, earlier);
        let mut release = std::mem::take(&mut layout.release);
        let (mut own, mut others) = (0, 0);
        for (quarter, past) in earlier {
            if *quarter == figures.quarter {
                release.beside(past);
                own += 1;
            } else {
                let before = format!("{}: ", quarter.words());
                let is_dated = |at: &str| at.starts_with(DATED);
                others += usize::from(release.beside_another(past, is_dated, &before));
            }
        }
        Self { layout, release, together: (own, others) }
    }

    fn hiding(self, pattern: Pattern) -> Hidden {
        let Self { layout, release, together } = self;
        Hidden { layout, release, pattern, together }
    }
}
