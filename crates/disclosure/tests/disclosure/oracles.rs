//! The thirteen cases that others worked out by other programs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use quarterlight_disclosure::attack::{MicroLp, Spread, spreads};
use quarterlight_disclosure::{
    CellId, Pattern, Puzzle, Release, Rounded, Rule, Standing, Verdict, Why, judge, protect,
};
use serde_json::Value;

fn cases(kind: &str) -> Vec<Value> {
    let folder = std::env::var_os("QUARTERLIGHT_ORACLES").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/oracles")),
        PathBuf::from,
    );
    let text = std::fs::read_to_string(folder.join("disclosure_control.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let all = file["cases"].as_array().unwrap();
    assert!(all.len() >= 13);
    let cases: Vec<Value> = all.iter().filter(|case| case["kind"] == kind).cloned().collect();
    assert!(!cases.is_empty(), "there is no case of the kind {kind}");
    cases
}

fn strings(value: &Value) -> Vec<String> {
    let mut all: Vec<String> =
        value.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
    all.sort();
    all
}

/// The sums of a case, by the names of their cells.
fn sums(case: &Value) -> Vec<(String, Vec<String>)> {
    let equations = case["inputs"]["equations"].as_array().unwrap();
    let sum = |sum: &Value| {
        let parts = sum["parts"].as_array().unwrap().iter();
        let parts = parts.map(|part| part.as_str().unwrap().to_owned()).collect();
        (sum["total"].as_str().unwrap().to_owned(), parts)
    };
    equations.iter().map(sum).collect()
}

fn tie(puzzle: &mut Puzzle, ids: &BTreeMap<String, CellId>, case: &Value) {
    for (total, parts) in sums(case) {
        let parts: Vec<CellId> = parts.iter().map(|part| ids[part]).collect();
        puzzle.adds_up(ids[&total], &parts);
    }
}

/// The spreads that the attack finds, by name.
fn found(puzzle: &Puzzle, ids: &BTreeMap<String, CellId>) -> BTreeMap<String, Spread> {
    let names: BTreeMap<CellId, &String> = ids.iter().map(|(name, id)| (*id, name)).collect();
    let all = spreads(puzzle, &MicroLp).unwrap();
    all.into_iter().map(|(id, spread)| (names[&id].clone(), spread)).collect()
}

fn expected(intervals: &Value) -> BTreeMap<String, Spread> {
    let each = |(name, pair): (&String, &Value)| {
        (name.clone(), Spread { low: pair[0].as_i64().unwrap(), high: pair[1].as_i64() })
    };
    intervals.as_object().unwrap().iter().map(each).collect()
}

fn exact(spreads: &BTreeMap<String, Spread>) -> Vec<String> {
    let exact = spreads.iter().filter(|(_, spread)| spread.is_exact());
    exact.map(|(name, _)| name.clone()).collect()
}

#[test]
fn the_attack_finds_what_the_oracles_say() {
    for case in cases("attack") {
        let expectation = &case["expected"]["feasible_integer_interval_of_each_suppressed_cell"];
        for least in [0, 1] {
            let mut puzzle = Puzzle::new();
            let published = case["inputs"]["published"].as_object().unwrap();
            let each = |(name, count): (&String, &Value)| {
                let id = match count.as_i64() {
                    Some(count) => puzzle.shown(count),
                    None => puzzle.hidden(least),
                };
                (name.clone(), id)
            };
            let ids: BTreeMap<String, CellId> = published.iter().map(each).collect();
            tie(&mut puzzle, &ids, &case);
            let found = found(&puzzle, &ids);
            let bound = format!("lower_bound_{least}");
            assert_eq!(found, expected(&expectation[&bound]), "{} {bound}", case["id"]);
            let recoverable = strings(&case["expected"]["exactly_recoverable"][&bound]);
            assert_eq!(exact(&found), recoverable, "{} {bound}", case["id"]);
        }
    }
}

#[test]
fn the_attack_on_rounded_tables_is_the_oracles() {
    for case in cases("rounding_attack") {
        let mut puzzle = Puzzle::new();
        let base = case["inputs"]["base"].as_i64().unwrap();
        let published = case["inputs"]["published"].as_object().unwrap();
        let each = |(name, count): (&String, &Value)| {
            (name.clone(), puzzle.rounded(count.as_i64().unwrap(), base))
        };
        let ids: BTreeMap<String, CellId> = published.iter().map(each).collect();
        tie(&mut puzzle, &ids, &case);
        let found = found(&puzzle, &ids);
        assert_eq!(
            found,
            expected(&case["expected"]["feasible_integer_interval"]),
            "{}",
            case["id"]
        );
        assert_eq!(exact(&found), strings(&case["expected"]["exactly_recoverable"]));
    }
}

#[test]
fn what_a_per_cent_gives_away_is_the_oracles() {
    for case in cases("percent_leak") {
        let inputs = &case["inputs"];
        let decimals = u8::try_from(inputs["decimals"].as_u64().unwrap()).unwrap();
        // The per cent as it is written, in units of its last digit.
        let units: String = inputs["published_percent"].to_string().replace('.', "");
        let rounded = Rounded::units(units.parse().unwrap(), decimals);
        let counts = rounded.counts_of(inputs["base"].as_i64().unwrap());
        let expected: Vec<i64> = case["expected"]["feasible_counts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|count| count.as_i64().unwrap())
            .collect();
        assert_eq!(counts, expected, "{}", case["id"]);
        assert_eq!(counts.len() == 1, case["expected"]["recoverable"].as_bool().unwrap());
    }
}

fn release(case: &Value) -> (Release, BTreeMap<String, CellId>) {
    let mut release = Release::new();
    let cells = case["inputs"]["cells"].as_object().unwrap();
    let each = |(name, count): (&String, &Value)| {
        let standing = if name == "Total|Total" { Standing::Kept } else { Standing::Open };
        (name.clone(), release.cell(name, count.as_u64().unwrap(), standing))
    };
    let ids: BTreeMap<String, CellId> = cells.iter().map(each).collect();
    for (total, parts) in sums(case) {
        assert!(release.adds_up(ids[&total], parts.iter().map(|part| ids[part])));
    }
    (release, ids)
}

#[test]
fn what_is_hidden_is_the_least_that_the_oracles_found() {
    for case in cases("protect") {
        let (release, ids) = release(&case);
        let names: BTreeMap<CellId, &String> = ids.iter().map(|(name, id)| (*id, name)).collect();
        let rule = Rule::default();
        let small = Pattern::small_only(&release, &rule);
        let mut primary: Vec<String> = small.hidden().map(|(id, _)| names[&id].clone()).collect();
        primary.sort();
        let expected = &case["expected"];
        assert_eq!(primary, strings(&expected["primary"]), "{}", case["id"]);
        // Without more, all of them are worked out.
        let alone = Puzzle::of(&release, &small, &rule);
        let open = strings(&expected["primary_recoverable_without_secondary"]);
        assert_eq!(exact(&found(&alone, &ids)), open, "{}", case["id"]);
        assert!(matches!(
            judge(release.clone(), small, rule, &MicroLp).unwrap(),
            Verdict::Unsafe(_)
        ));

        let pattern = protect(&release, &rule).unwrap();
        let secondary = pattern.count(Why::Another) as u64;
        assert!(!pattern.hides(ids["Total|Total"]));
        let sum: i64 = pattern
            .hidden()
            .filter(|(_, why)| *why == Why::Another)
            .map(|(id, _)| case["inputs"]["cells"][names[&id]].as_i64().unwrap())
            .sum();
        let least = expected["minimum_number_of_secondary_cells"].as_u64().unwrap();
        let total = expected["minimum_total_of_secondary_cells_at_that_number"].as_i64().unwrap();
        assert_eq!((secondary, sum), (least, total), "{}", case["id"]);
        assert!(matches!(judge(release, pattern, rule, &MicroLp).unwrap(), Verdict::Safe(_)));
    }
}
