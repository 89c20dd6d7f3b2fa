//! `import annex-a` against ground truth, and against files that are none.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use quarterlight_testing::engines::{Engine, Fresh};
use serde_json::Value;

use crate::commands::run;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

fn dry_run(file: &Path) -> Value {
    let words = [
        "import",
        "annex-a",
        file.to_str().unwrap(),
        "--as-at",
        "2026-03-31",
        "--dry-run",
        "--json",
    ];
    let ran = run("none:", &words, "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn a_dry_run_prints_every_open_record_and_needs_no_database() {
    let folder = fixtures().join("populations/synthetic_200");
    let json = dry_run(&folder.join("annex_a.xlsx"));
    let truth = fs::read_to_string(folder.join("truth_children.csv")).unwrap();
    let open = truth.lines().skip(1).filter(|line| line.ends_with(",1")).count();
    assert_eq!(json["records"].as_array().unwrap().len(), open);
    assert_eq!(json["counts"]["records"], open);
}

#[test]
fn a_list_is_taken_in_and_only_a_later_one_takes_its_place() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = Fresh::on(engine);
        assert_eq!(run(&fresh.address, &["migrate"], "").code, 0);
        let workbook = fixtures().join("populations/synthetic_200/annex_a.xlsx");
        let import = |as_at: &str| {
            let words = ["import", "annex-a", workbook.to_str().unwrap(), "--as-at", as_at];
            run(&fresh.address, &words, "")
        };
        let first = import("2026-03-31");
        assert_eq!(first.code, 0, "{}", first.err);
        assert!(first.err.contains("Taken in:"), "{}", first.err);
        let earlier = import("2025-12-31");
        assert_eq!(earlier.code, 1);
        assert!(earlier.err.contains("a list of a later date"), "{}", earlier.err);
    }
}

