//! Who looks after what the program has to do with machines: tokens, and how it is running.

use jiff::civil::Date;

use crate::person::{Person, Role};

/// Something about tokens of the API, or about how the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutsideDeed {
    /// Make tokens for other programs, and end them.
    KeepTokens,
    /// See which tokens there are, what for, and when each was last used.
    SeeTokens,
    /// See how the program runs: its version, its disk, what waits.
    SeeOperations,
}

impl OutsideDeed {
    /// Whether somebody may do it on this day.
    pub fn is_for(self, person: &Person, day: Date) -> bool {
        match self {
            Self::KeepTokens | Self::SeeOperations => person.is(Role::Administrator, day),
            // Whoever answers for access, or audits it, sees by which ways data leaves.
            Self::SeeTokens => {
                [Role::Administrator, Role::InformationGovernance, Role::AuditServices]
                    .iter()
                    .any(|role| person.is(*role, day))
            }
        }
    }
}
