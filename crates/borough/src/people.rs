//! The people who sign in, why each of them is there, and the roles that they hold.

use jiff::civil::Date;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::person::{Grant, Role};
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{NewPerson, Store};

use crate::cast::CastMember;
use crate::fault::Fault;
use crate::places::{Part, Places};

/// Somebody who is to be in the borough.
struct Somebody {
    name: &'static str,
    roles: &'static [(Role, Part)],
    purpose: &'static str,
}

/// Everybody who signs in. Those whom a visitor should try first come first. All are invented.
const EVERYBODY: [Somebody; 27] = [
    Somebody {
        name: "Priya Anand",
        roles: &[(Role::Auditor, Part::Council)],
        purpose: "Audits records full time: one audit half done, one to begin, one submitted.",
    },
    Somebody {
        name: "Amara Osei",
        roles: &[(Role::QualityLead, Part::Council)],
        purpose: "Runs the audit: case lists, coverage, draws, assignments, findings and draft reports.",
    },
    Somebody {
        name: "Selam Tesfaye",
        roles: &[(Role::Worker, Part::Unaccompanied), (Role::Auditor, Part::Council)],
        purpose: "Holds records of unaccompanied children, and audits records that are not hers.",
    },
    Somebody {
        name: "Helen Oyelaran",
        roles: &[(Role::ServiceManager, Part::ChildrenInNeed)],
        purpose: "Answers for Children in Need: owns its actions, and verifies those of others.",
    },
    Somebody {
        name: "David Lindqvist",
        roles: &[(Role::ServiceManager, Part::ChildrenInCare)],
        purpose: "Answers for Children in Care, where the Unaccompanied Children Team shrinks.",
    },
    Somebody {
        name: "Margaret Thorne",
        roles: &[(Role::ServiceManager, Part::Disability)],
        purpose: "Answers for the Disability Service, whose children placed out nobody audits.",
    },
    Somebody {
        name: "Sylvia Marchetti",
        roles: &[(Role::Member, Part::Council)],
        purpose: "Councillor who asked the committee who audits the records of those children.",
    },
    Somebody {
        name: "Bernard Quill",
        roles: &[(Role::Clerk, Part::Council)],
        purpose: "Serves the committee: releases reports to members.",
    },
    Somebody {
        name: "Catherine Bello",
        roles: &[(Role::SeniorManager, Part::Council)],
        purpose: "Director of Children's Services: agreed the framework, sees the whole council.",
    },
    Somebody {
        name: "Lorna MacAllister",
        roles: &[(Role::AuditServices, Part::Council)],
        purpose: "Internal audit: reads everything about the process and changes nothing.",
    },
    Somebody {
        name: "Hana Novak",
        roles: &[(Role::InformationGovernance, Part::Council)],
        purpose: "Information governance: sees who has looked at which record.",
    },
    Somebody {
        name: "Raj Bedi",
        roles: &[(Role::Administrator, Part::Council)],
        purpose: "Looks after people, places and imports, and reads no audit.",
    },
    Somebody {
        name: "Farah Siddiqui",
        roles: &[(Role::Moderator, Part::Council)],
        purpose: "Moderator: marks a second time and reconciles.",
    },
    Somebody {
        name: "Joseph Adeyemi",
        roles: &[(Role::Auditor, Part::Council), (Role::Moderator, Part::Council)],
        purpose: "Audits part time, and moderates what others have audited.",
    },
    Somebody {
        name: "Rosa Whitlow",
        roles: &[(Role::Auditor, Part::Council), (Role::ServiceManager, Part::SafeguardingNorth)],
        purpose: "Manages Safeguarding Team North, and audits any other team's records.",
    },
    Somebody {
        name: "Wen Zhang",
        roles: &[(Role::Auditor, Part::Council), (Role::ServiceManager, Part::Assessment)],
        purpose: "Manages the Assessment Team, and audits any other team's records.",
    },
    Somebody {
        name: "Graham Tindall",
        roles: &[(Role::Auditor, Part::Council), (Role::ServiceManager, Part::CareTeam)],
        purpose: "Manages the Children in Care Team, and has an audit of last quarter still open.",
    },
    Somebody {
        name: "Siobhan Keane",
        roles: &[(Role::Auditor, Part::Council), (Role::ServiceManager, Part::LeavingCare)],
        purpose: "Manages the Leaving Care Team, and audits any other team's records.",
    },
    Somebody {
        name: "Nadia Farouk",
        roles: &[(Role::Auditor, Part::Council), (Role::ServiceManager, Part::DisabledChildren)],
        purpose: "Manages the Disabled Children Team, and audits any other team's records.",
    },
    Somebody {
        name: "Tomasz Wilk",
        roles: &[(Role::Worker, Part::Assessment)],
        purpose: "Experienced worker who reads the audits of his own records.",
    },
    Somebody {
        name: "Callum Dunmore",
        roles: &[(Role::Worker, Part::SafeguardingNorth)],
        purpose: "Newly qualified worker who holds child protection cases.",
    },
    Somebody {
        name: "Marcus Bellamy",
        roles: &[(Role::Worker, Part::CareTeam)],
        purpose: "Experienced worker with actions to do on records of children in care.",
    },
    Somebody {
        name: "Gwen Hardcastle",
        roles: &[(Role::Worker, Part::DisabledChildren)],
        purpose: "Early-career worker who holds records of disabled children.",
    },
    Somebody {
        name: "Peter Vance",
        roles: &[(Role::SeniorManager, Part::Education)],
        purpose: "Director of Education, in whose directorate the Disability Service sits.",
    },
    Somebody {
        name: "Desmond Clarke",
        roles: &[(Role::Member, Part::Council)],
        purpose: "Councillor who chairs the committee and reads its reports.",
    },
    Somebody {
        name: "Ines Moreira",
        roles: &[(Role::RecordsOfficer, Part::Council)],
        purpose: "Records officer: checks the filing of records, on paper too, and clears what is misfiled.",
    },
    Somebody {
        name: "Nuala Brennan",
        roles: &[(Role::Member, Part::Council)],
        purpose: "Councillor who was elected last week: the confidentiality page comes first.",
    },
];

