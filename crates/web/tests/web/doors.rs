//! The doors: what is asked again and when, what an administrator can end, and what the log says of a
//! door that stayed shut.

use axum::http::StatusCode;
use quarterlight_domain::id::{PersonId, PlaceId};
use quarterlight_domain::person::{Grant, Role};
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{EventFilter, Happened, NewPasskey, NewPerson};
use quarterlight_web::outside::Outside;
use quarterlight_web::pace::Pace;

use crate::browser::{Answer, Browser, PASSWORD, TODAY, World};
use crate::sign_in_twice::{PRIYA, after, code, switch_on};
use crate::written::Written;

const NEW: &str = "kettle orbit marmalade";

fn person(world: &World, who: &str) -> PersonId {
    world.cast.person(who).unwrap().id
}

/// A second administrator, signed in.
async fn another_administrator(world: &World) -> Browser {
    let stamp = Stamp::console("2026-11-23T11:00:00Z".parse().unwrap(), "test");
    let role = Role::Administrator;
    let grant = Grant { role, place: PlaceId(1), from: TODAY, until: None };
    let new = NewPerson {
        name: "Nadia Ferro".to_owned(),
        email: "nadia.ferro@larkmoor.example".to_owned(),
        password: Some(quarterlight_web::password::hash(PASSWORD, [9; 32]).unwrap()),
        grants: vec![grant],
    };
    world.store.people.add(&stamp, &new).await.unwrap();
    world.newly_in("nadia.ferro").await
}

async fn sign_in(browser: &mut Browser, password: &str) -> Answer {
    browser.post("/sign-in", &[("email", PRIYA), ("password", password)]).await
}

/// Raj makes a code, and Priya chooses a new password with it.
async fn reset(world: &World, raj: &mut Browser) {
    let path = format!("/sign-ins/people/{}", person(world, "priya.anand"));
    let made = raj.post(&path, &[("present", PASSWORD)]).await;
    let code = after(&made.text, "quarterlight-secret\">", '<').to_owned();
    let form = [("email", PRIYA), ("code", code.as_str()), ("new", NEW)];
    let done = world.browser().post("/sign-in/reset", &form).await;
    assert_eq!(done.leads_to(), "/sign-in", "{}", done.words());
}

#[tokio::test]
async fn after_a_forgotten_password_the_second_factor_is_still_asked_for() {
    let world = World::new().await;
    let (secret, recovery) = switch_on(&mut world.signed_in("priya.anand").await).await;
    reset(&world, &mut world.signed_in("raj.bedi").await).await;
    let mut browser = world.browser();
    let half = sign_in(&mut browser, NEW).await;
    assert!(half.words().contains("Enter your code"), "{}", half.words());
    assert_eq!(browser.get("/").await.status, StatusCode::UNAUTHORIZED);
    let opened = browser.post("/sign-in/code", &[("code", &code(&secret, 0))]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.words());
    // A recovery code stands in for it, as before.
    let mut other = world.browser();
    sign_in(&mut other, NEW).await;
    let opened = other.post("/sign-in/code", &[("code", &recovery[0])]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.words());
}

