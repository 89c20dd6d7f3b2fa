//! The roof: every URL, one line each, and what every answer goes through.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::error::{self, Failure};
use crate::pages::{
    actions, assets, auditors, audits, case_lists, challenges, concerns, conflicts, copies,
    coverage, cycles, filing, findings, frameworks, home, indicators, moderation, programme,
    records, sessions, themes, timescales, workers,
};
use crate::{api, same_site, session, upload, watch};

mod access;
mod keep;
mod outside;
mod sign_in;
mod staff;
mod tell;

/// How much a form may send.
const FORM: usize = 256 * 1024;

/// How much the file of a framework may have, with a little around it.
const FRAMEWORK: usize = frameworks::file::MOST_BYTES + 64 * 1024;

/// How much a filled form of an audit may have, with a little around it.
const AUDIT_FORM: usize = audits::hand_in::MOST_BYTES + 64 * 1024;

/// How much the answers of one form may have, as a page sends them back: every standard, at length.
const ANSWERS: usize = 4 * 1024 * 1024;

/// The whole of Quarterlight's pages.
pub fn router(app: App) -> Router {
    let gated = Router::new()
        .route("/", get(home::show::get))
        .route("/sign-out", post(sessions::sign_out::post))
        // Somebody is still there: the gate has noted it.
        .route("/still-here", post(async || "here"))
        .route("/offline", get(copies::no_network::get))
        .route("/copies/{copy}", post(copies::resume::post))
        .merge(of_frameworks())
        .merge(of_lists())
        .merge(of_cycles())
        .merge(of_audits())
        .merge(of_actions())
        .merge(of_concerns())
        .merge(of_filing())
        .merge(of_moderation())
        .merge(keep::routes())
        .merge(access::routes())
        .merge(sign_in::routes())
        .merge(outside::routes())
        .merge(staff::routes())
        .merge(tell::routes())
        .layer(from_fn_with_state(app.clone(), session::gate))
        .layer(from_fn_with_state(app.clone(), sessions::not_saved::keep));
    let open = Router::new()
        .route("/assets/{name}", get(assets::get))
        .route("/standby.js", get(assets::standby))
        .merge(sign_in::open())
        .merge(outside::open())
        .merge(api::routes())
        .merge(tell::open());
    open.merge(gated)
        .fallback(async || Failure::NotFound)
        .method_not_allowed_fallback(async || Failure::NotFound)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(app.clone(), watch::number))
                .layer(from_fn(watch::watch))
                .layer(from_fn_with_state(app.clone(), harden))
                .layer(CompressionLayer::new())
                .layer(from_fn_with_state(app.clone(), error::dress))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(TimeoutLayer::with_status_code(
                    StatusCode::SERVICE_UNAVAILABLE,
                    Duration::from_mins(1),
                ))
                .layer(CsrfLayer::new())
                .layer(from_fn(same_site::say_whence))
                .layer(DefaultBodyLimit::max(FORM)),
        )
        .with_state(app)
}

