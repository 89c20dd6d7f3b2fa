//! What each file said, kept as it was read.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::history::History;
use quarterlight_domain::id::{CaseListId, SourceId};
use quarterlight_domain::need::Known;
use quarterlight_domain::source::{Holder, Sighting, Source, SourceKind, SourceList};
use quarterlight_domain::stamp::Stamp;
use sea_orm::ConnectionTrait;

use crate::case_lists::{self, KeptProblem};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::history::{self, FactSets};
use crate::sql::{self, Row};
use crate::{line, sighting};

/// What each file said.
#[derive(Debug, Clone)]
pub struct Sources(pub(crate) Arc<Engine>);

/// A source that was read and is to be kept.
#[derive(Debug, Clone)]
pub struct NewSource {
    /// What it says.
    pub source: Source,
    /// Its files.
    pub files: Vec<SourceFile>,
    /// How the files were read, as the check page shows it.
    pub account: String,
    /// What was wrong with them.
    pub problems: Vec<KeptProblem>,
}

/// One file of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name.
    pub name: String,
    /// SHA-256 of it, in hexadecimal.
    pub digest: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// What a case list stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StandsOn {
    /// A source that was kept.
    Source(SourceId),
    /// A list that was taken in before sources were kept apart.
    Earlier(CaseListId),
}

/// One source of a case list, as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Which it is.
    pub on: StandsOn,
    /// What kind of file it is.
    pub kind: SourceKind,
    /// What people call it.
    pub name: String,
    /// The day as at which it is true.
    pub as_at: Date,
    /// True if it was read for this list; false if it was taken in before.
    pub is_new: bool,
    /// How its files were read.
    pub account: String,
    /// Its files.
    pub files: Vec<SourceFile>,
}

/// Sightings in one row.
const IN_A_PART: usize = 1000;

impl Sources {
    /// The latest source of every kind and name that was taken in, or the list in use where it is
    /// from before sources were kept: what the next list is put together with.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn standing(&self) -> Result<Vec<(StandsOn, Source)>, Fault> {
        let on = &self.0.read;
        let Some(current) = case_lists::current(on).await? else { return Ok(Vec::new()) };
        let query = "select distinct source.id, source.kind, source.name, source.as_at from source \
             join case_list_source on case_list_source.source_id = source.id \
             join case_list on case_list.id = case_list_source.case_list_id \
             where case_list.taken_in_at is not null";
        let mut latest: BTreeMap<(String, String), (Date, i64)> = BTreeMap::new();
        for row in &sql::all(on, query, []).await? {
            let kept = (row.day("as_at")?, row.get::<i64>("id")?);
            let entry = latest.entry((row.get("kind")?, row.get("name")?)).or_insert(kept);
            *entry = kept.max(*entry);
        }
        let mut standing = Vec::new();
        for (_, id) in latest.values() {
            let id = SourceId(*id);
            standing.push((StandsOn::Source(id), get(on, id).await?));
        }
        let has_sources = "select count(*) as sources from case_list_source \
             where case_list_id = $1";
        let row = sql::one(on, has_sources, [current.0.into()]).await?;
        if row.count("sources")? == 0 {
            standing.push((StandsOn::Earlier(current), earlier(on, current).await?));
        }
        Ok(standing)
    }

    /// What a list was put together from, in the order in which it was.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_list(&self, list: CaseListId) -> Result<Vec<(StandsOn, bool, Source)>, Fault> {
        let query = "select source_id, earlier_list_id, is_new from case_list_source \
             where case_list_id = $1 order by position";
        let mut sources = Vec::new();
        for row in &sql::all(&self.0.read, query, [list.0.into()]).await? {
            let on = stands_on(row)?;
            let source = match on {
                StandsOn::Source(id) => get(&self.0.read, id).await?,
                StandsOn::Earlier(id) => earlier(&self.0.read, id).await?,
            };
            sources.push((on, row.get("is_new")?, source));
        }
        Ok(sources)
    }

    /// The sources of a list without what they say of records. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn lines(&self, list: CaseListId) -> Result<Vec<SourceLine>, Fault> {
        let query = "select source_id, earlier_list_id, is_new, source.kind, source.name, \
             coalesce(source.as_at, earlier.as_at) as as_at, \
             coalesce(source.account, '') as account from case_list_source \
             left join source on source.id = case_list_source.source_id \
             left join case_list earlier on earlier.id = case_list_source.earlier_list_id \
             where case_list_id = $1 order by case_list_source.position";
        let rows = sql::all(&self.0.read, query, [list.0.into()]).await?;
        let mut lines = rows.iter().map(source_line).collect::<Result<Vec<_>, _>>()?;
        let query = "select source_file.source_id, source_file.name, digest, bytes \
             from source_file join case_list_source \
             on case_list_source.source_id = source_file.source_id \
             where case_list_id = $1 order by source_file.source_id, source_file.position";
        for row in &sql::all(&self.0.read, query, [list.0.into()]).await? {
            let on = StandsOn::Source(row.id("source_id", SourceId)?);
            let bytes = u64::try_from(row.get::<i64>("bytes")?).unwrap_or(0);
            let file = SourceFile { name: row.get("name")?, digest: row.get("digest")?, bytes };
            lines.iter_mut().filter(|line| line.on == on).for_each(|line| {
                line.files.push(file.clone());
            });
        }
        Ok(lines)
    }

    /// The references of the list in use, with the dates of birth that are known.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn known(&self) -> Result<Vec<(Reference, Option<Date>)>, Fault> {
        let Some(current) = case_lists::current(&self.0.read).await? else {
            return Ok(Vec::new());
        };
        let query = "select reference, history from case_list_line where case_list_id = $1";
        let rows = sql::all(&self.0.read, query, [current.0.into()]).await?;
        rows.iter()
            .map(|row| {
                let asked = std::collections::BTreeSet::new();
                let history = row.code("history", |text| history::read(text, &asked))?;
                Ok((row.parse("reference", Reference::new)?, history.born))
            })
            .collect()
    }

    /// What was wrong with the files that were read for a list, file by file; five thousand at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn problems(&self, list: CaseListId) -> Result<Vec<(String, KeptProblem)>, Fault> {
        let query = "select source.name, list, sheet_row, sheet_column, heading, sentence, \
             stops_the_row from source_problem \
             join source on source.id = source_problem.source_id \
             join case_list_source on case_list_source.source_id = source.id \
             where case_list_source.case_list_id = $1 and is_new \
             order by case_list_source.position, source_problem.id limit 5000";
        let rows = sql::all(&self.0.read, query, [list.0.into()]).await?;
        rows.iter().map(|row| Ok((row.get("name")?, case_lists::problem(row)?))).collect()
    }
}

