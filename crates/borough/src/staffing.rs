//! Larkmoor's staff month by month, its asylum service that was mainstreamed, and its allocation protocol.

use jiff::ToSpan;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::need::Need;
use quarterlight_domain::staffing::Staff;
use quarterlight_domain::staffing::exceptions::ForTheChild;
use quarterlight_domain::staffing::history::{Happened, PlaceEvent};
use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::staffing::protocol::{Advice, Protocol};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::{NewAllocationProtocol, Store};

use crate::cast::CastMember;
use crate::fault::Fault;
use crate::luck::Luck;
use crate::places::{Part, Places};
use crate::rounds::{Round, moment};

/// Full-time equivalents of each team in hundredths. The asylum team keeps all of its staff.
const STAFF: [(Part, u32); 8] = [
    (Part::Assessment, 320),
    (Part::SafeguardingNorth, 280),
    (Part::SafeguardingSouth, 260),
    (Part::CareTeam, 380),
    (Part::Unaccompanied, 300),
    (Part::LeavingCare, 270),
    (Part::DisabledChildren, 250),
    (Part::Transitions, 100),
];

/// The service that the asylum team was, until the third quarter.
const ASYLUM: &str = "Asylum Service";

/// Reasons in terms of the child, none of which names anybody.
const REASONS: [&str; 3] = [
    "The child has known this worker since the first visit and asked not to change. The team manager joins every second visit.",
    "The plan ends at the next conference, and a change of worker before it would be the third this year.",
    "The child speaks with this worker in their own language, and sees nobody else alone.",
];

/// What happens on the first morning of a quarter: staff are given, and in the first the protocol is
/// kept, in the third the asylum service is mainstreamed, in the last reasons are given.
pub async fn morning(
    store: &Store,
    (lead, administrator): (PersonId, PersonId),
    places: &Places,
    people: &[CastMember],
    round: &Round,
) -> Result<(), Fault> {
    let at = moment(round.opening(), 8 * 60 + 18);
    if round.number == 0 {
        let stamp = Stamp::person(lead, at, "wrote an allocation protocol");
        store.staffing.keep_protocol(&stamp, &protocol(round)?).await?;
    }
    let stamp = Stamp::person(administrator, at, "gave the staff of teams");
    let why = Reason::new("The establishment list of the quarter.")?;
    let staff = staff(places, round)?;
    store.staffing.give(&stamp, &staff, &why, &format!("staff {}", round.quarter)).await?;
    if round.number == 2 {
        let stamp = Stamp::person(administrator, at, "recorded what became of a team");
        let event = PlaceEvent {
            place: places.id(Part::Unaccompanied),
            from: round.from,
            happened: Happened::Moved {
                before: ASYLUM.to_owned(),
                into: places.id(Part::ChildrenInCare),
            },
            why: Reason::new(
                "The asylum service was mainstreamed, as fewer children came and its staff stayed.",
            )?,
        };
        store.staffing.record(&stamp, &event).await?;
    }
    if round.is_under_way {
        let at = moment(round.opening(), 8 * 60 + 19);
        reasons(store, people, (round, at)).await?;
    }
    Ok(())
}

fn protocol(first: &Round) -> Result<NewAllocationProtocol, Fault> {
    Ok(NewAllocationProtocol {
        protocol: Protocol {
            name: "Larkmoor allocation protocol".to_owned(),
            from: first.from,
            weights: [Hundredths(100), Hundredths(150), Hundredths(125), Hundredths(75)],
            caseload: [Some(Hundredths(1200)), Some(Hundredths(1800)), Some(Hundredths(2200))],
            records_per_worker: Hundredths(1600),
            advice: vec![
                Advice::NotHeldBy(Need::ChildProtection, Experience::NewlyQualified),
                Advice::WithoutWorker { days: 5 },
            ],
        },
        why: Reason::new(
            "The heads of service agreed it. It replaces a protocol that was prescriptive and did not ask about the child.",
        )?,
    })
}

/// The staff of every team in the three months up to the one that begins the quarter; of one team
/// nobody knows one month.
fn staff(places: &Places, round: &Round) -> Result<Vec<Staff>, Fault> {
    let mut luck = Luck::of(&format!("staff {}", round.quarter));
    let mut staff = Vec::new();
    for (part, usual) in STAFF {
        for back in [2_i64, 1, 0] {
            let month = round.from.first_of_month().saturating_sub(back.months());
            let is_unknown = part == Part::Transitions && round.number == 1 && back == 0;
            let less = if part != Part::Unaccompanied && luck.percent(20) { 50 } else { 0 };
            let full_time = (!is_unknown).then_some(Hundredths(usual - less));
            let team = places.id(part);
            let source = "Establishment list, human resources";
            staff.push(Staff::new(team, month, full_time, source, round.opening())?);
        }
    }
    Ok(staff)
}

/// The managers of services say why, for some of the records that are held otherwise.
async fn reasons(
    store: &Store,
    people: &[CastMember],
    (round, at): (&Round, jiff::Timestamp),
) -> Result<(), Fault> {
    let protocols = store.staffing.protocols().await?;
    let Some(kept) = protocols.first() else { return Ok(()) };
    let manager = |service: Option<&str>| {
        let name = match service {
            Some("Children in Need") => "Helen Oyelaran",
            Some("Children in Care and Care Leavers") => "David Lindqvist",
            Some("Disability Service") => "Margaret Thorne",
            _ => return None,
        };
        people.iter().find(|person| person.name == name).map(|person| person.id)
    };
    let mut luck = Luck::of("reasons for the child");
    let (found, _) = store.figures.exceptions(&kept.protocol).await?;
    for (place, it) in found.iter().enumerate() {
        let Some(manager) = manager(it.held.place.0.as_deref()) else { continue };
        let Advice::NotHeldBy(..) = it.advice else { continue };
        if !luck.percent(60) {
            continue;
        }
        let words = luck.pick(&REASONS).copied().unwrap_or_default();
        let ahead = i64::from(luck.between(20, 150));
        let review_on = round.opening().saturating_add(ahead.days());
        let why = ForTheChild::new(Reason::new(words)?, review_on, round.opening())?;
        let stamp =
            Stamp::person(manager, at, "said why a record is held otherwise than is advised");
        let of = (it.held.record, it.advice.code());
        let key = format!("reason {place}");
        store.staffing.give_reason(&stamp, (of.0, &of.1), &why, &key).await?;
    }
    Ok(())
}
