//! Agreed editions of frameworks. They never change, so each is read from the database once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::civil::Date;
use quarterlight_domain::edition::Origins;
use quarterlight_domain::framework::{AgreedEdition, Contents, Section};
use quarterlight_domain::id::{EditionId, PersonId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use serde_json::json;

use crate::change::{Change, Entry};
use crate::editions;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::journal::digest;
use crate::sql::{self, Row};

/// Agreed editions of frameworks.
#[derive(Debug, Clone)]
pub struct Frameworks {
    pub(crate) engine: Arc<Engine>,
    read: Arc<RwLock<BTreeMap<EditionId, Arc<AgreedEdition>>>>,
}

impl Frameworks {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self { engine, read: Arc::default() }
    }

    /// The edition with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn edition(&self, id: EditionId) -> Result<Option<Arc<AgreedEdition>>, Fault> {
        let kept = self.read.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if kept.is_some() {
            return Ok(kept);
        }
        let Some(edition) = self.load(id).await? else { return Ok(None) };
        let edition = Arc::new(edition);
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        read.insert(id, Arc::clone(&edition));
        Ok(Some(edition))
    }

    /// The edition in force on this day of the framework that the latest cycle is audited on, or of
    /// the first framework where there is no cycle yet.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn in_force_on(&self, day: Date) -> Result<Option<EditionId>, Fault> {
        let query = format!(
            "{IN_FORCE} and name = coalesce( \
                 (select edition.name from cycle join edition on edition.id = cycle.edition_id \
                  order by cycle.quarter desc limit 1), \
                 (select name from edition order by id limit 1)) {LATEST}"
        );
        let row = sql::first(&self.engine.read, &query, [sql::day(day)]).await?;
        row.map(|row| row.id("id", EditionId)).transpose()
    }

    /// The edition of this framework that is in force on this day.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_framework_on(&self, name: &str, day: Date) -> Result<Option<EditionId>, Fault> {
        let query = format!("{IN_FORCE} and name = $2 {LATEST}");
        let row = sql::first(&self.engine.read, &query, [sql::day(day), name.into()]).await?;
        row.map(|row| row.id("id", EditionId)).transpose()
    }

    /// Keeps an edition as agreed, with where its standards come from. Nothing can change it afterwards.
    ///
    /// # Errors
    /// Fails if the framework has an edition of this number already: see [`Fault::is_duplicate`].
    pub async fn adopt(
        &self,
        stamp: &Stamp,
        (contents, origins): (&Contents, &Origins),
        number: u32,
        agreed_by: Option<PersonId>,
        in_force_from: Date,
    ) -> Result<EditionId, Fault> {
        let change = Change::begin(&self.engine, stamp).await?;
        let (id, digest) =
            insert_edition(&change, (contents, origins), number, (agreed_by, in_force_from))
                .await?;
        let payload = json!({ "name": contents.name(), "number": number, "sha256": digest });
        change.keep(Entry { deed: "edition.adopt", on: format!("edition {id}"), payload }).await?;
        Ok(id)
    }

    async fn load(&self, id: EditionId) -> Result<Option<AgreedEdition>, Fault> {
        let on = &self.engine.read;
        let query = "select name, number, agreed_by, in_force_from from edition where id = $1";
        let Some(head) = sql::first(on, query, [id.0.into()]).await? else { return Ok(None) };
        let query = "select section.letter, section.title, standard.code, standard.wording, \
             standard.met_looks_like, standard.kind, standard.critical, standard.applies, \
             standard.dip \
             from edition_section section \
             join edition_standard standard on standard.edition_id = section.edition_id \
                 and standard.section = section.position \
             where section.edition_id = $1 order by section.position, standard.position";
        let mut sections: Vec<Section> = Vec::new();
        for row in sql::all(on, query, [id.0.into()]).await? {
            let letter: String = row.get("letter")?;
            if sections.last().is_none_or(|last| last.letter != letter) {
                sections.push(Section { letter, title: row.get("title")?, standards: Vec::new() });
            }
            if let Some(last) = sections.last_mut() {
                last.standards.push(standard(&row)?);
            }
        }
        let contents = Contents::new(&head.get::<String>("name")?, sections)
            .map_err(|_| Fault::damaged("edition", "an edition is incomplete"))?;
        let mut edition = AgreedEdition::new(
            id,
            head.count("number")?,
            head.maybe_id("agreed_by", PersonId)?,
            head.day("in_force_from")?,
            contents,
        );
        edition.origins = editions::origins(on, id).await?;
        Ok(Some(edition))
    }
}

