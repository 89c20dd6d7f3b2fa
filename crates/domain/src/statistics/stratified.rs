//! What a stratified sample says of all records: each stratum weighs what it has.

use super::Z;
use super::interval::Interval;

/// What was found in one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Records that could be drawn.
    pub population: u32,
    /// Records audited.
    pub sampled: u32,
    /// Those that met the standard.
    pub met: u32,
}

/// A share of all records, estimated over strata.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The share, from 0 to 1.
    pub share: f64,
    /// Its standard error, with the correction for finite strata.
    pub error: f64,
    /// The interval of 95%, held between 0 and 1.
    pub interval: Interval,
}

/// Estimates the share of all records (W. G. Cochran, 1977, ch. 5). None where a stratum that has
/// records has none sampled, or has one sampled of several, which says nothing of how they differ.
pub fn estimate(strata: &[Found]) -> Option<Estimate> {
    let all: f64 = strata.iter().map(|stratum| f64::from(stratum.population)).sum();
    if all <= 0.0 {
        return None;
    }
    let (mut share, mut variance) = (0.0, 0.0);
    for stratum in strata.iter().filter(|stratum| stratum.population > 0) {
        let Found { population, sampled, met } = *stratum;
        let is_whole = sampled == population;
        if sampled > population || met > sampled || (sampled < 2 && !is_whole) {
            return None;
        }
        let weight = f64::from(population) / all;
        let part = f64::from(met) / f64::from(sampled);
        share += weight * part;
        if !is_whole {
            let left = 1.0 - f64::from(sampled) / f64::from(population);
            variance += weight * weight * left * part * (1.0 - part) / f64::from(sampled - 1);
        }
    }
    let error = variance.sqrt();
    let interval =
        Interval { low: (share - Z * error).max(0.0), high: (share + Z * error).min(1.0) };
    Some(Estimate { share, error, interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(population: u32, sampled: u32, met: u32) -> Found {
        Found { population, sampled, met }
    }

    #[test]
    fn a_stratum_that_nobody_looked_at_leaves_no_estimate() {
        assert_eq!(estimate(&[found(40, 10, 5), found(9, 0, 0)]), None);
        assert_eq!(estimate(&[found(40, 10, 5), found(9, 1, 1)]), None);
        assert_eq!(estimate(&[]), None);
    }

    #[test]
    fn whole_strata_have_no_error() {
        let all = estimate(&[found(4, 4, 1), found(0, 0, 0), found(1, 1, 1)]).unwrap();
        assert!((all.share - 0.4).abs() < 1e-12 && all.error == 0.0);
    }
}
