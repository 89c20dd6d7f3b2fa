//! What auditors of the borough write: what they saw, where, and what has to be put right.

mod in_care;
mod moderating;
mod notes;
mod planning;
mod the_file;
pub mod voices;

use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::standard::{Standard, StandardKind};

use crate::luck::Luck;
pub use moderating::{WHY_OTHERWISE, WHY_SETTLED};
pub use notes::{BECAUSE_NOT_YET, PROOFS, overall};

/// What may be written about one standard of the default framework.
pub struct Words {
    /// The standard's code.
    pub code: &'static str,
    /// Seen where it is met. Many auditors then write nothing.
    pub met: &'static [&'static str],
    /// Seen where it is partly met.
    pub partly: &'static [&'static str],
    /// Seen where it is not met.
    pub not_met: &'static [&'static str],
    /// What has to be put right.
    pub put_right: &'static str,
    /// Where on the record.
    pub found: &'static [&'static str],
    /// Of a hundred records, to how many it does not apply.
    pub seldom: u32,
}

/// What an auditor writes about one standard.
pub struct Written {
    /// What was seen.
    pub seen: String,
    /// Where on the record.
    pub found: String,
    /// What has to be put right, should it come to that.
    pub put_right: String,
}

/// The words for a standard: its own, or those of its kind where a council's framework has others.
pub fn of(standard: &Standard) -> &'static Words {
    let code = standard.code.as_str();
    let own = [the_file::WORDS, planning::WORDS, in_care::WORDS].into_iter().flatten();
    let general = match standard.kind {
        StandardKind::Compliance => &notes::COMPLIANCE,
        StandardKind::Quality => &notes::QUALITY,
    };
    own.into_iter().find(|words| words.code == code).unwrap_or(general)
}

/// Writes about a standard that was judged so.
pub fn write(standard: &Standard, judgement: Judgement, luck: &mut Luck) -> Written {
    let words = of(standard);
    let seen = match judgement {
        Judgement::Met if luck.percent(45) => &[],
        Judgement::Met => words.met,
        Judgement::PartlyMet => words.partly,
        Judgement::NotMet => words.not_met,
        Judgement::NotApplicable => &notes::NOT_APPLICABLE,
        Judgement::CannotTell => &notes::CANNOT_TELL,
    };
    let nowhere = matches!(judgement, Judgement::NotApplicable);
    let found = if nowhere { &[] } else { words.found };
    let put_right = match judgement {
        Judgement::CannotTell => luck.pick(&notes::FIND_OUT).copied().unwrap_or(words.put_right),
        _ => words.put_right,
    };
    let one = |of: &[&str], luck: &mut Luck| luck.pick(of).copied().unwrap_or_default().to_owned();
    Written { seen: one(seen, luck), found: one(found, luck), put_right: put_right.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standard_of_the_default_framework_has_words_of_its_own() {
        let toml = quarterlight_import::framework::default_toml();
        let contents = quarterlight_import::framework::from_toml(toml).unwrap();
        for standard in contents.standards() {
            assert_eq!(of(standard).code, standard.code.as_str());
        }
        let mut other = contents.standards().next().unwrap().clone();
        other.code = quarterlight_domain::standard::StandardCode::new("Z9").unwrap();
        assert_eq!(of(&other).code, "", "a standard of another framework has those of its kind");
    }

    #[test]
    fn whatever_needs_words_has_some() {
        let toml = quarterlight_import::framework::default_toml();
        let contents = quarterlight_import::framework::from_toml(toml).unwrap();
        let own = contents.standards().map(of);
        for words in own.chain([&notes::COMPLIANCE, &notes::QUALITY]) {
            for bank in [words.met, words.partly, words.not_met, words.found] {
                assert!(!bank.is_empty() && bank.iter().all(|text| !text.is_empty()));
            }
            assert!(!words.put_right.is_empty(), "{} says what to put right", words.code);
        }
    }
}
