//! Keeps it, in SQLite or PostgreSQL, and remembers who changed what.
//!
//! Each noun has its file and its field: `store.audits.get(id)`. Reading is a noun phrase, writing
//! is a verb whose first argument is a [`Stamp`](quarterlight_domain::stamp::Stamp). A transaction
//! begins and ends inside one function. There is no delete: what must go, goes by retention.

mod actions;
mod agreements;
mod answers;
mod api_tokens;
mod attached;
mod auditors;
mod audits;
mod case_lists;
mod cells;
mod change;
mod changes;
mod checkpoints;
mod claims;
mod closings;
mod compared;
mod concerns;
mod conflicts;
mod consultations;
mod copies;
mod coverage;
mod cycles;
mod decisions;
mod drafts;
mod draw_requests;
mod drawn_records;
mod draws;
mod editions;
mod engine;
mod exclusions;
mod fault;
mod figures;
mod filing;
mod findings;
mod frameworks;
mod grants;
mod handovers;
mod history;
mod identities;
mod indicators;
mod journal;
mod journal_export;
mod journal_tree;
mod last_audit;
mod leases;
mod line;
mod looks;
mod mappings;
mod migrator;
mod missed;
mod moderations;
mod openings;
mod operations;
mod people;
mod places;
mod programmes;
mod proposals;
mod records;
mod register;
mod releases;
mod reminders;
mod replies;
mod reports;
mod restrictions;
mod retention;
mod rewordings;
mod sessions;
mod sighting;
mod sign_ins;
mod sources;
mod sql;
mod staffing;
mod store;
mod subjects;
mod themes;
mod timescales;
mod together;
mod unfinished;
mod upkeep;
mod verify;
mod voices;
mod whole;
mod worker_facts;
mod workers;

pub use actions::{ActionFilter, Actions, Narrowed, Recurrence, Standing, StepLine};
pub use answers::{Answers, Page, Saved, TakenOver};
pub use api_tokens::{ApiTokenLine, ApiTokens, NewApiToken, Pace};
pub use attached::Attached;
pub use auditors::{AuditorLine, Auditors};
pub use audits::{AuditInHand, AuditLine, AuditToDo, Audits};
pub use case_lists::{CaseListSummary, CaseLists, KeptProblem, NewCaseList, TakenIn};
pub use changes::{ChangeKind, ChangedLine, Preview};
pub use checkpoints::{Sent, SignedCheckpoint};
pub use claims::Claims;
pub use compared::{ApartLine, ConflictLine, Counts, DoubtLine, ListLine};
pub use concerns::{ConcernLine, Concerns, Mailed, ToTell, Told};
pub use conflicts::{Conflicts, DeclaredConflict};
pub use consultations::{Asked, Commented, Consultations};
pub use copies::{Copies, CopyKey};
pub use coverage::CellAudits;
pub use cycles::{CycleProgress, Cycles};
pub use decisions::Decision;
pub use drafts::{DraftKept, DraftLine, Drafts};
pub use draw_requests::DrawRequests;
pub use draws::{DrawSummary, Draws, KeptEvent, PickLine, Published};
pub use editions::{AskedLine, EditionHistory, EditionLine};
pub use engine::{Chance, Durability, Settings};
pub use exclusions::{ExcludedLine, Exclusions};
pub use fault::Fault;
pub use figures::{AgreementFilter, Figures, PairLine};
pub use filing::{
    CheckLine, Cleared, Filing, FilingCheck, KeptProtocol, MismatchLine, NewProtocol, Which,
    Withdrawn,
};
pub use findings::{Findings, PracticeFilter, PracticeLine};
pub use frameworks::Frameworks;
pub use grants::{Activity, Grants};
pub use handovers::{Given, Handovers, Moved, Passage};
pub use identities::{Arrival, Identities};
pub use indicators::{Indicators, KeptIndicatorSet, NewLocalChange};
pub use last_audit::LastAudit;
pub use leases::Leases;
pub use looks::{KeptThresholds, Look, LookFilter, LookKind, LookLine, Looks, Noted, SettledLook};
pub use mappings::{KeptMapping, Mappings};
pub use missed::{Closed, MissedAudits, Undone};
pub use moderations::{Earlier, InModeration, KeptRule, Moderations};
pub use openings::{Openings, ToTellOfOpening};
pub use operations::{OpenEntry, Operations, Standing as Running};
pub use people::{NewPerson, People, PersonLine, SignInFacts};
pub use places::Places;
pub use programmes::Programmes;
pub use proposals::{KeptProposal, Proposals};
/// The key with which the journal's checkpoints are signed.
pub use quarterlight_journal::Signer as LogKey;
pub use records::{FrameLine, RecordFilter, RecordLine, Records};
pub use register::Register;
pub use releases::{
    Built, Corrections, NewPrepared, NewRelease, PublicLedger, PublicLine, PublicReport,
    ReadFilter, ReadLine, Releases, ReportLook, Seen,
};
pub use reminders::{Outcome, ReminderLine, Reminders, ToSend};
pub use replies::{ChallengeLine, Replies, StartedLine};
pub use reports::{ReleasedReport, ReportLine, Reports};
pub use restrictions::Restrictions;
pub use retention::{
    Batch, ChangeLine, Disposal, DisposalEnd, DueLine, HoldLine, Retention, STAYS_BECAUSE,
    goes_with,
};
pub use rewordings::{RewordingLine, Rewordings};
pub use sessions::{NewSession, Session, SessionLine, Sessions};
pub use sign_ins::{
    ConfidentialityText, EventFilter, EventLine, FactorsToTell, Happened, KeptPasskey, LetGo,
    NewPasskey, NewTry, OneTimeCodes, Pending, PendingKind, ResetToTell, SignInLine, SignIns,
    SignsInWith, TryOutcome,
};
pub use sources::{NewSource, SourceFile, SourceLine, Sources, StandsOn};
pub use staffing::{
    GivenStaff, KeptAllocationProtocol, KeptPlaceEvent, KeptReason, NewAllocationProtocol, Staffing,
};
pub use store::Store;
pub use subjects::{Bundle, HeldEntry, HeldTable, Subjects, TABLES as BUNDLED_TABLES};
pub use themes::{Theme, Themes};
pub use timescales::{KeptRuleSet, NewVariation, Timescales};
pub use together::NewTogether;
pub use unfinished::{Left, Unfinished};
pub use upkeep::{Kept as KeptUpkeep, Upkeep, UpkeepKind};
pub use verify::{Against, Journal, TreeHead, Verdict};
pub use voices::{Kept, Voices};
pub use whole::{Column, Kind, Lines, Table, TableRows, Whole};
pub use worker_facts::WorkerLine;
pub use workers::Workers;
