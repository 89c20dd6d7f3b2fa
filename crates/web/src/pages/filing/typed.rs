//! Days and times as people type them into a grid, one box each.

use jiff::civil::{Date, Time};
use quarterlight_domain::refusal::Refusal;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day that was typed: *3 5 2026*, *03/05/26*, *3 May 2026* or *2026-05-03*; none for a blank.
///
/// # Errors
/// Refuses what is not a day, in words that say how to write one.
pub fn day(text: &str) -> Result<Option<Date>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> =
        text.split(|it: char| !it.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let found = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => date(year, month, day),
        [day, month, year] => date(year, month, day),
        _ => None,
    };
    found.map(Some).ok_or_else(|| Refusal::because("Enter a real date, such as 3 5 2026."))
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = match (year.len(), year.parse::<i16>().ok()?) {
        (2, year) => 2000 + year,
        (4, year) if (1900..=2199).contains(&year) => year,
        _ => return None,
    };
    let named = |word: &str| {
        let place = MONTHS.iter().position(|month| word.starts_with(month))?;
        i8::try_from(place + 1).ok()
    };
    let month = month.parse().ok().or_else(|| named(&month.to_lowercase()))?;
    Date::new(year, month, day.parse().ok()?).ok()
}

/// The time of day that was typed: *20:15* or *20.15*; none for a blank.
///
/// # Errors
/// Refuses what is not a time, in words that say how to write one.
pub fn time(text: &str) -> Result<Option<Time>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let found = text.split_once([':', '.']).and_then(|(hour, minute)| {
        let is_short = |text: &str| (1..=2).contains(&text.len());
        if !is_short(hour) || minute.len() != 2 {
            return None;
        }
        Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
    });
    found.map(Some).ok_or_else(|| Refusal::because("Enter a time, such as 20:15."))
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;

    #[test]
    fn a_day_is_read_however_people_write_it() {
        for text in ["3 5 2026", "03/05/26", "3.5.2026", " 3 May 2026 ", "2026-05-03", "3-may-26"] {
            assert_eq!(day(text).unwrap(), Some(civil::date(2026, 5, 3)), "{text}");
        }
        assert_eq!(day("  ").unwrap(), None);
        for text in ["31 2 2026", "3 5", "soon", "3 5 2026 1", "3/13/2026", "3 5 226"] {
            assert!(day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_is_read_with_its_minutes() {
        assert_eq!(time("20:15").unwrap(), Some(civil::time(20, 15, 0, 0)));
        assert_eq!(time("8.05").unwrap(), Some(civil::time(8, 5, 0, 0)));
        assert_eq!(time("").unwrap(), None);
        for text in ["8", "25:00", "20:7", "8pm", ":15"] {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
