//! A case list that was put together from several sources, and keeping it.

use jiff::civil::Date;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::need::Placement;
use quarterlight_domain::reconcile::{Apart, Conflict, ListCount, OnLists, Together};
use quarterlight_domain::stamp::Stamp;
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;

use crate::case_lists::{self, CaseLists};
use crate::change::{Change, Entry};
use crate::closings;
use crate::fault::Fault;
use crate::history::{self, FactSets};
use crate::sources::{self, NewSource, StandsOn};
use crate::{sql, worker_facts};

/// A case list that was put together and is to be kept.
#[derive(Debug, Clone)]
pub struct NewTogether {
    /// Where it came from, in words.
    pub name: String,
    /// The day as at which it is true.
    pub as_at: Date,
    /// Sources that were kept before, in the order in which they were put together, and whether
    /// each was read for this list.
    pub kept: Vec<(StandsOn, bool)>,
    /// Sources that were just read: they come after those that were kept.
    pub new: Vec<NewSource>,
    /// What came of putting them together, in that order.
    pub together: Together,
    /// How references and workers were matched and what is switched off, as the check page shows it.
    pub rates: String,
    /// The list that this one takes the place of, once something doubtful was settled.
    pub instead_of: Option<CaseListId>,
}

const AT_ONCE: usize = 1000;

impl CaseLists {
    /// Keeps a list that was put together, with the sources that were just read for it. It is not
    /// taken in, and changes no record.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing is kept.
    pub async fn keep_together(
        &self,
        stamp: &Stamp,
        new: &NewTogether,
    ) -> Result<CaseListId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let on = &*change;
        let digests: Vec<&str> =
            new.new.iter().flat_map(|it| &it.files).map(|it| it.digest.as_str()).collect();
        let query = "insert into case_list (source, file_digest, as_at, read_at, account, rates, \
             instead_of) values ($1, $2, $3, $4, '', $5, $6) returning id";
        let values = [
            new.name.clone().into(),
            digests.join(" ").into(),
            sql::day(new.as_at),
            sql::time(stamp.at),
            new.rates.clone().into(),
            new.instead_of.map(|id| id.0).into(),
        ];
        let id = sql::one(on, query, values).await?.id("id", CaseListId)?;
        let mut stands_on = new.kept.clone();
        for source in &new.new {
            stands_on.push((StandsOn::Source(sources::insert(on, stamp, source).await?), true));
        }
        insert_sources(on, id, &stands_on).await?;
        let together = &new.together;
        let lines = &together.lines;
        case_lists::insert_lines(on, id, lines, |(line, on)| (line, numbers(on))).await?;
        insert_lists(on, id, new).await?;
        insert_apart(on, id, &together.apart).await?;
        let lines = lines.iter().map(|it| &it.0);
        closings::insert(on, (id, new.as_at), lines, &together.apart).await?;
        let table = "case_list_conflict (case_list_id, matter, reference, says)";
        insert_many(on, id, (table, 4), &together.conflicts, conflict_values).await?;
        let table = "case_list_doubt \
             (case_list_id, position, of_workers, one, other, why, one_on, other_on)";
        let doubts: Vec<Vec<Value>> = doubts(together).collect();
        insert_many(on, id, (table, 8), &doubts, Clone::clone).await?;
        worker_facts::insert(on, id, &together.workers).await?;
        let payload = json!({
            "source": new.name, "file_sha256": digests, "as_at": new.as_at.to_string(),
            "sources": stands_on.len(), "read_now": new.new.len(),
            "records": together.lines.len(), "conflicts": together.conflicts.len(),
            "doubtful": together.doubts.len() + together.worker_doubts.len(),
        });
        let entry = Entry { deed: "case-list.keep", on: format!("case-list {id}"), payload };
        change.keep(entry).await?;
        Ok(id)
    }
}

async fn insert_sources(
    on: &impl ConnectionTrait,
    id: CaseListId,
    stands_on: &[(StandsOn, bool)],
) -> Result<(), Fault> {
    let row = |(position, (source, is_new)): (usize, &(StandsOn, bool))| -> Vec<Value> {
        let (source, earlier) = match source {
            StandsOn::Source(id) => (Some(id.0), None),
            StandsOn::Earlier(id) => (None, Some(id.0)),
        };
        vec![sql::whole(position), source.into(), earlier.into(), (*is_new).into()]
    };
    let rows: Vec<Vec<Value>> = stands_on.iter().enumerate().map(row).collect();
    let table = "case_list_source (case_list_id, position, source_id, earlier_list_id, is_new)";
    insert_many(on, id, (table, 5), &rows, Clone::clone).await
}

