//! What filing checks found, counted by team and quarter, and how far the move to one system is.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::filing::figures::{ItemCounts, PaperCounts, RecordAge, TeamItems};
use sea_orm::ConnectionTrait;

use super::Figures;
use crate::fault::Fault;
use crate::line;
use crate::sql::{self, Row};

impl Figures {
    /// The items of every quarter's checks, by team, the latest quarter first; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn filing_items(&self) -> Result<Vec<TeamItems>, Fault> {
        items(&self.0.read, None).await
    }

    /// How far the records of each service have come to one system, by the latest word on each
    /// record's paper in each quarter, the latest quarter first; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn filing_paper(&self) -> Result<Vec<PaperCounts>, Fault> {
        paper(&self.0.read, None).await
    }

    /// How long each record that was checked in a quarter had been without a new entry, by the
    /// latest word on that; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn filing_ages(&self, quarter: Quarter) -> Result<Vec<RecordAge>, Fault> {
        let query = format!(
            "select record.reference, path.team_name, {}, said.checked_on, said.newest \
             from ( \
                 select max(filing.id) as id, \
                 max(case when filing.newest is not null then filing.id end) as said \
                 from filing_check filing \
                 left join filing_check_withdrawn withdrawn on withdrawn.check_id = filing.id \
                 where withdrawn.check_id is null and filing.quarter = $1 \
                 group by filing.record_id \
             ) latest \
             join filing_check filing on filing.id = latest.id \
             join record on record.id = filing.record_id \
             left join filing_check said on said.id = latest.said \
             left join team_path path on path.team_id = filing.team_id \
             order by record.reference",
            line::PATH
        );
        let rows = sql::all(&self.0.read, &query, [quarter.to_string().into()]).await?;
        rows.iter().map(record_age).collect()
    }
}

/// The items of the checks of one quarter or of every one, by team, the latest quarter first.
pub(super) async fn items(
    on: &impl ConnectionTrait,
    quarter: Option<Quarter>,
) -> Result<Vec<TeamItems>, Fault> {
    let count = |name: &str, condition: &str| {
        format!("coalesce(sum(case when {condition} then 1 else 0 end), 0) as {name}")
    };
    let counts = [
        count("missing", "item.outcome = 'missing'"),
        count("misfiled", "item.outcome = 'misfiled'"),
        count("another_record", "item.outcome = 'another-record'"),
        count("timed", "item.late <> 'unknown'"),
        count("late", "item.late = 'yes'"),
        count("dated", "item.entered_on is not null"),
        count("weekend", "item.hours = 'weekend'"),
        count("clocked", "item.hours in ('working', 'evening')"),
        count("evening", "item.hours = 'evening'"),
    ];
    let query = format!(
        "select filing.quarter, path.team_name, {0}, \
             count(distinct filing.record_id) as records, count(item.check_id) as items, {1} \
             from filing_check filing \
             join filing_item item on item.check_id = filing.id \
             left join team_path path on path.team_id = filing.team_id \
             left join filing_check_withdrawn withdrawn on withdrawn.check_id = filing.id \
             where withdrawn.check_id is null \
             and (cast($1 as text) is null or filing.quarter = $1) \
             group by filing.quarter, path.team_name, {0} \
             order by filing.quarter desc, path.team_name",
        line::PATH,
        counts.join(", ")
    );
    let quarter = [quarter.map(|it| it.to_string()).into()];
    sql::all(on, &query, quarter).await?.iter().map(team_items).collect()
}

/// How far the records of each service have come to one system in one quarter or in every one.
pub(super) async fn paper(
    on: &impl ConnectionTrait,
    quarter: Option<Quarter>,
) -> Result<Vec<PaperCounts>, Fault> {
    let count = |name: &str, condition: &str| {
        format!("coalesce(sum(case when {condition} then 1 else 0 end), 0) as {name}")
    };
    let of_paper = |name: &str, condition: &str| {
        count(name, &format!("paper.paper_exists = 'yes' and {condition}"))
    };
    let counts = [
        count("paper", "paper.paper_exists = 'yes'"),
        count("no_paper", "paper.paper_exists = 'no'"),
        of_paper("mentioned", "paper.mentioned = 'yes'"),
        of_paper("not_mentioned", "paper.mentioned = 'no'"),
        of_paper("agreeing", "paper.agrees = 'yes'"),
        of_paper("differing", "paper.agrees = 'no'"),
    ];
    let query = format!(
        "select latest.quarter, path.service_name, cast(null as bigint) as team_id, path.service_id, \
             path.directorate_id, path.authority_id, count(*) as records, {} \
             from ( \
                 select max(filing.id) as id, max(said.check_id) as said, filing.quarter, \
                 filing.record_id from filing_check filing \
                 left join filing_paper said on said.check_id = filing.id \
                 left join filing_check_withdrawn withdrawn on withdrawn.check_id = filing.id \
                 where withdrawn.check_id is null \
                 and (cast($1 as text) is null or filing.quarter = $1) \
                 group by filing.quarter, filing.record_id \
             ) latest \
             join filing_check filing on filing.id = latest.id \
             left join filing_paper paper on paper.check_id = latest.said \
             left join team_path path on path.team_id = filing.team_id \
             group by latest.quarter, path.service_name, path.service_id, path.directorate_id, \
             path.authority_id \
             order by latest.quarter desc, path.service_name",
        counts.join(", ")
    );
    let quarter = [quarter.map(|it| it.to_string()).into()];
    sql::all(on, &query, quarter).await?.iter().map(paper_counts).collect()
}

fn record_age(row: &Row) -> Result<RecordAge, Fault> {
    let span = row.maybe_day("newest")?.zip(row.maybe_day("checked_on")?);
    let days = span.and_then(|(newest, checked)| newest.until(checked).ok());
    Ok(RecordAge {
        reference: row.parse("reference", Reference::new)?,
        team: row.get("team_name")?,
        whereabouts: line::whereabouts(row)?,
        days: days.and_then(|span| u32::try_from(span.get_days()).ok()),
    })
}

fn team_items(row: &Row) -> Result<TeamItems, Fault> {
    Ok(TeamItems {
        quarter: row.parse("quarter", str::parse)?,
        team: row.get("team_name")?,
        whereabouts: line::whereabouts(row)?,
        records: row.count("records")?,
        counts: ItemCounts {
            items: row.count("items")?,
            missing: row.count("missing")?,
            misfiled: row.count("misfiled")?,
            another_record: row.count("another_record")?,
            timed: row.count("timed")?,
            late: row.count("late")?,
            dated: row.count("dated")?,
            weekend: row.count("weekend")?,
            clocked: row.count("clocked")?,
            evening: row.count("evening")?,
        },
    })
}

fn paper_counts(row: &Row) -> Result<PaperCounts, Fault> {
    Ok(PaperCounts {
        quarter: row.parse("quarter", str::parse)?,
        service: row.get("service_name")?,
        whereabouts: line::whereabouts(row)?,
        records: row.count("records")?,
        paper: row.count("paper")?,
        no_paper: row.count("no_paper")?,
        mentioned: row.count("mentioned")?,
        not_mentioned: row.count("not_mentioned")?,
        agreeing: row.count("agreeing")?,
        differing: row.count("differing")?,
    })
}
