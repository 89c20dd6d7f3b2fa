//! Actions as rows: the query that finds them, and what a row means.

use quarterlight_domain::action::{Action, ActionStage, Found, MoreTime, SentBack, Verified};
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{ActionId, AuditId, FindingId, PersonId, PlaceId};
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;

use super::ActionFilter;
use crate::fault::Fault;
use crate::line;
use crate::sql::Row;

/// Finds actions, with what one needs to know of their findings.
pub fn select() -> String {
    format!("select {COLUMNS}, path.service_name, {} {JOINS}", line::PATH)
}

const COLUMNS: &str = "action.id, action.version, action.finding_id, finding.audit_id, \
     record.reference, finding.standard, finding.what, finding.raised_at, cycle.quarter, \
     action.owner_id, owner.name as owner, action.confirmer_id, confirmer.name as confirmer, \
     action.plan, action.due, coalesce(action.first_due, action.due) as first_due, \
     action.addressed_on, action.addressed_by, action.proof, action.verified_on, \
     action.verified_by, action.recheck_on, action.held_on, action.held_by, action.closed_on, \
     action.closed_by, action.closed_because, action.sent_back_on, action.sent_back_because, \
     action.asked_on, action.asked_until, action.asked_because, action.joined_to";

/// From an action to its finding, its audit and where the record stood.
pub const JOINS: &str = "from action \
     join finding on finding.id = action.finding_id \
     join audit on audit.id = finding.audit_id \
     join cycle on cycle.id = audit.cycle_id \
     join record on record.id = audit.record_id \
     join case_list_line line on line.id = audit.line_id \
     left join team_path path on path.team_id = line.team_id \
     left join person owner on owner.id = action.owner_id \
     left join person confirmer on confirmer.id = action.confirmer_id";

/// The condition of a filter, and the value of its `$1`.
pub fn condition(filter: &ActionFilter) -> (String, i64) {
    let own = "action.owner_id = $1 or action.confirmer_id = $1";
    match filter {
        ActionFilter::Every => ("$1 = 0".to_owned(), 0),
        ActionFilter::Audit(audit) => ("finding.audit_id = $1".to_owned(), audit.0),
        ActionFilter::Owner(owner) => (format!("({own})"), owner.0),
        ActionFilter::OwnerOrPlaces(owner, places) => {
            (format!("({own} or {})", within(places)), owner.0)
        }
        ActionFilter::OwnerOrVerified(owner) => {
            let verified = "action.verified_on is not null and action.held_on is null";
            (format!("({own} or {verified})"), owner.0)
        }
        ActionFilter::JoinedTo(action) => ("action.joined_to = $1".to_owned(), action.0),
    }
}

/// A condition for records that stand in one of these places. Ids are numbers, so nothing can be
/// smuggled in.
fn within(places: &[PlaceId]) -> String {
    let ids: Vec<String> = places.iter().map(ToString::to_string).collect();
    let ids = if ids.is_empty() { "0".to_owned() } else { ids.join(", ") };
    let columns = ["team_id", "service_id", "directorate_id", "authority_id"];
    let places: Vec<String> =
        columns.iter().map(|column| format!("path.{column} in ({ids})")).collect();
    places.join(" or ")
}

/// The action that a row holds.
pub fn action(row: &Row) -> Result<Action, Fault> {
    Ok(Action {
        id: row.id("id", ActionId)?,
        version: row.count("version")?,
        finding: row.id("finding_id", FindingId)?,
        audit: row.id("audit_id", AuditId)?,
        reference: row.parse("reference", Reference::new)?,
        standard: row.parse("standard", StandardCode::new)?,
        what: row.get("what")?,
        whereabouts: line::whereabouts(row)?,
        found: Found {
            on: day_in_england(row.time("raised_at")?),
            quarter: row.parse("quarter", str::parse)?,
            service: row.maybe_id("service_id", PlaceId)?,
            service_name: row.get("service_name")?,
        },
        owner: row.maybe_id("owner_id", PersonId)?,
        owner_name: row.get("owner")?,
        confirmer: row.maybe_id("confirmer_id", PersonId)?,
        confirmer_name: row.get("confirmer")?,
        plan: row.get("plan")?,
        due: row.day("due")?,
        first_due: row.day("first_due")?,
        stage: stage(row)?,
        sent_back: sent_back(row)?,
        more_time: more_time(row)?,
        joined_to: row.maybe_id("joined_to", ActionId)?,
    })
}

fn sent_back(row: &Row) -> Result<Option<SentBack>, Fault> {
    let Some(on) = row.maybe_day("sent_back_on")? else { return Ok(None) };
    Ok(Some(SentBack { on, because: row.parse("sent_back_because", Reason::new)? }))
}

fn more_time(row: &Row) -> Result<Option<MoreTime>, Fault> {
    let Some(on) = row.maybe_day("asked_on")? else { return Ok(None) };
    let because = row.parse("asked_because", Reason::new)?;
    Ok(Some(MoreTime { on, until: row.day("asked_until")?, because }))
}

fn stage(row: &Row) -> Result<ActionStage, Fault> {
    if let Some(on) = row.maybe_day("closed_on")? {
        let because = row.parse("closed_because", Reason::new)?;
        return Ok(ActionStage::NotNeeded { by: row.id("closed_by", PersonId)?, on, because });
    }
    let Some(addressed_on) = row.maybe_day("addressed_on")? else { return Ok(ActionStage::Open) };
    let addressed_by = row.id("addressed_by", PersonId)?;
    let proof = row.parse("proof", Reason::new)?;
    let Some(on) = row.maybe_day("verified_on")? else {
        return Ok(ActionStage::Addressed { by: addressed_by, on: addressed_on, proof });
    };
    let by = row.id("verified_by", PersonId)?;
    let recheck = row.maybe_day("recheck_on")?;
    let verified = Verified { addressed_by, addressed_on, proof, by, on, recheck };
    Ok(match row.maybe_day("held_on")? {
        None => ActionStage::Verified(verified),
        Some(on) => ActionStage::Held { verified, by: row.id("held_by", PersonId)?, on },
    })
}
