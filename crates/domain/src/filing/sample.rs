//! A small protocol for the tests of this folder.

use jiff::civil::Date;

use super::protocol::{Held, Kind, KindCode, Protocol};
use crate::id::FilingProtocolId;

/// A kind that is filed within so many working days.
pub(crate) fn kind(code: &str, within: u16) -> Kind {
    let mut name = code.to_owned();
    if let Some(first) = name.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    Kind {
        code: KindCode::new(code).unwrap(),
        name,
        electronic: format!("Documents / {code}"),
        paper: Some("Section 4".to_owned()),
        within,
    }
}

/// A protocol from a day, with letters.
pub(crate) fn held(id: i64, from: Date, within: u16) -> Held {
    let protocol = Protocol::new("Ours", from, vec![kind("letter", within)]).unwrap();
    Held { id: FilingProtocolId(id), protocol }
}
