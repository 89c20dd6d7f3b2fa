//! What is to be audited over a year, in versions that are kept, and what was done of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::id::{EditionId, PersonId, PlaceId};
use quarterlight_domain::programme::{Done, Programme, QuarterPlan};
use quarterlight_domain::size_rule::SizeRule;
use quarterlight_domain::stamp::{By, Stamp};
use serde_json::json;

use crate::change::{Change, Entry};
use crate::coverage::NO_SERVICE;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// What is to be audited over a year.
#[derive(Debug, Clone)]
pub struct Programmes(pub(crate) Arc<Engine>);

impl Programmes {
    /// Keeps the next version of a year's programme. The number that the programme has is the one
    /// that it is to have: one more than the version that was seen.
    ///
    /// # Errors
    /// Fails if that version is there already: see [`Fault::is_duplicate`].
    pub async fn keep(&self, stamp: &Stamp, programme: &Programme) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let by = match stamp.by {
            By::Person(PersonId(id)) => Some(id),
            By::Console | By::Token(_) => None,
        };
        let query = "insert into programme (year, version, made_on, made_by, why) \
             values ($1, $2, $3, cast($4 as bigint), $5) returning id";
        let values = [
            i64::from(programme.year).into(),
            i64::from(programme.version).into(),
            sql::day(programme.made_on),
            by.into(),
            programme.why.clone().into(),
        ];
        let id: i64 = sql::one(&*change, query, values).await?.get("id")?;
        for (quarter, plan) in &programme.quarters {
            insert_quarter(&change, id, *quarter, plan).await?;
        }
        for (service, framework) in &programme.frameworks {
            let query = "insert into programme_framework (programme_id, service_id, framework) \
                 values ($1, $2, $3)";
            let values = [id.into(), service.0.into(), framework.clone().into()];
            sql::run(&*change, query, values).await?;
        }
        let quarters: BTreeMap<String, _> = programme
            .quarters
            .iter()
            .map(|(quarter, plan)| (quarter.to_string(), said(plan)))
            .collect();
        let frameworks: BTreeMap<String, &String> =
            programme.frameworks.iter().map(|(id, name)| (id.to_string(), name)).collect();
        let payload = json!({
            "year": programme.year, "version": programme.version, "why": programme.why,
            "quarters": quarters, "frameworks": frameworks,
        });
        let on = format!("programme {id}");
        change.keep(Entry { deed: "programme.keep", on, payload }).await
    }

    /// Every version of a year's programme, the latest first. Three statements and one more.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn versions(&self, year: i16) -> Result<Vec<Programme>, Fault> {
        let on = &self.0.read;
        let year = || [i64::from(year).into()];
        let query = "select id, year, version, made_on, why from programme where year = $1 \
             order by version desc";
        let mut versions = Vec::new();
        let mut places: BTreeMap<i64, usize> = BTreeMap::new();
        for (place, row) in sql::all(on, query, year()).await?.iter().enumerate() {
            places.insert(row.get("id")?, place);
            versions.push(version(row)?);
        }
        let query = "select part.* from programme_quarter part \
             join programme on programme.id = part.programme_id where programme.year = $1";
        for row in sql::all(on, query, year()).await? {
            if let Some(version) = at(&mut versions, &places, &row)? {
                version.quarters.insert(row.parse("quarter", str::parse)?, plan(&row)?);
            }
        }
        let query = "select part.* from programme_cohort part \
             join programme on programme.id = part.programme_id where programme.year = $1";
        for row in sql::all(on, query, year()).await? {
            let quarter = row.parse("quarter", str::parse)?;
            let cohort = row.code("cohort", Cohort::from_code)?;
            let version = at(&mut versions, &places, &row)?;
            if let Some(plan) = version.and_then(|version| version.quarters.get_mut(&quarter)) {
                plan.cohorts.insert(cohort);
            }
        }
        let query = "select part.* from programme_framework part \
             join programme on programme.id = part.programme_id where programme.year = $1";
        for row in sql::all(on, query, year()).await? {
            if let Some(version) = at(&mut versions, &places, &row)? {
                let service = row.id("service_id", PlaceId)?;
                version.frameworks.insert(service, row.get("framework")?);
            }
        }
        Ok(versions)
    }

    /// The programme of a year as it now is; none where nobody has planned it.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn current(&self, year: i16) -> Result<Option<Programme>, Fault> {
        Ok(self.versions(year).await?.into_iter().next())
    }

    /// What was drawn and audited between two quarters, both counted.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn done(&self, from: Quarter, until: Quarter) -> Result<Vec<Done>, Fault> {
        let query = "select cycle.quarter, path.service_name, line.cohort, \
             edition.name as framework, count(*) as drawn, count(audit.submitted_at) as submitted \
             from cycle join sampled on sampled.cycle_id = cycle.id \
             join case_list_line line on line.id = sampled.line_id \
             left join team_path path on path.team_id = line.team_id \
             left join cycle_edition own \
                 on own.cycle_id = cycle.id and own.service_id = path.service_id \
             left join audit on audit.cycle_id = cycle.id and audit.record_id = sampled.record_id \
             join edition \
                 on edition.id = coalesce(audit.edition_id, own.edition_id, cycle.edition_id) \
             where cycle.quarter between $1 and $2 \
             group by cycle.quarter, path.service_name, line.cohort, edition.name";
        let values = [from.to_string().into(), until.to_string().into()];
        let mut all = sql::all(&self.0.read, query, values)
            .await?
            .iter()
            .map(done)
            .collect::<Result<Vec<_>, _>>()?;
        all.sort_by(|a, b| {
            (a.quarter, &a.service, a.cohort, &a.framework).cmp(&(
                b.quarter,
                &b.service,
                b.cohort,
                &b.framework,
            ))
        });
        Ok(all)
    }

    /// The frameworks that have an edition in force on a day, by name, each with its latest one.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn frameworks_on(&self, day: Date) -> Result<BTreeMap<String, EditionId>, Fault> {
        // The last of each name is the one that `Frameworks::of_framework_on` finds.
        let query = "select id, name from edition where in_force_from <= $1 \
             order by in_force_from, number";
        let rows = sql::all(&self.0.read, query, [sql::day(day)]).await?;
        rows.iter().map(|row| Ok((row.get("name")?, row.id("id", EditionId)?))).collect()
    }
}

