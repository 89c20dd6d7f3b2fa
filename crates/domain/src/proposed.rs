//! What the rules about time propose as the answer to a compliance standard, confirmed or overruled.

use crate::judgement::{Answer, Judgement};
use crate::refusal::Refusal;
use crate::standard::{Standard, StandardCode, StandardKind};
use crate::text::Reason;
use crate::timescale::check::Outcome;
use crate::timescale::facts::RuleFact;
use crate::timescale::rule::RuleCode;

/// An answer that the case list proposes. It decides nothing: an auditor confirms or overrules it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The standard.
    pub standard: StandardCode,
    /// *Met* or *Not met*.
    pub judgement: Judgement,
    /// The rules on which it stands.
    pub rules: Vec<RuleCode>,
    /// What each of them found, as a sentence.
    pub because: Vec<String>,
}

/// A proposed answer, and what the auditor said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    /// The standard.
    pub standard: StandardCode,
    /// *Met* or *Not met*.
    pub proposed: Judgement,
    /// The rules on which it stood.
    pub rules: Vec<RuleCode>,
    /// What the auditor said.
    pub ruling: Ruling,
}

/// What an auditor says to a proposed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// The auditor's own judgement is the same.
    Confirmed,
    /// The auditor judges otherwise.
    Overruled {
        /// Why; none while the auditor still owes it.
        because: Option<Reason>,
    },
}

impl Proposed {
    /// What the facts as at the draw propose for a standard.
    ///
    /// One rule that is broken is enough for *Not met*. *Met* takes all of them: where one of the
    /// rules that apply cannot be told, nothing is proposed, since unknown is not yes. A standard
    /// of quality is never proposed: no date says how well something was done.
    pub fn of(standard: &Standard, facts: &[RuleFact<'_>]) -> Option<Self> {
        if standard.kind != StandardKind::Compliance || facts.is_empty() {
            return None;
        }
        let late = |fact: &&RuleFact<'_>| matches!(fact.outcome, Outcome::Overdue(_));
        let in_time = |fact: &RuleFact<'_>| matches!(fact.outcome, Outcome::InTime(_));
        let broken: Vec<&RuleFact<'_>> = facts.iter().filter(late).collect();
        let (judgement, on) = if !broken.is_empty() {
            (Judgement::NotMet, broken)
        } else if facts.iter().all(in_time) {
            (Judgement::Met, facts.iter().collect())
        } else {
            return None;
        };
        Some(Self {
            standard: standard.code.clone(),
            judgement,
            rules: on.iter().map(|fact| fact.held.rule.code.clone()).collect(),
            because: on.iter().map(|fact| fact.sentence()).collect(),
        })
    }

    /// What an answer says to it, with the reason that the auditor gave, if any.
    pub fn ruled(&self, judgement: Judgement, because: Option<Reason>) -> Ruled {
        let ruling = if judgement == self.judgement {
            Ruling::Confirmed
        } else {
            Ruling::Overruled { because }
        };
        Ruled {
            standard: self.standard.clone(),
            proposed: self.judgement,
            rules: self.rules.clone(),
            ruling,
        }
    }
}

/// What the answers of an audit say to everything that is proposed for it; what has no answer yet
/// is left out. The reasons are those that the auditor gave before.
pub fn ruled(
    proposed: &[Proposed],
    answers: &[Answer],
    reasons: impl Fn(&StandardCode) -> Option<Reason>,
) -> Vec<Ruled> {
    let answer = |it: &Proposed| answers.iter().find(|answer| answer.standard == it.standard);
    proposed
        .iter()
        .filter_map(|it| Some(it.ruled(answer(it)?.judgement, reasons(&it.standard))))
        .collect()
}

/// Refuses while something is overruled without a reason.
///
/// # Errors
/// Names the standards.
pub fn all_reasoned(ruled: &[Ruled]) -> Result<(), Refusal> {
    let owed: Vec<&str> =
        ruled.iter().filter(|it| it.owes_a_reason()).map(|it| it.standard.as_str()).collect();
    if owed.is_empty() {
        return Ok(());
    }
    Err(Refusal::because(format!(
        "Say why you overrule what the case list proposes for {}.",
        owed.join(", ")
    )))
}

impl Ruled {
    /// True while it is overruled and nobody has said why.
    pub fn owes_a_reason(&self) -> bool {
        self.ruling == Ruling::Overruled { because: None }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::case_list::KeyDate;
    use crate::draft::sample::standard;
    use crate::timescale::check::{Seen, Told};
    use crate::timescale::examples::{care_visit, in_force_on};

    fn told(date: Option<Date>) -> Told {
        Told { seen: Seen::Latest(KeyDate::CareVisit), date, elapsed: None, due: None }
    }

    fn outcomes() -> [Outcome; 3] {
        let day = Some(date(2026, 3, 3));
        let why = "No source says it.".to_owned();
        [Outcome::Overdue(told(day)), Outcome::InTime(told(day)), Outcome::CannotTell { why }]
    }

    fn proposed(kind: StandardKind, outcomes: &[&Outcome]) -> Option<Judgement> {
        let held = in_force_on(&care_visit(), date(2026, 3, 31));
        let fact = |outcome: &&Outcome| RuleFact { held: &held, outcome: (*outcome).clone() };
        let facts: Vec<RuleFact<'_>> = outcomes.iter().map(fact).collect();
        let standard = Standard { kind, ..standard("G1") };
        Proposed::of(&standard, &facts).map(|it| it.judgement)
    }

    #[test]
    fn one_broken_rule_proposes_not_met_and_only_all_kept_ones_propose_met() {
        let [late, kept, untold] = &outcomes();
        let compliance = |facts: &[&Outcome]| proposed(StandardKind::Compliance, facts);
        assert_eq!(compliance(&[late, kept, untold]), Some(Judgement::NotMet));
        assert_eq!(compliance(&[kept, kept]), Some(Judgement::Met));
        assert_eq!(compliance(&[kept, untold]), None, "unknown is not yes");
        assert_eq!(compliance(&[untold]), None);
        assert_eq!(compliance(&[]), None, "no rule, nothing proposed");
        assert_eq!(proposed(StandardKind::Quality, &[late]), None);
    }

    #[test]
    fn the_same_judgement_confirms_and_any_other_owes_a_reason() {
        let it = Proposed {
            standard: StandardCode::new("G1").unwrap(),
            judgement: Judgement::NotMet,
            rules: Vec::new(),
            because: Vec::new(),
        };
        assert_eq!(it.ruled(Judgement::NotMet, None).ruling, Ruling::Confirmed);
        for judgement in Judgement::ALL.into_iter().filter(|it| *it != Judgement::NotMet) {
            assert!(it.ruled(judgement, None).owes_a_reason(), "{}", judgement.words());
        }
        let because = Reason::new("The visit is in the case notes.").unwrap();
        let said = it.ruled(Judgement::Met, Some(because));
        assert!(all_reasoned(&[said]).is_ok());
        let owed = it.ruled(Judgement::Met, None);
        let refusal = all_reasoned(&[owed]).unwrap_err();
        assert!(refusal.sentence().contains("G1"), "{refusal}");
    }
}
