//! Cookies, forms and multipart of any bytes: whatever comes is answered, and never by a fault.
//!
//! `QUARTERLIGHT_REQUESTS=100000` makes a long campaign of it; the short form is 60 of each kind.

use axum::body::Body;
use axum::http::{HeaderValue, Request, header};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::browser::{Browser, World};

/// The seed of every run, so that what was found is found again.
const SEED: [u8; 32] = [24; 32];

/// How many requests of each kind.
fn many() -> usize {
    let told = std::env::var_os("QUARTERLIGHT_REQUESTS").and_then(|it| it.into_string().ok());
    told.and_then(|it| it.parse().ok()).unwrap_or(60)
}

fn runner() -> TestRunner {
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &SEED))
}

/// Bytes, more often such as stand in what is really sent.
fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        Just(b"--x".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"--x--\r\n".to_vec()),
        Just(b"Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n".to_vec()),
        Just(b"Content-Disposition: form-data; name=\"as_at-day\"\r\n\r\n".to_vec()),
        Just(b"quarterlight=".to_vec()),
        Just(b"quarterlight-way=state=&nonce=%00&verifier=".to_vec()),
        Just(b"email=".to_vec()),
        Just(b"&kept=%FF%fe%&back=//".to_vec()),
        Just("ü💥\u{202e}".as_bytes().to_vec()),
        Just(b"PK\x03\x04".to_vec()),
        vec(any::<u8>(), 0..40),
    ];
    vec(word, 0..most).prop_map(|words| words.concat())
}

async fn answered(browser: &mut Browser, request: Request<Body>, what: &[u8]) {
    let cookie = browser.cookie();
    let route = request.uri().clone();
    let own = request.headers().get(header::COOKIE).cloned();
    let cookie = match own {
        Some(own) => own,
        None => HeaderValue::from_str(&cookie).unwrap(),
    };
    let answer = browser.send_with_header(request, cookie).await;
    assert!(
        !answer.status.is_server_error(),
        "{route} answered {} to {:?}",
        answer.status,
        String::from_utf8_lossy(what)
    );
}

#[tokio::test]
async fn whatever_is_sent_is_answered() {
    let world = World::new().await;
    let mut runner = runner();
    let mut amara = world.signed_in("amara.osei").await;
    let mut stranger = world.browser();
    let any = bytes(12);
    for _ in 0..many() {
        let some = any.new_tree(&mut runner).unwrap().current();
        // As a cookie, where it can be one at all.
        if let Ok(cookie) = HeaderValue::from_bytes(&some) {
            for path in ["/", "/sign-in", "/sign-in/provider/callback?state=&code="] {
                let request = Request::get(path).header(header::COOKIE, cookie.clone());
                answered(&mut stranger, request.body(Body::empty()).unwrap(), &some).await;
            }
        }
        // As a form, to somebody who is nobody and to somebody who may.
        for path in ["/sign-in", "/conflicts", "/cycles", "/themes", "/sign-in?back=%00"] {
            for browser in [&mut stranger, &mut amara] {
                let request = Request::post(path)
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                let request = request.body(Body::from(some.clone())).unwrap();
                answered(browser, request, &some).await;
            }
        }
        // As a form with files, by boundaries that are there and that are not.
        for kind in [
            "multipart/form-data; boundary=x",
            "multipart/form-data; boundary=\"\"",
            "multipart/form-data",
            "multipart/mixed; boundary=x",
            "text/plain",
        ] {
            for path in ["/case-lists", "/frameworks/start/file"] {
                let request = Request::post(path).header(header::CONTENT_TYPE, kind);
                let request = request.body(Body::from(some.clone())).unwrap();
                answered(&mut amara, request, &some).await;
            }
        }
        // As a token.
        if let Ok(token) = HeaderValue::from_bytes(&some) {
            let request = Request::get("/api/v1/health").header(header::AUTHORIZATION, token);
            answered(&mut stranger, request.body(Body::empty()).unwrap(), &some).await;
        }
    }
    assert!(world.store.journal.verify(None, &|_| {}).await.unwrap().is_clean());
}
