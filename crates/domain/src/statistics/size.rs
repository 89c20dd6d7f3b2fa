//! How many records to draw, and what for: to know a share, or to see at least one that fails.

use super::hypergeometric::missed;
use super::{Z, rounded_up};

/// What Krejcie and Morgan's table (1970) is made with: the chi-squared of 95%, a share of one
/// half, known to within five points. Unrounded: the published table rounds to the nearest, and a
/// sample that is to be large enough is rounded up. None for an empty population.
pub fn krejcie_morgan(population: u32) -> Option<f64> {
    const CHI_SQUARED: f64 = 3.841;
    const VARIANCE: f64 = 0.25;
    const MARGIN: f64 = 0.05;
    (population > 0).then(|| {
        let all = f64::from(population);
        CHI_SQUARED * all * VARIANCE / (MARGIN * MARGIN * (all - 1.0) + CHI_SQUARED * VARIANCE)
    })
}

/// A sample size as it was worked out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worked {
    /// Before the population was looked at.
    pub of_any: f64,
    /// For this population.
    pub unrounded: f64,
    /// Whole records: rounded up, and never more than there are.
    pub required: u32,
}

/// Cochran's size (1977, ch. 4) by which a share near `share` is known to within `margin`, with
/// the correction for a finite population. A population of none is taken to be without end. None
/// where the margin or the share leaves nothing to work out.
pub fn cochran(population: Option<u32>, margin: f64, share: f64) -> Option<Worked> {
    if !(margin > 0.0 && share > 0.0 && share < 1.0) || population == Some(0) {
        return None;
    }
    let of_any = Z * Z * share * (1.0 - share) / (margin * margin);
    let unrounded =
        population.map_or(of_any, |all| of_any / (1.0 + (of_any - 1.0) / f64::from(all)));
    let required = rounded_up(unrounded, population.unwrap_or(u32::MAX));
    Some(Worked { of_any, unrounded, required })
}

/// The smallest sample that misses all of so many failing records with a chance of 5% at most
/// (R. M. Cannon and R. T. Roe, 1982). None where nothing fails: no sample could find it.
pub fn to_see_one(population: u32, failing: u32) -> Option<u32> {
    // A chance of just 5% is no more than 5%, whatever the last bit of the division says.
    const MOST: f64 = 0.05 + 1e-12;
    if failing == 0 || failing > population {
        return None;
    }
    let (mut low, mut high) = (1, population);
    while low < high {
        let middle = low + (high - low) / 2;
        if missed(failing, middle, population) <= MOST {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_worked_out_is_none() {
        assert_eq!(krejcie_morgan(0), None);
        assert_eq!(cochran(Some(0), 0.1, 0.5), None);
        assert_eq!(cochran(Some(50), 0.0, 0.5), None);
        assert_eq!(to_see_one(50, 0), None);
        assert_eq!(to_see_one(5, 6), None);
    }

    #[test]
    fn one_failing_record_of_two_needs_both() {
        assert_eq!(to_see_one(2, 1), Some(2));
        assert_eq!(to_see_one(1, 1), Some(1));
    }
}
