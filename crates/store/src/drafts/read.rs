//! Drafts as they are read: whole, in eight statements, or as a list.

use quarterlight_domain::comment::{About, Comment, Outcome, Reply};
use quarterlight_domain::consultation::{Consultation, Consultee};
use quarterlight_domain::draft::{Draft, DraftSection, DraftStandard};
use quarterlight_domain::edition::Origin;
use quarterlight_domain::id::{CommentId, ConsultationId, DraftId, EditionId, PersonId};
use quarterlight_domain::person::Role;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::standard::StandardCode;
use sea_orm::ConnectionTrait;

use super::{DraftLine, Drafts};
use crate::editions;
use crate::fault::Fault;
use crate::frameworks;
use crate::sql::{self, Row};

impl Drafts {
    /// The draft with this id, and everything that was said of it.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: DraftId) -> Result<Option<Draft>, Fault> {
        let on = &self.0.read;
        let query = "select name, copied_from, version, edition_id, set_aside_on from draft \
             where id = $1";
        let Some(head) = sql::first(on, query, [id.0.into()]).await? else { return Ok(None) };
        let query = "select person.id, person.name from draft_author \
             join person on person.id = draft_author.person_id where draft_author.draft_id = $1";
        let authors = sql::all(on, query, [id.0.into()]).await?;
        let author = |row: &Row| Ok((row.id("id", PersonId)?, row.get("name")?));
        let query = "select old_code, new_code from draft_link \
             where draft_id = $1 and in_use and before_id = ( \
                 select edition.id from edition join draft on draft.name = edition.name \
                 where draft.id = $1 order by edition.number desc limit 1)";
        let links = sql::all(on, query, [id.0.into()]).await?;
        let sections = sections(on, id).await?;
        let mut comments = comments(on, id).await?;
        comments.sort_by_key(|comment| place(&sections, &comment.about));
        Ok(Some(Draft {
            id,
            name: head.get("name")?,
            copied_from: head.get("copied_from")?,
            version: head.count("version")?,
            authors: authors.iter().map(author).collect::<Result<_, Fault>>()?,
            sections,
            consultations: consultations(on, id).await?,
            comments,
            links: editions::gather(&links)?,
            agreed: head.maybe_id("edition_id", EditionId)?,
            set_aside_on: head.maybe_day("set_aside_on")?,
        }))
    }

    /// Every draft: by framework, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<DraftLine>, Fault> {
        let query = "select draft.id, draft.name, draft.edition_id, draft.set_aside_on, \
             (select count(*) from consultation where consultation.draft_id = draft.id \
              and consultation.ended_on is not null) as ended, \
             (select max(consultation.closes) from consultation \
              where consultation.draft_id = draft.id and consultation.ended_on is null) as closes \
             from draft";
        let rows = sql::all(&self.0.read, query, []).await?;
        let mut lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        lines.sort_by(|a, b| (&a.name, b.id).cmp(&(&b.name, a.id)));
        Ok(lines)
    }
}

fn line(row: &Row) -> Result<DraftLine, Fault> {
    Ok(DraftLine {
        id: row.id("id", DraftId)?,
        name: row.get("name")?,
        is_agreed: row.maybe_id("edition_id", EditionId)?.is_some(),
        ended: row.count("ended")? as usize,
        closes: row.maybe_day("closes")?,
        set_aside_on: row.maybe_day("set_aside_on")?,
    })
}

/// Where a comment stands among the others: the whole first, then section by section.
fn place(sections: &[DraftSection], about: &About) -> (usize, usize) {
    let section = |letter: &str| sections.iter().position(|it| it.letter == letter);
    match about {
        About::Whole => (0, 0),
        About::Section(letter) => (section(letter).map_or(usize::MAX, |at| at + 1), 0),
        About::Standard(code) => {
            let found = sections.iter().enumerate().find_map(|(at, section)| {
                let standard = section.standards.iter();
                let place = standard.map(|it| &it.standard.code).position(|it| it == code)?;
                Some((at + 1, place + 1))
            });
            found.unwrap_or((usize::MAX, 0))
        }
    }
}

const STANDARD: &str = "select letter, code, wording, met_looks_like, kind, critical, applies, \
     dip, core, source, dropped, version from draft_standard where draft_id = $1";

