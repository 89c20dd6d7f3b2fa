//! What indicators are counted from: the case lists of draws, and judgements and grades by service.

use std::collections::BTreeMap;

use quarterlight_domain::allocation::Experience;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::id::{EditionId, PlaceId};
use quarterlight_domain::indicator::series::{IndicatorFigures, ListedLine, ListedQuarter};
use quarterlight_domain::judgement::Judgement;
use sea_orm::Value;

use super::Figures;
use super::counts::IN_SERVICE;
use crate::fault::Fault;
use crate::{editions, line, sql};

/// The most quarters that a series goes back: five years.
const QUARTERS: i64 = 20;

impl Figures {
    /// What indicators are counted from: this quarter and those before it, twenty at most. Lists are
    /// left out where nothing is counted from them. Six statements at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn for_indicators(
        &self,
        until: Quarter,
        edition: &AgreedEdition,
        with_lists: bool,
    ) -> Result<IndicatorFigures, Fault> {
        let on = &self.0.read;
        let mut figures = IndicatorFigures::default();
        let query = "select cycle.quarter, case_list.as_at from cycle \
             left join draw on draw.cycle_id = cycle.id \
             left join case_list on case_list.id = draw.case_list_id \
             where cycle.quarter <= $1 order by cycle.quarter desc limit $2";
        for row in sql::all(on, query, [until.to_string().into(), QUARTERS.into()]).await? {
            let quarter = row.parse("quarter", str::parse)?;
            figures.quarters.push(ListedQuarter { quarter, as_at: row.maybe_day("as_at")? });
        }
        figures.quarters.reverse();
        let Some(first) = figures.quarters.first() else { return Ok(figures) };
        let between =
            || -> [Value; 2] { [first.quarter.to_string().into(), until.to_string().into()] };
        if with_lists {
            let query = format!(
                "select cycle.quarter, path.service_id, worker.experience, {} \
                 from draw join cycle on cycle.id = draw.cycle_id \
                 join case_list_line line on line.case_list_id = draw.case_list_id \
                 left join team_path path on path.team_id = line.team_id \
                 left join worker on worker.id = line.worker_id \
                 where cycle.quarter between $1 and $2",
                line::COLUMNS
            );
            for row in sql::all(on, &query, between()).await? {
                figures.lines.push(ListedLine {
                    quarter: row.parse("quarter", str::parse)?,
                    service: row.maybe_id("service_id", PlaceId)?,
                    line: line::read(&row)?,
                    held_by: row.maybe_code("experience", Experience::from_code)?,
                });
            }
        }
        let lineage = editions::lineage(on, edition.id).await?;
        let query = format!(
            "select cycle.quarter, path.service_id, audit.edition_id, settled_answer.standard, \
             settled_answer.judgement, count(*) as times \
             from audit {IN_SERVICE} join settled_answer on settled_answer.audit_id = audit.id \
             where audit.submitted_at is not null and cycle.quarter between $1 and $2 \
             group by cycle.quarter, path.service_id, audit.edition_id, settled_answer.standard, \
             settled_answer.judgement"
        );
        let mut by_edition: BTreeMap<_, super::counts::ByEdition> = BTreeMap::new();
        for row in sql::all(on, &query, between()).await? {
            let at = (row.parse("quarter", str::parse)?, row.maybe_id("service_id", PlaceId)?);
            let judgement = row.code("judgement", Judgement::from_code)?;
            let of_edition = by_edition.entry(at).or_default();
            let of_edition = of_edition.entry(row.id("edition_id", EditionId)?).or_default();
            let tally = of_edition.entry(row.get("standard")?).or_default();
            tally.add(judgement, row.count("times")?);
        }
        for (at, tallies) in by_edition {
            figures.judged.insert(at, super::joined(edition, &tallies, &lineage));
        }
        let query = format!(
            "select cycle.quarter, path.service_id, settled.grade, count(*) as times \
             from audit {IN_SERVICE} join settled_grade settled on settled.audit_id = audit.id \
             where audit.submitted_at is not null and cycle.quarter between $1 and $2 \
             group by cycle.quarter, path.service_id, settled.grade"
        );
        for row in sql::all(on, &query, between()).await? {
            let at = (row.parse("quarter", str::parse)?, row.maybe_id("service_id", PlaceId)?);
            let grades = figures.graded.entry(at).or_default();
            grades.insert(row.code("grade", Grade::from_code)?, row.count("times")?);
        }
        Ok(figures)
    }
}
