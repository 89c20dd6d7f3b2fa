//! When records were closed, as a case list tells.

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::case_list::{CaseLine, Reference};
use quarterlight_domain::history::{Episode, History, Span};
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::reconcile::{Apart, Standing};
use sea_orm::{ConnectionTrait, Value};

use crate::fault::Fault;
use crate::sql;

/// Months before its list in which a closing is kept: what was closed earlier lies between no two
/// lists that follow each other, and a child's earlier years are not kept for a count.
const KEPT: i64 = 12;

const AT_ONCE: usize = 1000;

const COLUMNS: usize = 7;

/// Keeps when records were closed, of those that a list has as open again and of those it has as
/// closed.
pub async fn insert<'a>(
    on: &impl ConnectionTrait,
    (list, as_at): (CaseListId, Date),
    lines: impl Iterator<Item = &'a CaseLine>,
    apart: &[Apart],
) -> Result<(), Fault> {
    let since = as_at.saturating_sub(KEPT.months());
    let mut rows: Vec<[Value; COLUMNS]> = Vec::new();
    let mut add =
        |reference: &Reference, team: Option<&String>, is_open, spans: &[Option<Span>]| {
            for (position, span) in spans.iter().enumerate() {
                rows.push([
                    list.0.into(),
                    reference.as_str().into(),
                    sql::whole(position),
                    bool::into(is_open),
                    team.cloned().into(),
                    sql::maybe_day(span.map(|it| it.from)),
                    sql::maybe_day(span.and_then(|it| it.until)),
                ]);
            }
        };
    for line in lines {
        add(&line.reference, None, true, &over(&line.history, since));
    }
    for it in apart.iter().filter(|it| it.standing == Standing::Closed) {
        let spans = match over(&it.history, Date::MIN).as_slice() {
            [] => vec![None],
            _ => over(&it.history, since),
        };
        add(&it.reference, it.team.as_ref(), false, &spans);
    }
    for rows in rows.chunks(AT_ONCE) {
        let query = format!(
            "insert into case_list_closing \
             (case_list_id, reference, position, is_open, team_name, from_day, until_day) \
             values {}",
            sql::tuples(on, rows.len(), COLUMNS)
        );
        sql::run(on, &query, rows.iter().flatten().cloned().collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// From each opening of the record to its closing, of those that ended on this day or later.
fn over(history: &History, since: Date) -> Vec<Option<Span>> {
    let spans = history.episodes.get(&Episode::Referral).into_iter().flatten();
    spans.filter(|it| it.until.is_some_and(|until| until >= since)).map(|it| Some(*it)).collect()
}
