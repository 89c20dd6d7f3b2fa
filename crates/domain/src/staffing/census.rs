//! Staff by team from a workforce census, which knows workers by registration and knows no team.

use std::collections::BTreeMap;
use std::iter::Sum;

use jiff::civil::Date;

use super::Staff;
use super::hundredths::Hundredths;
use crate::id::PlaceId;
use crate::refusal::Refusal;

/// A share of full time in millionths, as a census writes it; added up before it is rounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Millionths(u64);

impl Millionths {
    /// The share that is written as `0.521371`; none if it is no share from 0 to 1.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let is_figures =
            |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
        if !is_figures(whole) || !is_figures(decimals) {
            return None;
        }
        let decimals: String = decimals.chars().chain("000000".chars()).take(6).collect();
        let share = whole.parse::<u64>().ok()?.checked_mul(1_000_000)?;
        let share = share.checked_add(decimals.parse().ok()?)?;
        (share <= 1_000_000).then_some(Self(share))
    }

    /// To the nearest hundredth.
    pub fn rounded(self) -> Hundredths {
        Hundredths(u32::try_from((self.0 + 5_000) / 10_000).unwrap_or(u32::MAX))
    }
}

impl Sum for Millionths {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|it| it.0).sum())
    }
}

/// Somebody who is in post on the day of a census. No name goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InPost {
    /// Their number in the register of social workers.
    pub registration: String,
    /// How much of full time they work.
    pub full_time: Millionths,
    /// True of senior and middle managers: they lead several teams and are the staff of none.
    pub leads_several: bool,
}

/// What a census says of staff.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    /// The day of which it is.
    pub day: Date,
    /// Who is in post on that day.
    pub in_post: Vec<InPost>,
    /// How many had left by then.
    pub left: u32,
}

/// The staff of teams by a census, and who is in none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByTeam {
    /// The staff of each team that is known, in the month of the census.
    pub staff: Vec<Staff>,
    /// Workers whose team nobody knows, and their full-time equivalents.
    pub without_team: (usize, Hundredths),
    /// Senior and middle managers, who lead several teams.
    pub leading: usize,
}

impl Census {
    /// The staff of teams, where lists tell in which team a registered worker is.
    ///
    /// # Errors
    /// Refuses a census of a month that has not begun, and one without a source.
    pub fn by_team(
        &self,
        team_of: &BTreeMap<String, PlaceId>,
        source: &str,
        today: Date,
    ) -> Result<ByTeam, Refusal> {
        let (leading, staff): (Vec<_>, Vec<_>) =
            self.in_post.iter().partition(|it| it.leads_several);
        let mut teams: BTreeMap<Option<PlaceId>, Vec<Millionths>> = BTreeMap::new();
        for it in staff {
            let team = team_of.get(&it.registration).copied();
            teams.entry(team).or_default().push(it.full_time);
        }
        let none = teams.remove(&None).unwrap_or_default();
        let without_team = (none.len(), none.into_iter().sum::<Millionths>().rounded());
        let one = |(team, shares): (PlaceId, Vec<Millionths>)| {
            let full_time = shares.into_iter().sum::<Millionths>().rounded();
            Staff::new(team, self.day, Some(full_time), source, today)
        };
        let known = teams.into_iter().filter_map(|(team, shares)| Some((team?, shares)));
        let staff = known.map(one).collect::<Result<Vec<_>, Refusal>>()?;
        Ok(ByTeam { staff, without_team, leading: leading.len() })
    }
}

impl ByTeam {
    /// The staff of teams, where the team of every worker is known.
    ///
    /// # Errors
    /// Refuses where it is not: a missing worker would look like fewer staff.
    pub fn complete(self) -> Result<Vec<Staff>, Refusal> {
        let (workers, full_time) = self.without_team;
        if workers > 0 {
            return Err(Refusal::because(format!(
                "Of {workers} in the census ({full_time} full-time equivalents) the team is not \
                 known: no list that was taken in has their registration together with a team that \
                 is known here. Without them teams would seem to have fewer staff. Take in a list \
                 of workers with registration and team first."
            )));
        }
        self.not_empty()
    }

