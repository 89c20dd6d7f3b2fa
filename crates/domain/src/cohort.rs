//! Children with something in common, so that it can be seen whether anybody audits their records.

use crate::case_list::CaseLine;
use crate::need::{Known, Need, Placement};

/// What coverage counts by. A record stands in one cohort only: the first, in this order, that fits.
///
/// The order puts first the children about whom a committee once asked *who audits these?* and
/// nobody knew; so none of them can disappear into a larger cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cohort {
    /// Disabled, and placed outside the authority's area.
    DisabledPlacedOut,
    /// Placed, and the case list leaves open whether the child is disabled, or where.
    PlacedUnknown,
    /// Unaccompanied, or a care leaver who was.
    Unaccompanied,
    /// Disabled, at home or placed in the area.
    DisabledInArea,
    /// On a child protection plan.
    ChildProtection,
    /// Looked after.
    InCare,
    /// A care leaver.
    CareLeaver,
    /// A child in need.
    ChildInNeed,
}

impl Cohort {
    /// Every cohort, in the order in which a record finds its own.
    pub const ALL: [Self; 8] = [
        Self::DisabledPlacedOut,
        Self::PlacedUnknown,
        Self::Unaccompanied,
        Self::DisabledInArea,
        Self::ChildProtection,
        Self::InCare,
        Self::CareLeaver,
        Self::ChildInNeed,
    ];

    /// The cohort that this record stands in.
    pub fn of(line: &CaseLine) -> Self {
        let out = line.placement == Placement::OutOfArea;
        let somewhere = line.placement == Placement::Unknown;
        match line.disabled {
            Known::Yes if out => Self::DisabledPlacedOut,
            Known::Yes | Known::Unknown if somewhere => Self::PlacedUnknown,
            Known::Unknown if out => Self::PlacedUnknown,
            _ if line.unaccompanied == Known::Yes => Self::Unaccompanied,
            Known::Yes => Self::DisabledInArea,
            _ if line.needs.contains(&Need::ChildProtection) => Self::ChildProtection,
            _ if line.needs.contains(&Need::InCare) => Self::InCare,
            _ if line.needs.contains(&Need::CareLeaver) => Self::CareLeaver,
            _ => Self::ChildInNeed,
        }
    }

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DisabledPlacedOut => "disabled-placed-out",
            Self::PlacedUnknown => "placed-unknown",
            Self::Unaccompanied => "unaccompanied",
            Self::DisabledInArea => "disabled-in-area",
            Self::ChildProtection => "child-protection",
            Self::InCare => "in-care",
            Self::CareLeaver => "care-leaver",
            Self::ChildInNeed => "child-in-need",
        }
    }

    /// The cohort in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::DisabledPlacedOut => "Disabled children placed out of area",
            Self::PlacedUnknown => "Placed children, not known if disabled or if out of area",
            Self::Unaccompanied => "Unaccompanied children and former unaccompanied care leavers",
            Self::DisabledInArea => "Disabled children at home or placed in area",
            Self::ChildProtection => "Children on protection plans",
            Self::InCare => "Children in care",
            Self::CareLeaver => "Care leavers",
            Self::ChildInNeed => "Children in need",
        }
    }

    /// The cohort with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cohort| cohort.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::case_list::Reference;
    use crate::history::History;
    use crate::need::LegalRoute;

    fn line(disabled: Known, placement: Placement, unaccompanied: Known, need: Need) -> CaseLine {
        CaseLine {
            reference: Reference::new("1").unwrap(),
            needs: [need].into(),
            assessment_open: false,
            disabled,
            unaccompanied,
            placement,
            route: LegalRoute::Unknown,
            worker: None,
            team: None,
            dates: BTreeMap::new(),
            history: History::default(),
        }
    }

    #[test]
    fn a_disabled_child_placed_out_is_never_in_another_cohort() {
        for unaccompanied in [Known::Yes, Known::No, Known::Unknown] {
            for need in Need::ALL {
                let line = line(Known::Yes, Placement::OutOfArea, unaccompanied, need);
                assert_eq!(Cohort::of(&line), Cohort::DisabledPlacedOut);
            }
        }
    }

    #[test]
    fn what_the_list_leaves_open_is_shown_as_unknown() {
        for (disabled, placement) in [
            (Known::Unknown, Placement::OutOfArea),
            (Known::Yes, Placement::Unknown),
            (Known::Unknown, Placement::Unknown),
        ] {
            let line = line(disabled, placement, Known::No, Need::InCare);
            assert_eq!(Cohort::of(&line), Cohort::PlacedUnknown);
        }
        let at_home = line(Known::Unknown, Placement::NotPlaced, Known::No, Need::ChildInNeed);
        assert_eq!(Cohort::of(&at_home), Cohort::ChildInNeed);
    }

    #[test]
    fn every_cohort_has_its_own_code() {
        for cohort in Cohort::ALL {
            assert_eq!(Cohort::from_code(cohort.code()), Some(cohort));
        }
    }
}
