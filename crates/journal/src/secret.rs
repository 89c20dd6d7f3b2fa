//! A secret key as one line of text, in the form in which other signed-note programs keep theirs.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::key::{KeyError, Scheme};

const PREFIX: &str = "PRIVATE+KEY+";

/// The line: `PRIVATE+KEY+name+identifier+base64`, where the bytes are the scheme and then the seed.
pub(crate) fn text(name: &str, id: [u8; 4], scheme: Scheme, seed: &[u8; 32]) -> String {
    let bytes = [&[scheme as u8], seed.as_slice()].concat();
    let id = u32::from_be_bytes(id);
    format!("{PREFIX}{name}+{id:08x}+{}", BASE64_STANDARD.encode(bytes))
}

/// Reads the line back: the name, the identifier as it is written, and the seed.
pub(crate) fn parse(text: &str, wanted: Scheme) -> Result<(&str, &str, [u8; 32]), KeyError> {
    let rest = text.trim().strip_prefix(PREFIX).ok_or(KeyError::Format)?;
    let [name, id, key] =
        rest.splitn(3, '+').collect::<Vec<_>>().try_into().map_err(|_| KeyError::Format)?;
    let bytes = BASE64_STANDARD.decode(key).map_err(|_| KeyError::Format)?;
    let (&scheme, seed) = bytes.split_first().ok_or(KeyError::Format)?;
    if scheme != wanted as u8 {
        return Err(KeyError::Scheme);
    }
    Ok((name, id, seed.try_into().map_err(|_| KeyError::Format)?))
}
