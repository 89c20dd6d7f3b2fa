//! An audit goes back to its auditor, with notes that must be cleared before it comes again.

use jiff::civil::Date;

use super::Moderation;
use crate::audit::Audit;
use crate::calendar::day_in_words;
use crate::framework::Contents;
use crate::id::{AuditId, ModerationId, ReturnNoteId};
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::Reason;

/// What an auditor is asked to see to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The standard that it is about; none for the audit as a whole.
    pub standard: Option<StandardCode>,
    /// What is asked.
    pub words: Reason,
}

/// An audit that may go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBack {
    /// The second reading.
    pub moderation: ModerationId,
    /// The audit.
    pub audit: AuditId,
    /// What its auditor has to see to, at least one thing.
    pub notes: Vec<Note>,
}

/// A note as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNote {
    /// Its id.
    pub id: ReturnNoteId,
    /// The note.
    pub note: Note,
    /// What the auditor did about it; none while it is not cleared.
    pub done: Option<Reason>,
}

impl Moderation {
    /// Sends an audit back to its auditor.
    ///
    /// # Errors
    /// Refuses without a note, a note on a standard that is not asked, an audit that is not
    /// submitted, one whose cycle was closed, and once it has ended.
    pub fn send_back(
        &self,
        contents: &Contents,
        audit: &Audit,
        notes: Vec<Note>,
        cycle_closed: Option<Date>,
    ) -> Result<SentBack, Refusal> {
        self.must_go_on()?;
        if !audit.is_submitted() {
            return Err(Refusal::because("This audit is with its auditor already."));
        }
        if let Some(day) = cycle_closed {
            return Err(Refusal::because(format!(
                "The cycle was closed on {}, so this audit can no longer go back to its auditor. Settle here what stands.",
                day_in_words(day)
            )));
        }
        if notes.is_empty() {
            return Err(Refusal::because(
                "Write at least one note that says what is to be seen to.",
            ));
        }
        let asked = contents.asked_of(&audit.line);
        let is_asked = |note: &Note| {
            note.standard.as_ref().is_none_or(|code| asked.iter().any(|it| it.code == *code))
        };
        if !notes.iter().all(is_asked) {
            return Err(Refusal::because("A note is about a standard that is not asked."));
        }
        Ok(SentBack { moderation: self.id, audit: audit.id, notes })
    }
}

/// Refuses while a note is not cleared.
///
/// # Errors
/// Says how many are left.
pub fn must_be_cleared(notes: &[KeptNote]) -> Result<(), Refusal> {
    match notes.iter().filter(|note| note.done.is_none()).count() {
        0 => Ok(()),
        1 => Err(Refusal::because("Clear the moderator’s note before you submit: 1 is left.")),
        left => Err(Refusal::because(format!(
            "Clear the moderator’s notes before you submit: {left} are left."
        ))),
    }
}

/// Says what was done about a note.
///
/// # Errors
/// Refuses a note that is cleared already, and an audit that is not with its auditor.
pub fn clear(note: &KeptNote, audit: &Audit) -> Result<(), Refusal> {
    audit.must_be_open()?;
    match &note.done {
        None => Ok(()),
        Some(_) => Err(Refusal::because("This note is cleared already.")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::grade::Grade;
    use crate::moderation::sample::{audit, contents, moderation, why};

    fn note(standard: Option<&str>) -> Note {
        let standard = standard.map(|code| StandardCode::new(code).unwrap());
        Note { standard, words: why("Say when the child was seen.").unwrap() }
    }

    #[test]
    fn an_audit_goes_back_with_something_to_see_to() {
        let send = |notes, closed| {
            moderation(false).send_back(&contents(), &audit(Grade::Good), notes, closed)
        };
        assert!(send(vec![], None).is_err());
        assert!(send(vec![note(Some("Z9"))], None).is_err());
        assert_eq!(send(vec![note(None), note(Some("C1"))], None).unwrap().notes.len(), 2);
        let refusal = send(vec![note(None)], Some(date(2026, 12, 14))).unwrap_err();
        assert!(refusal.sentence().contains("closed on 14 December 2026"));
    }

    #[test]
    fn every_note_is_cleared_before_it_comes_again() {
        let open = KeptNote { id: ReturnNoteId(1), note: note(None), done: None };
        let done = KeptNote { done: why("Added the visit of 3 May."), ..open.clone() };
        assert!(must_be_cleared(std::slice::from_ref(&done)).is_ok());
        let refusal = must_be_cleared(&[open.clone(), done.clone(), open.clone()]).unwrap_err();
        assert!(refusal.sentence().ends_with("2 are left."));
        assert!(clear(&open, &audit(Grade::Good)).is_err(), "it is submitted");
        let mut back = audit(Grade::Good);
        back.stage = crate::audit::Stage::Assigned;
        assert!(clear(&open, &back).is_ok());
        assert!(clear(&done, &back).is_err());
    }
}
