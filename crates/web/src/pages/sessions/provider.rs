//! Signing in through the council's own identity provider.

use axum::extract::RawQuery;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use jiff::Timestamp;
use quarterlight_domain::groups::{held_by, nothing_held};
use quarterlight_domain::sign_in::limits;
use quarterlight_domain::sign_in::proof::Proof;
use quarterlight_domain::stamp::{Stamp, day_in_england};
use quarterlight_domain::text::on_one_line;
use quarterlight_store::Arrival;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::code;
use super::sign_in::SignInPage;
use crate::app::App;
use crate::error::Failure;
use crate::identity::{NotArrived, Provider, Way};
use crate::session::set_cookies;
use crate::sign_in::finish::{self, Who, finish, local};
use crate::sign_in::from::From;
use crate::sign_in::tries;

/// What somebody reads while the provider does not answer.
const DOWN: &str = "Your council’s sign-in does not answer. Try again in a few minutes.";

/// What somebody reads when what came back cannot be believed. It does not say why: whoever made it
/// up would learn from that.
const UNBELIEVABLE: &str = "Your council’s sign-in sent something that cannot be trusted. Nobody was signed in. Try again from here.";

/// So many characters of what a provider says go into the log.
const LONGEST_WHY: usize = 300;

/// Where somebody was going.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Going {
    back: String,
    /// Said where they are to be asked again there, whatever session they have.
    again: String,
}

/// What the provider sends back in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CameBack {
    code: String,
    state: String,
    error: String,
}

/// Sends somebody to the provider.
///
/// # Errors
/// There is no such page where no provider is set.
pub async fn begin(app: App, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let going: Going = asked(query);
    let provider = app.outside.provider.as_deref().ok_or(Failure::NotFound)?;
    match provider.begin(local(&going.back), going.again == "yes", app.now()).await {
        Ok((url, way)) => Ok((set_cookies([way.cookie(&app)]), Redirect::to(&url)).into_response()),
        Err(not) => Ok(turned_away(&app, not)),
    }
}

/// Lets somebody in whom the provider has signed in.
///
/// # Errors
/// There is no such page where no provider is set. Fails if the database does.
pub async fn callback(
    app: App,
    from: From,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let came: CameBack = asked(query);
    let provider = app.outside.provider.as_deref().ok_or(Failure::NotFound)?;
    let begun = match tries::begin_elsewhere(&app, &from).await? {
        Ok(begun) => begun,
        Err(wait) => {
            tries::note_unseen_elsewhere(&app, &from).await?;
            let page = SignInPage::turned_away(&app, limits::in_words(wait));
            return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
        }
    };
    let jar = CookieJar::from_headers(&headers);
    let now = app.now();
    let way = Way::carried(&app, &jar, now).filter(|way| way.is_of(&came.state));
    let arrived = match way {
        None => Err(NotArrived::Unbelievable("it came with no state of this browser’s".to_owned())),
        Some(_) if !came.error.is_empty() => {
            Err(NotArrived::Unbelievable("it says that nobody was signed in".to_owned()))
        }
        Some(way) => {
            let arrived = provider.finish(came.code.clone(), &way, now).await;
            arrived.map(|arrived| (arrived, way.back))
        }
    };
    let entered = match arrived {
        Ok((arrived, back)) => enter(&app, &from, (provider, &arrived), &back).await?,
        Err(not) => Err(not),
    };
    let mut response = match entered {
        Ok(response) => {
            begun.was_right(&app).await?;
            response
        }
        Err(not) => {
            // Whose fault it is that it was not asked, nobody here knows: that is no wrong try.
            if matches!(not, NotArrived::Down(_)) {
                begun.was_right(&app).await?;
            } else {
                begun.was_wrong_elsewhere(&app, &from).await?;
            }
            turned_away(&app, not)
        }
    };
    // Once used, or once it was wrong, the way is no way any more.
    for (_, cookie) in &set_cookies([Way::no_cookie(&app)]) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    Ok(response)
}