const IN_FORCE: &str = "select id from edition where in_force_from <= $1";

const LATEST: &str = "order by in_force_from desc, number desc limit 1";

/// Puts an edition into the tables that never change, and gives its id and its digest.
pub async fn insert_edition(
    change: &Change<'_>,
    (contents, origins): (&Contents, &Origins),
    number: u32,
    (agreed_by, in_force_from): (Option<PersonId>, Date),
) -> Result<(EditionId, String), Fault> {
    let query = "insert into edition (name, number, agreed_by, in_force_from, digest) \
         values ($1, $2, $3, $4, $5) returning id";
    let digest = digest(&[], &as_text(contents));
    let values = [
        contents.name().into(),
        i64::from(number).into(),
        agreed_by.map(|id| id.0).into(),
        sql::day(in_force_from),
        digest.clone().into(),
    ];
    let id = sql::one(&**change, query, values).await?.id("id", EditionId)?;
    for (index, section) in contents.sections().iter().enumerate() {
        insert_section(change, id, index, section).await?;
    }
    for (code, origin) in origins {
        let query = "insert into edition_origin (edition_id, code, core, source) \
             values ($1, $2, $3, $4)";
        let (core, source) = (origin.core.into(), origin.source.clone().into());
        sql::run(&**change, query, [id.0.into(), code.as_str().into(), core, source]).await?;
    }
    Ok((id, digest))
}

async fn insert_section(
    change: &Change<'_>,
    edition: EditionId,
    index: usize,
    section: &Section,
) -> Result<(), Fault> {
    let query = "insert into edition_section (edition_id, position, letter, title) \
         values ($1, $2, $3, $4)";
    let (letter, title) = (section.letter.clone(), section.title.clone());
    let values = [edition.0.into(), sql::whole(index), letter.into(), title.into()];
    sql::run(&**change, query, values).await?;
    for (position, standard) in section.standards.iter().enumerate() {
        let query = "insert into edition_standard (edition_id, section, position, code, wording, \
             met_looks_like, kind, critical, applies, dip) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = [
            edition.0.into(),
            sql::whole(index),
            sql::whole(position),
            standard.code.as_str().into(),
            standard.wording.clone().into(),
            standard.met_looks_like.clone().into(),
            standard.kind.code().into(),
            standard.critical.into(),
            codes(standard).into(),
            standard.dip.into(),
        ];
        sql::run(&**change, query, values).await?;
    }
    Ok(())
}

/// The codes of what a standard applies to, as one text.
pub fn codes(standard: &Standard) -> String {
    standard.applies.iter().map(|applies| applies.code()).collect::<Vec<_>>().join(",")
}

/// The standard of a row.
pub fn standard(row: &Row) -> Result<Standard, Fault> {
    let applies = |codes: &str| -> Option<BTreeSet<Applies>> {
        codes.split(',').map(Applies::from_code).collect()
    };
    Ok(Standard {
        code: row.parse("code", StandardCode::new)?,
        wording: row.get("wording")?,
        met_looks_like: row.get("met_looks_like")?,
        kind: row.code("kind", StandardKind::from_code)?,
        critical: row.get("critical")?,
        applies: row.code("applies", applies)?,
        dip: row.get("dip")?,
    })
}

/// The edition as text, for its digest: one line for each section and each standard.
fn as_text(contents: &Contents) -> String {
    let mut text = format!("{}\n", contents.name());
    for section in contents.sections() {
        // Writing to a string never fails.
        let _ = writeln!(text, "{}\t{}", section.letter, section.title);
        for standard in &section.standards {
            let _ = writeln!(
                text,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}",
                standard.code,
                standard.wording,
                standard.met_looks_like,
                standard.kind.code(),
                standard.critical,
                codes(standard),
                standard.dip
            );
        }
    }
    text
}
