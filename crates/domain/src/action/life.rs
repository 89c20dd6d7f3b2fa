//! What may happen next in the life of an action, and who may not do it.

use jiff::civil::Date;

use super::{Action, ActionStage, ActionStep, MoreTime, SentBack, StepKind, Verified};
use crate::id::PersonId;
use crate::refusal::Refusal;
use crate::text::Reason;

/// Days from verifying to looking again, unless somebody says otherwise: the next quarter's work
/// then shows whether it held.
pub const RECHECK_AFTER: i32 = 90;

/// Who is to do an action, by when, who confirms it, and what will be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Who is to do it.
    pub owner: PersonId,
    /// By when.
    pub due: Date,
    /// Who confirms it; none where that is for whoever manages the place.
    pub confirmer: Option<PersonId>,
    /// What will be done and how it will be proved; may be empty.
    pub plan: String,
}

impl Action {
    /// Somebody is to do it by a day, and somebody else confirms it.
    ///
    /// # Errors
    /// Refuses an action that is not open or goes on under another, a day that is past, and an
    /// owner who would confirm their own work.
    pub fn give(&self, wanted: Wanted, today: Date) -> Result<ActionStep, Refusal> {
        self.must_be_open("so it keeps its owner")?;
        if wanted.due < today {
            return Err(Refusal::because("The due date must be today or later."));
        }
        if wanted.confirmer == Some(wanted.owner) {
            return Err(Refusal::because(
                "Whoever confirms an action must be somebody other than its owner.",
            ));
        }
        let Wanted { owner, due, confirmer, plan } = wanted;
        let same = (self.owner, self.due, self.confirmer, &self.plan);
        if same == (Some(owner), due, confirmer, &plan) {
            return Ok(self.step(StepKind::Given, None, self.clone()));
        }
        // The new day answers whatever was asked.
        let (owner, more_time) = (Some(owner), None);
        let after = Self { owner, confirmer, plan, due, more_time, ..self.clone() };
        Ok(self.step(StepKind::Given, None, after))
    }

    /// The owner asks for more time.
    ///
    /// # Errors
    /// Refuses anybody but the owner, an action that is not open, a day that is not after the
    /// present one or is past, and a second wish while one waits.
    pub fn ask_for_time(
        &self,
        by: PersonId,
        until: Date,
        because: Reason,
        today: Date,
    ) -> Result<ActionStep, Refusal> {
        if self.owner != Some(by) {
            return Err(Refusal::because("Only the owner of an action can ask for more time."));
        }
        self.must_be_open("so it needs no more time")?;
        if self.more_time.is_some() {
            return Err(Refusal::because("You have asked already, and nobody has answered yet."));
        }
        if until <= self.due || until < today {
            return Err(Refusal::because(
                "The day that you ask for must be later than the due date, and not past.",
            ));
        }
        let more_time = Some(MoreTime { on: today, until, because: because.clone() });
        let after = Self { more_time, ..self.clone() };
        Ok(ActionStep {
            day: Some(until),
            ..self.step(StepKind::AskedForTime, Some(because), after)
        })
    }

    /// Somebody else agrees to more time, or does not and says why. The first day stays beside the new.
    ///
    /// # Errors
    /// Refuses the owner, and an action for which nobody has asked for more time.
    pub fn decide_time(
        &self,
        by: PersonId,
        refused: Option<Reason>,
    ) -> Result<ActionStep, Refusal> {
        if self.owner == Some(by) {
            return Err(Refusal::because("You cannot agree to more time for your own action."));
        }
        let Some(asked) = self.more_time.as_ref().filter(|_| self.is_open()) else {
            return Err(Refusal::because("Nobody is asking for more time for this action."));
        };
        let (kind, due) = match &refused {
            Some(_) => (StepKind::TimeRefused, self.due),
            None => (StepKind::TimeAgreed, asked.until),
        };
        let after = Self { due, more_time: None, ..self.clone() };
        Ok(ActionStep { day: Some(asked.until), ..self.step(kind, refused, after) })
    }

    /// The owner says what was done.
    ///
    /// # Errors
    /// Refuses anybody but the owner, and an action that is not open.
    pub fn address(&self, by: PersonId, proof: Reason, on: Date) -> Result<ActionStep, Refusal> {
        if self.owner != Some(by) {
            return Err(Refusal::because("Only the owner of an action can mark it as addressed."));
        }
        self.must_be_open("so it cannot be marked again")?;
        let stage = ActionStage::Addressed { by, on, proof: proof.clone() };
        let after = Self { stage, sent_back: None, more_time: None, ..self.clone() };
        Ok(self.step(StepKind::Addressed, Some(proof), after))
    }

    /// Somebody else confirms that it was done, and says from which day on it is looked at again.
    ///
    /// # Errors
    /// Refuses whoever did it or owns it, an action that is not addressed, and a day of the
    /// re-check that is not to come.
    pub fn verify(&self, by: PersonId, on: Date, recheck: Date) -> Result<ActionStep, Refusal> {
        let (addressed_by, addressed_on, proof) = self.waiting_for_somebody_other_than(by)?;
        if recheck <= on {
            return Err(Refusal::because("The day of the re-check must be later than today."));
        }
        let recheck = Some(recheck);
        let verified = Verified { addressed_by, addressed_on, proof, by, on, recheck };
        let after = Self { stage: ActionStage::Verified(verified), ..self.clone() };
        Ok(ActionStep { day: recheck, ..self.step(StepKind::Verified, None, after) })
    }

