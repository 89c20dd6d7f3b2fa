//! What the program is made of comes from known places, whole, and within the lints of the house.

use crate::tree::{files, text};

/// Where other people's crates come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Files that run another program, of the system or this one again: each by its path, with arguments, and never by a shell.
const RUNS_PROGRAMS: [&str; 2] =
    ["crates/cli/src/backup/postgres.rs", "crates/cli/src/read_apart.rs"];

/// The packages of a lock file: each with its lines.
fn packages(lock: &str) -> Vec<&str> {
    lock.split("[[package]]").skip(1).collect()
}

/// True for our own crates, and for those that have the registry's digest.
fn is_known(package: &str) -> bool {
    let has = |line: &str| package.lines().any(|each| each.starts_with(line));
    if !has("source = ") {
        return has("name = \"quarterlight");
    }
    has(&format!("source = \"{REGISTRY}\"")) && has("checksum = ")
}

#[test]
fn every_crate_comes_from_the_registry_with_its_digest() {
    let lock = text("Cargo.lock");
    assert!(packages(&lock).len() > 100, "the lock file is read");
    for package in packages(&lock) {
        assert!(is_known(package), "comes from elsewhere, or without a digest: {package}");
    }
}

#[test]
fn a_crate_from_elsewhere_would_be_seen() {
    let other =
        "\nname = \"other\"\nversion = \"1.0.0\"\nsource = \"git+https://elsewhere.example\"\n";
    assert!(!is_known(other) && !is_known("\nname = \"other\"\nversion = \"1.0.0\"\n"));
}

#[test]
fn every_package_of_node_has_its_digest() {
    for path in ["crates/assets/package-lock.json", "stories/package-lock.json"] {
        let lock = text(path);
        let there = lock.matches("\"node_modules/").count();
        assert!(there > 0, "{path} is read");
        assert_eq!(lock.matches("\"integrity\": \"sha512-").count(), there, "{path}");
        let elsewhere = lock.matches("\"resolved\": ").count();
        let registry = lock.matches("\"resolved\": \"https://registry.npmjs.org/").count();
        assert_eq!(elsewhere, registry, "{path} has a package from elsewhere");
    }
}

#[test]
fn unsafe_code_is_forbidden_in_every_crate() {
    assert!(text("Cargo.toml").contains("\nunsafe_code = \"forbid\"\n"));
    let manifests = files("crates", "toml").into_iter();
    for path in manifests.filter(|path| path.ends_with("/Cargo.toml")) {
        let takes = text(&path).contains("[lints]\nworkspace = true");
        assert!(takes, "{path} does not take the lints of the house");
    }
}

/// True if a source runs a program of the system.
fn runs_a_program(source: &str) -> bool {
    source.contains("Command::new(") && source.contains("process::")
}

#[test]
fn programs_of_the_system_are_run_in_one_place_and_never_by_a_shell() {
    let ours = files("crates", "rs").into_iter();
    for path in ours.filter(|path| path.contains("/src/") && !path.contains("crates/testing/")) {
        let source = text(&path);
        assert!(
            !runs_a_program(&source) || RUNS_PROGRAMS.contains(&path.as_str()),
            "{path} runs a program; say so here, and give it no words as a command line"
        );
        let by_shell = ["\"sh\"", "\"bash\"", "/bin/sh"].iter().any(|shell| source.contains(shell));
        assert!(!by_shell, "{path} has a shell");
    }
}

#[test]
fn a_program_that_is_run_elsewhere_would_be_seen() {
    assert!(runs_a_program("use std::process::Command;\nCommand::new(program).arg(typed);"));
}
