//! Filing checks as they are read.

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::filing::hours::{Entered, Hours};
use quarterlight_domain::filing::item::{Item, Seen, Taken};
use quarterlight_domain::filing::outcome::Outcome;
use quarterlight_domain::filing::paper::{Agrees, Paper};
use quarterlight_domain::filing::protocol::KindCode;
use quarterlight_domain::id::{AuditId, FilingCheckId, FilingProtocolId, PersonId, RecordId};
use quarterlight_domain::need::Known;
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::text::Reason;

use super::Filing;
use crate::fault::Fault;
use crate::line;
use crate::sql::{self, Row};

/// A check as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLine {
    /// Its id.
    pub id: FilingCheckId,
    /// Of which record.
    pub record: RecordId,
    /// That record's reference.
    pub reference: Reference,
    /// In which audit; none where it was made alone.
    pub audit: Option<AuditId>,
    /// The team whose record it was then; none where that is not known.
    pub team: Option<String>,
    /// That team and everything around it.
    pub whereabouts: Whereabouts,
    /// Who checked.
    pub by: PersonId,
    /// Their name.
    pub by_name: String,
    /// On which day.
    pub checked_on: Date,
    /// The date of the newest entry then; none where nobody said.
    pub newest: Option<Date>,
    /// How many items it has.
    pub items: u32,
    /// How much of it waits to be put right.
    pub open: u32,
    /// Who took it back; none while it counts.
    pub withdrawn: Option<Withdrawn>,
}

/// Somebody took a check back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Their name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub words: String,
}

/// A check with everything that it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingCheck {
    /// The check.
    pub line: CheckLine,
    /// Its items, each with the name of its kind.
    pub items: Vec<(String, Item)>,
    /// The paper.
    pub paper: Paper,
}

/// The most that a list holds.
const MOST: i64 = 500;

impl Filing {
    /// The latest checks, of one record or of all; five hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn checks(&self, record: Option<RecordId>) -> Result<Vec<CheckLine>, Fault> {
        let query = select(&format!(
            "where cast($1 as bigint) is null or filing.record_id = $1 \
             order by filing.id desc limit {MOST}"
        ));
        let values = [record.map(|id| id.0).into()];
        sql::all(&self.0.read, &query, values).await?.iter().map(check_line).collect()
    }

    /// The checks of one audit, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_audit(&self, audit: AuditId) -> Result<Vec<CheckLine>, Fault> {
        let query = select("where filing.audit_id = $1 order by filing.id desc");
        sql::all(&self.0.read, &query, [audit.0.into()]).await?.iter().map(check_line).collect()
    }

    /// The check with this id and everything that it found: three statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn check(&self, id: FilingCheckId) -> Result<Option<FilingCheck>, Fault> {
        let on = &self.0.read;
        let query = select("where filing.id = $1");
        let Some(row) = sql::first(on, &query, [id.0.into()]).await? else { return Ok(None) };
        let query = "select item.*, kind.name as kind_name from filing_item item \
             join filing_protocol_kind kind on kind.protocol_id = item.protocol_id \
                 and kind.code = item.kind \
             where item.check_id = $1 order by item.place";
        let items = sql::all(on, query, [id.0.into()]).await?;
        let query = "select * from filing_paper where check_id = $1";
        let paper = sql::first(on, query, [id.0.into()]).await?;
        Ok(Some(FilingCheck {
            line: check_line(&row)?,
            items: items.iter().map(item).collect::<Result<_, _>>()?,
            paper: paper.as_ref().map(self::paper).transpose()?.unwrap_or_default(),
        }))
    }
}

fn select(which: &str) -> String {
    format!(
        "select filing.id, filing.record_id, record.reference, filing.audit_id, path.team_name, \
         {}, filing.checked_by, checker.name as checker, filing.checked_on, \
         filing.newest, withdrawn.at as withdrawn_at, withdrawn.words as withdrawn_words, \
         withdrawer.name as withdrawer, \
         (select count(*) from filing_item item where item.check_id = filing.id) as items, \
         (select count(*) from filing_mismatch mismatch \
          left join filing_mismatch_cleared cleared on cleared.mismatch_id = mismatch.id \
          where mismatch.check_id = filing.id and cleared.mismatch_id is null) as open \
         from filing_check filing join record on record.id = filing.record_id \
         join person checker on checker.id = filing.checked_by \
         left join team_path path on path.team_id = filing.team_id \
         left join filing_check_withdrawn withdrawn on withdrawn.check_id = filing.id \
         left join person withdrawer on withdrawer.id = withdrawn.withdrawn_by {which}",
        line::PATH
    )
}

fn check_line(row: &Row) -> Result<CheckLine, Fault> {
    let withdrawer: Option<String> = row.get("withdrawer")?;
    let withdrawn = match withdrawer {
        Some(by) => Some(Withdrawn {
            by,
            at: row.time("withdrawn_at")?,
            words: row.get("withdrawn_words")?,
        }),
        None => None,
    };
    Ok(CheckLine {
        id: row.id("id", FilingCheckId)?,
        record: row.id("record_id", RecordId)?,
        reference: row.parse("reference", Reference::new)?,
        audit: row.maybe_id("audit_id", AuditId)?,
        team: row.get("team_name")?,
        whereabouts: line::whereabouts(row)?,
        by: row.id("checked_by", PersonId)?,
        by_name: row.get("checker")?,
        checked_on: row.day("checked_on")?,
        newest: row.maybe_day("newest")?,
        items: row.count("items")?,
        open: row.count("open")?,
        withdrawn,
    })
}

fn item(row: &Row) -> Result<(String, Item), Fault> {
    let time: Option<String> = row.get("entered_at")?;
    let time = match time {
        Some(_) => Some(row.parse("entered_at", |text| format!("{text}:00").parse())?),
        None => None,
    };
    let why: Option<String> = row.get("why")?;
    let whole = |column: &str| -> Result<Option<u16>, Fault> {
        let number: Option<i64> = row.get(column)?;
        Ok(number.and_then(|number| u16::try_from(number).ok()))
    };
    let taken = whole("days")?.zip(whole("days_limit")?);
    let item = Item {
        seen: Seen {
            kind: row.parse("kind", KindCode::new)?,
            dated: row.day("dated")?,
            entered: row.maybe_day("entered_on")?.map(|day| Entered { day, time }),
            found: row.get("found")?,
            outcome: row.code("outcome", Outcome::from_code)?,
            why: why.and_then(|why| Reason::new(&why).ok()),
        },
        protocol: row.id("protocol_id", FilingProtocolId)?,
        taken: taken.map(|(days, limit)| Taken { days, limit }),
        hours: row.maybe_code("hours", Hours::from_code)?,
        is_overruled: row.get("overruled")?,
    };
    Ok((row.get("kind_name")?, item))
}

fn paper(row: &Row) -> Result<Paper, Fault> {
    let volumes: Option<i64> = row.get("volumes")?;
    Ok(Paper {
        exists: row.code("paper_exists", Known::from_code)?,
        mentioned: row.code("mentioned", Known::from_code)?,
        place: row.get("place")?,
        volumes: volumes.and_then(|volumes| u16::try_from(volumes).ok()),
        last_item: row.maybe_day("last_item")?,
        agrees: row.maybe_code("agrees", Agrees::from_code)?,
    })
}
