//! Exact bounds for a sample drawn without replacement: whole records, out of those there are.

use statrs::function::factorial::ln_factorial;

/// Between how many records of the population have what so many of the sample had, with 95%
/// confidence: every total that leaves each tail a chance above 2.5% (J. P. Buonaccorsi, 1987).
/// None where the counts cannot be.
pub fn bounds(found: u32, sampled: u32, population: u32) -> Option<(u32, u32)> {
    if found > sampled || sampled == 0 || sampled > population {
        return None;
    }
    let fewest = found;
    let most = population - (sampled - found);
    // Each tail's chance goes one way as the total grows, so the ends are found by halving.
    let low = first(fewest, most, |total| at_least(found, total, sampled, population) > 0.025);
    let high = first(fewest, most + 1, |total| {
        total > most || at_most(found, total, sampled, population) <= 0.025
    });
    Some((low, high.saturating_sub(1)))
}

/// The most records of the population that can fail although none of the sample did, with 95%
/// confidence in that one direction. None where the counts cannot be.
pub fn most_failing(sampled: u32, population: u32) -> Option<u32> {
    if sampled == 0 || sampled > population {
        return None;
    }
    let most = population - sampled;
    let beyond = first(0, most + 1, |failing| {
        failing > most || missed(failing, sampled, population) <= 0.05
    });
    Some(beyond.saturating_sub(1))
}

/// The chance that a sample holds none of the failing records.
pub fn missed(failing: u32, sampled: u32, population: u32) -> f64 {
    if failing + sampled > population {
        return 0.0;
    }
    let steps = failing.min(sampled);
    let others = population - failing.max(sampled);
    (0..steps)
        .fold(1.0, |chance, step| chance * f64::from(others - step) / f64::from(population - step))
}

/// The first number from `low` on, up to `high`, of which this is true; `high` where there is none.
fn first(mut low: u32, mut high: u32, is: impl Fn(u32) -> bool) -> u32 {
    while low < high {
        let middle = low + (high - low) / 2;
        if is(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The chance of finding so many or more in the sample, where the population has this total.
fn at_least(found: u32, total: u32, sampled: u32, population: u32) -> f64 {
    (found..=sampled.min(total)).map(|count| chance(count, total, sampled, population)).sum()
}

/// The chance of finding so many or fewer.
fn at_most(found: u32, total: u32, sampled: u32, population: u32) -> f64 {
    let fewest = (total + sampled).saturating_sub(population);
    (fewest..=found.min(total)).map(|count| chance(count, total, sampled, population)).sum()
}

fn chance(count: u32, total: u32, sampled: u32, population: u32) -> f64 {
    if count > total || count > sampled || sampled - count > population - total {
        return 0.0;
    }
    let ways = |of: u32, taken: u32| {
        let ln = |number: u32| ln_factorial(number.into());
        ln(of) - ln(taken) - ln(of - taken)
    };
    (ways(total, count) + ways(population - total, sampled - count) - ways(population, sampled))
        .exp()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn none_failing_of_twenty_four_leaves_a_tenth_that_may() {
        // The chance of missing all of 26 failing records of 240 is above 5%, that of 27 is not.
        assert_eq!(most_failing(24, 240), Some(26));
        assert!(missed(26, 24, 240) > 0.05 && missed(27, 24, 240) <= 0.05);
    }

    #[test]
    fn a_whole_population_leaves_nothing_to_chance() {
        assert_eq!(most_failing(12, 12), Some(0));
        assert_eq!(bounds(7, 12, 12), Some((7, 7)));
        assert_eq!(most_failing(0, 12), None);
        assert_eq!(bounds(1, 0, 12), None);
    }

    #[test]
    fn an_england_of_records_is_bounded_at_once() {
        let bound = most_failing(400, 400_000).unwrap();
        assert!((2_900..3_000).contains(&bound), "about 3 divided by 400: {bound}");
    }

    proptest! {
        #[test]
        fn the_bounds_hold_what_was_seen_and_the_chances_add_up(
            population in 1u32..200, part in 0.0f64..1.0, share in 0.0f64..1.0,
        ) {
            let sampled = super::super::rounded_up(part * f64::from(population), population).max(1);
            let found = super::super::rounded_up(share * f64::from(sampled), sampled);
            let (low, high) = bounds(found, sampled, population).unwrap();
            prop_assert!(low >= found && high <= population - (sampled - found) && low <= high);
            let whole = at_most(sampled, low, sampled, population);
            prop_assert!((whole - 1.0).abs() < 1e-9);
        }
    }
}
