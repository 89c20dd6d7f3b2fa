//! What checks found that somebody has to put right, and who did.

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::filing::mismatch::Matter;
use quarterlight_domain::id::{FilingCheckId, MismatchId, RecordId};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use super::Filing;
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::line;
use crate::sql::{self, Row};

/// Something to put right, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MismatchLine {
    /// Its id.
    pub id: MismatchId,
    /// The check that found it.
    pub check: FilingCheckId,
    /// Of which record.
    pub record: RecordId,
    /// That record's reference.
    pub reference: Reference,
    /// What is wrong.
    pub matter: Matter,
    /// Where somebody has to go.
    pub place: String,
    /// What it is about, and where that belongs.
    pub what: String,
    /// The day on which it was found.
    pub since: Date,
    /// The team whose record it was then; none where that is not known.
    pub team: Option<String>,
    /// That team and everything around it.
    pub whereabouts: Whereabouts,
    /// Who put it right; none while it waits.
    pub cleared: Option<Cleared>,
}

/// Somebody put it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleared {
    /// Their name.
    pub by: String,
    /// When they said so.
    pub at: Timestamp,
    /// What they did.
    pub words: String,
}

/// Which of what is to put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What waits.
    Open,
    /// What was put right, the latest first.
    Cleared,
    /// What one check found.
    OfCheck(FilingCheckId),
}

/// The most that a list holds.
const MOST: i64 = 1000;

impl Filing {
    /// What is to put right or was, the longest waiting first, a thousand at most; not of checks
    /// that were taken back, unless of that check.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn mismatches(&self, which: Which) -> Result<Vec<MismatchLine>, Fault> {
        let (condition, values) = match which {
            Which::Open => (
                "cleared.mismatch_id is null and withdrawn.check_id is null \
                 order by mismatch.since, mismatch.id",
                Vec::new(),
            ),
            Which::Cleared => (
                "cleared.mismatch_id is not null and withdrawn.check_id is null \
                 order by cleared.at desc, mismatch.id desc",
                Vec::new(),
            ),
            Which::OfCheck(id) => {
                ("mismatch.check_id = $1 order by mismatch.id", vec![id.0.into()])
            }
        };
        let query = format!(
            "select mismatch.id, mismatch.check_id, filing.record_id, record.reference, \
             mismatch.matter, mismatch.place, mismatch.what, mismatch.since, path.team_name, {}, \
             cleared.at, cleared.words, person.name as cleared_by \
             from filing_mismatch mismatch \
             join filing_check filing on filing.id = mismatch.check_id \
             join record on record.id = filing.record_id \
             left join team_path path on path.team_id = filing.team_id \
             left join filing_check_withdrawn withdrawn on withdrawn.check_id = filing.id \
             left join filing_mismatch_cleared cleared on cleared.mismatch_id = mismatch.id \
             left join person on person.id = cleared.cleared_by \
             where {condition} limit {MOST}",
            line::PATH
        );
        sql::all(&self.0.read, &query, values).await?.iter().map(read).collect()
    }

    /// Says that these were put right, in one change; how many had not been before.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then none is.
    pub async fn clear(
        &self,
        stamp: &Stamp,
        ids: &[MismatchId],
        words: &Reason,
    ) -> Result<u64, Fault> {
        if ids.is_empty() {
            return Ok(0);
        }
        let change = Change::begin(&self.0, stamp).await?;
        let query = format!(
            "insert into filing_mismatch_cleared (mismatch_id, cleared_by, at, words) values {} \
             on conflict (mismatch_id) do nothing",
            sql::tuples(&*change, ids.len(), 4)
        );
        let values = ids.iter().flat_map(|id| {
            [id.0.into(), sql::by(stamp), sql::time(stamp.at), words.words().into()]
        });
        let new = sql::run(&*change, &query, values).await?;
        if new == 0 {
            return Ok(0);
        }
        let on = match ids {
            [only] => format!("filing mismatch {only}"),
            several => format!("{} filing mismatches", several.len()),
        };
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let payload = json!({ "mismatches": ids, "new": new, "words": words.words() });
        change.keep(Entry { deed: "filing.clear", on, payload }).await?;
        Ok(new)
    }
}

fn read(row: &Row) -> Result<MismatchLine, Fault> {
    let by: Option<String> = row.get("cleared_by")?;
    let cleared = match by {
        Some(by) => Some(Cleared { by, at: row.time("at")?, words: row.get("words")? }),
        None => None,
    };
    Ok(MismatchLine {
        id: row.id("id", MismatchId)?,
        check: row.id("check_id", FilingCheckId)?,
        record: row.id("record_id", RecordId)?,
        reference: row.parse("reference", Reference::new)?,
        matter: row.code("matter", Matter::from_code)?,
        place: row.get("place")?,
        what: row.get("what")?,
        since: row.day("since")?,
        team: row.get("team_name")?,
        whereabouts: line::whereabouts(row)?,
        cleared,
    })
}
