//! Who was reminded of what, when and how, and what became of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::id::{CycleId, PersonId, ReminderId};
use quarterlight_domain::reminder::{Occasion, Reminder};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Who was reminded of what.
#[derive(Debug, Clone)]
pub struct Reminders(pub(crate) Arc<Engine>);

/// What became of a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It waits, for the first time or to be tried again.
    Queued,
    /// The mail server took it.
    Sent,
    /// The mail server will never take it.
    Refused,
    /// It was not heard what became of it, so it is not sent again.
    Unknown,
    /// The audits were made first, or a later reminder says the same.
    Needless,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 5] =
        [Self::Queued, Self::Sent, Self::Refused, Self::Unknown, Self::Needless];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Needless => "needless",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// A reminder as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderLine {
    /// Its id.
    pub id: ReminderId,
    /// What it says, and to whom.
    pub reminder: Reminder,
    /// Their name.
    pub name: String,
    /// When it came into the queue.
    pub queued_at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// How often it was tried.
    pub tried: u32,
    /// What was wrong the last time.
    pub trouble: Option<String>,
    /// When it was sent, or given up.
    pub settled_at: Option<Timestamp>,
}

/// A reminder that this server, and no other, is to send now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSend {
    /// Its id.
    pub id: ReminderId,
    /// What it says.
    pub reminder: Reminder,
    /// Their name.
    pub name: String,
    /// Where it goes.
    pub email: String,
}

