//! What Larkmoor's administrator and information governance did last night: grants given, ended and
//! waiting, a restricted record, and two records opened by break-glass. It comes after everything else
//! in the borough, because the journal's times never go back.

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::access::glass::{NewOpening, told};
use quarterlight_domain::access::grant::NewGrant;
use quarterlight_domain::access::restriction::{NewRestriction, opens_until};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::record::Record;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::{RecordFilter, Store};

use crate::cast::CastMember;
use crate::fault::Fault;
use crate::places::{Part, Places};
use crate::rounds::{before, moment};

/// Writes it all, late on the day before today.
pub async fn lately(
    store: &Store,
    places: &Places,
    people: &[CastMember],
    today: Date,
) -> Result<(), Fault> {
    let id = |name: &str| people.iter().find(|it| it.name == name).map(|it| it.id);
    let named = (id("Raj Bedi"), id("Hana Novak"), id("Helen Oyelaran"), id("Amara Osei"));
    let (Some(raj), Some(hana), Some(helen), Some(amara)) = named else { return Ok(()) };
    if let (Some(callum), Some(siobhan)) = (id("Callum Dunmore"), id("Siobhan Keane")) {
        grants(store, places, (raj, callum, siobhan), today).await?;
    }
    let all: Vec<Person> = store.people.all().await?.into_iter().map(|it| it.person).collect();
    let nobodys = unaudited(store).await?;
    let Some((restricted, rest)) = nobodys.split_last() else { return Ok(()) };
    restrict(store, (hana, amara), restricted, today).await?;
    let Some(helens) = all.iter().find(|it| it.id == helen) else { return Ok(()) };
    let reaches = |it: &&Record| permits(helens, Deed::ReadRecord(it), today);
    let mut far = rest.iter().filter(|it| !it.whereabouts.places().is_empty() && !reaches(it));
    let day = before(today, 1);
    let opened = [
        (40, "The hospital’s safeguarding nurse rang about a sibling of a child of ours."),
        (50, "The out-of-hours team asked whether the child is known to another service."),
    ];
    for (minute, words) in opened {
        let Some(record) = far.next_back() else { break };
        let stamp = Stamp::person(helen, moment(day, 22 * 60 + minute), "broke the glass");
        let why = Reason::new(words)?;
        let new = NewOpening { person: helen, record: record.id, why };
        let told = told(helen, &record.whereabouts, &all, day);
        let key = format!("borough glass {minute}");
        let open = store.openings.open(&stamp, &new, &key, &told).await?;
        let page = format!("/records/{}", record.id);
        let at = moment(day, 22 * 60 + minute + 1);
        let _noted = store.looks.note(helen, record.id, &page, at).await?;
        if let Some(glass) = open.filter(|_| minute < 50) {
            let at = moment(day, 22 * 60 + minute + 5);
            let stamp = Stamp::person(hana, at, "reviewed a record opened by break-glass");
            let words =
                Reason::new("The duty log has the call, and nothing but the record was seen.")?;
            store.openings.review(&stamp, glass, true, &words).await?;
        }
    }
    Ok(())
}

async fn grants(
    store: &Store,
    places: &Places,
    (raj, callum, siobhan): (PersonId, PersonId, PersonId),
    today: Date,
) -> Result<(), Fault> {
    let day = before(today, 1);
    let stamp = Stamp::person(raj, moment(day, 22 * 60 + 10), "gave a role");
    let grant = |role, part| Grant { role, place: places.id(part), from: day, until: None };
    let why = Reason::new("He helps the records officer with the paper store.")?;
    let given = grant(Role::RecordsOfficer, Part::SafeguardingNorth);
    let new = NewGrant::by(raj, callum, given, why, day)?;
    if let Some(id) = store.grants.give(&stamp, &new).await? {
        let stamp = Stamp::person(raj, moment(day, 22 * 60 + 12), "ended a grant");
        let why = Reason::new("The paper store is done.")?;
        store.grants.end(&stamp, id, day, &why).await?;
    }
    let stamp = Stamp::person(raj, moment(day, 22 * 60 + 15), "gave a role");
    let until = Some(today.saturating_add(60.days()));
    let given = Grant { from: day, until, ..grant(Role::QualityLead, Part::Council) };
    let why = Reason::new("She stands in for the quality lead, who is away.")?;
    let new = NewGrant::by(raj, siobhan, given, why, day)?;
    store.grants.give(&stamp, &new).await?;
    Ok(())
}

/// Information governance restricts a record, and the quality lead says why she opens it.
async fn restrict(
    store: &Store,
    (hana, amara): (PersonId, PersonId),
    record: &Record,
    today: Date,
) -> Result<(), Fault> {
    let day = before(today, 1);
    let stamp = Stamp::person(hana, moment(day, 22 * 60 + 20), "restricted a record");
    let why = Reason::new("The family of somebody who works in the service.")?;
    let new = NewRestriction::new(record.id, day, None, why)?;
    store.restrictions.restrict(&stamp, &new).await?;
    let at = moment(day, 22 * 60 + 25);
    let stamp = Stamp::person(amara, at, "said why a restricted record is opened");
    let why = Reason::new("The case list gives two teams, and I have to say which is right.")?;
    let until = opens_until(at, false);
    store.restrictions.say_why(&stamp, (amara, record.id), until, &why).await?;
    let _noted = store.looks.note(amara, record.id, &format!("/records/{}", record.id), at).await?;
    Ok(())
}

/// Open records that nobody has audited, so that no audit of the borough's story is behind a question.
async fn unaudited(store: &Store) -> Result<Vec<Record>, Fault> {
    let mut found = Vec::new();
    for line in store.records.list(&RecordFilter::default()).await?.0 {
        if line.audited.is_none()
            && store.audits.of_record(line.id).await?.is_empty()
            && store.concerns.of_record(line.id).await?.is_empty()
            && let Some(record) = store.records.get(line.id).await?
        {
            found.push(record);
        }
    }
    Ok(found)
}
