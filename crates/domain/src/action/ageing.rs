//! How long ago the issue of an action was found, in bands.

use jiff::civil::Date;

use super::Action;

/// A band of ages, in days since the issue was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// 0 to 30 days.
    Month,
    /// 31 to 60 days.
    TwoMonths,
    /// 61 to 90 days.
    ThreeMonths,
    /// More than 90 days.
    Older,
}

impl Age {
    /// Every band, from the youngest.
    pub const ALL: [Self; 4] = [Self::Month, Self::TwoMonths, Self::ThreeMonths, Self::Older];

    /// The band of a number of days.
    pub const fn of_days(days: i32) -> Self {
        match days {
            ..=30 => Self::Month,
            31..=60 => Self::TwoMonths,
            61..=90 => Self::ThreeMonths,
            _ => Self::Older,
        }
    }

    /// The first and the last day of the band, for a count; the last band has no end.
    pub const fn days(self) -> (i32, Option<i32>) {
        match self {
            Self::Month => (0, Some(30)),
            Self::TwoMonths => (31, Some(60)),
            Self::ThreeMonths => (61, Some(90)),
            Self::Older => (91, None),
        }
    }

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "30",
            Self::TwoMonths => "60",
            Self::ThreeMonths => "90",
            Self::Older => "older",
        }
    }

    /// The band with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The band in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Month => "0 to 30 days",
            Self::TwoMonths => "31 to 60 days",
            Self::ThreeMonths => "61 to 90 days",
            Self::Older => "over 90 days",
        }
    }
}

impl Action {
    /// How many days ago the issue was found.
    pub fn days_old(&self, today: Date) -> i32 {
        self.found.on.until(today).map_or(0, |span| span.get_days()).max(0)
    }

    /// How many days it is past its day; none while it is not overdue.
    pub fn days_overdue(&self, today: Date) -> Option<i32> {
        self.is_overdue(today).then(|| self.due.until(today).map_or(0, |span| span.get_days()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_in_one_band() {
        for days in 0..400 {
            let within = |band: &&Age| {
                let (first, last) = band.days();
                days >= first && last.is_none_or(|last| days <= last)
            };
            let bands: Vec<&Age> = Age::ALL.iter().filter(within).collect();
            assert_eq!(bands, [&Age::of_days(days)], "{days}");
        }
        for age in Age::ALL {
            assert_eq!(Age::from_code(age.code()), Some(age));
        }
    }
}