/// How many audits somebody takes for each one that a team manager takes.
pub fn share(name: &str) -> u32 {
    match name {
        "Priya Anand" => 3,
        "Joseph Adeyemi" => 2,
        _ => 1,
    }
}

/// The manager of the service around a part of the council.
pub const SERVICE_MANAGERS: [(Part, &str); 3] = [
    (Part::ChildrenInNeed, "Helen Oyelaran"),
    (Part::ChildrenInCare, "David Lindqvist"),
    (Part::Disability, "Margaret Thorne"),
];

/// Adds everybody, with their roles from this day on and one password for all.
pub async fn add(
    store: &Store,
    stamp: &Stamp,
    places: &Places,
    (from, password): (Date, &str),
) -> Result<Vec<CastMember>, Fault> {
    let mut people = Vec::new();
    for somebody in &EVERYBODY {
        let grants = somebody.roles.iter().map(|(role, part)| Grant {
            role: *role,
            place: places.id(*part),
            from,
            until: None,
        });
        let new = NewPerson {
            name: somebody.name.to_owned(),
            email: email(somebody.name),
            password: Some(password.to_owned()),
            grants: grants.collect(),
        };
        let id = store.people.add(stamp, &new).await?;
        people.push(member(id, new, somebody));
    }
    Ok(people)
}

fn member(id: PersonId, new: NewPerson, somebody: &Somebody) -> CastMember {
    let roles = somebody.roles.iter().map(|(role, part)| match part {
        Part::Council => role.words().to_owned(),
        part => format!("{}, {}", role.words(), part.name()),
    });
    CastMember {
        id,
        name: new.name,
        email: new.email,
        roles: roles.collect::<Vec<_>>().join("; "),
        purpose: somebody.purpose.to_owned(),
    }
}

/// `Priya Anand` signs in as `priya.anand@larkmoor.example`; `.example` can never be anybody's address.
fn email(name: &str) -> String {
    format!("{}@larkmoor.example", name.to_lowercase().replace(' ', "."))
}
