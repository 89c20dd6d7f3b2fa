//! The records open on a date: read and kept first, taken in once somebody has looked.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::reconcile::Apart;
use quarterlight_domain::stamp::Stamp;
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;

use crate::cells;
use crate::change::{Change, Entry};
use crate::closings;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::history::{self, FactSets};
use crate::sql::{self, Row};
use crate::{line, sources, worker_facts};

/// Rows for one insert: well under what either engine takes as parameters.
const AT_ONCE: usize = 1000;

/// Columns of a line.
const COLUMNS: usize = 15;

/// The records open on a date.
#[derive(Debug, Clone)]
pub struct CaseLists(pub(crate) Arc<Engine>);

/// A case list that was read and is to be kept.
#[derive(Debug, Clone)]
pub struct NewCaseList {
    /// Where it came from, in words: the kind of file and its name.
    pub source: String,
    /// SHA-256 of the file, in hexadecimal.
    pub file_digest: String,
    /// The date as at which it is true.
    pub as_at: Date,
    /// How the file was read, as the check page shows it.
    pub account: String,
    /// One line for each open record.
    pub lines: Vec<CaseLine>,
    /// Records that it has as closed: of them only when they were is kept.
    pub closed: Vec<Apart>,
    /// What was wrong with the file.
    pub problems: Vec<KeptProblem>,
}

/// Something that was wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptProblem {
    /// The list that it is in.
    pub list: String,
    /// The row, as the spreadsheet numbers it.
    pub row: Option<u32>,
    /// The column's letters.
    pub column: Option<String>,
    /// The column's heading.
    pub heading: Option<String>,
    /// What is wrong and what to do, as a sentence.
    pub sentence: String,
    /// True where the row could not be used; false for a warning.
    pub stops_the_row: bool,
}

/// A case list as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseListSummary {
    /// Its id.
    pub id: CaseListId,
    /// Where it came from.
    pub source: String,
    /// The date as at which it is true.
    pub as_at: Date,
    /// When it was read.
    pub read_at: Timestamp,
    /// When it was taken in; none while it waits for somebody to confirm.
    pub taken_in_at: Option<Timestamp>,
    /// How the file was read.
    pub account: String,
    /// Open records.
    pub records: u32,
    /// Problems.
    pub problems: u32,
    /// How references and workers were matched, as text; blank where one file is the whole list.
    pub rates: String,
    /// The list that was put together anew once a person had settled what was doubtful.
    pub replaced_by: Option<CaseListId>,
}

/// What taking a list in changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenIn {
    /// Records on the list.
    pub records: u32,
    /// Records that were not on the list before.
    pub new: u32,
    /// Records about which the list now says something else.
    pub changed: u32,
    /// Records that were on the list before and are not on this one.
    pub gone: u32,
}

impl CaseLists {
    /// Keeps a list that was read. It is not taken in, and changes no record.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing is kept.
    pub async fn keep(&self, stamp: &Stamp, new: &NewCaseList) -> Result<CaseListId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into case_list (source, file_digest, as_at, read_at, account) \
             values ($1, $2, $3, $4, $5) returning id";
        let values = [
            new.source.clone().into(),
            new.file_digest.clone().into(),
            sql::day(new.as_at),
            sql::time(stamp.at),
            new.account.clone().into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", CaseListId)?;
        insert_lines(&*change, id, &new.lines, |line| (line, String::new())).await?;
        closings::insert(&*change, (id, new.as_at), new.lines.iter(), &new.closed).await?;
        let problems = ("case_list_problem", "case_list_id", id.0);
        insert_problems(&*change, problems, &new.problems).await?;
        let payload = json!({
            "source": new.source, "file_sha256": new.file_digest, "as_at": new.as_at.to_string(),
            "records": new.lines.len(), "problems": new.problems.len(),
        });
        let on = format!("case-list {id}");
        change.keep(Entry { deed: "case-list.keep", on, payload }).await?;
        Ok(id)
    }

