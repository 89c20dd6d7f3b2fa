//! The frame around a page, as a browser's parser reads it.

use askama::Template;
use scraper::{Html, Selector};

use super::{Frame, Identity, NavItem};
use crate::govuk::{HOSTILE, NotificationBanner};

#[derive(Template)]
#[template(
    source = "{% extends \"layout/layout.html\" %}{% block content %}<h1>{{ frame.title }}</h1>{% endblock %}",
    ext = "html"
)]
struct Page {
    frame: Frame,
}

fn page(frame: Frame) -> (String, Html) {
    let html = Page { frame }.render().unwrap();
    let parsed = Html::parse_document(&html);
    (html, parsed)
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).map(|found| found.text().collect::<String>().trim().to_owned()).collect()
}

fn full() -> Frame {
    Frame {
        authority: "Exampleshire Council".to_owned(),
        home: "/work".to_owned(),
        signed_in: Some(Identity {
            account: "/account".to_owned(),
            name: "Priya Raman".to_owned(),
            sign_out: "/sign-out".to_owned(),
        }),
        navigation: vec![
            NavItem { text: "Your work".to_owned(), href: "/work".to_owned(), current: true },
            NavItem { text: "Records".to_owned(), href: "/records".to_owned(), current: false },
        ],
        breadcrumbs: vec![("Your work".to_owned(), "/work".to_owned())],
        saved: Some("Saved at 10:42".to_owned()),
        banner: Some(NotificationBanner::important("The case list is 9 days old.")),
        has_errors: true,
        demonstration: true,
        version: "0.1.0".to_owned(),
        ..Frame::new("Was the child seen alone?")
    }
}

#[test]
fn every_page_has_one_main_one_heading_a_skip_link_and_its_language() {
    for frame in [Frame::new("Sign in"), full()] {
        let (html, page) = page(frame);
        assert_eq!(page.errors, Vec::<String>::new(), "{html}");
        assert_eq!(texts(&page, "html[lang='en-GB']").len(), 1);
        assert_eq!(texts(&page, "main#main-content").len(), 1);
        assert_eq!(texts(&page, "main h1").len(), 1);
        assert_eq!(texts(&page, "body > a.govuk-skip-link[href='#main-content']").len(), 1);
        assert_eq!(texts(&page, "header").len(), 1);
        assert_eq!(texts(&page, "footer").len(), 1);
    }
}

#[test]
fn no_page_carries_script_or_style_of_its_own() {
    let (_, page) = page(full());
    assert_eq!(texts(&page, "style, [style]"), Vec::<String>::new());
    assert_eq!(texts(&page, "script:not([src])"), Vec::<String>::new());
    assert_eq!(texts(&page, "script[type='module'][src^='/assets/quarterlight-']").len(), 1);
    assert_eq!(texts(&page, "link[rel='stylesheet'][href^='/assets/quarterlight-']").len(), 1);
}

#[test]
fn title_says_first_that_something_was_wrong() {
    let (_, wrong) = page(full());
    assert_eq!(texts(&wrong, "title"), ["Error: Was the child seen alone? – Quarterlight"]);
    let (_, right) = page(Frame { has_errors: false, ..full() });
    assert_eq!(texts(&right, "title"), ["Was the child seen alone? – Quarterlight"]);
}

#[test]
fn signed_in_person_sees_their_name_and_signs_out_by_a_form() {
    let (_, page) = page(full());
    assert_eq!(
        texts(&page, ".quarterlight-header__person"),
        ["Signed in as Priya Raman: how you sign in"]
    );
    assert_eq!(texts(&page, "form[method='post'][action='/sign-out'] button"), ["Sign out"]);
    let (_, stranger) = self::page(Frame { signed_in: None, ..full() });
    assert_eq!(texts(&stranger, "form"), Vec::<String>::new());
}

#[test]
fn saved_line_is_a_polite_status() {
    let (_, page) = page(full());
    assert_eq!(texts(&page, "[role='status']"), ["Saved at 10:42"]);
}

#[test]
fn one_part_of_the_navigation_is_the_current_one() {
    let (_, page) = page(full());
    assert_eq!(texts(&page, "nav a[aria-current]"), ["Your work"]);
}

#[test]
fn way_back_takes_the_place_of_the_levels_above() {
    let (_, levels) = page(full());
    assert_eq!(texts(&levels, ".govuk-breadcrumbs a"), ["Your work"]);
    let (_, back) = page(Frame { back: Some("/audits/7".to_owned()), ..full() });
    assert_eq!(texts(&back, ".govuk-breadcrumbs a"), Vec::<String>::new());
    assert_eq!(texts(&back, ".govuk-back-link"), ["Back"]);
}

#[test]
fn demonstration_says_that_its_records_are_invented() {
    let words = "All records shown in the demonstration are invented.";
    let (html, _) = page(full());
    assert!(html.contains(words));
    let (html, _) = page(Frame { demonstration: false, ..full() });
    assert!(!html.contains(words));
}

#[test]
fn hostile_words_stay_words() {
    let (html, page) = page(Frame {
        title: HOSTILE.to_owned(),
        authority: HOSTILE.to_owned(),
        saved: Some(HOSTILE.to_owned()),
        ..full()
    });
    assert!(!html.contains("<script>"));
    assert_eq!(texts(&page, "h1"), [HOSTILE]);
    assert_eq!(texts(&page, "b"), Vec::<String>::new());
}
