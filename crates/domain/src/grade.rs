//! The reasoned overall opinion, and what limits it.

use crate::framework::Contents;
use crate::judgement::{Answer, Judgement};
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::Reason;

/// The overall opinion of one audit, from best to worst. It is a judgement and not a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Outstanding.
    Outstanding,
    /// Good.
    Good,
    /// Requires improvement.
    RequiresImprovement,
    /// Inadequate.
    Inadequate,
}

impl Grade {
    /// Every grade, from best to worst.
    pub const ALL: [Self; 4] =
        [Self::Outstanding, Self::Good, Self::RequiresImprovement, Self::Inadequate];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Outstanding => "outstanding",
            Self::Good => "good",
            Self::RequiresImprovement => "requires-improvement",
            Self::Inadequate => "inadequate",
        }
    }

    /// The grade in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Outstanding => "Outstanding",
            Self::Good => "Good",
            Self::RequiresImprovement => "Requires improvement",
            Self::Inadequate => "Inadequate",
        }
    }

    /// The grade with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.code() == code)
    }
}

/// What the answers and the concerns of an audit allow at best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GradeLimit {
    /// The child may be unsafe now: a concern was raised in this audit, and not withdrawn.
    Unsafe,
    /// The critical standards that are not met, in the order of the framework.
    Critical(Vec<StandardCode>),
}

impl GradeLimit {
    /// The limit that holds; none if no critical standard is *Not met* and nobody raised a concern.
    pub fn of(contents: &Contents, answers: &[Answer], is_unsafe: bool) -> Option<Self> {
        if is_unsafe {
            return Some(Self::Unsafe);
        }
        let not_met = |code: &StandardCode| {
            answers
                .iter()
                .any(|answer| answer.standard == *code && answer.judgement == Judgement::NotMet)
        };
        let because: Vec<StandardCode> = contents
            .standards()
            .filter(|standard| standard.critical && not_met(&standard.code))
            .map(|standard| standard.code.clone())
            .collect();
        (!because.is_empty()).then_some(Self::Critical(because))
    }

    /// The best grade that may be given.
    pub const fn best(&self) -> Grade {
        match self {
            Self::Unsafe => Grade::Inadequate,
            Self::Critical(_) => Grade::RequiresImprovement,
        }
    }

    /// The limit in a sentence, as the grade page explains it.
    pub fn sentence(&self) -> String {
        let Self::Critical(because) = self else {
            return "A concern says that this child may be unsafe now, so the grade is Inadequate. \
                    A concern raised in error is withdrawn on its own page."
                .to_owned();
        };
        let codes: Vec<&str> = because.iter().map(StandardCode::as_str).collect();
        let (subject, verb) = match codes.as_slice() {
            [one] => (format!("Critical standard {one}"), "is"),
            many => (format!("Critical standards {}", many.join(", ")), "are"),
        };
        format!("{subject} {verb} not met, so the best grade possible is {}.", self.best().words())
    }
}

/// A grade with its reasons, within its limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    grade: Grade,
    reasons: Reason,
}

impl Opinion {
    /// The opinion that an auditor gives.
    ///
    /// # Errors
    /// Refuses a grade better than the limit allows.
    pub fn given(
        grade: Grade,
        reasons: Reason,
        limit: Option<&GradeLimit>,
    ) -> Result<Self, Refusal> {
        match limit {
            Some(limit) if grade < limit.best() => Err(Refusal::because(limit.sentence())),
            _ => Ok(Self { grade, reasons }),
        }
    }

    /// An opinion that was given and kept, as it was.
    pub fn kept(grade: Grade, reasons: Reason) -> Self {
        Self { grade, reasons }
    }

    /// The grade.
    pub fn grade(&self) -> Grade {
        self.grade
    }

    /// Why.
    pub fn reasons(&self) -> &Reason {
        &self.reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit() -> GradeLimit {
        GradeLimit::Critical(vec![StandardCode::new("C1").unwrap()])
    }

    #[test]
    fn a_critical_standard_not_met_limits_the_grade() {
        let reasons = Reason::new("Not seen for eleven weeks.").unwrap();
        for grade in Grade::ALL {
            let given = Opinion::given(grade, reasons.clone(), Some(&limit()));
            assert_eq!(given.is_ok(), grade >= Grade::RequiresImprovement, "{grade:?}");
            assert!(Opinion::given(grade, reasons.clone(), None).is_ok());
        }
    }

    #[test]
    fn the_limit_says_which_standard() {
        assert_eq!(
            limit().sentence(),
            "Critical standard C1 is not met, so the best grade possible is Requires improvement."
        );
        let codes = ["C1", "K1"].map(|code| StandardCode::new(code).unwrap());
        let limit = GradeLimit::Critical(codes.into());
        assert!(limit.sentence().starts_with("Critical standards C1, K1 are not met"));
    }

    #[test]
    fn a_child_who_may_be_unsafe_leaves_one_grade() {
        let reasons = Reason::new("Not seen for eleven weeks.").unwrap();
        for grade in Grade::ALL {
            let given = Opinion::given(grade, reasons.clone(), Some(&GradeLimit::Unsafe));
            assert_eq!(given.is_ok(), grade == Grade::Inadequate, "{grade:?}");
        }
    }
}