    /// Takes a kept list in: from now on it is what is known of the open records. None if it was
    /// taken in before, or if a list of a later date has been.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing has changed.
    pub async fn take_in(&self, stamp: &Stamp, id: CaseListId) -> Result<Option<TakenIn>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let before = current(&*change).await?;
        let query = "update case_list set taken_in_at = $2 \
             where id = $1 and taken_in_at is null and not exists ( \
                 select 1 from case_list later \
                 where later.taken_in_at is not null and later.as_at > case_list.as_at)";
        if sql::run(&*change, query, [id.0.into(), sql::time(stamp.at)]).await? == 0 {
            return Ok(None);
        }
        link(&*change, id).await?;
        worker_facts::take_in(&*change, id).await?;
        cells::count(&*change, id).await?;
        let tables = ["record", "case_list_line", "case_list_record", "case_list_cell"];
        sql::count_anew(&*change, &tables).await?;
        let taken = compare(&*change, id, before).await?;
        let payload = json!({
            "records": taken.records, "new": taken.new, "changed": taken.changed, "gone": taken.gone,
        });
        let on = format!("case-list {id}");
        change.keep(Entry { deed: "case-list.take-in", on, payload }).await?;
        Ok(Some(taken))
    }

    /// The list with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: CaseListId) -> Result<Option<CaseListSummary>, Fault> {
        let query = format!("{SUMMARY} where case_list.id = $1");
        let row = sql::first(&self.0.read, &query, [id.0.into()]).await?;
        row.as_ref().map(summary).transpose()
    }

    /// Every list, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<CaseListSummary>, Fault> {
        let query = format!("{SUMMARY} order by case_list.id desc");
        sql::all(&self.0.read, &query, []).await?.iter().map(summary).collect()
    }

    /// The list that says what is open now: the one of the latest date that was taken in.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn current(&self) -> Result<Option<CaseListSummary>, Fault> {
        match current(&self.0.read).await? {
            Some(id) => self.get(id).await,
            None => Ok(None),
        }
    }

    /// The list that says what is open now and its date, without counting its records.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn current_as_at(&self) -> Result<Option<(CaseListId, Date)>, Fault> {
        let query = "select id, as_at from case_list where taken_in_at is not null \
             order by as_at desc, id desc limit 1";
        let row = sql::first(&self.0.read, query, []).await?;
        row.map(|row| Ok((row.id("id", CaseListId)?, row.day("as_at")?))).transpose()
    }

    /// What was wrong with the file of a list, in the order of the file; a thousand at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn problems(&self, id: CaseListId) -> Result<Vec<KeptProblem>, Fault> {
        let query = "select list, sheet_row, sheet_column, heading, sentence, stops_the_row \
             from case_list_problem where case_list_id = $1 order by id limit 1000";
        sql::all(&self.0.read, query, [id.0.into()]).await?.iter().map(problem).collect()
    }
}

/// The current list, for a query.
pub async fn current(on: &impl ConnectionTrait) -> Result<Option<CaseListId>, Fault> {
    let query = "select id from case_list where taken_in_at is not null \
         order by as_at desc, id desc limit 1";
    let row = sql::first(on, query, []).await?;
    row.map(|row| row.id("id", CaseListId)).transpose()
}

const SUMMARY: &str = "select case_list.id, source, as_at, read_at, taken_in_at, account, rates, \
     (select count(*) from case_list_line where case_list_id = case_list.id) as records, \
     (select count(*) from case_list_problem where case_list_id = case_list.id) \
     + (select count(*) from source_problem join case_list_source \
         on case_list_source.source_id = source_problem.source_id \
         where case_list_source.case_list_id = case_list.id and is_new) as problems, \
     (select max(later.id) from case_list later where later.instead_of = case_list.id) \
     as replaced_by from case_list";

fn summary(row: &Row) -> Result<CaseListSummary, Fault> {
    Ok(CaseListSummary {
        id: row.id("id", CaseListId)?,
        source: row.get("source")?,
        as_at: row.day("as_at")?,
        read_at: row.time("read_at")?,
        taken_in_at: row.maybe_time("taken_in_at")?,
        account: row.get("account")?,
        records: row.count("records")?,
        problems: row.count("problems")?,
        rates: row.get("rates")?,
        replaced_by: row.maybe_id("replaced_by", CaseListId)?,
    })
}

/// A problem that a row holds.
pub fn problem(row: &Row) -> Result<KeptProblem, Fault> {
    Ok(KeptProblem {
        list: row.get("list")?,
        row: row.get::<Option<i64>>("sheet_row")?.and_then(|row| u32::try_from(row).ok()),
        column: row.get("sheet_column")?,
        heading: row.get("heading")?,
        sentence: row.get("sentence")?,
        stops_the_row: row.get("stops_the_row")?,
    })
}

