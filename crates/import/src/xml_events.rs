//! A statutory return in XML, one element at a time: never the whole tree, and never more than the limits.
//!
//! The returns are data and nothing else: no document type, no entity of their own, no deep nesting
//! and no long texts. What has any of these is refused. What is only untidy (text between elements,
//! elements that nobody knows) is given to the reader of the return, who counts it and goes on.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::limits::Limits;

/// The deepest nesting of elements; the returns need seven.
const DEEPEST: usize = 32;
/// The longest text of one element, in bytes.
const LONGEST_TEXT: usize = 20_000;
/// The longest tag with its attributes, in bytes; the returns have no attributes.
const LONGEST_TAG: usize = 4_000;
/// The longest run of blanks, comment or instruction, in bytes.
const LONGEST_GAP: usize = 1_000_000;

/// Why a file cannot be read as XML, or cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Broken {
    /// No bytes, or nothing but blanks.
    Empty,
    /// It does not begin as XML does.
    NotXml,
    /// It is not the XML that it should be, from this line on.
    Damaged {
        /// What is wrong, as a clause.
        what: String,
        /// The line, from 1.
        line: u32,
    },
    /// It holds what no case system writes into a return.
    Unsafe(&'static str),
    /// There is too much of something.
    TooLarge(String),
    /// It is XML, and another file than it should be; the clause says how that is seen.
    Another(String),
}

/// Refuses a file whose first element is another.
pub(crate) fn begin(source: &str, first: &str) -> Result<(), Broken> {
    let mut elements = Elements::new(source, &Limits::default());
    match elements.next()? {
        Some(Step::Open(name)) if name == first => Ok(()),
        Some(Step::Open(name)) => {
            let name = shown(name);
            Err(Broken::Another(format!("its first element is {name} and not {first}")))
        }
        _ => Err(Broken::Empty),
    }
}

/// One step through the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step<'x> {
    /// An element begins.
    Open(&'x str),
    /// An element ends.
    Close {
        /// Its name, without a namespace's prefix.
        name: &'x str,
        /// The text that stands in it, without the space around it.
        text: Cow<'x, str>,
        /// True if there is no element in it. Text in one that has elements is out of place.
        is_leaf: bool,
        /// The line on which it began, from 1.
        line: u32,
    },
}

/// The elements of a file, in their order.
pub(crate) struct Elements<'x> {
    source: &'x str,
    reader: Reader<&'x [u8]>,
    open: Vec<Open<'x>>,
    /// The element that ended with the tag that opened it, as `<DEC />` does.
    ends_at_once: bool,
    line: u32,
    counted_to: usize,
    seen: usize,
    most: usize,
}

struct Open<'x> {
    name: &'x str,
    line: u32,
    text: Cow<'x, str>,
    is_leaf: bool,
}

impl<'x> Elements<'x> {
    pub(crate) fn new(source: &'x str, limits: &Limits) -> Self {
        let mut reader = Reader::from_str(source);
        reader.config_mut().allow_dangling_amp = true;
        Self {
            source,
            reader,
            open: Vec::with_capacity(DEEPEST),
            ends_at_once: false,
            line: 1,
            counted_to: 0,
            seen: 0,
            most: limits.cells,
        }
    }

