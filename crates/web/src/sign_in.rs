//! What signing in stands on: the key outside the database, passwords, codes, passkeys, and who asks from where.

pub mod codes;
pub mod finish;
pub mod from;
pub mod key;
pub mod passkeys;
pub mod recovery;
pub mod screen;
pub mod tries;
pub mod use_passkey;

use quarterlight_domain::sign_in::factors::SecondFactor;
use quarterlight_domain::sign_in::times::Times;

use from::Network;
use key::SecretKey;
use passkeys::Passkeys;

/// How people sign in here.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The key that is not in the database.
    pub key: SecretKey,
    /// Of whom more than a password is asked.
    pub second_factor: SecondFactor,
    /// How long sessions last.
    pub times: Times,
    /// The proxies whose word is taken for where somebody is.
    pub trusted_proxies: Vec<Network>,
    /// Passkeys; none where the program is not told at which address people sign in.
    pub passkeys: Option<Passkeys>,
}

impl SignIn {
    /// By password alone, with everything else offered: for the demonstration and for tests, whose
    /// records are all invented.
    pub fn for_invented(key: [u8; 32]) -> Self {
        Self {
            key: SecretKey::new(key),
            second_factor: SecondFactor::Nobody,
            times: Times::default(),
            trusted_proxies: Vec::new(),
            passkeys: Passkeys::at("http://localhost").ok(),
        }
    }
}
