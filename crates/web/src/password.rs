//! Passwords, kept as Argon2id hashes and as nothing else.

use std::sync::{LazyLock, mpsc};
use std::thread;

use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use quarterlight_domain::refusal::Refusal;
use tokio::sync::oneshot;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;

/// The most, so that hashing one cannot be made to take long.
pub const LONGEST: usize = 200;

/// A hash that no password has, so that an unknown address takes as long to refuse as a known one.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$cXVhcnRlcmxpZ2h0bm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hash of a password, in the text form that carries its own settings: 19 MiB, two passes.
///
/// # Errors
/// Refuses a password that is too short or too long. There is no rule on what it is made of.
pub fn hash(password: &str, salt: [u8; 32]) -> Result<String, Refusal> {
    has_length(password)?;
    let hash: Result<PasswordHash, _> =
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string())
        .map_err(|_| Refusal::because("This password cannot be used. Choose another."))
}

/// Whether a password is neither short nor endless: characters are counted, and not bytes.
///
/// # Errors
/// Refuses one that is.
pub fn has_length(password: &str) -> Result<(), Refusal> {
    let length = password.chars().count();
    if (SHORTEST..=LONGEST).contains(&length) {
        return Ok(());
    }
    Err(Refusal::because(format!(
        "A password has {SHORTEST} to {LONGEST} characters. Three words that you can remember make a good one."
    )))
}

/// [`hash`], off the threads that serve pages.
///
/// # Errors
/// Refuses a password that is too short or too long.
pub async fn hash_aside(password: String, salt: [u8; 32]) -> Result<String, Refusal> {
    let hashed = tokio::task::spawn_blocking(move || hash(&password, salt)).await;
    hashed.unwrap_or_else(|_| Err(Refusal::because("The password was not kept. Try again.")))
}

/// True if the password has this hash. Without a hash it takes as long, and is false.
pub fn matches(password: &str, hash: Option<&str>) -> bool {
    compare(password, hash.unwrap_or(NOBODYS), &mut Vec::new()) == Some(true) && hash.is_some()
}

/// Compares in memory that the caller keeps. None if the hash is not one of ours.
///
/// The library's own comparing takes fresh memory each time, aligned to a cache line, and the C
/// library of Debian 12 never finds such a piece again: the server grew by 19 MiB at each sign-in.
fn compare(password: &str, hash: &str, memory: &mut Vec<Block>) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let params = Params::try_from(&hash).ok()?;
    let (salt, kept) = (hash.salt?, hash.hash?);
    memory.resize(params.block_count(), Block::default());
    let mut typed = vec![0; kept.len()];
    let words: String = password.chars().take(LONGEST + 1).collect();
    Argon2::new(algorithm, Version::V0x13, params)
        .hash_password_into_with_memory(words.as_bytes(), &salt, &mut typed, memory)
        .ok()?;
    // Outputs are compared in a time that does not depend on where they differ.
    Some(Output::new(&typed).ok()? == kept)
}

/// A password to be compared with a hash, and where to say whether they belong together.
type Question = (String, Option<String>, oneshot::Sender<bool>);

/// One password is hashed at a time, on a thread that does nothing else. Each takes 19 MiB and a core
/// for some hundredths of a second; a crowd at the door, or somebody who only pretends to be one,
/// must not take the server's memory, nor hold up the pages of those who are in.
static HASHER: LazyLock<mpsc::Sender<Question>> = LazyLock::new(|| {
    let (ask, questions) = mpsc::channel::<Question>();
    let thread = thread::Builder::new().name("passwords".to_owned());
    // Where there is no thread to be had, nobody answers, and nobody is let in.
    let _ = thread.spawn(move || {
        let mut memory = Vec::new();
        for (password, hash, answer) in questions {
            let kept = hash.as_deref().unwrap_or(NOBODYS);
            let is_right = compare(&password, kept, &mut memory) == Some(true) && hash.is_some();
            // Whoever asked may have gone; that is theirs to do.
            let _ = answer.send(is_right);
        }
    });
    ask
});

/// [`matches`], in turn with others and off the threads that serve pages.
pub async fn matches_in_turn(password: String, hash: Option<String>) -> bool {
    let (answer, answered) = oneshot::channel();
    HASHER.send((password, hash, answer)).is_ok() && answered.await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_hash_and_no_other() {
        let kept = hash("harbour lantern seven", [7; 32]).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("harbour lantern seven", Some(&kept)));
        assert!(!matches("harbour lantern eight", Some(&kept)));
        assert!(!matches("harbour lantern seven", None));
    }

    #[tokio::test]
    async fn passwords_in_turn_are_compared_as_alone() {
        let kept = hash("harbour lantern seven", [7; 32]).unwrap();
        for _ in 0..2 {
            assert!(matches_in_turn("harbour lantern seven".to_owned(), Some(kept.clone())).await);
            assert!(!matches_in_turn("harbour lantern eight".to_owned(), Some(kept.clone())).await);
            assert!(!matches_in_turn("harbour lantern seven".to_owned(), None).await);
        }
    }

    #[test]
    fn an_unknown_address_costs_as_much_as_a_known_one() {
        // The stand-in is a hash with the same settings, and not a text that is refused at once.
        assert!(PasswordHash::new(NOBODYS).is_ok());
        assert!(!matches("anything at all", None));
    }

    #[test]
    fn a_password_is_neither_short_nor_endless() {
        assert!(hash("eleven char", [0; 32]).is_err());
        assert!(hash(&"a".repeat(201), [0; 32]).is_err());
    }
}
