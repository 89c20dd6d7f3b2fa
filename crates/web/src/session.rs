//! Who is asking: no page but the one for signing in is given to a stranger.

use axum::body::to_bytes;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::access::glass::Opening;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::person::Person;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::proof::Proof;
use quarterlight_domain::stamp::{Stamp, day_in_england, moment_in_words};
use quarterlight_store::{ConcernLine, Happened, Session};

use crate::app::App;
use crate::error::Failure;
use crate::glass;
use crate::govuk::{Content, NotificationBanner};
use crate::layout::navigation::navigation;
use crate::layout::{Frame, Identity};
use crate::links;
use crate::pages::sessions::confidentiality::ConfidentialityPage;
use crate::pages::sessions::prove::{self, ProvePage};
use crate::pages::sessions::sign_in::SignInPage;
use crate::{again, pace};

mod cookies;

pub use cookies::{
    cookie, copy_cookie, known_browser, known_cookie, new_token, no_copy_cookie, no_pending_cookie,
    pending, pending_cookie, present, set_cookies,
};
use cookies::{cookie_digest, cookie_name};

/// How much of a form is kept over signing in again.
const KEPT: usize = 256 * 1024;

/// The person who is asking, found once for each request.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who it is, with their grants.
    pub person: Person,
    /// The moment of the request.
    pub at: Timestamp,
    /// The day of the request, in England.
    pub today: Date,
    /// The digest by which the session is kept.
    pub session: Vec<u8>,
    /// What they showed in it.
    pub proof: Proof,
    /// When they last showed who they are.
    pub proved: Timestamp,
    /// True if they have a password of ours.
    pub has_password: bool,
    /// What is open to this person by break-glass, at this moment.
    pub opened: Vec<Opening>,
    /// The concerns that nobody has acknowledged and that this person must see.
    pub waiting: Vec<ConcernLine>,
    /// What must be done before anything else opens.
    pub first: Option<First>,
}

impl SignedIn {
    /// The stamp of something that this person does now.
    pub fn stamp(&self, why: &'static str) -> Stamp {
        Stamp::person(self.person.id, self.at, why)
    }

    /// True of somebody who is asked for their own password, before something weighty. Of whoever came
    /// through the council's own sign-in none is asked: the gate has had them asked there.
    pub fn asks_password(&self, app: &App) -> bool {
        self.has_password && app.outside.passwords && !self.proof.is_of_provider()
    }

    /// The person's id.
    pub fn id(&self) -> PersonId {
        self.person.id
    }

    /// The frame of a page for this person, in one part of the product.
    pub fn frame(&self, app: &App, title: impl Into<String>, part: &str) -> Frame {
        let navigation = navigation(&self.person, self.today, part);
        Frame {
            authority: app.authority.clone(),
            home: links::home(),
            signed_in: Some(Identity {
                name: self.person.name.clone(),
                account: links::account(),
                sign_out: links::sign_out(),
            }),
            navigation: navigation.top,
            chapter: navigation.chapter,
            banner: banner(&self.waiting),
            glass: glass::banner(&self.opened),
            idle: Some((app.sign_in.times.idle().as_secs(), links::still_here())),
            demonstration: app.demonstration,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Frame::new(title)
        }
    }
}

/// A handler names `visitor: SignedIn` among its arguments, and somebody is signed in.
impl FromRequestParts<App> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        // The gate has put it there; a route that stood outside the gate would end here.
        parts.extensions.get::<Self>().cloned().ok_or(Failure::NotFound)
    }
}

/// What somebody who is signed in must do before anything else opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// Accept the confidentiality page.
    Accept,
    /// Show the second factor that they have, which this session was not shown.
    Prove,
    /// Take something to sign in with besides a password.
    TakeSecond,
}

/// For how long the confidentiality page stays accepted.
const ACCEPTED: SignedDuration = SignedDuration::from_hours(365 * 24);

