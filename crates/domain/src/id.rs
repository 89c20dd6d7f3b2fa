//! One kind of id for each noun, so that one noun's can never be given for another's.

use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+ };
}

ids! {
    /// An action on a finding.
    ActionId,
    /// One auditor's reading of one record.
    AuditId,
    /// The records open on a date.
    CaseListId,
    /// What somebody has declared that keeps them from auditing.
    ConflictId,
    /// One quarter of the programme.
    CycleId,
    /// The act of drawing a sample.
    DrawId,
    /// One numbered version of a framework.
    EditionId,
    /// An issue that an audit found.
    FindingId,
    /// Somebody who may sign in.
    PersonId,
    /// A part of the authority.
    PlaceId,
    /// The file kept on one child.
    RecordId,
    /// A message that says what somebody has to do.
    ReminderId,
    /// What a committee reads.
    ReportId,
    /// Somebody who holds records.
    WorkerId,
}
