//! One draw for each quarter, and its records shared out to auditors who are independent of them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::draw::{Pick, Seed};
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::frame::{Frame, Stratum};
use quarterlight_domain::id::{CycleId, PersonId};
use quarterlight_domain::independence::Independent;
use quarterlight_domain::person::{Person, Role};
use quarterlight_domain::record::Record;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::strata::{SampleSize, share_out};
use quarterlight_domain::text::Reason;
use quarterlight_domain::ties::Ties;
use quarterlight_store::Store;

use crate::fault::Fault;
use crate::luck::Luck;
use crate::people;
use crate::places::Part;
use crate::rounds::{Round, moment};

/// Records drawn in a quarter: more where there are more strata.
pub const SIZE: SampleSize = SampleSize { total: 14, at_least: 1 };

/// When the dice are thrown.
pub fn at(round: &Round) -> Timestamp {
    let mut luck = Luck::of(&format!("evening {}", round.quarter));
    moment(round.evening(), luck.between(18 * 60 + 30, 20 * 60 + 10))
}

/// Draws the sample of a quarter on an evening of the committee.
pub async fn draw(store: &Store, by: PersonId, round: &Round, cycle: CycleId) -> Result<(), Fault> {
    let mut luck = Luck::of(&format!("dice {}", round.quarter));
    let day = round.evening();
    let dice: Vec<String> = (0..4).map(|_| luck.between(1, 6).to_string()).collect();
    let seed = format!("dice {} thrown at the committee on {}", dice.join("-"), day_in_words(day));
    let since = round.quarter.before().before().before();
    let lines = store.records.frame(Some(since)).await?;
    let frame = Frame::new(lines.iter().map(|line| (line.stratum(), line.reference.clone())))?;
    let mut drawn_from = frame.sizes();
    drawn_from.retain(|stratum, _| !is_left_out(stratum, round));
    let sizes = share_out(&drawn_from, SIZE);
    let file = DrawFile::drawn(round.quarter, Seed::new(&seed)?, frame, sizes)?;
    let stamp = Stamp::person(by, at(round), "drew a sample");
    store.draws.keep(&stamp, cycle, &file).await?;
    Ok(())
}

/// The morning after two of the draws, a record turns out to be closed and is swapped for the next of
/// its stratum.
pub async fn swap(store: &Store, by: PersonId, round: &Round, cycle: CycleId) -> Result<(), Fault> {
    if !matches!(round.number, 0 | 2) {
        return Ok(());
    }
    let Some(seen) = store.draws.published(cycle).await? else { return Ok(()) };
    let mut sample = seen.file.sample()?;
    let left = sample.left();
    let can_be = |pick: &&Pick| left.get(&pick.stratum).is_some_and(|left| *left > 1);
    let Some(out) = sample.picks().iter().find(can_be).cloned() else { return Ok(()) };
    let day = round.assigning();
    let event = sample.swap(day, SwapReason::Closed, &out.reference)?;
    let words = Reason::new("The team closed it in the week before; the next case list shows it.")?;
    let stamp = Stamp::person(by, moment(day, 6 * 60 + 52), "swapped a record");
    store.draws.add(&stamp, &seen, &event, &words, None).await?;
    Ok(())
}

/// The gaps that coverage must show. Nobody has ever audited what the Disability Service keeps on
/// children placed elsewhere, or records whose service is not known; and children in care whose
/// placement is not known are drawn in the quarter under way for the first time.
fn is_left_out(stratum: &Stratum, round: &Round) -> bool {
    let is = |part: Part, cohort: Cohort| *stratum == Stratum::of(part.name(), cohort.code());
    is(Part::Disability, Cohort::DisabledPlacedOut)
        || is(Part::Disability, Cohort::PlacedUnknown)
        || is(Part::ChildrenInCare, Cohort::PlacedUnknown) && !round.is_under_way
        || stratum.as_str().starts_with("service-not-known/")
}

/// Assigns the drawn records the day after, each to the independent auditor with the least to do.
pub async fn assign(
    store: &Store,
    by: PersonId,
    round: &Round,
    cycle: CycleId,
) -> Result<Vec<Audit>, Fault> {
    let mut luck = Luck::of(&format!("assign {}", round.quarter));
    let day = round.assigning();
    let mut auditors = Vec::new();
    for line in store.people.all().await? {
        if line.person.is(Role::Auditor, day) {
            auditors.push(line.person);
        }
    }
    let mut minutes = luck.between(7 * 60 + 5, 7 * 60 + 25);
    let mut loads: BTreeMap<PersonId, u32> = BTreeMap::new();
    let mut audits = Vec::new();
    for pick in store.draws.picks(cycle).await?.into_iter().filter(|pick| !pick.reserve) {
        let Some(record) = store.records.by_reference(&pick.reference).await? else { continue };
        auditors.sort_by_key(|auditor| (burden(auditor, &loads), auditor.id));
        let Some(independent) = first_independent(&auditors, &record, round) else { continue };
        minutes += luck.between(1, 4);
        let stamp = Stamp::person(by, moment(day, minutes), "assigned an audit");
        let id = store.audits.assign(&stamp, cycle, &independent, round.due).await?;
        *loads.entry(independent.auditor()).or_default() += 1;
        audits.extend(store.audits.in_hand(id).await?.map(|hand| hand.audit));
    }
    Ok(audits)
}

/// What one more audit would be to an auditor, beside what they have agreed to take.
fn burden(auditor: &Person, loads: &BTreeMap<PersonId, u32>) -> u32 {
    (loads.get(&auditor.id).copied().unwrap_or(0) + 1) * 12 / people::share(&auditor.name)
}

fn first_independent(auditors: &[Person], record: &Record, round: &Round) -> Option<Independent> {
    auditors
        .iter()
        .find_map(|auditor| Independent::of(auditor, record, &Ties::default(), round.from).ok())
}
