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
    /// What another program shows to be let in.
    ApiTokenId,
    /// One auditor's reading of one record.
    AuditId,
    /// The records open on a date.
    CaseListId,
    /// A child who may be unsafe now.
    ConcernId,
    /// What somebody has declared that keeps them from auditing.
    ConflictId,
    /// Somebody's word that they audit the records of a cell.
    ClaimId,
    /// What somebody says of a draft.
    CommentId,
    /// One round of asking for comments.
    ConsultationId,
    /// One quarter of the programme.
    CycleId,
    /// A framework's edition before it is agreed.
    DraftId,
    /// The act of drawing a sample.
    DrawId,
    /// What a draw was asked to take up.
    DrawRequestId,
    /// One numbered version of a framework.
    EditionId,
    /// A disposal of what has been kept long enough.
    DisposalId,
    /// A record that was excluded by name from a draw.
    ExclusionId,
    /// A filing check of one record.
    FilingCheckId,
    /// Which correspondence goes where.
    FilingProtocolId,
    /// What keeps something from going by retention.
    HoldId,
    /// An issue that an audit found.
    FindingId,
    /// A record opened by break-glass.
    GlassId,
    /// A grant.
    GrantId,
    /// Something to put right after a filing check.
    MismatchId,
    /// One meeting of a committee.
    MeetingId,
    /// A second reading of one audit.
    ModerationId,
    /// Somebody who may sign in.
    PersonId,
    /// A part of the authority.
    PlaceId,
    /// A report that is being prepared for members.
    PreparedId,
    /// The file kept on one child.
    RecordId,
    /// What an auditor has to see to before an audit is submitted again.
    ReturnNoteId,
    /// Something that the committee asked, resolved or was promised.
    RegisterItemId,
    /// A wish that a standard be worded anew.
    RewordingId,
    /// A message that says what somebody has to do.
    ReminderId,
    /// What a worker says to an audit of their record.
    ReplyId,
    /// What a committee reads.
    ReportId,
    /// A restriction of a record.
    RestrictionId,
    /// One file or set of files that was read.
    SourceId,
    /// A set of indicators.
    IndicatorSetId,
    /// A set of rules about time.
    RuleSetId,
    /// What findings of many audits have in common.
    ThemeId,
    /// Somebody who holds records.
    WorkerId,
}
