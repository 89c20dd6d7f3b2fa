//! A copy for a place without a network: whose key it is, how long it is theirs, and what is kept in clear.

use axum::http::StatusCode;

use crate::browser::{Answer, Browser, World};

/// The cookies that an answer sets, by name.
fn cookies(answer: &Answer) -> Vec<(String, String)> {
    let all = answer.headers.get_all("set-cookie").iter();
    let pairs = all.map(|it| {
        let (name, rest) = it.to_str().unwrap().split_once('=').unwrap();
        (name.to_owned(), rest.to_owned())
    });
    pairs.collect()
}

/// The key that an answer gives: the word by which it is asked for, and what opens the copies.
fn key(answer: &Answer) -> (String, String) {
    let all = cookies(answer);
    let (_, value) = all.iter().find(|(name, _)| name == "quarterlight-copy").unwrap();
    let (id, rest) = value.split_once('.').unwrap();
    (id.to_owned(), rest.split(';').next().unwrap().to_owned())
}

async fn take(world: &World, browser: &mut Browser) -> Answer {
    let answer = browser.post(&format!("/audits/{}/copy", world.cast.underway), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer
}

/// Signs in anew in the same browser: the session before has run out, and was not ended.
async fn again(world: &World, who: &str) -> Browser {
    world.signed_in(who).await
}

#[tokio::test]
async fn the_key_of_a_copy_is_the_sessions_own() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let answer = take(&world, &mut priya).await;
    let until: jiff::Timestamp = answer.text.strip_prefix("taken ").unwrap().parse().unwrap();
    assert!(until >= "2026-11-24T00:00:00Z".parse().unwrap(), "twelve hours from noon: {until}");
    let (id, secret) = key(&answer);
    assert_eq!((id.len(), secret.len()), (32, 64));
    let (_, attributes) = cookies(&answer).remove(0);
    assert!(attributes.contains("SameSite=Strict") && attributes.contains("Path=/"));
    // The browser forgets it when it is closed, and the page's script can read it.
    assert!(!attributes.contains("Max-Age") && !attributes.contains("Expires"));
    assert!(!attributes.contains("HttpOnly"));
    assert_eq!(key(&take(&world, &mut priya).await), (id.clone(), secret.clone()));

    let mut other = again(&world, "priya.anand").await;
    let (other_id, other_secret) = key(&take(&world, &mut other).await);
    assert!(other_id != id && other_secret != secret, "another session has another key");
}

#[tokio::test]
async fn whoever_took_a_copy_has_its_key_again_and_nobody_else() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (id, secret) = key(&take(&world, &mut priya).await);
    let path = format!("/copies/{id}");

    let mut joseph = world.signed_in("joseph.adeyemi").await;
    let refused = joseph.post(&path, &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(cookies(&refused).is_empty());
    assert_eq!(joseph.post("/copies/0123", &[]).await.status, StatusCode::NOT_FOUND);

    let mut back = again(&world, "priya.anand").await;
    let given = back.post(&path, &[]).await;
    assert_eq!((given.status, key(&given)), (StatusCode::OK, (id.clone(), secret)));
    // It belongs to this session now: the one before may end without it,
    priya.post("/sign-out", &[]).await;
    assert_eq!(back.post(&path, &[]).await.status, StatusCode::OK);
    // and it ends with this one, for everybody.
    back.post("/sign-out", &[]).await;
    let mut third = again(&world, "priya.anand").await;
    assert_eq!(third.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn signing_out_and_signing_in_take_the_key_away() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    take(&world, &mut priya).await;
    let out = priya.post("/sign-out", &[]).await;
    let gone = |answer: &Answer| {
        let all = cookies(answer);
        all.iter().any(|(name, rest)| name == "quarterlight-copy" && rest.contains("Max-Age=0"))
    };
    assert!(gone(&out));
    assert_eq!(out.headers["clear-site-data"], "\"cache\", \"storage\"");
    let mut next = world.browser();
    let email = "joseph.adeyemi@larkmoor.example";
    let form = [("email", email), ("password", "borough of larkmoor")];
    assert!(gone(&next.post("/sign-in", &form).await));
    // Where somebody else's answers wait on the machine, they stay, sealed.
    let out = next.post("/sign-out", &[("others", "yes")]).await;
    assert_eq!(out.headers["clear-site-data"], "\"cache\"");
}

#[tokio::test]
async fn a_copy_is_the_auditors_to_take_while_the_audit_is_open() {
    let world = World::new().await;
    let path = format!("/audits/{}/copy", world.cast.underway);
    let mut wen = world.signed_in("wen.zhang").await;
    assert_eq!(wen.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
    let mut amara = world.signed_in("amara.osei").await;
    assert_eq!(amara.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.browser().post(&path, &[]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_a_browser_keeps_in_clear_says_nothing_of_anybody() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let mut joseph = world.signed_in("joseph.adeyemi").await;
    let (mine, his) = (priya.get("/offline").await, joseph.get("/offline").await);
    assert_eq!(mine.status, StatusCode::OK);
    assert_eq!(mine.text, his.text, "the same page for everybody");
    assert!(!mine.text.contains("Priya") && mine.text.contains("There is no network"));
    assert!(mine.words().contains("A child who may be unsafe does not wait for a network."));
    // The control: a page of hers does have her name.
    assert!(priya.get("/").await.text.contains("Priya"));
    // Whom to ring stands on it, which is nothing for strangers.
    assert_eq!(world.browser().get("/offline").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(mine.headers["cache-control"], "no-store");

    let standby = world.browser().get("/standby.js").await;
    assert_eq!(standby.status, StatusCode::OK);
    assert_eq!(standby.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(standby.headers["cache-control"], "no-store");
    let policy = standby.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("worker-src 'self'"), "{policy}");
    for name in ["/offline", "/assets/"] {
        assert!(standby.text.contains(&format!("\"{name}\"")), "the script does not know {name}");
    }
    // It puts nothing by itself where it would stay.
    for puts in [".put(", ".add(", ".addAll("] {
        assert!(!standby.text.contains(puts), "{puts}");
    }
}
