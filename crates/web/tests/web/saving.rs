//! What is typed is saved as it is typed, is there again, and is never lost to a change of hands.

use axum::http::StatusCode;
use quarterlight_domain::handover::Handover;
use quarterlight_domain::id::{AuditId, PersonId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;

use crate::browser::{Answer, Browser, World};

/// A standard of the audit under way, and its page.
async fn standard(world: &World, priya: &mut Browser) -> (String, Answer) {
    let submit = format!("/audits/{}/submit", world.cast.underway);
    let standard = priya.get(&submit).await.link("Change").unwrap();
    let page = priya.get(&standard).await;
    (standard, page)
}

async fn keep(
    priya: &mut Browser,
    at: (&str, &Answer),
    turn: &str,
    form: &[(&str, &str)],
) -> String {
    let (version, key) = (at.1.hidden("version"), at.1.hidden("form_key"));
    let hidden = [("version", version.as_str()), ("form_key", &key), ("turn", turn)];
    let answer = priya.post(&format!("{}/keep", at.0), &[&hidden, form].concat()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.text
}

#[tokio::test]
async fn an_answer_is_saved_as_it_is_made_and_words_are_kept_as_they_are_typed() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (path, page) = standard(&world, &mut priya).await;
    let at = (path.as_str(), &page);
    let words = [("as", "words"), ("judgement", "not-met"), ("seen", "No summ")];
    assert!(keep(&mut priya, at, "1", &words).await.starts_with("kept "));
    let again = priya.get(&path).await;
    assert!(
        again.text.contains("No summ") && again.words().contains("is not saved as your answer")
    );
    let check = format!("/audits/{}/submit", world.cast.underway);
    assert!(!priya.get(&check).await.text.contains("No summ"), "words are no answer");

    let answer = [("as", "answer"), ("judgement", "not-met"), ("seen", "No summary since May.")];
    assert!(keep(&mut priya, at, "2", &answer).await.starts_with("saved "));
    // The same page goes on, although it never heard which version that made.
    let more = [("as", "answer"), ("judgement", "not-met"), ("seen", "No summary since June.")];
    assert!(keep(&mut priya, at, "3", &more).await.starts_with("saved "));
    let shown = priya.get(&path).await;
    assert!(shown.text.contains("No summary since June."));
    assert!(!shown.words().contains("is not saved as your answer"));

    // A finding waits for the button, and is not lost meanwhile.
    let finding = [&more[..], &[("put_right", "Write it.")]].concat();
    assert!(keep(&mut priya, at, "4", &finding).await.starts_with("kept "));
    assert!(priya.get(&path).await.text.contains("Write it."));
    let let_go = priya.post(&format!("{path}/let-go"), &[]).await;
    assert_eq!(let_go.leads_to(), path);
    assert!(!priya.get(&path).await.text.contains("Write it."));
}

#[tokio::test]
async fn words_that_were_left_are_left_no_longer_once_another_page_has_saved_them() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (path, page) = standard(&world, &mut priya).await;
    let words = [("as", "words"), ("judgement", "not-met"), ("seen", "No summary")];
    keep(&mut priya, (&path, &page), "3", &words).await;
    // Another day, in another window, without the script: the words are there, and are saved.
    let again = priya.get(&path).await;
    let hidden = ["version", "form_key", "restored"].map(|name| (name, again.hidden(name)));
    let mut form: Vec<(&str, &str)> =
        hidden.iter().map(|(name, it)| (*name, it.as_str())).collect();
    form.extend([("judgement", "not-met"), ("seen", "No summary since May.")]);
    assert_eq!(priya.post(&path, &form).await.status, StatusCode::SEE_OTHER);
    let after = priya.get(&path).await;
    assert!(after.text.contains("No summary since May."));
    assert!(!after.words().contains("is not saved as your answer"), "{}", after.words());
}

#[tokio::test]
async fn one_window_that_saves_lets_the_words_of_another_stand() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (path, one) = standard(&world, &mut priya).await;
    let two = priya.get(&path).await;
    let words = [("as", "words"), ("judgement", "met"), ("seen", "From the second window")];
    keep(&mut priya, (&path, &two), "1", &words).await;
    let answer = [("as", "answer"), ("judgement", "not-met"), ("seen", "From the first.")];
    assert!(keep(&mut priya, (&path, &one), "1", &answer).await.starts_with("saved "));
    assert!(priya.get(&path).await.text.contains("From the second window"));
}

#[tokio::test]
async fn two_windows_see_both_answers_and_neither_writes_over_the_other() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (path, one) = standard(&world, &mut priya).await;
    let two = priya.get(&path).await;
    let form = |seen| [("as", "answer"), ("judgement", "not-met"), ("seen", seen)];
    assert!(keep(&mut priya, (&path, &one), "1", &form("From one.")).await.starts_with("saved "));
    assert_eq!(keep(&mut priya, (&path, &two), "1", &form("From two.")).await, "conflict");
    // What could not be saved is kept, and the page shows both.
    let again = priya.get(&path).await;
    assert!(again.text.contains("From two."));
    let (version, key) = (two.hidden("version"), two.hidden("form_key"));
    let sent = [&form("From two.")[1..], &[("version", &version), ("form_key", &key)]].concat();
    let both = priya.post(&path, &sent).await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(both.words().contains("What is saved"), "{}", both.words());
    assert!(both.text.contains("<del>") && both.text.contains("<ins>"));
}

#[tokio::test]
async fn whoever_lost_the_audit_with_its_page_open_keeps_their_words_and_nobody_else_learns_of_it()
{
    let world = World::new().await;
    let audit: AuditId = world.cast.underway;
    let mut priya = world.signed_in("priya.anand").await;
    let (path, page) = standard(&world, &mut priya).await;
    let id = |name| -> PersonId { world.cast.person(name).unwrap().id };
    let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap().audit;
    let (from, to) = (kept.auditor, id("joseph.adeyemi"));
    let because = Reason::new("Priya is ill.").unwrap();
    let handover = Handover { audit, from, to, because };
    let stamp = Stamp::person(id("amara.osei"), page_time(), "gave an audit");
    assert!(world.store.handovers.give(&stamp, &handover).await.unwrap());

    let words = [("as", "words"), ("seen", "Half a sentence")];
    assert_eq!(keep(&mut priya, (&path, &page), "1", &words).await, "closed");
    let form = [("judgement", "not-met"), ("seen", "No summary since May.")];
    let told = priya.post(&path, &form).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.words().contains("given to Joseph Adeyemi"), "{}", told.words());
    assert!(told.text.contains("No summary since May."));
    assert_eq!(priya.get(&path).await.status, StatusCode::NOT_FOUND);
    let mut wen = world.signed_in("wen.zhang").await;
    assert_eq!(wen.post(&path, &form).await.status, StatusCode::NOT_FOUND);
}

fn page_time() -> jiff::Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}
