//! What a file is by its first bytes, whatever its name says.

use crate::limits::Limits;
use crate::not_readable::NotReadable;

/// Passes what begins as a zip archive does, and says what everything else is.
pub(crate) fn is_zip(bytes: &[u8], limits: &Limits) -> Result<(), NotReadable> {
    is_within(bytes, limits)?;
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(());
    }
    Err(other_kind(bytes))
}

/// Passes what begins as text does, and says what everything else is.
pub(crate) fn is_text(bytes: &[u8], limits: &Limits) -> Result<(), NotReadable> {
    is_within(bytes, limits)?;
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(NotReadable::AnotherArchive);
    }
    match other_kind(bytes) {
        NotReadable::Text => Ok(()),
        other => Err(other),
    }
}

/// Refuses a file with nothing in it, and one that is larger than may be.
pub(crate) fn is_within(bytes: &[u8], limits: &Limits) -> Result<(), NotReadable> {
    if bytes.is_empty() {
        return Err(NotReadable::Empty);
    }
    if bytes.len() > limits.file_bytes {
        let most = limits.file_bytes / 1_000_000;
        return Err(NotReadable::TooLarge { what: format!("the file has more than {most} MB") });
    }
    Ok(())
}

fn other_kind(bytes: &[u8]) -> NotReadable {
    if bytes.starts_with(b"PK\x05\x06") {
        return NotReadable::AnotherArchive;
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return compound_file(bytes);
    }
    if bytes.starts_with(b"%PDF") {
        return NotReadable::AnotherFile("a PDF document");
    }
    // BIFF 2 to 5 workbooks have no compound file around them.
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, ..]) {
        return NotReadable::OlderExcel;
    }
    let start = start_as_text(bytes);
    let holds = |mark: &str| start.contains(mark);
    if start.starts_with('<') || holds("<html") || holds("<table") || holds("<!doctype html") {
        let is_page = ["<html", "<table", "<!doctype html", "<head", "<body"];
        if is_page.into_iter().any(holds) {
            return NotReadable::WebPage;
        }
        return NotReadable::Xml;
    }
    if holds("content-type: multipart") || holds("mime-version:") {
        return NotReadable::WebPage;
    }
    if looks_like_text(&start) {
        return NotReadable::Text;
    }
    NotReadable::AnotherFile("a file of an unknown kind")
}

/// A compound file is either an encrypted new workbook or an old one; its directory names which.
fn compound_file(bytes: &[u8]) -> NotReadable {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") || holds("EncryptionInfo") {
        NotReadable::PasswordProtected
    } else if holds("Workbook") || holds("Book") {
        NotReadable::OlderExcel
    } else if holds("WordDocument") {
        NotReadable::AnotherFile("a Word document")
    } else {
        NotReadable::AnotherFile("an Office file of the older kind")
    }
}

/// The first of the file as text in small letters, whether it is UTF-8, Windows-1252 or UTF-16.
fn start_as_text(bytes: &[u8]) -> String {
    let start: Vec<u8> = bytes.iter().copied().take(4_096).filter(|byte| *byte != 0).collect();
    let start = match start.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] | [0xFF, 0xFE, rest @ ..] | [0xFE, 0xFF, rest @ ..] => rest,
        whole => whole,
    };
    String::from_utf8_lossy(start).trim_start().to_lowercase()
}

fn looks_like_text(start: &str) -> bool {
    let strange =
        start.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')).count();
    !start.is_empty() && strange == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> NotReadable {
        is_zip(bytes, &Limits::default()).unwrap_err()
    }

    fn compound(stream: &str) -> Vec<u8> {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.extend([0; 600]);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.extend([0; 600]);
        bytes
    }

    #[test]
    fn every_kind_of_file_is_told_from_its_bytes() {
        assert_eq!(kind(b""), NotReadable::Empty);
        assert_eq!(kind(&compound("EncryptedPackage")), NotReadable::PasswordProtected);
        assert_eq!(kind(&compound("Workbook")), NotReadable::OlderExcel);
        assert_eq!(kind(b"Child Unique ID,Gender\r\n1,M\r\n"), NotReadable::Text);
        assert_eq!(kind(b"\xFF\xFEC\0h\0i\0l\0d\0,\0"), NotReadable::Text);
        assert_eq!(kind(b"  <HTML><table>"), NotReadable::WebPage);
        assert_eq!(kind(b"<?xml version='1.0'?><Workbook/>"), NotReadable::Xml);
        assert!(matches!(kind(b"%PDF-1.7"), NotReadable::AnotherFile(_)));
        assert!(matches!(kind(&[1, 2, 3, 4]), NotReadable::AnotherFile(_)));
        assert!(is_zip(b"PK\x03\x04", &Limits::default()).is_ok());
    }

    #[test]
    fn a_file_over_the_limit_is_refused_by_its_size() {
        let limits = Limits { file_bytes: 3, ..Limits::default() };
        assert!(matches!(is_zip(b"PK\x03\x04", &limits), Err(NotReadable::TooLarge { .. })));
    }
}
