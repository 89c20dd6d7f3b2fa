//! From where on looking is called unusual, as the authority set it.

use jiff::Timestamp;
use quarterlight_domain::access::thresholds::Thresholds;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use super::Looks;
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// A set of thresholds, and who kept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptThresholds {
    /// The set.
    pub set: Thresholds,
    /// Why.
    pub because: String,
    /// Who kept it; nobody known at the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Looks {
    /// Every set that was kept, in the order in which they were.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn thresholds(&self) -> Result<Vec<KeptThresholds>, Fault> {
        let query = "select it.from_day, it.opens, it.closes, it.records_in_an_hour, \
             it.days_at_one_record, it.period, it.because, it.at, person.name as by_name \
             from looking_threshold it left join person on person.id = it.by_id order by it.id";
        sql::all(&self.0.read, query, []).await?.iter().map(read).collect()
    }

    /// Keeps a set. It never changes: the next one supersedes it from its own day.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn keep_thresholds(
        &self,
        stamp: &Stamp,
        set: &Thresholds,
        because: &Reason,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into looking_threshold (from_day, opens, closes, records_in_an_hour, \
                 days_at_one_record, period, because, by_id, at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id";
        let values = [
            sql::day(set.from),
            i64::from(set.opens).into(),
            i64::from(set.closes).into(),
            sql::whole(set.records_in_an_hour),
            sql::whole(set.days_at_one_record),
            set.period.into(),
            because.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        let id: i64 = sql::one(&*change, query, values).await?.get("id")?;
        let payload = json!({
            "from": set.from.to_string(), "opens": set.opens, "closes": set.closes,
            "records_in_an_hour": set.records_in_an_hour,
            "days_at_one_record": set.days_at_one_record, "period": set.period,
            "because": because.words(),
        });
        let on = format!("thresholds {id}");
        change.keep(Entry { deed: "look.thresholds", on, payload }).await
    }
}

fn read(row: &Row) -> Result<KeptThresholds, Fault> {
    let hour = |column| -> Result<i8, Fault> {
        i8::try_from(row.count(column)?).map_err(|_| Fault::damaged(column, "it is no hour"))
    };
    Ok(KeptThresholds {
        set: Thresholds {
            from: row.day("from_day")?,
            opens: hour("opens")?,
            closes: hour("closes")?,
            records_in_an_hour: row.count("records_in_an_hour")? as usize,
            days_at_one_record: row.count("days_at_one_record")? as usize,
            period: row.count("period")?.into(),
        },
        because: row.get("because")?,
        by: row.get("by_name")?,
        at: row.time("at")?,
    })
}
