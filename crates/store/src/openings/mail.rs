//! The emails that say that a record was opened by break-glass, and what became of each.

use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::id::{GlassId, PersonId};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use super::Openings;
use crate::change::{Change, Entry};
use crate::concerns::Mailed;
use crate::fault::Fault;
use crate::sql;

/// How long a server may have an email in hand, before another takes it up.
const IN_HAND: SignedDuration = SignedDuration::from_mins(2);

/// An email that is to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToTellOfOpening {
    /// Of what.
    pub glass: GlassId,
    /// To whom.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Where it goes.
    pub email: String,
}

impl Openings {
    /// The emails that are to go out now, of what was opened since a moment.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn to_tell(&self, now: Timestamp) -> Result<Vec<ToTellOfOpening>, Fault> {
        let query = "select notice.glass_id, notice.person_id, person.name, person.email \
             from glass_notice notice join person on person.id = notice.person_id \
             left join glass_mail mail on mail.glass_id = notice.glass_id \
                 and mail.person_id = notice.person_id \
             where mail.outcome is null \
                 or mail.outcome in ('waiting', 'taken') and mail.taken_at < $1 \
             order by notice.glass_id, notice.person_id";
        let rows = sql::all(&self.0.read, query, [sql::time(before(now))]).await?;
        rows.iter()
            .map(|row| {
                Ok(ToTellOfOpening {
                    glass: row.id("glass_id", GlassId)?,
                    person: row.id("person_id", PersonId)?,
                    name: row.get("name")?,
                    email: row.get("email")?,
                })
            })
            .collect()
    }

    /// Takes an email in hand. False if another server was quicker.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn take_mail(&self, stamp: &Stamp, to: &ToTellOfOpening) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into glass_mail (glass_id, person_id, taken_at, tried, outcome) \
             values ($1, $2, $3, 1, 'taken') on conflict (glass_id, person_id) do update set \
                 taken_at = excluded.taken_at, tried = glass_mail.tried + 1, outcome = 'taken' \
             where glass_mail.outcome in ('waiting', 'taken') and glass_mail.taken_at < $4";
        let values = [
            to.glass.0.into(),
            to.person.0.into(),
            sql::time(stamp.at),
            sql::time(before(stamp.at)),
        ];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        change.keep(entry(to, Mailed::Taken)).await?;
        Ok(true)
    }

    /// Says what became of an email that was taken in hand.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn settle_mail(
        &self,
        stamp: &Stamp,
        to: &ToTellOfOpening,
        outcome: Mailed,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update glass_mail set outcome = $3 \
             where glass_id = $1 and person_id = $2 and outcome = 'taken'";
        let values = [to.glass.0.into(), to.person.0.into(), outcome.code().into()];
        sql::run(&*change, query, values).await?;
        change.keep(entry(to, outcome)).await
    }
}

fn before(now: Timestamp) -> Timestamp {
    now.saturating_sub(IN_HAND).unwrap_or(now)
}

fn entry(to: &ToTellOfOpening, outcome: Mailed) -> Entry {
    let payload = json!({ "person": to.person.0, "outcome": outcome.code() });
    Entry { deed: "glass.mail", on: format!("glass {}", to.glass), payload }
}
