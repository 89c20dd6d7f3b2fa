//! Recovery codes, and the codes of resets: 120 random bits each, in letters that are told apart on paper.

use sha2::{Digest, Sha256};

use crate::app::App;

/// How many recovery codes somebody has at a time.
pub const COUNT: usize = 10;

/// Without letters that look or sound like others.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKMNPQRSTVWXYZ0123456789";

/// How many letters a code has, of five bits each.
const LENGTH: usize = 24;

/// New codes, each with the digest by which it is kept.
pub fn new(app: &App, count: usize) -> Vec<(String, Vec<u8>)> {
    let made = (0..count).map(|_| spelt((app.chance)()));
    made.map(|code| (code.clone(), digest(&code))).collect()
}

/// The digest of a code, however it is typed. It has too many random bits for a slow hash to add any.
pub fn digest(typed: &str) -> Vec<u8> {
    Sha256::digest(plain(typed)).to_vec()
}

/// True if what was typed could be such a code.
pub fn looks_like_one(typed: &str) -> bool {
    plain(typed).len() == LENGTH
}

fn plain(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    let upper = letters.map(|it| match it.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    upper.collect()
}

/// A code from random bytes.
pub fn spelt(chance: [u8; 32]) -> String {
    let mut code = String::new();
    // Spread over all letters, whatever gave the bytes.
    for (place, byte) in Sha256::digest(chance).iter().take(LENGTH).enumerate() {
        if place > 0 && place % 6 == 0 {
            code.push('-');
        }
        // Five bits of each byte, evenly: there are 32 letters.
        let letter = LETTERS.get(usize::from(byte % 32)).copied().unwrap_or(b'A');
        code.push(char::from(letter));
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let chance: [u8; 32] = std::array::from_fn(|place| u8::try_from(place * 7).unwrap());
        let code = spelt(chance);
        assert_eq!(code.len(), 27, "{code}");
        assert_eq!(digest(&code), digest(&code.to_lowercase().replace('-', " ")));
        assert_eq!(digest("OIL"), digest("011"));
        assert_ne!(digest(&code), digest(&spelt([3; 32])));
        assert!(looks_like_one(&code) && !looks_like_one("287082"));
    }
}