    /// The line on which the last tag began, from 1.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    /// The next step; none at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Step<'x>>, Broken> {
        if self.ends_at_once {
            self.ends_at_once = false;
            return self.close().map(Some);
        }
        loop {
            let from = self.position();
            let event = self.reader.read_event();
            let to = self.position();
            self.count_lines(from);
            let event = event.map_err(|error| self.damaged(error.to_string()))?;
            let piece = self.source.get(from..to).unwrap_or_default();
            match event {
                Event::Start(_) => return self.begin(piece).map(Some),
                Event::Empty(_) => {
                    self.ends_at_once = true;
                    return self.begin(piece).map(Some);
                }
                Event::End(_) => return self.close().map(Some),
                Event::Text(_) => self.append(piece)?,
                Event::CData(data) => {
                    let text = data.into_inner();
                    self.append_owned(&text)?;
                }
                Event::GeneralRef(reference) => {
                    let resolved = reference.resolve_char_ref().ok().flatten();
                    let text = match (resolved, &*reference) {
                        (Some(character), _) if character != '\0' => character.to_string(),
                        (None, "amp") => "&".to_owned(),
                        (None, "lt") => "<".to_owned(),
                        (None, "gt") => ">".to_owned(),
                        (None, "quot") => "\"".to_owned(),
                        (None, "apos") => "'".to_owned(),
                        _ => return Err(Broken::Unsafe("an entity of its own")),
                    };
                    self.append_owned(&text)?;
                }
                Event::DocType(_) => return Err(Broken::Unsafe("a document type declaration")),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {
                    if piece.len() > LONGEST_GAP {
                        return Err(Broken::TooLarge(
                            "a comment in it has a million letters".into(),
                        ));
                    }
                }
                Event::Eof => {
                    return match self.open.last() {
                        Some(open) => {
                            let what = format!("it ends before <{}> does", shown(open.name));
                            Err(Broken::Damaged { what, line: open.line })
                        }
                        None if self.seen == 0 => Err(Broken::Empty),
                        None => Ok(None),
                    };
                }
            }
        }
    }

    fn begin(&mut self, tag: &'x str) -> Result<Step<'x>, Broken> {
        if tag.len() > LONGEST_TAG {
            return Err(Broken::Unsafe("a tag of enormous length"));
        }
        if self.open.is_empty() && self.seen > 0 {
            return Err(self.damaged("something follows its last element".to_owned()));
        }
        self.seen += 1;
        if self.seen > self.most {
            return Err(Broken::TooLarge(format!("it has more than {} elements", self.most)));
        }
        if self.open.len() >= DEEPEST {
            return Err(Broken::Unsafe("elements within elements dozens deep"));
        }
        let inside = tag.strip_prefix('<').unwrap_or(tag);
        let end = inside.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
        let name = inside.get(..end.unwrap_or(inside.len())).unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or(name);
        if let Some(outer) = self.open.last_mut() {
            outer.is_leaf = false;
        }
        self.open.push(Open { name, line: self.line, text: Cow::Borrowed(""), is_leaf: true });
        Ok(Step::Open(name))
    }

    fn close(&mut self) -> Result<Step<'x>, Broken> {
        let Some(Open { name, line, text, is_leaf }) = self.open.pop() else {
            return Err(self.damaged("an element ends that has not begun".to_owned()));
        };
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        Ok(Step::Close { name, text, is_leaf, line })
    }

    /// Adds text to the element that is open. Blanks between elements are nothing.
    fn append(&mut self, piece: &'x str) -> Result<(), Broken> {
        if piece.len() > LONGEST_GAP {
            return Err(Broken::TooLarge("one text in it has a million letters".to_owned()));
        }
        let is_blank = piece.trim_ascii().is_empty();
        match self.open.last_mut() {
            _ if is_blank => Ok(()),
            None => Err(self.damaged("text stands outside its elements".to_owned())),
            Some(open) if open.text.is_empty() => {
                open.text = Cow::Borrowed(piece);
                bounded(&open.text)
            }
            Some(_) => self.append_owned(piece),
        }
    }

    fn append_owned(&mut self, piece: &str) -> Result<(), Broken> {
        let Some(open) = self.open.last_mut() else {
            return Err(self.damaged("text stands outside its elements".to_owned()));
        };
        open.text.to_mut().push_str(piece);
        bounded(&open.text)
    }

    fn damaged(&self, what: String) -> Broken {
        Broken::Damaged { what, line: self.line }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn count_lines(&mut self, to: usize) {
        let passed = self.source.get(self.counted_to..to).unwrap_or_default();
        let lines = passed.matches('\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted_to = to.max(self.counted_to);
    }
}

fn bounded(text: &str) -> Result<(), Broken> {
    if text.len() > LONGEST_TEXT {
        return Err(Broken::TooLarge(format!(
            "one text in it has more than {LONGEST_TEXT} letters"
        )));
    }
    Ok(())
}

/// A name from the file, short enough for a sentence.
pub(crate) fn shown(name: &str) -> String {
    let mut short: String = name.chars().take(40).collect();
    if name.chars().count() > 40 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml_text::text;

    fn walk(bytes: &[u8]) -> Result<Vec<String>, Broken> {
        let limits = Limits { cells: 100, file_bytes: 5_000_000, ..Limits::default() };
        let source = text(bytes, &limits)?;
        let mut elements = Elements::new(&source, &limits);
        let mut steps = Vec::new();
        while let Some(step) = elements.next()? {
            steps.push(match step {
                Step::Open(name) => format!("+{name}"),
                Step::Close { name, text, is_leaf, line } => {
                    format!("-{name}@{line}{}{text}", if is_leaf { "=" } else { "~" })
                }
            });
        }
        Ok(steps)
    }

    #[test]
    fn elements_come_with_their_text_and_their_line() {
        let xml = "<?xml version='1.0'?>\n<a>\n <x:b>1 &amp; 2&#33;</x:b>stray\n<c k='>' />\n</a>";
        assert_eq!(
            walk(xml.as_bytes()).unwrap(),
            ["+a", "+b", "-b@3=1 & 2!", "+c", "-c@4=", "-a@2~stray"]
        );
        assert_eq!(walk(b"<a><![CDATA[<b>]]> c</a>").unwrap(), ["+a", "-a@1=<b> c"]);
    }

    #[test]
    fn other_encodings_are_read_or_said() {
        let utf16: Vec<u8> =
            "\u{feff}<a>\u{e9}</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let expected = Ok(vec!["+a".to_owned(), "-a@1=\u{e9}".to_owned()]);
        assert_eq!(walk(&utf16), expected);
        assert_eq!(walk(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>"), expected);
        assert!(matches!(walk(b"<a>\xe9</a>"), Err(Broken::Damaged { .. })));
        assert!(matches!(walk(b"<?xml encoding='utf-16'?><a/>"), Err(Broken::Damaged { .. })));
        assert!(matches!(walk(b"<?xml encoding='klingon'?><a/>"), Err(Broken::Damaged { .. })));
        assert!(walk(&utf16[2..]).is_err());
        assert!(matches!(walk(b"<a>\0</a>"), Err(Broken::Unsafe(_))));
        assert_eq!(walk(b"CHILD,DOB"), Err(Broken::NotXml));
        assert_eq!(walk(b" \n"), Err(Broken::Empty));
    }

    #[test]
    fn what_would_harm_is_refused() {
        for xml in [
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".to_owned(),
            "<a>&b;</a>".to_owned(),
            "<a>\0</a>".to_owned(),
            "<a>&#0;</a>".to_owned(),
            "<a>".repeat(DEEPEST + 1),
            "<a>".to_owned() + &"<b/>".repeat(101) + "</a>",
            format!("<a>{}</a>", "b".repeat(LONGEST_TEXT + 1)),
            format!("<a>{}</a>", "&amp;".repeat(LONGEST_TEXT + 1)),
            format!("<a b='{}'/>", "b".repeat(LONGEST_TAG)),
            format!("<a>{}</a>", " ".repeat(LONGEST_GAP + 1)),
            format!("<!--{}--><a/>", " ".repeat(LONGEST_GAP + 1)),
            " ".repeat(5_000_001),
            "<a><b></a>".to_owned(),
            "<a></a></a>".to_owned(),
            "<a/><a/>".to_owned(),
            "<a/>b".to_owned(),
            "<a><b>1</b>".to_owned(),
            "<a".to_owned(),
            "<?xml version='1.0'?>".to_owned(),
        ] {
            assert!(walk(xml.as_bytes()).is_err(), "{xml:.60}");
        }
    }

    #[test]
    fn what_is_not_closed_is_said_with_its_line() {
        let expected = Broken::Damaged { what: "it ends before <b> does".to_owned(), line: 2 };
        assert_eq!(walk(b"<a>\n<b>\n"), Err(expected));
    }
}
