//! One standard read a second time, and what stands where the two readings differ.

use super::Moderation;
use crate::judgement::{Answer, Judgement};
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::Reason;

/// What a moderator judged of one standard at first. It is kept as it was, whatever is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The standard.
    pub standard: StandardCode,
    /// What the auditor had judged.
    pub theirs: Judgement,
    /// What the moderator judged.
    pub mine: Judgement,
    /// What the moderator saw; blank where they agreed and had nothing to add.
    pub words: String,
    /// The version of the auditor's answer that it was read beside.
    pub version: u32,
}

/// Whose judgement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Both said the same.
    Both,
    /// The auditor's, after the two differed.
    Auditors,
    /// The moderator's.
    Moderators,
}

impl Stands {
    /// Every way in which a standard can be settled.
    pub const ALL: [Self; 3] = [Self::Both, Self::Auditors, Self::Moderators];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Auditors => "auditor",
            Self::Moderators => "moderator",
        }
    }

    /// The way with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stands| stands.code() == code)
    }
}

/// What stands for one standard, for as long as the auditor's answer does not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The standard.
    pub standard: StandardCode,
    /// Whose judgement stands.
    pub stands: Stands,
    /// The judgement that stands.
    pub judgement: Judgement,
    /// Why; none where both said the same.
    pub why: Option<Reason>,
    /// The version of the auditor's answer that it settles.
    pub version: u32,
}

impl Outcome {
    /// True if it settles this answer as it is now.
    pub fn settles(&self, answer: &Answer) -> bool {
        self.standard == answer.standard && self.version == answer.version
    }
}

/// What a moderator says of a standard, seeing the auditor's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The auditor's judgement is right.
    Agree,
    /// This one is.
    Disagree(Judgement),
}

/// A step of a second reading: the first judgement of a standard, what stands, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The moderator's first judgement; none where it was kept before.
    pub reading: Option<Reading>,
    /// What stands; none while the two differ and nobody has settled it.
    pub outcome: Option<Outcome>,
}

impl Moderation {
    /// Whether the auditor's answer may be shown: never before the moderator's own is kept, where
    /// the audit is read blind.
    pub fn shows(&self, kept: Option<&Reading>) -> bool {
        !self.blind || kept.is_some()
    }

    /// Reads a standard blind. Where both judged the same, that stands at once.
    ///
    /// # Errors
    /// Refuses a second time, a judgement that needs words without them, and once it has ended.
    pub fn read_blind(
        &self,
        kept: Option<&Reading>,
        answer: &Answer,
        mine: Judgement,
        words: String,
    ) -> Result<Step, Refusal> {
        self.must_go_on()?;
        if kept.is_some() {
            return Err(Refusal::because(
                "You have read this standard. What you judged first stays as it was.",
            ));
        }
        if mine.needs_words() && words.is_empty() {
            return Err(Refusal::because("Say what you saw."));
        }
        let outcome = (mine == answer.judgement).then(|| both(answer));
        Ok(Step { reading: Some(reading(answer, mine, words)), outcome })
    }

    /// Agrees with the auditor's answer, or disagrees and says why.
    ///
    /// # Errors
    /// Refuses before a blind reading, the auditor's own judgement as another one, a difference
    /// that is settled without a word, and once it has ended.
    pub fn settle(
        &self,
        kept: Option<&Reading>,
        answer: &Answer,
        choice: Choice,
        why: Option<Reason>,
    ) -> Result<Step, Refusal> {
        self.must_go_on()?;
        if !self.shows(kept) {
            return Err(Refusal::because("Judge this standard yourself first: it is read blind."));
        }
        let said = || why.clone().ok_or_else(|| Refusal::because("Say why."));
        let (mine, outcome) = match choice {
            Choice::Agree if kept.is_none_or(|kept| kept.mine == answer.judgement) => {
                (answer.judgement, both(answer))
            }
            Choice::Agree => {
                let why = Some(said()?);
                (answer.judgement, Outcome { stands: Stands::Auditors, why, ..both(answer) })
            }
            Choice::Disagree(mine) if mine == answer.judgement => {
                return Err(Refusal::because(
                    "That is what the auditor judged. Choose another judgement, or agree.",
                ));
            }
            Choice::Disagree(mine) => {
                let why = Some(said()?);
                let stands = Stands::Moderators;
                (mine, Outcome { stands, judgement: mine, why, ..both(answer) })
            }
        };
        let words = || match choice {
            Choice::Agree => String::new(),
            Choice::Disagree(_) => why.as_ref().map_or("", Reason::words).to_owned(),
        };
        let reading = kept.is_none().then(|| reading(answer, mine, words()));
        Ok(Step { reading, outcome: Some(outcome) })
    }
}

