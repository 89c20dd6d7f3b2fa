//! What became of the parts of the authority: renamed, moved or merged, so that a past is not lost.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::id::PlaceId;
use crate::place::{Place, PlaceKind};
use crate::refusal::Refusal;
use crate::text::Reason;

/// What happened to a place on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// It has another name since.
    Renamed {
        /// What it was called until then.
        before: String,
        /// What it has been called since.
        after: String,
    },
    /// A team has belonged to another service since.
    Moved {
        /// The service until then, by the name it had: there may be no such service any more.
        before: String,
        /// The service since.
        into: PlaceId,
    },
    /// A team has been part of another team since.
    Merged {
        /// The other team.
        into: PlaceId,
    },
}

impl Happened {
    /// `renamed`, `moved` or `merged`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Renamed { .. } => "renamed",
            Self::Moved { .. } => "moved",
            Self::Merged { .. } => "merged",
        }
    }
}

/// Something that happened to a place. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceEvent {
    /// The place.
    pub place: PlaceId,
    /// The first day on which it is so.
    pub from: Date,
    /// What happened.
    pub happened: Happened,
    /// Why.
    pub why: Reason,
}

/// Whether a team's past is counted under what the team was then, or under what it is now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reading {
    /// As it was then.
    Then,
    /// As it is now.
    #[default]
    Now,
}

impl Reading {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Now, Self::Then];

    /// `now` or `then`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Then => "then",
            Self::Now => "now",
        }
    }

    /// The reading with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reading| reading.code() == code)
    }

    /// What the reader is told.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Then => "Each team is counted under the name and the service that it had then.",
            Self::Now => {
                "Each team’s past is counted under the name and the service that it has now."
            }
        }
    }
}

/// What a team is counted under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// The service, by name; none where the team belongs to none that is known.
    pub service: Option<String>,
    /// The team, by name.
    pub team: String,
}

/// The places as they are now, and everything that happened to them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceHistory {
    /// The places as they are now.
    pub places: Vec<Place>,
    /// What happened, in any order.
    pub events: Vec<PlaceEvent>,
}

impl PlaceHistory {
    fn place(&self, id: PlaceId) -> Option<&Place> {
        self.places.iter().find(|place| place.id == id)
    }

    /// What happened to a place, the latest first.
    pub fn of(&self, id: PlaceId) -> Vec<&PlaceEvent> {
        let mut events: Vec<&PlaceEvent> =
            self.events.iter().filter(|event| event.place == id).collect();
        events.sort_by_key(|event| std::cmp::Reverse(event.from));
        events
    }

    /// What the place was called on a day.
    pub fn name_on(&self, id: PlaceId, day: Date) -> Option<String> {
        let later = self.of(id).into_iter().filter(|event| event.from > day);
        let mut before = later.filter_map(|event| match &event.happened {
            Happened::Renamed { before, .. } => Some(before.clone()),
            _ => None,
        });
        before.next_back().or_else(|| self.place(id).map(|place| place.name.clone()))
    }

    /// The service that a team belonged to on a day, by the name that it had then.
    fn service_on(&self, team: PlaceId, day: Date) -> Option<String> {
        let later = self.of(team).into_iter().filter(|event| event.from > day);
        let mut before = later.filter_map(|event| match &event.happened {
            Happened::Moved { before, .. } => Some(before.clone()),
            _ => None,
        });
        let now = || {
            let parent = self.place(self.place(team)?.parent?)?;
            (parent.kind == PlaceKind::Service).then(|| self.name_on(parent.id, day))?
        };
        before.next_back().or_else(now)
    }

    /// The team that a team is part of by a day: itself, unless it was merged.
    fn merged_by(&self, team: PlaceId, day: Date) -> PlaceId {
        let (mut team, mut seen) = (team, BTreeSet::new());
        while seen.insert(team) {
            let into = self.of(team).into_iter().find_map(|event| match event.happened {
                Happened::Merged { into } if event.from <= day => Some(into),
                _ => None,
            });
            match into {
                Some(into) => team = into,
                None => break,
            }
        }
        team
    }

    /// What a team of a past day is counted under.
    pub fn standing(&self, team: PlaceId, day: Date, reading: Reading) -> Option<Standing> {
        let on = match reading {
            Reading::Then => day,
            Reading::Now => Date::MAX,
        };
        let team = self.merged_by(team, on);
        Some(Standing { service: self.service_on(team, on), team: self.name_on(team, on)? })
    }

    /// Whether this can have happened, as far as is known today.
    ///
    /// # Errors
    /// Refuses what has not happened yet, what happened to a place that is merged, a place that
    /// would become part of itself, and a name that another place of its kind has.
    pub fn check(&self, event: &PlaceEvent, today: Date) -> Result<(), Refusal> {
        let refuse = |sentence: &str| Err(Refusal::because(sentence));
        let Some(place) = self.place(event.place) else {
            return refuse("Choose a place that there is.");
        };
        if event.from > today {
            return refuse("Record this on the day from which it holds, or afterwards.");
        }
        if self.of(place.id).iter().any(|it| it.from >= event.from) {
            return refuse(
                "Give a later day: something that is known of this place happened on that day or after it.",
            );
        }
        if self.of(place.id).iter().any(|it| matches!(it.happened, Happened::Merged { .. })) {
            return refuse("This team is part of another team. Record it of that one.");
        }
        let is = |id: PlaceId, kind| self.place(id).is_some_and(|place| place.kind == kind);
        let fits = |name: &str| {
            let length = name.trim().chars().count();
            (1..=100).contains(&length)
        };
        match &event.happened {
            Happened::Renamed { before, after } => {
                if !fits(before) || !fits(after) || before.trim() == after.trim() {
                    return refuse("Give both names, in 100 characters each at most.");
                }
                let same = |it: &&Place| it.kind == place.kind && it.id != place.id;
                if self.places.iter().filter(same).any(|it| it.name == after.trim()) {
                    return refuse("Another place of this kind has that name.");
                }
            }
            Happened::Moved { before, into } => {
                if place.kind != PlaceKind::Team || !is(*into, PlaceKind::Service) {
                    return refuse("Choose a team, and the service that it has moved to.");
                }
                if !fits(before) {
                    return refuse("Give the service that it belonged to until then.");
                }
            }
            Happened::Merged { into } => {
                if place.kind != PlaceKind::Team || !is(*into, PlaceKind::Team) {
                    return refuse("Choose a team, and the team that it is part of.");
                }
                if self.merged_by(*into, Date::MAX) == place.id {
                    return refuse("A team cannot become part of itself.");
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
