//! Every table has its class, every log line its place in the list, every means of cryptography its use.

use crate::tree::{files, text};

/// Crates that seal, sign, hash, or give chance, whichever of them the manifest has.
const CRYPTOGRAPHY: [&str; 17] = [
    "age",
    "argon2",
    "chacha20poly1305",
    "ed25519-dalek",
    "hmac",
    "openidconnect",
    "rand",
    "rand_chacha",
    "rcgen",
    "reqwest",
    "rustls",
    "sha2",
    "signed_note",
    "tlog_tiles",
    "totp-rs",
    "ureq",
    "webauthn-rs",
];

/// The tables that some steps of the schema make.
fn tables(sql: &str) -> Vec<&str> {
    let made = sql.split("create table ").skip(1);
    made.filter_map(|rest| rest.split([' ', '(', '\n']).next()).collect()
}

/// What a source writes to the log: the words of each line, as they stand there.
fn log_lines(source: &str) -> Vec<String> {
    let levels = ["error!(", "warn!(", "info!(", "debug!(", "trace!("];
    let mut found = Vec::new();
    for level in levels.map(|level| format!("tracing::{level}")) {
        for call in source.split(&level).skip(1) {
            let words = call.split('"').nth(1).unwrap_or_default();
            found.push(words.to_owned());
        }
    }
    found
}

#[test]
fn every_table_has_its_class() {
    let classes = text("docs/security/data.md");
    for path in files("crates/store/migrations", "sql") {
        for table in tables(&text(&path)) {
            assert!(classes.contains(&format!("`{table}`")), "{table} of {path} has no class");
        }
    }
}

#[test]
fn every_line_of_the_log_is_listed() {
    let list = text("docs/security/logging.md");
    let ours = files("crates", "rs").into_iter().filter(|path| path.contains("/src/"));
    for path in ours {
        for words in log_lines(&text(&path)) {
            assert!(list.contains(&words), "“{words}” of {path} is not listed");
        }
    }
}

#[test]
fn every_means_of_cryptography_is_listed() {
    let (list, manifest) = (text("docs/security/cryptography.md"), text("Cargo.toml"));
    let has = |name: &&str| manifest.contains(&format!("\n{name} = "));
    for name in CRYPTOGRAPHY.iter().filter(|name| has(name)) {
        assert!(list.contains(&format!("`{name}`")), "{name} is not listed");
    }
}

#[test]
fn what_is_listed_nowhere_would_be_seen() {
    let made =
        "create table looked (\n    id {id}\n);\ncreate index x on y (z);\ncreate table seen(id)";
    assert_eq!(tables(made), ["looked", "seen"]);
    let source =
        "tracing::warn!(request = number, \"could not {why}\");\ntracing::info!(\n    \"done\"\n);";
    assert_eq!(log_lines(source), ["could not {why}", "done"]);
}
