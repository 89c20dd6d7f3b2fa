//! Retention: rules as they were changed, holds, and disposals from proposal to certificate.

mod dispose;
mod kinds;
mod read;
mod reasons;

pub(crate) use dispose::{listed, staying};
pub use kinds::going as goes_with;
pub use reasons::STAYING as STAYS_BECAUSE;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::id::{DisposalId, HoldId, PersonId};
use quarterlight_domain::retention::{Hold, Kind, Over, RuleChange};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// How long things are kept, what is held, and what went.
#[derive(Debug, Clone)]
pub struct Retention(pub(crate) Arc<Engine>);

/// A change to a rule, and who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    /// The change.
    pub change: RuleChange,
    /// Who made it; nobody known at the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A hold as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldLine {
    /// The hold.
    pub hold: Hold,
    /// Over what, in words: a record's reference, a quarter, a kind.
    pub over: String,
    /// Why.
    pub because: String,
    /// Who placed it.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// When and why it was lifted; none while it lies.
    pub lifted: Option<(Timestamp, String)>,
}

/// What would go of a kind, or was to go when a disposal was proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueLine {
    /// The kind.
    pub kind: Kind,
    /// For how many months it is kept.
    pub months: u32,
    /// Who says so.
    pub source: String,
    /// What started on this day or before it is due.
    pub cutoff: Date,
    /// How many things go.
    pub going: usize,
    /// How many more would go, and are held.
    pub held: usize,
    /// How many go, by the year in which their period started; only in a preview.
    pub years: Vec<(i16, usize)>,
}

/// How a disposal ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisposalEnd {
    /// Whether it was confirmed; otherwise it was withdrawn.
    pub confirmed: bool,
    /// Why.
    pub because: String,
    /// Who ended it.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// When all of it had gone; none of one that was withdrawn, and while something is left.
    pub done: Option<Timestamp>,
}

/// What went in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub id: i64,
    /// The kind.
    pub kind: Kind,
    /// How many things.
    pub things: usize,
    /// When the period of the first of them started.
    pub first: Date,
    /// When that of the last did.
    pub last: Date,
    /// How many personal parts of entries went with them.
    pub parts: usize,
    /// SHA-256 of what went.
    pub gone: String,
    /// When.
    pub at: Timestamp,
}

/// A disposal, whole: what its page and its certificate show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposal {
    /// Its id.
    pub id: DisposalId,
    /// The day for which it was proposed.
    pub as_at: Date,
    /// Who proposed it, by id and name.
    pub proposed_by: (Option<PersonId>, Option<String>),
    /// When.
    pub proposed_at: Timestamp,
    /// What was to go.
    pub lines: Vec<DueLine>,
    /// How it ended; none while it waits.
    pub end: Option<DisposalEnd>,
    /// What went.
    pub batches: Vec<Batch>,
}

impl Retention {
    /// Changes for how long a kind is kept.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn change(&self, stamp: &Stamp, new: &RuleChange) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into retention_change (kind, months, from_day, because, by_id, at) \
             values ($1, $2, $3, $4, $5, $6)";
        let months: i64 = new.months.into();
        let values = [
            new.kind.code().into(),
            months.into(),
            sql::day(new.from),
            new.because.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        sql::run(&*change, query, values).await?;
        let payload = json!({
            "months": new.months, "from": new.from.to_string(), "because": new.because.words(),
        });
        let on = format!("retention of {}", new.kind.code());
        change.keep(Entry { deed: "retention.change", on, payload }).await
    }

    /// Places a hold.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn hold(&self, stamp: &Stamp, over: Over, because: &Reason) -> Result<HoldId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into retention_hold \
             (over, kind, record_id, cycle_id, because, by_id, at) \
             values ($1, $2, $3, $4, $5, $6, $7) returning id";
        let (what, kind, record, cycle) = match over {
            Over::Everything => ("everything", None, None, None),
            Over::Kind(kind) => ("kind", Some(kind.code()), None, None),
            Over::Record(record) => ("record", None, Some(record.0), None),
            Over::Cycle(cycle) => ("cycle", None, None, Some(cycle.0)),
        };
        let values = [
            what.into(),
            kind.into(),
            record.into(),
            cycle.into(),
            because.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", HoldId)?;
        let payload = json!({
            "over": what, "kind": kind, "record": record, "cycle": cycle,
            "because": because.words(),
        });
        let on = format!("hold {id}");
        change.keep(Entry { deed: "retention.hold", on, payload }).await?;
        Ok(id)
    }

    /// Lifts a hold. False if it was lifted already.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn lift(&self, stamp: &Stamp, id: HoldId, because: &Reason) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into retention_hold_lifted (hold_id, because, by_id, at) \
             values ($1, $2, $3, $4) on conflict (hold_id) do nothing";
        let values = [id.0.into(), because.words().into(), sql::by(stamp), sql::time(stamp.at)];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "because": because.words() });
        let on = format!("hold {id}");
        change.keep(Entry { deed: "retention.lift", on, payload }).await?;
        Ok(true)
    }
}
