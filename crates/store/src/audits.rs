//! One auditor's reading of one record: assigned and read here, answered in [`crate::answers`].

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::audit::{Audit, Stage};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::{CaseLine, Reference};
use quarterlight_domain::grade::{Grade, Opinion};
use quarterlight_domain::id::{AuditId, CycleId, EditionId, PersonId, RecordId};
use quarterlight_domain::independence::Independent;
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::attached::{self, Attached};
use crate::change::{Change, Entry};
use crate::cycles;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::line;
use crate::sql::{self, Row};

/// One auditor's reading of one record.
#[derive(Debug, Clone)]
pub struct Audits(pub(crate) Arc<Engine>);

/// An audit with all its answers.
#[derive(Debug, Clone)]
pub struct AuditInHand {
    /// The audit.
    pub audit: Audit,
    /// Its answers, in the order of their standards' codes.
    pub answers: Vec<Answer>,
    /// What else is kept with it.
    pub attached: Attached,
}

/// An audit as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Its id.
    pub id: AuditId,
    /// The record's reference.
    pub reference: Reference,
    /// The quarter.
    pub quarter: Quarter,
    /// Who audits.
    pub auditor: String,
    /// The day by which it is due.
    pub due: Date,
    /// Standards answered.
    pub answered: u32,
    /// The grade, once it was submitted.
    pub grade: Option<Grade>,
}

/// An audit that is to be made, as its auditor's own list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditToDo {
    /// Its id.
    pub id: AuditId,
    /// The edition that it is made on.
    pub edition: EditionId,
    /// What the case list said of the record: by it, some standards are not asked.
    pub line: CaseLine,
    /// The day by which it is due.
    pub due: Date,
    /// Standards answered.
    pub answered: u32,
    /// Notes of a moderator that are still to be cleared.
    pub notes: u32,
}

/// Holds for an audit whose cycle was not closed without it.
pub const OPEN: &str = "audit.missed_on is null";

/// Holds for an audit in which a concern was raised before it was submitted, and not withdrawn.
pub const UNSAFE: &str = "exists (select 1 from concern where concern.audit_id = audit.id \
     and not concern.after_submission and not exists (select 1 from concern_step \
     where concern_step.concern_id = concern.id and concern_step.kind = 'withdrawn'))";

