//! A date from a cell: a serial number or text, the day always before the month.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::cell::Cell;

/// How the dates of one workbook are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    /// The day that the list is of; two figures for a year mean one up to the year after it.
    pub as_at: Date,
    /// True if serial numbers count from 1904, as in workbooks first made on older Macs.
    pub from_1904: bool,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Calendar {
    /// The date in a cell; none if what is there is not one.
    pub(crate) fn date(self, cell: &Cell<'_>) -> Option<Date> {
        match cell {
            Cell::Number(serial) => self.of_serial(*serial),
            Cell::Text(text) => self.of_text(text),
            Cell::Truth(_) | Cell::Error(_) => None,
        }
    }

    fn of_serial(self, serial: f64) -> Option<Date> {
        // Excel's last day is 31 December 9999.
        if !(1.0..2_958_466.0).contains(&serial) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "bounded on the line above")]
        let days = serial as i64;
        // Excel believes that 1900 had a 29 February, so its first day serves all later ones.
        let start = if self.from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
        start.checked_add(days.days()).ok()
    }

    fn of_text(self, text: &str) -> Option<Date> {
        if text.len() > 40 || !text.is_ascii() {
            return None;
        }
        let mut runs = runs(text);
        if runs.first().is_some_and(|run| is_weekday(run)) {
            runs.remove(0);
        }
        // 31st March: the letters after the day say nothing.
        if runs.get(1).is_some_and(|run| matches!(run.as_str(), "st" | "nd" | "rd" | "th")) {
            runs.remove(1);
        }
        match runs.as_slice() {
            [serial] if serial.len() == 5 => self.of_serial(serial.parse().ok()?),
            [first, second, third, rest @ ..] if is_time(rest) => {
                let (year, day) = if first.len() == 4 { (first, third) } else { (third, first) };
                if day.len() > 2 {
                    return None;
                }
                Date::new(self.year(year)?, month(second)?, day.parse().ok()?).ok()
            }
            _ => None,
        }
    }

    fn year(self, text: &str) -> Option<i16> {
        let year: i16 = text.parse().ok()?;
        match text.len() {
            4 => Some(year),
            2 if 2000 + year <= self.as_at.year() + 1 => Some(2000 + year),
            2 => Some(1900 + year),
            _ => None,
        }
    }
}

/// The runs of figures and the runs of letters in a text, in small letters.
fn runs(text: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        let kind = (c.is_ascii_digit(), c.is_ascii_alphabetic());
        if kind != (false, false) {
            match runs.last_mut() {
                Some(run) if last == Some(kind) => run.push(c.to_ascii_lowercase()),
                _ => runs.push(c.to_ascii_lowercase().to_string()),
            }
        }
        last = Some(kind);
    }
    runs
}

fn month(text: &str) -> Option<i8> {
    if text.len() <= 2
        && let Ok(number) = text.parse()
    {
        return Some(number);
    }
    let start = text.get(..3)?;
    let number = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(number + 1).ok()
}

fn is_weekday(run: &str) -> bool {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| run.starts_with(day))
}

/// What may follow a date: a time, with or without its marks.
fn is_time(rest: &[String]) -> bool {
    rest.len() <= 6
        && rest.iter().all(|run| {
            matches!(run.as_str(), "t" | "z" | "am" | "pm")
                || run.chars().all(|c| c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        Calendar { as_at: date(2026, 3, 31), from_1904: false }
    }

    fn text(text: &str) -> Option<Date> {
        calendar().date(&Cell::Text(text.into()))
    }

    #[test]
    fn a_date_is_read_in_every_style_that_lists_use() {
        for written in [
            "31/03/2026",
            "31/3/26",
            "31-Mar-2026",
            "31 March 2026",
            "31st March 2026",
            "Tue 31 Mar 2026",
            "31.03.2026",
            "2026-03-31",
            "2026-03-31 00:00:00",
            "2026-03-31T00:00:00Z",
            "31/03/2026 09:15",
            "46112",
        ] {
            assert_eq!(text(written), Some(date(2026, 3, 31)), "{written}");
        }
        assert_eq!(calendar().date(&Cell::Number(46_112.75)), Some(date(2026, 3, 31)));
    }

    #[test]
    fn the_day_comes_first_always() {
        assert_eq!(text("04/03/2026"), Some(date(2026, 3, 4)));
        assert_eq!(text("03/31/2026"), None);
    }

    #[test]
    fn serial_numbers_can_count_from_1904() {
        let mac = Calendar { from_1904: true, ..calendar() };
        assert_eq!(mac.date(&Cell::Number(44_650.0)), Some(date(2026, 3, 31)));
        assert_ne!(mac.date(&Cell::Number(46_112.0)), Some(date(2026, 3, 31)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for written in
            ["31/02/2026", "nope", "Not seen", "2026", "1/1", "31/03/20261", "1.23E+12", "1/2/3/4x"]
        {
            assert_eq!(text(written), None, "{written}");
        }
        for number in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e12] {
            assert_eq!(calendar().date(&Cell::Number(number)), None);
        }
    }

    #[test]
    fn two_figures_for_a_year_are_not_far_in_the_future() {
        assert_eq!(text("01/04/27"), Some(date(2027, 4, 1)));
        assert_eq!(text("01/04/99"), Some(date(1999, 4, 1)));
    }
}