async fn insert_lists(
    on: &impl ConnectionTrait,
    id: CaseListId,
    new: &NewTogether,
) -> Result<(), Fault> {
    let row = |(number, list): (usize, &ListCount)| -> Vec<Value> {
        let on_source: Vec<String> =
            list.on_source.iter().map(|(source, many)| format!("{source}={many}")).collect();
        vec![
            sql::whole(number),
            sql::whole(list.source),
            list.name.clone().into(),
            sql::whole(list.records),
            on_source.join(",").into(),
        ]
    };
    let rows: Vec<Vec<Value>> = new.together.lists.iter().enumerate().map(row).collect();
    let table = "case_list_list (case_list_id, number, position, name, records, on_source)";
    insert_many(on, id, (table, 6), &rows, Clone::clone).await
}

fn doubts(together: &Together) -> impl Iterator<Item = Vec<Value>> {
    let places =
        |sources: &[usize]| sources.iter().map(usize::to_string).collect::<Vec<_>>().join("\n");
    let records = together.doubts.iter().map(move |it| {
        let (one, other) = (it.one.as_str().to_owned(), it.other.as_str().to_owned());
        let why = it.why.code().to_owned();
        (false, one, other, why, places(&it.one_on), places(&it.other_on))
    });
    let workers = together.worker_doubts.iter().map(|it| {
        let teams = |teams: &[String]| teams.join("\n");
        let name = it.name.clone();
        let (one, other) = (it.one.clone(), it.other.clone());
        (true, one, other, name, teams(&it.one_teams), teams(&it.other_teams))
    });
    records.chain(workers).enumerate().map(
        |(position, (of_workers, one, other, why, one_on, other_on))| {
            vec![
                sql::whole(position),
                of_workers.into(),
                one.into(),
                other.into(),
                why.into(),
                one_on.into(),
                other_on.into(),
            ]
        },
    )
}

/// Adds rows a thousand at a time, each with the id of its list before its own values.
async fn insert_many<T>(
    on: &impl ConnectionTrait,
    id: CaseListId,
    (table, columns): (&str, usize),
    rows: &[T],
    values: fn(&T) -> Vec<Value>,
) -> Result<(), Fault> {
    for rows in rows.chunks(AT_ONCE) {
        let all: Vec<Value> = rows
            .iter()
            .flat_map(|row| std::iter::once(Value::from(id.0)).chain(values(row)))
            .collect();
        let tuples = sql::tuples(on, rows.len(), columns);
        sql::run(on, &format!("insert into {table} values {tuples}"), all).await?;
    }
    Ok(())
}

/// The numbers of lists, each between commas, so that one is found in them.
fn numbers(lists: &OnLists) -> String {
    lists.iter().fold(String::from(","), |text, list| format!("{text}{list},"))
}

/// Adds the records that no list opens, each with its history.
async fn insert_apart(
    on: &impl ConnectionTrait,
    id: CaseListId,
    apart: &[Apart],
) -> Result<(), Fault> {
    let mut sets = FactSets::new();
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(apart.len());
    for it in apart {
        let set = sources::set_of(on, &mut sets, &it.history).await?;
        rows.push(vec![
            it.reference.as_str().into(),
            it.standing.code().into(),
            it.disabled.code().into(),
            it.placement.map(Placement::code).into(),
            history::text(&it.history).into(),
            set.into(),
            numbers(&it.on).into(),
        ]);
    }
    let table = "case_list_apart \
         (case_list_id, reference, standing, disabled, placement, history, fact_set_id, lists)";
    insert_many(on, id, (table, 8), &rows, Clone::clone).await
}

fn conflict_values(it: &Conflict) -> Vec<Value> {
    let says: Vec<String> = it.says.iter().map(|it| format!("{}={}", it.list, it.what)).collect();
    vec![it.matter.code().into(), it.reference.as_str().into(), says.join("\n").into()]
}
