//! Audits given to somebody else, and days that moved: done here, and kept as a history.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::handover::{Handover, NewDue};
use quarterlight_domain::id::{AuditId, PersonId};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::audits::OPEN;
use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Audits given to somebody else, and days that moved.
#[derive(Debug, Clone)]
pub struct Handovers(pub(crate) Arc<Engine>);

/// What an audit went through, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// From whom to whom it went.
    pub given: Vec<Given>,
    /// From which day to which its day moved.
    pub moved: Vec<Moved>,
}

/// An audit went from one auditor to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Who had it.
    pub from: String,
    /// Who got it.
    pub to: String,
    /// How many answers it had then.
    pub answers: u32,
    /// Why.
    pub because: String,
    /// Who gave it; nobody known at the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// An audit's day moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The day on which it was due.
    pub from: Date,
    /// The day on which it was due from then on.
    pub to: Date,
    /// Why.
    pub because: String,
    /// Who moved it; nobody known at the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Handovers {
    /// What an audit went through: two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_audit(&self, audit: AuditId) -> Result<Passage, Fault> {
        let query = "select giver.name as from_name, taker.name as to_name, audit_given.answers, \
             audit_given.because, by_whom.name as by_name, audit_given.at \
             from audit_given join person giver on giver.id = audit_given.from_id \
             join person taker on taker.id = audit_given.to_id \
             left join person by_whom on by_whom.id = audit_given.by_id \
             where audit_given.audit_id = $1 order by audit_given.id";
        let given = sql::all(&self.0.read, query, [audit.0.into()]).await?;
        let query = "select audit_moved.from_day, audit_moved.to_day, audit_moved.because, \
             by_whom.name as by_name, audit_moved.at \
             from audit_moved left join person by_whom on by_whom.id = audit_moved.by_id \
             where audit_moved.audit_id = $1 order by audit_moved.id";
        let moved = sql::all(&self.0.read, query, [audit.0.into()]).await?;
        Ok(Passage {
            given: given.iter().map(read_given).collect::<Result<_, _>>()?,
            moved: moved.iter().map(read_moved).collect::<Result<_, _>>()?,
        })
    }

    /// Who has an audit now that was somebody's own before; none if it never was.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn given_away_by(
        &self,
        audit: AuditId,
        person: PersonId,
    ) -> Result<Option<String>, Fault> {
        let query = "select person.name from audit \
             join person on person.id = audit.auditor_id \
             where audit.id = $1 and audit.auditor_id <> $2 and exists ( \
                 select 1 from audit_given where audit_given.audit_id = audit.id \
                 and audit_given.from_id = $2)";
        let row = sql::first(&self.0.read, query, [audit.0.into(), person.0.into()]).await?;
        row.map(|row| row.get("name")).transpose()
    }

    /// Gives an audit to somebody else, with its answers. False if it is no longer with whom it was,
    /// or no longer open.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn give(&self, stamp: &Stamp, handover: &Handover) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let (audit, from, to) = (handover.audit.0, handover.from.0, handover.to.0);
        let query = format!(
            "update audit set auditor_id = $3 \
             where id = $1 and auditor_id = $2 and submitted_at is null and {OPEN}"
        );
        let values = [audit.into(), from.into(), to.into()];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let query = "insert into audit_given \
             (audit_id, from_id, to_id, answers, because, by_id, at) \
             select $1, $2, $3, count(*), $4, cast($5 as bigint), $6 \
             from audit_answer where audit_id = $1";
        let query = sql::with_types(&*change, &query.replace("$6", "cast($6 as {time})"));
        let because = handover.because.words();
        let values = [
            audit.into(),
            from.into(),
            to.into(),
            because.into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        sql::run(&*change, &query, values).await?;
        let payload = json!({ "from": from, "to": to, "because": because });
        change.keep(Entry { deed: "audit.give", on: format!("audit {audit}"), payload }).await?;
        Ok(true)
    }

    /// Moves an audit's day. False if it is no longer due on the day that was seen, or no longer open.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn move_due(&self, stamp: &Stamp, new: &NewDue) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let audit = new.audit.0;
        let query = format!(
            "update audit set due = $3 \
             where id = $1 and due = $2 and submitted_at is null and {OPEN}"
        );
        let values = [audit.into(), sql::day(new.from), sql::day(new.to)];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let query = "insert into audit_moved (audit_id, from_day, to_day, because, by_id, at) \
             values ($1, $2, $3, $4, $5, $6)";
        let because = new.because.words();
        let values = [
            audit.into(),
            sql::day(new.from),
            sql::day(new.to),
            because.into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        sql::run(&*change, query, values).await?;
        let (from, to) = (new.from.to_string(), new.to.to_string());
        let payload = json!({ "from": from, "to": to, "because": because });
        change.keep(Entry { deed: "audit.move", on: format!("audit {audit}"), payload }).await?;
        Ok(true)
    }
}

fn read_given(row: &Row) -> Result<Given, Fault> {
    Ok(Given {
        from: row.get("from_name")?,
        to: row.get("to_name")?,
        answers: row.count("answers")?,
        because: row.get("because")?,
        by: row.get("by_name")?,
        at: row.time("at")?,
    })
}

fn read_moved(row: &Row) -> Result<Moved, Fault> {
    Ok(Moved {
        from: row.day("from_day")?,
        to: row.day("to_day")?,
        because: row.get("because")?,
        by: row.get("by_name")?,
        at: row.time("at")?,
    })
}
