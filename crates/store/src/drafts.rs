//! Drafts of editions: started, and written one standard at a time, never over what was not seen.

mod read;

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::draft::{DraftStandard, DraftState};
use quarterlight_domain::edition::{Origin, Origins};
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::{DraftId, EditionId};
use quarterlight_domain::mapping::Links;
use quarterlight_domain::stamp::{By, Stamp};
use quarterlight_domain::standard::{Standard, StandardCode};
use serde_json::{Value, json};

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::frameworks::codes;
use crate::sql;

/// Drafts of editions.
#[derive(Debug, Clone)]
pub struct Drafts(pub(crate) Arc<Engine>);

/// A draft as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// Its id.
    pub id: DraftId,
    /// The framework's name.
    pub name: String,
    /// True once it became an edition.
    pub is_agreed: bool,
    /// How many consultations it came back from.
    pub ended: usize,
    /// The closing date of the one that it is in.
    pub closes: Option<Date>,
    /// The day on which it was given up.
    pub set_aside_on: Option<Date>,
}

impl DraftLine {
    /// How far it has come.
    pub fn state(&self, today: Date) -> DraftState {
        let dates = (self.closes, self.set_aside_on);
        DraftState::told(self.is_agreed, self.ended, dates, today)
    }
}

/// What became of a change to a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftKept {
    /// It is kept.
    Yes,
    /// It was kept before, word for word: the form came twice.
    Already,
    /// Somebody changed the standard in between. Theirs is still kept; nothing was written over it.
    Conflict(Box<DraftStandard>),
    /// The draft went into consultation, was agreed or was set aside in between.
    Closed,
}

