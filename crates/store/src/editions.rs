//! The editions of every framework, how each came about, and how each follows the one before.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::edition::{Answered, Origin, Origins};
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::id::{DraftId, EditionId};
use quarterlight_domain::lineage::Lineage;
use quarterlight_domain::mapping::{Fate, Links};
use quarterlight_domain::standard::StandardCode;
use sea_orm::ConnectionTrait;

use crate::Frameworks;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// An edition as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionLine {
    /// Its id.
    pub id: EditionId,
    /// The framework's name.
    pub name: String,
    /// Its number among the editions of the framework.
    pub number: u32,
    /// Who agreed it; none for one that came with the program.
    pub agreed_by: Option<String>,
    /// The day from which it is in force.
    pub in_force_from: Date,
}

/// Somebody who was asked for comments on an edition, and what they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedLine {
    /// Their name.
    pub name: String,
    /// The day on which they were asked.
    pub on: Date,
    /// The last day for comments.
    pub closes: Date,
    /// What they did.
    pub answered: Answered,
}

/// How an edition came about, as it was kept when it was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionHistory {
    /// The draft that it was.
    pub draft: DraftId,
    /// The edition before, and how its standards go on.
    pub follows: Option<(EditionId, Links)>,
    /// Who was asked for comments, in the order in which they were.
    pub asked: Vec<AskedLine>,
}

impl Frameworks {
    /// Every edition of every framework: by name, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<EditionLine>, Fault> {
        let query = "select edition.id, edition.name, edition.number, edition.in_force_from, \
             person.name as agreed_by \
             from edition left join person on person.id = edition.agreed_by";
        let rows = sql::all(&self.engine.read, query, []).await?;
        let mut lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        lines.sort_by(|a, b| (&a.name, b.number).cmp(&(&b.name, a.number)));
        Ok(lines)
    }

    /// The edition of this framework that was agreed last, in force already or not.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn latest(&self, name: &str) -> Result<Option<Arc<AgreedEdition>>, Fault> {
        let query = "select id from edition where name = $1 order by number desc limit 1";
        let Some(row) = sql::first(&self.engine.read, query, [name.into()]).await? else {
            return Ok(None);
        };
        self.edition(row.id("id", EditionId)?).await
    }

    /// The edition of the same framework that has superseded this one on this day: its number and
    /// the day from which it is in force. None while this one is in force, or before.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn successor(&self, of: EditionId, day: Date) -> Result<Option<(u32, Date)>, Fault> {
        let query = "select later.number, later.in_force_from \
             from edition join edition later on later.name = edition.name \
                 and later.number > edition.number \
             where edition.id = $1 and later.in_force_from <= $2 \
             order by later.in_force_from desc, later.number desc limit 1";
        let row = sql::first(&self.engine.read, query, [of.0.into(), sql::day(day)]).await?;
        row.map(|row| Ok((row.count("number")?, row.day("in_force_from")?))).transpose()
    }

    /// How an edition came about; none for one that was adopted as it came.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn history(&self, id: EditionId) -> Result<Option<EditionHistory>, Fault> {
        let on = &self.engine.read;
        let query = "select draft_id, before_id from edition_agreement where edition_id = $1";
        let Some(head) = sql::first(on, query, [id.0.into()]).await? else { return Ok(None) };
        let query = "select person.name, edition_asked.asked_on, edition_asked.closes, \
             edition_asked.comments, edition_asked.replied \
             from edition_asked join person on person.id = edition_asked.person_id \
             where edition_asked.edition_id = $1 order by edition_asked.position";
        let asked = sql::all(on, query, [id.0.into()]).await?;
        let follows = match head.maybe_id("before_id", EditionId)? {
            Some(before) => Some((before, links(on, id).await?)),
            None => None,
        };
        Ok(Some(EditionHistory {
            draft: head.id("draft_id", DraftId)?,
            follows,
            asked: asked.iter().map(asked_line).collect::<Result<_, _>>()?,
        }))
    }
}

fn line(row: &Row) -> Result<EditionLine, Fault> {
    Ok(EditionLine {
        id: row.id("id", EditionId)?,
        name: row.get("name")?,
        number: row.count("number")?,
        agreed_by: row.get("agreed_by")?,
        in_force_from: row.day("in_force_from")?,
    })
}

fn asked_line(row: &Row) -> Result<AskedLine, Fault> {
    let answered = match (row.count("comments")?, row.get("replied")?) {
        (0, false) => Answered::Nothing,
        (0, true) => Answered::NoComments,
        (count, _) => Answered::Comments(count),
    };
    let (on, closes) = (row.day("asked_on")?, row.day("closes")?);
    Ok(AskedLine { name: row.get("name")?, on, closes, answered })
}

async fn links(on: &impl ConnectionTrait, id: EditionId) -> Result<Links, Fault> {
    let query = "select old_code, new_code from edition_link \
         where edition_id = $1 and old_code <> ''";
    gather(&sql::all(on, query, [id.0.into()]).await?)
}

/// The links of rows: a blank new code is a standard that was dropped.
pub fn gather(rows: &[Row]) -> Result<Links, Fault> {
    let mut links = Links::new();
    for row in rows {
        let next = links.entry(row.parse("old_code", StandardCode::new)?).or_default();
        if !row.get::<String>("new_code")?.is_empty() {
            next.insert(row.parse("new_code", StandardCode::new)?);
        }
    }
    Ok(links)
}

/// Where the standards of an edition come from.
pub async fn origins(on: &impl ConnectionTrait, id: EditionId) -> Result<Origins, Fault> {
    let query = "select code, core, source from edition_origin where edition_id = $1";
    let rows = sql::all(on, query, [id.0.into()]).await?;
    let origin = |row: &Row| {
        let origin = Origin { core: row.get("core")?, source: row.get("source")? };
        Ok((row.parse("code", StandardCode::new)?, origin))
    };
    rows.iter().map(origin).collect()
}

/// How the editions of this one's framework follow one another.
pub async fn lineage(on: &impl ConnectionTrait, edition: EditionId) -> Result<Lineage, Fault> {
    let query = "select link.edition_id, link.before_id, link.old_code, link.new_code, link.fate \
         from edition_link link join edition on edition.id = link.edition_id \
         where edition.name = (select name from edition where id = $1)";
    let mut lineage = Lineage::default();
    for row in sql::all(on, query, [edition.0.into()]).await? {
        let id = row.id("edition_id", EditionId)?;
        lineage.follows(id, row.id("before_id", EditionId)?);
        if row.code("fate", Fate::from_code)?.joins_a_trend() {
            let (new, old) = ("new_code", "old_code");
            let new = row.parse(new, StandardCode::new)?;
            lineage.continues(id, new, row.parse(old, StandardCode::new)?);
        }
    }
    Ok(lineage)
}
