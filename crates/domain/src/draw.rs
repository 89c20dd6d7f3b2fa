//! The choice of records: seeded, stratified, and the same whenever anybody repeats it.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::case_list::Reference;
use crate::frame::{Frame, Stratum};
use crate::refusal::Refusal;

/// The method's name, as a draw file states it.
///
/// Each record's number is the HMAC-SHA256, keyed with the seed as UTF-8, of its stratum, the byte
/// 0x1F and its reference. Within a stratum the records with the lowest numbers, compared as bytes,
/// are the sample and the next ones are the reserves, in order. These are permanent random numbers
/// (E. Ohlsson, 1995): a record that comes or goes never changes the order of the others.
pub const METHOD: &str = "hmac-sha256-lowest-in-stratum";

/// The word or number from which a draw begins, recorded so that anybody can repeat it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed(String);

impl Seed {
    /// Takes a seed as it was agreed.
    ///
    /// # Errors
    /// Refuses one of fewer than 8 or more than 200 characters, and one with a line break in it.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let length = text.chars().count();
        if !(8..=200).contains(&length) || text.chars().any(char::is_control) {
            return Err(Refusal::because(
                "Give a seed of 8 to 200 characters on one line, such as dice thrown at a meeting.",
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// The seed as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A record that was drawn, and its place in the order of its stratum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The stratum that it was drawn from.
    pub stratum: Stratum,
    /// Its place in the order of that stratum, from 1.
    pub rank: usize,
    /// The record.
    pub reference: Reference,
    /// A reserve is audited only when a drawn record cannot be.
    pub reserve: bool,
}

/// Draws from a frame: for each stratum the sample, then as many reserves as there are sampled
/// records, or what the stratum has left. Strata come in order of name, picks in order of rank.
///
/// # Errors
/// Refuses more records than a stratum has, and a stratum that the frame does not know.
pub fn draw(
    frame: &Frame,
    seed: &Seed,
    sizes: &BTreeMap<Stratum, usize>,
) -> Result<Vec<Pick>, Refusal> {
    if let Some(unknown) = sizes.keys().find(|stratum| !frame.strata().contains_key(stratum)) {
        return Err(Refusal::because(format!("There is no stratum {}.", unknown.as_str())));
    }
    let mut picks = Vec::new();
    for (stratum, records) in frame.strata() {
        let wanted = sizes.get(stratum).copied().unwrap_or(0);
        if wanted > records.len() {
            return Err(Refusal::because(format!(
                "{wanted} records cannot be drawn from stratum {}, which has {}.",
                stratum.as_str(),
                records.len()
            )));
        }
        let drawn = order(seed, stratum, records).into_iter().take(wanted * 2).enumerate();
        picks.extend(drawn.map(|(index, reference)| Pick {
            stratum: stratum.clone(),
            rank: index + 1,
            reference: reference.clone(),
            reserve: index >= wanted,
        }));
    }
    Ok(picks)
}

/// The records of a stratum in the order in which a draw takes them.
pub fn order<'a>(
    seed: &Seed,
    stratum: &Stratum,
    records: &'a BTreeSet<Reference>,
) -> Vec<&'a Reference> {
    let mut ranked: Vec<_> =
        records.iter().map(|reference| (number(seed, stratum, reference), reference)).collect();
    ranked.sort();
    ranked.into_iter().map(|(_, reference)| reference).collect()
}

/// The record's own number under this seed.
fn number(seed: &Seed, stratum: &Stratum, reference: &Reference) -> [u8; 32] {
    // HMAC takes a key of any length, so no seed is refused here.
    let Ok(mut hmac) = Hmac::<Sha256>::new_from_slice(seed.as_str().as_bytes()) else {
        return [0; 32];
    };
    hmac.update(stratum.as_str().as_bytes());
    hmac.update(&[0x1f]);
    hmac.update(reference.as_str().as_bytes());
    hmac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(count: usize) -> Frame {
        let stratum = Stratum::new("s").unwrap();
        let records =
            (0..count).map(|n| (stratum.clone(), Reference::new(&format!("R{n:04}")).unwrap()));
        Frame::new(records).unwrap()
    }

    fn sample(frame: &Frame, seed: &str, wanted: usize) -> Vec<String> {
        let sizes = [(Stratum::new("s").unwrap(), wanted)].into();
        draw(frame, &Seed::new(seed).unwrap(), &sizes)
            .unwrap()
            .into_iter()
            .filter(|pick| !pick.reserve)
            .map(|pick| pick.reference.to_string())
            .collect()
    }

    #[test]
    fn another_seed_draws_another_sample() {
        let frame = frame(100);
        assert_eq!(sample(&frame, "dice 4 2 6 1", 10), sample(&frame, "dice 4 2 6 1", 10));
        assert_ne!(sample(&frame, "dice 4 2 6 1", 10), sample(&frame, "dice 4 2 6 2", 10));
    }

    #[test]
    fn every_record_has_the_same_chance() {
        // 3,000 draws of 6 from 30: each record expects 600, with a standard deviation of about 22.
        let frame = frame(30);
        let mut drawn: BTreeMap<String, u32> = BTreeMap::new();
        for seed in 0..3000 {
            for reference in sample(&frame, &format!("seed number {seed}"), 6) {
                *drawn.entry(reference).or_default() += 1;
            }
        }
        assert_eq!(drawn.len(), 30);
        for (reference, times) in drawn {
            assert!((510..=690).contains(&times), "{reference} was drawn {times} times of 3,000");
        }
    }

    #[test]
    fn more_than_there_are_is_refused() {
        let sizes = [(Stratum::new("s").unwrap(), 4)].into();
        let refusal = draw(&frame(3), &Seed::new("dice 4 2 6 1").unwrap(), &sizes).unwrap_err();
        assert!(refusal.sentence().contains("which has 3"));
    }

    #[test]
    fn a_stratum_that_is_not_there_is_refused() {
        let sizes = [(Stratum::new("other").unwrap(), 1)].into();
        assert!(draw(&frame(3), &Seed::new("dice 4 2 6 1").unwrap(), &sizes).is_err());
    }

    #[test]
    fn a_seed_can_be_written_on_one_line() {
        assert!(Seed::new("short").is_err());
        assert!(Seed::new("two\nlines of it").is_err());
    }
}
