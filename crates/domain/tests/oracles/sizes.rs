//! Sample sizes equal the published and the exact ones.

use quarterlight_domain::statistics::hypergeometric::missed;
use quarterlight_domain::statistics::size::{cochran, krejcie_morgan, to_see_one};

use super::{cases, near, whole};

#[test]
fn sample_sizes_are_the_oracles() {
    for case in cases("sample_size.json") {
        let (id, inputs, expected) = (&case["id"], &case["inputs"], &case["expected"]);
        let population = inputs["population"].as_u64().map(|all| u32::try_from(all).unwrap());
        match case["method"].as_str().unwrap() {
            "krejcie_morgan" => {
                let size = krejcie_morgan(population.unwrap()).unwrap();
                near(size, &expected["unrounded"], id);
                near(size.round(), &expected["nearest"], id);
                near(size.ceil(), &expected["ceil"], id);
                near(size.round(), &case["published_table_value"], id);
            }
            "cochran_fpc" => {
                near(0.95, &inputs["confidence"], id);
                let share = inputs["p"].as_f64().unwrap();
                let size = cochran(population, inputs["margin"].as_f64().unwrap(), share).unwrap();
                near(size.of_any, &expected["n0"], id);
                near(size.unrounded, &expected["unrounded"], id);
                assert_eq!(size.required, whole(&expected["required"]), "{id}");
            }
            "hypergeometric_detection" => {
                near(0.95, &inputs["confidence"], id);
                let failing = whole(&inputs["failing_cases"]);
                let size = to_see_one(population.unwrap(), failing).unwrap();
                assert_eq!(size, whole(&expected["required"]), "{id}");
                let chance = missed(failing, size, population.unwrap());
                near(chance, &expected["prob_missing_all"], id);
            }
            other => panic!("{id}: the method {other} is not known"),
        }
    }
}
