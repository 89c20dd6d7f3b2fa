//! Gwet's AC1, and AC2 for ordered categories: they hold where nearly everything is judged alike.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::chance::{of_unit, percent};
use super::{Coefficient, Readings, Weights, above_chance};

/// Gwet's AC1 with [`Weights::Plain`], AC2 with the others (K. L. Gwet, 2008); its error is that of
/// things drawn from very many, with his correction for chance being estimated too.
pub fn gwet(readings: &Readings, weights: Weights) -> Option<Coefficient> {
    let seen = percent(readings, weights)?;
    let shares = readings.shares();
    let categories = f64::from(readings.categories());
    let scale = weights.total(readings.categories()) / (categories * (categories - 1.0));
    let chance = scale * shares.iter().map(|share| share * (1.0 - share)).sum::<f64>();
    let value = above_chance(seen, chance)?;
    let (size, twice) = (readings.size(), f64::from(readings.judged_twice()));
    if size < 2.0 {
        return Some(Coefficient { value, error: None, interval: None });
    }
    let room = 1.0 - chance;
    let mut squares = 0.0;
    for unit in readings.units() {
        let (counts, readers) = (unit.counts(readings.categories()), unit.readers());
        let own = if readers < 2.0 {
            0.0
        } else {
            (size / twice) * (of_unit(&counts, readers, weights) - chance) / room
        };
        let other = counts.iter().zip(&shares).map(|(count, share)| count * (1.0 - share));
        let own_chance = scale * other.sum::<f64>() / readers;
        let off = own - 2.0 * (1.0 - value) * (own_chance - chance) / room - value;
        squares += unit.weight() * off * off;
    }
    let variance = squares / (size * (size - 1.0));
    let errors = StudentsT::new(0.0, 1.0, size - 1.0).map(|t| t.inverse_cdf(0.975)).ok()?;
    Some(Coefficient::with_variance(value, variance, errors))
}