/// Adds the lines of a list, each with the numbers of the lists that it stands on.
pub async fn insert_lines<T>(
    on: &impl ConnectionTrait,
    id: CaseListId,
    lines: &[T],
    part: fn(&T) -> (&CaseLine, String),
) -> Result<(), Fault> {
    let mut sets = FactSets::new();
    for lines in lines.chunks(AT_ONCE) {
        let mut values: Vec<Value> = Vec::with_capacity(AT_ONCE * COLUMNS);
        for (line, lists) in lines.iter().map(part) {
            let set = sources::set_of(on, &mut sets, &line.history).await?;
            values.push(id.0.into());
            values.extend(line::values(line));
            values.extend([history::text(&line.history).into(), set.into(), lists.into()]);
        }
        let query = format!(
            "insert into case_list_line (case_list_id, reference, needs, assessment_open, \
             disabled, unaccompanied, placement, route, cohort, worker_name, team_name, dates, \
             history, fact_set_id, lists) values {}",
            sql::tuples(on, values.len() / COLUMNS, COLUMNS)
        );
        sql::run(on, &query, values).await?;
    }
    Ok(())
}

/// Adds problems to the table that has them, by the name of its key and the key.
pub async fn insert_problems(
    on: &impl ConnectionTrait,
    (table, key, id): (&str, &str, i64),
    problems: &[KeptProblem],
) -> Result<(), Fault> {
    for problems in problems.chunks(AT_ONCE) {
        let query = format!(
            "insert into {table} ({key}, list, sheet_row, sheet_column, heading, \
             sentence, stops_the_row) values {}",
            sql::tuples(on, problems.len(), 7)
        );
        let values = problems.iter().flat_map(|problem| -> [Value; 7] {
            [
                id.into(),
                problem.list.clone().into(),
                problem.row.map(i64::from).into(),
                problem.column.clone().into(),
                problem.heading.clone().into(),
                problem.sentence.clone().into(),
                problem.stops_the_row.into(),
            ]
        });
        sql::run(on, &query, values.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// The team that has the name in a column, or had it until it was renamed; for a query.
pub fn team_named(column: &str) -> String {
    format!(
        "coalesce((select id from place where kind = 'team' and place.name = {column}), \
         (select max(place_id) from place_event join place on place.id = place_event.place_id \
             where place.kind = 'team' and happened = 'renamed' and before_name = {column}))"
    )
}

/// Joins the lines to their records, workers and teams, adding the records and workers that are new.
async fn link(on: &impl ConnectionTrait, id: CaseListId) -> Result<(), Fault> {
    let team = team_named("case_list_line.team_name");
    let join = format!(
        "update case_list_line set \
         record_id = (select id from record where record.reference = case_list_line.reference), \
         worker_id = (select id from worker where worker.name = case_list_line.worker_name), \
         team_id = {team} where case_list_id = $1"
    );
    for query in [
        "insert into record (reference) select reference from case_list_line \
         where case_list_id = $1 on conflict (reference) do nothing",
        "insert into worker (name, experience) \
         select distinct worker_name, 'unknown' from case_list_line \
         where case_list_id = $1 and worker_name is not null on conflict (name) do nothing",
        &join,
    ] {
        sql::run(on, query, [id.0.into()]).await?;
    }
    Ok(())
}

/// True of a line that says something else than the one before: both are there, and differ.
pub const CHANGED: &str = "old.id is not null and ( \
     new.needs <> old.needs or new.assessment_open <> old.assessment_open \
     or new.disabled <> old.disabled or new.unaccompanied <> old.unaccompanied \
     or new.placement <> old.placement or new.route <> old.route \
     or new.dates <> old.dates \
     or coalesce(new.worker_name, '') <> coalesce(old.worker_name, '') \
     or coalesce(new.team_name, '') <> coalesce(old.team_name, ''))";

/// What a list says otherwise than the one before it.
pub async fn compare(
    on: &impl ConnectionTrait,
    id: CaseListId,
    before: Option<CaseListId>,
) -> Result<TakenIn, Fault> {
    let query = format!(
        "select count(*) as records, \
         count(old.id) as known, \
         count(case when {CHANGED} then 1 end) as changed, \
         (select count(*) from case_list_line where case_list_id = $2) as earlier \
         from case_list_line new \
         left join case_list_line old on old.reference = new.reference and old.case_list_id = $2 \
         where new.case_list_id = $1"
    );
    let values = [id.0.into(), before.map_or(0, |before| before.0).into()];
    let row = sql::one(on, &query, values).await?;
    let (records, known) = (row.count("records")?, row.count("known")?);
    Ok(TakenIn {
        records,
        new: records - known,
        changed: row.count("changed")?,
        gone: row.count("earlier")? - known,
    })
}
