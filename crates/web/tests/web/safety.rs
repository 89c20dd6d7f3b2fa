//! What every answer carries, and what is refused before any page sees it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::browser::World;

#[tokio::test]
async fn every_answer_carries_its_headers() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    for path in ["/", "/sign-in", "/audits/999999", "/nowhere", "/health"] {
        let answer = priya.get(path).await;
        let has = |name: &str| answer.headers.get(name).map(|it| it.to_str().unwrap().to_owned());
        let policy = has("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(has("x-content-type-options").unwrap(), "nosniff");
        assert_eq!(has("referrer-policy").unwrap(), "same-origin");
        assert_eq!(has("cache-control").unwrap(), "no-store", "{path}");
        assert!(has("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
    }
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")]
    {
        let request = Request::post("/sign-out")
            .header(name, value)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::empty());
        assert_eq!(priya.send(request.unwrap()).await.status, StatusCode::FORBIDDEN, "{name}");
    }
    assert_eq!(priya.get("/").await.status, StatusCode::OK, "still signed in");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let world = World::new().await;
    let mut browser = world.browser();
    let known = [("email", "priya.anand@larkmoor.example"), ("password", "wrong wrong wrong")];
    let unknown = [("email", "priya.anand@elsewhere.example"), ("password", "wrong wrong wrong")];
    let (one, other) =
        (browser.post("/sign-in", &known).await, browser.post("/sign-in", &unknown).await);
    assert_eq!(
        (one.status, other.status),
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
    );
    assert_eq!(one.words(), other.words());
    assert!(!one.text.contains("wrong wrong wrong"), "a password is never sent back");
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let mut copy = priya.clone();
    assert_eq!(priya.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(copy.get("/").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_file_of_the_design_system_may_be_kept_for_ever() {
    let world = World::new().await;
    let mut browser = world.browser();
    let answer = browser.get(quarterlight_assets::stylesheet()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.headers.get("cache-control").unwrap().to_str().unwrap().contains("immutable"));
    assert_eq!(browser.get("/assets/nothing.css").await.status, StatusCode::NOT_FOUND);
}
