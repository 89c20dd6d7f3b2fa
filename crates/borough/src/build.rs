//! The whole borough, from an empty store.

use jiff::civil::Date;
use quarterlight_domain::audit::Stage;
use quarterlight_domain::edition::Origins;
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::{AuditId, EditionId, PersonId};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_domain::timescale::working_days::BankHolidays;
use quarterlight_store::Store;

use crate::access;
use crate::agenda::Desk;
use crate::cast::{Cast, CastMember};
use crate::committee::Officers;
use crate::fault::Fault;
use crate::filing_protocol;
use crate::holds;
use crate::owners::Owners;
use crate::people;
use crate::places::Places;
use crate::quarters::Borough;
use crate::rounds::{Round, before, moment, rounds, working};
use crate::sign_ins;
use crate::tokens;

/// Builds the borough in an empty, migrated store: the same rows for the same day, every time.
///
/// The last of its five quarters is the one that `today` falls in, and nothing in it is stamped
/// with `today` or later. The rules about time are those by which answers are proposed; the store
/// may be given them afterwards. `password_hash` is everybody's. `progress` is told how much is done, of
/// how much, and of which quarter.
///
/// # Errors
/// Fails if the store cannot be written or is not empty, and where the framework or the day does
/// not allow the story: a day before 2001, for one.
pub async fn build(
    store: &Store,
    (contents, origins): (&Contents, &Origins),
    rules: (&RuleSet, &BankHolidays),
    today: Date,
    password_hash: &str,
    progress: &(dyn Fn(u64, u64, &str) + Sync),
) -> Result<Cast, Fault> {
    let rounds = rounds(today);
    let first = rounds.first().ok_or_else(|| Refusal::because("There is no quarter."))?;
    let before_all = moment(working(before(first.from, 40)), 9 * 60 + 30);
    let console = Stamp::console(before_all, "set the borough up");
    let places = Places::add(store, &console).await?;
    let from = before(first.from, 200);
    let people = people::add(store, &console, &places, (from, password_hash)).await?;
    tokens::make(store, id_of(&people, "Raj Bedi")?, &console, today).await?;
    holds::place(store, id_of(&people, "Hana Novak")?, before_all).await?;
    let edition = agree(store, (contents, origins), &people, first).await?;
    let lead = id_of(&people, "Amara Osei")?;
    filing_protocol::keep_first(store, id_of(&people, "Amara Osei")?, first).await?;
    let officers = Officers {
        clerk: id_of(&people, "Bernard Quill")?,
        director: id_of(&people, "Catherine Bello")?,
        lead,
    };
    let borough = Borough {
        store,
        officers,
        contents,
        origins,
        edition,
        rules,
        lead,
        moderator: id_of(&people, "Farah Siddiqui")?,
        administrator: id_of(&people, "Raj Bedi")?,
        priya: id_of(&people, "Priya Anand")?,
        graham: id_of(&people, "Graham Tindall")?,
        owners: Owners::new(&people, &places, (lead, id_of(&people, "Catherine Bello")?)),
        places: &places,
        people: &people,
    };
    let desks = borough.live(&rounds, today, progress).await?;
    access::lately(store, &places, &people, today).await?;
    sign_ins::have_signed_in(store, &people, today).await?;
    let priyas = |stage: fn(&Stage) -> bool| {
        let is_hers =
            |desk: &&Desk| desk.audit.auditor == borough.priya && stage(&desk.audit.stage);
        let audit: Option<AuditId> = desks.iter().rev().find(is_hers).map(|desk| desk.audit.id);
        audit.ok_or_else(|| Refusal::because("Priya was given too few audits."))
    };
    Ok(Cast {
        places,
        edition,
        quarters: rounds.iter().map(|round| round.quarter).collect(),
        underway: priyas(|stage| matches!(stage, Stage::Underway { .. }))?,
        not_started: priyas(|stage| *stage == Stage::Assigned)?,
        submitted: priyas(|stage| matches!(stage, Stage::Submitted { .. }))?,
        people,
    })
}

fn id_of(people: &[CastMember], name: &str) -> Result<PersonId, Fault> {
    let person = people.iter().find(|person| person.name == name);
    Ok(person.map(|person| person.id).ok_or_else(|| Refusal::because("Somebody is missing."))?)
}

/// The director agrees the framework before the first quarter, in force from its first day.
async fn agree(
    store: &Store,
    (contents, origins): (&Contents, &Origins),
    people: &[CastMember],
    first: &Round,
) -> Result<EditionId, Fault> {
    let director = id_of(people, "Catherine Bello")?;
    let at = moment(working(before(first.from, 12)), 16 * 60 + 12);
    let stamp = Stamp::person(director, at, "agreed the framework");
    Ok(store.frameworks.adopt(&stamp, (contents, origins), 1, Some(director), first.from).await?)
}
