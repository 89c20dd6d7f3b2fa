//! The blocks of a statutory return in XML: an element with its fields, given when it ends.
//!
//! A return says beforehand which blocks it has, where they stand and which fields they hold. Every
//! element of a file is counted: used, not needed, or unknown. So nothing is lost unseen, and a
//! whole return is never held in memory.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::limits::Limits;
use crate::xml_events::{Broken, Elements, Step, shown};

/// One kind of block.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The element's name.
    pub name: &'static str,
    /// The element that it stands in; blank for the outermost.
    pub within: &'static str,
    /// The fields in it that are used.
    pub read: &'static [&'static str],
    /// The fields in it that are known and not needed.
    pub not_needed: &'static [&'static str],
}

/// A block with the fields that are used, in the order of the file.
#[derive(Debug)]
pub(crate) struct Block<'x> {
    /// The element's name.
    pub name: &'static str,
    /// The line on which it begins, from 1.
    pub line: u32,
    fields: Vec<Field<'x>>,
}

/// One field of a block.
#[derive(Debug)]
pub(crate) struct Field<'x> {
    /// Its name.
    pub name: &'static str,
    /// What it says; never blank.
    pub text: Cow<'x, str>,
    /// The line on which it stands, from 1.
    pub line: u32,
}

impl<'x> Block<'x> {
    /// The first field of this name that is not blank.
    pub(crate) fn field(&self, name: &str) -> Option<&Field<'x>> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What the field says; blank where it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.field(name).map_or("", |field| &field.text)
    }

    /// Every field that is not blank.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Field<'x>> {
        self.fields.iter()
    }

    /// Every field of this name that is not blank.
    pub(crate) fn fields(&self, name: &'static str) -> impl Iterator<Item = &Field<'x>> {
        self.fields.iter().filter(move |field| field.name == name)
    }
}

/// What became of the elements of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ElementCount {
    /// Every element of the file.
    pub all: usize,
    /// Blocks and fields that were used.
    pub used: usize,
    /// Fields that are known and not needed, by name.
    pub not_needed: BTreeMap<&'static str, usize>,
    /// Elements that the return does not have, or not there, by name.
    pub unknown: BTreeMap<String, usize>,
    /// Blocks with text between their elements.
    pub with_stray_text: usize,
    /// The line of the first such block.
    pub first_stray: Option<u32>,
}

/// The most names of unknown elements that are told apart; the rest are counted together.
const MOST_NAMES: usize = 50;
/// The most fields of one block.
const MOST_FIELDS: usize = 10_000;

impl ElementCount {
    /// Elements that were not used, in a sentence.
    pub(crate) fn others(&self) -> Option<String> {
        let known: usize = self.not_needed.values().sum();
        let unknown: usize = self.unknown.values().sum();
        if known + unknown == 0 {
            return None;
        }
        let all = self.all;
        let mut sentence = format!(
            "Of {all} elements, {known} are known and not needed, and {unknown} are not known"
        );
        let names: Vec<String> =
            self.unknown.iter().map(|(name, count)| format!("{name} ({count})")).collect();
        if !names.is_empty() {
            sentence = format!("{sentence}: {}", names.join(", "));
        }
        Some(sentence + ".")
    }

    fn not_known(&mut self, name: &str) {
        let name = if self.unknown.contains_key(name) || self.unknown.len() < MOST_NAMES {
            shown(name)
        } else {
            "others".to_owned()
        };
        *self.unknown.entry(name).or_default() += 1;
    }
}

/// The blocks of a file, each when it ends: what stands within a block comes before it.
pub(crate) struct Blocks<'x> {
    elements: Elements<'x>,
    shapes: &'static [Shape],
    /// For each open element: the block that it is, or none for a field or an unknown element.
    open: Vec<Option<(usize, Block<'x>)>>,
    pub(crate) count: ElementCount,
}

impl<'x> Blocks<'x> {
    pub(crate) fn new(source: &'x str, shapes: &'static [Shape], limits: &Limits) -> Self {
        let elements = Elements::new(source, limits);
        Self { elements, shapes, open: Vec::new(), count: ElementCount::default() }
    }

