//! Shares by largest remainder, by Neyman and by the exact optimum equal the published ones.

use quarterlight_domain::frame::Stratum;
use quarterlight_domain::statistics::optimum::{Spread, neyman, optimum, variance};
use quarterlight_domain::strata::{SampleSize, share_out};

use super::{cases, near, strings, whole as count};

#[test]
fn the_largest_remainder_is_the_oracles() {
    for case in cases("allocation.json") {
        let inputs = &case["inputs"];
        let whole = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let names = strings(&inputs["strata"]);
        // Ties go by the order of the strata, which for us is the order of their names.
        let strata: Vec<Stratum> =
            (0..names.len()).map(|index| Stratum::new(&format!("{index:03}")).unwrap()).collect();
        let population = inputs["population"].as_array().unwrap().iter().map(whole);
        let sizes = strata.into_iter().zip(population).collect();
        let total = whole(&inputs["sample"]);
        let shares: Vec<usize> =
            share_out(&sizes, SampleSize { total, at_least: 0 }).into_values().collect();
        let expected = case["expected"]["proportional_largest_remainder"].as_array().unwrap();
        let expected: Vec<usize> = expected.iter().map(whole).collect();
        assert_eq!(shares, expected, "{}", case["id"]);
    }
}

#[test]
fn the_shares_by_spread_are_the_oracles() {
    for case in cases("allocation.json") {
        let (id, inputs, expected) = (&case["id"], &case["inputs"], &case["expected"]);
        let population = inputs["population"].as_array().unwrap();
        let deviation = inputs["sd"].as_array().unwrap().iter();
        let spread = |(population, deviation): (&serde_json::Value, &serde_json::Value)| Spread {
            population: count(population),
            deviation: deviation.as_f64().unwrap(),
        };
        let strata: Vec<Spread> = population.iter().zip(deviation).map(spread).collect();
        let sample = count(&inputs["sample"]);
        let shares = neyman(&strata, sample).unwrap();
        for (ours, theirs) in shares.iter().zip(expected["neyman_unrounded"].as_array().unwrap()) {
            near(*ours, theirs, id);
        }
        let all: f64 = strata.iter().map(|stratum| f64::from(stratum.population)).sum();
        let quotas = expected["proportional_quota"].as_array().unwrap();
        for (stratum, quota) in strata.iter().zip(quotas) {
            near(f64::from(sample) * f64::from(stratum.population) / all, quota, id);
        }
        let shares = optimum(&strata, sample, count(&inputs["min_per_stratum"]));
        let theirs = expected["optimal_integer_allocation"].as_array().unwrap();
        assert_eq!(shares, theirs.iter().map(count).collect::<Vec<_>>(), "{id}");
        let variance = variance(&strata, &shares).unwrap();
        near(variance, &expected["optimal_variance_of_stratified_mean"], id);
    }
}
