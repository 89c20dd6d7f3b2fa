//! Any bytes as what stands in a request: cookies, a form, a form with files, a question, a token, the
//! headers that browsers and proxies send. Whatever it is, it is answered and never by a fault.
#![no_main]

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderValue, Request, header};
use libfuzzer_sys::fuzz_target;

#[path = "../../crates/web/tests/web/browser.rs"]
#[expect(dead_code, reason = "the tests of pages use more of it")]
mod browser;

use browser::{Browser, World};

struct Case {
    runtime: tokio::runtime::Runtime,
    _world: World,
    lead: Browser,
    stranger: Browser,
}

static CASE: LazyLock<Case> = LazyLock::new(|| {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (world, lead) = runtime.block_on(async {
        let world = World::new().await;
        let lead = world.signed_in("amara.osei").await;
        (world, lead)
    });
    let stranger = world.browser();
    Case { runtime, _world: world, lead, stranger }
});

/// Pages that take forms, and change little whatever is in them.
const FORMS: [&str; 6] =
    ["/sign-in", "/conflicts", "/staff/list", "/cycles", "/themes", "/confidentiality"];

const ASKED: [&str; 5] = ["/published?", "/sign-in?", "/records?", "/looks?", "/caseloads/trend?"];

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let case = &*CASE;
    let at = usize::from(kind / 8);
    let body = || Body::from(rest.to_vec());
    let (is_lead, request) = match kind % 8 {
        0 | 1 => {
            let Ok(cookie) = HeaderValue::from_bytes(rest) else { return };
            (false, Request::get("/").header(header::COOKIE, cookie).body(Body::empty()))
        }
        2 => {
            let form = Request::post(FORMS[at % FORMS.len()])
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            (true, form.body(body()))
        }
        3 => {
            let form = Request::post("/sign-in")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            (false, form.body(body()))
        }
        4 => {
            let path = ["/case-lists", "/frameworks/start/file"][at % 2];
            let form = Request::post(path)
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
            (true, form.body(body()))
        }
        5 => {
            let words: String = rest.iter().map(|it| format!("%{it:02x}")).collect();
            let plain: String =
                rest.iter().map(|it| char::from(*it)).filter(char::is_ascii_graphic).collect();
            let asked = if at % 2 == 0 { words } else { plain.replace('#', "&") };
            let path = format!("{}{asked}", ASKED[at % ASKED.len()]);
            (true, Request::get(path).body(Body::empty()))
        }
        6 => {
            let Ok(token) = HeaderValue::from_bytes(rest) else { return };
            let asked = Request::get("/api/v1/coverage").header(header::AUTHORIZATION, token);
            (false, asked.body(Body::empty()))
        }
        _ => {
            let Ok(words) = HeaderValue::from_bytes(rest) else { return };
            let names = ["x-forwarded-for", "accept-language", "user-agent", "origin", "range"];
            let asked = Request::get("/sign-in").header(names[at % names.len()], words);
            (false, asked.body(Body::empty()))
        }
    };
    let Ok(request) = request else { return };
    case.runtime.block_on(async {
        let mut browser = if is_lead { case.lead.clone() } else { case.stranger.clone() };
        let own = request.headers().get(header::COOKIE).cloned();
        let answer = match own {
            Some(cookie) => browser.send_with_header(request, cookie).await,
            None => browser.send(request).await,
        };
        assert!(!answer.status.is_server_error(), "{}", answer.text);
    });
});
