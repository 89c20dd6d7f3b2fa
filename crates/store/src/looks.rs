//! Who looked at which record.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::id::{PersonId, RecordId};

use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Who looked at which record. A look is noted before the page is shown: no note, no page.
#[derive(Debug, Clone)]
pub struct Looks(pub(crate) Arc<Engine>);

/// Somebody's look at a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who looked.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// On which page.
    pub page: String,
    /// When.
    pub at: Timestamp,
}

impl Looks {
    /// Notes a look, before anything of the record is shown.
    ///
    /// # Errors
    /// Fails if the note cannot be kept; then the page must not be shown.
    pub async fn note(
        &self,
        person: PersonId,
        record: RecordId,
        page: &str,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let query = "insert into look (person_id, record_id, page, at) values ($1, $2, $3, $4)";
        let values = [person.0.into(), record.0.into(), page.into(), sql::time(at)];
        sql::run(&self.0.write, query, values).await?;
        Ok(())
    }

    /// The pages about a record under a path that somebody has opened: an audit shows its auditor
    /// what they have looked at and not answered.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn opened_by(
        &self,
        person: PersonId,
        record: RecordId,
        under: &str,
    ) -> Result<BTreeSet<String>, Fault> {
        let query = "select distinct page from look \
             where record_id = $1 and person_id = $2 and substr(page, 1, length($3)) = $3";
        let values = [record.0.into(), person.0.into(), under.into()];
        sql::all(&self.0.read, query, values).await?.iter().map(|row| row.get("page")).collect()
    }

    /// Everybody who looked at a record, the latest first, two hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn at_record(&self, record: RecordId) -> Result<Vec<Look>, Fault> {
        let query = "select look.person_id, person.name, look.page, look.at \
             from look join person on person.id = look.person_id \
             where look.record_id = $1 order by look.id desc limit 200";
        sql::all(&self.0.read, query, [record.0.into()]).await?.iter().map(look).collect()
    }
}

fn look(row: &Row) -> Result<Look, Fault> {
    Ok(Look {
        person: row.id("person_id", PersonId)?,
        name: row.get("name")?,
        page: row.get("page")?,
        at: row.time("at")?,
    })
}
