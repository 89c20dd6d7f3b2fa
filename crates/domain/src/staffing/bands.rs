//! How many workers of a team carry how much, by a guide: numbers of workers, and never who they are.

use std::collections::BTreeMap;

use super::hundredths::Hundredths;
use super::protocol::Protocol;
use crate::allocation::Experience;

/// How a weighted caseload stands to its guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Up to the guide.
    Within,
    /// Over the guide by a quarter at most.
    Over,
    /// Over the guide by more than a quarter.
    FarOver,
    /// Their experience is not known, or nothing is advised for it.
    NoGuide,
}

impl Band {
    /// Every band, in order.
    pub const ALL: [Self; 4] = [Self::Within, Self::Over, Self::FarOver, Self::NoGuide];

    /// The band in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Within => "Within the guide",
            Self::Over => "Up to a quarter over",
            Self::FarOver => "More than a quarter over",
            Self::NoGuide => "No guide to compare with",
        }
    }
}

/// Whether whoever holds a record carries more than is advised, as far as it can be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Load {
    /// No: up to the guide, or nothing is advised for workers like them.
    #[default]
    NotOver,
    /// Yes.
    Over,
    /// It is not known how experienced they are, and so not which guide is theirs.
    ExperienceUnknown,
    /// It is not known how much they work: within the guide for full time, and perhaps over theirs.
    HoursUnknown,
}

/// What one worker carries. No name goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The service and team whose records they are, by name.
    pub place: (Option<String>, Option<String>),
    /// How experienced they are.
    pub experience: Experience,
    /// How much of full time they work; none where nobody has said.
    pub full_time: Option<Hundredths>,
    /// The weights of all their records together, those of other teams too.
    pub weighted: Hundredths,
}

impl Carried {
    /// How it stands to the guide. Whoever nobody has told us of is taken to work full time.
    pub fn band(&self, protocol: &Protocol) -> Band {
        let Some(guide) = protocol.caseload_of(self.experience) else { return Band::NoGuide };
        let share = self.full_time.map_or(100, |it| u64::from(it.0));
        let (guide, weighted) = (u64::from(guide.0) * share, u64::from(self.weighted.0) * 100);
        if weighted <= guide {
            Band::Within
        } else if weighted * 4 <= guide * 5 {
            Band::Over
        } else {
            Band::FarOver
        }
    }

    /// Whether they carry more than is advised. Unlike a band it takes nobody to work full time.
    pub fn load(&self, protocol: &Protocol) -> Load {
        match self.band(protocol) {
            Band::Over | Band::FarOver => Load::Over,
            Band::NoGuide if self.experience == Experience::Unknown => Load::ExperienceUnknown,
            Band::Within if self.full_time.is_none() => Load::HoursUnknown,
            Band::Within | Band::NoGuide => Load::NotOver,
        }
    }
}

/// The workers of one team, by band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamBands {
    /// The service and team, by name.
    pub place: (Option<String>, Option<String>),
    /// Workers in each band, in the order of [`Band::ALL`].
    pub workers: [u32; 4],
    /// Of them, those of whom nobody has said how much they work.
    pub taken_as_full_time: u32,
}

/// Workers by band for each team, in the order of their names and in no other.
pub fn by_team(protocol: &Protocol, carried: &[Carried]) -> Vec<TeamBands> {
    let mut teams: BTreeMap<_, ([u32; 4], u32)> = BTreeMap::new();
    for it in carried {
        let team = teams.entry(it.place.clone()).or_default();
        let band = it.band(protocol);
        for (_, count) in Band::ALL.into_iter().zip(&mut team.0).filter(|(each, _)| *each == band) {
            *count += 1;
        }
        team.1 += u32::from(it.full_time.is_none());
    }
    let line =
        |(place, (workers, taken_as_full_time))| TeamBands { place, workers, taken_as_full_time };
    teams.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use Experience::{Experienced, NewlyQualified, Unknown};

    use super::super::protocol;
    use super::*;

    fn carried(experience: Experience, full_time: Option<u32>, weighted: u32) -> Carried {
        Carried {
            place: (None, Some("North".to_owned())),
            experience,
            full_time: full_time.map(Hundredths),
            weighted: Hundredths(weighted),
        }
    }

    #[test]
    fn a_caseload_stands_to_the_guide_by_experience_and_hours() {
        let protocol = protocol::sample();
        let band = |experience, full_time, weighted| {
            carried(experience, full_time, weighted).band(&protocol)
        };
        assert_eq!(band(NewlyQualified, Some(100), 1200), Band::Within);
        assert_eq!(band(NewlyQualified, Some(100), 1500), Band::Over);
        assert_eq!(band(NewlyQualified, Some(100), 1501), Band::FarOver);
        assert_eq!(band(Experienced, Some(50), 1001), Band::Over, "half of the hours");
        assert_eq!(band(Experienced, None, 2000), Band::Within, "taken as full time");
        assert_eq!(band(Unknown, Some(100), 1), Band::NoGuide);
    }

    #[test]
    fn a_load_is_over_only_where_it_can_be_told() {
        let mut protocol = protocol::sample();
        protocol.caseload[1] = None;
        let load = |experience, full_time, weighted| {
            carried(experience, full_time, weighted).load(&protocol)
        };
        assert_eq!(load(NewlyQualified, Some(100), 1200), Load::NotOver, "exactly the guide");
        assert_eq!(load(NewlyQualified, Some(100), 1201), Load::Over);
        assert_eq!(load(NewlyQualified, Some(50), 601), Load::Over, "half of the hours");
        assert_eq!(load(NewlyQualified, None, 1201), Load::Over, "over even at full time");
        assert_eq!(load(NewlyQualified, None, 1200), Load::HoursUnknown);
        assert_eq!(load(Experience::EarlyCareer, Some(100), 9000), Load::NotOver, "no guide");
        assert_eq!(load(Unknown, Some(100), 9000), Load::ExperienceUnknown);
    }

    #[test]
    fn teams_have_numbers_of_workers_in_the_order_of_their_names() {
        let mut south = carried(Experienced, None, 9000);
        south.place.1 = Some("South".to_owned());
        let all = [south, carried(Experienced, Some(100), 100)];
        let teams = by_team(&protocol::sample(), &all);
        let names: Vec<_> = teams.iter().map(|it| it.place.1.as_deref().unwrap()).collect();
        assert_eq!(names, ["North", "South"], "and not by who carries most");
        assert_eq!(teams[1].workers, [0, 0, 1, 0]);
        assert_eq!(teams[1].taken_as_full_time, 1);
    }
}
