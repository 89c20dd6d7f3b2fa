//! Signing in by password: nobody is told who has an account, nobody is locked out by others, no session
//! is fixed or used again, and what happened is noted.

use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use std::sync::atomic::Ordering;

use axum::http::StatusCode;

use crate::browser::{Answer, Browser, PASSWORD, World};

const WRONG: &str = "wrong wrong wrong";
const KNOWN: &str = "priya.anand@larkmoor.example";
const UNKNOWN: &str = "priya.anand@elsewhere.example";

async fn tries(browser: &mut Browser, email: &str, password: &str) -> Answer {
    browser.post("/sign-in", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn known_and_unknown_accounts_take_the_same_words_and_as_many_statements() {
    let world = World::new().await;
    let mut answers = Vec::new();
    for email in [KNOWN, UNKNOWN] {
        let mut browser = world.browser();
        let mut of_email = Vec::new();
        // Ten are looked at, and two are not.
        for _ in 0..12 {
            world.statements.store(0, Ordering::SeqCst);
            let answer = tries(&mut browser, email, WRONG).await;
            let statements = world.statements.load(Ordering::SeqCst);
            of_email.push((answer.status, answer.words(), statements));
        }
        answers.push(of_email);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0][9].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answers[0][10].0, StatusCode::TOO_MANY_REQUESTS);
    assert!(answers[0][10].1.contains("Wait 5 minutes"), "{}", answers[0][10].1);
    assert!(answers[0][0].2 >= 4, "is anything counted?");
}

#[tokio::test]
async fn whoever_guesses_elsewhere_never_stops_a_browser_that_is_known() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    priya.post("/sign-out", &[]).await;
    let mut other = world.browser();
    for _ in 0..30 {
        tries(&mut other, KNOWN, WRONG).await;
    }
    // The control: in a browser that the account does not know, the right password is not looked at.
    let stopped = tries(&mut world.browser(), KNOWN, PASSWORD).await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
    let opened = tries(&mut priya, KNOWN, PASSWORD).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    assert_eq!(priya.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_is_new_at_each_sign_in_and_a_planted_one_opens_nothing() {
    let world = World::new().await;
    let mut priya = world.browser();
    let planted = "0123456789abcdef".repeat(4);
    priya.cookies.insert("quarterlight".to_owned(), planted.clone());
    priya.cookies.insert("quarterlight-browser".to_owned(), planted.clone());
    assert_eq!(tries(&mut priya, KNOWN, PASSWORD).await.status, StatusCode::SEE_OTHER);
    let first = priya.cookies.clone();
    assert_ne!(first["quarterlight"], planted);
    assert_ne!(first["quarterlight-browser"], planted);
    let mut attacker = world.browser();
    attacker.cookies.insert("quarterlight".to_owned(), planted);
    assert_eq!(attacker.get("/").await.status, StatusCode::UNAUTHORIZED);
    tries(&mut priya, KNOWN, PASSWORD).await;
    assert_ne!(priya.cookies["quarterlight"], first["quarterlight"]);
}

#[tokio::test]
async fn a_session_that_was_ended_opens_nothing_and_leaves_nothing_behind() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let mut copy = priya.clone();
    let page = priya.get("/").await;
    assert_eq!(page.headers["cache-control"], "no-store", "nothing for the back button");
    let out = priya.post("/sign-out", &[]).await;
    assert!(out.headers["clear-site-data"].to_str().unwrap().contains("storage"));
    assert_eq!(copy.get("/").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(copy.post("/account/sessions", &[]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn cookies_are_for_this_host_and_no_script() {
    let world = World::new().await;
    let answer = tries(&mut world.browser(), KNOWN, PASSWORD).await;
    let cookies = answer.headers.get_all("set-cookie").iter();
    let cookies: Vec<&str> = cookies.map(|it| it.to_str().unwrap()).collect();
    for name in ["quarterlight=", "quarterlight-browser="] {
        let cookie = cookies.iter().find(|it| it.starts_with(name)).unwrap();
        for word in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(word), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session() {
    let world = World::new().await;
    let mut here = world.signed_in("priya.anand").await;
    let mut there = world.signed_in("priya.anand").await;
    let change = async |browser: &mut Browser, present: &str, new: &str| {
        browser.post("/account/password", &[("present", present), ("new", new)]).await
    };
    let wrong = change(&mut here, WRONG, "kettle orbit marmalade").await;
    assert!(wrong.words().contains("Enter the password that you sign in with now"));
    for (new, why) in [
        ("short", "12 to 200"),
        ("password1234", "guessed soon"),
        ("priya.anand2026", "guessed soon"),
        ("larkmoor2026!", "guessed soon"),
        ("AnandLarkmoor77", "guessed soon"),
    ] {
        let again = change(&mut here, PASSWORD, new).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(again.words().contains(why) && !again.text.contains(new), "{new}");
    }
    assert_eq!(there.get("/").await.status, StatusCode::OK);
    let done = change(&mut here, PASSWORD, "kettle orbit marmalade").await;
    assert_eq!(done.leads_to(), "/account?saved=password");
    assert_eq!(here.get("/").await.status, StatusCode::OK);
    assert_eq!(there.get("/").await.status, StatusCode::UNAUTHORIZED);
    let old = tries(&mut world.browser(), KNOWN, PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = tries(&mut world.browser(), KNOWN, "kettle orbit marmalade").await;
    assert_eq!(new.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_password_is_not_sent_back_where_the_session_has_ended() {
    let world = World::new().await;
    let mut stranger = world.browser();
    let form = [("present", "harbour lantern one"), ("new", "harbour lantern two")];
    for path in ["/account/password", "/account/codes", "/sign-ins/people/3"] {
        let asked = stranger.post(path, &form).await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(!asked.text.contains("lantern"), "{path}");
    }
    // The control: what is no secret is kept.
    let asked = stranger.post("/cycles", &[("words", "harbour lantern three")]).await;
    assert!(asked.text.contains("lantern"));
}

#[tokio::test]
async fn somebody_ends_their_other_sessions_one_or_all() {
    let world = World::new().await;
    let mut here = world.signed_in("priya.anand").await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(world.signed_in("priya.anand").await);
    }
    let page = here.get("/account").await;
    let word = page.text.split("name=\"session\" value=\"").nth(1).unwrap();
    let word = word.split('"').next().unwrap().to_owned();
    here.post("/account/sessions", &[("session", &word)]).await;
    let mut open = 0;
    for other in &mut others {
        open += usize::from(other.get("/").await.status == StatusCode::OK);
    }
    assert_eq!(open, 2);
    here.post("/account/sessions", &[("session", "others")]).await;
    for other in &mut others {
        assert_eq!(other.get("/").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(here.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_confidentiality_page_comes_first_and_loses_nothing() {
    let world = World::new().await;
    let mut nuala = world.signed_in("nuala.brennan").await;
    let first = nuala.get("/reports").await;
    assert_eq!(first.status, StatusCode::FORBIDDEN);
    assert!(first.words().contains("I have read this and accept it"));
    let sent = nuala.post("/cycles", &[("words", "Something <that> was written")]).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    let (words, kept) = (sent.hidden("words"), sent.hidden("kept"));
    let form = [("words", words.as_str()), ("back", "/cycles"), ("kept", kept.as_str())];
    let refused = nuala.post("/confidentiality", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nuala.get("/").await.status, StatusCode::FORBIDDEN);
    let form = [form.as_slice(), &[("accept", "yes")]].concat();
    let accepted = nuala.post("/confidentiality", &form).await;
    assert!(accepted.words().contains("Something <that> was written"), "{}", accepted.words());
    assert_eq!(nuala.get("/").await.status, StatusCode::OK);
    let noted = world.signed_in("raj.bedi").await.get("/sign-ins?what=accepted").await;
    assert!(noted.words().contains("Nuala Brennan"));
}

#[tokio::test]
async fn what_happened_is_noted_without_what_was_typed() {
    let world = World::new().await;
    tries(&mut world.browser(), UNKNOWN, WRONG).await;
    tries(&mut world.browser(), KNOWN, WRONG).await;
    let mut priya = world.signed_in("priya.anand").await;
    priya.post("/sign-out", &[]).await;
    let shown = world.signed_in("hana.novak").await.get("/sign-ins").await.words();
    for words in ["Signed out", "Wrong address or password", "Nobody’s (", "Priya Anand"] {
        assert!(shown.contains(words), "{words}");
    }
    for secret in [UNKNOWN, WRONG, PASSWORD] {
        assert!(!shown.contains(secret), "{secret}");
    }
    let own = world.signed_in("priya.anand").await.get("/account").await.words();
    assert!(own.contains("Signed out") && own.contains("Wrong address or password"));
}

#[tokio::test]
async fn whoever_holds_no_role_any_more_is_signed_out_at_once() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    assert_eq!(priya.get("/").await.status, StatusCode::OK);
    let id = world.cast.person("priya.anand").unwrap().id;
    let stamp = Stamp::console("2026-11-23T11:00:00Z".parse().unwrap(), "test");
    let why = Reason::new("She leaves.").unwrap();
    for grant in world.store.grants.of(id).await.unwrap() {
        let last = jiff::civil::date(2026, 11, 22);
        world.store.grants.end(&stamp, grant.id, last, &why).await.unwrap();
    }
    assert_eq!(priya.get("/").await.status, StatusCode::UNAUTHORIZED);
    let again = tries(&mut priya, KNOWN, PASSWORD).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let noted = world.signed_in("raj.bedi").await.get("/sign-ins?what=ended-gone").await.words();
    assert!(noted.contains("Priya Anand"));
}

#[tokio::test]
async fn the_pages_of_signing_in_ask_a_constant_number_of_times() {
    let world = World::new().await;
    let mut raj = world.signed_in("raj.bedi").await;
    for (path, most) in [
        ("/account", 4),
        ("/sign-ins", 3),
        ("/sign-ins?what=wrong", 3),
        ("/sign-ins/people", 2),
        ("/account/passkeys", 2),
    ] {
        world.statements.store(0, Ordering::SeqCst);
        assert_eq!(raj.get(path).await.status, StatusCode::OK, "{path}");
        let statements = world.statements.load(Ordering::SeqCst);
        assert!((2..=most).contains(&statements), "{path}: {statements} statements");
    }
}
