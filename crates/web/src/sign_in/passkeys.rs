//! Passkeys (WebAuthn), through the library that checks them. A person is verified each time, by their
//! device: a finger, a face or a PIN; so that one is a password and a code together.

use quarterlight_domain::hex::hex;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::refusal::Refusal;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

use super::key::SecretKey;

/// The address at which passkeys hold.
#[derive(Debug, Clone)]
pub struct Passkeys(Webauthn);

/// A question for a browser, and what must be remembered until it is answered.
#[derive(Debug, Clone)]
pub struct Question {
    /// For the browser, as JSON.
    pub asked: String,
    /// For the database, as JSON.
    pub remembered: String,
}

/// What a right answer says.
#[derive(Debug, Clone)]
pub struct Answered {
    /// How often its device says that it was used.
    pub counter: u32,
    /// The passkey as it is to be kept from now on, as JSON.
    pub passkey: String,
}

/// Why a passkey does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It counts backwards: there may be two of it.
    Copied,
    /// The answer is none, or not to this question.
    Wrong,
}

impl Passkeys {
    /// Passkeys of people who sign in at this address.
    ///
    /// # Errors
    /// Refuses an address that is none, or that a browser has no passkeys for.
    pub fn at(site: &str) -> Result<Self, Refusal> {
        let refusal = || {
            Refusal::because(format!(
                "Passkeys need the address at which people sign in, as https://audit.example.gov.uk; “{site}” is none."
            ))
        };
        let url = Url::parse(site).map_err(|_| refusal())?;
        let host = url.host_str().ok_or_else(refusal)?.to_owned();
        let is_local = host == "localhost";
        if url.scheme() != "https" && !is_local {
            return Err(refusal());
        }
        let made = WebauthnBuilder::new(&host, &url)
            .map(|builder| builder.rp_name("Quarterlight").allow_any_port(is_local))
            .and_then(WebauthnBuilder::build);
        made.map(Self).map_err(|_| refusal())
    }

    /// Asks a browser for a new passkey.
    pub fn ask_for_new(
        &self,
        key: &SecretKey,
        (person, email, name): (PersonId, &str, &str),
        has: &[String],
    ) -> Option<Question> {
        let has = has.iter().filter_map(|it| read(it)).map(|it| it.cred_id().clone()).collect();
        let handle = handle(key, person);
        let (mut asked, state) =
            self.0.start_passkey_registration(handle, email, name, Some(has)).ok()?;
        // The device keeps the passkey itself, so that nobody has to type an address to sign in with
        // it, and no page has to say which addresses have one.
        if let Some(selection) = &mut asked.public_key.authenticator_selection {
            selection.require_resident_key = true;
            selection.resident_key = serde_json::from_str("\"required\"").ok();
        }
        Some(Question {
            asked: serde_json::to_string(&asked).ok()?,
            remembered: serde_json::to_string(&state).ok()?,
        })
    }

    /// The passkey of an answer: by which its device calls it, and what is kept of it, as JSON.
    pub fn new_one(&self, remembered: &str, answer: &str) -> Option<(String, String)> {
        let state: PasskeyRegistration = serde_json::from_str(remembered).ok()?;
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).ok()?;
        let passkey = self.0.finish_passkey_registration(&answer, &state).ok()?;
        Some((hex(passkey.cred_id().as_ref()), serde_json::to_string(&passkey).ok()?))
    }

    /// Asks whoever is there for a passkey.
    pub fn ask(&self) -> Option<Question> {
        let (mut asked, state) = self.0.start_discoverable_authentication().ok()?;
        asked.mediation = None;
        Some(Question {
            asked: serde_json::to_string(&asked).ok()?,
            remembered: serde_json::to_string(&state).ok()?,
        })
    }

    /// By which the device calls the passkey that it answers with; nothing is checked yet.
    pub fn which(answer: &str) -> Option<String> {
        let answer: PublicKeyCredential = serde_json::from_str(answer).ok()?;
        Some(hex(answer.raw_id.as_ref()))
    }

    /// Checks an answer with the passkey that is kept of this person.
    ///
    /// # Errors
    /// Says why it does not open.
    pub fn check(
        &self,
        key: &SecretKey,
        (person, passkey): (PersonId, &str),
        (remembered, answer): (&str, &str),
    ) -> Result<Answered, Refused> {
        let mut kept = read(passkey).ok_or(Refused::Wrong)?;
        let state: DiscoverableAuthentication =
            serde_json::from_str(remembered).map_err(|_| Refused::Wrong)?;
        let answer: PublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| Refused::Wrong)?;
        let (who, _) =
            self.0.identify_discoverable_authentication(&answer).map_err(|_| Refused::Wrong)?;
        if who != handle(key, person) {
            return Err(Refused::Wrong);
        }
        let result = self.0.finish_discoverable_authentication_v2(&answer, state, &kept).map_err(
            |error| match error {
                WebauthnError::CredentialPossibleCompromise => Refused::Copied,
                _ => Refused::Wrong,
            },
        )?;
        if !result.user_verified() {
            return Err(Refused::Wrong);
        }
        kept.update_credential(&result);
        let passkey = serde_json::to_string(&kept).map_err(|_| Refused::Wrong)?;
        Ok(Answered { counter: result.counter(), passkey })
    }
}

/// By which devices know a person: it says nothing of them to anybody without the key.
fn handle(key: &SecretKey, person: PersonId) -> Uuid {
    let digest = key.digest("passkeys", person.to_string().as_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, digest)| *byte = digest);
    Uuid::from_bytes(bytes)
}

fn read(passkey: &str) -> Option<Passkey> {
    serde_json::from_str(passkey).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_an_address_that_browsers_have_them_for() {
        assert!(Passkeys::at("https://audit.larkmoor.example").is_ok());
        assert!(Passkeys::at("http://localhost").is_ok());
        for site in ["", "audit.larkmoor.example", "http://audit.larkmoor.example"] {
            assert!(Passkeys::at(site).is_err(), "{site}");
        }
    }

    #[test]
    fn a_question_asks_for_a_person_who_is_verified_and_names_nobody() {
        let passkeys = Passkeys::at("https://audit.larkmoor.example").unwrap();
        let key = SecretKey::new([7; 32]);
        let who = (PersonId(3), "priya.anand@larkmoor.example", "Priya Anand");
        let new = passkeys.ask_for_new(&key, who, &[]).unwrap().asked;
        assert!(new.contains("\"userVerification\":\"required\""), "{new}");
        assert!(new.contains("\"residentKey\":\"required\""), "{new}");
        let asked = passkeys.ask().unwrap().asked;
        assert!(asked.contains("\"userVerification\":\"required\""), "{asked}");
        assert!(
            asked.contains("\"allowCredentials\":[]") && !asked.contains("mediation"),
            "{asked}"
        );
        assert_ne!(handle(&key, PersonId(3)), handle(&key, PersonId(4)));
    }

    #[test]
    fn what_is_no_answer_opens_nothing() {
        let passkeys = Passkeys::at("https://audit.larkmoor.example").unwrap();
        let question = passkeys.ask().unwrap();
        assert_eq!(Passkeys::which("{}"), None);
        let key = SecretKey::new([7; 32]);
        let checked =
            passkeys.check(&key, (PersonId(3), "{}"), (question.remembered.as_str(), "{}"));
        assert_eq!(checked.err(), Some(Refused::Wrong));
    }
}
