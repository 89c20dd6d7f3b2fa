//! What may be done with the committee's register, and by whom.

use jiff::civil::Date;

use crate::person::{Person, Role};
use crate::register::Item;

/// Something about the register that a person asks to do.
#[derive(Debug, Clone, Copy)]
pub enum RegisterDeed<'a> {
    /// Read what was asked, resolved and promised, and what became of it.
    See,
    /// Enter meetings and items, note what the committee said, give more time and another owner.
    Keep,
    /// Read one item: whoever owes the reply reads it, whatever else they may see.
    Read(&'a Item),
    /// Reply to an item. Only whoever owes the reply does.
    Reply(&'a Item),
}

impl RegisterDeed<'_> {
    /// Whether this person may do it on this day.
    pub(super) fn is_for(self, person: &Person, day: Date) -> bool {
        let any = |roles: &[Role]| roles.iter().any(|role| person.is(*role, day));
        match self {
            Self::See => any(&[
                Role::ServiceManager,
                Role::QualityLead,
                Role::SeniorManager,
                Role::AuditServices,
                Role::Clerk,
                Role::Member,
            ]),
            Self::Keep => any(&[Role::Clerk]),
            Self::Read(item) => Self::See.is_for(person, day) || owes(person, item, day),
            Self::Reply(item) => owes(person, item, day),
        }
    }
}

fn owes(person: &Person, item: &Item, day: Date) -> bool {
    item.owner().0 == person.id && !person.roles_on(day).is_empty()
}
