//! Which records there are: groups of records alike, and how many of each are open in each quarter.

use quarterlight_domain::need::Known::{self, No, Unknown, Yes};
use quarterlight_domain::need::LegalRoute::{self, InCare, Section85, Section86, ShortBreak};
use quarterlight_domain::need::Need::{self, CareLeaver, ChildInNeed, ChildProtection};
use quarterlight_domain::need::Placement::{self, InArea, NotPlaced, OutOfArea};

use crate::places::Part;

/// Records alike in everything that a cohort is made of.
#[derive(Debug)]
pub struct Group {
    /// The team; none for the one that nobody knows.
    pub team: Option<Part>,
    /// Why they are open.
    pub needs: &'static [Need],
    /// Are the children disabled?
    pub disabled: Known,
    /// Are they, or were they, unaccompanied?
    pub unaccompanied: Known,
    /// Where they are placed.
    pub placement: Placement,
    /// Under which law.
    pub route: LegalRoute,
    /// How many are open in each of the five quarters.
    pub open: [usize; 5],
    /// Of a hundred, how many close in a quarter.
    pub close: u32,
}

/// A group, with its team, its needs and how many are open; the rest is what most records say.
const fn group(team: Part, needs: &'static [Need], open: [usize; 5], close: u32) -> Group {
    Group {
        team: Some(team),
        needs,
        disabled: No,
        unaccompanied: No,
        placement: NotPlaced,
        route: LegalRoute::None,
        open,
        close,
    }
}

impl Group {
    const fn disabled(mut self, disabled: Known) -> Self {
        self.disabled = disabled;
        self
    }

    const fn unaccompanied(mut self) -> Self {
        self.unaccompanied = Yes;
        self
    }

    const fn placed(mut self, placement: Placement, route: LegalRoute) -> Self {
        self.placement = placement;
        self.route = route;
        self
    }

    const fn of_the_unknown_team(mut self) -> Self {
        self.team = None;
        self
    }
}

const NEED: &[Need] = &[ChildInNeed];
const PROTECTION: &[Need] = &[ChildInNeed, ChildProtection];
const CARE: &[Need] = &[Need::InCare];
const LEAVER: &[Need] = &[CareLeaver];

/// Every group. Unaccompanied children become fewer, and the disabled children who are placed out of
/// area stay, quarter after quarter, in two services of which one audits them and the other does not.
pub static GROUPS: [Group; 28] = [
    group(Part::Assessment, NEED, [38, 42, 36, 40, 44], 45),
    group(Part::Assessment, NEED, [6, 5, 7, 6, 5], 45).disabled(Unknown),
    group(Part::SafeguardingNorth, PROTECTION, [24, 25, 27, 26, 28], 16),
    group(Part::SafeguardingNorth, NEED, [19, 18, 20, 19, 17], 22),
    group(Part::SafeguardingNorth, NEED, [3, 4, 3, 4, 4], 22).disabled(Unknown),
    group(Part::SafeguardingSouth, PROTECTION, [22, 21, 22, 24, 23], 16),
    group(Part::SafeguardingSouth, NEED, [20, 22, 21, 20, 21], 22),
    group(Part::SafeguardingSouth, NEED, [5, 5, 6, 6, 6], 6).disabled(Yes),
    group(Part::CareTeam, CARE, [34, 34, 33, 35, 34], 8).placed(InArea, InCare),
    group(Part::CareTeam, CARE, [13, 14, 14, 15, 16], 8).placed(OutOfArea, InCare),
    group(Part::CareTeam, CARE, [7, 7, 7, 8, 8], 3).disabled(Yes).placed(OutOfArea, InCare),
    group(Part::CareTeam, CARE, [5, 5, 6, 6, 6], 4).disabled(Yes).placed(InArea, InCare),
    group(Part::CareTeam, CARE, [3, 3, 4, 4, 4], 4).disabled(Unknown).placed(OutOfArea, InCare),
    group(Part::CareTeam, CARE, [2, 2, 2, 2, 2], 4)
        .disabled(Yes)
        .placed(Placement::Unknown, InCare),
    group(Part::Unaccompanied, CARE, [20, 17, 14, 11, 9], 10)
        .unaccompanied()
        .placed(InArea, InCare),
    group(Part::Unaccompanied, CARE, [8, 7, 6, 5, 4], 8).unaccompanied().placed(OutOfArea, InCare),
    group(Part::Unaccompanied, LEAVER, [11, 11, 10, 9, 9], 8).unaccompanied(),
    group(Part::LeavingCare, LEAVER, [34, 35, 36, 36, 38], 7),
    group(Part::LeavingCare, LEAVER, [3, 3, 3, 4, 4], 7).disabled(Unknown),
    group(Part::DisabledChildren, NEED, [15, 16, 15, 16, 17], 8)
        .disabled(Yes)
        .placed(NotPlaced, ShortBreak),
    group(Part::DisabledChildren, NEED, [9, 9, 10, 10, 10], 8).disabled(Yes),
    group(Part::DisabledChildren, CARE, [5, 5, 5, 6, 6], 0).disabled(Yes).placed(OutOfArea, InCare),
    group(Part::DisabledChildren, NEED, [2, 2, 2, 2, 2], 0)
        .disabled(Yes)
        .placed(OutOfArea, Section85),
    group(Part::DisabledChildren, NEED, [1, 1, 2, 2, 2], 0)
        .disabled(Yes)
        .placed(OutOfArea, Section86),
    group(Part::DisabledChildren, NEED, [3, 3, 3, 3, 3], 0)
        .disabled(Yes)
        .placed(Placement::Unknown, LegalRoute::Unknown),
    group(Part::Transitions, LEAVER, [8, 8, 7, 8, 8], 6).disabled(Yes),
    group(Part::Transitions, LEAVER, [2, 2, 3, 3, 3], 0)
        .disabled(Yes)
        .placed(OutOfArea, LegalRoute::Unknown),
    group(Part::Transitions, NEED, [4, 4, 4, 5, 5], 10).disabled(Unknown).of_the_unknown_team(),
];
