//! Intervals of shares equal the published and the exact ones.

use quarterlight_domain::statistics::hypergeometric::bounds;
use quarterlight_domain::statistics::interval::{
    Interval, clopper_pearson, difference, wilson, wilson_finite,
};
use quarterlight_domain::statistics::stratified::{Found, estimate};
use serde_json::Value;

use super::{cases, near, whole};

fn same(interval: Option<Interval>, expected: &Value, id: &Value) {
    let interval = interval.unwrap();
    near(interval.low, &expected[0], id);
    near(interval.high, &expected[1], id);
}

#[test]
fn intervals_are_the_oracles() {
    let mut checked = 0;
    for case in cases("proportion_intervals.json") {
        let (id, inputs, expected) = (&case["id"], &case["inputs"], &case["expected"]);
        for (what, value) in expected.as_object().unwrap() {
            checked += 1;
            let (met, sampled) = (&inputs["met"], &inputs["sampled"]);
            let pair = |met: &str, n: &str| (whole(&inputs[met]), whole(&inputs[n]));
            let strata = || -> Vec<Found> {
                let read = |stratum: &Value| Found {
                    population: whole(&stratum["population"]),
                    sampled: whole(&stratum["sampled"]),
                    met: whole(&stratum["met"]),
                };
                inputs["strata"].as_array().unwrap().iter().map(read).collect()
            };
            match what.as_str() {
                "p" => near(f64::from(whole(met)) / f64::from(whole(sampled)), value, id),
                "wilson_95" => same(wilson(whole(met), whole(sampled)), value, id),
                "clopper_pearson_95" => {
                    same(clopper_pearson(whole(met), whole(sampled)), value, id);
                }
                "wilson_fpc_95" => {
                    let population = whole(&inputs["population"]);
                    same(wilson_finite(whole(met), whole(sampled), population), value, id);
                }
                "hypergeometric_exact_95_population_count" => {
                    let bounds = bounds(whole(met), whole(sampled), whole(&inputs["population"]));
                    assert_eq!(bounds, Some((whole(&value[0]), whole(&value[1]))), "{id}");
                }
                "hypergeometric_exact_95_proportion" => {
                    let population = whole(&inputs["population"]);
                    let (low, high) = bounds(whole(met), whole(sampled), population).unwrap();
                    near(f64::from(low) / f64::from(population), &value[0], id);
                    near(f64::from(high) / f64::from(population), &value[1], id);
                }
                "difference" => {
                    let ((a, n), (b, m)) = (pair("met_1", "n_1"), pair("met_2", "n_2"));
                    near(f64::from(a) / f64::from(n) - f64::from(b) / f64::from(m), value, id);
                }
                "newcombe_hybrid_score_95" => {
                    same(difference(pair("met_1", "n_1"), pair("met_2", "n_2")), value, id);
                }
                "estimate" => near(estimate(&strata()).unwrap().share, value, id),
                "standard_error" => near(estimate(&strata()).unwrap().error, value, id),
                "wald_95" => same(Some(estimate(&strata()).unwrap().interval), value, id),
                "unweighted_pooled" => {
                    let strata = strata();
                    let met: u32 = strata.iter().map(|stratum| stratum.met).sum();
                    let sampled: u32 = strata.iter().map(|stratum| stratum.sampled).sum();
                    near(f64::from(met) / f64::from(sampled), value, id);
                    let share = estimate(&strata).unwrap().share;
                    assert!((share - f64::from(met) / f64::from(sampled)).abs() > 1e-6, "{id}");
                }
                other => panic!("{id}: nothing is known of {other}"),
            }
        }
    }
    assert!(checked > 30, "only {checked} values were checked");
}
