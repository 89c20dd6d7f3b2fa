//! Sharing the audits of a cycle out among those who are independent of each record.

use std::collections::BTreeMap;

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{PersonId, RecordId};

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
    /// Why each of the others cannot audit it, as a sentence.
    pub blocked: Vec<String>,
}

/// Gives each record to the one of its independent auditors who has the fewest audits; of several,
/// to the first by name. Records with the least choice come first, so that nobody's work is taken
/// up by records that others could have had. A record that nobody is independent of has no entry.
pub fn share(choices: &[Choice], loads: &BTreeMap<PersonId, u32>) -> BTreeMap<RecordId, PersonId> {
    let mut loads = loads.clone();
    let mut order: Vec<&Choice> = choices.iter().collect();
    order.sort_by_key(|choice| choice.independent.len());
    let mut given = BTreeMap::new();
    for choice in order {
        let load = |id: &PersonId| loads.get(id).copied().unwrap_or(0);
        let least = choice.independent.iter().min_by_key(|(id, name)| (load(id), name));
        if let Some((id, _)) = least {
            given.insert(choice.record, *id);
            *loads.entry(*id).or_default() += 1;
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIYA: PersonId = PersonId(1);
    const TOM: PersonId = PersonId(2);

    fn choice(record: i64, independent: &[PersonId]) -> Choice {
        let name = |id: &PersonId| (*id, if *id == PRIYA { "Priya" } else { "Tom" }.to_owned());
        Choice {
            record: RecordId(record),
            reference: Reference::new(&format!("R-{record}")).unwrap(),
            stratum: String::new(),
            independent: independent.iter().map(name).collect(),
            blocked: Vec::new(),
        }
    }

    fn count(given: &BTreeMap<RecordId, PersonId>, who: PersonId) -> usize {
        given.values().filter(|id| **id == who).count()
    }

    #[test]
    fn the_work_is_shared_out_evenly() {
        let choices: Vec<Choice> = (0..6).map(|record| choice(record, &[PRIYA, TOM])).collect();
        let given = share(&choices, &BTreeMap::new());
        assert_eq!((count(&given, PRIYA), count(&given, TOM)), (3, 3));
    }

    #[test]
    fn whoever_has_audits_already_is_given_fewer() {
        let choices: Vec<Choice> = (0..4).map(|record| choice(record, &[PRIYA, TOM])).collect();
        let given = share(&choices, &BTreeMap::from([(PRIYA, 4)]));
        assert_eq!((count(&given, PRIYA), count(&given, TOM)), (0, 4));
    }

    #[test]
    fn nobody_is_given_a_record_that_they_are_not_independent_of() {
        let choices = [choice(1, &[PRIYA, TOM]), choice(2, &[PRIYA]), choice(3, &[])];
        let given = share(&choices, &BTreeMap::new());
        assert_eq!(given.get(&RecordId(2)), Some(&PRIYA));
        assert_eq!(given.get(&RecordId(1)), Some(&TOM), "the record with less choice came first");
        assert_eq!(given.get(&RecordId(3)), None);
    }
}
