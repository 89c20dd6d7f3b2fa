//! What was seen while a case list was put together: differences, doubts, and records on one list.

use std::fmt::Write as _;

use quarterlight_domain::case_list::{CaseLine, Reference};
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::need::{Known, Placement};
use quarterlight_domain::reconcile::{Apart, Matter, Standing};
use sea_orm::{ConnectionTrait, Value};

use crate::case_lists::CaseLists;
use crate::fault::Fault;
use crate::history;
use crate::sql::{self, Row};
use crate::worker_facts::{self, WorkerLine};

/// One list of a source, with how many of its records stand on each other source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLine {
    /// Its number in this case list.
    pub number: u32,
    /// Its source, by position.
    pub position: u32,
    /// Its name.
    pub name: String,
    /// Its records.
    pub records: u32,
    /// How many of them are on each other source, by position.
    pub on_source: Vec<(u32, u32)>,
}

/// A record on which lists differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictLine {
    /// What they differ about.
    pub matter: Matter,
    /// The record.
    pub reference: Reference,
    /// What each list says, by its number; the first is followed.
    pub says: Vec<(u32, String)>,
}

/// A match that a person must settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtLine {
    /// Its place among the doubts of the list.
    pub position: u32,
    /// True for workers, false for references.
    pub of_workers: bool,
    /// The one.
    pub one: String,
    /// The other.
    pub other: String,
    /// Why it is doubtful: a code for references, a name for workers.
    pub why: String,
    /// Where the one stands: positions of sources, or teams.
    pub one_on: Vec<String>,
    /// Where the other stands.
    pub other_on: Vec<String>,
}

/// A record that stands on one list and not on another, or that no list opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApartLine {
    /// Its reference.
    pub reference: Reference,
    /// Why it is not open; none if it is.
    pub standing: Option<Standing>,
    /// Whether the child is disabled.
    pub disabled: Known,
    /// Where the child is placed, if a list says.
    pub placement: Option<Placement>,
    /// The numbers of the lists that have it.
    pub on: Vec<u32>,
}

/// How many of each there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records on which lists differ, by matter.
    pub conflicts: Vec<(Matter, u32)>,
    /// Records that stand on a list and are not open, by why.
    pub apart: Vec<(Standing, u32)>,
    /// Doubtful references.
    pub doubtful_records: u32,
    /// Doubtful workers.
    pub doubtful_workers: u32,
}

/// The most records that one page lists.
pub const ON_A_PAGE: i64 = 200;

impl CaseLists {
    /// How many conflicts, doubts and unopened records a list has. Three statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn counts(&self, id: CaseListId) -> Result<Counts, Fault> {
        let mut counts = Counts::default();
        let query = "select matter as code, count(*) as many from case_list_conflict \
             where case_list_id = $1 group by matter";
        for row in &sql::all(&self.0.read, query, [id.0.into()]).await? {
            counts.conflicts.push((row.code("code", Matter::from_code)?, row.count("many")?));
        }
        counts.conflicts.sort_unstable();
        let query = "select standing as code, count(*) as many from case_list_apart \
             where case_list_id = $1 group by standing";
        for row in &sql::all(&self.0.read, query, [id.0.into()]).await? {
            counts.apart.push((row.code("code", Standing::from_code)?, row.count("many")?));
        }
        counts.apart.sort_unstable();
        let query = "select of_workers, count(*) as many from case_list_doubt \
             where case_list_id = $1 group by of_workers";
        for row in &sql::all(&self.0.read, query, [id.0.into()]).await? {
            let many = row.count("many")?;
            if row.get("of_workers")? {
                counts.doubtful_workers = many;
            } else {
                counts.doubtful_records = many;
            }
        }
        Ok(counts)
    }

    /// Every list of every source of a case list.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn lists(&self, id: CaseListId) -> Result<Vec<ListLine>, Fault> {
        let query = "select number, position, name, records, on_source from case_list_list \
             where case_list_id = $1 order by number";
        sql::all(&self.0.read, query, [id.0.into()]).await?.iter().map(list_line).collect()
    }

    /// Records on which lists differ about one matter, two hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn conflicts(
        &self,
        id: CaseListId,
        matter: Matter,
    ) -> Result<Vec<ConflictLine>, Fault> {
        let query = format!(
            "select reference, says from case_list_conflict where case_list_id = $1 \
             and matter = $2 order by reference limit {ON_A_PAGE}"
        );
        let values = [id.0.into(), matter.code().into()];
        let rows = sql::all(&self.0.read, &query, values).await?;
        rows.iter()
            .map(|row| {
                Ok(ConflictLine {
                    matter,
                    reference: row.parse("reference", Reference::new)?,
                    says: row.code("says", says)?,
                })
            })
            .collect()
    }

    /// Matches that a person must settle, five hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn doubts(&self, id: CaseListId) -> Result<Vec<DoubtLine>, Fault> {
        let query = "select position, of_workers, one, other, why, one_on, other_on \
             from case_list_doubt where case_list_id = $1 order by position limit 500";
        sql::all(&self.0.read, query, [id.0.into()]).await?.iter().map(doubt_line).collect()
    }

    /// Records that stand on a list and are not open for one reason, two hundred at most; and how
    /// many there are.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn not_open(
        &self,
        id: CaseListId,
        standing: Standing,
    ) -> Result<(Vec<ApartLine>, u32), Fault> {
        let query = format!(
            "select reference, standing, disabled, placement, lists, \
             count(*) over () as matching from case_list_apart \
             where case_list_id = $1 and standing = $2 order by reference limit {ON_A_PAGE}"
        );
        let values = [id.0.into(), standing.code().into()];
        let rows = sql::all(&self.0.read, &query, values).await?;
        let matching = rows.first().map_or(Ok(0), |row| row.count("matching"))?;
        Ok((rows.iter().map(apart_line).collect::<Result<_, _>>()?, matching))
    }

    /// Records of one list that stand on none of the lists numbered `not_from` up to `not_to`, two
    /// hundred at most, those that are not open first; and how many there are.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn on_one_list(
        &self,
        id: CaseListId,
        list: u32,
        not_on: &[u32],
    ) -> Result<(Vec<ApartLine>, u32), Fault> {
        let mut values: Vec<Value> = vec![id.0.into(), format!("%,{list},%").into()];
        let mut absent = String::new();
        for number in not_on {
            values.push(format!("%,{number},%").into());
            // Writing to a string never fails.
            let _ = write!(absent, " and lists not like ${}", values.len());
        }
        let query = format!(
            "select reference, standing, disabled, placement, lists, \
             count(*) over () as matching from ( \
                 select reference, standing, disabled, placement, lists from case_list_apart \
                 where case_list_id = $1 \
                 union all \
                 select reference, cast(null as text) as standing, disabled, placement, lists \
                 from case_list_line where case_list_id = $1 \
             ) seen where lists like $2{absent} \
             order by case when standing is null then 1 else 0 end, reference limit {ON_A_PAGE}"
        );
        let rows = sql::all(&self.0.read, &query, values).await?;
        let matching = rows.first().map_or(Ok(0), |row| row.count("matching"))?;
        Ok((rows.iter().map(apart_line).collect::<Result<_, _>>()?, matching))
    }

    /// What the sources of a list tell of workers, by name; a thousand at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn workers(&self, id: CaseListId) -> Result<Vec<WorkerLine>, Fault> {
        worker_facts::of_list(&self.0.read, id).await
    }
}

