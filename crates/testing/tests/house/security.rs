//! What the security documents claim is there: each test, each place, and the counts.

use std::collections::BTreeMap;

use crate::tree::{root, text};

/// The answer to each item, one row each.
const TABLE: &str = "docs/security/asvs.md";

/// The document that leads there, with the promises and the counts.
const PAGE: &str = "docs/security.md";

/// How an item can stand.
const STATES: [&str; 4] = ["by test", "by place", "not met", "does not apply"];

/// How many items the standard has at its first and at its second level.
const ITEMS: [usize; 2] = [70, 183];

/// One answer.
#[derive(Debug)]
struct Row {
    id: Vec<u32>,
    level: usize,
    asks: String,
    state: String,
    because: String,
}

/// The cells of a line of a table; none for any other line.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
}

/// The rows of a document that begin with an item's number.
fn rows(document: &str) -> Vec<Row> {
    let of_item = |cells: Vec<String>| {
        let [id, level, asks, state, because] = <[String; 5]>::try_from(cells).ok()?;
        let id: Vec<u32> = id.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        Some(Row { id, level: level.parse().unwrap_or(0), asks, state, because })
    };
    document.lines().filter_map(cells).filter_map(of_item).collect()
}

/// What stands between backticks.
fn quoted(words: &str) -> Vec<&str> {
    words.split('`').skip(1).step_by(2).collect()
}

/// The tests of a source: what is marked as one, and the stories that run on both engines.
fn tests(source: &str) -> Vec<String> {
    let name_of = |text: &str| {
        let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        name
    };
    let (mut found, mut is_marked, mut is_list) = (Vec::new(), false, false);
    for line in source.lines().map(str::trim) {
        if line.starts_with("on_both_engines!") {
            is_list = true;
        }
        if is_list {
            let words = line.trim_start_matches("on_both_engines!");
            found
                .extend(words.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned));
            is_list = !words.contains(')') && !words.contains('}');
        }
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_marked = true;
        } else if let Some((_, rest)) = line.split_once("fn ").filter(|_| is_marked) {
            found.push(name_of(rest));
            is_marked = false;
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            is_marked = false;
        }
    }
    found
}

/// True if the file has a test of this name, or a story of this title.
fn has_test(path: &str, name: &str) -> bool {
    let file = root().join(path);
    if !file.is_file() {
        return false;
    }
    let source = text(path);
    if path.ends_with(".spec.js") {
        return ['\'', '"', '`']
            .iter()
            .any(|mark| source.contains(&format!("test({mark}{name}{mark}")));
    }
    tests(&source).iter().any(|each| each == name)
}

/// True of what is meant as the path of a file or folder here.
fn is_place(claim: &str) -> bool {
    claim.contains('/') && !claim.starts_with('/') && !claim.contains(' ')
}

/// What is wrong with the claims in some words: tests and places that are not there.
fn untrue(words: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for claim in quoted(words) {
        match claim.split_once("::") {
            Some((path, name)) if path.contains('/') && !has_test(path, name) => {
                wrong.push(format!("there is no test {claim}"));
            }
            None if is_place(claim) && !root().join(claim).exists() => {
                wrong.push(format!("there is no place {claim}"));
            }
            _ => {}
        }
    }
    wrong
}

/// What is wrong with a row.
fn wrong(row: &Row) -> Vec<String> {
    let mut wrong = untrue(&row.because);
    let claims = quoted(&row.because);
    let has_claim = |is: fn(&str) -> bool| claims.iter().any(|claim| is(claim));
    match row.state.as_str() {
        "by test" if !has_claim(|claim| claim.contains("::")) => {
            wrong.push("says by test, and names none".to_owned());
        }
        "by place" if !has_claim(|claim| root().join(claim).exists()) => {
            wrong.push("says by place, and names none".to_owned());
        }
        state if !STATES.contains(&state) => wrong.push(format!("“{state}” is no state")),
        _ => {}
    }
    if row.because.len() < 10 || row.asks.len() < 10 || !(1..=2).contains(&row.level) {
        wrong.push("does not say enough".to_owned());
    }
    wrong.into_iter().map(|words| format!("{:?}: {words}", row.id)).collect()
}

/// Items whose number does not come after the one before.
fn out_of_order(rows: &[Row]) -> Vec<String> {
    let pairs = rows.windows(2).filter(|pair| pair[0].id >= pair[1].id);
    pairs.map(|pair| format!("{:?} stands before {:?}", pair[0].id, pair[1].id)).collect()
}

