//! The council's own identity provider: OpenID Connect with an authorisation code and PKCE.
//!
//! What the provider says is believed only where its own key has signed it, for us, for this very
//! sign-in and for now: the library checks issuer, audience, expiry, nonce, signature and algorithm,
//! and here stands which algorithms are taken, how old a token may be, and what is read of it.

mod ask;
mod claims;
mod way;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessToken, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, ClientId,
    ClientSecret, CsrfToken, IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout,
    RedirectUrl, Scope, TokenResponse,
};
use quarterlight_domain::groups::GroupRule;
use quarterlight_domain::refusal::Refusal;
use tokio::sync::Mutex;

use ask::Asker;
use claims::{Client, Said};

pub use claims::{Arrived, How};
pub use way::Way;

use crate::links;

/// How long what the provider publishes about itself is believed.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// How long a provider that did not answer is not asked again.
const SILENCE: SignedDuration = SignedDuration::from_secs(10);

/// How far the clocks of the two servers may be apart, and how old a token may be.
const AGE: SignedDuration = SignedDuration::from_mins(10);

/// How far the clocks may be apart where the provider says when it asked somebody.
const ASKED_BEFORE: SignedDuration = SignedDuration::from_secs(60);

/// What the settings say of the provider.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its address, to the letter as it says it itself.
    pub issuer: String,
    /// By which name it knows this program.
    pub client: String,
    /// What this program shows to it; empty where it is known by PKCE alone.
    pub secret: String,
    /// The address at which people reach this program.
    pub site: String,
    /// In which claim it gives groups.
    pub groups_claim: String,
    /// What its groups hold here.
    pub rules: Vec<GroupRule>,
    /// By which means (`amr`) of its sign-in it has asked for two factors.
    pub amr: Vec<String>,
    /// By which strengths (`acr`) it has; it is asked for these.
    pub acr: Vec<String>,
}

/// The provider, and what it last said about itself.
pub struct Provider {
    settings: Settings,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    asker: Asker,
    known: Mutex<Known>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the secret.
        f.debug_struct("Provider").field("issuer", &self.settings.issuer).finish_non_exhaustive()
    }
}

/// What the provider last said about itself, and when it last did not answer.
#[derive(Default)]
struct Known {
    said: Option<(Timestamp, Arc<ProviderMetadataWithLogout>)>,
    silent: Option<Timestamp>,
}

/// Why somebody did not arrive.
#[derive(Debug)]
pub enum NotArrived {
    /// The provider did not answer, or not so that it could be read. The words are for the log.
    Down(String),
    /// What came back is not to be believed. The words are for the log.
    Unbelievable(String),
    /// It is to be believed, and no use.
    Refused(Refusal),
}

impl Provider {
    /// The provider of these settings. Nothing is asked of it yet.
    ///
    /// # Errors
    /// Refuses addresses that are none or that others could listen in on.
    pub fn new(settings: Settings) -> Result<Self, Refusal> {
        let issuer = IssuerUrl::new(settings.issuer.clone())
            .ok()
            .filter(|it| ask::is_private(it.url()))
            .ok_or_else(|| {
                Refusal::because("Set oidc_issuer to the address of the identity provider, such as https://login.council.example. It begins with https.")
            })?;
        let site = settings.site.trim_end_matches('/');
        let redirect = RedirectUrl::new(format!("{site}{}", links::provider_callback()))
            .ok()
            .filter(|it| ask::is_private(it.url()))
            .ok_or_else(|| {
                Refusal::because("Set site to the address at which people reach Quarterlight, such as https://audit.council.example. The identity provider sends them back there.")
            })?;
        if settings.client.is_empty() {
            return Err(Refusal::because(
                "Set oidc_client_id to the name by which the identity provider knows Quarterlight.",
            ));
        }
        let asker = Asker::new()?;
        Ok(Self { settings, issuer, redirect, asker, known: Mutex::default() })
    }

    /// Its address, by which accounts of one provider are told from those of another.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// What its groups hold here.
    pub fn rules(&self) -> &[GroupRule] {
        &self.settings.rules
    }

    /// Where to send somebody who wants to sign in, and what has to come back with them.
    ///
    /// # Errors
    /// Fails while the provider cannot be asked what it is.
    pub async fn begin(
        &self,
        back: String,
        again: bool,
        now: Timestamp,
    ) -> Result<(String, Way), NotArrived> {
        let client = self.client(&*self.metadata(now, false).await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("profile".to_owned()))
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge);
        for acr in &self.settings.acr {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        if again {
            // Whatever session they have there: they are asked now.
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
        }
        let (url, state, nonce) = request.url();
        let way = Way {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            back,
            again,
            begun: now.as_second(),
        };
        Ok((url.into(), way))
    }

