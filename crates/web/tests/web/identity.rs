//! A hostile identity provider: it signs whatever a test wants, and nobody comes in by any of it.
//!
//! That a real provider does bring people in, a story shows; here is what must not be believed. The
//! control is a token that is right, by which somebody does come in.

use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use openidconnect::core::{CoreHmacKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use quarterlight_domain::groups::GroupRule;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::person::Role;
use quarterlight_web::identity::{Provider, Settings};
use quarterlight_web::outside::Outside;
use serde_json::{Value, json};

use crate::browser::{Browser, World};

/// Keys of this test alone, which never guarded anything.
const RIGHT: &str = include_str!("identity/right.pem");
const WRONG: &str = include_str!("identity/wrong.pem");

/// The moment of every page test, in seconds.
pub const NOON: i64 = 1_795_435_200;

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Signed {
    Rightly,
    ByAnotherKey,
    ByTheSharedSecret,
    NotAtAll,
    BrokenAfterwards,
}

/// What the provider does next.
#[derive(Clone)]
pub struct Says {
    issuer: String,
    signed: Signed,
    pub claims: Value,
    nonce: String,
    challenge: String,
    pub user_info: Value,
    /// What it says where it does not take a code.
    pub trouble: Option<String>,
    metadata_issuer: Option<String>,
    is_endless: bool,
}

type Shared = Arc<Mutex<Says>>;

fn b64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for part in bytes.chunks(3) {
        let word = part.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - part.len()));
        for at in 0..=part.len() {
            text.push(LETTERS[(word >> (18 - 6 * at) & 63) as usize].into());
        }
    }
    text
}

fn key(pem: &str) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new("k".to_owned()))).unwrap()
}

fn token(says: &Says) -> String {
    let mut claims = json!({
        "iss": says.issuer, "aud": "quarterlight", "sub": "s-1", "nonce": says.nonce,
        "iat": NOON - 5, "exp": NOON + 300, "name": "Nadia Ferro",
        "email": "nadia.ferro@larkmoor.example", "email_verified": true, "groups": ["members"],
    });
    for (name, value) in says.claims.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let algorithm = match says.signed {
        Signed::ByTheSharedSecret => "HS256",
        Signed::NotAtAll => "none",
        _ => "RS256",
    };
    let header = b64(json!({"alg": algorithm, "kid": "k"}).to_string().as_bytes());
    let message = format!("{header}.{}", b64(claims.to_string().as_bytes()));
    let rs256 = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    let signature = match says.signed {
        Signed::ByAnotherKey => key(WRONG).sign(&rs256, message.as_bytes()).unwrap(),
        Signed::ByTheSharedSecret => CoreHmacKey::new("shared")
            .sign(&CoreJwsSigningAlgorithm::HmacSha256, message.as_bytes())
            .unwrap(),
        Signed::NotAtAll => Vec::new(),
        Signed::Rightly | Signed::BrokenAfterwards => {
            key(RIGHT).sign(&rs256, message.as_bytes()).unwrap()
        }
    };
    if says.signed == Signed::BrokenAfterwards {
        let claims = claims.to_string().replace("s-1", "s-2");
        return format!("{header}.{}.{}", b64(claims.as_bytes()), b64(&signature));
    }
    format!("{message}.{}", b64(&signature))
}

async fn metadata(State(says): State<Shared>) -> (StatusCode, Json<Value>) {
    let says = says.lock().unwrap().clone();
    let at = |path: &str| format!("{}{path}", says.issuer);
    let mut told = json!({
        "issuer": says.metadata_issuer.clone().unwrap_or(says.issuer.clone()),
        "authorization_endpoint": at("/auth"), "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"), "userinfo_endpoint": at("/me"),
        "end_session_endpoint": at("/end"), "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // It would like others to be taken too.
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
    });
    if says.is_endless {
        told["padding"] = json!("x".repeat(2 << 20));
    }
    (StatusCode::OK, Json(told))
}

async fn keys() -> Json<Value> {
    Json(json!({ "keys": [key(RIGHT).as_verification_key()] }))
}

async fn tokens(
    State(says): State<Shared>,
    Form(form): Form<Vec<(String, String)>>,
) -> (StatusCode, Json<Value>) {
    let says = says.lock().unwrap().clone();
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, it)| it.clone());
    if let Some(trouble) = &says.trouble {
        let told = json!({"error": "invalid_grant", "error_description": trouble});
        return (StatusCode::BAD_REQUEST, Json(told));
    }
    // As a real one does: the code is redeemed only with what its challenge is the digest of.
    let verifier = field("code_verifier").unwrap_or_default();
    let challenge = {
        use sha2::{Digest, Sha256};
        b64(&Sha256::digest(verifier.as_bytes()))
    };
    if challenge != says.challenge || field("code").as_deref() != Some("the-code") {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"})));
    }
    let told = json!({
        "access_token": "a", "token_type": "Bearer", "id_token": token(&says),
    });
    (StatusCode::OK, Json(told))
}

