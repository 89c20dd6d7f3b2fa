//! Cohen's kappa of two people with its standard error.

use super::chance::conger;
use super::{Coefficient, Readings, Weights};
use crate::statistics::Z;

/// Cohen's kappa, plain or weighted, with the error of Fleiss, Cohen and Everitt (1969). None for
/// more than two people, where something was judged by one alone, and where nothing varies.
pub fn cohen(readings: &Readings, weights: Weights) -> Option<Coefficient> {
    let alone = readings.units().iter().any(|unit| unit.readers() < 2.0);
    if readings.readers() != 2 || alone {
        return None;
    }
    let value = conger(readings, weights)?;
    let habits = readings.shares_by_reader();
    let [first, second] = habits.as_slice() else { return None };
    let categories = readings.categories();
    let chance = weights.across(first, second, categories);
    // How much a category of one agrees by chance with the other's.
    let by_chance = |category: u32, habit: &[f64]| -> f64 {
        let of = |(other, share): (u32, &f64)| weights.of(category, other, categories) * share;
        (0u32..).zip(habit).map(of).sum()
    };
    let mut sum = 0.0;
    for unit in readings.units() {
        let [Some(one), Some(other)] = unit.given.as_slice() else { return None };
        let habit = by_chance(*one, second) + by_chance(*other, first);
        let off = weights.of(*one, *other, categories) - habit * (1.0 - value);
        sum += unit.weight() / readings.size() * off * off;
    }
    let middle = value - chance * (1.0 - value);
    let room = 1.0 - chance;
    let variance = (sum - middle * middle) / (readings.size() * room * room);
    Some(Coefficient::with_variance(value, variance, Z))
}
