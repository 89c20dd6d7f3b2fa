//! Whole populations, clean and untidy, against what their maker says is true.

use std::collections::BTreeMap;

use quarterlight_import::json::DryRun;

use crate::truth::populations;

#[test]
fn every_child_of_every_population_is_read_as_it_truly_is() {
    let differences: Vec<String> = populations()
        .iter()
        .flat_map(|population| population.differences(&population.read()))
        .collect();
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn every_row_of_every_list_is_accounted_for() {
    for population in populations() {
        let account = population.read().account;
        assert!(account.lists().all(quarterlight_import::account::ListAccount::adds_up));
        let rows: BTreeMap<u8, usize> =
            account.rows_by_list().into_iter().map(|(list, rows)| (list.number(), rows)).collect();
        assert_eq!(rows, population.rows, "{}", population.name);
    }
}

#[test]
fn a_made_population_has_nothing_that_stops_a_row() {
    for population in populations() {
        let reading = population.read();
        let problems: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        // The maker lets a few assessments begin on the day after the list.
        let is_expected =
            |sentence: &String| sentence.contains("no column") || sentence.contains("is after");
        assert!(problems.iter().all(is_expected), "{}: {problems:#?}", population.name);
    }
}

#[test]
fn the_dry_run_is_the_same_reading_in_the_order_of_references() {
    for population in populations() {
        let reading = population.read();
        let json = serde_json::to_value(DryRun::of(&reading)).unwrap();
        let records = json["records"].as_array().unwrap();
        assert_eq!(records.len(), reading.rows.len());
        assert_eq!(json["counts"]["records"], reading.rows.len());
        let references: Vec<&str> =
            records.iter().map(|record| record["reference"].as_str().unwrap()).collect();
        assert!(references.is_sorted());
        for (list, rows) in &population.rows {
            assert_eq!(json["lists"][list.to_string()]["rows"], *rows, "{}", population.name);
        }
        let out = records.iter().filter(|record| record["placed_out"] == true).count();
        let truly = population.children.iter().filter(|child| child["placed_out_of_la"] == "1");
        assert_eq!(out, truly.count());
    }
}
