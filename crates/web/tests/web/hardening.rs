//! What holds of every route there is: its headers, whose forms it takes, and what it leaves unchanged.

use quarterlight_store::Running as Standing;
use sea_orm::ConnectionTrait;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::browser::{Answer, World};
use crate::links::routes;
use crate::written::Written;

/// Every route with a number wherever it has a part, and those of the API.
fn paths() -> Vec<String> {
    let pages = routes().into_iter().map(|route| route.replace("{}", "1"));
    let api = quarterlight_web::api::openapi().paths.paths.into_keys();
    let api = api.map(|path| {
        path.split('/')
            .map(|part| if part.starts_with('{') { "1" } else { part })
            .collect::<Vec<_>>()
            .join("/")
    });
    let more = ["/nowhere", "/api/nowhere", "/%00", "/audits/%F0%9F%92%A9"].map(str::to_owned);
    pages.chain(api).chain(more).collect()
}

fn header(answer: &Answer, name: &str) -> String {
    answer.headers.get(name).map_or(String::new(), |it| it.to_str().unwrap().to_owned())
}

fn check_headers(answer: &Answer, what: &str) {
    let policy = header(answer, "content-security-policy");
    for part in
        ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
    {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{what}: {policy}");
    assert_eq!(header(answer, "x-content-type-options"), "nosniff", "{what}");
    assert_eq!(header(answer, "x-frame-options"), "DENY", "{what}");
    assert_eq!(header(answer, "referrer-policy"), "same-origin", "{what}");
    assert_eq!(header(answer, "cross-origin-opener-policy"), "same-origin", "{what}");
    assert!(header(answer, "permissions-policy").contains("camera=()"), "{what}");
    assert_eq!(header(answer, "x-request-id").len(), 12, "{what}");
    assert!(!answer.headers.contains_key("server"), "{what}");
    // The design system's files, and what everybody may read.
    let kept = ["/assets/", " /published", " /standby.js"];
    let is_asset = kept.iter().any(|it| what.contains(it)) && answer.status == StatusCode::OK;
    let cache = header(answer, "cache-control");
    assert!(is_asset || cache.contains("no-store"), "{what}: {cache}");
    if header(answer, "content-type").starts_with("text/html") {
        let text = &answer.text;
        assert!(!text.contains("style=\"") && !text.contains("<style"), "{what}: inline style");
        assert!(!text.contains(" onclick") && !text.contains("javascript:"), "{what}");
        let inline =
            text.split("<script").skip(1).any(|it| !it.split('>').next().unwrap().contains("src="));
        assert!(!inline, "{what}: inline script");
    }
}

#[tokio::test]
async fn every_route_answers_with_every_header_to_everybody() {
    let world = World::new().await;
    let mut asked = 0;
    for who in [None, Some("amara.osei"), Some("raj.bedi")] {
        let known = match who {
            Some(who) => world.signed_in(who).await,
            None => world.browser(),
        };
        for path in paths().into_iter().filter(|path| path != "/sign-out") {
            let mut browser = known.clone();
            let got = browser.get(&path).await;
            check_headers(&got, &format!("GET {path} for {who:?}"));
            assert!(!got.status.is_server_error(), "GET {path} for {who:?}: {}", got.words());
            let posted = browser.post(&path, &[]).await;
            check_headers(&posted, &format!("POST {path} for {who:?}"));
            assert!(!posted.status.is_server_error(), "POST {path} for {who:?}");
            asked += 1;
        }
    }
    assert!(asked > 300, "{asked} routes");
}

#[tokio::test]
async fn no_form_is_taken_that_is_not_from_our_own_pages() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let before = world.store.operations.standing().await.unwrap();
    let elsewhere: [&[(&str, &str)]; 6] = [
        &[("origin", "https://elsewhere.example")],
        &[("origin", "null")],
        &[("origin", "http://larkmoor.example.evil.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("x-no-browser", "1")],
    ];
    for path in paths().into_iter().filter(|path| !path.starts_with("/api/")) {
        for headers in elsewhere {
            let mut request = Request::post(&path)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = amara.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "POST {path} with {headers:?}");
        }
    }
    assert_eq!(world.store.operations.standing().await.unwrap(), before, "nothing was changed");
    // The control: the same form from our own page is taken.
    assert_eq!(amara.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn looking_changes_nothing() {
    let world = World::new().await;
    let mut visitors = Vec::new();
    for who in ["amara.osei", "priya.anand", "bernard.quill", "raj.bedi", "lorna.macallister"] {
        visitors.push(world.signed_in(who).await);
    }
    // A checkpoint says what there is, and changes nothing of it.
    let standing = async || {
        let standing = world.store.operations.standing().await.unwrap();
        Standing { checkpoint: None, ..standing }
    };
    let before = standing().await;
    for path in paths() {
        for browser in &mut visitors {
            browser.get(&path).await;
        }
    }
    assert_eq!(standing().await, before);
    // The control: something that is done is seen by this.
    visitors[0].post("/sign-out", &[]).await;
    assert_ne!(standing().await, before);
}

#[tokio::test]
async fn nothing_that_was_asked_or_sent_is_in_the_log() {
    const CANARY: &str = "canary-7f3a-of-a-child";
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let mut stranger = world.browser();
    let references = world.store.records.drawable(None).await.unwrap();
    let written = Written::default();
    let guard = tracing::subscriber::set_default(written.subscriber(tracing::Level::INFO));
    let fields: Vec<(&str, &str)> = [
        "email", "password", "kept", "back", "because", "why", "words", "name", "seen", "record",
        "found",
    ]
    .map(|field| (field, CANARY))
    .to_vec();
    let mut numbers = Vec::new();
    for path in paths() {
        for browser in [&mut amara, &mut stranger] {
            let got = browser.get(&format!("{path}?q={CANARY}&record={CANARY}")).await;
            numbers.push(header(&got, "x-request-id"));
            let request = Request::post(&path)
                .header("x-request-id", CANARY)
                .header(header::COOKIE, CANARY)
                .header(header::AUTHORIZATION, format!("Bearer {CANARY}"))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(serde_urlencoded::to_string(&fields).unwrap()));
            browser.send(request.unwrap()).await;
        }
    }
    amara.get(&format!("/records/{CANARY}")).await;
    amara.get(&format!("/{CANARY}")).await;
    drop(guard);
    let text = written.text();
    assert!(!text.contains(CANARY), "{}", text.lines().find(|line| line.contains(CANARY)).unwrap());
    assert!(references.iter().all(|it| !text.contains(it.reference.as_str())));
    assert!(!text.contains("larkmoor.example"), "no address of anybody");
    // Each request is there by its number, with its route and not its address.
    assert!(numbers.iter().all(|number| text.contains(number.as_str())));
    assert!(text.contains("\"route\":\"/records/{record}\""));
    assert!(!text.contains("/records/1"));
    // The control: a line that says what was sent is found by this.
    let written = Written::default();
    let log = tracing_subscriber::fmt().with_writer(written.clone()).finish();
    tracing::subscriber::with_default(log, || tracing::info!("sent: {CANARY}"));
    assert!(written.text().contains(CANARY));
}

#[tokio::test]
async fn an_error_page_gives_the_number_that_the_log_has() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let answer = amara.get("/audits/999999").await;
    let number = header(&answer, "x-request-id");
    assert!(answer.words().contains(&format!("Give this number when you report it: {number}")));
}

#[tokio::test]
async fn the_program_says_that_it_is_well_and_when_it_is_not_ready() {
    let world = World::new().await;
    let mut browser = world.browser();
    assert_eq!(browser.get("/health").await.status, StatusCode::OK);
    assert_eq!(browser.get("/ready").await.text, "ready");
    // The schema of another program: a step is missing from what was done.
    let on = sea_orm::Database::connect(&world.address).await.unwrap();
    let step = "delete from seaql_migrations where version = '0024_outside'";
    on.execute_unprepared(step).await.unwrap();
    let answer = browser.get("/ready").await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "the schema is not up to date")
    );
    assert_eq!(browser.get("/health").await.status, StatusCode::OK);
}