/// Lets somebody with a session through, and asks everybody else to sign in.
///
/// A form that comes after the session has ended is not lost: it goes with the question, and can be
/// sent again once the person has signed in. So does one that comes before the confidentiality page
/// was accepted, or to something so weighty that they are asked again who they are.
pub async fn gate(State(app): State<App>, request: Request, next: Next) -> Response {
    let at = app.now();
    let visitor = match find(&app, request.headers(), at).await {
        Ok(Some(visitor)) => visitor,
        Ok(None) => return ask_to_sign_in(&app, request).await,
        Err(failure) => return failure.into_response(),
    };
    let known = Known(visitor.id());
    let mut response = let_through(&app, visitor, request, next).await;
    response.extensions_mut().insert(known);
    response
}

/// Who asked, for the line in the log about a door that stayed shut.
#[derive(Debug, Clone, Copy)]
pub struct Known(pub PersonId);

async fn let_through(app: &App, visitor: SignedIn, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|it| it.as_str().to_owned());
    let route = route.unwrap_or_default();
    if let Err(failure) = pace::keep(app, &visitor, &route) {
        return failure.into_response();
    }
    let path = request.uri().path();
    let open = [links::sign_out(), links::still_here(), links::confidentiality(), links::prove()];
    let is_open = open.iter().any(|open| open == path);
    match visitor.first {
        Some(First::Accept) if !is_open => return ask_to_accept(app, &visitor, request).await,
        Some(First::Prove) if !is_open => return ask_to_prove(app, &visitor, request).await,
        Some(First::TakeSecond) if !is_open && !path.starts_with(&links::account()) => {
            return Redirect::to(&links::account()).into_response();
        }
        _ => {}
    }
    if again::is_asked(&visitor, request.method(), &route) {
        return ask_to_prove(app, &visitor, request).await;
    }
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

async fn find(app: &App, headers: &HeaderMap, at: Timestamp) -> Result<Option<SignedIn>, Failure> {
    let Some(token) = cookie_digest(headers, cookie_name(app)) else { return Ok(None) };
    let today = day_in_england(at);
    let Some(session) = app.store.sessions.find(&token, today).await? else { return Ok(None) };
    let times = app.sign_in.times;
    let ended = at.duration_since(session.seen) > times.idle()
        || at.duration_since(session.started) > times.longest();
    if ended {
        return Ok(None);
    }
    if session.person.roles_on(today).is_empty() {
        end_of_roles(app, &session.person, at).await?;
        return Ok(None);
    }
    // Noted at most once a minute, so that a look at a page is not a write.
    if at.duration_since(session.seen) > SignedDuration::from_mins(1) {
        app.store.sessions.touch(&token, at).await?;
    }
    let first = first(app, &session, at);
    let waiting = match first {
        None => waiting(app, &session.person, today).await?,
        Some(_) => Vec::new(),
    };
    // One question more, for those alone to whom something may be open.
    let opened = match first {
        None if session.glass_until.is_some_and(|until| until > at) => {
            glass::open_to(app, &session.person, (at, today)).await?
        }
        _ => Vec::new(),
    };
    Ok(Some(SignedIn {
        person: session.person,
        at,
        today,
        session: token,
        proof: session.proof,
        proved: session.proved,
        has_password: session.password,
        opened,
        waiting,
        first,
    }))
}

fn first(app: &App, session: &Session, at: Timestamp) -> Option<First> {
    let accepted = session.confidentiality.is_none_or(|(_, accepted)| {
        accepted.is_some_and(|accepted| at.duration_since(accepted) < ACCEPTED)
    });
    if !accepted {
        return Some(First::Accept);
    }
    let asked = app.sign_in.second_factor.is_asked_of(&session.person, day_in_england(at));
    // What can be shown here: a passkey is none where the program knows no address of its own.
    let has_second = session.codes || session.passkeys && app.sign_in.passkeys.is_some();
    match (asked && !session.proof.is_two(), has_second) {
        (false, _) => None,
        (true, true) => Some(First::Prove),
        (true, false) => Some(First::TakeSecond),
    }
}

/// Whoever holds no role any more is signed out everywhere, at once.
async fn end_of_roles(app: &App, person: &Person, at: Timestamp) -> Result<(), Failure> {
    let stamp = Stamp::person(person.id, at, "held no role any more");
    let happened = Happened {
        event: SignInEvent::EndedGone,
        at,
        person: Some(person.id),
        account: None,
        by: None,
        network: String::new(),
        browser: String::new(),
        detail: String::new(),
    };
    app.store.sessions.end_others(&stamp, None, &happened).await?;
    Ok(())
}

