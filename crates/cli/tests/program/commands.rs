//! Commands, their exit codes, and what they say.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use quarterlight_testing::engines::{Engine, Fresh};

use crate::server::{PROGRAM, borough};

/// What a run of the program gave.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program with words, on a database, with something on its standard input.
pub fn run(address: &str, words: &[&str], input: &str) -> Ran {
    let mut child = Command::new(PROGRAM)
        .args(words)
        .env("QUARTERLIGHT_DATABASE", address)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn an_authority_is_set_up_from_the_command_line() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = Fresh::on(engine);
        let run = |words: &[&str], input| run(&fresh.address, words, input);
        assert_eq!(run(&["place", "list"], "").code, 1, "before the schema is there");
        let migrated = run(&["migrate"], "");
        assert!(migrated.out.contains("adopted as edition 1"), "{}{}", migrated.out, migrated.err);
        assert_eq!(run(&["migrate"], "").out, "The schema is up to date.\n");
        let authority = ["place", "add", "--kind", "authority", "--name", "Larkmoor"];
        assert_eq!(run(&authority, "").code, 0);
        assert_eq!(run(&authority, "").code, 1, "the same place again");
        let person = [
            "person",
            "add",
            "--name",
            "Amara Osei",
            "--email",
            "amara@larkmoor.example",
            "--role",
            "quality-lead",
        ];
        // Nobody gets a password from somebody else: a code, by which they choose their own.
        let added = run(&person, "");
        assert_eq!(added.code, 0, "{}", added.err);
        let says = ["Code for amara@larkmoor.example: ", "within an hour, once"];
        assert!(says.iter().all(|it| added.out.contains(it)), "{}", added.out);
        assert!(!added.out.to_lowercase().contains("password"), "{}", added.out);
        let again = run(&person, "");
        assert_eq!((again.code, again.err.contains("already")), (1, true));
        let nowhere =
            ["person", "add", "--name", "A", "--email", "b@c", "--role", "auditor@Nowhere"];
        assert!(run(&nowhere, "").err.contains("There is no place"));
        assert_eq!(run(&["journal", "verify"], "").code, 0);
    }
}

#[test]
fn a_wrong_command_line_ends_with_two() {
    for words in [
        &["frobnicate"][..],
        &["draw", "make", "--quarter", "2026-Q7", "--seed", "dice 4 2 6 1"],
        &["person", "add", "--name", "A", "--email", "b", "--role", "king"],
        &["import", "annex-a", "x.xlsx", "--as-at", "31/02/2026"],
    ] {
        assert_eq!(run("sqlite::memory:", words, "").code, 2, "{words:?}");
    }
}

#[test]
fn a_database_that_is_not_there_ends_with_three() {
    let gone = run("postgres://nobody@127.0.0.1:1/none", &["journal", "verify"], "");
    assert_eq!(gone.code, 3);
    assert!(gone.err.starts_with("Could not "), "{}", gone.err);
    assert_eq!(run("mysql://somewhere/x", &["migrate"], "").code, 3);
}

