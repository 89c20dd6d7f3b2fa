//! What became of a sample after its draw: records swapped with a reason, and records added.
//!
//! The draw itself never changes. An event stands beside it, and takes the next records in the
//! order that the seed gave each stratum, so that nobody ever chooses which record comes.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::draw::Pick;

/// Why a drawn record cannot be audited. A record that cannot be found, or is in disorder, is not
/// among these: to find that out is what an audit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SwapReason {
    /// It was closed before its audit began.
    Closed,
    /// Another authority has become responsible.
    Moved,
    /// A review, a complaint or a court has it.
    Held,
    /// Everybody who could audit it holds it or manages it.
    NobodyIndependent,
    /// The case list was wrong: it is not a record of its stratum.
    ListWrong,
    /// Something else, which the words say.
    Other,
}

impl SwapReason {
    /// Every reason, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Closed,
        Self::Moved,
        Self::Held,
        Self::NobodyIndependent,
        Self::ListWrong,
        Self::Other,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Moved => "moved",
            Self::Held => "held",
            Self::NobodyIndependent => "nobody-independent",
            Self::ListWrong => "list-wrong",
            Self::Other => "other",
        }
    }

    /// The reason in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Closed => "The record was closed before its audit began",
            Self::Moved => "Another authority has become responsible for the child",
            Self::Held => "A review, a complaint or a court has the record",
            Self::NobodyIndependent => "No auditor is independent of the record",
            Self::ListWrong => "The case list was wrong: it does not belong to this stratum",
            Self::Other => "Another reason",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// One change of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawEvent {
    /// The day on which it was done.
    pub on: Date,
    /// What was done.
    pub what: EventKind,
}

/// What was done to a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// A record left, and the next of its stratum took its place.
    Swap {
        /// Why.
        reason: SwapReason,
        /// The record that left.
        out: Pick,
        /// The record that came.
        taken: Pick,
    },
    /// More records were drawn.
    TopUp {
        /// Those that came, by stratum and rank.
        taken: Vec<Pick>,
    },
}

impl DrawEvent {
    /// The records that came.
    pub fn taken(&self) -> &[Pick] {
        match &self.what {
            EventKind::Swap { taken, .. } => std::slice::from_ref(taken),
            EventKind::TopUp { taken } => taken,
        }
    }

    /// The record that left; none where none did.
    pub fn out(&self) -> Option<&Pick> {
        match &self.what {
            EventKind::Swap { out, .. } => Some(out),
            EventKind::TopUp { .. } => None,
        }
    }

    /// The event as lines of a draw file, under its number from 1.
    pub fn lines(&self, number: usize) -> String {
        let mut text = String::new();
        // Writing to a string never fails.
        let _ = match &self.what {
            EventKind::Swap { reason, .. } => {
                writeln!(text, "event {number} {} swap {}", self.on, reason.code())
            }
            EventKind::TopUp { taken } => {
                writeln!(text, "event {number} {} top-up {}", self.on, taken.len())
            }
        };
        let out = self.out().map(|pick| ("out", pick));
        for (word, pick) in out.into_iter().chain(self.taken().iter().map(|pick| ("in", pick))) {
            let (stratum, rank) = (pick.stratum.as_str(), pick.rank);
            let _ = writeln!(text, "{word} {stratum} {rank} {}", pick.reference);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_own_code() {
        for reason in SwapReason::ALL {
            assert_eq!(SwapReason::from_code(reason.code()), Some(reason));
        }
        assert_eq!(SwapReason::from_code("because"), None);
    }
}
