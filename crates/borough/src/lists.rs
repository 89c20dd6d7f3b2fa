//! One case list for each quarter, and a second in the last: kept, looked at, and taken in the same morning.

use jiff::civil::Date;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::need::Known;
use quarterlight_domain::reconcile::Apart;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{KeptProblem, NewCaseList, Store};

use crate::fault::Fault;
use crate::luck::Luck;
use crate::rounds::{Round, before, moment};

/// Keeps the list of a quarter and takes it in.
pub async fn take_in(
    store: &Store,
    by: PersonId,
    round: &Round,
    (lines, closed): (Vec<CaseLine>, Vec<Apart>),
) -> Result<(), Fault> {
    let luck = Luck::of(&format!("list {}", round.quarter));
    read(store, by, (round.from, round.opening()), (lines, closed), luck).await
}

/// Keeps a second list of a quarter, as it stood the day before, and takes it in.
pub async fn take_in_again(
    store: &Store,
    by: PersonId,
    (round, day): (&Round, Date),
    lines: Vec<CaseLine>,
) -> Result<(), Fault> {
    let luck = Luck::of(&format!("second list {}", round.quarter));
    read(store, by, (before(day, 1), day), (lines, Vec::new()), luck).await
}

async fn read(
    store: &Store,
    by: PersonId,
    (as_at, day): (Date, Date),
    (lines, closed): (Vec<CaseLine>, Vec<Apart>),
    mut luck: Luck,
) -> Result<(), Fault> {
    let minutes = luck.between(7 * 60 + 30, 7 * 60 + 55);
    let new = NewCaseList {
        source: format!("Annex A workbook, larkmoor-annex-a-{as_at}.xlsx"),
        file_digest: luck.digest(),
        as_at,
        account: account(&lines),
        problems: problems(&lines, &mut luck),
        lines,
        closed,
    };
    let read = Stamp::person(by, moment(day, minutes), "imported a case list");
    let id = store.case_lists.keep(&read, &new).await?;
    let minutes = minutes + luck.between(6, 19);
    let looked = Stamp::person(by, moment(day, minutes), "checked a case list and took it in");
    store.case_lists.take_in(&looked, id).await?;
    Ok(())
}

fn account(lines: &[CaseLine]) -> String {
    let unallocated = lines.iter().filter(|line| line.worker.is_none()).count();
    let unknown = lines.iter().filter(|line| line.disabled == Known::Unknown).count();
    format!(
        "Lists 6, 7, 8 and 9 were read: {} open records, {unallocated} without a named worker, \
         {unknown} of which the list does not say whether the child is disabled.",
        lines.len()
    )
}

/// What was wrong with the file: one warning for a few blank cells, and a row that was no record.
fn problems(lines: &[CaseLine], luck: &mut Luck) -> Vec<KeptProblem> {
    let blank = |row: u32| KeptProblem {
        list: "List 8".to_owned(),
        row: Some(row),
        column: Some("H".to_owned()),
        heading: Some("Does the Child have a Disability".to_owned()),
        sentence: "This cell is blank, so it is not known whether the child is disabled."
            .to_owned(),
        stops_the_row: false,
    };
    let mut problems: Vec<_> =
        (0..luck.between(2, 4)).map(|_| blank(luck.between(2, 90))).collect();
    problems.push(KeptProblem {
        list: "List 6".to_owned(),
        row: u32::try_from(lines.len()).ok(),
        column: Some("A".to_owned()),
        heading: Some("Child Unique ID".to_owned()),
        sentence: "This row has no reference, so it was left out. Give it one and import again."
            .to_owned(),
        stops_the_row: true,
    });
    problems
}