async fn insert_quarter(
    change: &Change<'_>,
    id: i64,
    quarter: Quarter,
    plan: &QuarterPlan,
) -> Result<(), Fault> {
    let query = "insert into programme_quarter (programme_id, quarter, size_number, size_percent, \
         one_per_worker, at_least, left_out, themes) \
         values ($1, $2, cast($3 as bigint), cast($4 as bigint), $5, $6, $7, $8)";
    let values = [
        id.into(),
        quarter.to_string().into(),
        plan.size.number.map(i64::from).into(),
        plan.size.percent.map(i64::from).into(),
        plan.size.one_per_worker.into(),
        i64::from(plan.at_least).into(),
        i64::from(plan.left_out).into(),
        plan.themes.clone().into(),
    ];
    sql::run(&**change, query, values).await?;
    for cohort in &plan.cohorts {
        let query = "insert into programme_cohort (programme_id, quarter, cohort) \
             values ($1, $2, $3)";
        let values = [id.into(), quarter.to_string().into(), cohort.code().into()];
        sql::run(&**change, query, values).await?;
    }
    Ok(())
}

fn said(plan: &QuarterPlan) -> serde_json::Value {
    let cohorts: Vec<&str> = plan.cohorts.iter().map(|cohort| cohort.code()).collect();
    json!({
        "cohorts": cohorts, "number": plan.size.number, "percent": plan.size.percent,
        "one_per_worker": plan.size.one_per_worker, "at_least": plan.at_least,
        "left_out": plan.left_out, "themes": plan.themes,
    })
}

fn at<'a>(
    versions: &'a mut [Programme],
    places: &BTreeMap<i64, usize>,
    row: &Row,
) -> Result<Option<&'a mut Programme>, Fault> {
    let place = places.get(&row.get("programme_id")?);
    Ok(place.and_then(|place| versions.get_mut(*place)))
}

fn year(row: &Row) -> Result<i16, Fault> {
    i16::try_from(row.count("year")?).map_err(|_| Fault::damaged("year", "a year is out of range"))
}

fn version(row: &Row) -> Result<Programme, Fault> {
    Ok(Programme {
        year: year(row)?,
        version: row.count("version")?,
        made_on: row.day("made_on")?,
        why: row.get("why")?,
        quarters: BTreeMap::new(),
        frameworks: BTreeMap::new(),
    })
}

fn plan(row: &Row) -> Result<QuarterPlan, Fault> {
    let part = |column: &str| -> Result<Option<u32>, Fault> {
        Ok(row.get::<Option<i64>>(column)?.and_then(|number| u32::try_from(number).ok()))
    };
    Ok(QuarterPlan {
        cohorts: std::collections::BTreeSet::new(),
        size: SizeRule {
            number: part("size_number")?,
            percent: part("size_percent")?,
            one_per_worker: row.get("one_per_worker")?,
        },
        at_least: row.count("at_least")?,
        left_out: row.count("left_out")?,
        themes: row.get("themes")?,
    })
}

fn done(row: &Row) -> Result<Done, Fault> {
    let service: Option<String> = row.get("service_name")?;
    Ok(Done {
        quarter: row.parse("quarter", str::parse)?,
        service: service.unwrap_or_else(|| NO_SERVICE.to_owned()),
        cohort: row.code("cohort", Cohort::from_code)?,
        framework: row.get("framework")?,
        drawn: row.count("drawn")?,
        submitted: row.count("submitted")?,
    })
}
