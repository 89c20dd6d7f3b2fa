//! `import annex-a` against ground truth, and against files that are none.

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
