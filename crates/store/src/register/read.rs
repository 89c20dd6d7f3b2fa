//! Rows of the register, as items with their steps.

use std::collections::BTreeMap;

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::{MeetingId, PersonId, RegisterItemId, ReportId};
use quarterlight_domain::register::citation::Cited;
use quarterlight_domain::register::step::{Step, What};
use quarterlight_domain::register::{Item, Kind, Meeting, Stage};
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::text::Reason;
use sea_orm::ConnectionTrait;

use crate::fault::Fault;
use crate::sql::{self, Row};

/// Items with their meetings, their first owners and the reports that they are about.
pub const ITEMS: &str = "select item.id, item.number, item.kind, item.words, item.asked_by, \
         item.report_id, item.cited, item.owner_id, item.due, owner.name as owner, \
         report.title as report, meeting.id as meeting_id, meeting.committee, meeting.held_on \
     from register_item item join meeting on meeting.id = item.meeting_id \
     join person owner on owner.id = item.owner_id \
     left join report on report.id = item.report_id";

/// Steps with the names of those whom they are about.
pub const STEPS: &str = "select step.item_id, step.kind, step.words, step.meeting_id, \
         step.from_day, step.to_day, step.from_id, step.to_id, step.at, \
         giver.name as from_name, taker.name as to_name, noter.name as by_name \
     from register_step step left join person giver on giver.id = step.from_id \
     left join person taker on taker.id = step.to_id \
     left join person noter on noter.id = step.by_id";

/// What a report of this quarter tells: what the committee has not accepted, and what it accepted
/// since the quarter began. Two statements.
pub async fn told(on: &impl ConnectionTrait, quarter: Quarter) -> Result<Vec<Item>, Fault> {
    let items = every(on).await?;
    let is_told = |it: &Item| {
        let last = it.steps.last().map(|step| day_in_england(step.at));
        it.stage() != Stage::Accepted || last.is_some_and(|day| day >= quarter.first_day())
    };
    Ok(items.into_iter().filter(is_told).collect())
}

/// Every item, the latest meeting first and its items in their order. Two statements.
pub async fn every(on: &impl ConnectionTrait) -> Result<Vec<Item>, Fault> {
    let order = "order by meeting.held_on desc, meeting.id desc, item.number limit 2000";
    let items = sql::all(on, &format!("{ITEMS} {order}"), []).await?;
    let steps = sql::all(on, &format!("{STEPS} order by step.item_id, step.turn"), []).await?;
    gather(&items, &steps)
}

/// The items of these rows, in their order, each with its steps.
pub fn gather(items: &[Row], steps: &[Row]) -> Result<Vec<Item>, Fault> {
    let mut of_items: BTreeMap<RegisterItemId, Vec<Step>> = BTreeMap::new();
    for row in steps {
        of_items.entry(row.id("item_id", RegisterItemId)?).or_default().push(step(row)?);
    }
    let item = |row: &Row| {
        let item = item(row)?;
        let steps = of_items.get(&item.id).cloned().unwrap_or_default();
        Ok(Item { steps, ..item })
    };
    items.iter().map(item).collect()
}

fn item(row: &Row) -> Result<Item, Fault> {
    let about = match row.maybe_id("report_id", ReportId)? {
        Some(report) => Some((report, row.get("report")?, row.parse("cited", Cited::parse)?)),
        None => None,
    };
    Ok(Item {
        id: row.id("id", RegisterItemId)?,
        meeting: meeting(row)?,
        number: row.count("number")?,
        kind: row.code("kind", Kind::from_code)?,
        words: row.parse("words", Reason::new)?,
        asked_by: row.get("asked_by")?,
        about,
        first_owner: (row.id("owner_id", PersonId)?, row.get("owner")?),
        first_due: row.day("due")?,
        steps: Vec::new(),
    })
}

/// The meeting of a row.
pub fn meeting(row: &Row) -> Result<Meeting, Fault> {
    Ok(Meeting {
        held_on: row.day("held_on")?,
        id: row.id("meeting_id", MeetingId)?,
        committee: row.get("committee")?,
    })
}

fn step(row: &Row) -> Result<Step, Fault> {
    let at_meeting = || row.id("meeting_id", MeetingId);
    let what = match row.get::<String>("kind")?.as_str() {
        "replied" => What::Replied,
        "accepted" => What::Accepted(at_meeting()?),
        "not-accepted" => What::NotAccepted(at_meeting()?),
        "moved" => What::Moved { from: row.day("from_day")?, to: row.day("to_day")? },
        "given" => What::Given {
            from: (row.id("from_id", PersonId)?, row.get("from_name")?),
            to: (row.id("to_id", PersonId)?, row.get("to_name")?),
        },
        _ => return Err(Fault::damaged("kind", "a code is not known")),
    };
    Ok(Step {
        what,
        words: row.parse("words", Reason::new)?,
        by: row.get("by_name")?,
        at: row.time("at")?,
    })
}

/// The code of what a step did.
pub const fn kind(what: &What) -> &'static str {
    match what {
        What::Replied => "replied",
        What::Accepted(_) => "accepted",
        What::NotAccepted(_) => "not-accepted",
        What::Moved { .. } => "moved",
        What::Given { .. } => "given",
    }
}
