//! The form of an audit, filled in away from the program and handed in: what it changes, and what
//! somebody changed meanwhile.

use sha2::{Digest, Sha256};

use crate::audit::Audit;
use crate::case_list::Reference;
use crate::framework::Contents;
use crate::hex::hex;
use crate::id::{AuditId, EditionId};
use crate::judgement::{Answer, Judgement};
use crate::proposed::{Proposed, Ruled};
use crate::refusal::Refusal;
use crate::standard::{Standard, StandardCode};
use crate::text::Reason;

/// What an auditor says to one standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The judgement.
    pub judgement: Judgement,
    /// What was seen.
    pub seen: String,
    /// Where it was found.
    pub found: String,
    /// Why what the case list proposes is overruled; blank where it is not.
    pub because: String,
}

/// What stood in a line when the form was taken along, as a few letters that stand for its words.
/// Whatever is saved meanwhile has another mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(String);

/// How many figures of the digest a mark has: no two answers that people write share them.
const FIGURES: usize = 16;

impl Mark {
    /// The mark of what is saved.
    pub fn of(said: Option<&Said>) -> Self {
        let Some(said) = said else { return Self("new".to_owned()) };
        let mut hash = Sha256::new();
        for part in [said.judgement.code(), &said.seen, &said.found, &said.because] {
            // The length goes first, so that no words can wander from one part into the next.
            hash.update(format!("{} {part}\n", part.len()));
        }
        let mut figures = hex(&hash.finalize());
        figures.truncate(FIGURES);
        Self(figures)
    }

    /// The mark that a form carries; none where it was lost.
    pub fn carried(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The mark as a form carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One standard of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormLine {
    /// The section that it stands in.
    pub section: String,
    /// The standard.
    pub standard: Standard,
    /// What the case list proposes for it.
    pub proposed: Option<Proposed>,
    /// What is saved.
    pub saved: Option<Said>,
    /// How many times that has been saved.
    pub version: u32,
}

/// The form of one audit, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditForm {
    /// The audit.
    pub audit: AuditId,
    /// The edition on which it is made.
    pub edition: EditionId,
    /// The reference of the record.
    pub reference: Reference,
    /// Every standard that is asked.
    pub lines: Vec<FormLine>,
}

/// A line as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The standard.
    pub standard: StandardCode,
    /// What it says; none where it was left blank.
    pub said: Option<Said>,
    /// What stood there when the form was taken along; none where that was lost.
    pub mark: Option<Mark>,
}

/// A line that says something else than what is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// The standard.
    pub standard: StandardCode,
    /// What is saved.
    pub saved: Option<Said>,
    /// What was handed in.
    pub handed_in: Said,
    /// True if what is saved is not what stood there when the form was taken along. Somebody has to
    /// say which of the two is to be kept.
    pub is_conflict: bool,
}

impl AuditForm {
    /// The form of an audit, with what is saved, what is proposed and why that was overruled.
    pub fn of(
        audit: &Audit,
        contents: &Contents,
        answers: &[Answer],
        proposed: impl Fn(&Standard) -> Option<Proposed>,
        because: impl Fn(&StandardCode) -> Option<Reason>,
    ) -> Self {
        let line = |section: &str, standard: &Standard| {
            let answer = answers.iter().find(|answer| answer.standard == standard.code);
            let proposed = proposed(standard);
            let saved = answer.map(|answer| Said {
                judgement: answer.judgement,
                seen: answer.seen.clone(),
                found: answer.found.clone(),
                because: because(&standard.code)
                    .map_or(String::new(), |because| because.words().to_owned()),
            });
            let saved = saved.map(|said| as_kept(said, proposed.as_ref()));
            FormLine {
                section: section.to_owned(),
                standard: standard.clone(),
                proposed,
                saved,
                version: answer.map_or(0, |answer| answer.version),
            }
        };
        let of_section = |section: &crate::framework::Section| {
            let title = format!("{}. {}", section.letter, section.title);
            let asked = section.standards.iter().filter(|it| it.applies_to(&audit.line));
            asked.map(|standard| line(&title, standard)).collect::<Vec<_>>()
        };
        Self {
            audit: audit.id,
            edition: audit.edition,
            reference: audit.line.reference.clone(),
            lines: contents.sections().iter().flat_map(of_section).collect(),
        }
    }

    /// By what the form is known again: `17/3/R-2043`.
    pub fn identity(&self) -> String {
        format!("{}/{}/{}", self.audit, self.edition, self.reference)
    }

    /// Refuses what belongs to the form of another audit, or of another edition.
    ///
    /// # Errors
    /// Says which form to choose.
    pub fn must_be(&self, identity: &str) -> Result<(), Refusal> {
        let mut parts = identity.trim().splitn(3, '/');
        let mut is = |mine: String| parts.next() == Some(mine.as_str());
        let (audit, edition) = (is(self.audit.to_string()), is(self.edition.to_string()));
        let reference = is(self.reference.to_string());
        match (audit && reference, edition) {
            (true, true) => Ok(()),
            (true, false) => Err(Refusal::because(
                "This is the form of another edition of the framework. Download the form again, \
                 and copy your answers into it.",
            )),
            (false, _) => Err(Refusal::because(format!(
                "This is the form of another audit. Choose the one that you downloaded for {}.",
                self.reference
            ))),
        }
    }

    /// The line of a standard; none if it is not asked.
    pub fn line(&self, code: &StandardCode) -> Option<&FormLine> {
        self.lines.iter().find(|line| line.standard.code == *code)
    }

    /// What the lines that were handed in would change. A line that was left blank, or as it was
    /// when the form was taken along, changes nothing, and neither does one that is not there.
    pub fn coming(&self, handed_in: &[HandedIn]) -> Vec<Coming> {
        let coming = |line: &FormLine| {
            let handed_in = handed_in.iter().find(|it| it.standard == line.standard.code)?;
            let said = as_kept(handed_in.said.clone()?, line.proposed.as_ref());
            let is_as_it_was = handed_in.mark == Some(Mark::of(Some(&said)));
            if line.saved.as_ref() == Some(&said) || is_as_it_was {
                return None;
            }
            let is_seen = handed_in.mark == Some(Mark::of(line.saved.as_ref()));
            Some(Coming {
                standard: line.standard.code.clone(),
                saved: line.saved.clone(),
                handed_in: said,
                is_conflict: line.saved.is_some() && !is_seen,
            })
        };
        self.lines.iter().filter_map(coming).collect()
    }
}

/// As it is kept: a reason stands only where a proposed answer is overruled.
fn as_kept(said: Said, proposed: Option<&Proposed>) -> Said {
    let overrules = proposed.is_some_and(|it| it.judgement != said.judgement);
    Said { because: if overrules { said.because } else { String::new() }, ..said }
}

impl FormLine {
    /// The answer that follows the saved one.
    pub fn answer(&self, said: &Said) -> Answer {
        Answer {
            standard: self.standard.code.clone(),
            judgement: said.judgement,
            seen: said.seen.clone(),
            found: said.found.clone(),
            version: self.version,
        }
    }

    /// What it says to what the case list proposes, if that proposes anything.
    pub fn ruled(&self, said: &Said) -> Option<Ruled> {
        let because = Reason::new(&said.because).ok();
        self.proposed.as_ref().map(|proposed| proposed.ruled(said.judgement, because))
    }
}

#[cfg(test)]
mod tests;
