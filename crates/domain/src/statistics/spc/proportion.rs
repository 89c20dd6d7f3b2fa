//! The limits of shares, each with the size of its own sample.

use super::{Limits, mean, moving_ranges};

/// How many of how many were met in one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sampled {
    /// How many.
    pub met: u32,
    /// Of how many.
    pub of: u32,
}

impl Sampled {
    /// The share; none where nothing was sampled.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.met) / f64::from(self.of))
    }
}

/// A chart of shares.
#[derive(Debug, Clone, PartialEq)]
pub struct Proportions {
    /// The share over all points.
    pub centre: f64,
    /// Each share.
    pub shares: Vec<f64>,
    /// The limits of each share, within 0 and 1.
    pub limits: Vec<(f64, f64)>,
    /// Limits for shares that vary more, or less, than chance alone; none where nothing varies.
    pub laney: Option<Laney>,
}

/// Laney's p' (D. B. Laney, 2002): the limits widened by how much the shares vary in fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Laney {
    /// 1 where the shares vary as chance alone would have it.
    pub sigma_z: f64,
    /// The limits of each share, within 0 and 1.
    pub limits: Vec<(f64, f64)>,
}

/// What turns an average moving range into a standard deviation.
const RANGE_TO_SIGMA: f64 = 1.128;

/// The chart of some shares; none where there is none, or one is out of nothing.
pub fn proportions(points: &[Sampled]) -> Option<Proportions> {
    let shares: Vec<f64> = points.iter().map(|point| point.share()).collect::<Option<_>>()?;
    let met: f64 = points.iter().map(|point| f64::from(point.met)).sum();
    let of: f64 = points.iter().map(|point| f64::from(point.of)).sum();
    if of <= 0.0 {
        return None;
    }
    let centre = met / of;
    let sigmas: Vec<f64> =
        points.iter().map(|point| (centre * (1.0 - centre) / f64::from(point.of)).sqrt()).collect();
    let around = |widened: f64| -> Vec<(f64, f64)> {
        let limit = |sigma: &f64| {
            let reach = 3.0 * sigma * widened;
            ((centre - reach).max(0.0), (centre + reach).min(1.0))
        };
        sigmas.iter().map(limit).collect()
    };
    let laney = if sigmas.iter().all(|sigma| *sigma > 0.0) {
        let z = shares.iter().zip(&sigmas).map(|(share, sigma)| (share - centre) / sigma);
        mean(&moving_ranges(&z.collect::<Vec<f64>>())).map(|range| {
            let sigma_z = range / RANGE_TO_SIGMA;
            Laney { sigma_z, limits: around(sigma_z) }
        })
    } else {
        None
    };
    Some(Proportions { centre, limits: around(1.0), shares, laney })
}

impl Proportions {
    /// The centre without limits: runs are read against it alone.
    pub const fn centre_only(&self) -> Limits {
        Limits {
            mean: self.centre,
            average_moving_range: 0.0,
            lower: f64::NEG_INFINITY,
            upper: f64::INFINITY,
        }
    }

    /// The places of the shares that lie beyond these limits.
    pub fn outside(&self, limits: &[(f64, f64)]) -> Vec<usize> {
        let places = self.shares.iter().zip(limits).enumerate();
        places
            .filter(|(_, (share, (lower, upper)))| *share < lower || *share > upper)
            .map(|(at, _)| at)
            .collect()
    }
}
