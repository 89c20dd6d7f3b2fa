//! `indicators`, `trend` and `staff import`: what they give, what they refuse, and with which code.

use std::fs;

use quarterlight_testing::engines::Engine;
use serde_json::Value;

use crate::commands::{Ran, run};
use crate::server::{borough, today};

/// A run that was refused: code 1, a sentence on standard error, and nothing besides.
pub fn refused(ran: &Ran, words: &str) {
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains(words), "{words}: {}", ran.err);
    assert_eq!(ran.out, "");
}

fn of_engine(engine: Engine) {
    let fresh = borough(engine);
    let run = |words: &[&str]| run(&fresh.address, words, "");
    indicators(&run);
    trend(&run);
    staff(&run);
    crate::census::is_imported(&run, &fresh.address);
}

#[test]
fn figures_are_given_and_bad_input_refused_on_sqlite() {
    of_engine(Engine::Sqlite);
}

#[test]
fn figures_are_given_and_bad_input_refused_on_postgres() {
    of_engine(Engine::Postgres);
}

fn indicators(run: &dyn Fn(&[&str]) -> Ran) {
    refused(&run(&["indicators"]), "No set of indicators is kept");
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let good = file("good.toml", quarterlight_import::indicators::default_toml().as_bytes());
    let import = |file: &str| run(&["indicators", "--import", file, "--from", "2020-01-01"]);
    refused(&import(&file("bad.toml", b"name = \"Ours\"\ndated = ")), "Line 2");
    refused(&import(&file("latin.toml", &[0xE9, 0x20])), "not text in UTF-8");
    let kept = import(&good);
    assert_eq!(kept.code, 0, "{}", kept.err);
    assert!(kept.out.contains("12 indicators"), "{}", kept.out);
    refused(&import(&good), "kept already");
    assert_eq!(import("/no/such/file.toml").code, 3, "the machine failed");
    assert_eq!(run(&["indicators", "--import", &good]).code, 2, "no day from which it holds");
    assert_eq!(run(&["indicators", "last-quarter"]).code, 2, "that is no quarter");
    refused(&run(&["indicators", "2001-Q1"]), "There is no cycle for that quarter");
    refused(&run(&["indicators", "--service", "Parks"]), "There is no service “Parks”");
    let shown = run(&["indicators"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("Records without a named worker: "), "{}", shown.out);
    let json = run(&["indicators", "--json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    let all = json["indicators"].as_array().unwrap();
    assert_eq!(all.len(), 12);
    for it in all {
        for quarter in it["quarters"].as_array().unwrap() {
            assert!(quarter["count"].as_u64() <= quarter["of"].as_u64(), "{it}");
        }
    }
}

fn trend(run: &dyn Fn(&[&str]) -> Ran) {
    let this_month = today().strftime("%Y-%m").to_string();
    let one = run(&["trend", "--from", &this_month, "--until", &this_month]);
    assert_eq!(one.code, 0, "{}", one.err);
    assert_eq!(one.out.lines().count(), 2, "headings and a month: {}", one.out);
    assert!(one.out.starts_with("period,first_day"), "{}", one.out);
    let quarters = run(&["trend", "--by", "quarter"]);
    assert!(quarters.out.lines().count() < run(&["trend"]).out.lines().count());
    refused(&run(&["trend", "--from", "last month"]), "give the month as 2026-06");
    refused(&run(&["trend", "--from", "2026-13"]), "give the month as 2026-06");
    let back = run(&["trend", "--from", "2026-03", "--until", "2026-01"]);
    assert_eq!((back.code, back.out.as_str()), (1, ""), "{}", back.err);
    let long = run(&["trend", "--from", "2001-01"]);
    assert_eq!((long.code, long.out.as_str()), (1, ""), "{}", long.err);
    refused(&run(&["trend", "--service", "Parks"]), "No service called “Parks”");
    assert_eq!(run(&["trend", "--by", "week"]).code, 2);
    assert_eq!(run(&["trend", "--teams", "soon"]).code, 2);
}

fn staff(run: &dyn Fn(&[&str]) -> Ran) {
    let places = run(&["place", "list"]).out;
    let team = places.lines().find_map(|it| it.strip_prefix("team ")).unwrap().trim();
    let folder = tempfile::tempdir().unwrap();
    let import = |name: &str, bytes: &[u8], more: &[&str]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        let file = file.to_str().unwrap();
        let words = ["staff", "import", file, "--source", "Payroll"];
        run(&[words.as_slice(), more].concat())
    };
    refused(&import("a.csv", b"", &[]), "no line with a team, a month and a number");
    let unknown = import("b.csv", b"Team,Month,Staff\nNo such team,2026-01,4.5\n", &[]);
    refused(&unknown, "Line 2: there is no team of this name.");
    refused(
        &import("c.csv", format!("{team},January,4\n").as_bytes(), &[]),
        "Line 1: give the month",
    );
    refused(&import("d.csv", format!("{team},2026-01\n").as_bytes(), &[]), "Line 1: give a team");
    refused(&import("e.csv", &[0xE9, 0x2C], &[]), "not text in UTF-8");
    let twice = format!("{team},2026-01,4\n{team},01/2026,5\n");
    refused(&import("f.csv", twice.as_bytes(), &[]), "Line 2: this team and month stand above.");
    let future = format!("{team},2190-01,4\n");
    refused(&import("g.csv", future.as_bytes(), &[]), "Line 1:");
    let good = format!("{team},2024-01,4.5\n{team},2024-02,\n");
    let dry = import("h.csv", good.as_bytes(), &["--dry-run"]);
    assert_eq!((dry.code, dry.out.as_str()), (0, "2 months of staff.\n"), "{}", dry.err);
    let kept = import("h.csv", good.as_bytes(), &[]);
    assert_eq!(kept.code, 0, "{}", kept.err);
    refused(&import("h.csv", good.as_bytes(), &[]), "This file was imported before");
    assert_eq!(run(&["staff", "import", "/no/such/file.csv", "--source", "Payroll"]).code, 3);
    assert_eq!(run(&["staff", "import", "/no/such/file.csv"]).code, 2, "no source");
}