async fn user_info(State(says): State<Shared>) -> Json<Value> {
    Json(says.lock().unwrap().user_info.clone())
}

pub struct Council {
    pub world: World,
    says: Shared,
    pub browser: Browser,
    /// The address to which it sent somebody last.
    pub went: String,
}

impl Council {
    pub async fn new() -> Self {
        Self::with(&[], false).await
    }

    /// One that is asked for these strengths, where more than one factor is asked of some roles.
    pub async fn with(acr: &[&str], more_is_asked: bool) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let says = Arc::new(Mutex::new(Says {
            issuer: issuer.clone(),
            signed: Signed::Rightly,
            claims: json!({}),
            nonce: String::new(),
            challenge: String::new(),
            user_info: json!({}),
            trouble: None,
            metadata_issuer: None,
            is_endless: false,
        }));
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(tokens))
            .route("/me", get(user_info))
            .with_state(Arc::clone(&says));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let world = World::new().await;
        let provider = Provider::new(Settings {
            issuer,
            client: "quarterlight".to_owned(),
            secret: "shared".to_owned(),
            site: "http://127.0.0.1:1".to_owned(),
            groups_claim: "groups".to_owned(),
            rules: vec![GroupRule {
                group: "members".to_owned(),
                role: Role::Member,
                place: PlaceId(1),
            }],
            amr: vec!["mfa".to_owned(), "hwk".to_owned()],
            acr: acr.iter().map(|it| (*it).to_owned()).collect(),
        });
        let provider = Some(Arc::new(provider.unwrap()));
        let outside = Outside { provider, ..Outside::default() };
        let browser = if more_is_asked {
            world.outside_where_more_is_asked(outside)
        } else {
            world.outside(outside)
        };
        Self { world, says, browser, went: String::new() }
    }

    pub fn say(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.says.lock().unwrap());
    }

    /// Goes to the provider, and gives the state and the cookie of the way.
    pub async fn go(&mut self) -> (String, String) {
        self.go_by("/sign-in/provider?back=%2Freports").await
    }

    /// The same, by an address of ours.
    pub async fn go_by(&mut self, by: &str) -> (String, String) {
        let went = self.browser.get(by).await;
        assert_eq!(went.status, StatusCode::SEE_OTHER, "{}", went.words());
        self.went = went.leads_to();
        let url: openidconnect::url::Url = went.leads_to().parse().unwrap();
        let part = |name: &str| {
            let found = url.query_pairs().find(|(key, _)| key == name);
            found.map_or(String::new(), |(_, value)| value.into_owned())
        };
        assert_eq!(part("code_challenge_method"), "S256");
        assert_eq!(part("response_type"), "code");
        assert_eq!(part("redirect_uri"), "http://127.0.0.1:1/sign-in/provider/callback");
        self.say(|says| {
            says.nonce = part("nonce");
            says.challenge = part("code_challenge");
        });
        let cookie = went.headers.get("set-cookie").unwrap().to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        (part("state"), cookie.split(';').next().unwrap().to_owned())
    }

    pub async fn come_back(&mut self, query: &str, cookie: &str) -> crate::browser::Answer {
        let request = axum::http::Request::get(format!("/sign-in/provider/callback?{query}"));
        let request = request.body(axum::body::Body::empty());
        self.browser.send_with_cookie(request.unwrap(), cookie).await
    }

    /// A whole sign-in; gives the status, and where it leads.
    pub async fn sign_in(&mut self) -> crate::browser::Answer {
        let (state, cookie) = self.go().await;
        self.come_back(&format!("code=the-code&state={state}"), &cookie).await
    }

    async fn people(&self) -> usize {
        self.world.store.people.all().await.unwrap().len()
    }
}

pub fn brings_in(answer: &crate::browser::Answer) -> bool {
    let cookies = answer.headers.get_all("set-cookie");
    let session = cookies.iter().any(|it| {
        let it = it.to_str().unwrap();
        it.starts_with("quarterlight=") && !it.starts_with("quarterlight=;")
    });
    assert_eq!(session, answer.status == StatusCode::SEE_OTHER);
    session
}

