//! The rules about time: read by many, changed by the quality lead, and shown on the record's page.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use jiff::Timestamp;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::RecordFilter;

use crate::browser::{Browser, World};

const RULE: &str = "/timescales/protection-visit";

/// The form of a change, posted with this key.
async fn change(browser: &mut Browser, key: &str, change: &[(&str, &str)]) -> StatusCode {
    let day = [("from-day", "1"), ("from-month", "4"), ("from-year", "2026"), ("form_key", key)];
    let form: Vec<(&str, &str)> = day.into_iter().chain(change.iter().copied()).collect();
    browser.post(RULE, &form).await.status
}

#[tokio::test]
async fn a_rule_is_changed_from_a_day_with_a_reason_and_shown_so() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let page = amara.get(RULE).await;
    assert!(page.words().contains("This authority has not changed the rule"));
    let key = page.hidden("form_key");
    let limit = [("varied", "limit"), ("count", "15"), ("unit", "working_days")];
    let agreed = [limit.as_slice(), &[("why", "Agreed by the leadership team.")]].concat();
    // Posted twice, it changes the rule once.
    for _ in 0..2 {
        assert_eq!(change(&mut amara, &key, &agreed).await, StatusCode::SEE_OTHER);
    }
    assert_eq!(world.store.timescales.variations().await.unwrap().len(), 1);
    let words = amara.get("/timescales").await.words();
    assert!(words.contains("The limit is 15 working days, from 1 April 2026"), "{words}");
    let words = world.signed_in("priya.anand").await.get(RULE).await.words();
    assert!(words.contains("Agreed by the leadership team."));
    assert!(words.contains("Amara Osei") && words.contains("10 working days"));
    assert!(!words.contains("Change the rule for this authority"));
}

#[tokio::test]
async fn a_change_without_a_reason_is_sent_back_with_what_was_typed() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let form = [("varied", "limit"), ("count", "soon"), ("unit", "days"), ("form_key", "a")];
    let again = amara.post(RULE, &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Give a reason.", "Enter the limit as a whole number", "Enter a real date"] {
        assert!(again.text.matches(words).count() >= 2, "{words} at the top and at the field");
    }
    assert!(again.text.contains("value=\"soon\""));
    assert_eq!(world.store.timescales.variations().await.unwrap().len(), 0);
    let gone = amara.get("/timescales/no-such-rule").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let hostile = amara.get("/timescales/%3Cscript%3E").await;
    assert_eq!(hostile.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_record_page_says_what_is_late_and_what_could_not_be_checked() {
    let world = World::new().await;
    let (lines, _) = world.store.records.list(&RecordFilter::default()).await.unwrap();
    let mut amara = world.signed_in("amara.osei").await;
    let (mut facts, mut untold, mut counted) = (0, 0, Vec::new());
    for line in lines.iter().take(40) {
        world.statements.store(0, Ordering::SeqCst);
        let page = amara.get(&format!("/records/{}", line.id)).await;
        counted.push(world.statements.load(Ordering::SeqCst));
        let words = page.words();
        assert!(words.contains("Facts on "), "{words}");
        facts += usize::from(words.contains("the rule is "));
        untold += usize::from(words.contains("could not be checked"));
    }
    assert!(facts > 10 && untold > 10, "{facts} {untold}");
    // The same record, with fifty changes to rules and without any, asks the same of the database.
    let path = format!("/records/{}", lines[0].id);
    let lead = world.cast.person("amara.osei").unwrap().id;
    let stamp = Stamp::person(lead, Timestamp::UNIX_EPOCH, "changed a rule");
    for number in 0..50 {
        let new = quarterlight_store::NewVariation {
            rule: quarterlight_domain::timescale::rule::RuleCode::new("in-need-visit").unwrap(),
            from: jiff::civil::date(2026, 4, 1),
            varied: quarterlight_domain::timescale::variation::Varied::Off,
            by: lead,
            why: quarterlight_domain::text::Reason::new("Agreed").unwrap(),
            form_key: number.to_string(),
        };
        world.store.timescales.vary(&stamp, &new).await.unwrap();
    }
    world.statements.store(0, Ordering::SeqCst);
    let words = amara.get(&path).await.words();
    assert_eq!(world.statements.load(Ordering::SeqCst), counted[0]);
    assert!(!words.contains("Child last seen") || !words.contains("docsbay"), "it is switched off");
}
