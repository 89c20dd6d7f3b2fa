//! Files open with their one sentence, and stay short.

use crate::tree::{files, text};

/// No file of the program is longer. A file near it is split before it is fed.
const LONGEST: usize = 400;

/// The middle file is about one screen and a half.
const MEDIAN: usize = 150;

fn sources() -> Vec<(String, String)> {
    let all = files("crates", "rs").into_iter();
    all.map(|path| (path.clone(), text(&path))).collect()
}

#[test]
fn every_file_opens_with_its_sentence() {
    for (path, text) in sources() {
        let first = text.lines().next().unwrap_or_default();
        let is_sentence = first.strip_prefix("//! ").is_some_and(|words| {
            words.starts_with(|c: char| c.is_uppercase() || c == '`' || c.is_numeric())
                && words.len() > 8
        });
        assert!(is_sentence, "{path} opens with “{first}”");
    }
}

#[test]
fn no_file_is_long() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        let is_test = path.contains("/tests/") || path.ends_with("tests.rs");
        assert!(is_test || lines <= LONGEST, "{path} has {lines} lines");
    }
}

#[test]
fn the_middle_file_is_short() {
    let mut lengths: Vec<usize> = sources().iter().map(|(_, text)| text.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= MEDIAN, "the middle file has {median} lines");
}

#[test]
fn nothing_is_left_undone_or_put_to_sleep() {
    // Put together here, so that this file does not find itself.
    let marks = ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "#[".to_owned() + "ignore"];
    for (path, text) in sources() {
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{path} has {mark}");
        }
        assert!(!text.contains(&("#[".to_owned() + "allow")), "{path}: expect, with a reason");
    }
}