impl Reminders {
    /// Who has audits that are not submitted, how many and due when; in one cycle or in all.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn due(&self, cycle: Option<CycleId>) -> Result<Vec<(PersonId, Date, u32)>, Fault> {
        let query = "select auditor_id, due, count(*) as audits from audit \
             where submitted_at is null and missed_on is null \
             and (cast($1 as bigint) is null or cycle_id = $1) \
             group by auditor_id, due order by auditor_id, due";
        let rows = sql::all(&self.0.read, query, [cycle.map(|id| id.0).into()]).await?;
        rows.iter()
            .map(|row| Ok((row.id("auditor_id", PersonId)?, row.day("due")?, row.count("audits")?)))
            .collect()
    }

    /// Puts a reminder into the queue. False if it is in the log already, from here or from
    /// another server.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn queue(&self, stamp: &Stamp, reminder: &Reminder) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into reminder \
             (key, person_id, due, audits, occasion, queued_at, queued_by, way, tried, outcome) \
             values ($1, $2, $3, $4, $5, $6, $7, 'email', 0, 'queued') \
             on conflict (key) do nothing returning id";
        let values = [
            reminder.key().into(),
            reminder.person.0.into(),
            sql::day(reminder.due),
            i64::from(reminder.audits).into(),
            reminder.occasion.to_string().into(),
            sql::time(stamp.at),
            sql::by(stamp),
        ];
        let Some(row) = sql::first(&*change, query, values).await? else { return Ok(false) };
        let on = format!("reminder {}", row.id("id", ReminderId)?);
        let payload = json!({ "key": reminder.key(), "audits": reminder.audits });
        change.keep(Entry { deed: "reminder.queue", on, payload }).await?;
        Ok(true)
    }

    /// The reminders that wait, the oldest first, each with how many of its audits are still to be
    /// made today: somebody who has submitted them meanwhile is not reminded. Of actions and replies it
    /// gives the count of the day on which it came into the queue.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn waiting(&self) -> Result<Vec<ToSend>, Fault> {
        let query = "select reminder.id, reminder.person_id, reminder.due, reminder.occasion, \
             person.name, person.email, \
             case when reminder.occasion like 'actions %' or reminder.occasion like 'replies %' \
                 then reminder.audits else \
             (select count(*) from audit where audit.submitted_at is null \
              and audit.missed_on is null and case when reminder.occasion like 'started %' \
                  then reminder.occasion = 'started ' || cast(audit.id as text) \
                  else audit.auditor_id = reminder.person_id and audit.due = reminder.due end \
             ) end as audits \
             from reminder join person on person.id = reminder.person_id \
             where reminder.outcome = 'queued' and reminder.taken_at is null order by reminder.id";
        let rows = sql::all(&self.0.read, query, []).await?;
        rows.iter()
            .map(|row| {
                Ok(ToSend {
                    id: row.id("id", ReminderId)?,
                    reminder: reminder(row)?,
                    name: row.get("name")?,
                    email: row.get("email")?,
                })
            })
            .collect()
    }

    /// The keys of everything in the log.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn keys(&self) -> Result<BTreeSet<String>, Fault> {
        let rows = sql::all(&self.0.read, "select key from reminder", []).await?;
        rows.iter().map(|row| row.get("key")).collect()
    }

    /// Takes a reminder in hand. False if another server was quicker.
    ///
    /// Until it is settled nobody else takes it; a server that dies with one in hand leaves it
    /// there, and [`Reminders::settle`] is never called for it: better none than two.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn take(&self, stamp: &Stamp, id: ReminderId) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update reminder set taken_at = $2, tried = tried + 1 \
             where id = $1 and outcome = 'queued' and taken_at is null";
        if sql::run(&*change, query, [id.0.into(), sql::time(stamp.at)]).await? == 0 {
            return Ok(false);
        }
        let on = format!("reminder {id}");
        change.keep(Entry { deed: "reminder.take", on, payload: json!({}) }).await?;
        Ok(true)
    }

    /// Says what became of a reminder that was taken in hand. One that waits again is given back.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn settle(
        &self,
        stamp: &Stamp,
        id: ReminderId,
        outcome: Outcome,
        trouble: Option<&str>,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update reminder set outcome = $2, trouble = $3, \
             taken_at = case when $2 = 'queued' then null else taken_at end, \
             settled_at = case when $2 = 'queued' then null else cast($4 as {time}) end \
             where id = $1 and outcome = 'queued'";
        let query = sql::with_types(&*change, query);
        let values = [id.0.into(), outcome.code().into(), trouble.into(), sql::time(stamp.at)];
        sql::run(&*change, &query, values).await?;
        let payload = json!({ "outcome": outcome.code(), "trouble": trouble });
        change.keep(Entry { deed: "reminder.settle", on: format!("reminder {id}"), payload }).await
    }

    /// The log of those who have an audit in a cycle and of the days on which its audits are due,
    /// the latest first; two hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_cycle(&self, cycle: CycleId) -> Result<Vec<ReminderLine>, Fault> {
        let query = "select reminder.id, reminder.person_id, person.name, reminder.due, \
             reminder.audits, reminder.occasion, reminder.queued_at, reminder.outcome, \
             reminder.taken_at, reminder.tried, reminder.trouble, reminder.settled_at \
             from reminder join person on person.id = reminder.person_id \
             where reminder.occasion not like 'actions %' \
             and reminder.occasion not like 'replies %' \
             and exists (select 1 from audit where audit.cycle_id = $1 \
                 and audit.auditor_id = reminder.person_id and audit.due = reminder.due) \
             order by reminder.id desc limit 200";
        sql::all(&self.0.read, query, [cycle.0.into()]).await?.iter().map(line).collect()
    }
}

fn reminder(row: &Row) -> Result<Reminder, Fault> {
    Ok(Reminder {
        person: row.id("person_id", PersonId)?,
        due: row.day("due")?,
        audits: row.count("audits")?,
        occasion: row.code("occasion", Occasion::from_code)?,
    })
}

fn line(row: &Row) -> Result<ReminderLine, Fault> {
    Ok(ReminderLine {
        id: row.id("id", ReminderId)?,
        reminder: reminder(row)?,
        name: row.get("name")?,
        queued_at: row.time("queued_at")?,
        outcome: match row.code("outcome", Outcome::from_code)? {
            // In hand, and nothing was heard of it since.
            Outcome::Queued if row.maybe_time("taken_at")?.is_some() => Outcome::Unknown,
            outcome => outcome,
        },
        tried: row.count("tried")?,
        trouble: row.get("trouble")?,
        settled_at: row.maybe_time("settled_at")?,
    })
}
