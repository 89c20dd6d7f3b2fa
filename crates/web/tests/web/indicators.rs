//! The indicators: read by those who may read drafts, changed by the quality lead, and in the report.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;

use crate::browser::World;
use crate::permissions::{Things, relations};

const ONE: &str = "/indicators/protection-visits";

/// The rows of the table of permissions that are about indicators.
pub fn rows(world: &World) -> Things {
    let columns = relations(world, &[]);
    let rows = vec![
        ("GET /indicators", "/indicators".to_owned()),
        ("GET /indicators/{}", ONE.to_owned()),
        ("POST /indicators/{}", ONE.to_owned()),
    ];
    Things { heading: "Indicators".to_owned(), columns, rows }
}

#[tokio::test]
async fn each_indicator_has_its_count_its_target_and_a_sentence() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let list = amara.get("/indicators").await;
    assert_eq!(list.status, StatusCode::OK);
    let words = list.words();
    assert!(words.contains("Child protection visits in time"), "{words}");
    assert!(words.contains("Not known yet: 5 of 12 quarters"), "{words}");
    let words = amara.get(ONE).await.words();
    for said in ["All services", "By service", "Bears on standards", "C1", "at least 100%"] {
        assert!(words.to_lowercase().contains(&said.to_lowercase()), "{said}: {words}");
    }
    assert_eq!(amara.get("/indicators/no-such").await.status, StatusCode::NOT_FOUND);
    assert_eq!(amara.get("/indicators/%3Cscript%3E").await.status, StatusCode::NOT_FOUND);
    let quarter = world.cast.quarters.last().unwrap();
    let report = amara.get(&format!("/reports/quarters/{quarter}")).await.words();
    assert!(report.contains("Indicators") && report.contains("Disability known"), "{report}");
}

#[tokio::test]
async fn a_target_is_changed_from_a_day_with_a_reason_and_shown_so() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let page = amara.get(ONE).await;
    assert!(page.words().contains("This authority has not changed the indicator"));
    let key = page.hidden("form_key");
    let form = [
        ("changed", "target"),
        ("target", "85"),
        ("from-day", "1"),
        ("from-month", "4"),
        ("from-year", "2026"),
        ("why", "Agreed by the leadership team."),
        ("form_key", &key),
    ];
    // Posted twice, it changes the indicator once.
    for _ in 0..2 {
        assert_eq!(amara.post(ONE, &form).await.status, StatusCode::SEE_OTHER);
    }
    let words = amara.get(ONE).await.words();
    assert_eq!(words.matches("Agreed by the leadership team.").count(), 1);
    assert!(words.contains("The target is 85%, from 1 April 2026"), "{words}");
    let mut lorna = world.signed_in("lorna.macallister").await;
    let words = lorna.get(ONE).await.words();
    assert!(words.contains("Agreed by the leadership team."));
    assert!(!words.contains("Change the indicator for this authority"));
    assert_eq!(lorna.post(ONE, &form).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_change_without_a_reason_is_sent_back_with_what_was_typed() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let form = [("changed", "target"), ("target", "most"), ("form_key", "a")];
    let again = amara.post(ONE, &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Give a reason.", "Enter the target in whole per cent", "Enter a real date"] {
        assert!(again.text.matches(words).count() >= 2, "{words} at the top and at the field");
    }
    assert!(again.text.contains("value=\"most\""));
}

#[tokio::test]
async fn the_pages_of_indicators_ask_a_constant_number_of_times() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    for path in ["/indicators", ONE] {
        world.statements.store(0, Ordering::SeqCst);
        assert_eq!(amara.get(path).await.status, StatusCode::OK);
        let statements = world.statements.load(Ordering::SeqCst);
        assert!((5..=16).contains(&statements), "{path}: {statements} statements");
    }
}
