//! What of the ledger is hidden, beside what is public already.
//!
//! First as little as a search can find. Where a quarter has few audits, the search finds no way:
//! their number stands in a sum with almost everything. Then the attack leads: whatever stands beside
//! a count that it works out is hidden, until it works out none.

use quarterlight_disclosure::attack::Solver;
use quarterlight_disclosure::{Past, Pattern, Release, Rule, Standing, Verdict, judge, protect};
use quarterlight_domain::release::about::About;

use super::NotPublic;
use super::lay::DATED;

/// Figures that are laid out, and what is hidden of them.
pub struct Hidden<L> {
    pub layout: L,
    pub release: Release,
    pub pattern: Pattern,
    pub together: Together,
}

/// How many reports about the same, and of others, were taken into the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together {
    pub own: usize,
    pub others: usize,
}

/// Hides what must be of the figures that `lay` lays out, where grand totals stand as it is told.
///
/// # Errors
/// Refuses where nothing that could be hidden is enough, or nobody could try.
pub fn hide<L>(
    about: About,
    rule: Rule,
    solver: &dyn Solver,
    earlier: &[(About, Past)],
    lay: impl Fn(Standing) -> (Release, L),
) -> Result<Hidden<L>, NotPublic> {
    let laid = |grand| {
        let (mut release, layout) = lay(grand);
        let together = beside(&mut release, about, earlier);
        (layout, release, together)
    };
    // Grand totals stay, as long as what they are made of can be protected beside them.
    let (layout, release, together) = laid(Standing::Kept);
    if let Ok(pattern) = protect(&release, &rule) {
        return Ok(Hidden { layout, release, pattern, together });
    }
    let (layout, release, together) = laid(Standing::Open);
    let pattern = match protect(&release, &rule) {
        Ok(pattern) => pattern,
        Err(refusal) => by_attack(&release, rule, solver)?.ok_or(NotPublic::Refused(refusal))?,
    };
    Ok(Hidden { layout, release, pattern, together })
}

/// Takes into the ledger what is public already.
fn beside(release: &mut Release, about: About, earlier: &[(About, Past)]) -> Together {
    let mut together = Together { own: 0, others: 0 };
    for (of, past) in earlier {
        if *of == about {
            release.beside(past);
            together.own += 1;
        } else {
            let before = format!("{}: ", of.words());
            let is_dated = |at: &str| at.starts_with(DATED);
            together.others += usize::from(release.beside_another(past, is_dated, &before));
        }
    }
    together
}

/// Hides the small counts, and then again and again whatever stands beside a count that the attack
/// still works out. It ends, because each round hides more. Where nothing is left to hide, what can
/// still be worked out and is not small is no secret, and is shown; none where that is not enough.
fn by_attack(
    release: &Release,
    rule: Rule,
    solver: &dyn Solver,
) -> Result<Option<Pattern>, NotPublic> {
    let attack = |pattern: &Pattern| judge(release.clone(), pattern.clone(), rule, solver);
    let mut pattern = Pattern::small_only(release, &rule);
    let worked_out = loop {
        match attack(&pattern)? {
            Verdict::Safe(_) => return Ok(Some(pattern)),
            Verdict::Unsafe(it) => match pattern.around(release, &it.cells) {
                Some(wider) => pattern = wider,
                None => break it.cells,
            },
        }
    };
    let Some(pattern) = pattern.showing(&worked_out) else { return Ok(None) };
    Ok(matches!(attack(&pattern)?, Verdict::Safe(_)).then_some(pattern))
}
