//! Whether a grant is used: what its person last did, from the journal, the looks and the sessions.

use std::collections::BTreeMap;

use jiff::Timestamp;
use quarterlight_domain::id::PersonId;

use super::Grants;
use crate::fault::Fault;
use crate::records::CURRENT;
use crate::sql::{self, Row};

/// How many entries of the journal are read at a time.
const AT_A_TIME: i64 = 5_000;

/// What somebody did since a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// When they were last seen: signed in, or looking.
    pub seen: Option<Timestamp>,
    /// When they last did each kind of thing, by the noun of the journal: `audit`, `action`.
    pub did: BTreeMap<String, Timestamp>,
}

impl Grants {
    /// What each person did since a moment. It reads the journal backwards as far as that.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn activity(&self, since: Timestamp) -> Result<BTreeMap<PersonId, Activity>, Fault> {
        let mut found: BTreeMap<PersonId, Activity> = BTreeMap::new();
        let query = "select person_id, max(at) as seen from ( \
                 select person_id, at from look where at >= $1 \
                 union all select person_id, at from report_look where at >= $1 \
                 union all select person_id, at from look_search \
                     where at >= $1 and person_id is not null \
                 union all select person_id, seen_at as at from session where seen_at >= $1 \
             ) seen group by person_id";
        for row in sql::all(&self.0.read, query, [sql::time(since)]).await? {
            let person = row.id("person_id", PersonId)?;
            let seen = row.maybe_time("seen")?;
            found.entry(person).or_default().seen = seen;
        }
        let mut before = i64::MAX;
        loop {
            let query = "select seq, entry from journal_entry where seq < $1 \
                 order by seq desc limit $2";
            let rows = sql::all(&self.0.read, query, [before.into(), AT_A_TIME.into()]).await?;
            for row in &rows {
                let Some((person, noun, at)) = entry(row)? else { continue };
                if at < since {
                    return Ok(found);
                }
                let of = found.entry(person).or_default();
                of.seen = of.seen.max(Some(at));
                let last = of.did.entry(noun).or_insert(at);
                *last = (*last).max(at);
            }
            match rows.last() {
                Some(row) => before = row.get("seq")?,
                None => return Ok(found),
            }
        }
    }

    /// Those who sign in as a worker of whom the current case list knows no record.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn workers_who_left(&self) -> Result<Vec<PersonId>, Fault> {
        let query = format!(
            "select distinct worker.person_id from worker where worker.person_id is not null \
             and not exists (select 1 from worker same \
                 join case_list_line line on line.worker_id = same.id \
                 where same.person_id = worker.person_id and line.case_list_id = ({CURRENT})) \
             order by worker.person_id"
        );
        let rows = sql::all(&self.0.read, &query, []).await?;
        rows.iter().map(|row| row.id("person_id", PersonId)).collect()
    }
}

/// Who did something, the noun of what they did, and when; none for the command line.
fn entry(row: &Row) -> Result<Option<(PersonId, String, Timestamp)>, Fault> {
    let text = String::from_utf8(row.get("entry")?).unwrap_or_default();
    let line = |start: &str| text.lines().find_map(|line| line.strip_prefix(start));
    let person = line("by person ").and_then(|id| id.parse().ok());
    let noun = line("deed ").and_then(|deed| deed.split('.').next());
    let at = line("at ").and_then(|at| at.parse().ok());
    Ok(person.zip(noun).zip(at).map(|((person, noun), at)| (person, noun.to_owned(), at)))
}
