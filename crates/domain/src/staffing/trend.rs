//! Records, staff and records per worker, period by period, and the staff that a guide would take.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Staff;
use super::history::{PlaceHistory, Reading, Standing};
use super::hundredths::Hundredths;
use super::period::{Basis, Period};
use super::protocol::{Protocol, in_force};
use crate::id::PlaceId;

/// The open records of one team in one period: how many at least, and how many at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Open {
    /// Records that were open.
    pub least: u32,
    /// Those, and the ones of which it is not known.
    pub most: u32,
}

impl Open {
    /// A number that is known.
    pub const fn exactly(number: u32) -> Self {
        Self { least: number, most: number }
    }

    /// The number, where it is known.
    pub fn known(self) -> Option<u32> {
        (self.least == self.most).then_some(self.least)
    }

    fn plus(self, other: Self) -> Self {
        Self { least: self.least + other.least, most: self.most + other.most }
    }
}

/// What lists tell of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The period.
    pub period: Period,
    /// What its records are counted on.
    pub basis: Basis,
    /// Open records by team; none for a team that nobody knows.
    pub open: Vec<(Option<PlaceId>, Open)>,
}

impl Point {
    /// The day as at which it is counted.
    pub fn day(&self) -> Date {
        match self.basis {
            Basis::List { as_at, .. } => as_at,
            Basis::Dates { .. } | Basis::Unknown => self.period.last,
        }
    }
}

/// Everything that a trend is told from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrendFacts {
    /// What lists tell, period by period.
    pub points: Vec<Point>,
    /// The staff of teams, as was last said of each month.
    pub staff: Vec<Staff>,
    /// What the teams were and are.
    pub history: PlaceHistory,
    /// Every allocation protocol, for its guide.
    pub protocols: Vec<Protocol>,
}

/// One period of a trend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendRow {
    /// The period.
    pub period: Period,
    /// The day as at which it is counted.
    pub day: Date,
    /// What its records are counted on.
    pub basis: Basis,
    /// Open records; none where nothing tells of them, or where there was no team.
    pub open: Option<Open>,
    /// Of them, those whose team nobody knows: they have no staff to be divided by.
    pub without_team: u32,
    /// Teams of which staff are given, and all teams that have records or staff.
    pub teams: (usize, usize),
    /// Full-time equivalents, where they are given for every team.
    pub full_time: Option<Hundredths>,
    /// Records for each full-time equivalent, where both are known.
    pub per_worker: Option<Hundredths>,
    /// Records for each full-time equivalent by the guide of that day.
    pub guide: Option<Hundredths>,
    /// The full-time equivalents that the guide would take for these records.
    pub implied: Option<Hundredths>,
}

/// Which teams a trend is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of them, and the records whose team nobody knows.
    All,
    /// Those of one service, by its name.
    Service(String),
    /// One team, by its name.
    Team(String),
}

impl TrendFacts {
    fn standing(&self, team: Option<PlaceId>, day: Date, reading: Reading) -> Option<Standing> {
        self.history.standing(team?, day, reading)
    }

    /// Every service and team that has records or staff in some period, by name.
    pub fn standings(&self, reading: Reading) -> BTreeSet<Standing> {
        let of = |point: &Point| {
            let teams: Vec<Option<PlaceId>> = self.teams(point).into_keys().collect();
            teams
                .into_iter()
                .filter_map(|team| self.standing(team, point.day(), reading))
                .collect::<Vec<_>>()
        };
        self.points.iter().flat_map(of).collect()
    }

    /// The teams of a point with their records and staff.
    fn teams(&self, point: &Point) -> BTreeMap<Option<PlaceId>, (Open, Option<Hundredths>)> {
        let mut teams: BTreeMap<_, (Open, Option<Hundredths>)> = BTreeMap::new();
        for (team, open) in &point.open {
            let entry = teams.entry(*team).or_default();
            entry.0 = entry.0.plus(*open);
        }
        let month = point.day().first_of_month();
        for staff in self.staff.iter().filter(|it| it.month == month) {
            if let Some(full_time) = staff.full_time {
                teams.entry(Some(staff.team)).or_default().1 = Some(full_time);
            }
        }
        teams
    }

    /// The trend of some teams.
    pub fn rows(&self, scope: &Scope, reading: Reading) -> Vec<TrendRow> {
        self.points.iter().map(|point| self.row(point, scope, reading)).collect()
    }

    fn row(&self, point: &Point, scope: &Scope, reading: Reading) -> TrendRow {
        let day = point.day();
        let mut sum = Open::default();
        let mut in_teams = Open::default();
        let (mut known, mut all, mut full_time) = (0, 0, Hundredths::default());
        for (team, (open, staff)) in self.teams(point) {
            let standing = self.standing(team, day, reading);
            let is_in = match scope {
                Scope::All => true,
                Scope::Service(name) => {
                    standing.as_ref().and_then(|it| it.service.as_ref()) == Some(name)
                }
                Scope::Team(name) => standing.as_ref().is_some_and(|it| it.team == *name),
            };
            if !is_in {
                continue;
            }
            sum = sum.plus(open);
            if team.is_none() {
                continue;
            }
            in_teams = in_teams.plus(open);
            all += 1;
            if let Some(staff) = staff {
                known += 1;
                full_time = full_time.plus(staff);
            }
        }
        // A service without a team then or now has no records that could be few: there is none.
        let is_there = all > 0 || *scope == Scope::All;
        let is_told = is_there && point.basis != Basis::Unknown;
        let full_time = (all > 0 && known == all).then_some(full_time);
        let records = in_teams.known().filter(|_| is_told);
        let held = in_force(&self.protocols, day);
        let guide = held.map(|protocol| protocol.records_per_worker);
        TrendRow {
            period: point.period,
            day,
            basis: point.basis,
            open: is_told.then_some(sum),
            without_team: sum.most - in_teams.most,
            teams: (known, all),
            full_time,
            per_worker: full_time.zip(records).and_then(|(staff, records)| staff.divide(records)),
            guide,
            implied: guide
                .zip(sum.known().filter(|_| is_told))
                .and_then(|(guide, records)| guide.divide(records)),
        }
    }
}

#[cfg(test)]
mod tests;
