//! Every sentence that the program writes is one that a person accepts or edits.

use std::collections::BTreeSet;

use quarterlight_disclosure::Rule;
use quarterlight_disclosure::attack::MicroLp;
use quarterlight_domain::release::passage::{Part, Passage};
use quarterlight_report::document::{Block, Document, Note};
use quarterlight_report::part_one::part_one;
use quarterlight_report::passages::passages;
use quarterlight_report::quarterly::quarterly;

use super::quarters::crowded;

/// Every string of the document that ends as a sentence does, wherever it stands: found without
/// knowing its form, in what every door prints.
fn sentences(document: &Document) -> BTreeSet<String> {
    fn walk(value: &serde_json::Value, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(text) if text.trim_end().ends_with('.') => {
                found.insert(text.clone());
            }
            serde_json::Value::Array(all) => all.iter().for_each(|it| walk(it, found)),
            serde_json::Value::Object(all) => {
                // The cells of a table are figures and names, and the cover is no sentence.
                all.iter()
                    .filter(|(key, _)| !["rows", "chart", "columns"].contains(&key.as_str()))
                    .for_each(|(_, it)| walk(it, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(&serde_json::to_value(&document.blocks).unwrap(), &mut found);
    found
}

fn both() -> [(Document, Part); 2] {
    let public = part_one(&crowded(), Rule::default(), &MicroLp).unwrap();
    [(public, Part::One), (quarterly(&crowded()).unwrap(), Part::Two)]
}

#[test]
fn no_sentence_of_a_report_is_left_out() {
    for (document, part) in both() {
        let read: BTreeSet<String> =
            passages(&document, part).into_iter().map(|it| it.text).collect();
        let all = sentences(&document);
        let left: Vec<&String> = all.difference(&read).collect();
        assert!(left.is_empty(), "{left:?}");
        assert!(all.len() > 40, "{}", all.len());
        // Control: without the cautions and what words mean, some would be.
        let mut fewer = document.clone();
        fewer.blocks.retain(|it| !matches!(it, Block::Note(Note::Definition { .. })));
        let fewer = passages(&fewer, part).into_iter().map(|it| it.text).collect();
        assert!(all.difference(&fewer).next().is_some());
    }
}

#[test]
fn each_sentence_has_a_place_of_its_own_with_a_name_that_people_say() {
    for (document, part) in both() {
        let all = passages(&document, part);
        let codes: BTreeSet<String> = all.iter().map(|it| it.place.code()).collect();
        assert_eq!(codes.len(), all.len());
        for it in &all {
            assert_eq!(it.place.code().parse(), Ok(it.place.clone()));
        }
        let name = |begins: &str| -> String {
            let found = |it: &&Passage| it.place.anchor.starts_with(begins);
            all.iter().find(found).unwrap().place.to_string()
        };
        let part = part.words();
        assert_eq!(name("list-1-1"), format!("{part}, list 1, point 1,"));
        assert_eq!(name("caution-1"), format!("{part}, caution 1,"));
        assert_eq!(name("definition-2"), format!("{part}, definition 2,"));
        assert_eq!(name("figure-1-words"), format!("{part}, figure 1 in words,"));
    }
}