    /// The staff of teams without those whose team nobody knows, which the source of each number says.
    ///
    /// # Errors
    /// Refuses a census of which nobody's team is known.
    pub fn without_unknown(mut self) -> Result<Vec<Staff>, Refusal> {
        let (workers, full_time) = self.without_team;
        if workers > 0 {
            for it in &mut self.staff {
                let left_out =
                    format!("{workers} of no known team ({full_time} full-time equivalents)");
                it.source = format!("{}; {left_out} left out", it.source);
            }
        }
        self.not_empty()
    }

    fn not_empty(self) -> Result<Vec<Staff>, Refusal> {
        if self.staff.is_empty() {
            return Err(Refusal::because("The census has no worker whose team is known here."));
        }
        Ok(self.staff)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_share_is_read_whole_and_rounded_once() {
        let parse = |text| Millionths::parse(text).map(|it| it.0);
        assert_eq!(parse("0.521371"), Some(521_371));
        assert_eq!(
            (parse("1"), parse("1.000000"), parse("0.6")),
            (Some(1_000_000), Some(1_000_000), Some(600_000))
        );
        for text in ["1.000001", "-0.5", "half", "", "1.", ".5", "99999999999999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
        // Three thirds are one: rounded one by one they would be 0.99.
        let third = Millionths::parse("0.333333").unwrap();
        assert_eq!([third; 3].into_iter().sum::<Millionths>().rounded(), Hundredths(100));
    }

    #[test]
    fn staff_are_added_up_by_team_and_who_is_in_none_is_said() {
        let worker = |number: u32, share: &str, leads_several| InPost {
            registration: format!("SW{number:010}"),
            full_time: Millionths::parse(share).unwrap(),
            leads_several,
        };
        let census = Census {
            day: date(2026, 9, 30),
            in_post: vec![
                worker(1, "1", false),
                worker(2, "0.6", false),
                worker(3, "0.5", false),
                worker(4, "0.8", false),
                worker(5, "1", true),
            ],
            left: 1,
        };
        let team_of = BTreeMap::from([
            ("SW0000000001".to_owned(), PlaceId(7)),
            ("SW0000000002".to_owned(), PlaceId(7)),
            ("SW0000000003".to_owned(), PlaceId(8)),
            ("SW0000000005".to_owned(), PlaceId(8)),
        ]);
        let by_team = census.by_team(&team_of, "Census", date(2026, 11, 23)).unwrap();
        let staff: Vec<_> =
            by_team.staff.iter().map(|it| (it.team.0, it.month, it.full_time.unwrap().0)).collect();
        assert_eq!(staff, [(7, date(2026, 9, 1), 160), (8, date(2026, 9, 1), 50)]);
        assert_eq!((by_team.without_team, by_team.leading), ((1, Hundredths(80)), 1));
        let refused = by_team.clone().complete().unwrap_err();
        assert!(refused.sentence().starts_with("Of 1 in the census (0.8 full"), "{refused}");
        let staff = by_team.without_unknown().unwrap();
        assert_eq!(
            staff[0].source,
            "Census; 1 of no known team (0.8 full-time equivalents) left out"
        );
        let whole = Census { in_post: census.in_post[..3].to_vec(), ..census.clone() };
        let whole = whole.by_team(&team_of, "Census", date(2026, 11, 23)).unwrap();
        assert_eq!(whole.complete().unwrap()[1].source, "Census");
        let nobody = census.by_team(&BTreeMap::new(), "Census", date(2026, 11, 23)).unwrap();
        assert!(nobody.without_unknown().is_err());
        assert!(census.by_team(&team_of, "Census", date(2026, 8, 31)).is_err());
    }
}
