//! Shares by largest remainder equal the exact ones.

use quarterlight_domain::frame::Stratum;
use quarterlight_domain::strata::{SampleSize, share_out};

use super::{cases, strings};

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
