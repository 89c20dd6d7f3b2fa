//! From the programme to a sample that was drawn, swapped and topped up, and what members read of it.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use jiff::Timestamp;
use quarterlight_domain::cell::{CellPattern, Within};
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::need::Known;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use scraper::{Html, Selector};

use crate::browser::{Browser, World};

/// Opens the cycle of the next quarter, and gives where it is.
pub async fn next_cycle(amara: &mut Browser) -> String {
    let page = amara.get("/cycles").await;
    let quarter = page.hidden("quarter");
    let form = [
        ("quarter", quarter.as_str()),
        ("due-day", "12"),
        ("due-month", "3"),
        ("due-year", "2027"),
    ];
    let answer = amara.post("/cycles", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    answer.leads_to()
}

/// Draws the sample of the next quarter, and gives where its cycle is.
async fn drawn(amara: &mut Browser) -> String {
    let cycle = next_cycle(amara).await;
    let page = amara.get(&format!("{cycle}/draw")).await;
    let form = [
        ("total", page.hidden("total")),
        ("at_least", page.hidden("at_least")),
        ("exclude", page.hidden("exclude")),
        ("seed", "dice 4-2-6-1 thrown on 23 November".to_owned()),
    ];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = amara.post(&format!("{cycle}/draw"), &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.words());
    cycle
}

async fn file(amara: &mut Browser, cycle: &str) -> DrawFile {
    let text = amara.get(&format!("{cycle}/draw-file")).await.text;
    let file = DrawFile::read(&text).unwrap();
    file.verify().unwrap();
    assert_eq!(file.text(), text);
    file
}

#[tokio::test]
async fn before_the_draw_the_page_says_what_it_would_show_and_leave_out() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let cycle = next_cycle(&mut amara).await;
    let words = amara.get(&format!("{cycle}/draw")).await.words();
    for said in [
        "5% of the records or 12 records, whichever is the most",
        "If none of ",
        "then with 95% confidence at most ",
        "left out because they were audited, or given to an auditor, lately",
        "by largest remainder",
        "If none of them fails, those that may",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let all = amara.get(&format!("{cycle}/draw?total=20&at_least=4&exclude=no")).await.words();
    assert!(all.contains("No open record is left out."), "{all}");
    assert!(all.contains("than the minimum of 4, and"), "{all}");
    assert!(all.contains("The minimum makes the sample larger than you asked"), "{all}");
    let wrong = amara.get(&format!("{cycle}/draw?total=many")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.words().contains("What it can show"));
}

#[tokio::test]
async fn a_draw_shows_what_it_was_asked_for_and_takes_it_up() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let cycle = next_cycle(&mut amara).await;
    let draw = format!("{cycle}/draw");
    let none = amara.get(&draw).await;
    assert!(none.words().contains("Nobody has asked this draw for anything."));
    let before = none.hidden("digest");

    // Disabled children, whatever their service and cohort; and a cell without an open record.
    let why = Reason::new("Nobody has seen one for a year.").unwrap();
    let pattern = CellPattern { disabled: Some(Known::Yes), ..CellPattern::default() };
    let nobody = CellPattern { within: Within::Service(PlaceId(9999)), ..pattern };
    let requests = &world.store.draw_requests;
    let cell = format!("/coverage/cells/{pattern}");
    let key = amara.get(&cell).await.hidden("form_key");
    let ask = [("at_least", "9"), ("reason", why.words()), ("form_key", key.as_str())];
    assert_eq!(amara.post(&format!("{cell}/ask"), &ask).await.leads_to(), cell);
    let id = requests.open_requests().await.unwrap()[0].id;
    let stamp = Stamp::console(Timestamp::UNIX_EPOCH, "asked");
    let unmet = requests.ask(&stamp, (nobody, 1), &why, "b").await.unwrap().unwrap();

    // What was asked since the page was shown is not drawn unseen.
    let total = none.hidden("total");
    let mut form = [
        ("total", total.as_str()),
        ("at_least", "1"),
        ("exclude", "no"),
        ("digest", before.as_str()),
        ("seed", "dice 4-2-6-1 thrown on 23 November"),
    ];
    let stale = amara.post(&draw, &form).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.words().contains("has changed since this page was shown"), "{}", stale.words());
    assert_eq!(requests.open_requests().await.unwrap().len(), 2, "nothing was taken up");

    let page = amara.get(&format!("{draw}?total={total}&at_least=1&exclude=no")).await;
    for said in [
        "Nobody has seen one for a year.",
        "by Amara Osei on",
        "no record of these cells is open",
        "that can be drawn",
        "asked for by request",
    ] {
        assert!(page.words().contains(said), "{said}: {}", page.words());
    }
    let digest = page.hidden("digest");
    assert_ne!(digest, before);
    form[3].1 = &digest;
    let answer = amara.post(&draw, &form).await;
    assert_eq!(answer.leads_to(), format!("{cycle}?drawn"), "{}", answer.words());
    let file = file(&mut amara, &cycle).await;
    assert_eq!(file.asked, [(id, 9)].into());
    let named = file.sizes.iter().filter(|(name, _)| name.requests().contains(&id));
    assert!(named.map(|(_, drawn)| drawn).sum::<usize>() >= 9);
    let open: Vec<_> = requests.open_requests().await.unwrap();
    assert_eq!(open.iter().map(|open| open.id).collect::<Vec<_>>(), [unmet]);
    assert_eq!(amara.post(&draw, &form).await.status, StatusCode::OK, "it says that it is drawn");
    let sample = amara.get(&format!("{cycle}/sample")).await;
    assert!(sample.words().contains("asked for by request"), "{}", sample.words());
}

