//! Filing in the borough: checks that find a little less wrong every quarter, and what is cleared.

use jiff::Timestamp;
use jiff::civil::{Date, time};
use quarterlight_domain::filing::check::NewCheck;
use quarterlight_domain::filing::hours::Entered;
use quarterlight_domain::filing::item::{Item, Seen};
use quarterlight_domain::filing::mismatch::{NewMismatch, mismatches};
use quarterlight_domain::filing::outcome::Outcome;
use quarterlight_domain::filing::paper::{Agrees, Paper};
use quarterlight_domain::filing::protocol::{Held, in_force};
use quarterlight_domain::id::{MismatchId, PersonId};
use quarterlight_domain::need::Known;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::working_days::BankHolidays;
use quarterlight_store::{RecordFilter, RecordLine, Store, Which};

use crate::agenda::{Agenda, Event};
use crate::cast::CastMember;
use crate::fault::Fault;
use crate::filing_protocol::closed;
use crate::luck::Luck;
use crate::rounds::{Round, after, before, moment, working};

/// Records whose filing is checked in a quarter.
const CHECKED: u32 = 16;

/// Of a hundred items, how many are late, misfiled and missing, quarter by quarter.
const WRONG: [(u32, u32, u32); 5] =
    [(34, 14, 14), (30, 12, 12), (26, 10, 9), (20, 8, 7), (15, 6, 5)];

const WRONG_PLACES: [&str; 3] = ["Unfiled scans", "General documents", "Tray in room 12"];
const PAPER_PLACES: [&str; 3] = ["Room 12, cabinet 3", "Archive store, bay 4", ""];
const DID: [&str; 2] = ["Moved to their places.", "Found, scanned and filed."];

/// Puts the checks of a quarter on the agenda, and the days on which some of it is put right.
pub async fn enter(
    store: &Store,
    round: &Round,
    people: &[CastMember],
    agenda: &mut Agenda,
) -> Result<(), Fault> {
    let Some(officer) = people.iter().find(|person| person.name == "Ines Moreira") else {
        return Ok(());
    };
    let kept = store.filing.protocols().await?;
    let held: Vec<Held> = kept.into_iter().map(|kept| kept.held).collect();
    let (records, _) = store.records.list(&RecordFilter::default()).await?;
    let holidays = closed(round.until)?;
    for number in 0..CHECKED {
        let luck = &mut Luck::of(&format!("filing {} {number}", round.quarter));
        let day = working(round.day(luck.between(4, round.length().saturating_sub(3))));
        let (Some(record), true) = (luck.pick(&records), day <= round.until) else { continue };
        let at = moment(day, luck.between(9 * 60, 16 * 60));
        let check = NewCheck {
            record: record.id,
            audit: None,
            checked_on: day,
            newest: luck.percent(90).then(|| before(day, luck.between(0, 60))),
            items: items(round, (&held, &holidays), (day, &records), luck),
            paper: paper(round, day, luck),
            form_key: format!("borough filing {} {number}", round.quarter),
        };
        let found = mismatches(&check, &held);
        let who = officer.id;
        let page = format!("/filing/records/{}", record.id);
        agenda.add(before_minutes(at), Event::Look { who, record: record.id, page });
        agenda.add(at, Event::Check { who, check: Box::new(check.whole(day)?), found });
    }
    for (number, did) in (1..).zip(DID) {
        let day = working(round.day(round.length() * number / 3));
        if day <= round.until {
            let (who, did) = (officer.id, Reason::new(did)?);
            agenda.add(moment(day, 16 * 60 + 20), Event::PutRight { who, share: 55, did });
        }
    }
    Ok(())
}

/// Twenty minutes before.
fn before_minutes(at: Timestamp) -> Timestamp {
    at.saturating_sub(jiff::SignedDuration::from_mins(20)).unwrap_or(at)
}

/// Keeps a check.
pub async fn check(
    store: &Store,
    at: Timestamp,
    who: PersonId,
    (check, found): (&NewCheck, &[NewMismatch]),
) -> Result<(), Fault> {
    let stamp = Stamp::person(who, at, "checked the filing of a record");
    store.filing.keep(&stamp, check, found, None).await?;
    Ok(())
}

