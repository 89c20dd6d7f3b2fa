//! Shares of a sample where it is known how much records differ within each stratum.

/// A stratum with what is known of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Records that can be drawn.
    pub population: u32,
    /// How much they differ: the standard deviation of what is measured.
    pub deviation: f64,
}

impl Spread {
    fn weight(self) -> f64 {
        f64::from(self.population) * self.deviation
    }
}

/// Neyman's shares (1934), unrounded and not held to what a stratum has. None where no stratum
/// has a record that differs from the others.
pub fn neyman(strata: &[Spread], sample: u32) -> Option<Vec<f64>> {
    let all: f64 = strata.iter().map(|stratum| stratum.weight()).sum();
    (all > 0.0)
        .then(|| strata.iter().map(|stratum| f64::from(sample) * stratum.weight() / all).collect())
}

/// The whole shares with the smallest variance (T. Wright, 2012 and 2017): the least for each
/// stratum, then one record at a time to the stratum where it helps most, never above what it
/// has; ties go to the first. The least is given even where it is more than the sample.
pub fn optimum(strata: &[Spread], sample: u32, at_least: u32) -> Vec<u32> {
    let mut shares: Vec<u32> =
        strata.iter().map(|stratum| at_least.min(stratum.population)).collect();
    let mut left = sample.saturating_sub(shares.iter().sum());
    while left > 0 {
        let mut best: Option<(f64, &mut u32)> = None;
        for (stratum, share) in strata.iter().zip(&mut shares) {
            if *share >= stratum.population {
                continue;
            }
            let have = f64::from(*share);
            // The first record of a stratum comes before any second one.
            let gain = if *share == 0 {
                f64::INFINITY
            } else {
                stratum.weight() / (have * (have + 1.0)).sqrt()
            };
            if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                best = Some((gain, share));
            }
        }
        let Some((_, share)) = best else { return shares };
        *share += 1;
        left -= 1;
    }
    shares
}

/// The variance of the mean over all strata. None where a stratum that has records has no share.
pub fn variance(strata: &[Spread], shares: &[u32]) -> Option<f64> {
    let all: f64 = strata.iter().map(|stratum| f64::from(stratum.population)).sum();
    let mut sum = 0.0;
    for (stratum, share) in strata.iter().zip(shares) {
        if stratum.population == 0 {
            continue;
        }
        if *share == 0 {
            return None;
        }
        let (population, share) = (f64::from(stratum.population), f64::from(*share));
        let weight = population / all;
        let spread = stratum.deviation * stratum.deviation;
        sum += weight * weight * (1.0 - share / population) * spread / share;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(population: u32, deviation: f64) -> Spread {
        Spread { population, deviation }
    }

    #[test]
    fn nothing_is_given_above_what_there_is() {
        assert_eq!(optimum(&[spread(2, 0.5), spread(3, 0.5)], 40, 1), [2, 3]);
        assert_eq!(optimum(&[], 40, 1), Vec::<u32>::new());
    }

    #[test]
    fn where_nothing_differs_there_is_no_optimum_to_say() {
        assert_eq!(neyman(&[spread(40, 0.0)], 10), None);
        assert_eq!(variance(&[spread(40, 0.5)], &[0]), None);
    }
}
