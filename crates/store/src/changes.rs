//! What a case list says otherwise than the list before it.

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::CaseListId;
use sea_orm::ConnectionTrait;

use crate::case_lists::{self, CaseLists, TakenIn};
use crate::compared::ON_A_PAGE;
use crate::fault::Fault;
use crate::sql::{self, Row};

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

impl CaseLists {
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