/// Puts some of what waits right, the same for the same moment.
pub async fn put_right(
    store: &Store,
    at: Timestamp,
    (who, share): (PersonId, u32),
    did: &Reason,
) -> Result<(), Fault> {
    let luck = &mut Luck::of(&format!("put filing right {}", at.as_second()));
    let open = store.filing.mismatches(Which::Open).await?;
    let some: Vec<MismatchId> =
        open.iter().filter(|_| luck.percent(share)).map(|line| line.id).collect();
    store.filing.clear(&Stamp::person(who, at, "put filing right"), &some, did).await?;
    Ok(())
}

fn items(
    round: &Round,
    (held, holidays): (&[Held], &BankHolidays),
    (day, records): (Date, &[RecordLine]),
    luck: &mut Luck,
) -> Vec<Item> {
    let wrong = usize::try_from(round.number).ok().and_then(|number| WRONG.get(number));
    let (late, misfiled, missing) = wrong.copied().unwrap_or_default();
    let mut items = Vec::new();
    for _ in 0..luck.between(3, 6) {
        // Old enough to be missing, whatever its kind.
        let dated = working(before(day, luck.between(30, 90)));
        let Some(protocol) = in_force(held, dated) else { continue };
        let Some(kind) = luck.pick(protocol.protocol.kinds()) else { continue };
        let kinds_of_wrong = luck.below(100);
        let is_known = luck.percent(85);
        let days = if luck.percent(late) {
            u32::from(kind.within) * 7 / 5 + luck.between(3, 14)
        } else {
            luck.between(0, u32::from(kind.within) / 2)
        };
        let entered = is_known.then(|| entered(dated, days, luck));
        let (outcome, found, entered) = if kinds_of_wrong < misfiled {
            (Outcome::Misfiled, luck.pick(&WRONG_PLACES).copied().unwrap_or_default(), entered)
        } else if kinds_of_wrong < misfiled + missing {
            (Outcome::Missing, "", None)
        } else if kinds_of_wrong == 99 {
            let other = luck.pick(records).map_or("", |other| other.reference.as_str());
            (Outcome::AnotherRecord, other, entered)
        } else {
            (Outcome::Filed, "", entered)
        };
        let (kind, found) = (kind.code.clone(), found.to_owned());
        let seen = Seen { kind, dated, entered, found, outcome, why: None };
        items.extend(Item::judge(seen, held, holidays, day));
    }
    items
}

/// So many days later; for half of them somebody noted the time, which is now and then an evening.
fn entered(dated: Date, days: u32, luck: &mut Luck) -> Entered {
    let mut day = after(dated, days);
    if !luck.percent(12) {
        day = working(day);
    }
    let at = luck.percent(60).then(|| {
        let (first, last) = if luck.percent(18) { (18, 21) } else { (8, 17) };
        let hour = i8::try_from(luck.between(first, last)).unwrap_or(12);
        time(hour, i8::try_from(luck.below(60)).unwrap_or(0), 0, 0)
    });
    Entered { day, time: at }
}

fn paper(round: &Round, day: Date, luck: &mut Luck) -> Paper {
    let exists = match luck.below(100) {
        0..55 => Known::Yes,
        55..85 => Known::No,
        _ => Known::Unknown,
    };
    if exists != Known::Yes {
        return Paper { exists, ..Paper::default() };
    }
    let mentioned = match luck.below(100) {
        it if it < 55 + 8 * round.number => Known::Yes,
        95.. => Known::Unknown,
        _ => Known::No,
    };
    let agrees = match luck.below(100) {
        it if it < 35 + 8 * round.number => Some(Agrees::Yes),
        85.. => None,
        it if it % 2 == 0 => Some(Agrees::CannotTell),
        _ => Some(Agrees::No),
    };
    Paper {
        exists,
        mentioned,
        place: luck.pick(&PAPER_PLACES).copied().unwrap_or_default().to_owned(),
        volumes: u16::try_from(luck.between(1, 4)).ok(),
        last_item: Some(before(day, luck.between(30, 900))),
        agrees,
    }
}
