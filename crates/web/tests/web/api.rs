//! The API: who may ask what, as a golden table; how it is described, as a golden file; and that
//! nothing of a record leaves by it.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use quarterlight_domain::id::{ApiTokenId, PlaceId};
use quarterlight_domain::permission::api::Scope;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::NewApiToken;
use quarterlight_web::outside::Outside;
use sha2::{Digest, Sha256};

use crate::browser::{Answer, Browser, TODAY, World};

/// A token of these scopes, and its number.
async fn token(world: &World, scopes: &[Scope], place: Option<PlaceId>) -> (String, ApiTokenId) {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    let token = format!("qlt_{number:064x}");
    let new = NewApiToken {
        name: format!("Program {number}"),
        digest: Sha256::digest(token.as_bytes()).to_vec(),
        scopes: scopes.to_vec(),
        place,
        ends_on: TODAY,
    };
    let stamp = Stamp::person(
        world.cast.person("raj.bedi").unwrap().id,
        jiff::Timestamp::UNIX_EPOCH,
        "test",
    );
    let id = world.store.api_tokens.make(&stamp, &new).await.unwrap();
    (token, id)
}

fn asking(route: &str, token: Option<&str>) -> Request<Body> {
    let (method, path) = route.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(path).header("x-no-browser", "1");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if path.starts_with("/api/v1/case-lists?") {
        request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        let file = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nnothing,known\r\n1,2\r\n--x--\r\n";
        return request.body(Body::from(file)).unwrap();
    }
    request.body(Body::empty()).unwrap()
}

async fn ask(browser: &mut Browser, route: &str, token: Option<&str>) -> Answer {
    let answer = browser.send(asking(route, token)).await;
    if !answer.status.is_success() {
        let kind = answer.headers.get("content-type").unwrap().to_str().unwrap();
        assert_eq!(kind, "application/problem+json", "{route}");
        let said: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        assert_eq!(said["status"], answer.status.as_u16(), "{route}");
        assert_eq!(said["request"], answer.headers.get("x-request-id").unwrap().to_str().unwrap());
        assert!(said["detail"].as_str().unwrap().ends_with('.'), "{route}: {said}");
    }
    answer
}

async fn every_route(world: &World) -> Vec<String> {
    let quarter = *world.cast.quarters.last().unwrap();
    let list = world.store.case_lists.current().await.unwrap().unwrap().id;
    vec![
        "GET /api/v1/health".to_owned(),
        format!("GET /api/v1/figures/{quarter}"),
        format!("GET /api/v1/figures/{quarter}?service=2"),
        "GET /api/v1/reports".to_owned(),
        "GET /api/v1/reports/1".to_owned(),
        "GET /api/v1/register".to_owned(),
        "GET /api/v1/journal/checkpoint".to_owned(),
        "GET /api/v1/journal/entries?from=3&most=2".to_owned(),
        "POST /api/v1/case-lists?as_at=2026-11-01".to_owned(),
        format!("POST /api/v1/case-lists/{list}/take-in"),
    ]
}

#[tokio::test]
async fn the_description_is_the_agreed_one_and_has_every_route() {
    let openapi = quarterlight_web::api::openapi();
    let text = openapi.to_pretty_json().unwrap();
    assert!(text.contains("\"openapi\": \"3.1.0\""));
    insta::assert_snapshot!("openapi", text);
    let world = World::new().await;
    let described = openapi.paths.paths.len();
    let mut routes: Vec<String> = every_route(&world)
        .await
        .iter()
        .map(|it| it.split([' ', '?']).nth(1).unwrap().to_owned())
        .collect();
    routes.dedup();
    assert_eq!(routes.len(), described, "a route of the API that this test does not ask");
    let shown = world.browser().get("/api/v1/openapi.json").await;
    assert_eq!(shown.text, openapi.to_json().unwrap());
}

#[tokio::test]
async fn each_scope_opens_its_own_door_and_no_other() {
    let world = World::new().await;
    let service = world.store.figures.services().await.unwrap()[0].0;
    let mut holders: Vec<(String, Option<String>)> = vec![("nobody".to_owned(), None)];
    for scope in Scope::ALL {
        holders.push((scope.code().to_owned(), Some(token(&world, &[scope], None).await.0)));
    }
    let of_one = token(&world, &Scope::ALL, Some(service)).await.0;
    holders.push(("all, of one service".to_owned(), Some(of_one)));
    let mut table = String::new();
    for route in every_route(&world).await {
        let route = route.replace("service=2", &format!("service={service}"));
        let mut admitted = Vec::new();
        for (holder, token) in &holders {
            let answer = ask(&mut world.browser(), &route, token.as_deref()).await;
            assert!(!answer.status.is_server_error(), "{route} for {holder}: {}", answer.text);
            match answer.status {
                StatusCode::UNAUTHORIZED => assert_eq!(holder, "nobody"),
                StatusCode::FORBIDDEN => {}
                _ => admitted.push(holder.as_str()),
            }
        }
        let route = route.replace(&format!("service={service}"), "service=…");
        let parts = route.split('/').map(|part| {
            let is_number = part.parse::<u32>().is_ok();
            if is_number { "{}" } else { part }
        });
        let route = parts.collect::<Vec<_>>().join("/");
        let _ = writeln!(table, "{route:<52} {}", admitted.join(", "));
    }
    insta::assert_snapshot!("api_permissions", table.trim());
}

