//! Plain enumeration, which needs no solver, finds the same intervals in small puzzles.

use quarterlight_disclosure::attack::{AttackFault, MicroLp, Part, Solver, Spread, Way, spreads};
use quarterlight_disclosure::{Pattern, Puzzle, Rule, protect};

use super::releases::release;

/// Tries every count of every cell, and stops a branch as soon as what is said cannot hold.
struct Enumeration {
    most: usize,
}

/// What reaches this may be bounded by nothing, and is left to the solver.
const FAR: i64 = 400;

impl Solver for Enumeration {
    fn name(&self) -> String {
        "plain enumeration".to_owned()
    }

    fn farthest(&self, part: &Part, at: usize, way: Way) -> Result<Vec<i64>, AttackFault> {
        let mut best: Option<Vec<i64>> = None;
        let mut steps = 0;
        let mut far = false;
        self.fill(part, &mut Vec::new(), &mut steps, &mut |table| {
            far |= table.iter().any(|count| *count >= FAR);
            let better = best.as_ref().is_none_or(|best| match way {
                Way::Least => table[at] < best[at],
                Way::Most => table[at] > best[at],
            });
            if better {
                best = Some(table.to_vec());
            }
        });
        if far || steps > self.most {
            return Err(AttackFault("too many".to_owned()));
        }
        best.ok_or(AttackFault("no table".to_owned()))
    }
}

impl Enumeration {
    fn fill(
        &self,
        part: &Part,
        table: &mut Vec<i64>,
        steps: &mut usize,
        with: &mut dyn FnMut(&[i64]),
    ) {
        *steps += 1;
        if *steps > self.most || !possible(part, table) {
            return;
        }
        let at = table.len();
        if at == part.cells.len() {
            with(table);
            return;
        }
        for count in part.lows[at]..=part.highs[at].min(FAR) {
            table.push(count);
            self.fill(part, table, steps, with);
            table.pop();
            if *steps > self.most {
                return;
            }
        }
    }
}

/// Whether the rest of the table could still be filled: each relation within reach of its bounds.
fn possible(part: &Part, table: &[i64]) -> bool {
    part.relations.iter().all(|relation| {
        let (mut least, mut most) = (0, 0);
        for (at, times) in &relation.terms {
            let (low, high) =
                table.get(*at).map_or((part.lows[*at], part.highs[*at]), |count| (*count, *count));
            least += (times * low).min(times * high);
            most += (times * low).max(times * high);
        }
        relation.low.is_none_or(|low| most >= low) && relation.high.is_none_or(|high| least <= high)
    })
}

/// Small puzzles with what the solver says of them: safe ones, and some with too little hidden.
fn puzzles() -> Vec<Puzzle> {
    let rule = Rule::default();
    let mut all = Vec::new();
    for seed in 0..160 {
        let (_, release) = release(seed);
        let Ok(pattern) = protect(&release, &rule) else { continue };
        all.push(Puzzle::of(&release, &pattern, &rule));
        all.push(Puzzle::of(&release, &Pattern::small_only(&release, &rule), &rule));
    }
    all
}

#[test]
fn enumeration_finds_what_the_solver_finds() {
    let mut checked = 0;
    for puzzle in puzzles() {
        let Ok(plain) = spreads(&puzzle, &Enumeration { most: 60_000 }) else { continue };
        assert_eq!(spreads(&puzzle, &MicroLp).unwrap(), plain);
        checked += plain.len();
    }
    println!("{checked} intervals are the same");
    assert!(checked > 100, "only {checked} intervals could be enumerated");
}

/// A solver that claims more room than there is, by one count.
struct Boasting;

impl Solver for Boasting {
    fn name(&self) -> String {
        "one that lies".to_owned()
    }

    fn farthest(&self, part: &Part, at: usize, way: Way) -> Result<Vec<i64>, AttackFault> {
        let mut table = MicroLp.farthest(part, at, way)?;
        table[at] += if way == Way::Most { 5 } else { -5 };
        Ok(table)
    }
}

/// A solver that stops at the first table that it finds.
struct Lazy;

impl Solver for Lazy {
    fn name(&self) -> String {
        "one that stops early".to_owned()
    }

    fn farthest(&self, part: &Part, at: usize, _: Way) -> Result<Vec<i64>, AttackFault> {
        MicroLp.farthest(part, at, Way::Least)
    }
}

#[test]
fn a_solver_that_errs_is_found_out() {
    let tied = puzzles().into_iter().filter(|puzzle| {
        spreads(puzzle, &Enumeration { most: 60_000 })
            .is_ok_and(|all| all.iter().any(|(_, it)| !it.is_exact() && it.high.is_some()))
    });
    let (mut boasts, mut lazy) = (0, 0);
    for puzzle in tied.take(20) {
        // What claims too much does not add up, and stops the release.
        assert!(spreads(&puzzle, &Boasting).is_err());
        boasts += 1;
        // What claims too little errs on the safe side, and is not what enumeration finds.
        let plain: Vec<Spread> = spreads(&puzzle, &Enumeration { most: 60_000 })
            .unwrap()
            .into_iter()
            .map(|(_, spread)| spread)
            .collect();
        let short = spreads(&puzzle, &Lazy).unwrap();
        assert!(short.iter().zip(&plain).all(|((_, ours), all)| {
            ours.low >= all.low && all.high.is_none_or(|high| ours.high.unwrap() <= high)
        }));
        lazy += usize::from(short.iter().zip(&plain).any(|((_, ours), all)| ours != all));
    }
    assert!(boasts >= 5 && lazy >= 5, "{boasts} boasted, {lazy} stopped early");
}
