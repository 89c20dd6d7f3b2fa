//! The key that is not in the database: whoever has the database alone can read no secret of it.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// How many bytes of a sealed secret are its nonce.
const NONCE: usize = 24;

/// Seals secrets and makes digests that nobody else can make.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

/// A key is never written into a log.
impl std::fmt::Debug for SecretKey {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("SecretKey")
    }
}

impl SecretKey {
    /// The key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// By which an address that was typed is told from others, whether somebody has it or not.
    pub fn account(&self, email: &str) -> Vec<u8> {
        self.digest("account", email.trim().to_lowercase().as_bytes()).to_vec()
    }

    /// A digest of words, for one purpose.
    pub fn digest(&self, purpose: &str, words: &[u8]) -> [u8; 32] {
        // A key of any length is taken; the fallback is never reached, and would match nothing.
        let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0) else {
            return [0; 32];
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(words);
        mac.finalize().into_bytes().into()
    }

    /// Seals a secret for one purpose (whose, and what for), with random bytes.
    pub fn seal(&self, purpose: &str, secret: &[u8], chance: [u8; 32]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE] = chance.get(..NONCE)?.try_into().ok()?;
        let payload = Payload { msg: secret, aad: purpose.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for the same purpose; none for anything else.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        self.cipher().decrypt(&XNonce::from(nonce), payload).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        // Not the key itself: what seals and what digests never share one.
        XChaCha20Poly1305::new(&self.digest("seal", b"").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_opened_by_its_own_key_for_its_own_purpose() {
        let key = SecretKey::new([7; 32]);
        let sealed = key.seal("codes of 3", b"secret", [9; 32]).unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(key.open("codes of 3", &sealed).as_deref(), Some(b"secret".as_slice()));
        assert_eq!(key.open("codes of 4", &sealed), None, "another person’s");
        assert_eq!(SecretKey::new([8; 32]).open("codes of 3", &sealed), None, "another key");
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(key.open("codes of 3", &changed), None);
        assert_eq!(key.open("codes of 3", b"short"), None);
    }

    #[test]
    fn an_address_has_one_digest_however_it_is_typed() {
        let key = SecretKey::new([7; 32]);
        assert_eq!(
            key.account(" Priya.Anand@Larkmoor.example "),
            key.account("priya.anand@larkmoor.example")
        );
        assert_ne!(key.account("a@b.example"), SecretKey::new([8; 32]).account("a@b.example"));
        assert!(!format!("{key:?}").contains('7'));
    }
}
