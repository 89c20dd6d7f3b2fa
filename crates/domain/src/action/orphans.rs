//! Open actions that nobody sees to, and those whose finding is no more.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Action;
use crate::id::FindingId;
use crate::person::Person;

/// Days after which an action that nobody owns is listed: long enough to find somebody, and short
/// enough that half of the usual time to act is still left.
pub const DAYS_WITHOUT_OWNER: i32 = 14;

/// Why an action is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Nobody has owned it for [`DAYS_WITHOUT_OWNER`] days.
    NoOwner,
    /// Its owner has no role here today: they have left, or do other work.
    OwnerHasLeft,
    /// A second reading has settled that the standard is met, or does not apply.
    Withdrawn,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::NoOwner, Self::OwnerHasLeft, Self::Withdrawn];
}

/// The open actions that nobody sees to, each with the first reason that holds.
pub fn orphans<'a>(
    open: &'a [Action],
    people: &[Person],
    withdrawn: &BTreeSet<FindingId>,
    today: Date,
) -> Vec<(&'a Action, Why)> {
    let why = |action: &Action| {
        let owner = action.owner.map(|id| people.iter().find(|person| person.id == id));
        let has_left =
            owner.map(|person| person.is_none_or(|person| person.roles_on(today).is_empty()));
        match has_left {
            _ if withdrawn.contains(&action.finding) => Some(Why::Withdrawn),
            None => (action.days_old(today) >= DAYS_WITHOUT_OWNER).then_some(Why::NoOwner),
            Some(has_left) => has_left.then_some(Why::OwnerHasLeft),
        }
    };
    let alone = open.iter().filter(|it| it.is_open() && it.joined_to.is_none());
    alone.filter_map(|action| why(action).map(|why| (action, why))).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::action::ActionStage;
    use crate::action::sample::{OWNER, action};
    use crate::id::PlaceId;
    use crate::person::{Grant, Role};

    #[test]
    fn an_action_is_listed_when_its_owner_or_its_finding_is_gone() {
        let until = Some(date(2026, 11, 1));
        let grant = Grant { role: Role::Worker, place: PlaceId(2), from: date(2026, 1, 1), until };
        let nia = Person { id: OWNER, name: "Nia Pell".to_owned(), grants: vec![grant] };
        let owned = [action(ActionStage::Open)];
        let nobodys = [Action { owner: None, ..action(ActionStage::Open) }];
        let none = BTreeSet::new();
        let listed = |open: &[Action], withdrawn: &BTreeSet<FindingId>, day| {
            let all = orphans(open, std::slice::from_ref(&nia), withdrawn, day);
            all.first().map(|(_, why)| *why)
        };
        let (before, after) = (date(2026, 11, 1), date(2026, 11, 2));
        assert_eq!(listed(&owned, &none, before), None);
        assert_eq!(listed(&owned, &none, after), Some(Why::OwnerHasLeft));
        assert_eq!(listed(&owned, &[FindingId(4)].into(), before), Some(Why::Withdrawn));
        // It was found on 20 October.
        assert_eq!(listed(&nobodys, &none, date(2026, 11, 2)), None);
        assert_eq!(listed(&nobodys, &none, date(2026, 11, 3)), Some(Why::NoOwner));
    }
}
