//! The committee's register: meetings, what was asked, resolved and promised, and what became of it.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::id::{MeetingId, RegisterItemId};
use quarterlight_domain::register::step::{NewStep, What};
use quarterlight_domain::register::{Item, Meeting, NewItem};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

mod read;

pub(crate) use read::told;
use read::{ITEMS, STEPS, gather};

/// The committee's register.
#[derive(Debug, Clone)]
pub struct Register(pub(crate) Arc<Engine>);

impl Register {
    /// Enters a meeting. Entered twice, it is one meeting.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn meet(
        &self,
        stamp: &Stamp,
        committee: &str,
        held_on: Date,
    ) -> Result<MeetingId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into meeting (committee, held_on, entered_by, entered_at) \
             values ($1, $2, $3, $4) on conflict (committee, held_on) do nothing returning id";
        let values = [committee.into(), sql::day(held_on), sql::by(stamp), sql::time(stamp.at)];
        let Some(row) = sql::first(&*change, query, values).await? else {
            let query = "select id from meeting where committee = $1 and held_on = $2";
            let values = [committee.into(), sql::day(held_on)];
            return sql::one(&*change, query, values).await?.id("id", MeetingId);
        };
        let id = row.id("id", MeetingId)?;
        let payload = json!({ "committee": committee, "held_on": held_on.to_string() });
        change.keep(Entry { deed: "meeting.enter", on: format!("meeting {id}"), payload }).await?;
        Ok(id)
    }

    /// Enters items of a meeting, numbered on from those that it has, all or none. A form that comes
    /// again enters nothing; false then.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then no item is entered.
    pub async fn enter(
        &self,
        stamp: &Stamp,
        meeting: MeetingId,
        items: &[NewItem],
        form_key: &str,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // Whoever enters for the same meeting comes after, so that its items are numbered without a gap.
        let hold = "update meeting set held_on = held_on where id = $1";
        sql::run(&*change, hold, [meeting.0.into()]).await?;
        let mut entered = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let query = "insert into register_item (meeting_id, number, kind, words, asked_by, \
                     report_id, cited, owner_id, due, form_key, entered_by, entered_at) \
                 values ($1, (select count(*) + 1 from register_item other \
                         where other.meeting_id = $1), \
                     $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
                 on conflict (form_key) do nothing returning id, number";
            let (report, cited) = item.about.clone().unzip();
            let values = [
                meeting.0.into(),
                item.kind.code().into(),
                item.words.words().into(),
                item.asked_by.clone().into(),
                report.map(|it| it.0).into(),
                cited.as_ref().map(ToString::to_string).into(),
                item.owner.0.into(),
                sql::day(item.due),
                format!("{form_key}#{place}").into(),
                sql::by(stamp),
                sql::time(stamp.at),
            ];
            let Some(row) = sql::first(&*change, query, values).await? else { return Ok(false) };
            entered.push(json!({
                "item": row.get::<i64>("id")?, "number": row.get::<i64>("number")?,
                "kind": item.kind.code(), "words": item.words.words(),
                "asked_by": item.asked_by, "report": report.map(|it| it.0),
                "cited": cited.map(|it| it.to_string()), "owner": item.owner.0,
                "due": item.due.to_string(),
            }));
        }
        let payload = json!({ "items": entered });
        let on = format!("meeting {meeting}");
        change.keep(Entry { deed: "register.enter", on, payload }).await?;
        Ok(true)
    }

    /// Keeps a step of an item. False if somebody took one in between.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then the step is not taken.
    pub async fn step(&self, stamp: &Stamp, step: &NewStep) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into register_step (item_id, turn, kind, words, meeting_id, from_day, \
                 to_day, from_id, to_id, by_id, at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             on conflict (item_id, turn) do nothing";
        let (mut meeting, mut days, mut people) = (None, (None, None), (None, None));
        match &step.what {
            What::Replied => {}
            What::Accepted(at) | What::NotAccepted(at) => meeting = Some(at.0),
            What::Moved { from, to } => days = (Some(*from), Some(*to)),
            What::Given { from, to } => people = (Some(from.0.0), Some(to.0.0)),
        }
        let kind = read::kind(&step.what);
        let values = [
            step.item.0.into(),
            sql::whole(step.after),
            kind.into(),
            step.words.words().into(),
            meeting.into(),
            sql::maybe_day(days.0),
            sql::maybe_day(days.1),
            people.0.into(),
            people.1.into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({
            "step": kind, "words": step.words.words(), "meeting": meeting,
            "from": days.0.map(|day| day.to_string()), "to": days.1.map(|day| day.to_string()),
            "from_person": people.0, "to_person": people.1,
        });
        let on = format!("register item {}", step.item);
        change.keep(Entry { deed: "register.step", on, payload }).await?;
        Ok(true)
    }

    /// Every meeting, the latest first. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn meetings(&self) -> Result<Vec<Meeting>, Fault> {
        let query = "select id as meeting_id, committee, held_on from meeting \
             order by held_on desc, id desc limit 500";
        sql::all(&self.0.read, query, []).await?.iter().map(read::meeting).collect()
    }

    /// Every item, the latest meeting first and its items in their order. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn items(&self) -> Result<Vec<Item>, Fault> {
        read::every(&self.0.read).await
    }

    /// One item. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn item(&self, id: RegisterItemId) -> Result<Option<Item>, Fault> {
        let items =
            sql::all(&self.0.read, &format!("{ITEMS} where item.id = $1"), [id.0.into()]).await?;
        let query = format!("{STEPS} where step.item_id = $1 order by step.turn");
        let steps = sql::all(&self.0.read, &query, [id.0.into()]).await?;
        Ok(gather(&items, &steps)?.pop())
    }
}
