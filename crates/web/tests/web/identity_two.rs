//! How strongly and how lately the council's own sign-in asked somebody, and how often it may be tried.

use axum::http::StatusCode;
use openidconnect::url::Url;
use serde_json::json;

use crate::browser::{Answer, PASSWORD, World};
use crate::identity::{Council, NOON, brings_in};
use crate::sign_in_twice::{after, code};
use crate::written::Written;

/// What stands in the address to which somebody was sent.
fn asked(address: &str, name: &str) -> Option<String> {
    let url: Url = address.parse().unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Goes on with what the browser carries, as a real one does.
async fn follow(council: &mut Council, state: &str) -> Answer {
    let address = format!("/sign-in/provider/callback?code=the-code&state={state}");
    council.browser.get(&address).await
}

/// A whole sign-in, in the browser that the council's people go on with.
async fn enter(council: &mut Council) -> Answer {
    let (state, _) = council.go().await;
    follow(council, &state).await
}

/// Amara, of whose role more than one factor is asked, as the provider says it.
fn amara(more: serde_json::Value) -> serde_json::Value {
    let mut claims =
        json!({"sub": "s-2", "name": "Amara Osei", "email": "amara.osei@larkmoor.example"});
    for (name, value) in more.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

#[tokio::test]
async fn where_two_factors_are_asked_the_provider_must_say_that_it_asked_for_them() {
    for said in [
        json!({}),
        json!({"amr": []}),
        json!({"amr": ["pwd"]}),
        json!({"acr": "1"}),
        json!({"amr": ["MFA"], "acr": "mfa"}),
    ] {
        let mut council = Council::with(&["urn:two"], true).await;
        council.say(|says| says.claims = amara(said.clone()));
        assert!(brings_in(&enter(&mut council).await), "{said}");
        // She has no second factor of ours either: nothing opens before she takes one.
        assert_eq!(council.browser.get("/records").await.leads_to(), "/account", "{said}");
    }
    // The control: where it does say so, everything opens.
    for said in [json!({"amr": ["pwd", "mfa"]}), json!({"amr": ["hwk"]}), json!({"acr": "urn:two"})]
    {
        let mut council = Council::with(&["urn:two"], true).await;
        council.say(|says| says.claims = amara(said.clone()));
        assert!(brings_in(&enter(&mut council).await), "{said}");
        assert_eq!(council.browser.get("/records").await.status, StatusCode::OK, "{said}");
        assert_eq!(asked(&council.went, "acr_values").as_deref(), Some("urn:two"));
    }
    // What its own page says of somebody, which nobody has signed, counts for nothing.
    let mut council = Council::with(&[], true).await;
    council.say(|says| {
        says.claims = amara(json!({"groups": null}));
        says.user_info = json!({"sub": "s-2", "groups": [], "amr": ["mfa"], "acr": "urn:two"});
    });
    assert!(brings_in(&enter(&mut council).await));
    assert_eq!(council.browser.get("/records").await.leads_to(), "/account");
    assert_eq!(asked(&council.went, "acr_values"), None, "none is set");
}

#[tokio::test]
async fn whom_the_provider_asked_for_one_factor_we_ask_for_the_other() {
    let mut council = Council::with(&[], true).await;
    council.say(|says| says.claims = amara(json!({"auth_time": NOON - 10})));
    assert!(brings_in(&enter(&mut council).await));
    // She takes one, and is asked for no password: the provider has asked her just now.
    let page = council.browser.get("/account/codes").await;
    assert!(!page.text.contains("name=\"present\""), "{}", page.words());
    let secret = after(&page.text, "quarterlight-secret\">", '<').to_owned();
    let (sealed, typed) = (page.hidden("sealed"), code(&secret, -1));
    let form = [("sealed", sealed.as_str()), ("code", typed.as_str())];
    let on = council.browser.post("/account/codes", &form).await;
    assert_eq!(on.status, StatusCode::OK, "{}", on.words());
    assert_eq!(council.browser.get("/records").await.status, StatusCode::OK);
    // The next time she is asked for it, before there is any session.
    council.browser.cookies.clear();
    let half = enter(&mut council).await;
    assert!(half.words().contains("Enter your code"), "{}", half.words());
    assert!(!brings_in(&half));
    assert_eq!(council.browser.get("/records").await.status, StatusCode::UNAUTHORIZED);
    let form = [("code", code(&secret, 0)), ("back", "/records".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, it)| (*name, it.as_str())).collect();
    let opened = council.browser.post("/sign-in/code", &form).await;
    assert_eq!(opened.leads_to(), "/records", "{}", opened.words());
    assert_eq!(council.browser.get("/records").await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_came_by_the_provider_is_asked_again_there() {
    let mut council = Council::new().await;
    // It asked her this morning, and lets her in without a word now.
    council.say(|says| says.claims = amara(json!({"auth_time": NOON - 7_200})));
    assert!(brings_in(&enter(&mut council).await));
    let form = [("session", "others")];
    let shown = council.browser.post("/account/sessions", &form).await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN);
    assert!(!shown.text.contains("name=\"password\""), "{}", shown.words());
    assert!(shown.text.contains("name=\"session\" value=\"others\""), "what was sent goes on");
    let by = shown.link("Sign in again with your council account").unwrap().replace("&amp;", "&");
    let (state, cookie) = council.go_by(&by).await;
    assert_eq!(asked(&council.went, "prompt").as_deref(), Some("login"));
    assert_eq!(asked(&council.went, "max_age").as_deref(), Some("0"));
    // A provider that does not ask her again, or does not say so, brings nobody in.
    let query = format!("code=the-code&state={state}");
    let lazy = council.come_back(&query, &cookie).await;
    assert!(lazy.words().contains("did not ask you again"), "{}", lazy.words());
    assert!(!brings_in(&lazy));
    for silent in [json!({}), json!({"auth_time": NOON - 600})] {
        council.say(|says| says.claims = amara(silent));
        let (state, cookie) = council.go_by(&by).await;
        let query = format!("code=the-code&state={state}");
        assert!(!brings_in(&council.come_back(&query, &cookie).await));
    }
    council.say(|says| says.claims = amara(json!({"auth_time": NOON - 1})));
    let (state, _) = council.go_by(&by).await;
    let back = follow(&mut council, &state).await;
    assert!(brings_in(&back), "{}", back.words());
    let ended = council.browser.post("/account/sessions", &form).await;
    assert_eq!(ended.leads_to(), "/account", "{}", ended.words());
}

#[tokio::test]
async fn what_comes_back_from_the_provider_is_looked_at_so_often_from_one_place() {
    let mut council = Council::new().await;
    let mut raj = council.world.signed_in("raj.bedi").await;
    for _ in 0..60 {
        let wrong = council.come_back("code=guess&state=guess", "").await;
        assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    }
    let waits = council.come_back("code=guess&state=guess", "").await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(waits.words().contains("Wait 5 minutes"), "{}", waits.words());
    // One that would be right is not looked at either, in a browser that nobody knows.
    assert_eq!(council.sign_in().await.status, StatusCode::TOO_MANY_REQUESTS);
    let noted = raj.get("/sign-ins?what=limited").await;
    assert!(noted.words().contains("Through the council’s own sign-in"), "{}", noted.words());
}

#[tokio::test]
async fn whoever_guesses_at_the_provider_never_stops_a_browser_that_is_known() {
    let mut council = Council::new().await;
    assert!(brings_in(&enter(&mut council).await));
    for _ in 0..61 {
        council.come_back("code=guess&state=guess", "").await;
    }
    let back = enter(&mut council).await;
    assert!(brings_in(&back), "{}", back.words());
    // The control: a browser that nobody has signed in with waits.
    council.browser.cookies.clear();
    assert_eq!(enter(&mut council).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn what_a_provider_says_is_one_short_line_of_the_log() {
    let mut council = Council::new().await;
    let hostile =
        format!("no\r\n{{\"level\":\"INFO\",\"forged\":1}}\u{1b}[31m{}", "x".repeat(5_000));
    council.say(|says| says.trouble = Some(hostile));
    let written = Written::default();
    let guard = tracing::subscriber::set_default(written.subscriber(tracing::Level::WARN));
    assert!(!brings_in(&enter(&mut council).await));
    drop(guard);
    let text = written.text();
    let line = text.lines().find(|line| line.contains("was not believed")).unwrap();
    let parsed: serde_json::Value = serde_json::from_str(line).unwrap();
    let why = parsed["fields"]["why"].as_str().unwrap();
    assert!(why.starts_with("the code was not taken"), "{why}");
    assert!(why.chars().count() <= 300 && why.chars().all(|it| !it.is_control()), "{why}");
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

/// Somebody with a password is not let in by it where the provider's word would be needed.
#[tokio::test]
async fn a_password_session_is_not_taken_for_one_of_the_provider() {
    let world = World::new().await;
    let mut browser = world.where_more_is_asked();
    let form = [("email", "amara.osei@larkmoor.example"), ("password", PASSWORD)];
    browser.post("/sign-in", &form).await;
    browser.cookies.insert("quarterlight-by".to_owned(), "provider".to_owned());
    assert_eq!(browser.get("/records").await.leads_to(), "/account");
}
