//! The parts of an authority, each inside another.

use crate::id::PlaceId;

/// What kind of part a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// The whole council.
    Authority,
    /// A directorate, such as Education.
    Directorate,
    /// A service, such as the Disability Service.
    Service,
    /// A team of workers.
    Team,
}

impl PlaceKind {
    /// Every kind, from the largest to the smallest.
    pub const ALL: [Self; 4] = [Self::Authority, Self::Directorate, Self::Service, Self::Team];

    /// `authority`, `directorate`, `service` or `team`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Directorate => "directorate",
            Self::Service => "service",
            Self::Team => "team",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A part of the authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// The place that it is inside; none for the authority itself.
    pub parent: Option<PlaceId>,
    /// What kind of part it is.
    pub kind: PlaceKind,
    /// Its name, as the authority writes it.
    pub name: String,
}

/// Where something stands: the place itself and every place around it.
///
/// Rights are held over a place and reach everything inside it, so the whole way up is what matters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts(Vec<PlaceId>);

impl Whereabouts {
    /// The places from the smallest to the largest.
    pub fn new(places: Vec<PlaceId>) -> Self {
        Self(places)
    }

    /// True if it stands in this place, or anywhere inside it.
    pub fn is_within(&self, place: PlaceId) -> bool {
        self.0.contains(&place)
    }

    /// The places from the smallest to the largest.
    pub fn places(&self) -> &[PlaceId] {
        &self.0
    }
}
