//! A page is two files side by side, shows itself with samples, and knows no page of another room.

use crate::tree::{files, root, text};

const PAGES: &str = "crates/web/src/pages";

/// The rooms that a file reaches into besides its own.
fn strangers(path: &str, text: &str) -> Vec<String> {
    let room = path.strip_prefix(PAGES).unwrap_or(path).split('/').nth(1).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split("crate::pages::").nth(1))
        .map(|rest| rest.split("::").next().unwrap_or_default().to_owned())
        .filter(|other| other != room)
        .collect()
}

#[test]
fn no_page_imports_a_page_of_another_room() {
    for path in files(PAGES, "rs") {
        let found = strangers(&path, &text(&path));
        assert!(found.is_empty(), "{path} reaches into {found:?}");
    }
}

#[test]
fn a_page_that_reaches_into_another_room_would_be_seen() {
    let path = format!("{PAGES}/audits/answer.rs");
    assert_eq!(strangers(&path, "use crate::pages::reports::show;"), ["reports"]);
    assert!(strangers(&path, "use crate::pages::audits::sample;").is_empty());
}

#[test]
fn every_template_stands_beside_its_file() {
    for template in files("crates/web/src", "html") {
        let file = template.replace(".html", ".rs");
        let is_layout = template.ends_with("layout/layout.html");
        assert!(is_layout || root().join(&file).is_file(), "{template} has no {file}");
    }
}

#[test]
fn every_page_shows_its_samples() {
    let samples = text(&format!("{PAGES}/samples.rs"));
    // What does not stand in the layout is a component of its room, and is seen inside a page.
    let pages = files(PAGES, "html").into_iter();
    for template in pages.filter(|path| text(path).starts_with("{% extends")) {
        let name = template.strip_prefix(PAGES).unwrap().trim_start_matches('/');
        let name = name.trim_end_matches(".html");
        assert!(samples.contains(&format!("\"{name}\"")), "{name} is not in samples.rs");
    }
}