impl Drafts {
    /// Starts a draft: empty, or as a whole copy.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn start(
        &self,
        stamp: &Stamp,
        name: &str,
        copied_from: &str,
        copy: Option<(&Contents, &Origins)>,
    ) -> Result<DraftId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into draft (name, copied_from, started_at, version) \
             values ($1, $2, $3, 1) returning id";
        let values = [name.into(), copied_from.into(), sql::time(stamp.at)];
        let id = sql::one(&*change, query, values).await?.id("id", DraftId)?;
        credit(&change, id, stamp).await?;
        let sections = copy.map_or(&[][..], |(contents, _)| contents.sections());
        for (index, section) in sections.iter().enumerate() {
            insert_section(&change, id, (index, &section.letter), &section.title).await?;
            for (position, standard) in section.standards.iter().enumerate() {
                let origin = copy.and_then(|(_, origins)| origins.get(&standard.code)).cloned();
                let placed = (section.letter.as_str(), position);
                insert(&change, id, placed, (standard, &origin.unwrap_or_default())).await?;
            }
        }
        let payload = json!({ "name": name, "copied_from": copied_from });
        change.keep(Entry { deed: "draft.start", on: format!("draft {id}"), payload }).await?;
        Ok(id)
    }

    /// Keeps a standard of a draft, over the version that its writer saw.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing is kept.
    pub async fn write(
        &self,
        stamp: &Stamp,
        id: DraftId,
        written: &DraftStandard,
    ) -> Result<DraftKept, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !open_to_write(&change, id).await? {
            return Ok(DraftKept::Closed);
        }
        let query = "update draft_standard set wording = $3, met_looks_like = $4, kind = $5, \
             critical = $6, applies = $7, dip = $8, core = $9, source = $10, dropped = $11, \
             version = version + 1 \
             where draft_id = $1 and code = $2 and version = $12";
        let (standard, origin) = (&written.standard, &written.origin);
        let values = [
            id.0.into(),
            standard.code.as_str().into(),
            standard.wording.clone().into(),
            standard.met_looks_like.clone().into(),
            standard.kind.code().into(),
            standard.critical.into(),
            codes(standard).into(),
            standard.dip.into(),
            origin.core.into(),
            origin.source.clone().into(),
            written.dropped.into(),
            i64::from(written.version).into(),
        ];
        let before = read::standard_of(&*change, id, &standard.code).await?;
        let Some(before) = before else { return Ok(DraftKept::Closed) };
        if (DraftStandard { version: before.version, ..written.clone() }) == before {
            return Ok(DraftKept::Already);
        }
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(DraftKept::Conflict(Box::new(before)));
        }
        credit(&change, id, stamp).await?;
        let payload = json!({ "before": said(&before), "after": said(written) });
        change.keep(Entry { deed: "draft.write", on: format!("draft {id}"), payload }).await?;
        Ok(DraftKept::Yes)
    }

    /// Adds a standard at the end of its section, which is made if it is not there.
    ///
    /// # Errors
    /// Fails if the draft has a standard with this code: see [`Fault::is_duplicate`].
    pub async fn add(
        &self,
        stamp: &Stamp,
        id: DraftId,
        (letter, title): (&str, &str),
        (standard, origin): (&Standard, &Origin),
    ) -> Result<DraftKept, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !open_to_write(&change, id).await? {
            return Ok(DraftKept::Closed);
        }
        let count = |table: &str, condition: &str| {
            format!("select count(*) as places from {table} where draft_id = $1 {condition}")
        };
        let sections = count("draft_section", "");
        let sections = sql::one(&*change, &sections, [id.0.into()]).await?.count("places")?;
        insert_section(&change, id, (sections as usize, letter), title).await?;
        let places = count("draft_standard", "and letter = $2");
        let places = sql::one(&*change, &places, [id.0.into(), letter.into()]).await?;
        let place = (letter, places.count("places")? as usize);
        insert(&change, id, place, (standard, origin)).await?;
        credit(&change, id, stamp).await?;
        let new = DraftStandard {
            standard: standard.clone(),
            origin: origin.clone(),
            version: 1,
            dropped: false,
        };
        let payload = json!({ "section": letter, "title": title, "after": said(&new) });
        change.keep(Entry { deed: "draft.add", on: format!("draft {id}"), payload }).await?;
        Ok(DraftKept::Yes)
    }

    /// Gives a section another title. False if the draft can no longer be written, has no such
    /// section, or if its title is no longer the one that was seen.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn retitle(
        &self,
        stamp: &Stamp,
        id: DraftId,
        letter: &str,
        (before, after): (&str, &str),
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update draft_section set title = $4 \
             where draft_id = $1 and letter = $2 and title = $3";
        let values = [id.0.into(), letter.into(), before.into(), after.into()];
        if !open_to_write(&change, id).await? || sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        credit(&change, id, stamp).await?;
        let payload = json!({ "section": letter, "before": before, "after": after });
        change.keep(Entry { deed: "draft.retitle", on: format!("draft {id}"), payload }).await?;
        Ok(true)
    }

    /// Keeps how the standards of the edition before go on. False if anything about the draft has
    /// changed since this version was seen.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then the mapping stays as it was.
    pub async fn map(
        &self,
        stamp: &Stamp,
        (id, version): (DraftId, u32),
        before: EditionId,
        links: &Links,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !unchanged(&change, id, version).await? {
            return Ok(false);
        }
        let query = "update draft_link set in_use = false where draft_id = $1 and before_id = $2";
        sql::run(&*change, query, [id.0.into(), before.0.into()]).await?;
        let mut told = Vec::new();
        for (old, next) in links {
            let blank = next.is_empty().then_some("");
            for new in next.iter().map(StandardCode::as_str).chain(blank) {
                let query = "insert into draft_link \
                     (draft_id, before_id, old_code, new_code, in_use) \
                     values ($1, $2, $3, $4, true) \
                     on conflict (draft_id, before_id, old_code, new_code) \
                     do update set in_use = true";
                let values = [id.0.into(), before.0.into(), old.as_str().into(), new.into()];
                sql::run(&*change, query, values).await?;
                told.push(format!("{old}>{new}"));
            }
        }
        let payload = json!({ "before": before.0, "links": told });
        change.keep(Entry { deed: "draft.map", on: format!("draft {id}"), payload }).await?;
        Ok(true)
    }

    /// Gives a draft up. False if it is in consultation, agreed or set aside already.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn set_aside(&self, stamp: &Stamp, id: DraftId) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !open_to_write(&change, id).await? {
            return Ok(false);
        }
        let query = "update draft set set_aside_on = $2 where id = $1";
        sql::run(&*change, query, [id.0.into(), sql::day(stamp.day())]).await?;
        let payload = json!({});
        change.keep(Entry { deed: "draft.set-aside", on: format!("draft {id}"), payload }).await?;
        Ok(true)
    }
}