/// How many items a chapter has, and how many stand in each way; chapter 0 is all of them.
fn counts(rows: &[Row]) -> BTreeMap<u32, Vec<usize>> {
    let mut counts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for row in rows {
        for chapter in [0, row.id[0]] {
            let count = counts.entry(chapter).or_insert_with(|| vec![0; 1 + STATES.len()]);
            count[0] += 1;
            let state = STATES.iter().position(|state| *state == row.state);
            count[1 + state.unwrap()] += 1;
        }
    }
    counts
}

/// The counts as the page says them: *V1 Encoding …*, and *All*.
fn said(page: &str) -> BTreeMap<u32, Vec<usize>> {
    let of_chapter = |cells: Vec<String>| {
        let first = cells.first()?.split(' ').next()?.to_owned();
        let chapter = match first.as_str() {
            "All" => 0,
            chapter => chapter.strip_prefix('V')?.parse().ok()?,
        };
        Some((chapter, cells[1..].iter().map(|cell| cell.parse().unwrap()).collect()))
    };
    page.lines().filter_map(cells).filter_map(of_chapter).collect()
}

#[test]
fn every_item_is_answered_once_and_every_claim_is_there() {
    let rows = rows(&text(TABLE));
    let wrong: Vec<String> = rows.iter().flat_map(wrong).chain(out_of_order(&rows)).collect();
    assert_eq!(wrong, Vec::<String>::new());
    let of_level = |level: usize| rows.iter().filter(|row| row.level == level).count();
    assert_eq!([of_level(1), of_level(2)], ITEMS);
}

#[test]
fn the_counts_are_those_of_the_rows() {
    assert_eq!(said(&text(PAGE)), counts(&rows(&text(TABLE))));
}

#[test]
fn whatever_is_not_met_is_told_on_the_page() {
    let page = text(PAGE);
    let (_, told) = page.split_once("worst first").unwrap();
    for row in rows(&text(TABLE)).iter().filter(|row| row.state == "not met") {
        let id = row.id.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
        assert!(told.contains(&id), "{id} is not met, and the page does not say so");
    }
}

#[test]
fn every_promise_is_told_with_its_test_or_as_open() {
    let page = text(PAGE);
    let is_promise = |cells: &Vec<String>| {
        cells[0].strip_prefix('P').is_some_and(|number| number.parse::<u8>().is_ok())
    };
    let promises: Vec<Vec<String>> = page.lines().filter_map(cells).filter(is_promise).collect();
    let numbers: Vec<String> = promises.iter().map(|cells| cells[0].clone()).collect();
    assert_eq!(numbers, (1..=13).map(|number| format!("P{number}")).collect::<Vec<_>>());
    for cells in promises {
        let is_open = cells.iter().any(|cell| cell.contains("Open"));
        let has_test = cells.iter().any(|cell| cell.contains("::"));
        assert!(is_open || has_test, "{} has no test and is not called open", cells[0]);
    }
}

#[test]
fn whatever_the_security_documents_name_is_there() {
    let documents = crate::tree::files("docs/security", "md").into_iter();
    for path in documents.chain([PAGE.to_owned()]) {
        assert_eq!(untrue(&text(&path)), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn a_claim_that_is_not_true_would_be_seen() {
    let of = |line: &str| rows(line).iter().flat_map(wrong).collect::<Vec<_>>().join("; ");
    let here = "crates/testing/tests/house/security.rs";
    let row = |state: &str, because: &str| {
        format!("| 1.2.3 | 1 | something is so | {state} | {because} |")
    };
    let good = row("by test", &format!("`{here}::a_claim_that_is_not_true_would_be_seen`"));
    assert_eq!(of(&good), "");
    // A test that nobody wrote, a function that is no test, a file that is not there.
    assert!(of(&row("by test", &format!("`{here}::nothing_of_the_kind`"))).contains("no test"));
    assert!(of(&row("by test", &format!("`{here}::out_of_order`"))).contains("no test"));
    assert!(of(&row("by test", "`crates/nowhere.rs::a_test`")).contains("no test"));
    assert!(of(&row("by test", "we are sure of it")).contains("names none"));
    assert!(of(&row("by place", "`docs/nowhere.md`, and so on")).contains("no place"));
    assert!(of(&row("met", "it was looked at")).contains("no state"));
    assert!(!out_of_order(&rows(&format!("{good}\n{good}"))).is_empty());
}

#[test]
fn tests_are_told_from_other_functions() {
    let source = "#[test]\n#[cfg(unix)]\nfn one() {}\nfn two() {}\n#[tokio::test]\nasync fn three() {}\non_both_engines!(four,\n    five\n);\n";
    let found = tests(source);
    for (name, is_test) in
        [("one", true), ("two", false), ("three", true), ("four", true), ("five", true)]
    {
        assert_eq!(found.iter().any(|each| each == name), is_test, "{name}");
    }
}