#[tokio::test]
async fn password_and_second_factor_together_take_two_administrators_and_reasons() {
    let world = World::new().await;
    switch_on(&mut world.signed_in("priya.anand").await).await;
    let mut raj = world.signed_in("raj.bedi").await;
    let mut nadia = another_administrator(&world).await;
    reset(&world, &mut raj).await;
    let priya = person(&world, "priya.anand");
    let path = format!("/sign-ins/people/{priya}/factors");
    let refused = raj.post(&path, &[("lost", "She rang me.")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.words().contains("take two people"), "{}", refused.words());
    assert!(sign_in(&mut world.browser(), NEW).await.words().contains("Enter your code"));
    let unsaid = nadia.post(&path, &[("lost", " ")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.words().contains("how you know that it is them"));
    let ended = nadia.post(&path, &[("lost", "I saw her pass.")]).await;
    assert_eq!(ended.leads_to(), format!("/sign-ins/people/{priya}"), "{}", ended.words());
    let mut browser = world.browser();
    assert_eq!(sign_in(&mut browser, NEW).await.status, StatusCode::SEE_OTHER);
    let told = browser.get("/account").await.words();
    assert!(told.contains("Second factor ended by an administrator"), "{told}");
    let to_tell = world.store.sign_ins.factors_to_tell().await.unwrap();
    assert_eq!(to_tell.len(), 1);
    assert_eq!(to_tell[0].by.as_deref(), Some("Nadia Ferro"));
    // And the other way round: who ended the factor makes no code for the password.
    let made = nadia.post(&format!("/sign-ins/people/{priya}"), &[("present", PASSWORD)]).await;
    assert_eq!(made.status, StatusCode::CONFLICT, "{}", made.words());
    // Nobody does it to themselves.
    let own = person(&world, "raj.bedi");
    let own = raj.post(&format!("/sign-ins/people/{own}/factors"), &[("lost", "Lost.")]).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_password_alone_is_no_way_round_a_passkey() {
    let world = World::new().await;
    let mut there = world.signed_in("priya.anand").await;
    let person = person(&world, "priya.anand");
    let at = "2026-11-23T11:00:00Z".parse().unwrap();
    let new = NewPasskey {
        person,
        name: "Laptop".to_owned(),
        credential: "abc".to_owned(),
        passkey: "{}".to_owned(),
    };
    let happened = Happened {
        event: SignInEvent::PasskeyAdded,
        at,
        person: Some(person),
        account: None,
        by: None,
        network: String::new(),
        browser: String::new(),
        detail: String::new(),
    };
    let stamp = Stamp::person(person, at, "test");
    world.store.sign_ins.add_passkey(&stamp, &new, &happened).await.unwrap();
    let mut browser = world.browser();
    let half = sign_in(&mut browser, PASSWORD).await;
    assert!(half.words().contains("Use your passkey"), "{}", half.words());
    assert!(!browser.cookies.contains_key("quarterlight"));
    assert_eq!(browser.get("/").await.status, StatusCode::UNAUTHORIZED);
    let typed = browser.post("/sign-in/code", &[("code", "000000")]).await;
    assert_eq!(typed.leads_to(), "/sign-in", "there is no code to type");
    // Nor is it one where she is asked again.
    let mut later = there.half_an_hour_later(&world);
    let asked = later.post("/account/sessions", &[("session", "others")]).await;
    assert!(!asked.text.contains("name=\"password\""), "{}", asked.words());
    let form = [("password", PASSWORD), ("back", "/account")];
    let typed = later.post("/prove", &form).await;
    assert_eq!(typed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(there.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_weighs_much_asks_again_who_it_is_and_loses_nothing() {
    let world = World::new().await;
    let mut raj = world.signed_in("raj.bedi").await;
    let priya = person(&world, "priya.anand");
    let path = format!("/people/{priya}/grants");
    let day = TODAY.day().to_string();
    let (month, year) = (TODAY.month().to_string(), TODAY.year().to_string());
    let grant = |why| {
        [
            ("role", "moderator"),
            ("place", "1"),
            ("from-day", day.as_str()),
            ("from-month", month.as_str()),
            ("from-year", year.as_str()),
            ("why", why),
        ]
    };
    // The control: whoever has just signed in is not asked.
    let given = raj.post(&path, &grant("She moderates.")).await;
    assert_eq!(given.leads_to(), format!("/people/{priya}"), "{}", given.words());
    let grants = async || world.store.grants.of(priya).await.unwrap().len();
    let before = grants().await;
    let mut later = raj.half_an_hour_later(&world);
    let form: Vec<(&str, &str)> = [("role", "clerk")]
        .into_iter()
        .chain(grant("For <the> quarter").into_iter().skip(1))
        .collect();
    let asked = later.post(&path, &form).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert!(asked.words().contains("Show that it is you"), "{}", asked.words());
    assert_eq!(grants().await, before, "nothing is given yet");
    let (back, kept) = (asked.hidden("back"), asked.hidden("kept"));
    assert!(kept.contains("why=For+%3Cthe%3E+quarter"), "{kept}");
    let proves =
        |password| [("password", password), ("back", back.as_str()), ("kept", kept.as_str())];
    let wrong = later.post("/prove", &proves("not his password")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.hidden("kept"), kept, "nothing is lost by a slip");
    let right = later.post("/prove", &proves(PASSWORD)).await;
    assert_eq!(right.status, StatusCode::OK, "{}", right.words());
    assert_eq!(right.hidden("why"), "For <the> quarter");
    let given = later.post(&path, &form).await;
    assert_eq!(given.leads_to(), format!("/people/{priya}"), "{}", given.words());
    assert_eq!(grants().await, before + 1);
    let noted = later.get("/account").await.words();
    assert!(noted.contains("Showed again who they are"), "{noted}");
}

#[tokio::test]
async fn each_thing_of_weight_is_asked_for_again() {
    let world = World::new().await;
    let priya = person(&world, "priya.anand");
    let forms = [
        ("raj.bedi", format!("/people/{priya}/grants")),
        ("hana.novak", "/people/grants/1/confirm".to_owned()),
        ("helen.oyelaran", "/break-glass".to_owned()),
        ("raj.bedi", "/api-tokens".to_owned()),
        ("hana.novak", "/retention/disposals/1/confirm".to_owned()),
        ("raj.bedi", format!("/sign-ins/people/{priya}")),
        ("raj.bedi", format!("/sign-ins/people/{priya}/factors")),
        ("raj.bedi", format!("/sign-ins/people/{priya}/sessions")),
        ("priya.anand", "/account/sessions".to_owned()),
        ("priya.anand", "/account/password".to_owned()),
        ("priya.anand", "/account/codes".to_owned()),
        ("priya.anand", "/account/codes/off".to_owned()),
        ("priya.anand", "/account/recovery-codes".to_owned()),
        ("priya.anand", "/account/passkeys".to_owned()),
        ("priya.anand", "/account/passkeys/remove".to_owned()),
    ];
    for (who, path) in forms {
        let mut now = world.signed_in(who).await;
        let asked = now.half_an_hour_later(&world).post(&path, &[("x", "y")]).await;
        assert_eq!(asked.status, StatusCode::FORBIDDEN, "{path}");
        assert!(asked.words().contains("Show that it is you"), "{path}: {}", asked.words());
        // The control: so short a time after signing in, nobody is asked.
        let answer = now.post(&path, &[("x", "y")]).await;
        assert!(!answer.words().contains("Show that it is you"), "{path}");
    }
    // What is typed where secrets are typed is not sent back; those pages ask before they are seen.
    let mut later = world.signed_in("priya.anand").await.half_an_hour_later(&world);
    let sent = later.post("/account/password", &[("new", "harbour lantern two")]).await;
    assert!(!sent.text.contains("lantern"));
    assert_eq!(sent.hidden("back"), "/account");
    assert_eq!(later.get("/account/codes").await.status, StatusCode::FORBIDDEN);
    // What weighs little is never asked for.
    assert_eq!(later.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_second_factor_is_shown_where_somebody_is_asked_again() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let (_, recovery) = switch_on(&mut priya).await;
    let mut later = priya.half_an_hour_later(&world);
    let asked = later.post("/account/sessions", &[("session", "others")]).await;
    assert!(asked.text.contains("name=\"code\""), "{}", asked.words());
    let form = [("password", PASSWORD), ("back", "/account")];
    let alone = later.post("/prove", &form).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY, "a password is not enough");
    let both = later.post("/prove", &[&form[..], &[("code", recovery[0].as_str())]].concat()).await;
    assert_eq!(both.leads_to(), "/account", "{}", both.words());
    let ended = later.post("/account/sessions", &[("session", "others")]).await;
    assert_eq!(ended.leads_to(), "/account");
}

#[tokio::test]
async fn a_session_of_one_factor_opens_nothing_more_when_its_person_takes_a_second_elsewhere() {
    let world = World::new().await;
    let form = [("email", "amara.osei@larkmoor.example"), ("password", PASSWORD)];
    // Somebody knows her password, and waits until she has chosen her second factor.
    let mut thief = world.where_more_is_asked();
    thief.post("/sign-in", &form).await;
    let mut amara = world.where_more_is_asked();
    amara.post("/sign-in", &form).await;
    switch_on(&mut amara).await;
    assert_eq!(amara.get("/records").await.status, StatusCode::OK);
    let asked = thief.get("/records").await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert!(asked.words().contains("Show that it is you"), "{}", asked.words());
    let form = [("password", PASSWORD), ("code", "000000"), ("back", "/records")];
    assert_eq!(thief.post("/prove", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(thief.get("/account/codes").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_administrator_ends_every_session_of_somebody_with_a_reason() {
    let world = World::new().await;
    let mut there = [world.signed_in("priya.anand").await, world.signed_in("priya.anand").await];
    let mut raj = world.signed_in("raj.bedi").await;
    let priya = person(&world, "priya.anand");
    let path = format!("/sign-ins/people/{priya}/sessions");
    let unsaid = raj.post(&path, &[]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(there[0].get("/").await.status, StatusCode::OK);
    let done = raj.post(&path, &[("sessions", "Her laptop is gone.")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    for browser in &mut there {
        assert_eq!(browser.get("/").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(raj.get("/").await.status, StatusCode::OK);
    let event = Some(SignInEvent::EndedByAdministrator);
    let filter = EventFilter { event, most: 10, ..EventFilter::default() };
    let noted = world.store.sign_ins.events(&filter).await.unwrap();
    assert_eq!(noted.len(), 2);
    assert!(noted.iter().all(|it| it.by.as_deref() == Some("Raj Bedi")));
    let own = format!("/sign-ins/people/{}/sessions", person(&world, "raj.bedi"));
    assert_eq!(raj.post(&own, &[("sessions", "Mine.")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn signing_in_anew_ends_the_session_that_the_browser_had() {
    let world = World::new().await;
    let mut browser = world.signed_in("priya.anand").await;
    let mut old = browser.clone();
    let mut elsewhere = world.signed_in("priya.anand").await;
    assert_eq!(sign_in(&mut browser, PASSWORD).await.status, StatusCode::SEE_OTHER);
    assert_eq!(old.get("/").await.status, StatusCode::UNAUTHORIZED, "the one before");
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/").await.status, StatusCode::OK, "those elsewhere go on");
    assert!(browser.get("/account").await.words().contains("Session ended: signed in anew"));
}

#[tokio::test]
async fn a_door_that_stays_shut_leaves_a_line_with_person_route_and_number() {
    let world = World::new().await;
    let mut tomasz = world.signed_in("tomasz.wilk").await;
    let id = person(&world, "tomasz.wilk");
    let written = Written::default();
    let guard = tracing::subscriber::set_default(written.subscriber(tracing::Level::WARN));
    let mut lines = Vec::new();
    for path in ["/sign-ins/people/3", "/people", "/audits/999999"] {
        let answer = tomasz.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        lines.push((answer.number(), id.to_string()));
    }
    // A form from elsewhere is refused before anybody looks whose session came with it.
    let request = axum::http::Request::post("/sign-out")
        .header("origin", "https://elsewhere.example")
        .body(axum::body::Body::empty());
    let forged = tomasz.send(request.unwrap()).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    lines.push((forged.number(), "nobody".to_owned()));
    // The control: what opens, and an address that is none, leave no such line.
    let opened = tomasz.get("/account").await.number();
    let nowhere = tomasz.get("/nowhere/at/all").await.number();
    drop(guard);
    let text = written.text();
    for (number, person) in lines {
        let line = text.lines().find(|line| line.contains(&number)).unwrap();
        assert!(line.contains("a door stayed shut"), "{line}");
        assert!(line.contains(&format!("\"person\":\"{person}\"")), "{line}");
        assert!(!line.contains("999999") && !line.contains("Wilk"), "{line}");
    }
    assert!(text.contains("\"route\":\"/sign-ins/people/{person}\""), "{text}");
    assert!(!text.contains(&opened) && !text.contains(&nowhere), "{text}");
}

#[tokio::test]
async fn whoever_asks_far_more_often_than_people_can_waits() {
    let world = World::new().await;
    let outside = Outside { pages: Pace::new(12, 2), ..Outside::default() };
    let mut amara = world.outside(outside);
    let form = [("email", "amara.osei@larkmoor.example"), ("password", PASSWORD)];
    amara.post("/sign-in", &form).await;
    for _ in 0..2 {
        assert_eq!(amara.get("/records").await.status, StatusCode::OK);
    }
    let third = amara.get("/records").await;
    assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS, "searches are fewer");
    assert!(third.words().contains("Wait a moment"), "{}", third.words());
    assert_eq!(third.headers["retry-after"], "60");
    for _ in 3..12 {
        assert_eq!(amara.get("/account").await.status, StatusCode::OK);
    }
    assert_eq!(amara.get("/account").await.status, StatusCode::TOO_MANY_REQUESTS);
    let mut other = world.signed_in("priya.anand").await;
    assert_eq!(other.get("/account").await.status, StatusCode::OK);
}