#[test]
fn a_file_that_is_no_workbook_gets_its_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for (bytes, words) in [
        (&b""[..], "empty"),
        (b"Child Unique ID,Gender\n1,a) Male\n", "text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", ""),
        (b"PK\x03\x04 and then nothing", ""),
    ] {
        let file = folder.path().join("list.xlsx");
        fs::write(&file, bytes).unwrap();
        let path = file.to_str().unwrap();
        let ran =
            run("none:", &["import", "annex-a", path, "--as-at", "2026-03-31", "--dry-run"], "");
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains(words) && ran.err.trim_end().ends_with('.'), "{}", ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
    let gone = run("none:", &["import", "annex-a", "nowhere.xlsx", "--as-at", "2026-03-31"], "");
    assert_eq!(gone.code, 3);
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Every file of the population, in every format.
fn every_format() -> Vec<String> {
    let folder = fixtures().join("populations/synthetic_200");
    let mut files: Vec<String> = ["annex_a.xlsx", "cin_census.xml", "csww.xml"]
        .map(|name| text(&folder.join(name)))
        .to_vec();
    for inner in ["903", "ssd"] {
        let entries = fs::read_dir(folder.join(inner)).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        files.extend(
            paths.filter(|it| it.extension().is_some_and(|it| it == "csv")).map(|it| text(&it)),
        );
    }
    files
}

fn import(address: &str, files: &[String], options: &[&str]) -> crate::commands::Ran {
    let mut words = vec!["import"];
    words.extend(files.iter().map(String::as_str));
    words.extend(["--as-at", "2026-03-31"]);
    words.extend(options);
    run(address, &words, "")
}

#[test]
fn every_format_at_once_gives_one_list_and_a_dry_run_keeps_nothing() {
    let fresh = Fresh::on(Engine::Sqlite);
    assert_eq!(run(&fresh.address, &["migrate"], "").code, 0);
    let files = every_format();
    let dry = import(&fresh.address, &files, &["--dry-run", "--json"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    let json: Value = serde_json::from_str(&dry.out).unwrap();
    let kinds: Vec<&str> =
        json["sources"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    let truth = fs::read_to_string(fixtures().join("populations/synthetic_200/truth_children.csv"));
    let truth = truth.unwrap();
    let open: Vec<&str> = truth.lines().skip(1).filter(|line| line.ends_with(",1")).collect();
    let records = json["records"].as_array().unwrap();
    let found: Vec<&str> = records.iter().map(|it| it["reference"].as_str().unwrap()).collect();
    let mut expected: Vec<&str> = open.iter().map(|line| line.split(',').next().unwrap()).collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
    // Nothing was kept: there is no list to check by rules yet.
    let facts = run(&fresh.address, &["facts", "--as-at", "2026-03-31"], "");
    assert!(facts.err.contains("no case list yet"), "{}", facts.err);
    let taken = import(&fresh.address, &files, &[]);
    assert_eq!(taken.code, 0, "{}", taken.err);
    let sentence = format!("Taken in: {} records", expected.len());
    assert!(taken.err.contains(&sentence), "{}", taken.err);
    assert!(
        taken.out.contains("Annex A, ") && taken.out.contains("Workforce census"),
        "{}",
        taken.out
    );
}

#[test]
fn one_wrong_file_among_good_ones_is_named_and_nothing_is_kept() {
    let fresh = Fresh::on(Engine::Sqlite);
    assert_eq!(run(&fresh.address, &["migrate"], "").code, 0);
    let folder = tempfile::tempdir().unwrap();
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;&b;\">]><Message>&c;</Message>";
    for (name, bytes, mapped) in [
        ("photo.png", &b"\x89PNG\r\n\x1a\n\0\0"[..], None),
        ("nothing.csv", b"", None),
        ("expands.xml", bomb.as_bytes(), None),
        ("broken.xlsx", b"PK\x03\x04 and then nothing", None),
        ("send.csv", b"Unique ID,Disability,Notes\n64430544,Yes,\n", Some("Map its columns")),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        let annex = fixtures().join("populations/synthetic_200/annex_a.xlsx");
        let ran = import(&fresh.address, &[text(&annex), text(&file)], &[]);
        assert_eq!(ran.code, 1, "{name}: {}", ran.err);
        assert!(ran.err.contains(name) && ran.err.trim_end().ends_with('.'), "{}", ran.err);
        assert!(!ran.err.contains("panicked") && ran.out.is_empty(), "{} {}", ran.out, ran.err);
        assert!(mapped.is_none_or(|words| ran.err.contains(words)), "{}", ran.err);
        let facts = run(&fresh.address, &["facts", "--as-at", "2026-03-31"], "");
        assert!(facts.err.contains("no case list yet"), "{name}: {}", facts.err);
    }
    let annex = fixtures().join("populations/synthetic_200/annex_a.xlsx");
    let nobody = import(&fresh.address, &[text(&annex)], &["--mapping", "SEND list"]);
    assert_eq!(nobody.code, 1, "{}", nobody.err);
    assert!(nobody.err.contains("No mapping has the name “SEND list”"), "{}", nobody.err);
}

#[test]
fn a_list_larger_than_usual_is_read_only_where_somebody_says_so() {
    let fresh = Fresh::on(Engine::Sqlite);
    assert_eq!(run(&fresh.address, &["migrate"], "").code, 0);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list_1.csv");
    let mut rows = String::from("Child Unique ID,Gender,Date of Contact,Contact Source\n");
    for row in 0..200_001 {
        writeln!(rows, "{row},a) Male,01/02/2026,1A").unwrap();
    }
    fs::write(&file, rows).unwrap();
    let usual = import(&fresh.address, &[text(&file)], &["--dry-run"]);
    assert_eq!(usual.code, 1, "{}", usual.err);
    assert!(usual.err.contains("200"), "{}", usual.err);
    let large = import(&fresh.address, &[text(&file)], &["--dry-run", "--large"]);
    assert_eq!(large.code, 0, "{}", large.err);
    assert!(
        large.out.contains("200,001 rows") || large.out.contains("200001 rows"),
        "{}",
        large.out
    );
}
