//! The parts of the council: two directorates, three services, eight teams, and one that nobody knows.

use quarterlight_domain::id::PlaceId;
use quarterlight_domain::place::PlaceKind;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::Store;

use crate::fault::Fault;

/// The council. No English council has this name.
pub const COUNCIL: &str = "Larkmoor";

/// A team on the case lists that belongs to no service which the council has told us of.
pub const TEAM_NOBODY_KNOWS: &str = "Harbour Project";

/// A part of the council that people, records and stories name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The whole council.
    Council,
    /// The Children's Services directorate.
    ChildrensServices,
    /// The Education directorate.
    Education,
    /// The Children in Need service.
    ChildrenInNeed,
    /// The service for children in care and care leavers.
    ChildrenInCare,
    /// The Disability Service, which sits in Education.
    Disability,
    /// Takes referrals and assesses.
    Assessment,
    /// Child protection and children in need, north of the river.
    SafeguardingNorth,
    /// Child protection and children in need, south of the river.
    SafeguardingSouth,
    /// Children in care.
    CareTeam,
    /// Unaccompanied children, fewer every quarter.
    Unaccompanied,
    /// Care leavers.
    LeavingCare,
    /// Disabled children.
    DisabledChildren,
    /// Disabled young people on their way to adult services.
    Transitions,
}

/// Every part, the larger before the smaller: its parent, its kind and its name.
const PARTS: [(Part, Option<Part>, PlaceKind, &str); 14] = [
    (Part::Council, None, PlaceKind::Authority, COUNCIL),
    (Part::ChildrensServices, Some(Part::Council), PlaceKind::Directorate, "Children's Services"),
    (Part::Education, Some(Part::Council), PlaceKind::Directorate, "Education"),
    (Part::ChildrenInNeed, Some(Part::ChildrensServices), PlaceKind::Service, "Children in Need"),
    (
        Part::ChildrenInCare,
        Some(Part::ChildrensServices),
        PlaceKind::Service,
        "Children in Care and Care Leavers",
    ),
    (Part::Disability, Some(Part::Education), PlaceKind::Service, "Disability Service"),
    (Part::Assessment, Some(Part::ChildrenInNeed), PlaceKind::Team, "Assessment Team"),
    (
        Part::SafeguardingNorth,
        Some(Part::ChildrenInNeed),
        PlaceKind::Team,
        "Safeguarding Team North",
    ),
    (
        Part::SafeguardingSouth,
        Some(Part::ChildrenInNeed),
        PlaceKind::Team,
        "Safeguarding Team South",
    ),
    (Part::CareTeam, Some(Part::ChildrenInCare), PlaceKind::Team, "Children in Care Team"),
    (
        Part::Unaccompanied,
        Some(Part::ChildrenInCare),
        PlaceKind::Team,
        "Unaccompanied Children Team",
    ),
    (Part::LeavingCare, Some(Part::ChildrenInCare), PlaceKind::Team, "Leaving Care Team"),
    (Part::DisabledChildren, Some(Part::Disability), PlaceKind::Team, "Disabled Children Team"),
    (Part::Transitions, Some(Part::Disability), PlaceKind::Team, "Transitions Team"),
];

impl Part {
    /// Its name, as the council writes it.
    pub fn name(self) -> &'static str {
        row(self).map_or(COUNCIL, |(_, _, _, name)| name)
    }
}

fn row(part: Part) -> Option<&'static (Part, Option<Part>, PlaceKind, &'static str)> {
    PARTS.iter().find(|(each, ..)| *each == part)
}

/// The ids of the parts of the council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The whole council.
    pub authority: PlaceId,
    /// The Children in Need service.
    pub children_in_need: PlaceId,
    /// The service for children in care and care leavers.
    pub children_in_care: PlaceId,
    /// The Disability Service, which sits in Education.
    pub disability: PlaceId,
    every: Vec<(Part, PlaceId)>,
}

impl Places {
    /// Sets the council up, from the whole to the teams.
    pub(crate) async fn add(store: &Store, stamp: &Stamp) -> Result<Self, Fault> {
        let mut places = Self {
            authority: PlaceId(0),
            children_in_need: PlaceId(0),
            children_in_care: PlaceId(0),
            disability: PlaceId(0),
            every: Vec::new(),
        };
        for (part, around, kind, name) in PARTS {
            let around = around.map(|around| places.id(around));
            let id = store.places.add(stamp, around, kind, name).await?;
            places.every.push((part, id));
        }
        places.authority = places.id(Part::Council);
        places.children_in_need = places.id(Part::ChildrenInNeed);
        places.children_in_care = places.id(Part::ChildrenInCare);
        places.disability = places.id(Part::Disability);
        Ok(places)
    }

    /// The id of a part.
    pub(crate) fn id(&self, part: Part) -> PlaceId {
        self.every.iter().find(|(each, _)| *each == part).map_or(self.authority, |(_, id)| *id)
    }
}
