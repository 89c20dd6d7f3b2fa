//! TOML that people write, read whole or refused with its line.

use quarterlight_domain::refusal::Refusal;
use serde::de::DeserializeOwned;

/// The most bytes that such a file may have.
const LARGEST: usize = 1024 * 1024;

/// Reads a file of this shape; `what` begins the sentence if it cannot be read.
pub(crate) fn read<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, Refusal> {
    if text.len() > LARGEST {
        return Err(Refusal::because(format!("{what} cannot be read. The file is over 1 MB.")));
    }
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| 1 + text.get(..span.start).unwrap_or(text).matches('\n').count());
        let why = error.message().lines().next().unwrap_or("it is not TOML");
        Refusal::because(format!("{what} cannot be read. Line {line}: {why}."))
    })
}
