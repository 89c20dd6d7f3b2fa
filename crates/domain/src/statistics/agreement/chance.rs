//! The share that agrees, and the coefficients that differ only in what they take chance to be.

use super::readings::number;
use super::{Readings, Weights, above_chance};

/// The share of pairs that agree, each thing counting once. None where nothing was judged twice.
pub fn percent(readings: &Readings, weights: Weights) -> Option<f64> {
    let (mut agreed, mut twice) = (0.0, 0.0);
    for unit in readings.units().iter().filter(|unit| unit.readers() >= 2.0) {
        agreed +=
            unit.weight() * of_unit(&unit.counts(readings.categories()), unit.readers(), weights);
        twice += unit.weight();
    }
    (twice > 0.0).then(|| agreed / twice)
}

/// The share of one thing's pairs that agree; 0 where only one judged it.
pub(super) fn of_unit(counts: &[f64], readers: f64, weights: Weights) -> f64 {
    let categories = u32::try_from(counts.len()).unwrap_or(u32::MAX);
    // Each judgement agrees with itself, which is taken off.
    let pairs = weights.across(counts, counts, categories) - readers;
    if readers < 2.0 { 0.0 } else { pairs / (readers * (readers - 1.0)) }
}

/// Cohen's kappa, and for more than two people Conger's: chance is each person's own habit.
pub fn conger(readings: &Readings, weights: Weights) -> Option<f64> {
    let habits = readings.shares_by_reader();
    let people = number(habits.len());
    let categories = readings.categories();
    let across = |one: &Vec<f64>, other: &Vec<f64>| weights.across(one, other, categories);
    // The mean over every pair of two different people.
    let all: f64 = habits.iter().flat_map(|a| habits.iter().map(move |b| across(a, b))).sum();
    let own: f64 = habits.iter().map(|habit| across(habit, habit)).sum();
    let chance = (habits.len() >= 2).then(|| (all - own) / (people * (people - 1.0)))?;
    above_chance(percent(readings, weights)?, chance)
}

/// Scott's pi, and for more than two people Fleiss's kappa: chance is the habit of all together.
pub fn fleiss(readings: &Readings, weights: Weights) -> Option<f64> {
    let shares = readings.shares();
    let chance = weights.across(&shares, &shares, readings.categories());
    above_chance(percent(readings, weights)?, chance)
}

/// Brennan and Prediger's coefficient: chance takes every category alike.
pub fn brennan_prediger(readings: &Readings, weights: Weights) -> Option<f64> {
    let categories = f64::from(readings.categories());
    let chance = weights.total(readings.categories()) / (categories * categories);
    above_chance(percent(readings, weights)?, chance)
}