/// Takes the draft's row, if it can be written: not in consultation, not agreed, not set aside.
pub async fn open_to_write(change: &Change<'_>, id: DraftId) -> Result<bool, Fault> {
    let query = "update draft set version = version + 1 \
         where id = $1 and edition_id is null and set_aside_on is null and not exists ( \
             select 1 from consultation where draft_id = $1 and ended_on is null)";
    Ok(sql::run(&**change, query, [id.0.into()]).await? > 0)
}

/// Takes the draft's row, if it is neither agreed nor set aside and still at this version.
pub async fn unchanged(change: &Change<'_>, id: DraftId, version: u32) -> Result<bool, Fault> {
    let query = "update draft set version = version + 1 \
         where id = $1 and version = $2 and edition_id is null and set_aside_on is null";
    Ok(sql::run(&**change, query, [id.0.into(), i64::from(version).into()]).await? > 0)
}

/// Notes that this person wrote part of the draft.
async fn credit(change: &Change<'_>, id: DraftId, stamp: &Stamp) -> Result<(), Fault> {
    let By::Person(person) = stamp.by else { return Ok(()) };
    let query = "insert into draft_author (draft_id, person_id) values ($1, $2) \
         on conflict (draft_id, person_id) do nothing";
    sql::run(&**change, query, [id.0.into(), person.0.into()]).await?;
    Ok(())
}

async fn insert_section(
    change: &Change<'_>,
    id: DraftId,
    (position, letter): (usize, &str),
    title: &str,
) -> Result<(), Fault> {
    let query = "insert into draft_section (draft_id, position, letter, title) \
         values ($1, $2, $3, $4) on conflict (draft_id, letter) do nothing";
    let values = [id.0.into(), sql::whole(position), letter.into(), title.into()];
    sql::run(&**change, query, values).await?;
    Ok(())
}

async fn insert(
    change: &Change<'_>,
    id: DraftId,
    (letter, position): (&str, usize),
    (standard, origin): (&Standard, &Origin),
) -> Result<(), Fault> {
    let query = "insert into draft_standard (draft_id, letter, position, code, wording, \
         met_looks_like, kind, critical, applies, dip, core, source, dropped, version) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, false, 1)";
    let values = [
        id.0.into(),
        letter.into(),
        sql::whole(position),
        standard.code.as_str().into(),
        standard.wording.clone().into(),
        standard.met_looks_like.clone().into(),
        standard.kind.code().into(),
        standard.critical.into(),
        codes(standard).into(),
        standard.dip.into(),
        origin.core.into(),
        origin.source.clone().into(),
    ];
    sql::run(&**change, query, values).await?;
    Ok(())
}

/// A standard as the journal tells it.
fn said(it: &DraftStandard) -> Value {
    let standard = &it.standard;
    json!({
        "code": standard.code.as_str(), "wording": standard.wording,
        "met_looks_like": standard.met_looks_like, "kind": standard.kind.code(),
        "critical": standard.critical, "applies": codes(standard), "dip": standard.dip,
        "core": it.origin.core, "source": it.origin.source, "dropped": it.dropped,
    })
}
