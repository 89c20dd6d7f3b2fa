//! Everything that is held about a record, as open files and one document to read.

use std::collections::BTreeSet;

use quarterlight_report::document::{Block, Cover, Document, Note};
use quarterlight_store::{Bundle, HeldTable};
use serde_json::{Value, json};

/// What may be withheld of it, as the person who takes it out chose.
pub const EXEMPTIONS: [(&str, &str); 4] = [
    ("none", "Nothing is to be withheld"),
    (
        "third-party",
        "What names or is about somebody else (Data Protection Act 2018, Schedule 2, paragraph 16)",
    ),
    (
        "social-work",
        "What would be likely to cause serious harm (Data Protection Act 2018, Schedule 3, Part 3)",
    ),
    (
        "abuse",
        "Child abuse data, where giving it out is not in the child’s best interests (Schedule 3, Part 5)",
    ),
];

/// The exemption's words.
pub fn exemption(code: &str) -> Option<&'static str> {
    EXEMPTIONS.iter().find(|(known, _)| *known == code).map(|(_, words)| *words)
}

const READ_ME: &str = "Everything that Quarterlight holds about one record.

  held.json     what each table holds: its columns and rows, as text
  journal.json  the entries of the journal about the record, each with its personal part where it is
                still there
  held.pdf      the same to be read

The names in “people” are of those who audited, managed or looked: look at each before anything is
given out. Words that somebody typed may name or be about others; they are marked “review”. Nothing
was taken out of these files: what is withheld is for a person to decide, and which exemption was
chosen is in held.json and in the journal.
";

/// Columns of words that somebody typed: they may be about others.
const TYPED: [&str; 18] = [
    "because",
    "change_words",
    "closed_because",
    "found",
    "how",
    "issues",
    "plan",
    "proof",
    "reason",
    "reasons",
    "said",
    "seen",
    "spoken_to",
    "strengths",
    "what",
    "why",
    "why_before",
    "words",
];

/// The files of a bundle, but for the document.
pub fn files(bundle: &Bundle, exemption: &str, because: &str) -> Vec<(String, Vec<u8>)> {
    let held = json!({
        "record": bundle.reference,
        "exemption": exemption,
        "because": because,
        "people": bundle.people.iter().map(|(id, name)| json!({ "id": id, "name": name, "review": true })).collect::<Vec<_>>(),
        "tables": bundle.tables.iter().map(table).collect::<Vec<_>>(),
    });
    let entries: Vec<Value> = bundle
        .entries
        .iter()
        .map(|it| json!({ "number": it.number, "entry": it.entry, "personal_part": it.payload }))
        .collect();
    vec![
        ("README.txt".to_owned(), READ_ME.as_bytes().to_vec()),
        ("held.json".to_owned(), format!("{held:#}\n").into_bytes()),
        ("journal.json".to_owned(), format!("{:#}\n", Value::Array(entries)).into_bytes()),
    ]
}

fn table(held: &HeldTable) -> Value {
    let review: Vec<&String> =
        held.columns.iter().filter(|column| TYPED.contains(&column.as_str())).collect();
    json!({
        "table": held.table, "what": held.words, "columns": held.columns, "review": review,
        "rows": held.rows,
    })
}

/// The document: what each table holds, row by row, and what the journal says.
pub fn document(authority: &str, bundle: &Bundle, exemption: &str, because: &str) -> Document {
    let cover = Cover {
        authority: authority.to_owned(),
        title: format!("Everything held about record {}", bundle.reference),
        subtitle: "For a subject access request: to be reviewed before it is given out".to_owned(),
        as_at: String::new(),
        marking: "Private".to_owned(),
    };
    let chosen = format!("What may be withheld: {exemption}. Why it was taken out: {because}");
    let mut blocks = vec![
        heading("1", "How to read this"),
        paragraph("1.1", chosen),
        Block::Note(Note::Caveat {
            text: "Nothing is left out here. Numbers of people stand for the names at the end."
                .to_owned(),
        }),
    ];
    let mut section = 1;
    for held in bundle.tables.iter().filter(|held| !held.rows.is_empty()) {
        section += 1;
        blocks.push(heading(&section.to_string(), held.words));
        for (number, row) in (1..).zip(&held.rows) {
            let said: Vec<String> = held
                .columns
                .iter()
                .zip(row)
                .filter_map(|(column, cell)| Some(format!("{}: {}", words(column), cell.as_ref()?)))
                .collect();
            blocks.push(paragraph(&format!("{section}.{number}"), said.join("; ")));
        }
    }
    section += 1;
    blocks.push(heading(&section.to_string(), "What the journal says"));
    for (number, it) in (1..).zip(&bundle.entries) {
        let lines: BTreeSet<&str> = ["at", "by", "deed", "on"].into();
        let kept = it
            .entry
            .lines()
            .filter(|line| line.split(' ').next().is_some_and(|first| lines.contains(first)));
        let said = it.payload.as_deref().unwrap_or("The personal part went by retention.");
        let text = format!("Entry {}: {}. {said}", it.number, kept.collect::<Vec<_>>().join(", "));
        blocks.push(paragraph(&format!("{section}.{number}"), text));
    }
    section += 1;
    blocks.push(heading(&section.to_string(), "People, for review"));
    let people = bundle.people.iter().map(|(id, name)| format!("{id}: {name}")).collect();
    blocks.push(Block::List { items: people });
    Document { cover, language: "en-GB".to_owned(), blocks }
}

fn words(column: &str) -> String {
    column.replace('_', " ")
}

fn heading(number: &str, text: &str) -> Block {
    Block::Heading { level: 1, number: Some(number.to_owned()), text: text.to_owned() }
}

fn paragraph(number: &str, text: String) -> Block {
    Block::Paragraph { number: Some(number.to_owned()), text }
}