fn reading(answer: &Answer, mine: Judgement, words: String) -> Reading {
    let (standard, theirs, version) = (answer.standard.clone(), answer.judgement, answer.version);
    Reading { standard, theirs, mine, words, version }
}

fn both(answer: &Answer) -> Outcome {
    Outcome {
        standard: answer.standard.clone(),
        stands: Stands::Both,
        judgement: answer.judgement,
        why: None,
        version: answer.version,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moderation::sample::{answer, moderation, why};
    use crate::moderation::{Ended, Ending};

    #[test]
    fn to_agree_takes_no_words_and_to_disagree_does() {
        let (open, met) = (moderation(false), answer("B1", Judgement::Met));
        let step = open.settle(None, &met, Choice::Agree, None).unwrap();
        assert_eq!(step.reading.unwrap().mine, Judgement::Met);
        assert_eq!(step.outcome.unwrap().stands, Stands::Both);
        let not = Choice::Disagree(Judgement::NotMet);
        assert!(open.settle(None, &met, not, None).is_err());
        let step = open.settle(None, &met, not, why("No summary since May.")).unwrap();
        let (reading, outcome) = (step.reading.unwrap(), step.outcome.unwrap());
        assert_eq!((reading.theirs, reading.mine), (Judgement::Met, Judgement::NotMet));
        assert_eq!(outcome.judgement, Judgement::NotMet);
        let same = Choice::Disagree(Judgement::Met);
        assert!(open.settle(None, &met, same, why("I do.")).is_err());
    }

    #[test]
    fn blind_shows_nothing_until_the_second_reading_is_kept() {
        let (blind, met) = (moderation(true), answer("B1", Judgement::Met));
        assert!(!blind.shows(None));
        assert!(blind.settle(None, &met, Choice::Agree, None).is_err());
        let step = blind.read_blind(None, &met, Judgement::PartlyMet, "Out of date.".to_owned());
        let step = step.unwrap();
        let kept = step.reading.unwrap();
        assert_eq!(step.outcome, None, "they differ, and nobody has settled it");
        assert!(blind.shows(Some(&kept)));
        assert!(blind.read_blind(Some(&kept), &met, Judgement::Met, String::new()).is_err());
        assert!(blind.settle(Some(&kept), &met, Choice::Agree, None).is_err(), "without a word");
        let step = blind.settle(Some(&kept), &met, Choice::Agree, why("Found it.")).unwrap();
        assert_eq!(step.reading, None, "the first judgement stays");
        assert_eq!(step.outcome.unwrap().stands, Stands::Auditors);
        let same = blind.read_blind(None, &met, Judgement::Met, String::new()).unwrap();
        assert_eq!(same.outcome.unwrap().stands, Stands::Both);
        assert!(blind.read_blind(None, &met, Judgement::NotMet, String::new()).is_err());
    }

    #[test]
    fn nothing_is_read_once_it_has_ended() {
        let mut it = moderation(false);
        it.ended = Some(Ended { how: Ending::Confirmed, at: it.opened });
        assert!(it.settle(None, &answer("B1", Judgement::Met), Choice::Agree, None).is_err());
    }

    #[test]
    fn a_changed_answer_is_no_longer_settled() {
        let met = answer("B1", Judgement::Met);
        let step = moderation(false).settle(None, &met, Choice::Agree, None).unwrap();
        let outcome = step.outcome.unwrap();
        assert!(outcome.settles(&met));
        assert!(!outcome.settles(&Answer { version: 2, ..met }));
    }
}
