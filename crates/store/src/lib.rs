//! Keeps it, in SQLite or PostgreSQL, and remembers who changed what.
//!
//! Each noun has its file and its field: `store.audits.get(id)`. Reading is a noun phrase, writing
//! is a verb whose first argument is a [`Stamp`](quarterlight_domain::stamp::Stamp). A transaction
//! begins and ends inside one function. There is no delete: what must go, goes by retention.

mod actions;
mod answers;
mod auditors;
mod audits;
mod case_lists;
mod change;
mod conflicts;
mod coverage;
mod cycles;
mod draws;
mod engine;
mod fault;
mod figures;
mod frameworks;
mod handovers;
mod journal;
mod line;
mod looks;
mod migrator;
mod missed;
mod people;
mod places;
mod records;
mod reminders;
mod reports;
mod sessions;
mod sql;
mod store;
mod verify;
mod workers;

pub use actions::{ActionFilter, Actions};
pub use answers::{Answers, Saved};
pub use auditors::{AuditorLine, Auditors};
pub use audits::{AuditInHand, AuditLine, AuditToDo, Audits};
pub use case_lists::{CaseListSummary, CaseLists, KeptProblem, NewCaseList, TakenIn};
pub use conflicts::{ConflictLine, Conflicts};
pub use cycles::{CycleProgress, Cycles};
pub use draws::{DrawSummary, Draws, PickLine};
pub use engine::{Chance, Durability, Settings};
pub use fault::Fault;
pub use figures::Figures;
pub use frameworks::Frameworks;
pub use handovers::{Given, Handovers, Moved, Passage};
pub use looks::{Look, Looks};
pub use missed::{Closed, MissedAudits, Undone};
pub use people::{NewPerson, People, PersonLine, SignInFacts};
pub use places::Places;
pub use records::{FrameLine, RecordFilter, RecordLine, Records};
pub use reminders::{Outcome, ReminderLine, Reminders, ToSend};
pub use reports::{ReleasedReport, ReportLine, Reports};
pub use sessions::{Session, Sessions};
pub use store::Store;
pub use verify::{Journal, TreeHead, Verdict};
pub use workers::Workers;
