//! What a rounded per cent gives away about its count.

/// A per cent as it is printed, rounded: 9.8 with one decimal is 98 tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounded {
    units: i64,
    scale: i64,
}

/// More decimals than these are never printed, and would not be exact.
const MOST_DECIMALS: u8 = 3;

impl Rounded {
    /// A per cent of so many units of its last digit.
    pub fn units(units: i64, decimals: u8) -> Self {
        Self { units, scale: 10_i64.pow(u32::from(decimals.min(MOST_DECIMALS))) }
    }

    /// A count out of a base as a per cent, halves up; none out of nothing.
    pub fn of(count: i64, base: i64, decimals: u8) -> Option<Self> {
        let scale = Self::units(0, decimals).scale;
        let units = (200 * scale * count + base).checked_div(2 * base)?;
        Some(Self { units, scale })
    }

    /// The per cent in units of its last digit.
    pub const fn in_units(self) -> i64 {
        self.units
    }

    /// Three numbers, such that the first times the count is at least the second times the base,
    /// and less than the third times the base.
    pub(crate) const fn bounds(self) -> (i64, i64, i64) {
        (200 * self.scale, 2 * self.units - 1, 2 * self.units + 1)
    }

    /// Every count out of this base that is printed as this per cent.
    pub fn counts_of(self, base: i64) -> Vec<i64> {
        let (times, low, high) = self.bounds();
        let first = (low * base + times - 1).div_euclid(times).max(0);
        let last = (high * base + times - 1).div_euclid(times) - 1;
        (first..=last.min(base)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_behind_a_per_cent_are_those_that_round_to_it() {
        for base in 1..=60 {
            for decimals in 0..=1 {
                for count in 0..=base {
                    let published = Rounded::of(count, base, decimals).unwrap();
                    let all: Vec<i64> = (0..=base)
                        .filter(|other| Rounded::of(*other, base, decimals) == Some(published))
                        .collect();
                    assert_eq!(published.counts_of(base), all, "{count} of {base}");
                }
            }
        }
        assert_eq!(Rounded::of(1, 0, 0), None);
    }
}
