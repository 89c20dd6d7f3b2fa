//! Whoever sees a record is noted, before they see it.

use quarterlight_domain::id::RecordId;

use crate::browser::World;

#[tokio::test]
async fn every_page_that_shows_a_record_leaves_a_look() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let home = priya.get("/").await;
    let audit = home.link("left ·").unwrap();
    let id: i64 = audit.rsplit('/').next().unwrap().parse().unwrap();
    let kept = world.store.audits.in_hand(quarterlight_domain::id::AuditId(id)).await.unwrap();
    let record: RecordId = kept.unwrap().audit.record;
    let before = world.store.looks.at_record(record).await.unwrap().len();
    priya.get(&audit).await;
    let check = priya.get(&format!("{audit}/submit")).await;
    priya.get(&check.link("Change").unwrap()).await;
    let looks = world.store.looks.at_record(record).await.unwrap();
    assert_eq!(looks.len(), before + 3);
    assert!(looks[0].page.starts_with(&audit), "{:?}", looks[0]);
    assert_eq!(looks[0].name, "Priya Anand");
}

#[tokio::test]
async fn a_page_that_is_refused_leaves_none_and_shows_nothing() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let home = priya.get("/").await;
    let audit = home.link("left ·").unwrap();
    let id: i64 = audit.rsplit('/').next().unwrap().parse().unwrap();
    let kept = world.store.audits.in_hand(quarterlight_domain::id::AuditId(id)).await.unwrap();
    let record = kept.unwrap().audit.record;
    let before = world.store.looks.at_record(record).await.unwrap().len();
    let mut stranger = world.browser();
    assert!(!stranger.get(&audit).await.text.contains("LK-"));
    assert_eq!(world.store.looks.at_record(record).await.unwrap().len(), before);
}
