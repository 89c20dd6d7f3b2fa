//! `facts` against the ground truth of a population, from a file and from the database.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quarterlight_testing::engines::{Engine, Fresh};
use serde_json::Value;

use crate::commands::run;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/populations/synthetic_200")
}

fn workbook() -> String {
    folder().join("annex_a.xlsx").to_str().unwrap().to_owned()
}

/// Child, rule and date of everything that is late.
fn late(json: &Value) -> BTreeSet<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let records = json["records"].as_array().unwrap().iter();
    records
        .flat_map(|record| {
            let facts = record["facts"].as_array().unwrap().iter();
            let late = facts.filter(|fact| fact["state"] == "overdue");
            late.map(move |fact| {
                (text(&record["reference"]), text(&fact["rule"]), text(&fact["date"]))
            })
        })
        .collect()
}

#[test]
fn a_file_is_checked_without_a_database_and_gives_the_breaches_that_are_in_it() {
    let file = workbook();
    let words = ["facts", "--as-at", "2026-03-31", "--rules", "returns", "--file", &file, "--json"];
    let ran = run("none:", &words, "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let truth = fs::read_to_string(folder().join("truth_breaches.csv")).unwrap();
    let truth: BTreeSet<(String, String, String)> = truth
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[0].to_owned(), cells[1].to_owned(), cells[3].to_owned())
        })
        .collect();
    let found = late(&json);
    assert_eq!(found.difference(&truth).count(), 0);
    // One closed child stands on the list of contacts alone, which does not say who is disabled.
    let unseen: Vec<&str> = truth.difference(&found).map(|it| it.1.as_str()).collect();
    assert_eq!(unseen, ["R17"]);
    for rule in json["summary"].as_array().unwrap() {
        let of_rule = found.iter().filter(|(_, code, _)| *code == rule["rule"]).count();
        assert_eq!(rule["overdue"], of_rule, "{rule}");
        assert!(rule["checked"].as_u64() >= rule["overdue"].as_u64());
    }
}

#[test]
fn the_same_file_is_read_by_people() {
    let file = workbook();
    let all = run("none:", &["facts", "--as-at", "2026-03-31", "--file", &file], "");
    assert_eq!(all.code, 0, "{}", all.err);
    for words in ["the rule is", "open records, and", "Could not be checked:", "No return has core"]
    {
        assert!(all.out.contains(words), "{words}: {}", all.out);
    }
    let one = ["facts", "--as-at", "2026-03-31", "--file", &file, "--record", "64430544"];
    let one = run("none:", &one, "");
    assert_eq!(one.code, 0, "{}", one.err);
    assert!(one.out.contains("overdue") && one.out.contains("cannot tell"), "{}", one.out);
    let nobody = ["facts", "--as-at", "2026-03-31", "--file", &file, "--record", "1"];
    let nobody = run("none:", &nobody, "");
    assert_eq!(nobody.code, 1);
    assert!(nobody.err.contains("There is no record 1"), "{}", nobody.err);
}

#[test]
fn the_current_case_list_is_checked_by_the_rules_that_are_kept() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = Fresh::on(engine);
        let migrated = run(&fresh.address, &["migrate"], "");
        assert!(migrated.out.contains("rules about time were kept"), "{}", migrated.out);
        let none =
            run(&fresh.address, &["facts", "--as-at", "2026-03-31", "--rules", "returns"], "");
        assert_eq!(none.code, 1);
        assert!(none.err.contains("no case list yet"), "{}", none.err);
        let file = workbook();
        let import = ["import", "annex-a", &file, "--as-at", "2026-03-31"];
        assert_eq!(run(&fresh.address, &import, "").code, 0);
        let words = ["facts", "--as-at", "2026-03-31", "--rules", "returns", "--json"];
        let ran = run(&fresh.address, &words, "");
        assert_eq!(ran.code, 0, "{}", ran.err);
        let ours = run(&fresh.address, &["facts", "--as-at", "2026-03-31"], "");
        assert!(ours.out.contains("England, to start from"), "{} {}", ours.out, ours.err);
        let kept = late(&serde_json::from_str(&ran.out).unwrap());
        let words = ["facts", "--as-at", "2026-03-31", "--rules", "returns", "--file", &file];
        let ran = run("none:", &[words.as_slice(), &["--json"]].concat(), "");
        let read = late(&serde_json::from_str(&ran.out).unwrap());
        assert!(kept.len() > 20, "{kept:?}");
        assert_eq!(kept, read, "what the file says is what the database says");
    }
}

#[test]
fn rules_of_ones_own_are_read_or_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("ours.toml");
    let file = workbook();
    let facts = || {
        let rules = rules.to_str().unwrap();
        run("none:", &["facts", "--as-at", "2026-03-31", "--rules", rules, "--file", &file], "")
    };
    fs::write(&rules, "name = \"Ours\"\ndated = ").unwrap();
    let refused = facts();
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("Line 2"), "{}", refused.err);
    let ours = "name = \"Ours\"\ndated = \"2026-01-01\"\n\n[[rule]]\ncode = \"worker\"\n\
                name = \"A worker\"\nsource = \"Us\"\n\n[rule.said]\nmatter = \"worker\"\n";
    fs::write(&rules, ours).unwrap();
    let ran = facts();
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("No named worker is allocated (Us)."), "{}", ran.out);
}
