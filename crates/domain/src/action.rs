//! What is done about a finding, by whom, by when, and with what proof.

use jiff::civil::Date;

use crate::case_list::Reference;
use crate::id::{ActionId, AuditId, FindingId, PersonId};
use crate::place::Whereabouts;
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::Reason;

/// How far an action has come. *Addressed* is the owner's word; *verified* is somebody else's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionStage {
    /// Nothing has been claimed yet.
    Open,
    /// The owner says that it is done.
    Addressed {
        /// Who says so.
        by: PersonId,
        /// When.
        on: Date,
        /// What was done, and where the proof is.
        proof: Reason,
    },
    /// Somebody else has seen that it is done.
    Verified {
        /// Who did it.
        addressed_by: PersonId,
        /// What was done, and where the proof is.
        proof: Reason,
        /// Who saw it.
        by: PersonId,
        /// When.
        on: Date,
    },
}

/// Why an action is open again: whoever looked has said what is still missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBack {
    /// When they said so.
    pub on: Date,
    /// What is still missing, in their words, for the owner to read.
    pub because: Reason,
}

/// An action, with what one needs to know of its finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// The finding that it answers.
    pub finding: FindingId,
    /// The audit that found it.
    pub audit: AuditId,
    /// The record that was audited.
    pub reference: Reference,
    /// The standard that the finding is about.
    pub standard: StandardCode,
    /// What has to be put right.
    pub what: String,
    /// Where the record stood when it was drawn.
    pub whereabouts: Whereabouts,
    /// Who is to do it; none while nobody is known.
    pub owner: Option<PersonId>,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// The day by which it is to be done.
    pub due: Date,
    /// How far it has come.
    pub stage: ActionStage,
    /// Why it is open again; none where nobody sent it back since it was last addressed.
    pub sent_back: Option<SentBack>,
}

/// A step of an action that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionStep {
    /// The action.
    pub action: ActionId,
    /// The stage that it is in now.
    pub stage: ActionStage,
    /// Why it went back, where it did.
    pub because: Option<Reason>,
}

/// An action given to somebody, which may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The action.
    pub action: ActionId,
    /// Who owned it before; none where nobody did.
    pub owner_before: Option<PersonId>,
    /// The day by which it was to be done before.
    pub due_before: Date,
    /// Who is to do it now.
    pub owner: PersonId,
    /// The day by which it is to be done now.
    pub due: Date,
}

impl Given {
    /// True if the same person is to do it by the same day, as when a form comes twice.
    pub fn changes_nothing(&self) -> bool {
        self.owner_before == Some(self.owner) && self.due_before == self.due
    }
}

