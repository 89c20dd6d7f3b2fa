//! Confirming an audit: what stands for every standard, and the grade.

use super::Moderation;
use super::reading::Outcome;
use crate::audit::{Audit, Stage};
use crate::framework::Contents;
use crate::grade::{Grade, GradeLimit, Opinion};
use crate::id::{AuditId, ModerationId};
use crate::judgement::{Answer, Judgement};
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::Reason;

/// A judgement that stands in place of the auditor's, which is kept beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The standard.
    pub standard: StandardCode,
    /// What the auditor judged.
    pub from: Judgement,
    /// What stands.
    pub to: Judgement,
    /// Why.
    pub why: Reason,
}

/// A grade that stands in place of the auditor's, which is kept beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeChange {
    /// What the auditor gave.
    pub from: Grade,
    /// What stands.
    pub to: Grade,
    /// Why.
    pub why: Reason,
}

/// An audit that may be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// The second reading.
    pub moderation: ModerationId,
    /// The audit.
    pub audit: AuditId,
    /// What stands instead of the auditor's judgements.
    pub corrections: Vec<Correction>,
    /// What stands instead of the auditor's grade; none where that stands.
    pub grade: Option<GradeChange>,
    /// The corrected standards that must lead to a finding, with what was said.
    pub shortfalls: Vec<(StandardCode, String)>,
}

/// The standards of an audit that nobody has settled yet, in the order in which they are asked.
pub fn unsettled<'a>(
    contents: &'a Contents,
    audit: &Audit,
    answers: &[Answer],
    outcomes: &[Outcome],
) -> Vec<&'a StandardCode> {
    let asked = contents.asked_of(&audit.line).into_iter();
    let is_settled = |code: &StandardCode| {
        let answer = answers.iter().find(|answer| answer.standard == *code);
        answer.is_some_and(|answer| outcomes.iter().any(|outcome| outcome.settles(answer)))
    };
    asked.map(|standard| &standard.code).filter(|code| !is_settled(code)).collect()
}

/// The answers as they stand once these outcomes count.
pub fn standing(answers: &[Answer], outcomes: &[Outcome]) -> Vec<Answer> {
    let stand = |answer: &Answer| {
        let outcome = outcomes.iter().find(|outcome| outcome.settles(answer));
        let judgement = outcome.map_or(answer.judgement, |outcome| outcome.judgement);
        Answer { judgement, ..answer.clone() }
    };
    answers.iter().map(stand).collect()
}

impl Moderation {
    /// Confirms an audit, with its grade or another one.
    ///
    /// # Errors
    /// Refuses while a standard is not settled, a grade better than what stands allows, another
    /// grade without a word, words for a grade that does not change, and once it has ended.
    pub fn confirm(
        &self,
        contents: &Contents,
        (audit, answers): (&Audit, &[Answer]),
        outcomes: &[Outcome],
        (grade, why): (Grade, Option<Reason>),
    ) -> Result<Confirmed, Refusal> {
        self.must_go_on()?;
        let Stage::Submitted { opinion, .. } = &audit.stage else {
            return Err(Refusal::because(
                "This audit is not submitted, so it cannot be confirmed.",
            ));
        };
        let left = unsettled(contents, audit, answers, outcomes);
        if let Some(first) = left.first() {
            return Err(Refusal::because(format!(
                "Settle every standard before you confirm: {} left, from {first} on.",
                if left.len() == 1 { "1 is".to_owned() } else { format!("{} are", left.len()) }
            )));
        }
        let limit = GradeLimit::of(contents, &standing(answers, outcomes), audit.is_unsafe);
        Opinion::given(grade, opinion.reasons().clone(), limit.as_ref())?;
        let grade = match (grade == opinion.grade(), why) {
            (true, None) => None,
            (true, Some(_)) => {
                return Err(Refusal::because(
                    "The grade stays as it is, so leave the reason for changing it empty.",
                ));
            }
            (false, None) => {
                return Err(Refusal::because("Say in a sentence why the grade changes."));
            }
            (false, Some(why)) => Some(GradeChange { from: opinion.grade(), to: grade, why }),
        };
        let corrections = corrections(answers, outcomes);
        let shortfalls = corrections.iter().filter(|it| it.to.raises_a_finding());
        let shortfalls =
            shortfalls.map(|it| (it.standard.clone(), it.why.words().to_owned())).collect();
        Ok(Confirmed { moderation: self.id, audit: audit.id, corrections, grade, shortfalls })
    }
}

