//! What a sample is drawn from: every open record, each in one stratum.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::case_list::Reference;
use crate::hex::hex;
use crate::id::DrawRequestId;
use crate::refusal::Refusal;

/// What stands before the numbers of the requests in a stratum's name.
const ASKED: &str = "asked-";

/// The name of a stratum, such as `children-in-care/child-protection`.
///
/// It has no space and no control character, so that a line of a draw file reads one way only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stratum(String);

impl Stratum {
    /// A stratum with this name.
    ///
    /// # Errors
    /// Refuses a blank name, one of over 400 characters, and one with anything but letters, digits and `-_./`.
    pub fn new(name: &str) -> Result<Self, Refusal> {
        let is_name = (1..=400).contains(&name.len())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
        if is_name {
            Ok(Self(name.to_owned()))
        } else {
            Err(Refusal::because(format!(
                "“{name}” cannot name a stratum: use letters, digits, -, _, . and / only."
            )))
        }
    }

    /// The stratum of a service's cohort, the service's name made plain.
    pub fn of(service: &str, cohort: &str) -> Self {
        let mut plain = String::new();
        for c in service.to_lowercase().chars() {
            if c.is_ascii_alphanumeric() {
                plain.push(c);
            } else if !plain.is_empty() && !plain.ends_with('-') {
                plain.push('-');
            }
        }
        Self(format!("{}/{cohort}", plain.trim_end_matches('-')))
    }

    /// The part of this stratum that these requests ask for, such as
    /// `children-in-care/in-care/asked-7-12`; the stratum itself where there are none.
    #[must_use]
    pub fn asked_by(&self, requests: &BTreeSet<DrawRequestId>) -> Self {
        if requests.is_empty() {
            return self.clone();
        }
        let numbers: Vec<String> = requests.iter().map(ToString::to_string).collect();
        Self(format!("{}/{ASKED}{}", self.0, numbers.join("-")))
    }

    /// The stratum that this one is a part of; itself where it is none.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self(self.parted().0.to_owned())
    }

    /// The requests that ask for this part of a stratum; none where it is a whole one.
    pub fn requests(&self) -> BTreeSet<DrawRequestId> {
        self.parted().1
    }

    fn parted(&self) -> (&str, BTreeSet<DrawRequestId>) {
        let part = self.0.rsplit_once('/').and_then(|(whole, part)| {
            let numbers = part.strip_prefix(ASKED)?.split('-');
            let read = numbers.map(|number| number.parse().ok().map(DrawRequestId));
            Some((whole, read.collect::<Option<_>>()?))
        });
        part.unwrap_or((&self.0, BTreeSet::new()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Every record that can be drawn, by stratum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    strata: BTreeMap<Stratum, BTreeSet<Reference>>,
}

impl Frame {
    /// A frame of these records.
    ///
    /// # Errors
    /// Refuses a record that stands twice: it would have two chances of being drawn.
    pub fn new(lines: impl IntoIterator<Item = (Stratum, Reference)>) -> Result<Self, Refusal> {
        let mut strata: BTreeMap<Stratum, BTreeSet<Reference>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (stratum, reference) in lines {
            if !seen.insert(reference.clone()) {
                return Err(Refusal::because(format!(
                    "Record {reference} is in the frame twice. Each record can be drawn once only."
                )));
            }
            strata.entry(stratum).or_default().insert(reference);
        }
        Ok(Self { strata })
    }

    /// The strata, in order, each with its records in order.
    pub fn strata(&self) -> &BTreeMap<Stratum, BTreeSet<Reference>> {
        &self.strata
    }

    /// How many records there are in each stratum.
    pub fn sizes(&self) -> BTreeMap<Stratum, usize> {
        self.strata.iter().map(|(stratum, records)| (stratum.clone(), records.len())).collect()
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.strata.values().map(BTreeSet::len).sum()
    }

    /// True if there is no record to draw.
    pub fn is_empty(&self) -> bool {
        self.strata.is_empty()
    }

    /// SHA-256, in hexadecimal, of the frame as text: for each record in order, its stratum, a
    /// space, its reference and a line feed. It is noted before the seed is known, so that nobody
    /// can add or leave out a record once it is clear which will be drawn.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (stratum, records) in &self.strata {
            for reference in records {
                hash.update(format!("{} {reference}\n", stratum.as_str()));
            }
        }
        hex(&hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(text: &str) -> Reference {
        Reference::new(text).unwrap()
    }

    #[test]
    fn a_stratum_is_named_for_its_service_and_cohort() {
        let stratum = Stratum::of("Children’s Disability (0–25) ", "in-care");
        assert_eq!(stratum.as_str(), "children-s-disability-0-25/in-care");
        assert!(Stratum::new(stratum.as_str()).is_ok());
        assert!(Stratum::new("two words").is_err());
    }

    #[test]
    fn a_part_of_a_stratum_says_which_requests_ask_for_it() {
        let whole = Stratum::of("Children in Care", "in-care");
        let requests = BTreeSet::from([DrawRequestId(7), DrawRequestId(12)]);
        let part = whole.asked_by(&requests);
        assert_eq!(part.as_str(), "children-in-care/in-care/asked-7-12");
        assert_eq!((part.whole(), part.requests()), (whole.clone(), requests));
        assert_eq!(whole.asked_by(&BTreeSet::new()), whole);
        assert_eq!((whole.whole(), whole.requests()), (whole, BTreeSet::new()));
        let named_so = Stratum::new("team/asked-for").unwrap();
        assert_eq!(named_so.whole(), named_so, "words are no numbers");
    }

    #[test]
    fn the_digest_depends_on_the_records_and_not_on_their_order() {
        let a = Stratum::new("a").unwrap();
        let b = Stratum::new("b").unwrap();
        let lines = [(a.clone(), reference("1")), (b.clone(), reference("2"))];
        let frame = Frame::new(lines.clone()).unwrap();
        assert_eq!(frame.digest(), Frame::new(lines.into_iter().rev()).unwrap().digest());
        let moved = Frame::new([(b, reference("1")), (a, reference("2"))]).unwrap();
        assert_ne!(frame.digest(), moved.digest());
    }

    #[test]
    fn the_digest_is_that_of_the_lines_as_text() {
        let frame = Frame::new([(Stratum::new("s").unwrap(), reference("r"))]).unwrap();
        // From the shell: printf 's r\n' | sha256sum
        assert_eq!(
            frame.digest(),
            "8f18d90c6d58d4e8e7c93143832ae20adca1c0dbf2855d8dd4bd3f069fee82b5"
        );
    }

    #[test]
    fn a_record_stands_once_only() {
        let a = Stratum::new("a").unwrap();
        let b = Stratum::new("b").unwrap();
        assert!(Frame::new([(a, reference("1")), (b, reference("1"))]).is_err());
    }
}