/// The concerns that this person must see: one question more, for those alone who may have to.
async fn waiting(app: &App, person: &Person, today: Date) -> Result<Vec<ConcernLine>, Failure> {
    if !permits(person, Deed::ListConcerns, today) {
        return Ok(Vec::new());
    }
    let waiting = app.store.concerns.waiting().await?.into_iter();
    let must_see = |it: &ConcernLine| permits(person, Deed::BeShownConcern(&it.concern), today);
    Ok(waiting.filter(must_see).collect())
}

/// *A child may be unsafe now: R-2043*, on every page of those who must see it.
fn banner(waiting: &[ConcernLine]) -> Option<NotificationBanner> {
    let first = waiting.first()?;
    let (sentence, words) = match waiting.len() {
        1 => (
            format!("A child may be unsafe now: {}", first.reference),
            format!("To be acknowledged by {}", moment_in_words(first.clock.due)),
        ),
        many => (
            format!("Children may be unsafe now: {many} concerns wait"),
            format!("The first is to be acknowledged by {}", moment_in_words(first.clock.due)),
        ),
    };
    let link = match waiting.len() {
        1 => links::concern(first.concern.id),
        _ => links::concerns(),
    };
    Some(NotificationBanner::important(sentence).more(Content::link(words, link)))
}

async fn ask_to_sign_in(app: &App, request: Request) -> Response {
    match where_to(request).await {
        Ok((back, kept)) => SignInPage::asked(app, back, kept).into_response(),
        Err(failure) => failure.into_response(),
    }
}

async fn ask_to_accept(app: &App, visitor: &SignedIn, request: Request) -> Response {
    let asked = async {
        let (back, kept) = where_to(request).await?;
        ConfidentialityPage::asked(app, visitor, back, kept).await
    };
    asked.await.unwrap_or_else(IntoResponse::into_response)
}

/// Asks somebody who is signed in to show again who they are, with what they sent in hand.
async fn ask_to_prove(app: &App, visitor: &SignedIn, request: Request) -> Response {
    let is_form = request.method() == Method::POST;
    let has_secrets = has_secrets(request.uri().path());
    let asked = async {
        let (mut back, mut kept) = where_to(request).await?;
        if is_form && kept.is_empty() {
            // A form without fields is one all the same; one with secrets is typed again.
            match (has_secrets, back.starts_with(&links::account())) {
                (false, _) => kept.push_str("again="),
                (true, true) => back = links::account(),
                (true, false) => {}
            }
        }
        ProvePage::asked(app, visitor, back, kept).await
    };
    asked.await.unwrap_or_else(IntoResponse::into_response)
}

/// Where somebody was going, and the form that they sent there.
async fn where_to(request: Request) -> Result<(String, String), Failure> {
    let back = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let is_form = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        kind.to_str().is_ok_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
    });
    let proves = request.uri().path() == links::prove();
    if request.method() != Method::POST || !is_form || has_secrets(request.uri().path()) && !proves
    {
        return Ok((back, String::new()));
    }
    let bytes = to_bytes(request.into_body(), KEPT).await.map_err(|_| Failure::TooLarge)?;
    let form = String::from_utf8(bytes.to_vec()).unwrap_or_default();
    // Of a form that carries another one, that one alone is kept.
    Ok(if proves { prove::carried(&form) } else { (back, form) })
}

/// True of the pages on which people type what they sign in with: such a form is sent back by nobody.
pub fn has_secrets(path: &str) -> bool {
    // On these of them somebody types a reason, or nothing.
    let is_ending = path.starts_with(&links::sign_in_people())
        && (path.ends_with("/factors") || path.ends_with("/sessions"));
    if is_ending || path == links::own_sessions() {
        return false;
    }
    let pages = [links::account(), links::sign_ins(), links::sign_in(), links::prove()];
    pages.iter().any(|it| path.starts_with(it))
}
