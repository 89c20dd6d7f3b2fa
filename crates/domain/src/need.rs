//! Why a record is open, and the flags that go with it.

use std::collections::BTreeSet;
use std::fmt;

/// Why a record is open. A child can have several needs at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A child in need under section 17 of the Children Act 1989, an open assessment included.
    ChildInNeed,
    /// Subject to a child protection plan.
    ChildProtection,
    /// Looked after by the authority.
    InCare,
    /// Entitled to leaving care services.
    CareLeaver,
}

impl Need {
    /// Every need, in the order in which reports list them.
    pub const ALL: [Self; 4] =
        [Self::ChildInNeed, Self::ChildProtection, Self::InCare, Self::CareLeaver];

    /// The trade's abbreviation: CIN, CP, CLA or CL.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ChildInNeed => "CIN",
            Self::ChildProtection => "CP",
            Self::InCare => "CLA",
            Self::CareLeaver => "CL",
        }
    }

    /// The need in words, as reports write it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ChildInNeed => "Child in need",
            Self::ChildProtection => "Child protection",
            Self::InCare => "In care",
            Self::CareLeaver => "Care leaver",
        }
    }

    /// The need that a record with several is counted under, in the order in which it finds its
    /// cohort: protection before care, care before leaving it, and need before all where it is alone.
    pub fn principal(needs: &Needs) -> Self {
        [Self::ChildProtection, Self::InCare, Self::CareLeaver]
            .into_iter()
            .find(|need| needs.contains(need))
            .unwrap_or(Self::ChildInNeed)
    }

    /// The need with this abbreviation.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.code() == code)
    }
}

/// The needs of one record.
pub type Needs = BTreeSet<Need>;

/// What a case list says about a yes-or-no matter. Blank is *unknown* and never *no*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// The list says yes.
    Yes,
    /// The list says no.
    No,
    /// The list does not say.
    #[default]
    Unknown,
}

impl Known {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    /// `yes`, `no` or `unknown`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    /// The answer with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::Unknown].into_iter().find(|known| known.code() == code)
    }
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Yes => "Yes",
            Self::No => "No",
            Self::Unknown => "Unknown",
        })
    }
}

/// Where the authority has placed the child, seen from its own boundary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placement {
    /// Not in a placement: the child lives at home, or has left care.
    #[default]
    NotPlaced,
    /// Placed inside the authority's area.
    InArea,
    /// Placed outside it.
    OutOfArea,
    /// In a placement, and the list does not say where.
    Unknown,
}

impl Placement {
    /// Every placement.
    pub const ALL: [Self; 4] = [Self::NotPlaced, Self::InArea, Self::OutOfArea, Self::Unknown];

    /// `not_placed`, `in_area`, `out_of_area` or `unknown`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotPlaced => "not_placed",
            Self::InArea => "in_area",
            Self::OutOfArea => "out_of_area",
            Self::Unknown => "unknown",
        }
    }

    /// The placement in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotPlaced => "Not placed",
            Self::InArea => "Placed in area",
            Self::OutOfArea => "Placed out of area",
            Self::Unknown => "Placed, area unknown",
        }
    }

    /// The placement with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|placement| placement.code() == code)
    }
}

/// Under which law a child is where they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegalRoute {
    /// Looked after by the authority.
    InCare,
    /// In hospital or another health placement: section 85 of the Children Act 1989.
    Section85,
    /// In a care home or independent hospital: section 86 of the same Act.
    Section86,
    /// A series of short breaks.
    ShortBreak,
    /// Living at home with no such route.
    None,
    /// The list does not say.
    #[default]
    Unknown,
}

impl LegalRoute {
    /// Every route.
    pub const ALL: [Self; 6] = [
        Self::InCare,
        Self::Section85,
        Self::Section86,
        Self::ShortBreak,
        Self::None,
        Self::Unknown,
    ];

    /// `in_care`, `s85`, `s86`, `short_break`, `none` or `unknown`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InCare => "in_care",
            Self::Section85 => "s85",
            Self::Section86 => "s86",
            Self::ShortBreak => "short_break",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }

    /// The route in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::InCare => "Looked after",
            Self::Section85 => "Section 85",
            Self::Section86 => "Section 86",
            Self::ShortBreak => "Short breaks",
            Self::None => "No legal route",
            Self::Unknown => "Route not known",
        }
    }

    /// The route with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|route| route.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_leads_back_to_its_value() {
        for need in Need::ALL {
            assert_eq!(Need::from_code(need.code()), Some(need));
        }
        for placement in Placement::ALL {
            assert_eq!(Placement::from_code(placement.code()), Some(placement));
        }
        for route in LegalRoute::ALL {
            assert_eq!(LegalRoute::from_code(route.code()), Some(route));
        }
        for known in [Known::Yes, Known::No, Known::Unknown] {
            assert_eq!(Known::from_code(known.code()), Some(known));
        }
    }

    #[test]
    fn what_is_not_said_is_unknown_and_not_no() {
        assert_eq!(Known::default(), Known::Unknown);
    }
}
