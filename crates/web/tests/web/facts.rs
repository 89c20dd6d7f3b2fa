//! Facts beside a standard, what is proposed by them, and what the auditor says to it.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;

use crate::browser::{Answer, Browser, World};

/// The pages of every standard that is asked in an audit, with where they are.
async fn standards(browser: &mut Browser, audit: &str) -> Vec<String> {
    let page = browser.get(&format!("{audit}/submit")).await;
    let html = scraper::Html::parse_document(&page.text);
    let links = scraper::Selector::parse("a[href*='/standards/']").unwrap();
    let hrefs = html.select(&links).filter_map(|link| link.value().attr("href"));
    hrefs.map(str::to_owned).collect()
}

/// Who makes which audits in the quarter under way.
const AUDITORS: [&str; 6] = [
    "priya.anand",
    "graham.tindall",
    "rosa.whitlow",
    "wen.zhang",
    "siobhan.keane",
    "joseph.adeyemi",
];

/// A standard for which the case list proposes this, with its auditor.
async fn proposed(world: &World, judgement: &str) -> Option<(Browser, String, String)> {
    for who in AUDITORS {
        let mut browser = world.signed_in(who).await;
        let home = browser.get("/").await;
        for audit in [home.link("left ·"), home.link("Start the audit")].into_iter().flatten() {
            for standard in standards(&mut browser, &audit).await {
                let page = browser.get(&standard).await;
                if page.words().contains(&format!("The case list proposes: {judgement}")) {
                    return Some((browser, audit, standard));
                }
            }
        }
    }
    None
}

async fn answer(
    browser: &mut Browser,
    standard: &str,
    (judgement, overruled): (&str, &str),
) -> Answer {
    let page = browser.get(standard).await;
    let (version, proposed) = (page.hidden("version"), page.hidden("proposed"));
    let form = [
        ("judgement", judgement),
        ("seen", "The visits are in the case notes."),
        ("version", &version),
        ("proposed", &proposed),
        ("overruled", overruled),
    ];
    browser.post(standard, &form).await
}

#[tokio::test]
async fn what_the_case_list_proposes_is_confirmed_or_overruled_with_a_reason() {
    let world = World::new().await;
    let (mut auditor, audit, standard) = proposed(&world, "Not met").await.unwrap();
    let code = standard.rsplit('/').next().unwrap().to_owned();
    let page = auditor.get(&standard).await;
    assert!(!page.text.contains("value=\"not-met\" checked"), "nothing is chosen beforehand");
    let owed = format!("Say why you overrule what the case list proposes for {code}");
    let saved = answer(&mut auditor, &standard, ("met", " ")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "the answer is saved all the same");
    let words = auditor.get(&format!("{audit}/submit")).await.words();
    assert!(words.contains(&owed), "{words}");
    let said = "Seen on 2 October: it is in the case notes.";
    assert_eq!(answer(&mut auditor, &standard, ("met", said)).await.status, 303);
    let page = auditor.get(&standard).await;
    assert!(page.words().contains("You have overruled this.") && page.text.contains(said));
    let words = auditor.get(&format!("{audit}/submit")).await.words();
    assert!(!words.contains(&owed) && words.contains(said), "{words}");
    assert_eq!(answer(&mut auditor, &standard, ("not-met", said)).await.status, 303);
    let words = auditor.get(&standard).await.words();
    assert!(words.contains("You have confirmed this."), "{words}");
    let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
    assert!(verdict.is_clean(), "{:?}", verdict.wrong);
}

#[tokio::test]
async fn an_audit_is_not_submitted_while_a_reason_is_owed() {
    let world = World::new().await;
    let (mut auditor, audit, standard) = proposed(&world, "Not met").await.unwrap();
    for other in standards(&mut auditor, &audit).await {
        assert_eq!(answer(&mut auditor, &other, ("met", "It is there.")).await.status, 303);
    }
    assert_eq!(answer(&mut auditor, &standard, ("met", "")).await.status, 303);
    let form = [("grade", "good"), ("reasons", "The child is seen and heard.")];
    let refused = auditor.post(&format!("{audit}/submit"), &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.words().contains("Say why you overrule"), "{}", refused.words());
    let because = ("met", "The visit is in the case notes.");
    assert_eq!(answer(&mut auditor, &standard, because).await.status, 303);
    let taken = auditor.post(&format!("{audit}/submit"), &form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.words());
    let words = auditor.get(&taken.leads_to()).await.words();
    assert!(words.contains("What the case list proposed as at the draw"), "{words}");
    assert!(words.contains("Overruled it: The visit is in the case notes."), "{words}");
}

#[tokio::test]
async fn the_page_of_a_standard_asks_no_more_where_there_are_more_facts() {
    let world = World::new().await;
    let (mut auditor, audit, standard) = proposed(&world, "Met").await.unwrap();
    let mut counted = Vec::new();
    let all = standards(&mut auditor, &audit).await;
    for page in all.iter().take(12).chain([&standard]) {
        world.statements.store(0, Ordering::SeqCst);
        let words = auditor.get(page).await.words();
        counted.push(world.statements.load(Ordering::SeqCst));
        assert!(words.contains("What the last audit said"), "{words}");
    }
    assert!(counted.iter().all(|it| *it == counted[0]), "{counted:?}");
    assert!(counted[0] <= 15, "{counted:?}");
}

#[tokio::test]
async fn what_was_tidied_and_what_was_overruled_is_counted() {
    let world = World::new().await;
    let quarter = *world.cast.quarters.last().unwrap();
    let cycle = world.store.cycles.of_quarter(quarter).await.unwrap().unwrap().cycle.id;
    let mut amara = world.signed_in("amara.osei").await;
    let words = amara.get(&format!("/cycles/{cycle}/progress")).await.words();
    let tidied = words.split("Tidied since the draw: ").nth(1).unwrap();
    assert!(!tidied.starts_with("nothing") && !tidied.starts_with("none"), "{tidied}");
    let words = amara.get("/timescales/overruled").await.words();
    assert!(words.contains("Child in need seen"), "{words}");
    let of_cycle = amara.get(&format!("/timescales/overruled?cycle={cycle}")).await.words();
    assert!(of_cycle.contains("Submitted audits of") && of_cycle != words, "{of_cycle}");
    assert_eq!(amara.get("/timescales/overruled?cycle=999").await.status, 404);
}
