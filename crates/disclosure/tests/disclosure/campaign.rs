//! Seeded releases of every shape: the attack works out nothing.

use std::time::Instant;

use quarterlight_disclosure::attack::{MicroLp, spreads};
use quarterlight_disclosure::{Puzzle, Rule, Verdict, Why, judge, protect};

use super::releases::release;

#[test]
fn disclosure_campaign() {
    let releases: u64 = std::env::var_os("QUARTERLIGHT_RELEASES")
        .map_or(40, |many| many.to_str().unwrap().parse().unwrap());
    let rule = Rule::default();
    let (mut cells, mut small, mut others, mut zeros) = (0, 0, 0, 0);
    let (mut refused, mut nothing) = (0, 0);
    let start = Instant::now();
    for seed in 0..releases {
        let (shape, release) = release(seed);
        let pattern = match protect(&release, &rule) {
            Ok(pattern) => pattern,
            Err(refusal) => {
                println!("seed {seed}, {shape}: {}", refusal.sentence());
                refused += 1;
                continue;
            }
        };
        if pattern.hidden().next().is_none() {
            nothing += 1;
        }
        cells += release.size();
        small += pattern.count(Why::Small);
        others += pattern.count(Why::Another);
        zeros += u64::from(!pattern.shows_zeros());
        // Beside the verdict, which stops early: every interval in full, for a part of them.
        if seed % 5 == 0 {
            let puzzle = Puzzle::of(&release, &pattern, &rule);
            for (cell, spread) in spreads(&puzzle, &MicroLp).unwrap() {
                let why = pattern.hidden().find(|(id, _)| *id == cell).map(|(_, why)| why);
                let width = if why == Some(Why::Small) { rule.width() } else { 1 };
                let at = release.at(cell);
                assert!(spread.is_as_wide_as(width), "seed {seed}, {shape}: {at} is {spread:?}");
            }
        }
        match judge(release, pattern, rule, &MicroLp).unwrap() {
            Verdict::Safe(_) => {}
            Verdict::Unsafe(not) => panic!("seed {seed}, {shape}: {}", not.refusal().sentence()),
        }
    }
    println!(
        "{releases} releases, {cells} cells: {small} small, {others} hidden for others, {zeros} with zeros hidden, {nothing} with nothing to hide, {refused} refused, in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    assert!(refused * 50 <= releases, "{refused} of {releases} could not be protected");
    assert!(small > 0 && others > 0);
}