/// The records of a list that are closed, for rules that look back, by reference.
pub async fn closed(on: &impl ConnectionTrait, id: CaseListId) -> Result<Vec<CaseLine>, Fault> {
    let query = "select reference, standing, disabled, placement, history, lists, \
         (select facts from fact_set where fact_set.id = fact_set_id) as asked \
         from case_list_apart where case_list_id = $1";
    let mut closed = Vec::new();
    for row in &sql::all(on, query, [id.0.into()]).await? {
        let line = apart_line(row)?;
        let asked = history::read_facts(&row.get::<String>("asked")?);
        let apart = Apart {
            reference: line.reference,
            standing: row.code("standing", Standing::from_code)?,
            disabled: line.disabled,
            placement: line.placement,
            team: None,
            history: row.code("history", |text| history::read(text, &asked))?,
            on: line.on,
        };
        closed.extend(apart.closed());
    }
    closed.sort_by(|one, other| one.reference.cmp(&other.reference));
    Ok(closed)
}

fn list_line(row: &Row) -> Result<ListLine, Fault> {
    let on_source = |text: &str| {
        text.split(',')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (source, many) = pair.split_once('=')?;
                Some((source.parse().ok()?, many.parse().ok()?))
            })
            .collect::<Option<Vec<_>>>()
    };
    Ok(ListLine {
        number: row.count("number")?,
        position: row.count("position")?,
        name: row.get("name")?,
        records: row.count("records")?,
        on_source: row.code("on_source", on_source)?,
    })
}

fn says(text: &str) -> Option<Vec<(u32, String)>> {
    text.split('\n')
        .map(|line| {
            let (list, what) = line.split_once('=')?;
            Some((list.parse().ok()?, what.to_owned()))
        })
        .collect()
}

fn doubt_line(row: &Row) -> Result<DoubtLine, Fault> {
    let many = |column: &str| -> Result<Vec<String>, Fault> {
        let text: String = row.get(column)?;
        Ok(text.split('\n').filter(|it| !it.is_empty()).map(str::to_owned).collect())
    };
    Ok(DoubtLine {
        position: row.count("position")?,
        of_workers: row.get("of_workers")?,
        one: row.get("one")?,
        other: row.get("other")?,
        why: row.get("why")?,
        one_on: many("one_on")?,
        other_on: many("other_on")?,
    })
}

fn apart_line(row: &Row) -> Result<ApartLine, Fault> {
    let standing: Option<String> = row.get("standing")?;
    let placement: Option<String> = row.get("placement")?;
    let lists: String = row.get("lists")?;
    Ok(ApartLine {
        reference: row.parse("reference", Reference::new)?,
        standing: standing.as_deref().and_then(Standing::from_code),
        disabled: row.code("disabled", Known::from_code)?,
        placement: placement.as_deref().and_then(Placement::from_code),
        on: lists.split(',').filter_map(|number| number.parse().ok()).collect(),
    })
}
