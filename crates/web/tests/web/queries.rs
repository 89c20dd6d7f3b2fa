//! Pages ask the database a constant number of times, and saving an answer at most eight.

use std::sync::atomic::Ordering;

use crate::browser::World;

#[tokio::test]
async fn saving_an_answer_takes_at_most_eight_statements() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let audit = priya.get("/").await.link("left ·").unwrap();
    let standard = priya.get(&format!("{audit}/submit")).await.link("Change").unwrap();
    let page = priya.get(&standard).await;
    let version = page.hidden("version");
    world.statements.store(0, Ordering::SeqCst);
    let form = [("judgement", "partly-met"), ("seen", "Half of it."), ("version", &version)];
    let answer = priya.post(&standard, &form).await;
    assert_eq!(answer.status, 303);
    let statements = world.statements.load(Ordering::SeqCst);
    assert!(statements <= 8, "{statements} statements");
    assert!(statements >= 5, "{statements} statements: is anything counted?");
}