    /// The next block that ends; none at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Block<'x>>, Broken> {
        while let Some(step) = self.elements.next()? {
            match step {
                Step::Open(name) => self.begin(name),
                Step::Close { name, text, is_leaf, line } => {
                    self.count.all += 1;
                    let block = self.open.pop().flatten();
                    if let Some((_, block)) = block {
                        self.count.used += 1;
                        if !text.is_empty() {
                            self.stray(line);
                        }
                        return Ok(Some(block));
                    }
                    if is_leaf {
                        self.take_field(name, text, line)?;
                    } else {
                        self.count.not_known(name);
                    }
                }
            }
        }
        Ok(None)
    }

    fn begin(&mut self, name: &str) {
        let within = match self.open.last() {
            None => Some(""),
            Some(outer) => outer.as_ref().map(|(_, outer)| outer.name),
        };
        let shape = within.and_then(|within| {
            self.shapes.iter().position(|shape| shape.name == name && shape.within == within)
        });
        let line = self.elements.line();
        self.open.push(shape.and_then(|at| {
            let name = self.shapes.get(at)?.name;
            Some((at, Block { name, line, fields: Vec::new() }))
        }));
    }

    fn take_field(&mut self, name: &str, text: Cow<'x, str>, line: u32) -> Result<(), Broken> {
        let Some(Some((at, block))) = self.open.last_mut() else {
            self.count.not_known(name);
            return Ok(());
        };
        let Some(shape) = self.shapes.get(*at) else { return Ok(()) };
        if let Some(known) = shape.read.iter().find(|known| **known == name) {
            self.count.used += 1;
            if block.fields.len() >= MOST_FIELDS {
                let what = format!("one {} has more than {MOST_FIELDS} elements", block.name);
                return Err(Broken::TooLarge(what));
            }
            if !text.is_empty() {
                block.fields.push(Field { name: known, text, line });
            }
        } else if let Some(known) = shape.not_needed.iter().find(|known| **known == name) {
            *self.count.not_needed.entry(known).or_default() += 1;
        } else {
            self.count.not_known(name);
        }
        Ok(())
    }

    fn stray(&mut self, line: u32) {
        self.count.with_stray_text += 1;
        self.count.first_stray.get_or_insert(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPES: &[Shape] = &[
        Shape { name: "a", within: "", read: &["x"], not_needed: &["y"] },
        Shape { name: "b", within: "a", read: &["x"], not_needed: &[] },
    ];

    fn walk(xml: &str) -> (Vec<String>, ElementCount) {
        let limits = Limits::default();
        let mut blocks = Blocks::new(xml, SHAPES, &limits);
        let mut seen = Vec::new();
        while let Some(block) = blocks.next().unwrap() {
            let fields: Vec<&str> = block.all().map(|field| &*field.text).collect();
            seen.push(format!("{}@{}: {}", block.name, block.line, fields.join("+")));
        }
        (seen, blocks.count)
    }

    #[test]
    fn blocks_come_when_they_end_and_every_element_is_counted_once() {
        let xml =
            "<a>\n<b><x>1</x><x/><y>2</y></b>\n<x>3</x><y>4</y><c><x>5</x><b><x>6</x></b></c></a>";
        let (seen, count) = walk(xml);
        // Within an element that is not known, nothing is.
        assert_eq!(seen, ["b@2: 1", "a@1: 3"]);
        assert_eq!(count.used, 5, "two blocks, and three fields that are used");
        assert_eq!(count.not_needed.values().sum::<usize>(), 1);
        let unknown: Vec<_> = count.unknown.iter().map(|(name, n)| (name.as_str(), *n)).collect();
        assert_eq!(unknown, [("b", 1), ("c", 1), ("x", 2), ("y", 1)]);
        assert_eq!(count.all, xml.matches("</").count() + xml.matches("/>").count());
        assert_eq!(count.all, count.used + 1 + 5);
    }

    #[test]
    fn names_that_are_not_known_cannot_fill_the_memory() {
        let many: String =
            (0..1_000).flat_map(|n| ["<u".to_owned(), n.to_string(), "/>".into()]).collect();
        let (_, count) = walk(&format!("<a>{many}</a>"));
        assert_eq!(count.unknown.len(), MOST_NAMES + 1);
        assert_eq!(count.unknown["others"], 1_000 - MOST_NAMES);
    }

    #[test]
    fn a_block_without_end_is_refused() {
        let limits = Limits::default();
        let xml = format!("<a>{}</a>", "<x>1</x>".repeat(MOST_FIELDS + 1));
        assert!(matches!(Blocks::new(&xml, SHAPES, &limits).next(), Err(Broken::TooLarge(_))));
    }
}
