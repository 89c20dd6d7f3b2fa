//! One auditor's reading of one record against one edition.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::{Quarter, day_in_words};
use crate::case_list::{CaseLine, Reference};
use crate::framework::Contents;
use crate::grade::{GradeLimit, Opinion};
use crate::id::{AuditId, CycleId, EditionId, PersonId, RecordId};
use crate::judgement::Answer;
use crate::place::Whereabouts;
use crate::refusal::Refusal;
use crate::stamp::day_in_england;
use crate::standard::StandardCode;

/// How far an audit has come. Each stage holds what only it can know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Given to an auditor, who has not answered anything yet.
    Assigned,
    /// At least one standard has been answered.
    Underway {
        /// When the first answer was saved.
        since: Timestamp,
    },
    /// The auditor has given an opinion, and can no longer change an answer.
    Submitted {
        /// When.
        at: Timestamp,
        /// The grade, with its reasons.
        opinion: Opinion,
    },
    /// Its cycle was closed before it was submitted.
    Missed {
        /// The day on which the cycle was closed.
        on: Date,
    },
}

/// One auditor's reading of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// Its id.
    pub id: AuditId,
    /// The cycle that it belongs to.
    pub cycle: CycleId,
    /// The cycle's quarter.
    pub quarter: Quarter,
    /// The edition that it is made on, whatever is agreed later.
    pub edition: EditionId,
    /// The record.
    pub record: RecordId,
    /// What the case list said about the record when it was drawn.
    pub line: CaseLine,
    /// Where the record stood when it was drawn.
    pub whereabouts: Whereabouts,
    /// Who held the record when it was drawn, if that worker signs in.
    pub holder: Option<PersonId>,
    /// Who audits it.
    pub auditor: PersonId,
    /// The auditor's name.
    pub auditor_name: String,
    /// The day by which it is due.
    pub due: Date,
    /// True if a concern was raised in it before it was submitted, and not withdrawn.
    pub is_unsafe: bool,
    /// How far it has come.
    pub stage: Stage,
}

/// An answer that may be saved: the audit was open, and the standard is asked of this record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The audit.
    pub audit: AuditId,
    /// The answer; its version is that of the saved answer which the auditor saw.
    pub answer: Answer,
    /// True for the first answer of the audit, with which it gets under way.
    pub first: bool,
}

/// An audit that may be submitted: complete, and with an opinion within its limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The audit.
    pub audit: AuditId,
    /// The grade, with its reasons.
    pub opinion: Opinion,
    /// The standards whose judgement must lead to a finding, with what was seen.
    pub shortfalls: Vec<(StandardCode, String)>,
}

/// What is still to be done before an audit can be submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Standards that are asked of this record.
    pub asked: usize,
    /// Of those, how many have a judgement.
    pub answered: usize,
    /// Of those, how many still need words.
    pub without_words: usize,
}

impl Audit {
    /// The record's reference.
    pub fn reference(&self) -> &Reference {
        &self.line.reference
    }

    /// True once it was submitted.
    pub fn is_submitted(&self) -> bool {
        matches!(self.stage, Stage::Submitted { .. })
    }

    /// Answers one standard.
    ///
    /// # Errors
    /// Refuses once the audit was submitted, and a standard that is not asked of this record.
    pub fn answer(&self, contents: &Contents, answer: Answer) -> Result<Answered, Refusal> {
        self.must_be_open()?;
        let asked = contents
            .find(&answer.standard)
            .is_some_and(|(_, standard)| standard.applies_to(&self.line));
        if !asked {
            return Err(Refusal::because(format!(
                "Standard {} is not asked of this record.",
                answer.standard
            )));
        }
        Ok(Answered { audit: self.id, answer, first: self.stage == Stage::Assigned })
    }

    /// How far the answers have come.
    pub fn progress(&self, contents: &Contents, answers: &[Answer]) -> Progress {
        let mut progress = Progress::default();
        for standard in contents.asked_of(&self.line) {
            progress.asked += 1;
            if let Some(answer) = answers.iter().find(|answer| answer.standard == standard.code) {
                progress.answered += 1;
                progress.without_words += usize::from(!answer.is_complete());
            }
        }
        progress
    }

    /// Submits the audit. The auditor can no longer change an answer.
    ///
    /// # Errors
    /// Refuses a second time, while a standard has no answer or an answer needs words, and a grade
    /// better than the answers and concerns allow.
    pub fn submit(
        &self,
        contents: &Contents,
        answers: &[Answer],
        opinion: Opinion,
    ) -> Result<Submission, Refusal> {
        self.must_be_open()?;
        let progress = self.progress(contents, answers);
        let unanswered = progress.asked - progress.answered;
        if unanswered > 0 {
            return Err(Refusal::because(format!(
                "Answer the {} left before you submit: {} of {} are answered.",
                if unanswered == 1 {
                    "standard".to_owned()
                } else {
                    format!("{unanswered} standards")
                },
                progress.answered,
                progress.asked
            )));
        }
        if progress.without_words > 0 {
            return Err(Refusal::because(format!(
                "Say what you saw for every standard that is partly met, not met or cannot tell: {} {} no words yet.",
                progress.without_words,
                if progress.without_words == 1 { "has" } else { "have" },
            )));
        }
        let limit = GradeLimit::of(contents, answers, self.is_unsafe);
        let opinion = Opinion::given(opinion.grade(), opinion.reasons().clone(), limit.as_ref())?;
        let shortfalls = contents
            .asked_of(&self.line)
            .into_iter()
            .filter_map(|standard| answers.iter().find(|answer| answer.standard == standard.code))
            .filter(|answer| answer.judgement.raises_a_finding())
            .map(|answer| (answer.standard.clone(), answer.seen.clone()))
            .collect();
        Ok(Submission { audit: self.id, opinion, shortfalls })
    }

