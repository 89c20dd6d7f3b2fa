//! The characters of a file of XML, in whatever encoding it says that it is in.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use crate::limits::Limits;
use crate::xml_events::{Broken, begin};

/// The text of a file, in whatever encoding it says that it is in.
pub(crate) fn text<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Cow<'b, str>, Broken> {
    if bytes.len() > limits.file_bytes {
        let most = limits.file_bytes / 1_000_000;
        return Err(Broken::TooLarge(format!("the file has more than {most} MB")));
    }
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((declared(bytes)?, 0));
    let bytes = bytes.get(mark..).unwrap_or_default();
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        let what = format!("it is not in {}, as it says that it is", encoding.name());
        return Err(Broken::Damaged { what, line: 1 });
    };
    if text.contains('\0') {
        return Err(Broken::Unsafe("characters that no text has"));
    }
    match text.trim_start().chars().next() {
        None => Err(Broken::Empty),
        Some('<') => Ok(text),
        Some(_) => Err(Broken::NotXml),
    }
}

/// The encoding that the declaration names, or UTF-8. UTF-16 without its mark cannot be told.
fn declared(bytes: &[u8]) -> Result<&'static Encoding, Broken> {
    let start = bytes.get(..200).unwrap_or(bytes);
    let Some(declaration) =
        start.starts_with(b"<?xml").then(|| start.split(|byte| *byte == b'>').next()).flatten()
    else {
        return Ok(UTF_8);
    };
    let declaration = String::from_utf8_lossy(declaration);
    let Some((_, after)) = declaration.split_once("encoding") else { return Ok(UTF_8) };
    let name = after.split(['"', '\'']).nth(1).unwrap_or_default();
    match Encoding::for_label(name.as_bytes()) {
        Some(encoding) if encoding.is_ascii_compatible() => Ok(encoding),
        // The declaration was read byte by byte, so it is not in UTF-16 whatever it says.
        Some(_) => Err(Broken::Damaged { what: format!("it says {name} and is not"), line: 1 }),
        None => Err(Broken::Damaged { what: "its encoding is not known".to_owned(), line: 1 }),
    }
}

/// True if a file begins with this element and, within the first of it, has this collection.
pub(crate) fn begins_with(bytes: &[u8], first: &str, collection: Option<&str>) -> bool {
    let start = bytes.get(..bytes.len().min(8_000)).unwrap_or_default();
    // A file is cut in the middle of a letter here, and read whole later.
    let (start, _, _) =
        Encoding::for_bom(start).map_or(UTF_8, |(encoding, _)| encoding).decode(start);
    if begin(&start, first).is_err() {
        return false;
    }
    let plain: String = start.chars().filter(|c| !c.is_whitespace()).collect();
    collection.is_none_or(|name| plain.contains(&format!("<Collection>{name}</Collection>")))
}
