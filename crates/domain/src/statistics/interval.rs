//! Intervals for a share: of a large population, of a finite one, and between two quarters.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::beta_reg;

use super::Z;

/// The values between which a share lies with 95% confidence, from 0 to 1; a difference from -1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Wilson's score interval without continuity correction (E. B. Wilson, 1927; R. G. Newcombe,
/// 1998). None where nothing was sampled or more were met than sampled.
pub fn wilson(met: u32, sampled: u32) -> Option<Interval> {
    (met <= sampled && sampled > 0).then(|| score(met, sampled, f64::from(sampled), Z))
}

/// Wilson's interval for a finite population: the sample counts for n(N-1)/(N-n) records, and for
/// a whole population there is no sampling error left. None where the counts cannot be.
pub fn wilson_finite(met: u32, sampled: u32, population: u32) -> Option<Interval> {
    if met > sampled || sampled == 0 || sampled > population {
        return None;
    }
    if sampled == population {
        let share = f64::from(met) / f64::from(sampled);
        return Some(Interval { low: share, high: share });
    }
    let worth = f64::from(sampled) * f64::from(population - 1) / f64::from(population - sampled);
    Some(score(met, sampled, worth, Z))
}

/// Wilson's interval where the sample counts for so many records, at the confidence of a quantile.
fn score(met: u32, sampled: u32, worth: f64, z: f64) -> Interval {
    let share = f64::from(met) / f64::from(sampled);
    let square = z * z;
    let middle = (share + square / (2.0 * worth)) / (1.0 + square / worth);
    let half = z * (share * (1.0 - share) / worth + square / (4.0 * worth * worth)).sqrt()
        / (1.0 + square / worth);
    // The ends at none and all are 0 and 1 exactly; subtraction would leave a trace.
    Interval {
        low: if met == 0 { 0.0 } else { (middle - half).max(0.0) },
        high: if met == sampled { 1.0 } else { (middle + half).min(1.0) },
    }
}

/// The interval of Clopper and Pearson (1934), which never covers less than it says. None where
/// nothing was sampled or more were met than sampled.
pub fn clopper_pearson(met: u32, sampled: u32) -> Option<Interval> {
    if met > sampled || sampled == 0 {
        return None;
    }
    let missed = f64::from(sampled - met);
    let met_share = f64::from(met);
    let low = if met == 0 { 0.0 } else { beta_quantile(0.025, met_share, missed + 1.0) };
    let high = if met == sampled { 1.0 } else { beta_quantile(0.975, met_share + 1.0, missed) };
    Some(Interval { low, high })
}

/// Where the beta distribution reaches this chance: halved sixty times, which is finer than f64 needs.
fn beta_quantile(chance: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if beta_reg(a, b, middle) < chance {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Newcombe's hybrid score interval (1998, method 10) for the first share less the second. Two
/// quarters differ only where it leaves 0 out. None where either sample is empty.
pub fn difference(first: (u32, u32), second: (u32, u32)) -> Option<Interval> {
    newcombe(first, second, Z)
}

/// The same where so many pairs of shares are compared at once (Bonferroni): with 95% confidence
/// every one of these intervals holds the truth.
pub fn difference_among(first: (u32, u32), second: (u32, u32), compared: u32) -> Option<Interval> {
    let z = match compared {
        0 | 1 => Z,
        many => Normal::standard().inverse_cdf(1.0 - 0.025 / f64::from(many)),
    };
    newcombe(first, second, z)
}

fn newcombe(first: (u32, u32), second: (u32, u32), z: f64) -> Option<Interval> {
    let wilson = |(met, sampled): (u32, u32)| {
        (met <= sampled && sampled > 0).then(|| score(met, sampled, f64::from(sampled), z))
    };
    let (one, other) = (wilson(first)?, wilson(second)?);
    let share = |(met, sampled): (u32, u32)| f64::from(met) / f64::from(sampled);
    let (p, q) = (share(first), share(second));
    let step = |a: f64, b: f64| (a * a + b * b).sqrt();
    Some(Interval {
        low: p - q - step(p - one.low, other.high - q),
        high: p - q + step(one.high - p, q - other.low),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_worked_out_is_none() {
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
        assert_eq!(clopper_pearson(0, 0), None);
        assert_eq!(wilson_finite(1, 5, 4), None);
        assert_eq!(difference((1, 2), (0, 0)), None);
    }

    #[test]
    fn a_whole_population_leaves_nothing_to_chance() {
        let all = wilson_finite(3, 4, 4).unwrap();
        assert!((all.low - 0.75).abs() < 1e-12 && (all.high - 0.75).abs() < 1e-12);
    }
}
