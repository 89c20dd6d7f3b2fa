//! What is done about findings: the actions, and each step that is taken in them.

mod history;
mod read;
mod register;

use std::sync::Arc;

use quarterlight_domain::action::{Action, ActionStage, ActionStep};
use quarterlight_domain::id::{ActionId, AuditId, PersonId, PlaceId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use sea_orm::Value;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

pub use history::{Recurrence, StepLine};
pub(crate) use read::{action, condition, select};
pub(crate) use register::found_between;
pub use register::{Narrowed, Standing};

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
    /// Those that somebody owns or confirms.
    Owner(PersonId),
    /// Those, and those of records in these places.
    OwnerOrPlaces(PersonId, Vec<PlaceId>),
    /// Those that somebody owns or confirms, and those that were verified and not looked at again.
    OwnerOrVerified(PersonId),
    /// Those whose findings go on under this one.
    JoinedTo(ActionId),
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
    /// due, then the others; five hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn list(&self, filter: &ActionFilter) -> Result<Vec<Action>, Fault> {
        let (condition, id) = condition(filter);
        let query = format!(
            "{} where {condition} \
             order by case when action.verified_on is null and action.closed_on is null \
                 then 0 else 1 end, action.due, action.id limit 500",
            select()
        );
        sql::all(&self.0.read, &query, [id.into()]).await?.iter().map(action).collect()
    }

    /// Every action that is open, those whose findings go on under another included.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn open(&self) -> Result<Vec<Action>, Fault> {
        let query = format!(
            "{} where action.addressed_on is null and action.closed_on is null \
             order by action.due, action.id",
            select()
        );
        sql::all(&self.0.read, &query, []).await?.iter().map(action).collect()
    }

    /// Keeps a step. False if it changes nothing, or if somebody took a step in between.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then the step is not taken.
    pub async fn step(&self, stamp: &Stamp, step: &ActionStep) -> Result<bool, Fault> {
        if step.changes_nothing() {
            return Ok(false);
        }
        let change = Change::begin(&self.0, stamp).await?;
        // Whatever is joined with it must still be there to be joined with, and be no carrier itself.
        if let (Some(other), Some(_)) = (step.other, step.after.joined_to) {
            let query = "update action set version = version where id = $1 \
                 and addressed_on is null and closed_on is null and joined_to is null \
                 and not exists (select 1 from action carried where carried.joined_to = $2)";
            if sql::run(&*change, query, [other.0.into(), step.before.id.0.into()]).await? == 0 {
                return Ok(false);
            }
        }
        if sql::run(&*change, UPDATE, values(&step.after, step.before.version)).await? == 0 {
            return Ok(false);
        }
        let (before, after) = (&step.before, &step.after);
        let query = "insert into action_step (action_id, kind, by_id, on_day, words, owner_before, \
             owner_after, due_before, due_after, day, other_id) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let words = step.words.as_ref().map(Reason::words);
        let values = [
            after.id.0.into(),
            step.kind.code().into(),
            sql::by(stamp),
            sql::day(stamp.day()),
            words.unwrap_or_default().into(),
            before.owner.map(|id| id.0).into(),
            after.owner.map(|id| id.0).into(),
            sql::day(before.due),
            sql::day(after.due),
            sql::maybe_day(step.day),
            step.other.map(|id| id.0).into(),
        ];
        sql::run(&*change, query, values).await?;
        let state = |it: &Action| {
            json!({
                "owner": it.owner.map(|id| id.0), "due": it.due.to_string(),
                "confirmer": it.confirmer.map(|id| id.0), "plan": it.plan,
            })
        };
        let payload = json!({
            "words": words, "day": step.day.map(|day| day.to_string()),
            "other": step.other.map(|id| id.0), "before": state(before), "after": state(after),
        });
        let on = format!("action {}", after.id);
        change.keep(Entry { deed: step.kind.deed(), on, payload }).await?;
        Ok(true)
    }
}

/// Writes where an action stands now, if nobody took a step in between.
const UPDATE: &str = "update action set version = version + 1, owner_id = $3, confirmer_id = $4, \
     plan = $5, due = $6, first_due = $7, joined_to = $8, addressed_on = $9, addressed_by = $10, \
     proof = $11, verified_on = $12, verified_by = $13, recheck_on = $14, held_on = $15, \
     held_by = $16, closed_on = $17, closed_by = $18, closed_because = $19, sent_back_on = $20, \
     sent_back_because = $21, asked_on = $22, asked_until = $23, asked_because = $24 \
     where id = $1 and version = $2";

fn values(it: &Action, version: u32) -> Vec<Value> {
    let (mut addressed, mut held, mut closed) = (None, None, None);
    match &it.stage {
        ActionStage::Open => {}
        ActionStage::Addressed { by, on, proof } => addressed = Some((*on, *by, proof.words())),
        ActionStage::Verified(it) => {
            addressed = Some((it.addressed_on, it.addressed_by, it.proof.words()));
        }
        ActionStage::Held { verified: it, by, on } => {
            addressed = Some((it.addressed_on, it.addressed_by, it.proof.words()));
            held = Some((*on, *by));
        }
        ActionStage::NotNeeded { by, on, because } => closed = Some((*on, *by, because.words())),
    }
    let verified = it.verified();
    let (back, asked) = (it.sent_back.as_ref(), it.more_time.as_ref());
    vec![
        it.id.0.into(),
        i64::from(version).into(),
        it.owner.map(|id| id.0).into(),
        it.confirmer.map(|id| id.0).into(),
        it.plan.clone().into(),
        sql::day(it.due),
        sql::day(it.first_due),
        it.joined_to.map(|id| id.0).into(),
        sql::maybe_day(addressed.map(|it| it.0)),
        addressed.map(|it| it.1.0).into(),
        addressed.map(|it| it.2).into(),
        sql::maybe_day(verified.map(|it| it.on)),
        verified.map(|it| it.by.0).into(),
        sql::maybe_day(verified.and_then(|it| it.recheck)),
        sql::maybe_day(held.map(|it| it.0)),
        held.map(|it| it.1.0).into(),
        sql::maybe_day(closed.map(|it| it.0)),
        closed.map(|it| it.1.0).into(),
        closed.map(|it| it.2).into(),
        sql::maybe_day(back.map(|it| it.on)),
        back.map(|it| it.because.words()).into(),
        sql::maybe_day(asked.map(|it| it.on)),
        sql::maybe_day(asked.map(|it| it.until)),
        asked.map(|it| it.because.words()).into(),
    ]
}
