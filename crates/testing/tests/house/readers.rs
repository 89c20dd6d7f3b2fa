//! What somebody sent reaches a reader by one way alone: `crates/web/src/apart.rs`.

use std::collections::BTreeSet;

use crate::tree::{files, text};

/// Where the readers stand that are reached by that way; each is a `Reader`.
const READERS: [&str; 5] = [
    "crates/cli/src/read_apart/kinds.rs",
    "crates/web/src/apart/texts.rs",
    "crates/web/src/pages/audits/form_reader.rs",
    "crates/web/src/pages/case_lists/reading.rs",
    "crates/web/src/pages/frameworks/reader.rs",
];

/// Files that read what comes with the program, what it keeps, or its settings: nothing that is sent.
const OUR_OWN: [&str; 9] = [
    "crates/cli/src/demo.rs",
    "crates/cli/src/facts.rs",
    "crates/cli/src/framework.rs",
    "crates/cli/src/migrate.rs",
    "crates/cli/src/outside.rs",
    "crates/web/src/indicators.rs",
    "crates/web/src/pages/frameworks/start.rs",
    "crates/web/src/pages/retention/mod.rs",
    "crates/web/src/timescales.rs",
];

/// Reads a word that is typed into a box.
const TYPED: (&str, &str) = ("staff_list", "month");

/// Readers that are no function of `import`.
const OTHERS: [(&str, &str); 2] = [("minutes", "candidates"), ("DrawFile", "read")];

/// Every function of `import` that is given bytes or a text, with its module.
fn readers() -> BTreeSet<(String, String)> {
    let mut found: BTreeSet<(String, String)> =
        OTHERS.map(|(module, name)| (module.to_owned(), name.to_owned())).into();
    for path in files("crates/import/src", "rs") {
        let mut parts = path.trim_end_matches(".rs").trim_end_matches("/mod").rsplit('/');
        let module = parts.next().unwrap().to_owned();
        for signature in text(&path).split("\npub fn ").skip(1) {
            let signature = signature.split('{').next().unwrap();
            let name = signature.split(['(', '<']).next().unwrap();
            let takes = ["[u8]", "ChosenFile", "text: &str"];
            if takes.iter().any(|it| signature.contains(it)) && (&*module, name) != TYPED {
                found.insert((module.clone(), name.to_owned()));
            }
        }
    }
    assert!(found.len() > 20, "the readers are found: {found:?}");
    found
}

fn is_word_at(source: &str, at: usize) -> bool {
    !source[at..].starts_with(|next: char| next.is_alphanumeric() || next == '_')
}

/// True if the source names this function of this module, by its path or as something that it uses.
fn names(source: &str, (module, name): (&str, &str)) -> bool {
    let path = format!("{module}::{name}");
    let by_path = source.match_indices(&path).any(|(at, _)| is_word_at(source, at + path.len()));
    let group = format!("{module}::{{");
    let grouped = source.match_indices(&group).any(|(at, _)| {
        let inside = source[at + group.len()..].split('}').next().unwrap_or_default();
        inside.split(',').any(|each| each.split_whitespace().next() == Some(name))
    });
    by_path || grouped
}

fn shipped_part(source: &str) -> &str {
    source.split("#[cfg(test)]").next().unwrap_or_default()
}

/// The readers that a source names, but for those of what is kept or comes with the program.
fn reached(source: &str) -> Vec<(String, String)> {
    let source = shipped_part(source);
    let named = |(module, name): &(String, String)| names(source, (module, name));
    readers().into_iter().filter(named).collect()
}

#[test]
fn a_reader_is_reached_by_the_one_way_alone() {
    let all = files("crates/web/src", "rs").into_iter().chain(files("crates/cli/src", "rs"));
    for path in all {
        let found = reached(&text(&path));
        if READERS.contains(&path.as_str()) {
            assert!(!found.is_empty(), "{path} names no reader: take it off the list");
        } else if !OUR_OWN.contains(&path.as_str()) {
            assert!(found.is_empty(), "{path} reads what was sent without going apart: {found:?}");
        }
    }
}

#[test]
fn a_reader_that_is_reached_otherwise_would_be_seen() {
    for source in [
        "use quarterlight_import::recognise::{ChosenFile, recognise};",
        "use quarterlight_import::framework_sheet::from_xlsx;",
        "let (lines, _) = staff_list::read(&form.lines);",
        "quarterlight_import::annex_a::read_for(None, &bytes, day, &limits)",
        "DrawFile::read(&text)",
    ] {
        assert!(!reached(source).is_empty(), "{source}");
    }
    for source in ["staff_list::month(&form.month)", "staff_list::readers()", "annex_a::Home"] {
        assert!(reached(source).is_empty(), "{source}");
    }
    assert!(reached("fn a() {}\n#[cfg(test)]\nmod tests { annex_a::read(b) }").is_empty());
}

#[test]
fn files_come_in_at_one_door_and_stay_unread_there() {
    for path in files("crates/web/src", "rs") {
        let source = text(&path);
        let takes = names(&source, ("extract", "Multipart")) || source.contains("Multipart::");
        assert!(!takes || path == "crates/web/src/upload.rs", "{path} takes files by itself");
    }
    // What makes it impossible: what is in a file is private to the one way.
    let way = text("crates/web/src/apart.rs");
    assert!(way.contains("pub struct File(Unread);"), "a file is made there alone");
    assert!(way.contains("pub struct Unread {\n    name: String,\n    bytes: Vec<u8>,\n}"));
}

#[test]
fn nothing_takes_the_bytes_of_a_request_but_forms() {
    // The last two keep a form that could not be taken, unread, so that it can be sent again.
    let known = [
        "crates/web/src/form.rs",
        "crates/web/src/pages/audits/keep.rs",
        "crates/web/src/pages/sessions/not_saved.rs",
        "crates/web/src/session.rs",
    ];
    for path in files("crates/web/src", "rs") {
        let source = text(&path);
        let takes = names(&source, ("body", "Bytes")) || source.contains(" to_bytes(");
        assert!(!takes || known.contains(&path.as_str()), "{path} takes what was sent by itself");
    }
}
