//! The emails by which people are told of a concern: which are to go out, and what became of each.

use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::concern::clock::Level;
use quarterlight_domain::concern::notice::Notice;
use quarterlight_domain::id::{ConcernId, PersonId};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use super::{Concerns, level};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql;

/// How long a server may have an email in hand. One that died with it leaves it to the others: of a
/// child who may be unsafe, two emails are better than none.
const IN_HAND: SignedDuration = SignedDuration::from_mins(2);

/// What became of an email about a concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailed {
    /// A server has it in hand.
    Taken,
    /// The mail server took it.
    Sent,
    /// It is tried again.
    Waiting,
    /// The mail server will never take it.
    Refused,
}

impl Mailed {
    const ALL: [Self; 4] = [Self::Taken, Self::Sent, Self::Waiting, Self::Refused];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Sent => "sent",
            Self::Waiting => "waiting",
            Self::Refused => "refused",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// An email about a concern that is to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToTell {
    /// Of which concern.
    pub concern: ConcernId,
    /// Whom, and at which level.
    pub notice: Notice,
    /// Their name.
    pub name: String,
    /// Where it goes.
    pub email: String,
    /// By when the concern is to be acknowledged.
    pub due: Timestamp,
}

impl Concerns {
    /// The emails that are to go out now, of concerns that nobody has acknowledged.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn to_tell(&self, now: Timestamp) -> Result<Vec<ToTell>, Fault> {
        let query = "select notice.concern_id, notice.level, notice.person_id, person.name, \
             person.email, concern.due_at from concern_notice notice \
             join concern on concern.id = notice.concern_id \
             join person on person.id = notice.person_id \
             left join concern_mail mail on mail.concern_id = notice.concern_id \
                 and mail.level = notice.level and mail.person_id = notice.person_id \
             where not exists (select 1 from concern_step step where step.concern_id = concern.id) \
             and (mail.outcome is null or mail.outcome in ('waiting', 'taken') \
                 and mail.taken_at < $1) \
             order by notice.at, notice.concern_id, person.id";
        let rows = sql::all(&self.0.read, query, [sql::time(before(now))]).await?;
        rows.iter()
            .map(|row| {
                let (level, person) = (row.code("level", level)?, row.id("person_id", PersonId)?);
                Ok(ToTell {
                    concern: row.id("concern_id", ConcernId)?,
                    notice: Notice { level, person },
                    name: row.get("name")?,
                    email: row.get("email")?,
                    due: row.time("due_at")?,
                })
            })
            .collect()
    }

    /// Takes an email in hand. False if another server was quicker.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn take_mail(&self, stamp: &Stamp, to: &ToTell) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into concern_mail \
             (concern_id, level, person_id, taken_at, tried, outcome) \
             values ($1, $2, $3, $4, 1, 'taken') \
             on conflict (concern_id, level, person_id) do update set \
                 taken_at = excluded.taken_at, tried = concern_mail.tried + 1, outcome = 'taken' \
             where concern_mail.outcome in ('waiting', 'taken') and concern_mail.taken_at < $5";
        let Notice { level, person } = to.notice;
        let values = [
            to.concern.0.into(),
            level.code().into(),
            person.0.into(),
            sql::time(stamp.at),
            sql::time(before(stamp.at)),
        ];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        change.keep(entry("concern.mail", to, level, "taken", None)).await?;
        Ok(true)
    }

    /// Says what became of an email that was taken in hand.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn settle_mail(
        &self,
        stamp: &Stamp,
        to: &ToTell,
        outcome: Mailed,
        trouble: Option<&str>,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update concern_mail set outcome = $4, trouble = $5, settled_at = $6 \
             where concern_id = $1 and level = $2 and person_id = $3 and outcome = 'taken'";
        let Notice { level, person } = to.notice;
        let values = [
            to.concern.0.into(),
            level.code().into(),
            person.0.into(),
            outcome.code().into(),
            trouble.into(),
            sql::time(stamp.at),
        ];
        sql::run(&*change, query, values).await?;
        change.keep(entry("concern.mail", to, level, outcome.code(), trouble)).await
    }
}

fn before(now: Timestamp) -> Timestamp {
    now.checked_sub(IN_HAND).unwrap_or(Timestamp::MIN)
}

fn entry(
    deed: &'static str,
    to: &ToTell,
    level: Level,
    outcome: &str,
    trouble: Option<&str>,
) -> Entry {
    let payload = json!({
        "person": to.notice.person.0, "level": level.code(), "outcome": outcome, "trouble": trouble,
    });
    Entry { deed, on: format!("concern {}", to.concern), payload }
}