fn stands_on(row: &Row) -> Result<StandsOn, Fault> {
    match row.maybe_id("source_id", SourceId)? {
        Some(id) => Ok(StandsOn::Source(id)),
        None => Ok(StandsOn::Earlier(row.id("earlier_list_id", CaseListId)?)),
    }
}

fn source_line(row: &Row) -> Result<SourceLine, Fault> {
    let kind: Option<String> = row.get("kind")?;
    let kind = kind.as_deref().and_then(SourceKind::from_code);
    // Before sources were kept apart, Annex A was the only one.
    let kind = kind.unwrap_or(SourceKind::AnnexA);
    let name: Option<String> = row.get("name")?;
    Ok(SourceLine {
        on: stands_on(row)?,
        kind,
        name: name.unwrap_or_else(|| kind.words().to_owned()),
        as_at: row.day("as_at")?,
        is_new: row.get("is_new")?,
        account: row.get("account")?,
        files: Vec::new(),
    })
}

/// Keeps a source inside a change, and gives its id.
pub async fn insert(
    on: &impl ConnectionTrait,
    stamp: &Stamp,
    new: &NewSource,
) -> Result<SourceId, Fault> {
    let source = &new.source;
    let query = "insert into source (kind, name, as_at, read_at, account) \
         values ($1, $2, $3, $4, $5) returning id";
    let values = [
        source.kind.code().into(),
        source.name.clone().into(),
        sql::day(source.as_at),
        sql::time(stamp.at),
        new.account.clone().into(),
    ];
    let id = sql::one(on, query, values).await?.id("id", SourceId)?;
    for (position, file) in new.files.iter().enumerate() {
        let query = "insert into source_file (source_id, position, name, digest, bytes) \
             values ($1, $2, $3, $4, $5)";
        let values = [
            id.0.into(),
            sql::whole(position),
            file.name.clone().into(),
            file.digest.clone().into(),
            i64::try_from(file.bytes).unwrap_or(i64::MAX).into(),
        ];
        sql::run(on, query, values).await?;
    }
    for (position, list) in source.lists.iter().enumerate() {
        let facts = fact_set(on, &history::facts(&list.tells)).await?;
        let query = "insert into source_list (source_id, position, name, fact_set_id, rows_used) \
             values ($1, $2, $3, $4, $5)";
        let values = [
            id.0.into(),
            sql::whole(position),
            list.name.clone().into(),
            facts.into(),
            sql::whole(list.rows),
        ];
        sql::run(on, query, values).await?;
    }
    let records = source.sightings.chunks(IN_A_PART).map(|part| (false, sighting::text(part)));
    let workers = source.workers.chunks(IN_A_PART).map(|part| (true, sighting::workers_text(part)));
    for (position, (of_workers, said)) in records.chain(workers).enumerate() {
        let query = "insert into source_part (source_id, position, of_workers, said) \
             values ($1, $2, $3, $4)";
        let values = [id.0.into(), sql::whole(position), of_workers.into(), said.into()];
        sql::run(on, query, values).await?;
    }
    let problems = ("source_problem", "source_id", id.0);
    case_lists::insert_problems(on, problems, &new.problems).await?;
    Ok(id)
}