impl Audits {
    /// The audit with this id, its answers, and whether there is more: two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn in_hand(&self, id: AuditId) -> Result<Option<AuditInHand>, Fault> {
        let query =
            format!("select {}, {} {FROM} where audit.id = $1", columns(), attached::columns());
        let row = sql::first(&self.0.read, &query, [id.0.into()]).await?;
        let Some(row) = row else { return Ok(None) };
        let query = "select standard, judgement, seen, found, version from audit_answer \
             where audit_id = $1 order by standard";
        let answers = sql::all(&self.0.read, query, [id.0.into()]).await?;
        Ok(Some(AuditInHand {
            audit: audit(&row)?,
            answers: answers.iter().map(answer).collect::<Result<_, _>>()?,
            attached: attached::attached(&row)?,
        }))
    }

    /// Assigns the audit of a drawn record to somebody independent of it.
    ///
    /// # Errors
    /// Fails if the record's audit is assigned already ([`Fault::is_duplicate`]), if the record was
    /// not drawn, and if the cycle is closed.
    pub async fn assign(
        &self,
        stamp: &Stamp,
        cycle: CycleId,
        independent: &Independent,
        due: Date,
    ) -> Result<AuditId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // Whoever swaps a record, or closes the cycle, takes the cycle's row too, so that one of the two comes first.
        cycles::hold(&*change, cycle).await?;
        let query = "insert into audit \
             (cycle_id, record_id, line_id, edition_id, auditor_id, due) \
             select cycle.id, sampled.record_id, sampled.line_id, \
                 coalesce(own.edition_id, cycle.edition_id), cast($3 as bigint), $4 \
             from cycle join sampled on sampled.cycle_id = cycle.id \
             join case_list_line line on line.id = sampled.line_id \
             left join team_path path on path.team_id = line.team_id \
             left join cycle_edition own \
                 on own.cycle_id = cycle.id and own.service_id = path.service_id \
             where cycle.id = $1 and sampled.record_id = $2 \
             and not exists (select 1 from cycle_closed where cycle_closed.cycle_id = cycle.id) \
             returning id";
        let (record, auditor) = (independent.record(), independent.auditor());
        let values = [cycle.0.into(), record.0.into(), auditor.0.into(), sql::day(due)];
        let id = sql::one(&*change, query, values).await?.id("id", AuditId)?;
        let payload = json!({ "record": record.0, "auditor": auditor.0, "due": due.to_string() });
        change.keep(Entry { deed: "audit.assign", on: format!("audit {id}"), payload }).await?;
        Ok(id)
    }

    /// The audits that somebody has submitted in this quarter.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn submitted_by(
        &self,
        auditor: PersonId,
        quarter: Quarter,
    ) -> Result<Vec<AuditLine>, Fault> {
        let query = format!(
            "{LINE} where audit.auditor_id = $1 \
             and audit.submitted_at is not null and cycle.quarter = $2 \
             order by audit.due, record.reference"
        );
        let values = [auditor.0.into(), quarter.to_string().into()];
        sql::all(&self.0.read, &query, values).await?.iter().map(audit_line).collect()
    }

    /// The audits that somebody has to make, those due first before the others.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn to_do(&self, auditor: PersonId) -> Result<Vec<AuditToDo>, Fault> {
        let query = format!(
            "select audit.id, audit.edition_id, audit.due, {}, \
             (select count(*) from audit_answer where audit_answer.audit_id = audit.id) as answered, \
             (select count(*) from moderation_note note \
                 join moderation on moderation.id = note.moderation_id \
                 where moderation.audit_id = audit.id and not exists (select 1 \
                     from moderation_note_done done where done.note_id = note.id)) as notes \
             from audit join case_list_line line on line.id = audit.line_id \
             where audit.auditor_id = $1 and audit.submitted_at is null and {OPEN} \
             order by audit.due, line.reference",
            line::COLUMNS
        );
        let rows = sql::all(&self.0.read, &query, [auditor.0.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(AuditToDo {
                    id: row.id("id", AuditId)?,
                    edition: row.id("edition_id", EditionId)?,
                    line: line::read(row)?,
                    due: row.day("due")?,
                    answered: row.count("answered")?,
                    notes: row.count("notes")?,
                })
            })
            .collect()
    }

    /// The audits of one record, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_record(&self, record: RecordId) -> Result<Vec<AuditLine>, Fault> {
        let query = format!("{LINE} where audit.record_id = $1 order by cycle.quarter desc");
        sql::all(&self.0.read, &query, [record.0.into()]).await?.iter().map(audit_line).collect()
    }

    /// The submitted audits of the records that somebody held when they were drawn.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_holder(&self, holder: PersonId) -> Result<Vec<AuditLine>, Fault> {
        let query = format!(
            "{LINE} join case_list_line line on line.id = audit.line_id \
             join worker on worker.id = line.worker_id \
             where worker.person_id = $1 and audit.submitted_at is not null \
             order by cycle.quarter desc, record.reference limit 100"
        );
        sql::all(&self.0.read, &query, [holder.0.into()]).await?.iter().map(audit_line).collect()
    }

    /// How many audits of a cycle each auditor has, for sharing the work out.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn loads(&self, cycle: CycleId) -> Result<Vec<(PersonId, u32)>, Fault> {
        let query = "select auditor_id, count(*) as audits from audit where cycle_id = $1 \
             group by auditor_id order by auditor_id";
        let rows = sql::all(&self.0.read, query, [cycle.0.into()]).await?;
        rows.iter().map(|row| Ok((row.id("auditor_id", PersonId)?, row.count("audits")?))).collect()
    }
}

