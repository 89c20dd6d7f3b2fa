//! Turns the bytes of a text into characters, whichever of four encodings wrote them.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes of the beginning that are looked at to tell UTF-16 without its mark.
const LOOKED_AT: usize = 4_096;

/// The text of a file. A byte order mark decides; without one, text that is whole as UTF-8 is
/// UTF-8, text in which every other byte is zero is UTF-16, and the rest is Windows-1252, which has
/// a character for every byte.
pub(crate) fn text(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return text.into_owned();
    }
    let encoding = utf_16_without_mark(bytes)
        .unwrap_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// English written as UTF-16 has a zero in nearly every pair of bytes, always on the same side.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default().as_chunks::<2>();
    let zeros = |side: fn(&[u8; 2]) -> bool| pairs.iter().filter(|pair| side(pair)).count();
    let (first, second) = (zeros(|[one, _]| *one == 0), zeros(|[_, two]| *two == 0));
    let most = pairs.len() / 10 * 8;
    if pairs.len() < 4 {
        None
    } else if second > most && first <= pairs.len() / 10 {
        Some(UTF_16LE)
    } else if first > most && second <= pairs.len() / 10 {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "Child ID,Worker\r\n1,Zoë Lund’s\r\n";

    fn utf_16(bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        WRITTEN.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let with_mark = |mark: &[u8], text: Vec<u8>| [mark.to_vec(), text].concat();
        for bytes in [
            WRITTEN.as_bytes().to_vec(),
            with_mark(b"\xEF\xBB\xBF", WRITTEN.as_bytes().to_vec()),
            with_mark(b"\xFF\xFE", utf_16(u16::to_le_bytes)),
            with_mark(b"\xFE\xFF", utf_16(u16::to_be_bytes)),
            utf_16(u16::to_le_bytes),
            utf_16(u16::to_be_bytes),
            WINDOWS_1252.encode(WRITTEN).0.into_owned(),
        ] {
            assert_eq!(text(&bytes), WRITTEN, "{bytes:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_still_become_characters() {
        assert_eq!(text(b"\xEF\xBB\xBFa\xFFb"), "a\u{fffd}b");
        assert_eq!(text(b"\xFF\xFE\x00\xD8"), "\u{fffd}");
        assert_eq!(text(b""), "");
    }
}
