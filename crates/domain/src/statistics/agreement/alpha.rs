//! Krippendorff's alpha: any number of people, gaps, and any scale.

use super::Readings;

/// How far apart two categories are. Where numbers matter, a category stands for its place, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Different is different.
    Nominal,
    /// Ordered: apart by how many judgements lie between.
    Ordinal,
    /// Apart by the difference of their numbers.
    Interval,
    /// Apart by the difference as a share of the sum.
    Ratio,
}

/// Krippendorff's alpha (2011), from the matrix of coincidences; what only one person judged does
/// not count. None where nothing was judged twice, or everything was judged alike.
pub fn krippendorff(readings: &Readings, scale: Scale) -> Option<f64> {
    let categories = readings.categories();
    // Each pair of two people's judgements of one thing, both ways round.
    let mut together = vec![vec![0.0; categories as usize]; categories as usize];
    for unit in readings.units().iter().filter(|unit| unit.readers() >= 2.0) {
        let (counts, part) = (unit.counts(categories), unit.weight() / (unit.readers() - 1.0));
        for (one, (row, count)) in together.iter_mut().zip(&counts).enumerate() {
            for (other, (cell, with)) in row.iter_mut().zip(&counts).enumerate() {
                let with = if one == other { with - 1.0 } else { *with };
                *cell += part * count * with;
            }
        }
    }
    let sums: Vec<f64> = together.iter().map(|row| row.iter().sum()).collect();
    let all: f64 = sums.iter().sum();
    let (mut seen, mut expected) = (0.0, 0.0);
    for (one, (row, sum)) in (0u32..).zip(together.iter().zip(&sums)) {
        for (other, (cell, with)) in (0u32..).zip(row.iter().zip(&sums)) {
            let apart = scale.apart(one, other, &sums);
            seen += cell * apart;
            expected += sum * with * apart;
        }
    }
    (expected > 0.0).then(|| 1.0 - (all - 1.0) * seen / expected)
}

impl Scale {
    /// The square of the distance between two categories, of which each was chosen so often.
    fn apart(self, one: u32, other: u32, sums: &[f64]) -> f64 {
        if one == other {
            return 0.0;
        }
        let (low, high) = (one.min(other), one.max(other));
        let (less, more) = (f64::from(low) + 1.0, f64::from(high) + 1.0);
        let distance = match self {
            Self::Nominal => 1.0,
            Self::Interval => more - less,
            Self::Ratio => (more - less) / (more + less),
            Self::Ordinal => {
                let span = (0u32..).zip(sums).filter(|(at, _)| (low..=high).contains(at));
                let part = |(at, sum): (u32, &f64)| {
                    if at == low || at == high { sum / 2.0 } else { *sum }
                };
                span.map(part).sum()
            }
        };
        distance * distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_one_person_judged_does_not_count() {
        let pair = [vec![Some(0), Some(0)], vec![Some(1), Some(1)], vec![Some(0), Some(1)]];
        let mut more = pair.to_vec();
        more.push(vec![None, Some(1)]);
        more.push(vec![None, None]);
        let [few, many] = [pair.to_vec(), more].map(|it| Readings::of_many(2, &it).unwrap());
        assert_eq!(krippendorff(&few, Scale::Nominal), krippendorff(&many, Scale::Nominal));
        let alone = Readings::of_many(2, &[vec![None, Some(1)]]).unwrap();
        assert_eq!(krippendorff(&alone, Scale::Ordinal), None);
    }
}