#[tokio::test]
async fn a_record_is_swapped_once_with_its_reason_and_the_file_says_so() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let cycle = drawn(&mut amara).await;
    let before = file(&mut amara, &cycle).await;
    let sample = amara.get(&format!("{cycle}/sample")).await;
    assert!(sample.words().contains("Nothing was swapped and nothing was added."));
    let swap = sample.link("Swap ").unwrap();
    let page = amara.get(&swap).await;
    assert!(page.words().contains("the next in the order that the seed gave"), "{}", page.words());

    let unsaid = amara.post(&swap, &[("reason", "closed"), ("words", " ")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.words().contains("Give a reason."));
    let unsaid = amara.post(&swap, &[("reason", "because"), ("words", "Closed.")]).await;
    assert!(unsaid.words().contains("Select why the record cannot be audited."));
    assert_eq!(file(&mut amara, &cycle).await, before, "nothing was swapped");

    let form = [("reason", "closed"), ("words", "Closed on 20 November.")];
    let answer = amara.post(&swap, &form).await;
    assert_eq!(answer.leads_to(), format!("{cycle}/sample?swapped"));
    let again = amara.post(&swap, &form).await;
    assert_eq!(again.leads_to(), format!("{cycle}/sample"), "a form that came twice");
    let after = file(&mut amara, &cycle).await;
    after.continues(&before).unwrap();
    assert_eq!(after.events.len(), 1);
    let words = amara.get(&answer.leads_to()).await.words();
    assert!(words.contains("The record was closed before its audit began. Closed on 20 November."));
    assert!(!after.text().contains("20 November."), "the file holds references only");
    assert_eq!(amara.get(&swap).await.status, StatusCode::NOT_FOUND, "it is not in the sample");
}

