//! What somebody says of a draft, and what is answered.

use jiff::civil::Date;

use crate::id::{CommentId, ConsultationId, PersonId};
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::bounded;

/// What a comment is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The framework as a whole.
    Whole,
    /// One section, by its letter.
    Section(String),
    /// One standard.
    Standard(StandardCode),
}

impl About {
    /// `whole`, `section-B` or `standard-B1`: what is kept, and what a field of a form is called.
    pub fn code(&self) -> String {
        match self {
            Self::Whole => "whole".to_owned(),
            Self::Section(letter) => format!("section-{letter}"),
            Self::Standard(code) => format!("standard-{code}"),
        }
    }

    /// What the code stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        if code == "whole" {
            return Some(Self::Whole);
        }
        if let Some(letter) = code.strip_prefix("section-") {
            let is_letter = (1..=2).contains(&letter.len())
                && letter.bytes().all(|byte| byte.is_ascii_uppercase());
            return is_letter.then(|| Self::Section(letter.to_owned()));
        }
        StandardCode::new(code.strip_prefix("standard-")?).ok().map(Self::Standard)
    }

    /// What it is about, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Whole => "The whole framework".to_owned(),
            Self::Section(letter) => format!("Section {letter}"),
            Self::Standard(code) => format!("Standard {code}"),
        }
    }
}

/// What becomes of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The draft does what it asks.
    Accepted,
    /// The draft does some of it.
    Partly,
    /// The draft does not.
    NotAccepted,
}

impl Outcome {
    /// Every outcome, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Partly, Self::NotAccepted];

    /// `accepted`, `partly` or `not-accepted`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Partly => "partly",
            Self::NotAccepted => "not-accepted",
        }
    }

    /// The outcome in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Accepted => "Accepted",
            Self::Partly => "Partly accepted",
            Self::NotAccepted => "Not accepted",
        }
    }

    /// The outcome with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// What is answered to a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    outcome: Outcome,
    reason: String,
}

impl Reply {
    /// An answer with its reason.
    ///
    /// # Errors
    /// Refuses a comment that is not accepted, or only partly, without a reason, and a reason that
    /// is too long.
    pub fn new(outcome: Outcome, reason: &str) -> Result<Self, Refusal> {
        let reason = bounded(reason)?;
        if outcome != Outcome::Accepted && reason.is_empty() {
            return Err(Refusal::because(
                "Give the reason: whoever wrote the comment will read it.",
            ));
        }
        Ok(Self { outcome, reason })
    }

    /// What becomes of the comment.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Why. It may be blank where the comment was accepted.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// A comment on a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The consultation in which it was made.
    pub consultation: ConsultationId,
    /// Who made it.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What it is about.
    pub about: About,
    /// What it says. Blank where it was taken back.
    pub words: String,
    /// The day on which it was last written.
    pub on: Date,
    /// Goes up by one at each change, so that nobody writes over what they have not seen.
    pub version: u32,
    /// What was answered.
    pub reply: Option<Reply>,
}

impl Comment {
    /// True if somebody still has to answer it.
    pub fn is_unanswered(&self) -> bool {
        !self.words.is_empty() && self.reply.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_comment_is_about_reads_back() {
        let standard = About::Standard(StandardCode::new("B1").unwrap());
        for about in [About::Whole, About::Section("B".to_owned()), standard] {
            assert_eq!(About::from_code(&about.code()), Some(about));
        }
        for code in ["", "section-", "section-b", "section-ABC", "standard-", "standard-1", "B1"] {
            assert_eq!(About::from_code(code), None, "{code}");
        }
    }

    #[test]
    fn what_is_not_wholly_accepted_needs_a_reason() {
        assert!(Reply::new(Outcome::Accepted, " ").is_ok());
        assert!(Reply::new(Outcome::Partly, " ").is_err());
        assert!(Reply::new(Outcome::NotAccepted, "").is_err());
        let reply = Reply::new(Outcome::NotAccepted, " The law says so. ").unwrap();
        assert_eq!(reply.reason(), "The law says so.");
    }
}