async fn sections(on: &impl ConnectionTrait, id: DraftId) -> Result<Vec<DraftSection>, Fault> {
    let query = "select letter, title from draft_section where draft_id = $1 order by position";
    let rows = sql::all(on, query, [id.0.into()]).await?;
    let section = |row: &Row| {
        let (letter, title) = (row.get("letter")?, row.get("title")?);
        Ok(DraftSection { letter, title, standards: Vec::new() })
    };
    let mut sections = rows.iter().map(section).collect::<Result<Vec<_>, Fault>>()?;
    let query = format!("{STANDARD} order by position");
    for row in sql::all(on, &query, [id.0.into()]).await? {
        let letter: String = row.get("letter")?;
        if let Some(section) = sections.iter_mut().find(|it| it.letter == letter) {
            section.standards.push(standard(&row)?);
        }
    }
    Ok(sections)
}

fn standard(row: &Row) -> Result<DraftStandard, Fault> {
    Ok(DraftStandard {
        standard: frameworks::standard(row)?,
        origin: Origin { core: row.get("core")?, source: row.get("source")? },
        version: row.count("version")?,
        dropped: row.get("dropped")?,
    })
}

/// One standard of a draft, inside a change.
pub async fn standard_of(
    on: &impl ConnectionTrait,
    id: DraftId,
    code: &StandardCode,
) -> Result<Option<DraftStandard>, Fault> {
    let query = format!("{STANDARD} and code = $2");
    let row = sql::first(on, &query, [id.0.into(), code.as_str().into()]).await?;
    row.as_ref().map(standard).transpose()
}

async fn consultations(on: &impl ConnectionTrait, id: DraftId) -> Result<Vec<Consultation>, Fault> {
    let query = "select id, opened_on, closes, note, at_once, ended_on from consultation \
         where draft_id = $1 order by id";
    let rows = sql::all(on, query, [id.0.into()]).await?;
    let one = |row: &Row| {
        Ok(Consultation {
            id: row.id("id", ConsultationId)?,
            opened_on: row.day("opened_on")?,
            closes: row.day("closes")?,
            note: row.get("note")?,
            at_once: row.get("at_once")?,
            ended_on: row.maybe_day("ended_on")?,
            consultees: Vec::new(),
        })
    };
    let mut all = rows.iter().map(one).collect::<Result<Vec<_>, Fault>>()?;
    let query = "select consultee.consultation_id, consultee.asked_as, consultee.no_comments_at, \
         person.id, person.name \
         from consultee join consultation on consultation.id = consultee.consultation_id \
         join person on person.id = consultee.person_id where consultation.draft_id = $1";
    for row in sql::all(on, query, [id.0.into()]).await? {
        let of = row.id("consultation_id", ConsultationId)?;
        let asked_as: Option<String> = row.get("asked_as")?;
        let consultee = Consultee {
            person: row.id("id", PersonId)?,
            name: row.get("name")?,
            asked_as: asked_as.as_deref().and_then(Role::from_code),
            no_comments: row.maybe_time("no_comments_at")?.is_some(),
        };
        if let Some(consultation) = all.iter_mut().find(|it| it.id == of) {
            consultation.consultees.push(consultee);
        }
    }
    for consultation in &mut all {
        consultation.consultees.sort_by(|a, b| (&a.name, a.person).cmp(&(&b.name, b.person)));
    }
    Ok(all)
}

async fn comments(on: &impl ConnectionTrait, id: DraftId) -> Result<Vec<Comment>, Fault> {
    let query = "select draft_comment.id, draft_comment.consultation_id, \
         draft_comment.person_id, person.name, draft_comment.about, draft_comment.words, \
         draft_comment.written_at, draft_comment.version, draft_comment.outcome, \
         draft_comment.reason \
         from draft_comment \
         join consultation on consultation.id = draft_comment.consultation_id \
         join person on person.id = draft_comment.person_id \
         where consultation.draft_id = $1 order by draft_comment.id";
    let rows = sql::all(on, query, [id.0.into()]).await?;
    let one = |row: &Row| {
        Ok(Comment {
            id: row.id("id", CommentId)?,
            consultation: row.id("consultation_id", ConsultationId)?,
            person: row.id("person_id", PersonId)?,
            name: row.get("name")?,
            about: row.code("about", About::from_code)?,
            words: row.get("words")?,
            on: day_in_england(row.time("written_at")?),
            version: row.count("version")?,
            reply: reply(row)?,
        })
    };
    rows.iter().map(one).collect()
}

fn reply(row: &Row) -> Result<Option<Reply>, Fault> {
    if row.get::<Option<String>>("outcome")?.is_none() {
        return Ok(None);
    }
    let outcome = row.code("outcome", Outcome::from_code)?;
    row.parse("reason", |reason| Reply::new(outcome, reason)).map(Some)
}
