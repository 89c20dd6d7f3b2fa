//! The workers who hold records, and what is known of their experience.

use std::collections::BTreeSet;

use quarterlight_domain::allocation::Experience::{
    self, EarlyCareer, Experienced, NewlyQualified, Unknown,
};
use quarterlight_domain::id::WorkerId;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::Store;

use crate::cast::CastMember;
use crate::fault::Fault;
use crate::places::Part;

/// Every worker, with the team and how long they have been qualified. All are invented.
const WORKERS: [(&str, Part, Experience); 23] = [
    ("Tomasz Wilk", Part::Assessment, Experienced),
    ("Bethan Pryce", Part::Assessment, NewlyQualified),
    ("Kofi Mensah", Part::Assessment, EarlyCareer),
    ("Aisha Rahman", Part::SafeguardingNorth, Experienced),
    ("Callum Dunmore", Part::SafeguardingNorth, NewlyQualified),
    ("Ngozi Eze", Part::SafeguardingNorth, EarlyCareer),
    ("Hamish Kerr", Part::SafeguardingSouth, Experienced),
    ("Leila Haddad", Part::SafeguardingSouth, EarlyCareer),
    ("Jodie Sparrow", Part::SafeguardingSouth, NewlyQualified),
    ("Marcus Bellamy", Part::CareTeam, Experienced),
    ("Yasmin Choudhury", Part::CareTeam, EarlyCareer),
    ("Elin Roberts", Part::CareTeam, Experienced),
    ("Dev Malhotra", Part::CareTeam, NewlyQualified),
    ("Selam Tesfaye", Part::Unaccompanied, Experienced),
    ("Patrick Nolan", Part::Unaccompanied, Experienced),
    ("Arben Krasniqi", Part::Unaccompanied, EarlyCareer),
    ("Chantelle Baptiste", Part::LeavingCare, Experienced),
    ("Owen Fairweather", Part::LeavingCare, EarlyCareer),
    ("Mei-Lin Zhao", Part::LeavingCare, Unknown),
    ("Ruth Abara", Part::DisabledChildren, Experienced),
    ("Sunil Perera", Part::DisabledChildren, Unknown),
    ("Gwen Hardcastle", Part::DisabledChildren, EarlyCareer),
    ("Idris Vaughan", Part::Transitions, Experienced),
];

/// Holds the records of the team that nobody knows; their experience is not known either.
pub const OF_THE_UNKNOWN_TEAM: &str = "Dawn Tillery";

/// The names of a team's workers.
pub fn of_team(team: Option<Part>) -> Vec<&'static str> {
    let Some(team) = team else { return vec![OF_THE_UNKNOWN_TEAM] };
    WORKERS.iter().filter(|(_, of, _)| *of == team).map(|(name, ..)| *name).collect()
}

/// Says of every worker who is new on a case list what the council knows, and whom they sign in as.
pub async fn describe(
    store: &Store,
    stamp: &Stamp,
    people: &[CastMember],
    described: &mut BTreeSet<WorkerId>,
) -> Result<(), Fault> {
    for worker in store.workers.all().await? {
        let known = WORKERS.iter().find(|(name, ..)| *name == worker.name);
        let Some((_, _, experience)) = known else { continue };
        if *experience == Unknown || !described.insert(worker.id) {
            continue;
        }
        let person = people.iter().find(|person| person.name == worker.name).map(|it| it.id);
        store.workers.describe(stamp, worker.id, *experience, person).await?;
    }
    Ok(())
}
