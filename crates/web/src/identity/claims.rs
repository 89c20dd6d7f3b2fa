//! What an identity provider says of somebody: address, name and groups.

use std::collections::BTreeMap;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IdToken, IdTokenClaims, IdTokenFields, StandardErrorResponse, StandardTokenResponse,
    SubjectIdentifier, UserInfoClaims, UserInfoRequest,
};
use quarterlight_domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ask::{Asker, in_words};

/// The most groups that are looked at, and the longest name of one.
const MOST_GROUPS: usize = 2_000;

/// Whatever a token says beside what the standard names.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub struct Rest {
    #[serde(flatten)]
    all: BTreeMap<String, Value>,
}

impl AdditionalClaims for Rest {}

/// A token that says who somebody is.
pub type Token =
    IdToken<Rest, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

type Fields = IdTokenFields<
    Rest,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// This program, as the provider sees it.
pub type Client = openidconnect::Client<
    Rest,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Somebody whom the provider has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// By which word the provider knows them.
    pub subject: String,
    /// Their name.
    pub name: String,
    /// Their address, where the provider has confirmed it.
    pub email: Option<String>,
    /// Their groups.
    pub groups: Vec<String>,
    /// How they signed in there, as the signed token says it.
    pub how: How,
}

/// How somebody signed in at the provider: by which means, how strongly, and when. It is believed of
/// the signed token alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct How {
    /// The means (`amr`, RFC 8176).
    pub means: Vec<String>,
    /// How strongly (`acr`), in the provider's own words.
    pub strength: Option<String>,
    /// When, in seconds.
    pub at: Option<i64>,
}

impl How {
    /// True where the token says that two factors were asked for: by one of these means, or with one of
    /// these strengths. Silence says nothing.
    pub fn is_two(&self, means: &[String], strengths: &[String]) -> bool {
        self.means.iter().any(|it| means.contains(it))
            || self.strength.as_ref().is_some_and(|it| strengths.contains(it))
    }
}

/// What was said, once it is believed.
#[derive(Debug, Clone)]
pub struct Said {
    subject: String,
    name: Option<String>,
    email: Option<String>,
    is_confirmed: Option<bool>,
    rest: BTreeMap<String, Value>,
    how: How,
}

impl Said {
    /// What a token says whose signature and claims were checked.
    pub fn of(claims: &IdTokenClaims<Rest, CoreGenderClaim>) -> Self {
        let name = claims.name().and_then(|names| names.get(None)).map(|name| name.to_string());
        Self {
            subject: claims.subject().to_string(),
            name: name.or_else(|| claims.preferred_username().map(|name| name.to_string())),
            email: claims.email().map(|email| email.to_string()),
            is_confirmed: claims.email_verified(),
            rest: said_at_all(&claims.additional_claims().all),
            how: How {
                means: claims
                    .auth_method_refs()
                    .map(|means| means.iter().map(|it| (**it).clone()).collect())
                    .unwrap_or_default(),
                strength: claims.auth_context_ref().map(|it| (**it).clone()),
                at: claims.auth_time().map(|at| at.timestamp()),
            },
        }
    }

    /// Of whom.
    pub fn subject(&self) -> SubjectIdentifier {
        SubjectIdentifier::new(self.subject.clone())
    }

    /// True where nothing more need be asked.
    pub fn is_enough(&self, groups_claim: &str) -> bool {
        self.email.is_some() && (self.rest.contains_key(groups_claim) || self.has_too_many())
    }

    /// This, and where it is silent, that.
    pub fn and(self, more: Self) -> Self {
        // An address and whether it is confirmed belong together.
        let (email, is_confirmed) = match self.email {
            Some(email) => (Some(email), self.is_confirmed),
            None => (more.email, more.is_confirmed),
        };
        let mut rest = more.rest;
        rest.extend(self.rest);
        let name = self.name.or(more.name);
        Self { subject: self.subject, name, email, is_confirmed, rest, how: self.how }
    }

    /// Who it is, as the rules see them.
    pub fn arrived(self, groups_claim: &str) -> Result<Arrived, Refusal> {
        if !self.rest.contains_key(groups_claim) && self.has_too_many() {
            return Err(Refusal::because(
                "You are in more groups than your council’s sign-in can pass on. Ask its administrator to pass on to Quarterlight only the groups that it is set up with.",
            ));
        }
        let groups = match self.rest.get(groups_claim) {
            Some(Value::Array(groups)) => {
                groups.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Some(Value::String(group)) => vec![group.clone()],
            _ => Vec::new(),
        };
        if groups.len() > MOST_GROUPS {
            return Err(Refusal::because(
                "You are in more groups than Quarterlight looks at. Ask your council’s administrator to pass on fewer.",
            ));
        }
        // A provider that does not say whether it has confirmed an address has not.
        let email = self.email.filter(|_| self.is_confirmed == Some(true));
        let name = self.name.filter(|name| !name.trim().is_empty()).or_else(|| email.clone());
        let name: String = name
            .unwrap_or_else(|| self.subject.clone())
            .chars()
            .filter(|letter| !letter.is_control())
            .take(120)
            .collect();
        Ok(Arrived { subject: self.subject, name, email, groups, how: self.how })
    }

    /// Microsoft's provider leaves groups out where there are many, and says where to ask for them.
    fn has_too_many(&self) -> bool {
        self.rest.contains_key("hasgroups") || self.rest.contains_key("_claim_names")
    }
}

/// What was said, without what was said to be nothing.
fn said_at_all(all: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let said = all.iter().filter(|(_, value)| !value.is_null());
    said.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Asks the provider's own page about somebody, which must be about the same one.
pub async fn user_info(
    request: UserInfoRequest<'_, CoreJweContentEncryptionAlgorithm, CoreJsonWebKey>,
    asker: &Asker,
) -> Result<Said, String> {
    let said: UserInfoClaims<Rest, CoreGenderClaim> =
        request.request_async(asker).await.map_err(|error| in_words(&error))?;
    let name = said.name().and_then(|names| names.get(None)).map(|name| name.to_string());
    Ok(Said {
        subject: said.subject().to_string(),
        name: name.or_else(|| said.preferred_username().map(|name| name.to_string())),
        email: said.email().map(|email| email.to_string()),
        is_confirmed: said.email_verified(),
        rest: said_at_all(&said.additional_claims().all),
        // How somebody signed in stands in the token, or nowhere.
        how: How::default(),
    })
}
