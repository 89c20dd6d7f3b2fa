//! Agreement between people equals the published and the computed values.

use quarterlight_domain::statistics::agreement::{
    Readings, Scale, Weights, brennan_prediger, cohen, conger, fleiss, gwet, krippendorff, percent,
};
use serde_json::Value;

use super::{cases, whole};

const PLAIN: Weights = Weights::Plain;

/// That a value is the oracle's within its tolerance, or that neither can be computed.
fn same(ours: Option<f64>, theirs: &Value, what: &str) {
    match (ours, theirs.as_f64()) {
        (Some(ours), Some(theirs)) => {
            assert!((ours - theirs).abs() <= 1e-8, "{what}: {ours} is not {theirs}");
        }
        (None, None) => assert!(theirs.is_null(), "{what} is no number"),
        (ours, _) => panic!("{what}: {ours:?} is not {theirs}"),
    }
}

fn readings(inputs: &Value) -> Readings {
    if let Some(table) = inputs["table_rows_rater1_cols_rater2"].as_array() {
        let row = |row: &Value| row.as_array().unwrap().iter().map(whole).collect();
        return Readings::of_two(&table.iter().map(row).collect::<Vec<Vec<u32>>>()).unwrap();
    }
    let categories: Vec<u64> =
        inputs["categories"].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect();
    let place = |value: &Value| {
        let value = value.as_u64()?;
        u32::try_from(categories.iter().position(|category| *category == value).unwrap()).ok()
    };
    let unit = |unit: &Value| unit.as_array().unwrap().iter().map(place).collect();
    let units: Vec<Vec<Option<u32>>> =
        inputs["units_by_rater"].as_array().unwrap().iter().map(unit).collect();
    Readings::of_many(u32::try_from(categories.len()).unwrap(), &units).unwrap()
}

#[test]
fn agreement_is_the_oracles() {
    let mut checked = 0;
    for case in cases("agreement.json") {
        let readings = readings(&case["inputs"]);
        for (what, value) in case["expected"].as_object().unwrap() {
            checked += 1;
            let said = format!("{} of {}", what, case["id"]);
            let kappa = |weights| cohen(&readings, weights).map(|it| it.value);
            let ac = |weights| gwet(&readings, weights).map(|it| it.value);
            let ours = match what.as_str() {
                "n" => Some(f64::from(readings.judged_twice())),
                "percent_agreement" => percent(&readings, PLAIN),
                "cohen_kappa" => kappa(PLAIN),
                "cohen_kappa_linear" => kappa(Weights::Linear),
                "cohen_kappa_quadratic" => kappa(Weights::Quadratic),
                "cohen_kappa_se_fleiss_cohen_everitt" => cohen(&readings, PLAIN).unwrap().error,
                "cohen_kappa_ci95" => {
                    let interval = cohen(&readings, PLAIN).unwrap().interval.unwrap();
                    same(Some(interval.low), &value[0], &said);
                    same(Some(interval.high), &value[1], &said);
                    continue;
                }
                "scott_pi" | "fleiss_kappa_gwet_generalised" => fleiss(&readings, PLAIN),
                "conger_kappa" => conger(&readings, PLAIN),
                "brennan_prediger_pabak" | "brennan_prediger" => brennan_prediger(&readings, PLAIN),
                "gwet_ac1" => ac(PLAIN),
                "gwet_ac1_se" => gwet(&readings, PLAIN).unwrap().error,
                "gwet_ac2_linear" => ac(Weights::Linear),
                "gwet_ac2_quadratic" => ac(Weights::Quadratic),
                "krippendorff_alpha_nominal" => krippendorff(&readings, Scale::Nominal),
                "krippendorff_alpha_ordinal" => krippendorff(&readings, Scale::Ordinal),
                "krippendorff_alpha_interval" => krippendorff(&readings, Scale::Interval),
                "krippendorff_alpha_ratio" => krippendorff(&readings, Scale::Ratio),
                other => panic!("{said}: nothing is known of {other}"),
            };
            same(ours, value, &said);
        }
    }
    assert!(checked > 75, "only {checked} values were checked");
}

#[test]
fn where_nothing_varies_there_is_no_spread_and_no_kappa() {
    let alike = Readings::of_two(&[vec![24, 0], vec![0, 0]]).unwrap();
    assert_eq!(cohen(&alike, PLAIN), None);
    let ac1 = gwet(&alike, PLAIN).unwrap();
    assert_eq!((ac1.error, ac1.interval), (None, None));
    let nothing = Readings::of_two(&[vec![0, 0], vec![0, 0]]).unwrap();
    assert_eq!(percent(&nothing, PLAIN), None);
    assert_eq!(gwet(&nothing, PLAIN), None);
    assert_eq!(krippendorff(&nothing, Scale::Nominal), None);
}

#[test]
fn no_table_gives_a_value_that_is_no_number() {
    // Every table of two categories with up to three in each cell, and all the functions.
    for cells in 0..256u32 {
        let cell = |at: u32| (cells >> (2 * at)) & 3;
        let table = [vec![cell(0), cell(1)], vec![cell(2), cell(3)]];
        let it = Readings::of_two(&table).unwrap();
        for weights in [PLAIN, Weights::Linear, Weights::Quadratic] {
            let spread = [cohen(&it, weights), gwet(&it, weights)].into_iter().flatten();
            let spread =
                spread.flat_map(|it| [Some(it.value), it.error, it.interval.map(|i| i.low)]);
            let plain = [percent(&it, weights), conger(&it, weights), fleiss(&it, weights)];
            let more = [brennan_prediger(&it, weights), krippendorff(&it, Scale::Ratio)];
            let values: Vec<f64> = spread.chain(plain).chain(more).flatten().collect();
            assert!(values.iter().all(|it| it.is_finite()), "{table:?}: {values:?}");
        }
    }
}