impl Action {
    /// True if it is open past its day.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.stage == ActionStage::Open && self.due < today
    }

    /// The owner says what was done.
    ///
    /// # Errors
    /// Refuses anybody but the owner, and an action that is not open.
    pub fn address(&self, by: PersonId, proof: Reason, on: Date) -> Result<ActionStep, Refusal> {
        if self.owner != Some(by) {
            return Err(Refusal::because("Only the owner of an action can mark it as addressed."));
        }
        if self.stage != ActionStage::Open {
            return Err(Refusal::because("This action was marked as addressed already."));
        }
        Ok(self.step(ActionStage::Addressed { by, on, proof }, None))
    }

    /// Somebody else confirms that it was done.
    ///
    /// # Errors
    /// Refuses whoever did it or owns it, and an action that is not addressed.
    pub fn verify(&self, by: PersonId, on: Date) -> Result<ActionStep, Refusal> {
        let (addressed_by, proof) = self.waiting_for_somebody_other_than(by)?;
        Ok(self.step(ActionStage::Verified { addressed_by, proof, by, on }, None))
    }

    /// Somebody else has looked, and it is not done yet. It is open again, with the same day.
    ///
    /// # Errors
    /// Refuses whoever did it or owns it, and an action that is not addressed.
    pub fn not_yet(&self, by: PersonId, because: Reason) -> Result<ActionStep, Refusal> {
        self.waiting_for_somebody_other_than(by)?;
        Ok(self.step(ActionStage::Open, Some(because)))
    }

    /// Somebody is to do it by a day: the first owner, or another than before.
    ///
    /// # Errors
    /// Refuses an action that is not open, and a day that is past.
    pub fn give(&self, to: PersonId, due: Date, today: Date) -> Result<Given, Refusal> {
        if self.stage != ActionStage::Open {
            return Err(Refusal::because(
                "This action was marked as addressed already, so it keeps its owner.",
            ));
        }
        if due < today {
            return Err(Refusal::because("The due date must be today or later."));
        }
        Ok(Given {
            action: self.id,
            owner_before: self.owner,
            due_before: self.due,
            owner: to,
            due,
        })
    }

    fn waiting_for_somebody_other_than(&self, by: PersonId) -> Result<(PersonId, Reason), Refusal> {
        match &self.stage {
            ActionStage::Addressed { by: doer, proof, .. } => {
                if *doer == by || self.owner == Some(by) {
                    Err(Refusal::because(
                        "You cannot verify an action that you did or own. Ask somebody else to look.",
                    ))
                } else {
                    Ok((*doer, proof.clone()))
                }
            }
            ActionStage::Open => {
                Err(Refusal::because("This action has not been marked as addressed yet."))
            }
            ActionStage::Verified { .. } => {
                Err(Refusal::because("This action was verified already."))
            }
        }
    }

    fn step(&self, stage: ActionStage, because: Option<Reason>) -> ActionStep {
        ActionStep { action: self.id, stage, because }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const OWNER: PersonId = PersonId(1);
    const OTHER: PersonId = PersonId(2);
    const DAY: Date = date(2026, 11, 23);

    fn action(stage: ActionStage) -> Action {
        Action {
            id: ActionId(5),
            finding: FindingId(4),
            audit: AuditId(3),
            reference: Reference::new("R-2043").unwrap(),
            standard: StandardCode::new("B1").unwrap(),
            what: "Bring the case summary up to date.".to_owned(),
            whereabouts: Whereabouts::default(),
            owner: Some(OWNER),
            owner_name: Some("Nia Pell".to_owned()),
            due: date(2026, 11, 20),
            stage,
            sent_back: None,
        }
    }

    fn proof() -> Reason {
        Reason::new("Summary of 19 November, on the record.").unwrap()
    }

    fn addressed() -> Action {
        action(ActionStage::Addressed { by: OWNER, on: DAY, proof: proof() })
    }

    #[test]
    fn the_owner_addresses_and_somebody_else_verifies() {
        let step = action(ActionStage::Open).address(OWNER, proof(), DAY).unwrap();
        assert_eq!(step.stage, addressed().stage);
        let step = addressed().verify(OTHER, DAY).unwrap();
        assert!(matches!(step.stage, ActionStage::Verified { by: OTHER, .. }));
    }

    #[test]
    fn nobody_but_the_owner_addresses() {
        assert!(action(ActionStage::Open).address(OTHER, proof(), DAY).is_err());
    }

    #[test]
    fn the_owner_never_verifies() {
        assert!(addressed().verify(OWNER, DAY).is_err());
        assert!(addressed().not_yet(OWNER, proof()).is_err());
    }

    #[test]
    fn what_is_not_done_yet_is_open_again() {
        let step = addressed().not_yet(OTHER, proof()).unwrap();
        assert_eq!(step.stage, ActionStage::Open);
    }

    #[test]
    fn an_open_action_cannot_be_verified() {
        assert!(action(ActionStage::Open).verify(OTHER, DAY).is_err());
    }

    #[test]
    fn an_open_action_is_given_to_somebody_by_today_or_a_later_day() {
        let nobodys = Action { owner: None, owner_name: None, ..action(ActionStage::Open) };
        let given = nobodys.give(OTHER, DAY, DAY).unwrap();
        assert_eq!((given.owner_before, given.owner, given.due), (None, OTHER, DAY));
        assert!(nobodys.give(OTHER, date(2026, 11, 22), DAY).is_err());
    }

    #[test]
    fn an_action_that_is_not_open_keeps_its_owner() {
        assert!(addressed().give(OTHER, DAY, DAY).is_err());
        let (addressed_by, by) = (OWNER, OTHER);
        let verified = ActionStage::Verified { addressed_by, proof: proof(), by, on: DAY };
        assert!(action(verified).give(OTHER, DAY, DAY).is_err());
    }

    #[test]
    fn the_same_owner_and_the_same_day_change_nothing() {
        let today = date(2026, 11, 20);
        let give = |to, due| action(ActionStage::Open).give(to, due, today).unwrap();
        assert!(give(OWNER, today).changes_nothing());
        assert!(!give(OTHER, today).changes_nothing());
        assert!(!give(OWNER, DAY).changes_nothing());
    }

    #[test]
    fn only_an_open_action_is_overdue() {
        assert!(action(ActionStage::Open).is_overdue(DAY));
        assert!(!addressed().is_overdue(DAY));
    }
}
