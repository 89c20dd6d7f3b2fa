//! What became of the parts of the authority.

use jiff::Timestamp;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::place::{Place, PlaceKind};
use quarterlight_domain::staffing::history::{Happened, PlaceEvent, PlaceHistory};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::Staffing;
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Something that happened to a place, with who recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEvent {
    /// What happened.
    pub event: PlaceEvent,
    /// Who recorded it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Staffing {
    /// Keeps what happened to a place, and what the place is from then on. Nothing that was counted
    /// or released changes.
    ///
    /// # Errors
    /// Fails if the database cannot be written, or something is known of this place and day
    /// already: see [`Fault::is_duplicate`].
    pub async fn record(&self, stamp: &Stamp, event: &PlaceEvent) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let (before, after, into) = match &event.happened {
            Happened::Renamed { before, after } => (Some(before), Some(after), None),
            Happened::Moved { before, into } => (Some(before), None, Some(*into)),
            Happened::Merged { into } => (None, None, Some(*into)),
        };
        let query = "insert into place_event (place_id, from_day, happened, before_name, \
             after_name, into_id, why, kept_by, kept_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let values = [
            event.place.0.into(),
            sql::day(event.from),
            event.happened.code().into(),
            before.cloned().into(),
            after.cloned().into(),
            into.map(|id| id.0).into(),
            event.why.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        sql::run(&*change, query, values).await?;
        match &event.happened {
            Happened::Renamed { after, .. } => {
                let query = "update place set name = $2 where id = $1";
                sql::run(&*change, query, [event.place.0.into(), after.clone().into()]).await?;
            }
            Happened::Moved { into, .. } => {
                let query = "update place set parent_id = $2 where id = $1";
                sql::run(&*change, query, [event.place.0.into(), into.0.into()]).await?;
            }
            Happened::Merged { .. } => {}
        }
        let payload = json!({
            "happened": event.happened.code(), "from": event.from.to_string(), "before": before,
            "after": after, "into": into.map(|id| id.0), "why": event.why.words(),
        });
        let on = format!("place {}", event.place);
        change.keep(Entry { deed: "place.event", on, payload }).await
    }

    /// Everything that happened to places, the latest first; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn events(&self) -> Result<Vec<KeptEvent>, Fault> {
        events(&self.0.read).await
    }

    /// The places as they are, and what happened to them; two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn history(&self) -> Result<PlaceHistory, Fault> {
        history(&self.0.read).await
    }
}

/// The places as they are, and what happened to them.
pub(crate) async fn history(on: &impl ConnectionTrait) -> Result<PlaceHistory, Fault> {
    let query = "select id, parent_id, kind, name from place order by id";
    let place = |row: &Row| {
        Ok(Place {
            id: row.id("id", PlaceId)?,
            parent: row.maybe_id("parent_id", PlaceId)?,
            kind: row.code("kind", PlaceKind::from_code)?,
            name: row.get("name")?,
        })
    };
    let places: Result<Vec<Place>, Fault> =
        sql::all(on, query, []).await?.iter().map(place).collect();
    let events = events(on).await?.into_iter().map(|kept| kept.event).collect();
    Ok(PlaceHistory { places: places?, events })
}

async fn events(on: &impl ConnectionTrait) -> Result<Vec<KeptEvent>, Fault> {
    let query = "select event.place_id, event.from_day, event.happened, event.before_name, \
         event.after_name, event.into_id, event.why, event.kept_at, person.name as kept_by \
         from place_event event left join person on person.id = event.kept_by \
         order by event.from_day desc, event.id desc";
    sql::all(on, query, []).await?.iter().map(event).collect()
}

fn event(row: &Row) -> Result<KeptEvent, Fault> {
    let damaged = || Fault::damaged("happened", "an event of a place does not hold together");
    let before: Option<String> = row.get("before_name")?;
    let after: Option<String> = row.get("after_name")?;
    let into = row.maybe_id("into_id", PlaceId)?;
    let happened = match (row.get::<String>("happened")?.as_str(), before, after, into) {
        ("renamed", Some(before), Some(after), None) => Happened::Renamed { before, after },
        ("moved", Some(before), None, Some(into)) => Happened::Moved { before, into },
        ("merged", None, None, Some(into)) => Happened::Merged { into },
        _ => return Err(damaged()),
    };
    Ok(KeptEvent {
        event: PlaceEvent {
            place: row.id("place_id", PlaceId)?,
            from: row.day("from_day")?,
            happened,
            why: row.parse("why", Reason::new)?,
        },
        by: row.get("kept_by")?,
        at: row.time("kept_at")?,
    })
}
