//! One-time codes (RFC 6238): six digits, half a minute each, from a secret that the person's telephone has too.

use jiff::Timestamp;
use qrcode::{Color, EcLevel, QrCode};
use quarterlight_domain::id::PersonId;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::key::SecretKey;

/// How many bytes a secret has: what RFC 4226 advises.
const LENGTH: usize = 20;

/// Light squares around the dark ones, as readers need them.
const MARGIN: usize = 4;

/// A secret that somebody is about to take into their telephone, and the same one sealed.
pub struct NewCodes {
    /// The secret as text, to be typed where no camera is.
    pub words: String,
    /// What the camera reads.
    pub picture: String,
    /// The secret, sealed for this person.
    pub sealed: Vec<u8>,
}

/// A new secret for somebody; none if it could not be sealed.
pub fn propose(
    key: &SecretKey,
    (person, email, site): (PersonId, &str, &str),
    chance: ([u8; 32], [u8; 32]),
) -> Option<NewCodes> {
    let sealed = key.seal(&purpose(person), chance.0.get(..LENGTH)?, chance.1)?;
    shown(key, (person, email, site), sealed)
}

/// The secret that was proposed before, to be shown again.
pub fn shown(
    key: &SecretKey,
    (person, email, site): (PersonId, &str, &str),
    sealed: Vec<u8>,
) -> Option<NewCodes> {
    let secret = key.open(&purpose(person), &sealed)?;
    let words = totp(secret)?.secret().to_base32();
    let issuer = encoded(site);
    let address = format!(
        "otpauth://totp/{issuer}:{}?secret={words}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
        encoded(email)
    );
    Some(NewCodes { picture: picture(&address)?, words: in_fours(&words), sealed })
}

/// The half minute whose code this is, at this moment or half a minute around it; none if it is none.
pub fn step(
    key: &SecretKey,
    person: PersonId,
    sealed: &[u8],
    typed: &str,
    at: Timestamp,
) -> Option<u64> {
    let secret = key.open(&purpose(person), sealed)?;
    let typed: String = typed.chars().filter(|it| !it.is_whitespace()).collect();
    totp(secret)?.check(&typed, u64::try_from(at.as_second()).ok()?)
}

fn purpose(person: PersonId) -> String {
    format!("one-time codes of person {person}")
}

fn totp(secret: Vec<u8>) -> Option<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(Secret::new(secret.into_boxed_slice()))
        .build()
        .ok()
}

fn in_fours(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn encoded(words: &str) -> String {
    words.bytes().fold(String::new(), |text, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
            text + char::from(byte).encode_utf8(&mut [0; 4])
        }
        byte => format!("{text}%{byte:02X}"),
    })
}

/// The dark squares of the picture, as the path of an SVG; and how wide it is.
fn picture(words: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(words, EcLevel::M).ok()?;
    let (width, colours) = (code.width(), code.to_colors());
    let side = width + 2 * MARGIN;
    let dark = colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark);
    let path = dark.fold(String::new(), |path, (place, _)| {
        format!("{path}M{} {}h1v1h-1z", place % width + MARGIN, place / width + MARGIN)
    });
    Some(format!(
        "<svg class=\"quarterlight-qr\" role=\"img\" aria-label=\"The secret, for the camera of a telephone. It stands below as text.\" viewBox=\"0 0 {side} {side}\" width=\"240\" height=\"240\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: PersonId = PersonId(3);

    fn sealed(key: &SecretKey, secret: &[u8]) -> Vec<u8> {
        key.seal(&purpose(WHO), secret, [5; 32]).unwrap()
    }

    /// The appendix of RFC 6238, whose codes have eight digits; the last six of them are ours.
    #[test]
    fn codes_are_those_of_the_standard() {
        let key = SecretKey::new([7; 32]);
        let sealed = sealed(&key, b"12345678901234567890");
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = Timestamp::from_second(seconds).unwrap();
            let found = step(&key, WHO, &sealed, code, at);
            assert_eq!(found, Some(u64::try_from(seconds).unwrap() / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_holds_for_the_half_minutes_around_its_own() {
        let key = SecretKey::new([7; 32]);
        let sealed = sealed(&key, b"12345678901234567890");
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let code = |seconds| step(&key, WHO, &sealed, " 287 082 ", at(seconds));
        assert_eq!((code(29), code(59), code(89)), (Some(1), Some(1), Some(1)));
        assert_eq!((code(90), code(150)), (None, None));
        assert_eq!(step(&key, PersonId(4), &sealed, "287082", at(59)), None, "another’s");
        for wrong in ["", "287083", "28708", "2870822", "abcdef"] {
            assert_eq!(step(&key, WHO, &sealed, wrong, at(59)), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_shown_as_picture_and_text_and_kept_sealed() {
        let key = SecretKey::new([7; 32]);
        let asks = (WHO, "priya.anand@larkmoor.example", "Quarterlight Larkmoor");
        let codes = propose(&key, asks, ([1; 32], [2; 32])).unwrap();
        assert_eq!(codes.words.replace(' ', "").len(), 32);
        assert!(codes.picture.starts_with("<svg") && !codes.picture.contains("style"));
        let again = shown(&key, asks, codes.sealed).unwrap();
        assert_eq!((again.words, again.picture), (codes.words, codes.picture));
    }
}