    /// Refuses once the audit was submitted, or its cycle was closed without it.
    ///
    /// # Errors
    /// Says since when it can no longer be changed.
    pub fn must_be_open(&self) -> Result<(), Refusal> {
        match &self.stage {
            Stage::Missed { on } => Err(Refusal::because(format!(
                "This cycle was closed on {} without this audit, which can no longer be changed.",
                day_in_words(*on)
            ))),
            Stage::Submitted { at, .. } => Err(Refusal::because(format!(
                "This audit was submitted on {} and can no longer be changed.",
                day_in_words(day_in_england(*at))
            ))),
            Stage::Assigned | Stage::Underway { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
pub(crate) mod sample;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::sample::{audit, opinion};
    use super::*;
    use crate::framework::Section;
    use crate::grade::Grade;
    use crate::judgement::Judgement;
    use crate::need::Need;
    use crate::standard::{Applies, Standard, StandardKind};

    fn code(text: &str) -> StandardCode {
        StandardCode::new(text).unwrap()
    }

    /// B1 and the critical B2 are asked of all, B3 of care leavers.
    fn contents() -> Contents {
        let standard = |text, critical, applies| Standard {
            code: code(text),
            wording: "A current case summary".to_owned(),
            met_looks_like: "Updated within three months.".to_owned(),
            kind: StandardKind::Compliance,
            critical,
            applies: [applies].into(),
            dip: false,
        };
        let standards = vec![
            standard("B1", false, Applies::All),
            standard("B2", true, Applies::All),
            standard("B3", false, Applies::Need(Need::CareLeaver)),
        ];
        let section = Section { letter: "B".to_owned(), title: "The file".to_owned(), standards };
        Contents::new("Ours", vec![section]).unwrap()
    }

    fn answer(standard: &str, judgement: Judgement, seen: &str) -> Answer {
        let (seen, found) = (seen.to_owned(), String::new());
        Answer { standard: code(standard), judgement, seen, found, version: 0 }
    }

    fn submitted() -> Stage {
        Stage::Submitted {
            at: "2026-05-03T09:00:00Z".parse().unwrap(),
            opinion: opinion(Grade::Good),
        }
    }

    #[test]
    fn the_first_answer_gets_the_audit_under_way() {
        let first = audit(Stage::Assigned).answer(&contents(), answer("B1", Judgement::Met, ""));
        assert!(first.unwrap().first);
        let since = "2026-11-23T10:00:00Z".parse().unwrap();
        let next =
            audit(Stage::Underway { since }).answer(&contents(), answer("B2", Judgement::Met, ""));
        assert!(!next.unwrap().first);
    }

    #[test]
    fn nothing_is_answered_after_submission() {
        let refusal =
            audit(submitted()).answer(&contents(), answer("B1", Judgement::Met, "")).unwrap_err();
        assert_eq!(
            refusal.sentence(),
            "This audit was submitted on 3 May 2026 and can no longer be changed."
        );
    }

    #[test]
    fn nothing_is_answered_after_the_cycle_was_closed() {
        let missed = audit(Stage::Missed { on: date(2026, 12, 14) });
        let refusal = missed.answer(&contents(), answer("B1", Judgement::Met, "")).unwrap_err();
        assert!(refusal.sentence().contains("closed on 14 December 2026"), "{refusal}");
    }

    #[test]
    fn a_standard_that_is_not_asked_cannot_be_answered() {
        for standard in ["B3", "Z9"] {
            let answered =
                audit(Stage::Assigned).answer(&contents(), answer(standard, Judgement::Met, ""));
            assert!(answered.is_err(), "{standard}");
        }
    }

    #[test]
    fn a_complete_audit_is_submitted_with_what_fell_short() {
        let answers =
            [answer("B1", Judgement::NotMet, "No summary."), answer("B2", Judgement::Met, "")];
        let submission =
            audit(Stage::Assigned).submit(&contents(), &answers, opinion(Grade::Good)).unwrap();
        assert_eq!(submission.shortfalls, [(code("B1"), "No summary.".to_owned())]);
    }

    #[test]
    fn an_audit_with_a_gap_is_not_submitted() {
        let audit = audit(Stage::Assigned);
        let good = || opinion(Grade::Good);
        let missing = [answer("B1", Judgement::Met, "")];
        let refusal = audit.submit(&contents(), &missing, good()).unwrap_err();
        assert!(refusal.sentence().contains("1 of 2"), "{refusal}");
        let wordless = [answer("B1", Judgement::PartlyMet, ""), answer("B2", Judgement::Met, "")];
        let refusal = audit.submit(&contents(), &wordless, good()).unwrap_err();
        assert!(refusal.sentence().contains("1 has no words"), "{refusal}");
    }

    #[test]
    fn a_critical_standard_not_met_limits_the_grade() {
        let answers =
            [answer("B1", Judgement::Met, ""), answer("B2", Judgement::NotMet, "Not seen.")];
        let audit = audit(Stage::Assigned);
        assert!(audit.submit(&contents(), &answers, opinion(Grade::Good)).is_err());
        let grade = Grade::RequiresImprovement;
        assert!(audit.submit(&contents(), &answers, opinion(grade)).is_ok());
    }

    #[test]
    fn an_audit_is_submitted_once() {
        let answers = [answer("B1", Judgement::Met, ""), answer("B2", Judgement::Met, "")];
        assert!(audit(submitted()).submit(&contents(), &answers, opinion(Grade::Good)).is_err());
    }
}
