//! What is done about findings.

use std::sync::Arc;

use quarterlight_domain::action::{Action, ActionStage, ActionStep, Given, SentBack};
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{ActionId, AuditId, FindingId, PersonId, PlaceId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::line;
use crate::sql::{self, Row};

/// What is done about findings.
#[derive(Debug, Clone)]
pub struct Actions(pub(crate) Arc<Engine>);

/// Which actions to list.
#[derive(Debug, Clone)]
pub enum ActionFilter {
    /// All of them.
    Every,
    /// Those of one audit.
    Audit(AuditId),
    /// Those that somebody owns.
    Owner(PersonId),
    /// Those that somebody owns, and those of records in these places.
    OwnerOrPlaces(PersonId, Vec<PlaceId>),
}

impl Actions {
    /// The action with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: ActionId) -> Result<Option<Action>, Fault> {
        let query = format!("{} where action.id = $1", select());
        let row = sql::first(&self.0.read, &query, [id.0.into()]).await?;
        row.as_ref().map(action).transpose()
    }

    /// The actions that pass the filter: those not verified first, by the day on which they are
    /// due, then the verified ones; five hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn list(&self, filter: &ActionFilter) -> Result<Vec<Action>, Fault> {
        let (condition, id) = match filter {
            ActionFilter::Every => ("$1 = 0".to_owned(), 0),
            ActionFilter::Audit(audit) => ("finding.audit_id = $1".to_owned(), audit.0),
            ActionFilter::Owner(owner) => ("action.owner_id = $1".to_owned(), owner.0),
            ActionFilter::OwnerOrPlaces(owner, places) => (within(places), owner.0),
        };
        let query = format!(
            "{} where {condition} \
             order by case when action.verified_on is null then 0 else 1 end, action.due, \
             action.id limit 500",
            select()
        );
        sql::all(&self.0.read, &query, [id.into()]).await?.iter().map(action).collect()
    }

    /// Keeps a step of an action. False if somebody took a step in between.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then the step is not taken.
    pub async fn step(&self, stamp: &Stamp, step: &ActionStep) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let id = step.action;
        let (query, values, deed, payload) = match &step.stage {
            ActionStage::Open => (
                "update action set addressed_on = null, addressed_by = null, proof = null, \
                 sent_back_on = $2, sent_back_because = $3 \
                 where id = $1 and addressed_on is not null and verified_on is null",
                vec![
                    id.0.into(),
                    sql::maybe_day(step.because.as_ref().map(|_| stamp.day())),
                    step.because.as_ref().map(Reason::words).into(),
                ],
                "action.not-yet",
                json!({ "because": step.because.as_ref().map(Reason::words) }),
            ),
            ActionStage::Addressed { by, on, proof } => (
                "update action set addressed_on = $2, addressed_by = $3, proof = $4, \
                 sent_back_on = null, sent_back_because = null \
                 where id = $1 and addressed_on is null",
                vec![id.0.into(), sql::day(*on), by.0.into(), proof.words().into()],
                "action.address",
                json!({ "proof": proof.words() }),
            ),
            ActionStage::Verified { by, on, .. } => (
                "update action set verified_on = $2, verified_by = $3 \
                 where id = $1 and addressed_on is not null and verified_on is null",
                vec![id.0.into(), sql::day(*on), by.0.into()],
                "action.verify",
                json!({}),
            ),
        };
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        change.keep(Entry { deed, on: format!("action {id}"), payload }).await?;
        Ok(true)
    }

    /// Keeps who is to do an open action, and by when. False if that changes nothing, or if
    /// somebody gave or addressed it in between.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then the action stays as it is.
    pub async fn give(&self, stamp: &Stamp, given: &Given) -> Result<bool, Fault> {
        if given.changes_nothing() {
            return Ok(false);
        }
        let change = Change::begin(&self.0, stamp).await?;
        let id = given.action;
        // Ids begin at 1, so that 0 can stand for nobody.
        let query = "update action set owner_id = $2, due = $3 where id = $1 \
             and addressed_on is null and coalesce(owner_id, 0) = $4 and due = $5";
        let values = [
            id.0.into(),
            given.owner.0.into(),
            sql::day(given.due),
            given.owner_before.map_or(0, |owner| owner.0).into(),
            sql::day(given.due_before),
        ];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        let owner_before = given.owner_before.map(|owner| owner.0);
        let payload = json!({
            "before": { "owner": owner_before, "due": given.due_before.to_string() },
            "after": { "owner": given.owner.0, "due": given.due.to_string() },
        });
        change.keep(Entry { deed: "action.give", on: format!("action {id}"), payload }).await?;
        Ok(true)
    }
}

fn select() -> String {
    format!(
        "select action.id, action.finding_id, finding.audit_id, record.reference, \
         finding.standard, finding.what, action.owner_id, owner.name as owner, action.due, \
         action.addressed_on, action.addressed_by, action.proof, action.verified_on, \
         action.verified_by, action.sent_back_on, action.sent_back_because, {} \
         from action \
         join finding on finding.id = action.finding_id \
         join audit on audit.id = finding.audit_id \
         join record on record.id = audit.record_id \
         join case_list_line line on line.id = audit.line_id \
         left join team_path path on path.team_id = line.team_id \
         left join person owner on owner.id = action.owner_id",
        line::PATH
    )
}

/// A condition for records that stand in one of these places. Ids are numbers, so nothing can be smuggled in.
fn within(places: &[PlaceId]) -> String {
    let ids: Vec<String> = places.iter().map(ToString::to_string).collect();
    let ids = if ids.is_empty() { "0".to_owned() } else { ids.join(", ") };
    let columns = ["team_id", "service_id", "directorate_id", "authority_id"];
    let places: Vec<String> =
        columns.iter().map(|column| format!("path.{column} in ({ids})")).collect();
    format!("(action.owner_id = $1 or {})", places.join(" or "))
}

fn action(row: &Row) -> Result<Action, Fault> {
    Ok(Action {
        id: row.id("id", ActionId)?,
        finding: row.id("finding_id", FindingId)?,
        audit: row.id("audit_id", AuditId)?,
        reference: row.parse("reference", Reference::new)?,
        standard: row.parse("standard", StandardCode::new)?,
        what: row.get("what")?,
        whereabouts: line::whereabouts(row)?,
        owner: row.maybe_id("owner_id", PersonId)?,
        owner_name: row.get("owner")?,
        due: row.day("due")?,
        stage: stage(row)?,
        sent_back: sent_back(row)?,
    })
}

fn sent_back(row: &Row) -> Result<Option<SentBack>, Fault> {
    let Some(on) = row.maybe_day("sent_back_on")? else { return Ok(None) };
    Ok(Some(SentBack { on, because: row.parse("sent_back_because", Reason::new)? }))
}

fn stage(row: &Row) -> Result<ActionStage, Fault> {
    let Some(on) = row.maybe_day("addressed_on")? else { return Ok(ActionStage::Open) };
    let addressed_by = row.id("addressed_by", PersonId)?;
    let proof = row.parse("proof", Reason::new)?;
    Ok(match row.maybe_day("verified_on")? {
        None => ActionStage::Addressed { by: addressed_by, on, proof },
        Some(on) => {
            ActionStage::Verified { addressed_by, proof, by: row.id("verified_by", PersonId)?, on }
        }
    })
}
