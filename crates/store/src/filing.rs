//! Where correspondence goes, whether checks found it there, and what was put right.

use std::sync::Arc;

use quarterlight_domain::filing::protocol::{Held, Kind, KindCode, Protocol};
use quarterlight_domain::id::FilingProtocolId;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

mod checks;
mod mismatches;
mod read;

pub use mismatches::{Cleared, MismatchLine, Which};
pub use read::{CheckLine, FilingCheck, Withdrawn};

/// Where correspondence goes, and whether it is there.
#[derive(Debug, Clone)]
pub struct Filing(pub(crate) Arc<Engine>);

/// A protocol that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProtocol {
    /// What it says.
    pub protocol: Protocol,
    /// Why there is another.
    pub why: Reason,
}

/// A protocol as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptProtocol {
    /// What it says, by its id.
    pub held: Held,
    /// Who kept it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// Why.
    pub why: String,
}

impl Filing {
    /// Every protocol with its kinds, the latest first; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn protocols(&self) -> Result<Vec<KeptProtocol>, Fault> {
        let query = "select protocol.id, protocol.name, protocol.from_day, protocol.why, \
             person.name as kept_by, kind.code, kind.name as kind, kind.electronic, kind.paper, \
             kind.within_days \
             from filing_protocol protocol \
             join filing_protocol_kind kind on kind.protocol_id = protocol.id \
             left join person on person.id = protocol.kept_by \
             order by protocol.from_day desc, kind.place";
        gather(&sql::all(&self.0.read, query, []).await?)
    }

    /// Keeps a protocol that holds from its first day. Nothing can change it afterwards. False if
    /// another begins on that day.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn keep_protocol(&self, stamp: &Stamp, new: &NewProtocol) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let protocol = &new.protocol;
        let query = "insert into filing_protocol (name, from_day, kept_by, kept_at, why) \
             values ($1, $2, $3, $4, $5) on conflict (from_day) do nothing returning id";
        let values = [
            protocol.name().into(),
            sql::day(protocol.from()),
            sql::by(stamp),
            sql::time(stamp.at),
            new.why.words().into(),
        ];
        let Some(row) = sql::first(&*change, query, values).await? else { return Ok(false) };
        let id = row.id("id", FilingProtocolId)?;
        let query = format!(
            "insert into filing_protocol_kind \
             (protocol_id, place, code, name, electronic, paper, within_days) values {}",
            sql::tuples(&*change, protocol.kinds().len(), 7)
        );
        let values = protocol.kinds().iter().enumerate().flat_map(|(place, kind)| {
            [
                id.0.into(),
                sql::whole(place),
                kind.code.as_str().into(),
                kind.name.clone().into(),
                kind.electronic.clone().into(),
                kind.paper.clone().into(),
                i64::from(kind.within).into(),
            ]
        });
        sql::run(&*change, &query, values).await?;
        let kinds = protocol.kinds().iter().map(|kind| {
            json!({
                "code": kind.code.as_str(), "name": kind.name, "electronic": kind.electronic,
                "paper": kind.paper, "within": kind.within,
            })
        });
        let payload = json!({
            "name": protocol.name(), "from": protocol.from().to_string(),
            "why": new.why.words(), "kinds": kinds.collect::<Vec<_>>(),
        });
        let on = format!("filing protocol {id}");
        change.keep(Entry { deed: "filing.protocol", on, payload }).await?;
        Ok(true)
    }
}

/// Protocols, from one row for each kind.
fn gather(rows: &[Row]) -> Result<Vec<KeptProtocol>, Fault> {
    let mut kept = Vec::new();
    let mut begin = 0;
    while let Some(first) = rows.get(begin) {
        let id = first.id("id", FilingProtocolId)?;
        let mut kinds = Vec::new();
        for row in rows.get(begin..).unwrap_or_default() {
            if row.id("id", FilingProtocolId)? != id {
                break;
            }
            kinds.push(kind(row)?);
        }
        begin += kinds.len();
        let protocol = Protocol::new(&first.get::<String>("name")?, first.day("from_day")?, kinds)
            .map_err(|_| Fault::damaged("name", "a filing protocol does not hold together"))?;
        let (by, why) = (first.get("kept_by")?, first.get("why")?);
        kept.push(KeptProtocol { held: Held { id, protocol }, by, why });
    }
    Ok(kept)
}

fn kind(row: &Row) -> Result<Kind, Fault> {
    Ok(Kind {
        code: row.parse("code", KindCode::new)?,
        name: row.get("kind")?,
        electronic: row.get("electronic")?,
        paper: row.get("paper")?,
        within: u16::try_from(row.count("within_days")?)
            .map_err(|_| Fault::damaged("within_days", "a count is out of range"))?,
    })
}
