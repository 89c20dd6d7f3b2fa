//! What a report is about: one quarter, of all services or of one, or the programme of a year.

use std::fmt;
use std::str::FromStr;

use crate::calendar::Quarter;
use crate::id::PlaceId;
use crate::programme::quarters_of;
use crate::refusal::Refusal;

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A quarter, and the service; none for all of them.
    Quarter(Quarter, Option<PlaceId>),
    /// The programme of audits of a calendar year.
    Year(i16),
}

impl About {
    /// The quarter; none of a programme.
    pub const fn quarter(self) -> Option<Quarter> {
        match self {
            Self::Quarter(quarter, _) => Some(quarter),
            Self::Year(_) => None,
        }
    }

    /// The year of a programme; none of a quarter.
    pub const fn year(self) -> Option<i16> {
        match self {
            Self::Year(year) => Some(year),
            Self::Quarter(..) => None,
        }
    }

    /// The service; none where it is about all of them.
    pub const fn service(self) -> Option<PlaceId> {
        match self {
            Self::Quarter(_, service) => service,
            Self::Year(_) => None,
        }
    }

    /// What it is about, for a sentence: *October to December 2026*, *the programme of 2026*.
    pub fn words(self) -> String {
        match self {
            Self::Quarter(quarter, _) => quarter.words(),
            Self::Year(year) => format!("the programme of {year}"),
        }
    }
}

/// The report of a quarter, of all services.
impl From<Quarter> for About {
    fn from(quarter: Quarter) -> Self {
        Self::Quarter(quarter, None)
    }
}

/// *2026-Q4*, or *2026* for a programme.
impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quarter(quarter, _) => quarter.fmt(f),
            Self::Year(year) => year.fmt(f),
        }
    }
}

/// A quarter, as *2026-Q4*, or a year, as *2026*. Which service is said elsewhere.
impl FromStr for About {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        if let Ok(quarter) = text.parse::<Quarter>() {
            return Ok(quarter.into());
        }
        let year = text.parse::<i16>().ok().filter(|year| quarters_of(*year).is_ok());
        year.map(Self::Year).ok_or_else(|| {
            Refusal::because(format!(
                "“{text}” is neither a quarter nor a year. Give it as 2026-Q4, or as 2026 for the \
                 programme of a year."
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::About;
    use crate::calendar::Quarter;

    #[test]
    fn a_quarter_and_a_year_are_told_apart_by_how_they_are_written() {
        let quarter = Quarter::new(2026, 4).unwrap();
        for about in [About::from(quarter), About::Year(2026)] {
            assert_eq!(about.to_string().parse::<About>().unwrap(), about);
        }
        for none in ["", "2026-Q5", "26", "1999", "2200", "2026-Q4 "] {
            assert!(none.parse::<About>().is_err(), "{none}");
        }
    }
}