/// The number of a set of facts, added if it is new.
pub async fn fact_set(on: &impl ConnectionTrait, facts: &str) -> Result<i64, Fault> {
    let add = "insert into fact_set (facts) values ($1) on conflict (facts) do nothing";
    sql::run(on, add, [facts.into()]).await?;
    sql::one(on, "select id from fact_set where facts = $1", [facts.into()]).await?.get("id")
}

/// The number of what a history was asked, looked up once for each set.
pub async fn set_of(
    on: &impl ConnectionTrait,
    sets: &mut FactSets,
    history: &History,
) -> Result<i64, Fault> {
    let facts = history::facts(&history.asked);
    if let Some(set) = sets.get(&facts) {
        return Ok(*set);
    }
    let set = fact_set(on, &facts).await?;
    sets.insert(facts, set);
    Ok(set)
}

async fn get(on: &impl ConnectionTrait, id: SourceId) -> Result<Source, Fault> {
    let query = "select kind, name, as_at from source where id = $1";
    let row = sql::one(on, query, [id.0.into()]).await?;
    let mut source = Source {
        kind: row.code("kind", SourceKind::from_code)?,
        name: row.get("name")?,
        as_at: row.day("as_at")?,
        lists: Vec::new(),
        sightings: Vec::new(),
        workers: Vec::new(),
    };
    let query = "select name, facts, rows_used from source_list \
         join fact_set on fact_set.id = source_list.fact_set_id \
         where source_id = $1 order by position";
    for row in &sql::all(on, query, [id.0.into()]).await? {
        source.lists.push(SourceList {
            name: row.get("name")?,
            tells: history::read_facts(&row.get::<String>("facts")?),
            rows: row.count("rows_used")? as usize,
        });
    }
    let query = "select of_workers, said from source_part where source_id = $1 order by position";
    for row in &sql::all(on, query, [id.0.into()]).await? {
        if row.get("of_workers")? {
            source.workers.extend(row.code("said", sighting::read_workers)?);
        } else {
            source.sightings.extend(row.code("said", sighting::read)?);
        }
    }
    Ok(source)
}

/// A list from before sources were kept apart, as the one source that it was.
async fn earlier(on: &impl ConnectionTrait, id: CaseListId) -> Result<Source, Fault> {
    let row = sql::one(on, "select as_at from case_list where id = $1", [id.0.into()]).await?;
    let query = format!(
        "select {} from case_list_line line where line.case_list_id = $1 order by line.reference",
        line::COLUMNS
    );
    let rows = sql::all(on, &query, [id.0.into()]).await?;
    let sightings =
        rows.iter().map(|row| Ok(seen(line::read(row)?))).collect::<Result<Vec<_>, Fault>>()?;
    Ok(Source {
        kind: SourceKind::AnnexA,
        name: SourceKind::AnnexA.words().to_owned(),
        as_at: row.day("as_at")?,
        lists: vec![SourceList {
            name: "Open records".to_owned(),
            tells: sightings.iter().flat_map(|it: &Sighting| it.history.asked.clone()).collect(),
            rows: sightings.len(),
        }],
        sightings,
        workers: Vec::new(),
    })
}

fn seen(line: quarterlight_domain::case_list::CaseLine) -> Sighting {
    let mut history = line.history;
    for (kind, day) in line.dates {
        history.dates.entry(kind).or_default().insert(day);
    }
    Sighting {
        list: 0,
        row: None,
        reference: line.reference,
        open: Known::Yes,
        needs: line.needs,
        assessment_open: line.assessment_open,
        disabled: line.disabled,
        unaccompanied: line.unaccompanied,
        placement: Some(line.placement),
        route: Some(line.route),
        holder: Holder { name: line.worker, ..Holder::default() },
        team: line.team,
        history,
    }
}
