//! The sentences of a document that a person reads one by one, and what two documents differ in.

use quarterlight_domain::release::Prepared;
use quarterlight_domain::release::Standing;
use quarterlight_domain::release::passage::{Part, Passage, Place};

use crate::document::{Block, Document};

/// The generated paragraphs, and the sentences that stand as titles of figures. Definitions and
/// cautions are not generated from figures, and tables are figures and no sentences.
pub fn passages(document: &Document, part: Part) -> Vec<Passage> {
    let mut section = String::new();
    let mut passages = Vec::new();
    for block in &document.blocks {
        if let Block::Heading { level: 1, number, text } = block {
            section = number.as_ref().map_or_else(|| text.clone(), |it| format!("{it}. {text}"));
        }
        let text = match block {
            Block::Paragraph { text, .. } => text,
            Block::Figure(figure) => &figure.title,
            _ => continue,
        };
        let Some(anchor) = block.anchor() else { continue };
        let place = Place { part, anchor };
        passages.push(Passage { place, section: section.clone(), text: text.clone() });
    }
    passages
}

/// The document as it was written by people: every edited sentence in the words of its editor.
pub fn edited(document: &Document, part: Part, prepared: &Prepared) -> Document {
    let mut document = document.clone();
    for block in &mut document.blocks {
        let Some(anchor) = block.anchor() else { continue };
        let place = Place { part, anchor };
        let Standing::Edited(_, now) = prepared.standing(&place) else { continue };
        match block {
            Block::Paragraph { text, .. } => now.clone_into(text),
            Block::Figure(figure) => now.clone_into(&mut figure.title),
            _ => {}
        }
    }
    document
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
