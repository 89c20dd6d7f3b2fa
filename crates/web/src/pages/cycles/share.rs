//! A drawn record without an auditor, and who may audit it.

use std::collections::BTreeSet;

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{PersonId, RecordId};
use quarterlight_domain::suggestion::Wanted;

/// A drawn record whose audit is not assigned yet, and who may make it.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: Reference,
    /// The stratum that it was drawn from, in words.
    pub stratum: String,
    /// Those who are independent of it, by name.
    pub independent: Vec<(PersonId, String)>,
    /// Those of them who work outside its service.
    pub outside: BTreeSet<PersonId>,
    /// Why each of the others cannot audit it, as a sentence.
    pub blocked: Vec<String>,
}

impl Choice {
    /// The same, as sharing the work out asks it: whoever is from outside the line comes first.
    pub fn wanted(&self) -> Wanted {
        let mut people = self.independent.clone();
        people.sort_by_key(|(id, name)| (!self.outside.contains(id), name.clone(), *id));
        let independent = people.into_iter().map(|(id, _)| id).collect();
        Wanted { record: self.record, independent }
    }
}
