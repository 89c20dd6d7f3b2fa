//! Indicators: the sets that were kept, and what the authority changed about them.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::id::{IndicatorSetId, PersonId};
use quarterlight_domain::indicator::IndicatorCode;
use quarterlight_domain::indicator::local::{Changed, LocalChange};
use quarterlight_domain::indicator::set::IndicatorSet;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::journal::digest;
use crate::sql::{self, Row};

/// Indicators.
#[derive(Debug, Clone)]
pub struct Indicators(pub(crate) Arc<Engine>);

/// A set of indicators as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptIndicatorSet {
    /// The set.
    pub id: IndicatorSetId,
    /// The first day on which it holds.
    pub in_force_from: Date,
    /// The set whole, as its file says it.
    pub file: String,
    /// Who kept it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// Why it was kept.
    pub why: String,
}

/// A change to an indicator, as somebody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLocalChange {
    /// The indicator.
    pub indicator: IndicatorCode,
    /// The first day on which the change holds.
    pub from: Date,
    /// What is changed.
    pub changed: Changed,
    /// Who says so.
    pub by: PersonId,
    /// Why.
    pub why: Reason,
    /// Made once when the form is shown.
    pub form_key: String,
}

impl Indicators {
    /// The set that holds on this day, the latest that had come into force, and everything that the
    /// authority changed about indicators, the first made first. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn in_force_on(
        &self,
        day: Date,
    ) -> Result<Option<(KeptIndicatorSet, Vec<LocalChange>)>, Fault> {
        let query = "select held.*, local.indicator, local.from_day, local.changed, local.target, \
                 changer.name as changed_by, local.why as changed_why \
             from (select indicator_set.id, in_force_from, file, person.name as kept_by, why \
                 from indicator_set left join person on person.id = indicator_set.kept_by \
                 where in_force_from <= $1 \
                 order by in_force_from desc, indicator_set.id desc limit 1) held \
             left join indicator_change local on true \
             left join person changer on changer.id = local.changed_by order by local.id";
        let rows = sql::all(&self.0.read, query, [sql::day(day)]).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let mut changes = Vec::new();
        for row in &rows {
            if row.get::<Option<String>>("indicator")?.is_some() {
                changes.push(local_change(row)?);
            }
        }
        let kept = KeptIndicatorSet {
            id: first.id("id", IndicatorSetId)?,
            in_force_from: first.day("in_force_from")?,
            file: first.get("file")?,
            by: first.get("kept_by")?,
            why: first.get("why")?,
        };
        Ok(Some((kept, changes)))
    }

    /// Keeps a set of indicators, in force from a day. Nothing can change it afterwards.
    ///
    /// # Errors
    /// Fails if a set of this name and date is kept already: see [`Fault::is_duplicate`].
    pub async fn keep(
        &self,
        stamp: &Stamp,
        set: &IndicatorSet,
        file: &str,
        in_force_from: Date,
    ) -> Result<IndicatorSetId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into indicator_set \
             (name, dated, in_force_from, file, digest, kept_by, kept_at, why) \
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id";
        let digest = digest(&[], file);
        let values = [
            set.name().into(),
            sql::day(set.dated()),
            sql::day(in_force_from),
            file.into(),
            digest.clone().into(),
            sql::by(stamp),
            sql::time(stamp.at),
            stamp.why.clone().into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", IndicatorSetId)?;
        let payload = json!({
            "name": set.name(),
            "dated": set.dated().to_string(),
            "in_force_from": in_force_from.to_string(),
            "sha256": digest,
        });
        let on = format!("indicator set {id}");
        change.keep(Entry { deed: "indicator-set.keep", on, payload }).await?;
        Ok(id)
    }

    /// Keeps a change to an indicator. What was changed before stays as it was.
    ///
    /// # Errors
    /// Fails if the form was kept already: see [`Fault::is_duplicate`].
    pub async fn change(&self, stamp: &Stamp, new: &NewLocalChange) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let target = match new.changed {
            Changed::Target(percent) => Some(i64::from(percent)),
            Changed::NoTarget | Changed::Off | Changed::AsPublished => None,
        };
        let query = "insert into indicator_change \
             (indicator, from_day, changed, target, changed_by, changed_at, why, form_key) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = [
            new.indicator.as_str().into(),
            sql::day(new.from),
            new.changed.code().into(),
            target.into(),
            new.by.0.into(),
            sql::time(stamp.at),
            new.why.words().into(),
            new.form_key.clone().into(),
        ];
        sql::run(&*change, query, values).await?;
        let payload = json!({
            "from": new.from.to_string(),
            "changed": new.changed.code(),
            "target": target,
            "why": new.why.words(),
        });
        let on = format!("indicator {}", new.indicator);
        change.keep(Entry { deed: "indicator.change", on, payload }).await
    }
}

fn local_change(row: &Row) -> Result<LocalChange, Fault> {
    let changed = match row.get::<String>("changed")?.as_str() {
        "target" => {
            let percent = u8::try_from(row.count("target")?);
            Changed::Target(percent.map_err(|_| Fault::damaged("target", "it is over 255"))?)
        }
        "no_target" => Changed::NoTarget,
        "off" => Changed::Off,
        "as_published" => Changed::AsPublished,
        _ => return Err(Fault::damaged("changed", "a code is not known")),
    };
    Ok(LocalChange {
        indicator: row.parse("indicator", IndicatorCode::new)?,
        from: row.day("from_day")?,
        changed,
        by: row.get("changed_by")?,
        why: row.parse("changed_why", Reason::new)?,
    })
}