#[tokio::test]
async fn a_token_that_is_right_brings_somebody_in_and_no_other_does() {
    let mut council = Council::new().await;
    let known = council.people().await;
    let wrong: Vec<(&str, Signed, Value)> = vec![
        ("another issuer", Signed::Rightly, json!({"iss": "https://login.evil.example"})),
        ("another audience", Signed::Rightly, json!({"aud": "payroll"})),
        ("one audience too many", Signed::Rightly, json!({"aud": ["quarterlight", "payroll"]})),
        ("expired", Signed::Rightly, json!({"exp": NOON - 1})),
        ("another nonce", Signed::Rightly, json!({"nonce": "of another sign-in"})),
        ("no nonce", Signed::Rightly, json!({"nonce": null})),
        ("issued long ago", Signed::Rightly, json!({"iat": NOON - 3600})),
        ("issued in time to come", Signed::Rightly, json!({"iat": NOON + 3600})),
        ("another key", Signed::ByAnotherKey, json!({})),
        ("the shared secret", Signed::ByTheSharedSecret, json!({})),
        ("no signature", Signed::NotAtAll, json!({})),
        ("changed afterwards", Signed::BrokenAfterwards, json!({})),
    ];
    for (what, signed, claims) in wrong {
        council.say(|says| (says.signed, says.claims) = (signed, claims));
        let answer = council.sign_in().await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
        assert!(!brings_in(&answer), "{what}");
        assert!(answer.text.contains("cannot be trusted"), "{what}");
        assert_eq!(council.people().await, known, "{what}");
    }
    council.say(|says| (says.signed, says.claims) = (Signed::Rightly, json!({})));
    let answer = council.sign_in().await;
    assert!(brings_in(&answer), "{}", answer.words());
    assert_eq!(answer.leads_to(), "/reports");
    assert_eq!(council.people().await, known + 1);
}

#[tokio::test]
async fn an_answer_belongs_to_the_browser_and_the_sign_in_that_asked() {
    let mut council = Council::new().await;
    let (state, cookie) = council.go().await;
    let right = format!("code=the-code&state={state}");
    let (other_state, other_cookie) = council.go().await;
    for (query, cookie) in [
        (right.clone(), ""),
        (right.clone(), other_cookie.as_str()),
        (format!("code=the-code&state={other_state}"), cookie.as_str()),
        ("code=the-code".to_owned(), cookie.as_str()),
        (
            "code=the-code&state=".to_owned(),
            "quarterlight-way=state=&nonce=&verifier=&back=&begun=0",
        ),
        (format!("code=another&state={other_state}"), other_cookie.as_str()),
        (format!("error=access_denied&state={other_state}"), other_cookie.as_str()),
        (String::new(), ""),
    ] {
        let answer = council.come_back(&query, cookie).await;
        assert!(!brings_in(&answer), "{query} with {cookie}");
        assert!(
            answer
                .headers
                .get_all("set-cookie")
                .iter()
                .any(|it| { it.to_str().unwrap().starts_with("quarterlight-way=;") }),
            "what was wrong once is not tried again"
        );
    }
    // The first sign-in's code cannot be redeemed with the second one's verifier either.
    let (state, cookie) = council.go().await;
    council.say(|says| says.challenge = "of another sign-in".to_owned());
    assert!(!brings_in(&council.come_back(&format!("code=the-code&state={state}"), &cookie).await));
}

#[tokio::test]
async fn what_the_token_leaves_out_is_asked_of_the_provider_about_the_same_person() {
    let mut council = Council::new().await;
    let bare = json!({"email": null, "email_verified": null, "groups": null});
    let told = |sub: &str| json!({"sub": sub, "email": "nadia.ferro@larkmoor.example", "email_verified": true, "groups": ["members"]});
    council.say(|says| (says.claims, says.user_info) = (bare.clone(), told("s-9")));
    assert!(!brings_in(&council.sign_in().await), "it was about somebody else");
    council.say(|says| says.user_info = told("s-1"));
    let answer = council.sign_in().await;
    assert!(brings_in(&answer), "{}", answer.words());
    // Where there are too many groups to pass on, nobody loses a grant because of that.
    council.say(|says| {
        says.claims = json!({"groups": null, "_claim_names": {"groups": "src1"}});
    });
    let answer = council.sign_in().await;
    assert!(answer.text.contains("more groups than your council"), "{}", answer.words());
    council.say(|says| says.claims = json!({"groups": []}));
    let answer = council.sign_in().await;
    assert!(answer.text.contains("none of your groups"), "{}", answer.words());
}

#[tokio::test]
async fn a_provider_that_lies_about_itself_or_never_ends_is_as_one_that_is_down() {
    for change in [
        |says: &mut Says| says.metadata_issuer = Some("https://login.evil.example".to_owned()),
        |says: &mut Says| says.is_endless = true,
    ] {
        let mut council = Council::new().await;
        council.say(change);
        let answer = council.browser.get("/sign-in/provider").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text.contains("does not answer"), "{}", answer.words());
        assert!(answer.text.contains("Email address"), "a password still works");
    }
}

#[tokio::test]
async fn where_passwords_are_switched_off_none_is_taken() {
    let council = Council::new().await;
    let outside = Outside { passwords: false, ..Outside::default() };
    let mut browser = council.world.outside(outside);
    let page = browser.get("/sign-in").await;
    assert!(!page.text.contains("name=\"password\""));
    let form = [("email", "amara.osei@larkmoor.example"), ("password", "borough of larkmoor")];
    let answer = browser.post("/sign-in", &form).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(!answer.headers.contains_key("set-cookie"));
    assert_eq!(browser.get("/sign-in/provider").await.status, StatusCode::NOT_FOUND);
}
