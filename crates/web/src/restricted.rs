//! The records that are restricted today, for pages that list records: of those a list says the
//! reference and how far the work has come, and nothing of what was found, said or is on a list.

use std::collections::BTreeSet;

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::conflict::Subject;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_store::{DeclaredConflict, PickLine};

use crate::app::App;
use crate::error::Failure;
use crate::session::SignedIn;

/// What stands where something of a restricted record would.
pub const HIDDEN: &str = "Restricted";

/// The references of the records that are restricted.
#[derive(Debug, Clone, Default)]
pub struct Restricted(BTreeSet<String>);

impl Restricted {
    /// Those that are restricted today; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read; then nothing is listed.
    pub async fn today(app: &App, visitor: &SignedIn) -> Result<Self, Failure> {
        Ok(Self(app.store.restrictions.references_on(visitor.today).await?))
    }

    /// Whether the record with this reference is restricted.
    pub fn hides(&self, reference: &Reference) -> bool {
        self.0.contains(reference.as_str())
    }

    /// The words, if the record is not restricted.
    pub fn or(&self, reference: &Reference, words: impl FnOnce() -> String) -> String {
        if self.hides(reference) { HIDDEN.to_owned() } else { words() }
    }

    /// Takes the restricted ones out of a list, and says how many there were.
    pub fn take_out<T>(&self, lines: &mut Vec<T>, of: impl Fn(&T) -> &Reference) -> Option<String> {
        let before = lines.len();
        lines.retain(|line| !self.hides(of(line)));
        match before - lines.len() {
            0 => None,
            1 => Some("One record more is restricted, and is not listed.".to_owned()),
            more => Some(format!("{more} records more are restricted, and are not listed.")),
        }
    }

    /// Drawn records without the stratum of those that are restricted: it says what they need, and where.
    pub fn without_strata(&self, picks: &mut [PickLine]) {
        for pick in picks.iter_mut().filter(|it| self.hides(&it.reference)) {
            HIDDEN.clone_into(&mut pick.stratum);
        }
    }

    /// Conflicts without why somebody else keeps away from a restricted record: that is theirs to read.
    ///
    /// # Errors
    /// Never fails: what stands there instead is a reason.
    pub fn without_reasons(
        &self,
        lines: &mut [DeclaredConflict],
        reader: PersonId,
    ) -> Result<(), Refusal> {
        for line in lines.iter_mut().filter(|it| it.conflict.declared.person != reader) {
            let declared = &mut line.conflict.declared;
            let is_record = matches!(declared.subject, Subject::Record(_));
            if is_record && declared.why.is_some() && self.is_named_in(&line.subject) {
                declared.why = Some(Reason::new(HIDDEN)?);
            }
        }
        Ok(())
    }

    /// Whether a sentence names a restricted record.
    pub fn is_named_in(&self, sentence: &str) -> bool {
        self.0.iter().any(|reference| sentence.contains(reference.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restricted_record_is_taken_out_and_counted() {
        let restricted = Restricted(["R-2".to_owned()].into());
        let [one, two] = ["R-1", "R-2"].map(|it| Reference::new(it).ok());
        let mut lines: Vec<Reference> = one.into_iter().chain(two).collect();
        assert_eq!(restricted.or(&lines[1], || "a fact".to_owned()), HIDDEN);
        assert_eq!(restricted.or(&lines[0], || "a fact".to_owned()), "a fact");
        assert!(restricted.take_out(&mut lines, |it| it).is_some());
        assert_eq!(lines.len(), 1);
        assert!(restricted.take_out(&mut lines, |it| it).is_none());
        assert!(restricted.is_named_in("R-2: no date of birth."));
    }
}