#[tokio::test]
async fn a_top_up_takes_the_next_records_once() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let cycle = drawn(&mut amara).await;
    let before = file(&mut amara, &cycle).await;
    let top_up = format!("{cycle}/top-up");
    let wrong = amara.get(&format!("{top_up}?more=100000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = amara.get(&format!("{top_up}?more=3")).await;
    assert!(page.words().contains("What the whole sample could show then"));
    let seen = page.hidden("seen");
    let form = [("more", "3"), ("stratum", ""), ("seen", &seen), ("words", "Too few in care.")];
    let answer = amara.post(&top_up, &form).await;
    assert_eq!(answer.leads_to(), format!("{cycle}/sample?added"));
    assert_eq!(amara.post(&top_up, &form).await.leads_to(), format!("{cycle}/sample"));
    let after = file(&mut amara, &cycle).await;
    after.continues(&before).unwrap();
    let now = after.sample().unwrap().picks().len();
    assert_eq!(now, before.sample().unwrap().picks().len() + 3);
    assert!(amara.get(&cycle).await.words().contains(&format!("{now} records drawn")));
}

#[tokio::test]
async fn an_audit_that_has_begun_blocks_the_swap_with_a_sentence() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let audit = world.store.audits.in_hand(world.cast.submitted).await.unwrap().unwrap().audit;
    let (cycle, record) = (audit.cycle, audit.record);
    let swap = format!("/cycles/{cycle}/swap/{record}");
    let words = amara.get(&swap).await.words();
    assert!(words.contains("has begun the audit of"), "{words}");
    let form = [("reason", "closed"), ("words", "Closed.")];
    let answer = amara.post(&swap, &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = world.store.audits.in_hand(world.cast.submitted).await.unwrap().unwrap();
    assert_eq!(kept.audit.record, record);
}

#[tokio::test]
async fn a_changed_plan_is_a_new_version_and_the_draw_follows_it() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let cycle = next_cycle(&mut amara).await;
    let plan = "/programme/2027/plan?quarter=2027-Q1";
    let page = amara.get(plan).await;
    let seen = page.hidden("seen");
    let form = [
        ("quarter", "2027-Q1"),
        ("seen", &seen),
        ("cohorts", "in-care"),
        ("cohorts", "care-leaver"),
        ("number", "7"),
        ("percent", ""),
        ("at_least", "1"),
        ("left_out", "0"),
        ("themes", "Health assessments"),
        ("why", "The committee asked."),
    ];
    let answer = amara.post("/programme/2027/plan", &form).await;
    assert_eq!(answer.leads_to(), "/programme/2027?planned", "{}", answer.words());
    let words = amara.get("/programme/2027").await.words();
    for said in ["Version 1", "The committee asked.", "Health assessments", "7 records"] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let stale =
        form.map(|(name, value)| if name == "number" { (name, "9") } else { (name, value) });
    let stale = amara.post("/programme/2027/plan", &stale).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.words().contains("Somebody has changed the programme"));
    let draw = amara.get(&format!("{cycle}/draw")).await.words();
    assert!(draw.contains("7 of ") && draw.contains("their cohort is not in this cycle"), "{draw}");
    let nothing = amara.post("/programme/2027/plan", &[("quarter", "2027-Q1")]).await;
    assert!(nothing.words().contains("Choose at least one cohort"), "{}", nothing.words());
}

#[tokio::test]
async fn the_method_page_says_what_the_method_document_says() {
    let world = World::new().await;
    let page = world.signed_in("lorna.macallister").await.get("/draw-method").await;
    let html = Html::parse_document(&page.text);
    let listings = Selector::parse("pre").unwrap();
    let document = include_str!("../../../../docs/draw-method.md");
    let listings: Vec<String> =
        html.select(&listings).map(|listing| listing.text().collect()).collect();
    assert_eq!(listings.len(), document.matches("```").count() / 2);
    for listing in listings {
        assert!(document.contains(&listing), "{listing}");
    }
}

#[tokio::test]
async fn a_year_takes_as_many_statements_whatever_it_holds() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    // The edition in force is read once and remembered.
    amara.get("/programme/2026").await;
    let mut counts = Vec::new();
    for path in ["/programme/2026", "/programme/2024"] {
        world.statements.store(0, Ordering::SeqCst);
        assert_eq!(amara.get(path).await.status, StatusCode::OK);
        counts.push(world.statements.load(Ordering::SeqCst));
    }
    assert_eq!(counts[0], counts[1]);
    assert!((10..=30).contains(&counts[0]), "{counts:?}");
}
