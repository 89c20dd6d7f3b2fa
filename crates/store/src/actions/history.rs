//! What happened in an action, and whether its issue was found before or since.

use jiff::civil::Date;
use quarterlight_domain::action::StepKind;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{ActionId, FindingId};

use super::Actions;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// What kind of step.
    pub kind: StepKind,
    /// Who took it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// When.
    pub on: Date,
    /// What was done and where the proof is, or why; empty where nothing was to be said.
    pub words: String,
    /// Who owned it after the step.
    pub owner: Option<String>,
    /// The due day before and after.
    pub due: (Date, Date),
    /// The day that was asked for, or that of the re-check.
    pub day: Option<Date>,
    /// The other action, where two were joined or taken apart.
    pub other: Option<ActionId>,
}

/// A finding with one that was found before it and put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// The later finding.
    pub finding: FindingId,
    /// The other finding's action: the earlier one's, or the later one's where it was found since.
    pub action: ActionId,
    /// The record of the other.
    pub reference: Reference,
    /// The quarter of the other.
    pub quarter: Quarter,
}

impl Actions {
    /// The steps that were taken in an action, in their order. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn steps(&self, id: ActionId) -> Result<Vec<StepLine>, Fault> {
        let query = "select step.kind, step.on_day, step.words, step.due_before, step.due_after, \
             step.day, step.other_id, person.name as by_name, owner.name as owner_name \
             from action_step step left join person on person.id = step.by_id \
             left join person owner on owner.id = step.owner_after \
             where step.action_id = $1 order by step.id";
        sql::all(&self.0.read, query, [id.0.into()]).await?.iter().map(step).collect()
    }

    /// What was found and put right before these findings, the latest first. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn found_before(&self, findings: &[FindingId]) -> Result<Vec<Recurrence>, Fault> {
        self.recurrences(findings, ("finding_id", "before_id")).await
    }

    /// What was found again after these findings were put right, the latest first. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn found_since(&self, finding: FindingId) -> Result<Vec<Recurrence>, Fault> {
        self.recurrences(&[finding], ("before_id", "finding_id")).await
    }

    async fn recurrences(
        &self,
        findings: &[FindingId],
        (ours, others): (&str, &str),
    ) -> Result<Vec<Recurrence>, Fault> {
        if findings.is_empty() {
            return Ok(Vec::new());
        }
        // Ids are numbers, so nothing can be smuggled in.
        let ids: Vec<String> = findings.iter().map(ToString::to_string).collect();
        let query = format!(
            "select again.{ours} as ours, action.id as action_id, record.reference, cycle.quarter \
             from finding_again again \
             join finding on finding.id = again.{others} \
             join action on action.finding_id = finding.id \
             join audit on audit.id = finding.audit_id \
             join cycle on cycle.id = audit.cycle_id \
             join record on record.id = audit.record_id \
             where again.{ours} in ({}) \
             order by cycle.quarter desc, action.id desc",
            ids.join(", ")
        );
        sql::all(&self.0.read, &query, []).await?.iter().map(recurrence).collect()
    }
}

fn step(row: &Row) -> Result<StepLine, Fault> {
    Ok(StepLine {
        kind: row.code("kind", StepKind::from_code)?,
        by: row.get("by_name")?,
        on: row.day("on_day")?,
        words: row.get("words")?,
        owner: row.get("owner_name")?,
        due: (row.day("due_before")?, row.day("due_after")?),
        day: row.maybe_day("day")?,
        other: row.maybe_id("other_id", ActionId)?,
    })
}

fn recurrence(row: &Row) -> Result<Recurrence, Fault> {
    Ok(Recurrence {
        finding: row.id("ours", FindingId)?,
        action: row.id("action_id", ActionId)?,
        reference: row.parse("reference", Reference::new)?,
        quarter: row.parse("quarter", str::parse)?,
    })
}
