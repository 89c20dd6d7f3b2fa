//! Whether one audit is read a second time. Anybody can repeat it for one audit alone.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::rule::ModerationRule;
use crate::case_list::Reference;
use crate::draw::Seed;
use crate::grade::Grade;

/// Why an audit is read a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It was among the few of all that are read blind.
    Blind,
    /// Every audit of its grade is read.
    Grade(Grade),
    /// It was among the share of the others.
    Share,
}

impl Why {
    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blind => "blind",
            Self::Grade(grade) => grade.code(),
            Self::Share => "share",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "blind" => Some(Self::Blind),
            "share" => Some(Self::Share),
            code => Grade::from_code(code).map(Self::Grade),
        }
    }

    /// The reason as the heading of a group.
    pub fn words(self) -> String {
        match self {
            Self::Blind => "Read blind, of all audits".to_owned(),
            Self::Grade(grade) => format!("Every audit graded {}", grade.words()),
            Self::Share => "A share of the others".to_owned(),
        }
    }
}

/// The number of an audit under a seed and a label: its place between 0 and 1, in steps of 2^-64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(u64);

impl Number {
    /// HMAC-SHA256 keyed with the seed as UTF-8, of `moderation`, the byte 0x1F, the label, 0x1F and
    /// the reference; its first eight bytes as a whole number, most significant first.
    pub fn of(seed: &Seed, label: &str, reference: &Reference) -> Self {
        // HMAC takes a key of any length, so no seed is refused here.
        let Ok(mut hmac) = Hmac::<Sha256>::new_from_slice(seed.as_str().as_bytes()) else {
            return Self(u64::MAX);
        };
        for part in ["moderation", "\u{1f}", label, "\u{1f}", reference.as_str()] {
            hmac.update(part.as_bytes());
        }
        let bytes = hmac.finalize().into_bytes();
        Self(bytes.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// True if it lies below so many in a hundred.
    pub fn is_below(self, in_a_hundred: u32) -> bool {
        (u128::from(self.0) * 100) >> 64 < u128::from(in_a_hundred)
    }
}

/// To four places, cut off: 0.1374.
impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "0.{:04}", (u128::from(self.0) * 10_000) >> 64)
    }
}

/// An audit that is read a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picked {
    /// Why.
    pub why: Why,
    /// Its number, where a share decided.
    pub number: Option<Number>,
}

/// Whether an audit is read a second time, and why. Only its own number decides, so that whatever
/// is submitted later never changes what was picked before.
pub fn pick(
    rule: &ModerationRule,
    seed: &Seed,
    reference: &Reference,
    grade: Grade,
) -> Option<Picked> {
    let blind = Number::of(seed, "blind", reference);
    if blind.is_below(rule.blind) {
        return Some(Picked { why: Why::Blind, number: Some(blind) });
    }
    if rule.grades.contains(&grade) {
        return Some(Picked { why: Why::Grade(grade), number: None });
    }
    let share = Number::of(seed, "share", reference);
    share.is_below(rule.share).then_some(Picked { why: Why::Share, number: Some(share) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed() -> Seed {
        Seed::new("dice 4-2-6-1").unwrap()
    }

    fn picked(grade: Grade, rule: &ModerationRule) -> Vec<Why> {
        let reference = |n| Reference::new(&format!("R-{n:04}")).unwrap();
        (0..4000)
            .filter_map(|n| pick(rule, &seed(), &reference(n), grade))
            .map(|it| it.why)
            .collect()
    }

    #[test]
    fn the_extremes_are_all_read_and_of_the_others_a_share() {
        let rule = ModerationRule::shipped();
        let of = |picked: &[Why], why| picked.iter().filter(|it| **it == why).count();
        let inadequate = picked(Grade::Inadequate, &rule);
        assert_eq!(inadequate.len(), 4000);
        let good = picked(Grade::Good, &rule);
        // Of 4,000, 200 and then 760 are expected, with standard deviations of about 14 and 25.
        assert!((140..260).contains(&of(&good, Why::Blind)), "{}", of(&good, Why::Blind));
        assert!((660..860).contains(&of(&good, Why::Share)), "{}", of(&good, Why::Share));
        assert_eq!(of(&good, Why::Blind), of(&inadequate, Why::Blind), "whatever the grade");
    }

    #[test]
    fn a_larger_share_takes_nobody_out() {
        let rule = ModerationRule { blind: 0, ..ModerationRule::shipped() };
        let reference = |n| Reference::new(&format!("R-{n:04}")).unwrap();
        for n in 0..500 {
            let less = pick(&rule, &seed(), &reference(n), Grade::Good);
            let more = pick(
                &ModerationRule { share: 40, ..rule.clone() },
                &seed(),
                &reference(n),
                Grade::Good,
            );
            assert!(less.is_none() || less == more);
        }
        let none = ModerationRule { share: 0, ..rule };
        assert!(pick(&none, &seed(), &reference(1), Grade::Good).is_none());
    }

    #[test]
    fn the_number_is_the_one_that_other_tools_compute() {
        // printf 'moderation\037share\037R-2043' | openssl dgst -sha256 -hmac 'dice 4-2-6-1'
        let number = Number::of(&seed(), "share", &Reference::new("R-2043").unwrap());
        assert_eq!(number.to_string(), "0.0271");
    }

    #[test]
    fn every_reason_has_its_own_code() {
        let grades = Grade::ALL.map(Why::Grade);
        for why in grades.into_iter().chain([Why::Blind, Why::Share]) {
            assert_eq!(Why::from_code(why.code()), Some(why));
        }
    }
}
