//! Any text as what an identity provider says: its description, its keys and a token. Nothing is
//! believed that its key did not sign.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openidconnect::core::{
    CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreProviderMetadata, CoreUserInfoClaims,
};
use openidconnect::{ClientId, IssuerUrl, Nonce};

fuzz_target!(|text: &str| {
    let _ = serde_json::from_str::<CoreProviderMetadata>(text);
    let _ = CoreUserInfoClaims::from_json::<std::io::Error>(text.as_bytes(), None);
    let (keys, token) = text.split_once('\n').unwrap_or(("{\"keys\":[]}", text));
    let keys = serde_json::from_str::<CoreJsonWebKeySet>(keys);
    let (Ok(keys), Ok(token)) = (keys, token.trim().parse::<CoreIdToken>()) else { return };
    let issuer = IssuerUrl::new("https://login.council.example".to_owned()).unwrap();
    let client = ClientId::new("quarterlight".to_owned());
    let verifier = CoreIdTokenVerifier::new_public_client(client, issuer, keys);
    assert!(token.claims(&verifier, &Nonce::new("expected".to_owned())).is_err());
});
