//! Signing in with more than a password: codes, recovery codes, and a new start from an administrator.

use axum::http::StatusCode;
use jiff::Timestamp;
use totp_rs::{Algorithm, Builder, Secret};

use crate::browser::{Answer, Browser, PASSWORD, World};

pub const PRIYA: &str = "priya.anand@larkmoor.example";

/// The code that a telephone with this secret shows, so many half minutes from noon.
pub fn code(secret: &str, steps: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_secret(secret)
        .build()
        .unwrap();
    let noon: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    totp.generate(u64::try_from(noon.as_second() + 30 * steps).unwrap()).to_string()
}

pub fn after<'a>(text: &'a str, mark: &str, end: char) -> &'a str {
    text.split(mark).nth(1).unwrap().split(end).next().unwrap()
}

/// Switches codes on with the code of the half minute before noon; the secret, and the recovery codes.
pub async fn switch_on(browser: &mut Browser) -> (String, Vec<String>) {
    let page = browser.get("/account/codes").await;
    let secret = after(&page.text, "quarterlight-secret\">", '<').to_owned();
    let sealed = page.hidden("sealed");
    let typed = code(&secret, -1);
    let form = |typed| [("sealed", sealed.as_str()), ("present", PASSWORD), ("code", typed)];
    let wrong = browser.post("/account/codes", &form("000000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains(&secret), "the same secret again");
    let done = browser.post("/account/codes", &form(&typed)).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.words());
    let codes =
        done.text.split("<code>").skip(1).map(|it| it.split('<').next().unwrap().to_owned());
    (secret, codes.collect())
}

async fn password(browser: &mut Browser) -> Answer {
    browser.post("/sign-in", &[("email", PRIYA), ("password", PASSWORD)]).await
}

#[tokio::test]
async fn a_code_is_asked_after_the_password_and_works_once() {
    let world = World::new().await;
    let (secret, _) = switch_on(&mut world.signed_in("priya.anand").await).await;
    let mut browser = world.browser();
    let half = password(&mut browser).await;
    assert!(half.words().contains("Enter your code"), "{}", half.words());
    assert_eq!(browser.get("/").await.status, StatusCode::UNAUTHORIZED, "half opens nothing");
    let used = browser.post("/sign-in/code", &[("code", &code(&secret, -1))]).await;
    assert!(used.words().contains("used already"), "it switched codes on: {}", used.words());
    let now = code(&secret, 0);
    let opened = browser.post("/sign-in/code", &[("code", &now), ("back", "/account")]).await;
    assert_eq!((opened.status, opened.leads_to()), (StatusCode::SEE_OTHER, "/account".to_owned()));
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    let mut thief = world.browser();
    password(&mut thief).await;
    let replayed = thief.post("/sign-in/code", &[("code", &now)]).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY);
    for far in [-4, 3] {
        let far = thief.post("/sign-in/code", &[("code", &code(&secret, far))]).await;
        assert_eq!(far.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let events = world.signed_in("raj.bedi").await.get("/sign-ins").await.words();
    assert!(events.contains("A code was used again"));
    assert!(events.contains("Right password, wrong code"));
}

#[tokio::test]
async fn codes_cannot_be_guessed_at() {
    let world = World::new().await;
    let (secret, _) = switch_on(&mut world.signed_in("priya.anand").await).await;
    let mut thief = world.browser();
    password(&mut thief).await;
    for _ in 0..5 {
        let wrong = thief.post("/sign-in/code", &[("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // The right one comes too late: the password must be given anew.
    let late = thief.post("/sign-in/code", &[("code", &code(&secret, 0))]).await;
    assert_eq!(late.leads_to(), "/sign-in");
    password(&mut thief).await;
    for _ in 0..5 {
        thief.post("/sign-in/code", &[("code", "000000")]).await;
    }
    assert_eq!(password(&mut thief).await.status, StatusCode::TOO_MANY_REQUESTS);
    let nobody = world.browser().post("/sign-in/code", &[("code", "000000")]).await;
    assert_eq!(nobody.leads_to(), "/sign-in", "without a password there is nothing to ask");
}

#[tokio::test]
async fn a_recovery_code_works_once_and_ten_are_given() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (_, codes) = switch_on(&mut priya).await;
    assert_eq!(codes.len(), 10);
    let mut browser = world.browser();
    password(&mut browser).await;
    let lower = codes[0].to_lowercase().replace('-', " ");
    let opened = browser.post("/sign-in/code", &[("code", &lower)]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.words());
    let mut again = world.browser();
    password(&mut again).await;
    let refused = again.post("/sign-in/code", &[("code", &codes[0])]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(priya.get("/account").await.words().contains("9 left"));
    let new = priya.post("/account/recovery-codes", &[("present", PASSWORD)]).await;
    assert_eq!(new.text.matches("<code>").count(), 10);
    let old = again.post("/sign-in/code", &[("code", &codes[1])]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "those before hold no more");
}

#[tokio::test]
async fn where_more_is_asked_nothing_opens_before_it_is_there() {
    let world = World::new().await;
    let mut amara = world.where_more_is_asked();
    let form = [("email", "amara.osei@larkmoor.example"), ("password", PASSWORD)];
    amara.post("/sign-in", &form).await;
    assert_eq!(amara.get("/records").await.leads_to(), "/account");
    assert!(amara.get("/account").await.words().contains("asked of your role"));
    let (_, codes) = switch_on(&mut amara).await;
    assert_eq!(amara.get("/records").await.status, StatusCode::OK);
    let off = amara.post("/account/codes/off", &[("present", PASSWORD)]).await;
    assert!(off.words().contains("Add a passkey first"), "{}", off.words());
    assert_eq!(codes.len(), 10);
    // Of an auditor it is not asked, and is offered.
    let mut priya = world.where_more_is_asked();
    password(&mut priya).await;
    assert_eq!(priya.get("/").await.status, StatusCode::OK);
    switch_on(&mut priya).await;
    let off = priya.post("/account/codes/off", &[("present", PASSWORD)]).await;
    assert_eq!(off.leads_to(), "/account?saved=codes-off");
}

#[tokio::test]
async fn an_administrator_gives_a_new_start_to_others_and_is_noted() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let mut raj = world.signed_in("raj.bedi").await;
    let (hers, his) =
        ["priya.anand", "raj.bedi"].map(|it| world.cast.person(it).unwrap().id).into();
    let own = raj.post(&format!("/sign-ins/people/{his}"), &[("present", PASSWORD)]).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND);
    let path = format!("/sign-ins/people/{hers}");
    let wrong = raj.post(&path, &[("present", "not his password")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = raj.post(&path, &[("present", PASSWORD)]).await;
    let code = after(&made.text, "quarterlight-secret\">", '<').to_owned();
    assert_eq!(priya.get("/").await.status, StatusCode::OK, "nothing ends before it is used");
    let mut browser = world.browser();
    let use_it = async |browser: &mut Browser, email: &str, new: &str| {
        browser.post("/sign-in/reset", &[("email", email), ("code", &code), ("new", new)]).await
    };
    let another =
        use_it(&mut browser, "amara.osei@larkmoor.example", "kettle orbit marmalade").await;
    assert_eq!(another.status, StatusCode::UNPROCESSABLE_ENTITY, "it is for her alone");
    let weak = use_it(&mut browser, PRIYA, "password1234").await;
    assert!(weak.words().contains("guessed soon"));
    let done = use_it(&mut browser, PRIYA, "kettle orbit marmalade").await;
    assert_eq!(done.leads_to(), "/sign-in");
    assert_eq!(priya.get("/").await.status, StatusCode::UNAUTHORIZED, "every session is over");
    let twice = use_it(&mut browser, PRIYA, "harbour lantern seven").await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("email", PRIYA), ("password", "kettle orbit marmalade")];
    assert_eq!(browser.post("/sign-in", &form).await.status, StatusCode::SEE_OTHER);
    let told = browser.get("/account").await.words();
    assert!(told.contains("Reset by an administrator"), "she is told: {told}");
    let noted = raj.get("/sign-ins?what=reset-made").await.words();
    assert!(noted.contains("Priya Anand") && noted.contains("Raj Bedi"), "{noted}");
}
