//! A case list that was put together from several sources: keeping it, and what was seen meanwhile.

use std::fmt::Write as _;

use jiff::civil::Date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::need::{Known, Placement};
use quarterlight_domain::reconcile::{
    Apart, Conflict, ListCount, Matter, OnLists, Standing, Together,
};
use quarterlight_domain::stamp::Stamp;
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;

use crate::case_lists::{self, CaseLists, TakenIn};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sources::{self, NewSource, StandsOn};
use crate::sql::{self, Row};
use crate::worker_facts::{self, WorkerLine};

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

/// Which records of a case list to show beside the list before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// On this list and not on the one before.
    New,
    /// On both, and this one says something else.
    Changed,
    /// On the one before and not on this.
    Gone,
}

/// A record beside what the list before said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLine {
    /// Its reference.
    pub reference: Reference,
    /// What changed: the matter, what was said, and what is said now.
    pub changes: Vec<(&'static str, String, String)>,
}

/// What taking a list in would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    /// The list that it is compared with; none if there was none.
    pub before: Option<CaseListId>,
    /// New, changed and gone.
    pub counts: TakenIn,
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

const AT_ONCE: usize = 1000;

/// The most records that one page lists.
const ON_A_PAGE: i64 = 200;

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
        let table =
            "case_list_apart (case_list_id, reference, standing, disabled, placement, lists)";
        insert_many(on, id, (table, 6), &together.apart, apart_values).await?;
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

    /// What taking a list in would change, or did. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn preview(&self, id: CaseListId) -> Result<Preview, Fault> {
        let before = before(&self.0.read, id).await?;
        let counts = case_lists::compare(&self.0.read, id, before).await?;
        Ok(Preview { before, counts })
    }

    /// The records that are new, changed or gone since the list before, two hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn changes(
        &self,
        id: CaseListId,
        kind: ChangeKind,
    ) -> Result<Vec<ChangedLine>, Fault> {
        let before = before(&self.0.read, id).await?.map_or(0, |before| before.0);
        let (from, to, both) = match kind {
            ChangeKind::New | ChangeKind::Changed => (id.0, before, kind == ChangeKind::Changed),
            ChangeKind::Gone => (before, id.0, false),
        };
        let columns = COMPARED.map(|(column, _)| {
            format!("new.{column} as new_{column}, old.{column} as old_{column}")
        });
        let which = if both { case_lists::CHANGED } else { "old.id is null" };
        let query = format!(
            "select new.reference, {} from case_list_line new \
             left join case_list_line old on old.reference = new.reference \
                 and old.case_list_id = $2 \
             where new.case_list_id = $1 and {which} order by new.reference limit {ON_A_PAGE}",
            columns.join(", ")
        );
        let rows = sql::all(&self.0.read, &query, [from.into(), to.into()]).await?;
        rows.iter().map(|row| changed(row, both)).collect()
    }

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

/// The list that a list is compared with: for one that waits, the list in use; for one that was
/// taken in, the one that was in use until then.
async fn before(on: &impl ConnectionTrait, id: CaseListId) -> Result<Option<CaseListId>, Fault> {
    let query = "select earlier.id from case_list earlier, case_list this \
         where this.id = $1 and earlier.id <> this.id and earlier.taken_in_at is not null \
         and (this.taken_in_at is null or earlier.taken_in_at < this.taken_in_at \
             or earlier.taken_in_at = this.taken_in_at and earlier.id < this.id) \
         order by earlier.as_at desc, earlier.id desc limit 1";
    sql::first(on, query, [id.0.into()]).await?.map(|row| row.id("id", CaseListId)).transpose()
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
        let tuples = sql::tuples(rows.len(), columns);
        sql::run(on, &format!("insert into {table} values {tuples}"), all).await?;
    }
    Ok(())
}

/// The numbers of lists, each between commas, so that one is found in them.
fn numbers(lists: &OnLists) -> String {
    lists.iter().fold(String::from(","), |text, list| format!("{text}{list},"))
}

fn apart_values(it: &Apart) -> Vec<Value> {
    vec![
        it.reference.as_str().into(),
        it.standing.code().into(),
        it.disabled.code().into(),
        it.placement.map(Placement::code).into(),
        numbers(&it.on).into(),
    ]
}

fn conflict_values(it: &Conflict) -> Vec<Value> {
    let says: Vec<String> = it.says.iter().map(|it| format!("{}={}", it.list, it.what)).collect();
    vec![it.matter.code().into(), it.reference.as_str().into(), says.join("\n").into()]
}

/// The columns in which a line can change, and what they are called.
const COMPARED: [(&str, &str); 9] = [
    ("needs", "Need"),
    ("assessment_open", "Assessment open"),
    ("disabled", "Disability"),
    ("unaccompanied", "Unaccompanied"),
    ("placement", "Placement"),
    ("route", "Legal route"),
    ("worker_name", "Worker"),
    ("team_name", "Team"),
    ("dates", "Dates"),
];

fn changed(row: &Row, both: bool) -> Result<ChangedLine, Fault> {
    let mut changes = Vec::new();
    for (column, name) in COMPARED.into_iter().filter(|_| both) {
        let value = |side: &str| -> Result<String, Fault> {
            let column = format!("{side}_{column}");
            if column.ends_with("assessment_open") {
                let open: Option<bool> = row.get(&column)?;
                return Ok(open.map_or("", |open| if open { "yes" } else { "no" }).to_owned());
            }
            Ok(row.get::<Option<String>>(&column)?.unwrap_or_default())
        };
        let (old, new) = (value("old")?, value("new")?);
        if old != new {
            changes.push((name, old, new));
        }
    }
    Ok(ChangedLine { reference: row.parse("reference", Reference::new)?, changes })
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
