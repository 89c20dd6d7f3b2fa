//! Invented rules, holds and disposals, from which the pages of this room make their samples.

use jiff::Timestamp;
use jiff::civil::date;
use quarterlight_domain::id::{CycleId, DisposalId, HoldId, PersonId};
use quarterlight_domain::retention::{Hold, Kind, Over};
use quarterlight_store::{Batch, Disposal, DisposalEnd, DueLine, HoldLine};

use super::Around;
use crate::form::Errors;
use crate::govuk::HOSTILE;

/// Nothing due, for those who only look; everything due and held, with hostile words and errors.
pub fn all() -> Vec<(Around, Errors)> {
    let looks = Around { due: lines(0, "Local policy."), ..Around::default() };
    let hold = |id, lifted: Option<&str>| HoldLine {
        hold: Hold { id: HoldId(id), over: Over::Everything },
        over: HOSTILE.to_owned(),
        because: HOSTILE.to_owned(),
        by: None,
        at: Timestamp::UNIX_EPOCH,
        lifted: lifted.map(|because| (Timestamp::UNIX_EPOCH, because.to_owned())),
    };
    let quarter = "2026-Q4".parse();
    let decides = Around {
        due: lines(40, HOSTILE),
        changes: Vec::new(),
        holds: vec![hold(1, None), hold(2, Some(HOSTILE))],
        disposals: disposals().into(),
        cycles: quarter.into_iter().map(|quarter| (CycleId(1), quarter)).collect(),
        decides: true,
    };
    let mut errors = Errors::default();
    for field in ["over", "record", "cycle", "kind", "because", "of-kind", "months", "so", "lift"] {
        errors.say(field, HOSTILE);
    }
    vec![(looks, Errors::default()), (decides.clone(), Errors::default()), (decides, errors)]
}

/// One that waits, one that was carried out, and one that was withdrawn.
pub fn disposals() -> [Disposal; 3] {
    let waits = Disposal {
        id: DisposalId(1),
        as_at: date(2033, 1, 10),
        proposed_by: (Some(PersonId(3)), Some("Hana Novak".to_owned())),
        proposed_at: Timestamp::UNIX_EPOCH,
        lines: lines(7, HOSTILE),
        end: None,
        batches: Vec::new(),
    };
    let end = |confirmed, because: &str| {
        let (because, by) = (because.to_owned(), Some(HOSTILE.to_owned()));
        Some(DisposalEnd {
            confirmed,
            because,
            by,
            at: Timestamp::UNIX_EPOCH,
            done: confirmed.then_some(Timestamp::UNIX_EPOCH),
        })
    };
    let batch = Batch {
        id: 4,
        kind: Kind::Answers,
        things: 7,
        first: date(2026, 12, 11),
        last: date(2026, 12, 30),
        parts: 93,
        gone: "0f".repeat(32),
        at: Timestamp::UNIX_EPOCH,
    };
    let done = Disposal { end: end(true, ""), batches: vec![batch], ..waits.clone() };
    let withdrawn = Disposal { end: end(false, HOSTILE), ..waits.clone() };
    [waits, done, withdrawn]
}

fn lines(going: usize, source: &str) -> Vec<DueLine> {
    let line = |kind: &Kind| DueLine {
        kind: *kind,
        months: 72,
        source: source.to_owned(),
        cutoff: date(2027, 1, 10),
        going,
        held: going / 10,
        years: if going > 0 { vec![(2026, going)] } else { Vec::new() },
    };
    Kind::ALL.iter().map(line).collect()
}