#[tokio::test]
async fn a_token_that_is_over_ended_or_made_up_opens_nothing_and_a_session_neither() {
    let world = World::new().await;
    let route = "GET /api/v1/health";
    let (good, id) = token(&world, &[Scope::HealthRead], None).await;
    let mut browser = world.browser();
    assert_eq!(ask(&mut browser, route, Some(&good)).await.status, StatusCode::OK);
    for made_up in ["", "qlt_", &good[..67], &good.to_uppercase(), &"qlt_0".repeat(13)] {
        let answer = ask(&mut browser, route, Some(made_up)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{made_up}");
        assert_eq!(answer.headers.get("www-authenticate").unwrap(), "Bearer");
    }
    let raj = world.cast.person("raj.bedi").unwrap().id;
    let stamp = Stamp::person(raj, jiff::Timestamp::UNIX_EPOCH, "test");
    world.store.api_tokens.end(&stamp, id, &Reason::new("Over.").unwrap()).await.unwrap();
    let answer = ask(&mut browser, route, Some(&good)).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    // A session is no token, so that no other site can use one through somebody's browser.
    let mut amara = world.signed_in("amara.osei").await;
    assert_eq!(ask(&mut amara, route, None).await.status, StatusCode::UNAUTHORIZED);
    // And a token is no session.
    let mut browser = world.browser();
    let request =
        Request::get("/operations").header(header::AUTHORIZATION, format!("Bearer {good}"));
    let answer = browser.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        ask(&mut browser, "PUT /api/v1/health", None).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(ask(&mut browser, "GET /api/v1/nothing", None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_token_that_comes_too_often_is_told_to_wait() {
    let world = World::new().await;
    let (good, _) = token(&world, &[Scope::HealthRead], None).await;
    let mut browser = world.outside(Outside { pace: 3, ..Outside::default() });
    for _ in 0..3 {
        let answer = ask(&mut browser, "GET /api/v1/health", Some(&good)).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let answer = ask(&mut browser, "GET /api/v1/health", Some(&good)).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers.get("retry-after").unwrap(), "60");
}

#[tokio::test]
async fn nothing_of_a_record_or_a_person_leaves_by_the_api() {
    let world = World::new().await;
    let (all, _) = token(&world, &Scope::ALL, None).await;
    let mut browser = world.browser();
    let mut said = String::new();
    for route in every_route(&world).await {
        said.push_str(&ask(&mut browser, &route, Some(&all)).await.text);
    }
    let route = "GET /api/v1/journal/entries?from=0&most=1000";
    said.push_str(&ask(&mut browser, route, Some(&all)).await.text);
    assert!(said.len() > 10_000, "it says something");
    for record in world.store.records.drawable(None).await.unwrap() {
        assert!(!said.contains(record.reference.as_str()), "{}", record.reference.as_str());
    }
    for line in world.store.people.all().await.unwrap() {
        assert!(!said.contains(&line.person.name), "{}", line.person.name);
        assert!(!said.contains(&line.email));
    }
    for worker in world.store.workers.all().await.unwrap() {
        assert!(!said.contains(&worker.name), "{}", worker.name);
    }
}

#[tokio::test]
async fn a_case_list_is_read_and_taken_in_by_tokens_and_the_journal_says_by_which() {
    let world = World::new().await;
    let (write, id) = token(&world, &[Scope::CaseListsWrite], None).await;
    let (take_in, _) = token(&world, &[Scope::CaseListsTakeIn], None).await;
    let mut browser = world.browser();
    // What is no list that is known is refused with a sentence, and nothing waits in memory for it.
    let unknown = "POST /api/v1/case-lists?as_at=2026-11-01";
    let answer = ask(&mut browser, unknown, Some(&write)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
    for wrong in ["POST /api/v1/case-lists", "POST /api/v1/case-lists?as_at=2026-11-24"] {
        let answer = ask(&mut browser, wrong, Some(&write)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}: {}", answer.text);
    }
    let (_, book) = crate::case_lists::sample("annex_a.xlsx");
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"annex-a.xlsx\"\r\n\r\n"
            .to_vec();
    body.extend(book);
    body.extend(b"\r\n--x--\r\n");
    let request = Request::post("/api/v1/case-lists?as_at=2026-11-23")
        .header(header::AUTHORIZATION, format!("Bearer {write}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("x-no-browser", "1");
    let answer = browser.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let read: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
    let list = read["case_list"].as_i64().unwrap();
    let route = format!("POST /api/v1/case-lists/{list}/take-in");
    assert_eq!(ask(&mut browser, &route, Some(&write)).await.status, StatusCode::FORBIDDEN);
    let answer = ask(&mut browser, &route, Some(&take_in)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(ask(&mut browser, &route, Some(&take_in)).await.status, StatusCode::CONFLICT);
    let entries = world.store.operations.standing().await.unwrap().entries;
    let last = world.store.operations.entries(i64::from(entries) - 2, 9).await.unwrap();
    assert!(last[0].entry.contains(&format!("\nby api token {id}\n")), "{}", last[0].entry);
    assert!(world.store.journal.verify(None, &|_| {}).await.unwrap().is_clean());
}
