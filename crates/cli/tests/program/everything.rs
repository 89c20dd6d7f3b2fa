//! Everything of the borough as open files, through both engines and back: the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quarterlight_testing::engines::{Engine, Fresh};

use crate::commands::{Ran, run};
use crate::server::{Server, borough};

/// Every file of a folder, by its name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for inside in ["", "tables"] {
        for entry in fs::read_dir(folder.join(inside)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn export(address: &str, to: &Path) {
    let done = run(address, &["export", "--to", to.to_str().unwrap()], "");
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
}

fn take_in(from: &Path, to: &str) -> Ran {
    run("", &["import-export", from.to_str().unwrap(), "--to", to], "")
}

#[test]
fn everything_goes_through_both_engines_and_is_the_same_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let places = ["first", "second", "third"].map(|name| folder.path().join(name));
    let borough = borough(Engine::Sqlite);
    export(&borough.address, &places[0]);
    let first = files(&places[0]);
    assert!(first.len() > 120, "{} files", first.len());
    let postgres = Fresh::on(Engine::Postgres);
    let done = take_in(&places[0], &postgres.address);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    let manifest = String::from_utf8(first["manifest.json"].clone()).unwrap();
    let checkpoint =
        manifest.split("\"checkpoint\": \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(done.out.contains(checkpoint), "{}", done.out);
    export(&postgres.address, &places[1]);
    let sqlite = Fresh::on(Engine::Sqlite);
    assert_eq!(take_in(&places[1], &sqlite.address).code, 0);
    export(&sqlite.address, &places[2]);
    for place in &places[1..] {
        let next = files(place);
        let differ = first.iter().filter(|(name, bytes)| next.get(*name) != Some(bytes));
        let differ: Vec<&String> = differ.map(|(name, _)| name).collect();
        assert!(differ.is_empty() && next.len() == first.len(), "{place:?}: {differ:?}");
    }
    for address in [&postgres.address, &sqlite.address] {
        let verify = ["journal", "verify", "--checkpoint", checkpoint];
        assert_eq!(run(address, &verify, "").code, 0);
    }
    // And it is a database like any other: somebody signs in, and goes on.
    for fresh in [&postgres, &sqlite] {
        let server = Server::of(fresh);
        let visitor = server.visitor("priya.anand@larkmoor.example");
        assert_eq!(visitor.get("/").unwrap().status, 200);
    }
}

#[test]
fn an_export_that_was_changed_is_not_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = Fresh::on(Engine::Sqlite);
    assert_eq!(run(&fresh.address, &["migrate"], "").code, 0);
    let whole = folder.path().join("whole");
    export(&fresh.address, &whole);
    let again = run(&fresh.address, &["export", "--to", whole.to_str().unwrap()], "");
    assert_eq!((again.code, again.err.contains("there already")), (1, true), "{}", again.err);
    let name = "tables/edition_standard.jsonl";
    let kept = fs::read_to_string(whole.join(name)).unwrap();
    let harms: [(&str, Option<String>); 3] = [
        ("not the one that was exported", Some(kept.replacen("false", "true", 1))),
        ("not the one that was exported", Some(kept.lines().skip(1).collect())),
        ("lacks the file", None),
    ];
    for (says, harmed) in harms {
        match harmed {
            Some(words) => fs::write(whole.join(name), words).unwrap(),
            None => fs::remove_file(whole.join(name)).unwrap(),
        }
        let to = Fresh::on(Engine::Sqlite);
        let done = take_in(&whole, &to.address);
        assert_eq!((done.code, done.err.contains(says)), (1, true), "{says}: {}", done.err);
    }
    fs::write(whole.join(name), kept).unwrap();
    let over = take_in(&whole, &fresh.address);
    assert_eq!((over.code, over.err.contains("holds something")), (1, true), "{}", over.err);
    let to = Fresh::on(Engine::Postgres);
    let done = take_in(&whole, &to.address);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
}