/// The columns of an audit, for a query that goes on with [`FROM`].
pub(crate) fn columns() -> String {
    format!(
        "audit.id, audit.cycle_id, cycle.quarter, audit.edition_id, audit.record_id, \
         audit.auditor_id, person.name as auditor, audit.due, audit.started_at, \
         audit.submitted_at, audit.grade, audit.reasons, worker.person_id as holder, \
         audit.missed_on, {UNSAFE} as is_unsafe, {}, {}",
        line::COLUMNS,
        line::PATH
    )
}

/// The tables of an audit and all that its columns name.
pub(crate) const FROM: &str = "from audit \
     join cycle on cycle.id = audit.cycle_id \
     join person on person.id = audit.auditor_id \
     join case_list_line line on line.id = audit.line_id \
     left join team_path path on path.team_id = line.team_id \
     left join worker on worker.id = line.worker_id";

const LINE: &str = "select audit.id, record.reference, cycle.quarter, person.name as auditor, \
     audit.due, settled_grade.grade, \
     (select count(*) from audit_answer where audit_answer.audit_id = audit.id) as answered \
     from audit \
     join cycle on cycle.id = audit.cycle_id \
     join record on record.id = audit.record_id \
     join person on person.id = audit.auditor_id \
     join settled_grade on settled_grade.audit_id = audit.id";

fn audit_line(row: &Row) -> Result<AuditLine, Fault> {
    Ok(AuditLine {
        id: row.id("id", AuditId)?,
        reference: row.parse("reference", Reference::new)?,
        quarter: row.parse("quarter", str::parse)?,
        auditor: row.get("auditor")?,
        due: row.day("due")?,
        answered: row.count("answered")?,
        grade: row.get::<Option<String>>("grade")?.as_deref().and_then(Grade::from_code),
    })
}

/// The audit of a row.
pub(crate) fn audit(row: &Row) -> Result<Audit, Fault> {
    Ok(Audit {
        id: row.id("id", AuditId)?,
        cycle: row.id("cycle_id", CycleId)?,
        quarter: row.parse("quarter", str::parse)?,
        edition: row.id("edition_id", EditionId)?,
        record: row.id("record_id", RecordId)?,
        line: line::read(row)?,
        whereabouts: line::whereabouts(row)?,
        holder: row.maybe_id("holder", PersonId)?,
        auditor: row.id("auditor_id", PersonId)?,
        auditor_name: row.get("auditor")?,
        due: row.day("due")?,
        is_unsafe: row.get("is_unsafe")?,
        stage: stage(row)?,
    })
}

fn stage(row: &Row) -> Result<Stage, Fault> {
    if let Some(at) = row.maybe_time("submitted_at")? {
        let grade = row.code("grade", Grade::from_code)?;
        let reasons = row.parse("reasons", Reason::new)?;
        return Ok(Stage::Submitted { at, opinion: Opinion::kept(grade, reasons) });
    }
    if let Some(on) = row.maybe_day("missed_on")? {
        return Ok(Stage::Missed { on });
    }
    Ok(row.maybe_time("started_at")?.map_or(Stage::Assigned, |since| Stage::Underway { since }))
}

/// The answer of a row.
pub fn answer(row: &Row) -> Result<Answer, Fault> {
    Ok(Answer {
        standard: row.parse("standard", StandardCode::new)?,
        judgement: row.code("judgement", Judgement::from_code)?,
        seen: row.get("seen")?,
        found: row.get("found")?,
        version: row.count("version")?,
    })
}

impl AuditInHand {
    /// The answer to this standard, if it has one.
    pub fn answer_to(&self, code: &StandardCode) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.standard == *code)
    }

    /// The standards that have an answer.
    pub fn answered(&self) -> BTreeSet<&StandardCode> {
        self.answers.iter().map(|answer| &answer.standard).collect()
    }
}
