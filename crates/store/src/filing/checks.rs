//! Filing checks: kept whole with what has to be put right, and taken back.

use jiff::civil::Time;
use quarterlight_domain::filing::check::NewCheck;
use quarterlight_domain::filing::item::Item;
use quarterlight_domain::filing::mismatch::NewMismatch;
use quarterlight_domain::filing::paper::Agrees;
use quarterlight_domain::finding::Raised;
use quarterlight_domain::id::{FilingCheckId, FindingId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use sea_orm::Value;
use serde_json::json;

use super::Filing;
use crate::answers;
use crate::audits::OPEN;
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::records::CURRENT;
use crate::sql;

impl Filing {
    /// Keeps a check with its items, the paper, and what has to be put right; within an audit, the
    /// finding too. A form that comes twice makes one check. None if the audit is submitted, given
    /// to somebody else or closed.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing of it is kept.
    pub async fn keep(
        &self,
        stamp: &Stamp,
        check: &NewCheck,
        mismatches: &[NewMismatch],
        finding: Option<&Raised>,
    ) -> Result<Option<FilingCheckId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if let Some(audit) = check.audit {
            // This takes the audit's row first, so that it cannot be submitted meanwhile.
            let query = format!(
                "update audit set due = due where id = $1 and submitted_at is null \
                 and auditor_id = $2 and {OPEN}"
            );
            if sql::run(&*change, &query, [audit.0.into(), sql::by(stamp)]).await? == 0 {
                return Ok(None);
            }
        }
        let Some(id) = insert(&change, stamp, check).await? else {
            let query = "select id from filing_check where form_key = $1";
            let row = sql::one(&*change, query, [check.form_key.clone().into()]).await?;
            return Ok(Some(row.id("id", FilingCheckId)?));
        };
        if !check.items.is_empty() {
            items(&change, id, &check.items).await?;
        }
        if !check.paper.is_blank() {
            paper(&change, id, check).await?;
        }
        if !mismatches.is_empty() {
            put_right(&change, id, check, mismatches).await?;
        }
        let raised = match (check.audit, finding) {
            (Some(audit), Some(raised)) => {
                let form_key = format!("filing {id}");
                answers::raise(&*change, stamp, audit, raised, &form_key).await?
            }
            _ => None,
        };
        let payload = payload(check, mismatches, raised);
        let on = format!("filing check {id}");
        change.keep(Entry { deed: "filing.check", on, payload }).await?;
        Ok(Some(id))
    }

    /// Takes back a check that was made in error: it stays, and counts no more. False if that was
    /// done before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn withdraw(
        &self,
        stamp: &Stamp,
        id: FilingCheckId,
        words: &Reason,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into filing_check_withdrawn (check_id, withdrawn_by, at, words) \
             values ($1, $2, $3, $4) on conflict (check_id) do nothing";
        let values = [id.0.into(), sql::by(stamp), sql::time(stamp.at), words.words().into()];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "words": words.words() });
        let on = format!("filing check {id}");
        change.keep(Entry { deed: "filing.withdraw", on, payload }).await?;
        Ok(true)
    }
}

/// The check's own row; none if its form came before.
async fn insert(
    change: &Change<'_>,
    stamp: &Stamp,
    check: &NewCheck,
) -> Result<Option<FilingCheckId>, Fault> {
    // Where the record is now, or where it was when the audit was assigned.
    let query = format!(
        "insert into filing_check (form_key, record_id, audit_id, checked_by, checked_on, quarter, \
         kept_at, newest, team_id) \
         values ($1, $2, cast($3 as bigint), $4, $5, $6, $7, $8, coalesce( \
         (select line.team_id from audit join case_list_line line on line.id = audit.line_id \
         where audit.id = cast($3 as bigint)), \
         (select team_id from case_list_line where record_id = $2 and case_list_id = ({CURRENT})))) \
         on conflict (form_key) do nothing returning id"
    );
    let values = [
        check.form_key.clone().into(),
        check.record.0.into(),
        check.audit.map(|id| id.0).into(),
        sql::by(stamp),
        sql::day(check.checked_on),
        check.quarter().to_string().into(),
        sql::time(stamp.at),
        sql::maybe_day(check.newest),
    ];
    let row = sql::first(&**change, &query, values).await?;
    row.map(|row| row.id("id", FilingCheckId)).transpose()
}

