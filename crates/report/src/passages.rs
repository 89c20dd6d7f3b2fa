//! The sentences of a document that a person reads one by one, and what two documents differ in.

use quarterlight_domain::release::Prepared;
use quarterlight_domain::release::Standing;
use quarterlight_domain::release::passage::{Part, Passage, Place};

use crate::document::{Block, Document, Note, Table};

/// Every sentence that the program wrote, in its place: paragraphs, points of lists, cautions, what
/// words mean, the titles of figures and their words for those who do not see them, and what stands
/// under a table. Headings and the cells of tables are no sentences.
pub fn passages(document: &Document, part: Part) -> Vec<Passage> {
    let mut passages = Vec::new();
    // Reading takes the same way as writing, so that no sentence is in one and not in the other.
    visit(&mut document.clone(), |section, anchor, text| {
        let place = Place { part, anchor };
        passages.push(Passage { place, section: section.to_owned(), text: text.clone() });
    });
    passages
}

/// The document as it was written by people: every edited sentence in the words of its editor.
pub fn edited(document: &Document, part: Part, prepared: &Prepared) -> Document {
    let mut document = document.clone();
    visit(&mut document, |_, anchor, text| {
        if let Standing::Edited(_, now) = prepared.standing(&Place { part, anchor }) {
            now.clone_into(text);
        }
    });
    document
}

/// Goes through the sentences with their section and their anchor. What has no number of its own is
/// counted through the document.
fn visit(document: &mut Document, mut see: impl FnMut(&str, String, &mut String)) {
    let mut section = String::new();
    let (mut lists, mut cautions, mut definitions, mut words) = (0, 0, 0, 0);
    let next = |count: &mut u32| {
        *count += 1;
        *count
    };
    for block in &mut document.blocks {
        let anchor = block.anchor();
        match block {
            Block::Heading { level: 1, number, text } => {
                section =
                    number.as_ref().map_or_else(|| text.clone(), |it| format!("{it}. {text}"));
            }
            Block::Heading { .. } => {}
            Block::Paragraph { text, .. } => {
                let anchor = anchor.unwrap_or_else(|| format!("words-{}", next(&mut words)));
                see(&section, anchor, text);
            }
            Block::List { items } => {
                let list = next(&mut lists);
                for (at, item) in items.iter_mut().enumerate() {
                    see(&section, format!("list-{list}-{}", at + 1), item);
                }
            }
            Block::Note(Note::Caveat { text }) => {
                see(&section, format!("caution-{}", next(&mut cautions)), text);
            }
            Block::Note(Note::Definition { text, .. }) => {
                see(&section, format!("definition-{}", next(&mut definitions)), text);
            }
            Block::Table(table) => under(table, &section, &mut see),
            Block::Figure(figure) => {
                let number = figure.number;
                see(&section, format!("figure-{number}"), &mut figure.title);
                see(&section, format!("figure-{number}-words"), &mut figure.alt_text);
                under(&mut figure.table, &section, &mut see);
            }
        }
    }
}

fn under(table: &mut Table, section: &str, see: &mut impl FnMut(&str, String, &mut String)) {
    let anchor = format!("table-{}-note", table.number);
    if let Some(note) = &mut table.grid.note {
        see(section, anchor, note);
    }
}

/// Which sections, paragraphs, tables and figures of a document are not as they were in the one that
/// it corrects, by the names that people cite them by. It says where, and never what.
pub fn differences(was: &Document, now: &Document) -> Vec<String> {
    let of = |document: &Document| -> Vec<(String, Block)> {
        let named = |block: &Block| Some((name(block)?, block.clone()));
        document.blocks.iter().filter_map(named).collect()
    };
    let (was, now) = (of(was), of(now));
    let find = |all: &[(String, Block)], name: &str| {
        all.iter().find(|(each, _)| each == name).map(|(_, block)| block.clone())
    };
    let mut different = Vec::new();
    for (name, block) in &now {
        match find(&was, name) {
            None => different.push(format!("{name} is new")),
            Some(before) if before != *block => different.push(name.clone()),
            Some(_) => {}
        }
    }
    let gone = was.iter().filter(|(name, _)| find(&now, name).is_none());
    different.extend(gone.map(|(name, _)| format!("{name} is gone")));
    different
}

fn name(block: &Block) -> Option<String> {
    match block {
        Block::Heading { number: Some(number), .. } => Some(format!("Section {number}")),
        Block::Paragraph { number: Some(number), .. } => Some(format!("Paragraph {number}")),
        Block::Table(table) => Some(table.label()),
        Block::Figure(figure) => Some(figure.label()),
        _ => None,
    }
}