/// The pages of case lists, records, rules about time and coverage.
fn of_lists() -> Router<App> {
    Router::new()
        .route("/timescales", get(timescales::list::get))
        .route("/timescales/overruled", get(timescales::overruled::get))
        .route("/timescales/{rule}", get(timescales::show::get).post(timescales::vary::post))
        .route("/indicators", get(indicators::list::get))
        .route("/indicators/{indicator}", get(indicators::show::get).post(indicators::change::post))
        .route("/case-lists", get(case_lists::list::get))
        .route(
            "/case-lists",
            post(case_lists::upload::post).layer(DefaultBodyLimit::max(upload::UPLOAD)),
        )
        .route("/case-lists/{case_list}", get(case_lists::check::get))
        .route("/case-lists/{case_list}/take-in", post(case_lists::check::post))
        .route(
            "/case-lists/columns/{waiting}",
            get(case_lists::columns::get).post(case_lists::columns::post),
        )
        .route("/case-lists/{case_list}/problems", get(case_lists::problems::get))
        .route("/case-lists/{case_list}/lists", get(case_lists::compared::get))
        .route("/case-lists/{case_list}/apart", get(case_lists::apart::get))
        .route("/case-lists/{case_list}/conflicts", get(case_lists::conflicts::get))
        .route("/case-lists/{case_list}/changes", get(case_lists::changes::get))
        .route(
            "/case-lists/{case_list}/doubts",
            get(case_lists::doubts::get).post(case_lists::doubts::post),
        )
        .route("/records", get(records::list::get))
        .route("/records/{record}", get(records::show::get))
        .route("/records/{record}/looks", get(records::looks::get))
        .route("/coverage", get(coverage::show::get))
        .route("/coverage/workbook", get(coverage::workbook::get))
        .route("/coverage/cells", get(coverage::choose::get))
        .route("/coverage/cells/{cell}", get(coverage::cell::get))
        .route("/coverage/cells/{cell}/claim", post(coverage::claim::post))
        .route("/coverage/cells/{cell}/ask", post(coverage::ask::post))
        .route("/coverage/cells/{cell}/withdraw", post(coverage::withdraw::post))
}

/// The pages of the programme, the cycles, and those who audit in them.
fn of_cycles() -> Router<App> {
    Router::new()
        .route("/cycles", get(cycles::list::get).post(cycles::list::post))
        .route("/cycles/{cycle}", get(cycles::show::get))
        .route("/cycles/{cycle}/draw", get(cycles::draw::get).post(cycles::draw::post))
        .route(
            "/cycles/{cycle}/exclusions",
            get(cycles::exclusions::get).post(cycles::exclusions::post),
        )
        .route("/cycles/{cycle}/exclusions/{exclusion}", post(cycles::exclusions::end))
        .route("/cycles/{cycle}/draw-file", get(cycles::draw_file::get))
        .route("/cycles/{cycle}/sample", get(cycles::changes::get))
        .route("/cycles/{cycle}/swap/{record}", get(cycles::swap::get).post(cycles::swap::post))
        .route("/cycles/{cycle}/top-up", get(cycles::top_up::get).post(cycles::top_up::post))
        .route("/draw-method", get(cycles::method::get))
        .route("/programme", get(programme::show::current))
        .route("/programme/{year}", get(programme::show::get))
        .route("/programme/{year}/plan", get(programme::plan::get).post(programme::plan::post))
        .route(
            "/programme/{year}/frameworks",
            get(programme::frameworks::get).post(programme::frameworks::post),
        )
        .route("/cycles/{cycle}/assign", get(cycles::assign::get).post(cycles::assign::post))
        .route("/cycles/{cycle}/progress", get(cycles::progress::get))
        .route("/cycles/{cycle}/remind", post(cycles::remind::post))
        .route("/cycles/{cycle}/close", get(cycles::close::get).post(cycles::close::post))
        .route("/auditors", get(auditors::list::get))
        .route("/auditors/{person}", get(auditors::describe::get).post(auditors::describe::post))
        .route("/workers", get(workers::list::get))
        .route("/workers/{worker}", get(workers::describe::get).post(workers::describe::post))
        .route("/conflicts", get(conflicts::list::get).post(conflicts::list::post))
        .route("/conflicts/{conflict}/end", post(conflicts::end::post))
}