    /// Somebody else has looked, and it is not done yet. It is open again, with the same day.
    ///
    /// # Errors
    /// Refuses whoever did it or owns it, and an action that is not addressed.
    pub fn not_yet(&self, by: PersonId, because: Reason, on: Date) -> Result<ActionStep, Refusal> {
        self.waiting_for_somebody_other_than(by)?;
        Ok(self.back(StepKind::SentBack, because, on, self.due))
    }

    /// A third has looked again, and it held.
    ///
    /// # Errors
    /// Refuses whoever had a part in it, and an action whose re-check has not come.
    pub fn held(&self, by: PersonId, seen: Reason, on: Date) -> Result<ActionStep, Refusal> {
        let verified = self.waiting_for_a_third(by, on)?.clone();
        let after = Self { stage: ActionStage::Held { verified, by, on }, ..self.clone() };
        Ok(self.step(StepKind::Held, Some(seen), after))
    }

    /// A third has looked again, and it did not hold. It is open again, with another day.
    ///
    /// # Errors
    /// Refuses whoever had a part in it, an action whose re-check has not come, and a day that is
    /// past.
    pub fn not_held(
        &self,
        by: PersonId,
        because: Reason,
        on: Date,
        due: Date,
    ) -> Result<ActionStep, Refusal> {
        self.waiting_for_a_third(by, on)?;
        if due < on {
            return Err(Refusal::because("The due date must be today or later."));
        }
        Ok(self.back(StepKind::NotHeld, because, on, due))
    }

    /// Nothing need be done, and why. Whether this person may say so is decided elsewhere.
    ///
    /// # Errors
    /// Refuses the owner, and an action that is not open.
    pub fn close(&self, by: PersonId, because: Reason, on: Date) -> Result<ActionStep, Refusal> {
        if self.owner == Some(by) {
            return Err(Refusal::because("You cannot close an action that you own."));
        }
        self.must_be_open("so it cannot be closed without action")?;
        let stage = ActionStage::NotNeeded { by, on, because: because.clone() };
        let after = Self { stage, more_time: None, ..self.clone() };
        Ok(self.step(StepKind::NotNeeded, Some(because), after))
    }

    fn back(&self, kind: StepKind, because: Reason, on: Date, due: Date) -> ActionStep {
        let sent_back = Some(SentBack { on, because: because.clone() });
        let after = Self { stage: ActionStage::Open, sent_back, due, ..self.clone() };
        self.step(kind, Some(because), after)
    }

    /// Refuses an action that is not open; the words complete *This action was … already*.
    pub(super) fn must_be_open(&self, so: &str) -> Result<(), Refusal> {
        if self.joined_to.is_some() {
            return Err(Refusal::because(
                "This finding goes on under another action. Take them apart first.",
            ));
        }
        let done = match &self.stage {
            ActionStage::Open => return Ok(()),
            ActionStage::Addressed { .. } => "marked as addressed",
            ActionStage::Verified(_) | ActionStage::Held { .. } => "verified",
            ActionStage::NotNeeded { .. } => "closed without action",
        };
        Err(Refusal::because(format!("This action was {done} already, {so}.")))
    }

    fn waiting_for_somebody_other_than(
        &self,
        by: PersonId,
    ) -> Result<(PersonId, Date, Reason), Refusal> {
        match &self.stage {
            ActionStage::Addressed { by: doer, on, proof } => {
                if *doer == by || self.owner == Some(by) {
                    Err(Refusal::because(
                        "You cannot verify an action that you did or own. Ask somebody else to look.",
                    ))
                } else {
                    Ok((*doer, *on, proof.clone()))
                }
            }
            ActionStage::Open => {
                Err(Refusal::because("This action has not been marked as addressed yet."))
            }
            ActionStage::Verified(_) | ActionStage::Held { .. } => {
                Err(Refusal::because("This action was verified already."))
            }
            ActionStage::NotNeeded { .. } => {
                Err(Refusal::because("This action was closed without being done."))
            }
        }
    }

    fn waiting_for_a_third(&self, by: PersonId, on: Date) -> Result<&Verified, Refusal> {
        let ActionStage::Verified(verified) = &self.stage else {
            return Err(Refusal::because(
                "Only an action that is verified, and not looked at again yet, can be re-checked.",
            ));
        };
        if self.had_a_part(by) {
            return Err(Refusal::because(
                "You did, own or confirmed this action, so somebody else must say whether it held.",
            ));
        }
        if !self.waits_for_recheck(on) {
            return Err(Refusal::because("The day of the re-check has not come yet."));
        }
        Ok(verified)
    }

    pub(super) fn step(&self, kind: StepKind, words: Option<Reason>, after: Self) -> ActionStep {
        ActionStep { kind, words, day: None, other: None, before: self.clone(), after }
    }
}
