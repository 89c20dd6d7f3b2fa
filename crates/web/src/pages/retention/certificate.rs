//! The certificate of a disposal, as a document for any door.

use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::retention::Rule;
use quarterlight_report::document::{Block, Cover, Document, Note};
use quarterlight_store::Disposal;

use super::disposal::{steps, title};

/// The certificate: what went, how much of it, by which rule, who said so, and where the history says it.
pub fn document(authority: &str, of: &Disposal, today: Date) -> Document {
    let cover = Cover {
        authority: authority.to_owned(),
        title: "Certificate of disposal".to_owned(),
        subtitle: title(of),
        as_at: format!("Printed on {}", day_in_words(today)),
        marking: "Private: it names who decided".to_owned(),
    };
    let mut blocks = vec![heading("1", "What was decided")];
    for (number, (word, words)) in (1..).zip(steps(of)) {
        blocks.push(paragraph(format!("1.{number}"), format!("{word}: {words}")));
    }
    blocks.push(heading("2", "What went"));
    let mut number = 0;
    for line in &of.lines {
        let batches = of.batches.iter().filter(|batch| batch.kind == line.kind);
        let (mut things, mut parts, mut entries) = (0, 0, Vec::new());
        for batch in batches {
            things += batch.things;
            parts += batch.parts;
            entries.push(format!(
                "Entry on disposal batch {}: {} of them, SHA-256 of what went {}.",
                batch.id, batch.things, batch.gone
            ));
        }
        let rule = Rule { kind: line.kind, months: line.months, source: line.source.clone() };
        number += 1;
        blocks.push(paragraph(
            format!("2.{number}"),
            format!(
                "{}: {things} went, with {parts} personal parts of entries; {} were held when it was proposed. Kept for {}, and so up to what started on {}. {}",
                line.kind.words(), line.held, rule.words(), day_in_words(line.cutoff), line.source
            ),
        ));
        if !entries.is_empty() {
            blocks.push(Block::List { items: entries });
        }
    }
    blocks.push(heading("3", "What this shows"));
    let text = "The history has an entry for each batch, which says its kind, how many things, the rule and the digests above. It says nothing of what went. The history verifies with them, and every figure that was ever reported is what it was.";
    blocks.push(Block::Note(Note::Caveat { text: text.to_owned() }));
    Document { cover, language: "en-GB".to_owned(), blocks }
}

fn heading(number: &str, text: &str) -> Block {
    Block::Heading { level: 1, number: Some(number.to_owned()), text: text.to_owned() }
}

fn paragraph(number: String, text: String) -> Block {
    Block::Paragraph { number: Some(number), text }
}
