//! Charts over time equal what the NHS package and two other computations give.

use quarterlight_domain::statistics::spc::{Ranges, Sampled, flags, limits, proportions};
use serde_json::Value;

use super::{cases, near, whole};

fn places(value: &Value) -> Vec<usize> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|it| usize::try_from(it.as_u64().unwrap()).unwrap())
        .collect()
}

#[test]
fn charts_of_values_are_the_oracles() {
    let mut checked = 0;
    for case in cases("spc.json").iter().filter(|case| case["kind"] == "xmr") {
        let values = case["inputs"]["values"].as_array().unwrap();
        let values: Vec<f64> = values.iter().map(|value| value.as_f64().unwrap()).collect();
        for (name, ranges) in [("screened", Ranges::Screened), ("unscreened", Ranges::All)] {
            let expected = &case["expected"][name];
            let limits = limits(&values, ranges).unwrap();
            near(limits.mean, &expected["mean"], &case["id"]);
            near(limits.average_moving_range, &expected["average_moving_range"], &case["id"]);
            near(limits.lower, &expected["lower"], &case["id"]);
            near(limits.upper, &expected["upper"], &case["id"]);
            let found = flags(&values, &limits);
            let flagged = &expected["flags_zero_based"];
            assert_eq!(found.outside, places(&flagged["outside_limits"]), "{}", case["id"]);
            assert_eq!(found.shift, places(&flagged["shift_7"]), "{}", case["id"]);
            assert_eq!(found.trend, places(&flagged["trend_7"]), "{}", case["id"]);
            assert_eq!(found.near_limit, places(&flagged["two_of_three"]), "{}", case["id"]);
            checked += 1;
        }
    }
    assert_eq!(checked, 10);
}

#[test]
fn charts_of_shares_are_the_oracles() {
    let all = cases("spc.json");
    let case = all.iter().find(|case| case["kind"] == "p_chart").unwrap();
    let points: Vec<Sampled> = case["inputs"]["met_and_sampled"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| Sampled { met: whole(&pair[0]), of: whole(&pair[1]) })
        .collect();
    let chart = proportions(&points).unwrap();
    let (expected, id) = (&case["expected"], &case["id"]);
    near(chart.centre, &expected["centre"], id);
    let outside = chart.outside(&chart.limits);
    for (at, point) in expected["points"].as_array().unwrap().iter().enumerate() {
        near(chart.shares[at], &point["p"], id);
        near(chart.limits[at].0, &point["lower"], id);
        near(chart.limits[at].1, &point["upper"], id);
        assert_eq!(outside.contains(&at), point["outside"].as_bool().unwrap());
    }
    let laney = chart.laney.unwrap();
    near(laney.sigma_z, &expected["laney_sigma_z"], id);
    for (at, pair) in expected["laney_limits"].as_array().unwrap().iter().enumerate() {
        near(laney.limits[at].0, &pair[0], id);
        near(laney.limits[at].1, &pair[1], id);
    }
}