fn corrections(answers: &[Answer], outcomes: &[Outcome]) -> Vec<Correction> {
    let correct = |answer: &Answer| {
        let outcome = outcomes.iter().find(|outcome| outcome.settles(answer))?;
        let why = outcome.why.clone().filter(|_| outcome.judgement != answer.judgement)?;
        let (from, to) = (answer.judgement, outcome.judgement);
        Some(Correction { standard: answer.standard.clone(), from, to, why })
    };
    answers.iter().filter_map(correct).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moderation::reading::Choice;
    use crate::moderation::sample::{answer, audit, contents, moderation, why};

    fn outcomes(answers: &[Answer], last: Choice) -> Vec<Outcome> {
        let end = answers.len() - 1;
        let step = |(index, answer): (usize, &Answer)| {
            let choice = if index == end { last } else { Choice::Agree };
            let why = why("Not seen for eleven weeks.");
            moderation(false).settle(None, answer, choice, why).unwrap().outcome.unwrap()
        };
        answers.iter().enumerate().map(step).collect()
    }

    fn confirm(last: Choice, grade: (Grade, Option<Reason>)) -> Result<Confirmed, Refusal> {
        let answers = [answer("B1", Judgement::Met), answer("C1", Judgement::Met)];
        let outcomes = outcomes(&answers, last);
        moderation(false).confirm(&contents(), (&audit(Grade::Good), &answers), &outcomes, grade)
    }

    #[test]
    fn what_both_said_stands_and_changes_nothing() {
        let confirmed = confirm(Choice::Agree, (Grade::Good, None)).unwrap();
        assert!(confirmed.corrections.is_empty() && confirmed.grade.is_none());
        assert!(confirm(Choice::Agree, (Grade::Good, why("No change."))).is_err());
    }

    #[test]
    fn both_grades_are_kept_and_the_change_has_its_sentence() {
        assert!(confirm(Choice::Agree, (Grade::Outstanding, None)).is_err());
        let confirmed = confirm(Choice::Agree, (Grade::Outstanding, why("All is in order.")));
        let change = confirmed.unwrap().grade.unwrap();
        assert_eq!((change.from, change.to), (Grade::Good, Grade::Outstanding));
    }

    #[test]
    fn a_correction_of_a_critical_standard_limits_the_grade_and_becomes_a_finding() {
        let not_met = Choice::Disagree(Judgement::NotMet);
        let refusal = confirm(not_met, (Grade::Good, None)).unwrap_err();
        assert!(refusal.sentence().contains("Critical standard C1"), "{refusal}");
        let lower = (Grade::RequiresImprovement, why("The child was not seen."));
        let confirmed = confirm(not_met, lower).unwrap();
        let correction = &confirmed.corrections[0];
        assert_eq!((correction.from, correction.to), (Judgement::Met, Judgement::NotMet));
        assert_eq!(confirmed.shortfalls.len(), 1);
    }

    #[test]
    fn a_standard_that_nobody_settled_stands_in_the_way() {
        let answers = [answer("B1", Judgement::Met), answer("C1", Judgement::Met)];
        let mut outcomes = outcomes(&answers, Choice::Agree);
        outcomes.pop();
        let with = |outcomes: &[Outcome]| {
            let audit = audit(Grade::Good);
            moderation(false).confirm(
                &contents(),
                (&audit, &answers),
                outcomes,
                (Grade::Good, None),
            )
        };
        let refusal = with(&outcomes).unwrap_err();
        assert!(refusal.sentence().contains("1 is left, from C1 on"), "{refusal}");
    }
}