/// The pages of audits, and the actions that come of them.
fn of_audits() -> Router<App> {
    Router::new()
        .route("/audits/{audit}/allocation", get(audits::allocate::get))
        .route("/audits/{audit}/auditor", post(audits::allocate::give))
        .route("/audits/{audit}/due", post(audits::allocate::move_due))
        .route("/audits/{audit}", get(audits::show::get))
        .route("/audits/{audit}/form", get(audits::whole::get))
        .route("/audits/{audit}/copy", post(audits::copy::post))
        .route(
            "/audits/{audit}/spreadsheet",
            get(audits::hand_in::get)
                .post(audits::hand_in::post)
                .layer(DefaultBodyLimit::max(AUDIT_FORM)),
        )
        .route("/audits/{audit}/spreadsheet/file", get(audits::form_workbook::get))
        .route(
            "/audits/{audit}/spreadsheet/answers",
            post(audits::handed_in::post).layer(DefaultBodyLimit::max(ANSWERS)),
        )
        .route("/audits/{audit}/read", get(audits::read::get))
        .route(
            "/audits/{audit}/standards/{standard}",
            get(audits::answer::get).post(audits::answer::post),
        )
        .route("/audits/{audit}/standards/{standard}/keep", post(audits::keep::post))
        .route("/audits/{audit}/standards/{standard}/let-go", post(audits::keep::let_go))
        .route("/audits/{audit}/voices/{whose}", get(audits::voice::get).post(audits::voice::post))
        .route(
            "/audits/{audit}/summing-up",
            get(audits::summing_up::get).post(audits::summing_up::post),
        )
        .route("/audits/{audit}/notice", get(audits::notice::get))
        .route("/audits/{audit}/replies", get(audits::reply::get).post(audits::reply::post))
        .route("/challenges", get(challenges::list::get))
        .route("/challenges/{reply}", get(challenges::decide::get).post(challenges::decide::post))
        .route("/themes", get(themes::list::get).post(themes::list::post))
        .route("/themes/{theme}", post(themes::list::stand))
        .route("/audits/{audit}/submit", get(audits::submit::get).post(audits::submit::post))
}

/// The pages of findings, and of what is done about them.
fn of_actions() -> Router<App> {
    Router::new()
        .route("/actions", get(actions::list::get))
        .route("/actions/{action}", get(actions::show::get).post(actions::show::post))
        .route("/actions/{action}/owner", post(actions::give::post))
        .route("/actions/{action}/verify", post(actions::verify::post))
        .route("/actions/{action}/time", post(actions::more_time::ask))
        .route("/actions/{action}/time/decide", post(actions::more_time::decide))
        .route("/actions/{action}/recheck", post(actions::recheck::post))
        .route("/actions/{action}/close", post(actions::close::post))
        .route("/actions/{action}/apart", post(actions::apart::post))
        .route("/actions/{action}/themes", post(actions::themes::post))
        .route("/findings", get(findings::list::get))
        .route("/findings/join", post(findings::join::post))
        .route("/findings/themes", get(findings::themes::get))
        .route("/good-practice", get(findings::practice::get))
        .route("/good-practice/{audit}", post(findings::practice::post))
}

/// The pages of concerns.
fn of_concerns() -> Router<App> {
    Router::new()
        .route("/concerns", get(concerns::list::get))
        .route("/concerns/{concern}", get(concerns::show::get))
        .route("/concerns/{concern}/acknowledge", post(concerns::step::acknowledge))
        .route("/concerns/{concern}/close", post(concerns::step::close))
        .route("/concerns/{concern}/withdraw", post(concerns::step::withdraw))
        .route("/audits/{audit}/concern", get(concerns::raise::get).post(concerns::raise::post))
        .route("/records/{record}/concern", get(concerns::raise::get).post(concerns::raise::post))
}

/// The pages of filing.
fn of_filing() -> Router<App> {
    Router::new()
        .route("/filing", get(filing::list::get))
        .route("/filing/find", get(filing::find::get))
        .route("/filing/records/{record}", get(filing::check::get).post(filing::check::post))
        .route(
            "/filing/audits/{audit}",
            get(filing::check::get_in_audit).post(filing::check::post_in_audit),
        )
        .route("/filing/checks/{check}", get(filing::show::get))
        .route("/filing/checks/{check}/withdraw", post(filing::show::withdraw))
        .route("/filing/mismatches", get(filing::mismatches::get).post(filing::mismatches::post))
        .route("/filing/figures", get(filing::figures::get))
        .route("/filing/protocol", get(filing::protocol::current))
        .route("/filing/protocol/next", get(filing::supersede::get).post(filing::supersede::post))
        .route("/filing/protocol/{protocol}", get(filing::protocol::get))
}

