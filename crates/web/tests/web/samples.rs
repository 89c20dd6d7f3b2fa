//! Every page, from its samples: one heading, a title, labelled fields, linked errors, nothing unescaped.

use std::collections::BTreeSet;

use quarterlight_web::pages::samples;
use scraper::{Html, Selector};

fn select(html: &Html, what: &str) -> Vec<String> {
    let selector = Selector::parse(what).unwrap();
    html.select(&selector).map(|element| element.html()).collect()
}

/// What is wrong with a page.
fn wrong(text: &str) -> Vec<String> {
    let html = Html::parse_document(text);
    let count = |what: &str| select(&html, what).len();
    let mut wrong = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            wrong.push(what.to_owned());
        }
    };
    must(count("h1") == 1, "not one h1");
    must(count("main") == 1, "not one main");
    must(!text.contains("<title> –"), "no title");
    must(count("html[lang=en-GB]") == 1, "no language");
    must(count("script:not([src])") == 0, "a script inside the page");
    must(count("style, [style]") == 0, "a style inside the page");
    must(count("a[href='']") == 0 && count("a:not([href])") == 0, "an empty link");
    must(!text.contains("<script>alert"), "hostile words as markup");
    let mut ids = BTreeSet::new();
    let selector = Selector::parse("[id]").unwrap();
    for element in html.select(&selector) {
        let id = element.value().attr("id").unwrap_or_default();
        must(ids.insert(id.to_owned()), "two elements with one id");
    }
    let selector = Selector::parse("input:not([type=hidden]), textarea, select").unwrap();
    for element in html.select(&selector) {
        let id = element.value().attr("id").unwrap_or_default();
        let label = Selector::parse(&format!("label[for='{id}']")).unwrap();
        must(html.select(&label).next().is_some(), "a field without a label");
    }
    let selector = Selector::parse(".govuk-error-summary a").unwrap();
    for element in html.select(&selector) {
        let target = element.value().attr("href").unwrap_or_default().trim_start_matches('#');
        must(ids.contains(target), "an error that leads nowhere");
    }
    wrong
}

#[test]
fn every_page_is_sound_in_every_state() {
    for (name, pages) in samples::all() {
        assert!(pages.len() >= 2, "{name} has {} samples", pages.len());
        for (number, page) in pages.into_iter().enumerate() {
            let text = page.unwrap();
            assert_eq!(wrong(&text), Vec::<String>::new(), "sample {number} of {name}\n{text}");
        }
    }
}

#[test]
fn an_unsound_page_would_be_seen() {
    let page = "<html lang=en-GB><title>A – Quarterlight</title><main><h1>A</h1><h1>B</h1>\
        <input id=a><a href=''>x</a><p style='color:red'></p></main>";
    let expected =
        ["not one h1", "a style inside the page", "an empty link", "a field without a label"];
    assert_eq!(wrong(page), expected);
}
