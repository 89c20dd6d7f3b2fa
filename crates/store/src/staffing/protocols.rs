//! Allocation protocols, each from a day, and each kept whole.

use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::staffing::protocol::{Advice, Protocol};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;

use super::{Staffing, hundredths};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// A protocol that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAllocationProtocol {
    /// What it says.
    pub protocol: Protocol,
    /// Why there is another, and who agreed it.
    pub why: Reason,
}

/// A protocol as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAllocationProtocol {
    /// What it says.
    pub protocol: Protocol,
    /// Who kept it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// Why.
    pub why: String,
}

const WEIGHTS: [&str; 4] = ["weight_need", "weight_protection", "weight_care", "weight_leaver"];

const CASELOADS: [&str; 3] =
    ["caseload_newly_qualified", "caseload_early_career", "caseload_experienced"];

impl Staffing {
    /// Every allocation protocol, the latest first; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn protocols(&self) -> Result<Vec<KeptAllocationProtocol>, Fault> {
        all(&self.0.read).await
    }

    /// Keeps a protocol that holds from its first day. Nothing can change it afterwards. False if
    /// another begins on that day.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn keep_protocol(
        &self,
        stamp: &Stamp,
        new: &NewAllocationProtocol,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let protocol = &new.protocol;
        let query = format!(
            "insert into allocation_protocol (name, from_day, kept_by, kept_at, why, {}, {}, \
             records_per_worker) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             on conflict (from_day) do nothing returning id",
            WEIGHTS.join(", "),
            CASELOADS.join(", ")
        );
        let mut values: Vec<Value> = vec![
            protocol.name.clone().into(),
            sql::day(protocol.from),
            sql::by(stamp),
            sql::time(stamp.at),
            new.why.words().into(),
        ];
        values.extend(protocol.weights.map(|it| i64::from(it.0).into()));
        values.extend(protocol.caseload.map(|it| it.map(|it| i64::from(it.0)).into()));
        values.push(i64::from(protocol.records_per_worker.0).into());
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(false) };
        let id: i64 = row.get("id")?;
        if !protocol.advice.is_empty() {
            let query = format!(
                "insert into allocation_advice (protocol_id, place, code, days) values {}",
                sql::tuples(&*change, protocol.advice.len(), 4)
            );
            let values = protocol.advice.iter().enumerate().flat_map(|(place, it)| -> [Value; 4] {
                let days = match it {
                    Advice::WithoutWorker { days } => Some(i64::from(*days)),
                    Advice::NotHeldBy(..) | Advice::WithinGuide => None,
                };
                [id.into(), sql::whole(place), it.code().into(), days.into()]
            });
            sql::run(&*change, &query, values.collect::<Vec<_>>()).await?;
        }
        let text = |it: &Hundredths| it.to_string();
        let payload = json!({
            "name": protocol.name, "from": protocol.from.to_string(), "why": new.why.words(),
            "weights": protocol.weights.iter().map(text).collect::<Vec<_>>(),
            "caseload": protocol.caseload.map(|it| it.map(|it| it.to_string())),
            "records_per_worker": protocol.records_per_worker.to_string(),
            "advice": protocol.advice.iter().map(|it| it.words()).collect::<Vec<_>>(),
        });
        let on = format!("allocation protocol {id}");
        change.keep(Entry { deed: "allocation.protocol", on, payload }).await?;
        Ok(true)
    }
}

/// Every allocation protocol, the latest first.
pub(crate) async fn all(on: &impl ConnectionTrait) -> Result<Vec<KeptAllocationProtocol>, Fault> {
    let columns: Vec<String> =
        WEIGHTS.iter().chain(&CASELOADS).map(|it| format!("protocol.{it}")).collect();
    let query = format!(
        "select protocol.id, protocol.name, protocol.from_day, protocol.why, {}, \
         protocol.records_per_worker, person.name as kept_by, advice.code, advice.days \
         from allocation_protocol protocol \
         left join allocation_advice advice on advice.protocol_id = protocol.id \
         left join person on person.id = protocol.kept_by \
         order by protocol.from_day desc, advice.place",
        columns.join(", ")
    );
    let mut kept: Vec<(i64, KeptAllocationProtocol)> = Vec::new();
    for row in sql::all(on, &query, []).await? {
        let id: i64 = row.get("id")?;
        if kept.last().map(|it| it.0) != Some(id) {
            kept.push((id, protocol(&row)?));
        }
        if let (Some(advice), Some(last)) = (advice(&row)?, kept.last_mut()) {
            last.1.protocol.advice.push(advice);
        }
    }
    Ok(kept.into_iter().map(|it| it.1).collect())
}

fn protocol(row: &Row) -> Result<KeptAllocationProtocol, Fault> {
    let whole = |column: &str| {
        hundredths(row, column)?.ok_or_else(|| Fault::damaged(column, "a number is missing"))
    };
    let [need, protection, care, leaver] = WEIGHTS;
    let [newly, early, experienced] = CASELOADS;
    Ok(KeptAllocationProtocol {
        protocol: Protocol {
            name: row.get("name")?,
            from: row.day("from_day")?,
            weights: [whole(need)?, whole(protection)?, whole(care)?, whole(leaver)?],
            caseload: [
                hundredths(row, newly)?,
                hundredths(row, early)?,
                hundredths(row, experienced)?,
            ],
            records_per_worker: whole("records_per_worker")?,
            advice: Vec::new(),
        },
        by: row.get("kept_by")?,
        why: row.get("why")?,
    })
}

fn advice(row: &Row) -> Result<Option<Advice>, Fault> {
    let Some(code) = row.get::<Option<String>>("code")? else { return Ok(None) };
    let damaged = || Fault::damaged("code", "a piece of advice is not known");
    let days: Option<i64> = row.get("days")?;
    let advice = match days {
        Some(days) => Advice::WithoutWorker { days: u16::try_from(days).map_err(|_| damaged())? },
        None => Advice::from_code(&code).ok_or_else(damaged)?,
    };
    Ok(Some(advice))
}
