//! How the formats write a number: ASCII digits without sign or leading zero.

/// The number that a text holds, if it is written in the one allowed way.
pub(crate) fn parse(text: &str) -> Option<u64> {
    // Writing it again catches "+7" and "007", which Rust reads as seven.
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}
