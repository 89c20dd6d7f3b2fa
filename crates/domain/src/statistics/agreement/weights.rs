//! How much two categories agree: only with themselves, or the more the nearer they stand.

/// What counts as agreement between two categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Only the same category agrees.
    Plain,
    /// Agreement falls evenly with each step between ordered categories.
    Linear,
    /// Agreement falls with the square of the steps: neighbours nearly agree.
    Quadratic,
}

impl Weights {
    /// The weight of two categories out of so many, from 0 to 1.
    pub fn of(self, one: u32, other: u32, categories: u32) -> f64 {
        if one == other {
            return 1.0;
        }
        let steps = f64::from(one.abs_diff(other)) / f64::from(categories.saturating_sub(1).max(1));
        match self {
            Self::Plain => 0.0,
            Self::Linear => 1.0 - steps,
            Self::Quadratic => 1.0 - steps * steps,
        }
    }

    /// The weights of every pair of so many categories, summed.
    pub(super) fn total(self, categories: u32) -> f64 {
        let row = |one| (0..categories).map(move |other| self.of(one, other, categories));
        (0..categories).flat_map(row).sum()
    }

    /// What these shares agree with the others, pair by pair.
    pub(super) fn across(self, shares: &[f64], others: &[f64], categories: u32) -> f64 {
        let row = |(one, a): (u32, &f64)| {
            let a = *a;
            (0u32..).zip(others).map(move |(other, b)| self.of(one, other, categories) * a * b)
        };
        (0u32..).zip(shares).flat_map(row).sum()
    }
}