/// The pages of second readings, for those who make them and for those who are read.
fn of_moderation() -> Router<App> {
    Router::new()
        .route("/moderation", get(moderation::list::get))
        .route("/moderation/rule", get(moderation::rule::get).post(moderation::rule::post))
        .route("/moderation/{audit}", get(moderation::show::get))
        .route("/moderation/{audit}/open", post(moderation::show::open))
        .route(
            "/moderation/{audit}/standards/{standard}",
            get(moderation::standard::get).post(moderation::standard::post),
        )
        .route(
            "/moderation/{audit}/confirm",
            get(moderation::confirm::get).post(moderation::confirm::post),
        )
        .route(
            "/moderation/{audit}/return",
            get(moderation::send_back::get).post(moderation::send_back::post),
        )
        .route("/agreement", get(moderation::agreement::get))
        .route("/agreement/auditors", get(moderation::auditors::get))
        .route(
            "/agreement/{edition}/standards/{standard}",
            get(moderation::reword::get).post(moderation::reword::post),
        )
        .route(
            "/audits/{audit}/take-back",
            get(audits::take_back::get).post(audits::take_back::post),
        )
        .route("/audits/{audit}/notes", get(audits::notes::get))
        .route("/audits/{audit}/notes/{note}", post(audits::notes::post))
}

/// The pages of frameworks, their editions and drafts.
fn of_frameworks() -> Router<App> {
    Router::new()
        .route("/frameworks", get(frameworks::list::get))
        .route("/frameworks/start", get(frameworks::start::get).post(frameworks::start::post))
        .route(
            "/frameworks/start/file",
            get(frameworks::file::get)
                .post(frameworks::file::post)
                .layer(DefaultBodyLimit::max(FRAMEWORK)),
        )
        .route("/frameworks/template", get(frameworks::download::template))
        .route("/frameworks/editions/{edition}", get(frameworks::edition::get))
        .route("/frameworks/editions/{edition}/workbook", get(frameworks::download::workbook))
        .route("/frameworks/editions/{edition}/toml", get(frameworks::download::toml))
        .route("/frameworks/editions/{edition}/form", get(frameworks::form::get))
        .route("/frameworks/editions/{edition}/changes/{earlier}", get(frameworks::changes::get))
        .route("/frameworks/drafts/{draft}", get(frameworks::draft::get))
        .route("/frameworks/drafts/{draft}/changes", get(frameworks::changes::of_draft))
        .route(
            "/frameworks/drafts/{draft}/standards/{standard}",
            get(frameworks::standard::get).post(frameworks::standard::post),
        )
        .route(
            "/frameworks/drafts/{draft}/sections/{section}",
            get(frameworks::section::get).post(frameworks::section::post),
        )
        .route(
            "/frameworks/drafts/{draft}/add",
            get(frameworks::add::get).post(frameworks::add::post),
        )
        .route(
            "/frameworks/drafts/{draft}/ask",
            get(frameworks::ask::get).post(frameworks::ask::post),
        )
        .route("/frameworks/drafts/{draft}/end", post(frameworks::draft::end))
        .route("/frameworks/drafts/{draft}/set-aside", post(frameworks::draft::set_aside))
        .route(
            "/frameworks/drafts/{draft}/comment",
            get(frameworks::comment::get).post(frameworks::comment::post),
        )
        .route("/frameworks/drafts/{draft}/answers", get(frameworks::answer::get))
        .route("/frameworks/drafts/{draft}/answers/{comment}", post(frameworks::answer::post))
        .route(
            "/frameworks/drafts/{draft}/mapping",
            get(frameworks::mapping::get).post(frameworks::mapping::post),
        )
        .route(
            "/frameworks/drafts/{draft}/agree",
            get(frameworks::agree::get).post(frameworks::agree::post),
        )
}

/// The headers that every answer has.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

async fn harden(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Only over TLS does a browser believe it, and only there is it true.
    if !app.plain_http {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    // Pages are about children; nothing keeps a copy, the browser's own cache included.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A panic in a handler is one person's error page, and not the end of the server.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Failure::Failed("finish the request: the program panicked".to_owned()).into_response()
}