async fn items(change: &Change<'_>, id: FilingCheckId, items: &[Item]) -> Result<(), Fault> {
    let query = format!(
        "insert into filing_item (check_id, place, protocol_id, kind, dated, entered_on, \
         entered_at, found, outcome, days, days_limit, late, hours, overruled, why) values {}",
        sql::tuples(&**change, items.len(), 15)
    );
    let values = items.iter().enumerate().flat_map(|(place, item)| values(id, place, item));
    sql::run(&**change, &query, values).await?;
    Ok(())
}

fn values(id: FilingCheckId, place: usize, item: &Item) -> [Value; 15] {
    let seen = &item.seen;
    let time = seen.entered.and_then(|entered| entered.time).map(shown);
    [
        id.0.into(),
        sql::whole(place),
        item.protocol.0.into(),
        seen.kind.as_str().into(),
        sql::day(seen.dated),
        sql::maybe_day(seen.entered.map(|entered| entered.day)),
        time.into(),
        seen.found.trim().into(),
        seen.outcome.code().into(),
        item.taken.map(|taken| i64::from(taken.days)).into(),
        item.taken.map(|taken| i64::from(taken.limit)).into(),
        item.is_late().code().into(),
        item.hours.map(|hours| hours.code().to_owned()).into(),
        item.is_overruled.into(),
        seen.why.as_ref().map(|why| why.words().to_owned()).into(),
    ]
}

/// `20:15`.
fn shown(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

async fn paper(change: &Change<'_>, id: FilingCheckId, check: &NewCheck) -> Result<(), Fault> {
    let paper = &check.paper;
    let query = "insert into filing_paper \
         (check_id, paper_exists, mentioned, place, volumes, last_item, agrees) \
         values ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        id.0.into(),
        paper.exists.code().into(),
        paper.mentioned.code().into(),
        paper.place.clone().into(),
        paper.volumes.map(i64::from).into(),
        sql::maybe_day(paper.last_item),
        paper.agrees.map(|agrees| agrees.code().to_owned()).into(),
    ];
    sql::run(&**change, query, values).await?;
    Ok(())
}

async fn put_right(
    change: &Change<'_>,
    id: FilingCheckId,
    check: &NewCheck,
    mismatches: &[NewMismatch],
) -> Result<(), Fault> {
    let query = format!(
        "insert into filing_mismatch (check_id, matter, place, what, since) values {}",
        sql::tuples(&**change, mismatches.len(), 5)
    );
    let values = mismatches.iter().flat_map(|it| {
        [
            id.0.into(),
            it.matter.code().into(),
            it.place.clone().into(),
            it.what.clone().into(),
            sql::day(check.checked_on),
        ]
    });
    sql::run(&**change, &query, values).await?;
    Ok(())
}

fn payload(
    check: &NewCheck,
    mismatches: &[NewMismatch],
    finding: Option<FindingId>,
) -> serde_json::Value {
    let items = check.items.iter().map(|item| {
        let seen = &item.seen;
        json!({
            "kind": seen.kind.as_str(), "dated": seen.dated.to_string(),
            "entered": seen.entered.map(|it| it.day.to_string()),
            "time": seen.entered.and_then(|it| it.time).map(shown),
            "found": seen.found, "outcome": seen.outcome.code(), "protocol": item.protocol.0,
            "late": item.is_late().code(), "overruled": item.is_overruled,
            "why": seen.why.as_ref().map(Reason::words),
        })
    });
    let paper = &check.paper;
    json!({
        "record": check.record.0, "audit": check.audit.map(|id| id.0),
        "checked_on": check.checked_on.to_string(),
        "newest": check.newest.map(|day| day.to_string()), "items": items.collect::<Vec<_>>(),
        "paper": {
            "exists": paper.exists.code(), "mentioned": paper.mentioned.code(),
            "place": paper.place, "volumes": paper.volumes,
            "last_item": paper.last_item.map(|day| day.to_string()),
            "agrees": paper.agrees.map(Agrees::code),
        },
        "to_put_right": mismatches.iter().map(|it| it.matter.code()).collect::<Vec<_>>(),
        "finding": finding.map(|id| id.0),
    })
}
