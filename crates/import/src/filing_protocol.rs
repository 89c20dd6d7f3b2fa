//! A filing protocol from a TOML file, checked whole, and written back to the same.
//!
//! ```toml
//! name = "Filing protocol, to start from"
//! from = "2026-04-01"            # the first day on which it holds; may be left out
//!
//! [[kind]]
//! code = "court-order"
//! name = "Court order"
//! electronic = "Legal / Orders"
//! paper = "Section 3, legal"     # left out: not kept on paper
//! within = 1                     # working days from its date
//! ```

use jiff::civil::Date;
use quarterlight_domain::filing::protocol::{Kind, KindCode, Protocol};
use quarterlight_domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

use crate::toml_text;

/// The protocol that a new authority starts from and can replace, as TOML.
pub fn default_toml() -> &'static str {
    include_str!("../data/filing-protocol.toml")
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(rename = "kind", default)]
    kinds: Vec<KindOfFile>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindOfFile {
    code: String,
    name: String,
    electronic: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paper: Option<String>,
    within: u16,
}

/// Reads a protocol from TOML; the day given here, if any, is its first, whatever the file says.
///
/// # Errors
/// Refuses what is no TOML of this shape, saying where, a protocol without a first day, and one
/// that does not hold together, saying which kind is at fault.
pub fn from_toml(text: &str, from: Option<Date>) -> Result<Protocol, Refusal> {
    let file: File = toml_text::read("The filing protocol", text)?;
    let from = match (from, &file.from) {
        (Some(from), _) => from,
        (None, Some(text)) => text.parse().map_err(|_| {
            Refusal::because(format!("The first day “{text}” is not a day such as 2026-04-01."))
        })?,
        (None, None) => {
            return Err(Refusal::because("Say from which day the filing protocol holds."));
        }
    };
    let kinds = file.kinds.into_iter().map(|kind| {
        Ok(Kind {
            code: KindCode::new(&kind.code)
                .map_err(|refusal| Refusal::because(format!("“{}”: {refusal}", kind.code)))?,
            name: kind.name.trim().to_owned(),
            electronic: kind.electronic.trim().to_owned(),
            paper: kind.paper.map(|paper| paper.trim().to_owned()),
            within: kind.within,
        })
    });
    Protocol::new(&file.name, from, kinds.collect::<Result<_, Refusal>>()?)
}

/// Writes a protocol as TOML, which [`from_toml`] reads back to the same.
///
/// # Errors
/// Refuses what TOML cannot hold; no protocol does.
pub fn to_toml(protocol: &Protocol) -> Result<String, Refusal> {
    let kinds = protocol.kinds().iter().map(|kind| KindOfFile {
        code: kind.code.as_str().to_owned(),
        name: kind.name.clone(),
        electronic: kind.electronic.clone(),
        paper: kind.paper.clone(),
        within: kind.within,
    });
    let file = File {
        name: protocol.name().to_owned(),
        from: Some(protocol.from().to_string()),
        kinds: kinds.collect(),
    };
    toml::to_string(&file)
        .map_err(|_| Refusal::because("This filing protocol cannot be written as TOML."))
}
