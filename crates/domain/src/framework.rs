//! A framework and its editions: what the authority has agreed that a record must show.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::case_list::CaseLine;
use crate::edition::Origins;
use crate::id::{EditionId, PersonId};
use crate::refusal::Refusal;
use crate::standard::{Standard, StandardCode};

/// A group of standards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its letter, with which the codes of its standards begin.
    pub letter: String,
    /// What the section is about.
    pub title: String,
    /// Its standards, in the order in which they are asked.
    pub standards: Vec<Standard>,
}

/// What a framework says, whatever its state. It is checked whole when it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    name: String,
    sections: Vec<Section>,
}

impl Contents {
    /// A framework of these sections.
    ///
    /// # Errors
    /// Refuses a framework without a name or a standard, an empty section, a code used twice, a
    /// code outside its section's letter, and a standard without wording or applied to nothing.
    pub fn new(name: &str, sections: Vec<Section>) -> Result<Self, Refusal> {
        let no = |sentence: String| Err(Refusal::because(sentence));
        if name.trim().is_empty() {
            return no("Give the framework a name.".to_owned());
        }
        if sections.is_empty() {
            return no("A framework needs at least one section.".to_owned());
        }
        let mut codes = BTreeSet::new();
        for section in &sections {
            if section.standards.is_empty() {
                return no(format!("Section {} has no standards.", section.letter));
            }
            for standard in &section.standards {
                let code = &standard.code;
                if code.as_str().trim_end_matches(|c: char| c.is_ascii_digit()) != section.letter {
                    return no(format!("Standard {code} stands in section {}.", section.letter));
                }
                if !codes.insert(code.clone()) {
                    return no(format!("There are two standards {code}."));
                }
                if standard.wording.trim().is_empty() || standard.met_looks_like.trim().is_empty() {
                    return no(format!(
                        "Standard {code} needs its wording and what met looks like."
                    ));
                }
                if standard.applies.is_empty() {
                    return no(format!("Standard {code} applies to no records."));
                }
            }
        }
        Ok(Self { name: name.trim().to_owned(), sections })
    }

    /// The framework's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its sections, in order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Every standard, in order.
    pub fn standards(&self) -> impl Iterator<Item = &Standard> {
        self.sections.iter().flat_map(|section| &section.standards)
    }

    /// The standard with this code, and the section that it is in.
    pub fn find(&self, code: &StandardCode) -> Option<(&Section, &Standard)> {
        self.sections.iter().find_map(|section| {
            let standard = section.standards.iter().find(|standard| standard.code == *code)?;
            Some((section, standard))
        })
    }

    /// The standards that are asked of this record, in order.
    pub fn asked_of(&self, line: &CaseLine) -> Vec<&Standard> {
        self.standards().filter(|standard| standard.applies_to(line)).collect()
    }
}

/// An edition that the authority has agreed. It never changes again; nothing here can change it.
///
/// An audit is made on an agreed edition, and stays on it whatever is agreed later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedEdition {
    /// Its id.
    pub id: EditionId,
    /// Its number among the editions of the framework, from 1.
    pub number: u32,
    /// Who agreed it; none for one that came with the program.
    pub agreed_by: Option<PersonId>,
    /// The day from which it is in force.
    pub in_force_from: Date,
    /// Where its standards come from.
    pub origins: Origins,
    contents: Contents,
}

impl AgreedEdition {
    /// An edition as it was agreed.
    pub fn new(
        id: EditionId,
        number: u32,
        agreed_by: Option<PersonId>,
        in_force_from: Date,
        contents: Contents,
    ) -> Self {
        Self { id, number, agreed_by, in_force_from, origins: Origins::new(), contents }
    }

    /// What it says.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// How people speak of it: *Children's records, edition 1*.
    pub fn title(&self) -> String {
        format!("{}, edition {}", self.contents.name, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::{Applies, StandardKind};

    fn standard(code: &str) -> Standard {
        Standard {
            code: StandardCode::new(code).unwrap(),
            wording: "A current case summary".to_owned(),
            met_looks_like: "Updated within three months.".to_owned(),
            kind: StandardKind::Compliance,
            critical: false,
            applies: [Applies::All].into(),
            dip: false,
        }
    }

    fn section(letter: &str, codes: &[&str]) -> Section {
        let standards = codes.iter().map(|code| standard(code)).collect();
        Section { letter: letter.to_owned(), title: "An orderly file".to_owned(), standards }
    }

    #[test]
    fn a_sound_framework_is_taken() {
        let contents = Contents::new("Ours", vec![section("B", &["B1", "B2"])]).unwrap();
        assert_eq!(contents.standards().count(), 2);
        assert!(contents.find(&StandardCode::new("B2").unwrap()).is_some());
        assert!(contents.find(&StandardCode::new("B3").unwrap()).is_none());
    }

    #[test]
    fn an_unsound_framework_is_refused() {
        for sections in [
            vec![],
            vec![section("B", &[])],
            vec![section("B", &["B1", "B1"])],
            vec![section("B", &["C1"])],
        ] {
            assert!(Contents::new("Ours", sections.clone()).is_err(), "{sections:?}");
        }
        assert!(Contents::new(" ", vec![section("B", &["B1"])]).is_err());
    }
}