/// What stands after the question mark; nothing where that cannot be read.
fn asked<T: Default + DeserializeOwned>(query: Option<String>) -> T {
    serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default()
}

/// Finds or makes the person, has their grants follow their groups, and begins a session.
async fn enter(
    app: &App,
    from: &From,
    (provider, arrived): (&Provider, &crate::identity::Arrived),
    back: &str,
) -> Result<Result<Response, NotArrived>, Failure> {
    let held = held_by(provider.rules(), &arrived.groups);
    let arrival = Arrival {
        issuer: provider.issuer(),
        subject: &arrived.subject,
        name: &arrived.name,
        email: arrived.email.as_deref(),
        held: &held,
    };
    let now = app.now();
    let stamp = Stamp::console(now, "signed in through the council’s identity provider");
    let person = match app.store.identities.arrive(&stamp, &arrival).await? {
        Ok(person) => person,
        Err(refusal) => return Ok(Err(NotArrived::Refused(refusal))),
    };
    let known = app.store.people.get(person).await?;
    if known.is_none_or(|it| it.roles_on(day_in_england(now)).is_empty()) {
        return Ok(Err(NotArrived::Refused(nothing_held())));
    }
    // Without an address, the provider's own word stands for the account.
    let email = arrived.email.as_deref().unwrap_or(&arrived.subject);
    let way = finish::Way { back, kept: "" };
    // It may have asked them this morning: only what it says of that counts as lately shown.
    let at = arrived.how.at.and_then(|at| Timestamp::from_second(at).ok()).map(|at| at.min(now));
    let line = app.store.sign_ins.of(person).await?.ok_or(Failure::NotFound)?;
    let has_passkeys = line.with.passkeys > 0 && app.sign_in.passkeys.is_some();
    let is_two = provider.says_two(&arrived.how);
    let mut response = if !is_two && (line.with.codes || has_passkeys) {
        // It does not say that it asked for two: then ours is asked for, of whoever has one.
        let asks = code::Asks { codes: line.with.codes, first: code::First::Provider(at) };
        code::ask(app, person, asks, way).await?
    } else {
        let proof = if is_two { Proof::ProviderTwo } else { Proof::Provider };
        let proved = at.unwrap_or(Timestamp::UNIX_EPOCH);
        finish(app, from, Who { person, email, proof, proved }, way).await?
    };
    for (_, cookie) in &set_cookies([by_provider(app)]) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    Ok(Ok(response))
}

/// The page for signing in, with what went wrong; what is for the log goes there.
fn turned_away(app: &App, not: NotArrived) -> Response {
    let sentence = match not {
        NotArrived::Down(why) => {
            let why = on_one_line(&why, LONGEST_WHY);
            tracing::warn!(why, "could not ask the identity provider");
            DOWN.to_owned()
        }
        NotArrived::Unbelievable(why) => {
            let why = on_one_line(&why, LONGEST_WHY);
            tracing::warn!(why, "a sign-in through the identity provider was not believed");
            UNBELIEVABLE.to_owned()
        }
        NotArrived::Refused(refusal) => {
            tracing::info!("a sign-in through the identity provider was refused");
            refusal.sentence().to_owned()
        }
    };
    SignInPage::turned_away(app, sentence)
}

/// A cookie that says by which way the session began, and nothing else.
fn by_provider(app: &App) -> Cookie<'static> {
    Cookie::build((by_name(app), "provider"))
        .path("/")
        .http_only(true)
        .secure(!app.plain_http)
        .same_site(SameSite::Lax)
        .build()
}

/// The same cookie, taken away again.
pub fn not_by_provider(app: &App) -> Cookie<'static> {
    let mut cookie = by_provider(app);
    cookie.make_removal();
    cookie
}

/// True where the session began at the provider.
pub fn is_by_provider(app: &App, headers: &HeaderMap) -> bool {
    app.outside.provider.is_some() && CookieJar::from_headers(headers).get(by_name(app)).is_some()
}

fn by_name(app: &App) -> &'static str {
    if app.plain_http { "quarterlight-by" } else { "__Host-quarterlight-by" }
}
