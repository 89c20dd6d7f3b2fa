//! Whether two shares differ, by the interval of their difference, or only as samples do.

use super::interval::{Interval, difference};
use super::spc::Sampled;

/// What may be said of a share beside an earlier one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Compared {
    /// Higher than before: the interval of the difference lies above nothing.
    Higher(Interval),
    /// Lower than before: it lies below nothing.
    Lower(Interval),
    /// No change can be told: what lies between them is what two samples may differ by anyway.
    NotTold(Interval),
    /// One of the two was out of nothing.
    Nothing,
}

impl Compared {
    /// The share now beside the share before, at 95% confidence (Newcombe's hybrid score interval).
    /// An end that is nothing exactly is no change.
    pub fn of(now: Sampled, before: Sampled) -> Self {
        match difference((now.met, now.of), (before.met, before.of)) {
            None => Self::Nothing,
            Some(between) if between.low > 0.0 => Self::Higher(between),
            Some(between) if between.high < 0.0 => Self::Lower(between),
            Some(between) => Self::NotTold(between),
        }
    }

    /// Whether it may be called a change.
    pub const fn is_change(&self) -> bool {
        matches!(self, Self::Higher(_) | Self::Lower(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn of(met: u32, of: u32) -> Sampled {
        Sampled { met, of }
    }

    #[test]
    fn small_samples_that_differ_much_have_not_changed() {
        assert!(!Compared::of(of(9, 12), of(6, 12)).is_change());
        assert_eq!(Compared::of(of(3, 4), of(0, 0)), Compared::Nothing);
        assert!(!Compared::of(of(12, 12), of(12, 12)).is_change());
    }

    #[test]
    fn large_samples_that_differ_have_changed_and_say_which_way() {
        assert!(matches!(Compared::of(of(90, 100), of(60, 100)), Compared::Higher(_)));
        assert!(matches!(Compared::of(of(60, 100), of(90, 100)), Compared::Lower(_)));
    }

    #[test]
    fn the_direction_turns_with_the_order() {
        let (one, other) = (of(33, 40), of(18, 38));
        let (Compared::Higher(up), Compared::Lower(down)) =
            (Compared::of(one, other), Compared::of(other, one))
        else {
            panic!("they differ");
        };
        assert!((up.low + down.high).abs() < 1e-12 && (up.high + down.low).abs() < 1e-12);
    }
}