#[test]
fn a_draw_is_published_and_repeated_from_its_file_alone() {
    let fresh = borough(Engine::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("draw.txt");
    let path = file.to_str().unwrap();
    let quarter = quarterlight_domain::calendar::Quarter::of(crate::server::today()).before();
    let exported =
        run(&fresh.address, &["draw", "export", "--quarter", &quarter.to_string(), path], "");
    assert_eq!(exported.code, 0, "{}", exported.err);
    let verified = run("none", &["draw", "verify", path], "");
    assert!(verified.out.starts_with("The draw repeats"), "{}{}", verified.out, verified.err);
    let text = fs::read_to_string(&file).unwrap().replacen("drawn ", "reserve ", 1);
    fs::write(&file, text).unwrap();
    let changed = run("none", &["draw", "verify", path, "--json"], "");
    assert_eq!(changed.code, 1);
    assert!(changed.out.contains("\"repeats\":false"), "{}", changed.out);
    let again = ["draw", "make", "--quarter", &quarter.to_string(), "--seed", "dice 4 2 6 1"];
    assert!(run(&fresh.address, &again, "").err.contains("a drawn sample never changes"));
}

#[test]
fn a_draw_follows_the_programme_and_says_so() {
    let fresh = borough(Engine::Sqlite);
    let quarter = quarterlight_domain::calendar::Quarter::of(crate::server::today()).after();
    let quarter = quarter.to_string();
    let make = ["draw", "make", "--quarter", &quarter, "--seed", "dice 4 2 6 1"];
    let ran = run(&fresh.address, &make, "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("the programme of") || ran.out.contains("Nobody has planned"));
    assert!(ran.out.contains("because they were audited, or given to an auditor, lately"));
    assert!(ran.out.contains("whichever is the most") || ran.out.contains("14 records"));
    assert!(run(&fresh.address, &make, "").err.contains("a drawn sample never changes"));
    let file = run(&fresh.address, &["draw", "export", "--quarter", &quarter], "").out;
    quarterlight_domain::draw_file::DrawFile::read(&file).unwrap().verify().unwrap();
}

#[test]
fn a_sample_is_excluded_from_swapped_and_topped_up_by_command() {
    let fresh = borough(Engine::Sqlite);
    let today = quarterlight_domain::calendar::Quarter::of(crate::server::today());
    let (now, next) = (today.to_string(), today.after().to_string());
    let told = |words: &[&str]| run(&fresh.address, words, "");
    let read = |quarter: &str| {
        let text = told(&["draw", "export", "--quarter", quarter]).out;
        quarterlight_domain::draw_file::DrawFile::read(&text).unwrap()
    };
    let why = ["--reason", "held", "--words", "A review has it."];

    // Before the cycle of a quarter is open, there is nothing to be excluded from.
    let drawn = read(&now);
    let reference = drawn.frame.strata().values().flatten().next().unwrap().as_str().to_owned();
    let exclude = |quarter: &str| {
        let asked = [&["draw", "exclude", "--quarter", quarter, &reference], &why[..]].concat();
        run(&fresh.address, &asked, "")
    };
    assert!(exclude(&next).err.contains("is not open"), "{}", exclude(&next).err);
    assert!(exclude(&now).err.contains("is drawn"), "{}", exclude(&now).err);
    let back = |quarter: &str| {
        let back = ["draw", "include", "--quarter", quarter, &reference, "--words", "It is over."];
        told(&back)
    };
    assert!(back(&next).err.contains("is not excluded"), "{}", back(&next).err);
    let wrong = ["draw", "exclude", "--quarter", &next, "R-1", "--reason", "dull", "--words", "x"];
    assert_eq!(told(&wrong).code, 2);

    // A top-up, and a swap of what it brought: nobody has begun to audit that.
    let more = ["draw", "top-up", "--quarter", &now, "--more", "2", "--words", "Too few."];
    let topped = told(&more);
    assert_eq!(topped.code, 0, "{}", topped.err);
    let added = topped.out.split_whitespace().nth(1).unwrap().trim_end_matches(',').to_owned();
    let swap = [&["draw", "swap", "--quarter", &now, &added], &why[..]].concat();
    let swapped = told(&swap);
    assert_eq!(swapped.code, 0, "{}", swapped.err);
    assert!(told(&swap).err.contains("is not in the sample"), "it has left");
    let file = read(&now);
    file.verify().unwrap();
    file.continues(&drawn).unwrap();
    assert_eq!(file.events.len(), drawn.events.len() + 2);
    let many = ["draw", "top-up", "--quarter", &now, "--more", "100000", "--words", "All."];
    assert!(told(&many).err.contains("Enter a whole number from 1 to "));
}

#[test]
fn a_report_is_written_as_text_json_and_pdf() {
    let fresh = borough(Engine::Sqlite);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    let quarter = quarterlight_domain::calendar::Quarter::of(crate::server::today()).before();
    let quarter = quarter.to_string();
    let text = run(&fresh.address, &["report", &quarter], "");
    assert!(text.out.contains("Disabled children placed out of area"), "{}", text.err);
    let json =
        run(&fresh.address, &["report", &quarter, "--service", "Disability Service", "--json"], "");
    serde_json::from_str::<serde_json::Value>(&json.out).unwrap();
    let pdf = run(&fresh.address, &["report", &quarter, "--pdf", file.to_str().unwrap()], "");
    assert_eq!(pdf.code, 0, "{}", pdf.err);
    assert!(fs::read(&file).unwrap().starts_with(b"%PDF-"));
    let public = run(&fresh.address, &["report", &quarter, "--public"], "");
    assert!(public.out.contains("Disclosure certificate"), "{}", public.err);
    assert!(public.out.contains("Public: Part I") && public.out.contains("[c]"));
    assert_eq!(run(&fresh.address, &["report", "2001-Q1"], "").code, 1);
    assert_eq!(run(&fresh.address, &["report", &quarter, "--service", "Nowhere"], "").code, 1);
}

#[test]
fn a_report_is_built_checked_released_and_exported() {
    let fresh = borough(Engine::Sqlite);
    let quarter = quarterlight_domain::calendar::Quarter::of(crate::server::today()).before();
    let quarter = quarter.to_string();
    let report = |words: &[&str]| {
        let all: Vec<&str> = ["report"].iter().chain(words).copied().collect();
        run(&fresh.address, &all, "")
    };
    let (lead, clerk) = ("amara.osei@larkmoor.example", "bernard.quill@larkmoor.example");
    let nothing = report(&["check", &quarter]);
    assert_eq!(nothing.code, 1);
    assert!(nothing.err.contains("has been built yet"), "{}", nothing.err);
    let denied = report(&["build", &quarter, "--by", clerk]);
    assert_eq!(denied.code, 1);
    assert!(denied.err.contains("Nobody who may do this"), "{}", denied.err);
    let built = report(&["build", &quarter, "--by", lead]);
    assert_eq!(built.code, 0, "{}", built.err);
    let wanting = report(&["check", &quarter]);
    assert_eq!(wanting.code, 1);
    assert!(wanting.out.contains("sentences are not accepted or edited yet"), "{}", wanting.out);
    let early = report(&["release", &quarter, "--by", clerk]);
    assert_eq!(early.code, 1);
    assert!(early.err.contains("Nobody has approved this report yet"), "{}", early.err);
    let none = report(&["export", &quarter]);
    assert!(none.err.contains("has been released yet"), "{}", none.err);
}

#[test]
fn the_programme_of_a_year_goes_the_same_way() {
    let fresh = borough(Engine::Sqlite);
    let year = crate::server::today().year().to_string();
    let report = |words: &[&str]| {
        let all: Vec<&str> = ["report"].iter().chain(words).copied().collect();
        run(&fresh.address, &all, "")
    };
    let (lead, clerk) = ("amara.osei@larkmoor.example", "bernard.quill@larkmoor.example");
    let as_it_stands = report(&[&year]);
    assert!(as_it_stands.out.contains("What nobody audits"), "{}", as_it_stands.out);
    let public = report(&[&year, "--public"]);
    assert!(public.out.contains("Disclosure certificate"), "{} {}", public.out, public.err);
    let of_one = report(&["build", &year, "--by", lead, "--service", "Disability Service"]);
    assert!(of_one.err.contains("The programme of a year is about all services"), "{}", of_one.err);
    assert_eq!(report(&["build", &year, "--by", clerk]).code, 1);
    let nothing = report(&["check", &year]);
    assert!(nothing.err.contains("has been built yet"), "{}", nothing.err);
    let built = report(&["build", &year, "--by", lead]);
    assert_eq!(built.code, 0, "{}", built.err);
    let wanting = report(&["check", &year]);
    assert_eq!(wanting.code, 1);
    for said in ["Programme of audits of children’s records", "sentences are not accepted"] {
        assert!(wanting.out.contains(said), "{said}: {}", wanting.out);
    }
    let early = report(&["release", &year, "--by", clerk]);
    assert!(early.err.contains("Nobody has approved this report yet"), "{}", early.err);
    let none = report(&["export", &year]);
    assert!(none.err.contains(&format!("No report of {year} has been released")), "{}", none.err);
    let neither = report(&["check", "26"]);
    assert!(neither.err.contains("neither a quarter nor a year"), "{}", neither.err);
}

#[test]
fn settings_come_by_flag_environment_and_file_in_that_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.toml");
    fs::write(&file, "listen = \"127.0.0.1:9\"\nlog = \"json\"\n").unwrap();
    let words = ["config", "show", "--config", file.to_str().unwrap(), "--log", "text"];
    let shown = run("postgres://ql:s3cret@db/ql", &words, "");
    let line = |name: &str| {
        shown.out.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned()
    };
    assert!(
        line("listen").contains("127.0.0.1:9") && line("listen").ends_with("the settings file")
    );
    assert!(line("database").ends_with("the environment"), "{}", shown.out);
    assert!(line("log ").ends_with("a flag"), "{}", shown.out);
    assert!(line("plain_http").ends_with("the default"), "{}", shown.out);
    assert!(!shown.out.contains("s3cret"));
    fs::write(&file, "lisen = \"127.0.0.1:9\"\n").unwrap();
    let misspelt = run("sqlite:x", &words, "");
    assert_eq!(misspelt.code, 3);
    assert!(misspelt.err.contains("lisen"), "{}", misspelt.err);
}

#[test]
fn a_journal_that_was_changed_ends_with_one() {
    let fresh = borough(Engine::Sqlite);
    let clean = run(&fresh.address, &["journal", "verify", "--json"], "");
    assert_eq!(clean.code, 0, "{}", clean.err);
    let head: serde_json::Value = serde_json::from_str(&clean.out).unwrap();
    let checkpoint = format!("{}:{}", head["entries"], head["root"].as_str().unwrap());
    let known = run(&fresh.address, &["journal", "verify", "--checkpoint", &checkpoint], "");
    assert_eq!(known.code, 0, "{}", known.err);
    let other = checkpoint.replace(':', ":00").chars().take(checkpoint.len()).collect::<String>();
    assert_eq!(run(&fresh.address, &["journal", "verify", "--checkpoint", &other], "").code, 1);
    assert_eq!(run(&fresh.address, &["journal", "verify", "--checkpoint", "nonsense"], "").code, 1);
}

#[test]
fn second_readings_of_a_quarter_that_has_no_cycle_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("q.sqlite").display());
    assert_eq!(run(&database, &["migrate"], "").code, 0);
    let ran = run(&database, &["moderation", "list", "--quarter", "2026-Q4"], "");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("There is no cycle of 2026-Q4."), "{}", ran.err);
}
