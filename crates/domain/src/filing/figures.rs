//! What filing checks found, in numbers: by team and quarter, and of the move to one system.

use std::collections::BTreeMap;

use crate::calendar::Quarter;
use crate::case_list::Reference;
use crate::place::Whereabouts;

/// The items that the checks of one team's records looked at in one quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemCounts {
    /// Items looked at.
    pub items: u32,
    /// Of them, not on the record though they were due: the backlog.
    pub missing: u32,
    /// Of them, in the wrong place.
    pub misfiled: u32,
    /// Of them, on another child's record.
    pub another_record: u32,
    /// Items of which it is known whether they were entered in time.
    pub timed: u32,
    /// Of those, entered late.
    pub late: u32,
    /// Items whose day of entry is known.
    pub dated: u32,
    /// Of those, entered at a weekend or on a bank holiday.
    pub weekend: u32,
    /// Items entered on a working day whose time of entry is known.
    pub clocked: u32,
    /// Of those, entered in the evening or early morning.
    pub evening: u32,
}

impl ItemCounts {
    /// Items that were entered at all, wherever they are.
    pub fn entered(&self) -> u32 {
        self.items.saturating_sub(self.missing)
    }

    /// The items of both.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            items: self.items + other.items,
            missing: self.missing + other.missing,
            misfiled: self.misfiled + other.misfiled,
            another_record: self.another_record + other.another_record,
            timed: self.timed + other.timed,
            late: self.late + other.late,
            dated: self.dated + other.dated,
            weekend: self.weekend + other.weekend,
            clocked: self.clocked + other.clocked,
            evening: self.evening + other.evening,
        }
    }
}

/// One team's items in one quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamItems {
    /// The quarter of the checks.
    pub quarter: Quarter,
    /// The team's name; none where it is not one that we know.
    pub team: Option<String>,
    /// The team and everything around it.
    pub whereabouts: Whereabouts,
    /// Records checked.
    pub records: u32,
    /// The items.
    pub counts: ItemCounts,
}

/// How long one record had been without a new entry when it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordAge {
    /// Its reference.
    pub reference: Reference,
    /// The team's name; none where it is not one that we know.
    pub team: Option<String>,
    /// The team and everything around it.
    pub whereabouts: Whereabouts,
    /// Days from its newest entry to the check; none where nobody said.
    pub days: Option<u32>,
}

/// How long the records of one team had been without a new entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamAge {
    /// The team's name; none where it is not one that we know.
    pub team: Option<String>,
    /// Records checked.
    pub records: u32,
    /// Of them, those of which it is known.
    pub known: u32,
    /// Days that half of those do not exceed.
    pub median: Option<u32>,
    /// The most days of any.
    pub longest: Option<u32>,
}

/// How long the records of each team had been without a new entry, by the team's name.
pub fn by_team(ages: &[RecordAge]) -> Vec<TeamAge> {
    let mut teams: BTreeMap<Option<&str>, Vec<Option<u32>>> = BTreeMap::new();
    for age in ages {
        teams.entry(age.team.as_deref()).or_default().push(age.days);
    }
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    teams
        .into_iter()
        .map(|(team, days)| {
            let mut known: Vec<u32> = days.iter().copied().flatten().collect();
            known.sort_unstable();
            TeamAge {
                team: team.map(str::to_owned),
                records: count(days.len()),
                known: count(known.len()),
                median: known.get(known.len().saturating_sub(1) / 2).copied(),
                longest: known.last().copied(),
            }
        })
        .collect()
}

/// How far the records of one service have come to one system, by the checks of one quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperCounts {
    /// The quarter of the checks.
    pub quarter: Quarter,
    /// The service's name; none where it is not known.
    pub service: Option<String>,
    /// The service and everything around it.
    pub whereabouts: Whereabouts,
    /// Records checked.
    pub records: u32,
    /// Of them, with paper.
    pub paper: u32,
    /// Of them, without paper.
    pub no_paper: u32,
    /// Of those with paper, mentioned in the electronic record.
    pub mentioned: u32,
    /// Of those with paper, not mentioned in it.
    pub not_mentioned: u32,
    /// Of those with paper, agreeing with the electronic record.
    pub agreeing: u32,
    /// Of those with paper, not agreeing.
    pub differing: u32,
}

impl PaperCounts {
    /// Records of which nobody could say whether there is paper.
    pub fn unknown(&self) -> u32 {
        self.records.saturating_sub(self.paper.saturating_add(self.no_paper))
    }

    /// Records with paper of which nobody could say whether it agrees.
    pub fn not_told(&self) -> u32 {
        self.paper.saturating_sub(self.agreeing.saturating_add(self.differing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(team: &str, days: Option<u32>) -> RecordAge {
        let reference = Reference::new("R-1").unwrap();
        RecordAge {
            reference,
            team: Some(team.to_owned()),
            whereabouts: Whereabouts::default(),
            days,
        }
    }

    #[test]
    fn half_of_a_teams_records_are_no_older_than_its_median_and_unknown_is_left_out() {
        let ages = [
            age("North", Some(3)),
            age("North", Some(90)),
            age("North", None),
            age("North", Some(10)),
            age("South", None),
        ];
        let teams = by_team(&ages);
        let shown: Vec<_> =
            teams.iter().map(|it| (it.records, it.known, it.median, it.longest)).collect();
        assert_eq!(shown, [(4, 3, Some(10), Some(90)), (1, 0, None, None)]);
        let two = by_team(&[age("North", Some(4)), age("North", Some(8))]);
        assert_eq!(two.first().and_then(|it| it.median), Some(4));
    }
}
