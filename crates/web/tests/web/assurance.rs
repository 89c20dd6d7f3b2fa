//! What a director opens: four sentences, and the inspection pack of any period.

use axum::http::StatusCode;

use crate::browser::World;

#[tokio::test]
async fn a_director_reads_four_sentences_in_the_words_of_the_report() {
    let world = World::new().await;
    let mut catherine = world.signed_in("catherine.bello").await;
    let leads = catherine.get("/assurance").await;
    assert_eq!(leads.status, StatusCode::SEE_OTHER);
    let url = leads.leads_to();
    let page = catherine.get(&url).await;
    assert_eq!(page.status, StatusCode::OK);
    let words = page.words();
    for said in ["Coverage", "Standards met", "Actions", "Promises", "Who holds which records"] {
        assert!(words.contains(said), "{said}");
    }
    let quarter = url.rsplit('/').next().unwrap();
    let report = catherine.get(&format!("/reports/quarters/{quarter}")).await.words();
    let owed = words.split("Promises").nth(1).unwrap().split('.').next().unwrap().trim();
    assert!(owed.starts_with("The committee is owed"), "{owed}");
    assert!(report.contains(owed), "the report says the same: {owed}");
}

#[tokio::test]
async fn a_pack_is_for_a_period_that_can_be() {
    let world = World::new().await;
    let mut catherine = world.signed_in("catherine.bello").await;
    let form = catherine.get("/assurance/pack").await;
    assert!(form.words().contains("First quarter"), "{}", form.words());
    assert!(!form.words().contains("What was looked at"), "nothing was asked for yet");
    let pack = |from: &str, until: &str| format!("/assurance/pack?from={from}&until={until}");
    for (from, until, said) in [
        ("2026-Q3", "2026-Q1", "Choose a last quarter that is not before the first."),
        ("2031-Q1", "2031-Q4", "Choose a period in which a cycle was opened."),
        ("soon", "2026-Q1", "Choose a first and a last quarter."),
    ] {
        let refused = catherine.get(&pack(from, until)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.words().contains(said), "{said}: {}", refused.words());
    }
    let year = catherine.get(&pack("2025-Q4", "2026-Q3")).await;
    assert_eq!(year.status, StatusCode::OK);
    let words = year.words();
    for said in ["1 October 2025 to 30 September 2026", "What became of every finding"] {
        assert!(words.contains(said), "{said}");
    }
    let mut priya = world.signed_in("priya.anand").await;
    let hidden = priya.get(&pack("2025-Q4", "2026-Q3")).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}