    /// Asks the provider who it was that came back with this code.
    ///
    /// # Errors
    /// Fails while the provider cannot be asked; and where what it says is not to be believed.
    pub async fn finish(
        &self,
        code: String,
        way: &Way,
        now: Timestamp,
    ) -> Result<Arrived, NotArrived> {
        let metadata = self.metadata(now, false).await?;
        let client = self.client(&metadata);
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| NotArrived::Down(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(way.verifier.clone()));
        let tokens = request.request_async(&self.asker).await.map_err(|error| match error {
            openidconnect::RequestTokenError::Request(error) => NotArrived::Down(error.to_string()),
            other => NotArrived::Unbelievable(format!("the code was not taken: {other}")),
        })?;
        let token = tokens
            .id_token()
            .ok_or_else(|| NotArrived::Unbelievable("there is no ID token".to_owned()))?;
        let nonce = Nonce::new(way.nonce.clone());
        let said = match believed(&client, token, &nonce, now) {
            // It may have changed its keys since it was last asked.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let client = self.client(&*self.metadata(now, true).await?);
                believed(&client, token, &nonce, now)
            }
            other => other,
        };
        let said = said.map_err(|error| NotArrived::Unbelievable(error.to_string()))?;
        let said = if said.is_enough(&self.settings.groups_claim) {
            said
        } else {
            self.more(&client, tokens.access_token().clone(), said).await?
        };
        let arrived = said.arrived(&self.settings.groups_claim).map_err(NotArrived::Refused)?;
        // Whoever was sent there to be asked again must have been: the provider's word for when.
        let asked = arrived.how.at.is_some_and(|at| at >= way.begun - ASKED_BEFORE.as_secs());
        if way.again && !asked {
            return Err(NotArrived::Refused(Refusal::because(
                "Your council’s sign-in did not ask you again who you are, or does not say when it did. Tell your administrator: it has to heed max_age and to give auth_time.",
            )));
        }
        Ok(arrived)
    }

    /// True where it says that it has asked for two factors.
    pub fn says_two(&self, how: &How) -> bool {
        how.is_two(&self.settings.amr, &self.settings.acr)
    }

    /// Where somebody signs out of the provider too, if it has such a page.
    pub async fn sign_out(&self, now: Timestamp) -> Option<String> {
        let metadata = self.metadata(now, false).await.ok()?;
        let end = metadata.additional_metadata().end_session_endpoint.clone()?;
        let site = self.settings.site.trim_end_matches('/');
        let back = PostLogoutRedirectUrl::new(format!("{site}{}", links::sign_in())).ok()?;
        let request = LogoutRequest::from(end)
            .set_client_id(ClientId::new(self.settings.client.clone()))
            .set_post_logout_redirect_uri(back);
        Some(request.http_get_url().into())
    }

    /// What the provider says of somebody on its own page for that, where the token is short of it.
    async fn more(
        &self,
        client: &Client,
        token: AccessToken,
        said: Said,
    ) -> Result<Said, NotArrived> {
        let Ok(request) = client.user_info(token, Some(said.subject())) else { return Ok(said) };
        match claims::user_info(request, &self.asker).await {
            Ok(more) => Ok(said.and(more)),
            Err(why) => Err(NotArrived::Unbelievable(why)),
        }
    }

    fn client(&self, metadata: &ProviderMetadataWithLogout) -> Client {
        let secret = Some(self.settings.secret.clone()).filter(|it| !it.is_empty());
        Client::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.settings.client.clone()),
            secret.map(ClientSecret::new),
        )
        .set_redirect_uri(self.redirect.clone())
    }

    async fn metadata(
        &self,
        now: Timestamp,
        anew: bool,
    ) -> Result<Arc<ProviderMetadataWithLogout>, NotArrived> {
        let mut known = self.known.lock().await;
        if let Some((at, metadata)) = known.said.as_ref().filter(|_| !anew)
            && now.duration_since(*at) < FRESH
        {
            return Ok(Arc::clone(metadata));
        }
        // While it is silent, not everybody who presses the button waits for it.
        if known.silent.is_some_and(|at| now.duration_since(at) < SILENCE) {
            return Err(NotArrived::Down("it did not answer a moment ago".to_owned()));
        }
        known.silent = Some(now);
        let asked = ProviderMetadataWithLogout::discover_async(self.issuer.clone(), &self.asker);
        let metadata = asked.await.map_err(|error| NotArrived::Down(ask::in_words(&error)))?;
        let metadata = Arc::new(metadata);
        *known = Known { said: Some((now, Arc::clone(&metadata))), silent: None };
        Ok(metadata)
    }
}

/// What a token says, once it is known whose, for whom and when it is.
fn believed(
    client: &Client,
    token: &claims::Token,
    nonce: &Nonce,
    now: Timestamp,
) -> Result<Said, ClaimsVerificationError> {
    let is_recent = move |issued: i64| (now.as_second() - issued).abs() <= AGE.as_secs();
    let verifier = client
        .id_token_verifier()
        // What the provider signs with a key that it keeps for itself; never “none”, and never
        // with what this program knows too.
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            CoreJwsSigningAlgorithm::EcdsaP384Sha384,
            CoreJwsSigningAlgorithm::EdDsa,
        ])
        .set_time_fn(move || SystemTime::from(now).into())
        .set_issue_time_verifier_fn(move |issued| {
            if is_recent(issued.timestamp()) {
                Ok(())
            } else {
                Err("it was issued too long ago, or in time to come".to_owned())
            }
        });
    let said = token.claims(&verifier, nonce)?;
    Ok(Said::of(said))
}
