//! Grants that come from the groups of the council's own identity provider, and who may come in by it.

use crate::id::{PersonId, PlaceId};
use crate::person::Role;
use crate::refusal::Refusal;

/// What the members of one group hold here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRule {
    /// The group, by the name or number that the identity provider gives it.
    pub group: String,
    /// The role that its members hold.
    pub role: Role,
    /// Over which place.
    pub place: PlaceId,
}

/// A grant that an earlier sign-in took from a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FromGroup {
    /// The grant, by the number that it is kept under.
    pub grant: i64,
    /// The role.
    pub role: Role,
    /// The place.
    pub place: PlaceId,
}

/// What becomes of a person's grants at a sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regrouped {
    /// These begin today.
    pub begin: Vec<(Role, PlaceId)>,
    /// These hold no more from today on.
    pub end: Vec<FromGroup>,
}

/// What somebody in these groups holds, each role over a place once.
pub fn held_by(rules: &[GroupRule], groups: &[String]) -> Vec<(Role, PlaceId)> {
    let mut held: Vec<(Role, PlaceId)> = rules
        .iter()
        .filter(|rule| groups.contains(&rule.group))
        .map(|rule| (rule.role, rule.place))
        .collect();
    held.sort_unstable();
    held.dedup();
    held
}

/// Compares what groups give today with what they gave before. What somebody granted by hand is not
/// in either list, and stays as it is.
pub fn regroup(today: &[(Role, PlaceId)], before: &[FromGroup]) -> Regrouped {
    let had = |role, place| before.iter().any(|it| it.role == role && it.place == place);
    let has = |it: &FromGroup| today.contains(&(it.role, it.place));
    Regrouped {
        begin: today.iter().copied().filter(|(role, place)| !had(*role, *place)).collect(),
        end: before.iter().copied().filter(|it| !has(it)).collect(),
    }
}

/// Who is known here of somebody whom the identity provider has signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// This account of the provider is bound to this person.
    Bound(PersonId),
    /// Nobody is bound to the account, and this person signs in with the address that it has.
    ByEmail {
        /// Who.
        person: PersonId,
        /// True where another account of the same provider is bound to them.
        has_another: bool,
    },
    /// Nobody here has this address.
    Nobody,
}

/// As whom somebody comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admitted {
    /// As the person whom the account is bound to.
    As(PersonId),
    /// As this person, to whom the account is bound from now on.
    BoundTo(PersonId),
    /// As somebody new.
    New,
}

/// Decides as whom somebody comes in whom the identity provider has signed in.
///
/// # Errors
/// Refuses an account without an address that the provider has confirmed, one whose address belongs
/// to somebody with another account, and a stranger whose groups give them nothing.
pub fn admit(known: Known, has_address: bool, has_groups: bool) -> Result<Admitted, Refusal> {
    match known {
        Known::Bound(person) => Ok(Admitted::As(person)),
        _ if !has_address => Err(Refusal::because(
            "Your council’s sign-in did not give a confirmed email address for you. Ask its administrator to confirm yours, then try again.",
        )),
        Known::ByEmail { has_another: true, .. } => Err(Refusal::because(
            "Your email address belongs to another account of your council’s sign-in here. Ask your Quarterlight administrator which of the two is yours.",
        )),
        Known::ByEmail { person, .. } => Ok(Admitted::BoundTo(person)),
        Known::Nobody if has_groups => Ok(Admitted::New),
        Known::Nobody => Err(nothing_held()),
    }
}

/// Why somebody who holds nothing is not let in.
pub fn nothing_held() -> Refusal {
    Refusal::because(
        "Your council knows you, and none of your groups may use Quarterlight. Ask your Quarterlight administrator which group you should be in.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(group: &str, role: Role, place: i64) -> GroupRule {
        GroupRule { group: group.to_owned(), role, place: PlaceId(place) }
    }

    #[test]
    fn a_group_that_is_left_takes_its_grant_along_and_no_other() {
        let rules = [
            rule("auditors", Role::Auditor, 1),
            rule("auditors-too", Role::Auditor, 1),
            rule("disability", Role::ServiceManager, 2),
        ];
        let groups = ["auditors", "auditors-too", "golf"].map(str::to_owned);
        let today = held_by(&rules, &groups);
        assert_eq!(today, [(Role::Auditor, PlaceId(1))], "two groups give one grant");
        let manager = FromGroup { grant: 8, role: Role::ServiceManager, place: PlaceId(2) };
        let auditor = FromGroup { grant: 7, role: Role::Auditor, place: PlaceId(1) };
        assert_eq!(
            regroup(&today, &[manager]),
            Regrouped { begin: vec![(Role::Auditor, PlaceId(1))], end: vec![manager] }
        );
        assert_eq!(regroup(&today, &[auditor]), Regrouped::default());
        assert_eq!(regroup(&[], &[auditor]).end, [auditor]);
    }

    #[test]
    fn a_name_of_a_group_is_compared_whole() {
        let rules = [rule("audit", Role::Administrator, 1)];
        let near = ["Audit", "audit ", "audit-readers", ""].map(str::to_owned);
        assert_eq!(held_by(&rules, &near), []);
    }

    #[test]
    fn nobody_comes_in_as_somebody_else() {
        let person = PersonId(4);
        assert_eq!(admit(Known::Bound(person), false, false), Ok(Admitted::As(person)));
        let by_email = |has_another| Known::ByEmail { person, has_another };
        assert_eq!(admit(by_email(false), true, false), Ok(Admitted::BoundTo(person)));
        assert!(admit(by_email(false), false, true).is_err(), "the address is not confirmed");
        assert!(admit(by_email(true), true, true).is_err(), "somebody else's account");
        assert_eq!(admit(Known::Nobody, true, true), Ok(Admitted::New));
        assert!(admit(Known::Nobody, false, true).is_err());
        assert_eq!(admit(Known::Nobody, true, false), Err(nothing_held()));
    }
}
