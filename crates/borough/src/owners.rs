//! Who is to put things right, who sees whether they did, and who reads an audit once it is there.

use jiff::civil::Date;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::id::{PersonId, PlaceId};

use crate::agenda::{Agenda, Event};
use crate::cast::CastMember;
use crate::luck::Luck;
use crate::people::SERVICE_MANAGERS;
use crate::places::Places;
use crate::rounds::{after, moment, working};

/// The people whom findings are given to.
#[derive(Debug)]
pub struct Owners {
    /// The quality lead.
    pub lead: PersonId,
    /// Whoever closes what a service manager has acknowledged.
    pub senior: PersonId,
    managers: Vec<(PlaceId, PersonId)>,
}

impl Owners {
    /// The quality lead, a senior manager, and the manager of each service.
    pub fn new(
        people: &[CastMember],
        places: &Places,
        (lead, senior): (PersonId, PersonId),
    ) -> Self {
        let managers = SERVICE_MANAGERS.iter().filter_map(|(part, name)| {
            let person = people.iter().find(|person| person.name == *name)?;
            Some((places.id(*part), person.id))
        });
        Self { lead, senior, managers: managers.collect() }
    }

    /// The manager of the record's service.
    pub fn manager(&self, audit: &Audit) -> Option<PersonId> {
        let around = |place: &PlaceId| audit.whereabouts.is_within(*place);
        self.managers.iter().find(|(place, _)| around(place)).map(|(_, manager)| *manager)
    }

    /// Whoever holds the record, where they sign in, or the manager; now and then nobody yet.
    pub fn of(&self, audit: &Audit, luck: &mut Luck) -> Option<PersonId> {
        if luck.percent(5) {
            return None;
        }
        audit.holder.filter(|_| luck.percent(65)).or_else(|| self.manager(audit))
    }

    /// Somebody other than the owner: the manager, or the quality lead for a manager's own.
    pub fn verifier(&self, audit: &Audit, owner: PersonId) -> PersonId {
        self.manager(audit).filter(|manager| *manager != owner).unwrap_or(self.lead)
    }

    /// Once it is submitted, the manager and the holder read it.
    pub fn read(&self, desk: usize, audit: &Audit, submitted: Date, agenda: &mut Agenda) {
        let mut luck = Luck::of(&format!("read {desk}"));
        for who in self.manager(audit).into_iter().chain(audit.holder) {
            if luck.percent(60) {
                let day = working(after(submitted, luck.between(1, 6)));
                let at = moment(day, luck.between(8 * 60 + 30, 17 * 60 + 30));
                let page = format!("/audits/{}", audit.id);
                agenda.add(at, Event::Look { who, record: audit.record, page });
            }
        }
    }
}
