//! Reads a part's XML once, byte by byte, and refuses what would harm the library that reads it next.
//!
//! `calamine` holds one tag or text in memory whatever its length, reserves room for as many texts
//! as a workbook says that it has, and counts a cell's letters without end. This looks first.

use crate::limits::Limits;
use crate::not_readable::NotReadable;

/// The longest text, comment or instruction; Excel allows 32,767 characters in a cell.
const LONGEST_TEXT: usize = 1_000_000;
/// The longest tag with its attributes.
const LONGEST_TAG: usize = 64_000;
/// The deepest nesting of tags; a worksheet needs about eight.
const DEEPEST: usize = 100;
/// The most of the things that are held in memory for a whole workbook: styles, names, sheets.
const MOST_HELD: u64 = 300_000;
/// The most texts that a workbook may announce, when it announces more than it has.
const MOST_ANNOUNCED: u64 = 2_000_000;

/// What the parts of one workbook hold together.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    texts: u64,
    held: u64,
    /// True if the workbook counts its dates from 1904, as those made on older Macs do.
    pub from_1904: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    Tag { quote: Option<u8> },
    Comment,
    Cdata,
}

/// Looks through the bytes of one part, in as many pieces as they come.
pub(crate) struct Scan<'a> {
    limits: &'a Limits,
    counts: &'a mut Counts,
    within: Within,
    tag: Vec<u8>,
    run: usize,
    tail: [u8; 2],
    depth: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(limits: &'a Limits, counts: &'a mut Counts) -> Self {
        let tag = Vec::with_capacity(256);
        Self { limits, counts, within: Within::Text, tag, run: 0, tail: [0; 2], depth: 0 }
    }

    /// Looks at the next piece.
    pub(crate) fn piece(&mut self, bytes: &[u8]) -> Result<(), NotReadable> {
        for byte in bytes {
            if *byte == 0 {
                return Err(NotReadable::Unsafe("text that is not in UTF-8"));
            }
            match self.within {
                Within::Text if *byte == b'<' => {
                    self.within = Within::Tag { quote: None };
                    self.tag.clear();
                    self.run = 0;
                }
                Within::Text => self.lengthen()?,
                Within::Tag { quote } => self.in_tag(*byte, quote)?,
                Within::Comment => self.until(*byte, *b"--")?,
                Within::Cdata => self.until(*byte, *b"]]")?,
            }
        }
        Ok(())
    }

    fn lengthen(&mut self) -> Result<(), NotReadable> {
        self.run += 1;
        if self.run > LONGEST_TEXT {
            return Err(NotReadable::TooLarge {
                what: "one text in it has more than a million characters".to_owned(),
            });
        }
        Ok(())
    }

    fn in_tag(&mut self, byte: u8, quote: Option<u8>) -> Result<(), NotReadable> {
        match (quote, byte) {
            (None, b'>') => {
                self.within = Within::Text;
                return self.end_of_tag();
            }
            (None, b'"' | b'\'') => self.within = Within::Tag { quote: Some(byte) },
            (Some(open), _) if open == byte => self.within = Within::Tag { quote: None },
            _ => {}
        }
        self.tag.push(byte);
        if self.tag.len() > LONGEST_TAG {
            return Err(NotReadable::Unsafe("a tag of enormous length"));
        }
        if self.tag.first() == Some(&b'!') {
            self.in_markup()?;
        }
        Ok(())
    }

    fn in_markup(&mut self) -> Result<(), NotReadable> {
        let opens = |mark: &[u8]| mark.starts_with(&self.tag);
        self.within = match self.tag.as_slice() {
            b"!--" => Within::Comment,
            b"![CDATA[" => Within::Cdata,
            _ if opens(b"!--") || opens(b"![CDATA[") => return Ok(()),
            _ => return Err(NotReadable::Unsafe("a document type declaration")),
        };
        self.tail = [0; 2];
        Ok(())
    }

    fn until(&mut self, byte: u8, end: [u8; 2]) -> Result<(), NotReadable> {
        if byte == b'>' && self.tail == end {
            self.within = Within::Text;
            self.run = 0;
            return Ok(());
        }
        let [_, last] = self.tail;
        self.tail = [last, byte];
        self.lengthen()
    }

    fn end_of_tag(&mut self) -> Result<(), NotReadable> {
        let tag = self.tag.as_slice();
        match tag {
            [b'?', ..] => return encoding(tag),
            [b'/', ..] => {
                self.depth = self.depth.saturating_sub(1);
                return Ok(());
            }
            [.., b'/'] => {}
            _ => self.depth += 1,
        }
        if self.depth > DEEPEST {
            return Err(NotReadable::Unsafe("tags within tags a hundred deep"));
        }
        match local_name(tag) {
            b"c" | b"row" => values(tag, b"r").try_for_each(cell_reference)?,
            b"si" => {
                self.counts.texts += 1;
                if self.counts.texts > self.limits.texts {
                    let most = self.limits.texts;
                    let what = format!("it has more than {most} different texts");
                    return Err(NotReadable::TooLarge { what });
                }
            }
            b"sst" => {
                let is_sound = |announced| {
                    let count = std::str::from_utf8(announced).ok().and_then(|it| it.parse().ok());
                    count.is_some_and(|count: u64| count <= MOST_ANNOUNCED)
                };
                if !values(tag, b"uniqueCount").all(is_sound) {
                    return Err(NotReadable::Unsafe("a false count of its texts"));
                }
            }
            b"workbookPr" => {
                let mut from_1904 = values(tag, b"date1904");
                self.counts.from_1904 |= from_1904.any(|it| matches!(it, b"1" | b"true"));
            }
            b"dimension" => values(tag, b"ref").try_for_each(dimension)?,
            b"sheet" | b"definedName" | b"Relationship" | b"numFmt" | b"font" | b"fill"
            | b"border" | b"xf" => {
                self.counts.held += 1;
                if self.counts.held > MOST_HELD {
                    let what = "it has hundreds of thousands of styles or names".to_owned();
                    return Err(NotReadable::TooLarge { what });
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// A tag's name without its namespace's prefix.
fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
    let name = tag.get(..end.unwrap_or(tag.len())).unwrap_or(tag);
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
}

/// A tag's attributes, as they are written between their quotes. Every one is given, as it may be
/// the first or the last of a name that the library takes; gaps between them are not asked for.
fn attributes(tag: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let start = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
    let mut rest = tag.get(start..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (key, value) = rest.split_at_checked(rest.iter().position(|byte| *byte == b'=')?)?;
        let (quote, value) = value.get(1..)?.trim_ascii_start().split_first()?;
        let end = value.iter().position(|byte| byte == quote)?;
        rest = value.get(end + 1..)?;
        Some((key.trim_ascii(), value.get(..end)?))
    })
}

/// The values of the attributes of one name.
fn values<'t>(tag: &'t [u8], name: &'static [u8]) -> impl Iterator<Item = &'t [u8]> {
    attributes(tag).filter(move |(key, _)| *key == name).map(|(_, value)| value)
}

/// Excel's last cell is XFD1048576; a reference far longer makes its reader overflow.
fn cell_reference(reference: &[u8]) -> Result<(), NotReadable> {
    let letters = reference.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters > 3 || reference.len() - letters > 7 {
        return Err(NotReadable::Damaged("a cell is beyond the last that a sheet can have".into()));
    }
    Ok(())
}

fn dimension(range: &[u8]) -> Result<(), NotReadable> {
    let mut ends = range.splitn(2, |byte| *byte == b':');
    let first = ends.next().unwrap_or_default();
    let last = ends.next().unwrap_or(first);
    cell_reference(first)?;
    cell_reference(last)?;
    let position = |end: &[u8]| {
        let letters = end.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (column, row) = end.split_at_checked(letters).unwrap_or_default();
        let row = std::str::from_utf8(row).ok().and_then(|row| row.parse::<u32>().ok());
        (column.len(), column.to_ascii_uppercase(), row)
    };
    let (width, column, row) = position(first);
    let (last_width, last_column, last_row) = position(last);
    if (width, column) > (last_width, last_column) || row > last_row {
        return Err(NotReadable::Damaged("a sheet says that it ends before it begins".into()));
    }
    Ok(())
}

/// Spreadsheet programs write UTF-8. Anything else would be read otherwise than it was looked at.
fn encoding(instruction: &[u8]) -> Result<(), NotReadable> {
    let is_plain = |named: &[u8]| {
        named.eq_ignore_ascii_case(b"utf-8") || named.eq_ignore_ascii_case(b"us-ascii")
    };
    if values(instruction, b"encoding").all(is_plain) {
        Ok(())
    } else {
        Err(NotReadable::Unsafe("text that is not in UTF-8"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(xml: &str) -> Result<Counts, NotReadable> {
        let limits = Limits { texts: 3, ..Limits::default() };
        let mut counts = Counts::default();
        let mut scan = Scan::new(&limits, &mut counts);
        // In pieces of seven bytes, so that every state is met at the edge of a piece.
        for piece in xml.as_bytes().chunks(7) {
            scan.piece(piece)?;
        }
        Ok(counts)
    }

    #[test]
    fn ordinary_xml_passes() {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><x:worksheet xmlns:x='a>b'>\
                   <!-- <!DOCTYPE is only words here --><dimension ref=\"A1:D9\"/>\
                   <row r=\"1\"><c r=\"XFD1048576\" t=\"s\"><v>1</v></c><c/></row>\
                   <![CDATA[ <!DOCTYPE too ]]></x:worksheet>";
        assert!(scan(xml).is_ok());
    }

    #[test]
    fn what_would_harm_the_reader_is_refused() {
        for xml in [
            "<!DOCTYPE a><a/>".to_owned(),
            "<!ENTITY a 'b'>".to_owned(),
            "<a>\0</a>".to_owned(),
            "<?xml version='1.0' encoding='utf-16'?>".to_owned(),
            "<sst uniqueCount=\"99999999999999\">".to_owned(),
            "<sst uniqueCount = 'many'>".to_owned(),
            "<c r=\"AAAAAAAA1\"/>".to_owned(),
            "<row spans='1:2' r=\"99999999999\"/>".to_owned(),
            "<c r='A1'r = 'AAAAAAAA1'/>".to_owned(),
            "<dimension ref=\"B5:A1\"/>".to_owned(),
            "<si/><si/><si/><si/>".to_owned(),
            "<a>".repeat(DEEPEST + 1),
            format!("<a>{}</a>", "b".repeat(LONGEST_TEXT + 1)),
            format!("<!--{}", "b".repeat(LONGEST_TEXT + 1)),
            format!("<a b='{}'/>", "b".repeat(LONGEST_TAG)),
        ] {
            assert!(scan(&xml).is_err(), "{xml:.60}");
        }
    }

    #[test]
    fn dates_from_1904_are_noticed() {
        assert!(scan("<workbookPr codeName='x' date1904=\"1\"/>").unwrap().from_1904);
        assert!(!scan("<workbookPr date1904=\"0\"/>").unwrap().from_1904);
    }
}
