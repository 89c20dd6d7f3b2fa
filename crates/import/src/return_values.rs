//! What the fields of statutory returns say: dates, yes and no, references, disabilities.

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::need::Known;

use crate::cell::Cell;
use crate::date::Calendar;

/// Events in a child's record are not older than this; a care leaver is 25 at most.
const OLDEST_YEARS: i64 = 30;
/// How long before birth a record may be opened.
const UNBORN_DAYS: i64 = 280;

/// How the dates of one return are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dates {
    calendar: Calendar,
    oldest: Date,
    latest_birth: Date,
}

/// Why a date was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoDate {
    /// What is wrong, as the first half of a sentence.
    pub what: String,
    /// What to do, as the second half.
    pub todo: &'static str,
    /// In which way it is none.
    pub kind: Untimely,
}

/// In which way a date cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Untimely {
    /// It is no date.
    NoDate,
    /// It is after the day of the list.
    TooLate,
    /// It is longer ago than any that can be true.
    LongAgo,
}

impl Dates {
    pub(crate) fn new(as_at: Date) -> Self {
        Self {
            calendar: Calendar { as_at, from_1904: false },
            oldest: as_at.checked_sub(OLDEST_YEARS.years()).unwrap_or(Date::MIN),
            latest_birth: as_at.checked_add(UNBORN_DAYS.days()).unwrap_or(Date::MAX),
        }
    }

    /// The day as at which the return is read.
    pub(crate) fn as_at(self) -> Date {
        self.calendar.as_at
    }

    /// When something happened.
    pub(crate) fn of_event(self, text: &str) -> Result<Date, NoDate> {
        self.within(text, self.as_at())
    }

    /// When a child was born, or is expected to be.
    pub(crate) fn of_birth(self, text: &str) -> Result<Date, NoDate> {
        self.within(text, self.latest_birth)
    }

    fn within(self, text: &str, latest: Date) -> Result<Date, NoDate> {
        let no = |what, todo, kind| Err(NoDate { what, todo, kind });
        let Some(date) = plain(text).or_else(|| self.calendar.date(&Cell::Text(text.into())))
        else {
            let todo = "write it as the return wants it; it was left out";
            return no(format!("“{}” is not a date", short(text)), todo, Untimely::NoDate);
        };
        // Without the date itself, so that many rows of a list read too early are one problem.
        if date > latest {
            let what = format!("it is after {}, the day that the list is of", uk(self.as_at()));
            return no(what, "check it; it was left out", Untimely::TooLate);
        }
        if date < self.oldest {
            let what = format!("it is more than {OLDEST_YEARS} years ago");
            return no(what, "check it; it was left out", Untimely::LongAgo);
        }
        Ok(date)
    }
}

/// The two ways in which returns write a date, read without looking at any other.
fn plain(text: &str) -> Option<Date> {
    let number = |from: usize, to: usize| {
        let figures = text.get(from..to)?;
        figures.bytes().all(|byte| byte.is_ascii_digit()).then(|| figures.parse::<i16>().ok())?
    };
    let (year, month, day) = match text.as_bytes() {
        [_, _, b'/', _, _, b'/', _, _, _, _] => (number(6, 10)?, number(3, 5)?, number(0, 2)?),
        [_, _, _, _, b'-', _, _, b'-', _, _] => (number(0, 4)?, number(5, 7)?, number(8, 10)?),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// True or false, as a return in XML writes it: in words or in figures.
pub(crate) fn truth(text: &str) -> Known {
    match text {
        "true" | "TRUE" | "True" | "1" => Known::Yes,
        "false" | "FALSE" | "False" | "0" => Known::No,
        _ => Known::Unknown,
    }
}

/// A child's reference: text, without the decimals that a spreadsheet may have added.
pub(crate) fn reference(text: &str) -> Result<Reference, &'static str> {
    let whole = match text.split_once('.') {
        Some((before, after))
            if !before.is_empty()
                && before.bytes().all(|byte| byte.is_ascii_digit())
                && after.bytes().all(|byte| byte == b'0') =>
        {
            before
        }
        _ => text,
    };
    Reference::new(whole).map_err(|_| {
        "it is not a reference: a reference has letters, figures, -, _, . and / only, 40 at most"
    })
}

/// The Department for Education's codes of disabilities.
const DISABILITIES: [&str; 12] =
    ["MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"];

/// What one code of a disability says; none where it is no code.
pub(crate) fn disability(code: &str) -> Option<Known> {
    match code {
        "NONE" => Some(Known::No),
        _ if DISABILITIES.contains(&code) => Some(Known::Yes),
        _ => None,
    }
}

/// Whether the ethnicity was obtained: not where it was refused or is not yet obtained.
pub(crate) fn ethnicity_obtained(code: &str) -> Known {
    match code {
        "" => Known::Unknown,
        "REFU" | "NOBT" | "UNKN" => Known::No,
        _ => Known::Yes,
    }
}

/// What a field says, short enough for a sentence.
pub(crate) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if text.chars().count() > 40 {
        short.push('…');
    }
    short
}

/// A date as people here write it.
pub(crate) fn uk(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_are_read_as_either_return_writes_them_and_bounded() {
        let dates = Dates::new(date(2026, 3, 31));
        for text in ["04/03/2026", "2026-03-04", "2026-03-04T00:00:00", "4 March 2026"] {
            assert_eq!(dates.of_event(text), Ok(date(2026, 3, 4)), "{text}");
        }
        for text in ["30/02/2026", "03/31/2026", "nope", "01/04/2026", "30/03/1996", "é/3/2026é"]
        {
            assert!(dates.of_event(text).is_err(), "{text}");
        }
        assert_eq!(dates.of_event("1971-02-27").unwrap_err().kind, Untimely::LongAgo);
        assert_eq!(dates.of_event("2026-04-01").unwrap_err().kind, Untimely::TooLate);
        assert!(dates.of_birth("2026-09-01").is_ok());
        assert!(dates.of_birth("2027-09-01").is_err());
    }

    #[test]
    fn what_is_not_said_is_not_known() {
        assert_eq!((truth("0"), truth("true"), truth("")), (Known::No, Known::Yes, Known::Unknown));
        assert_eq!(disability("NONE"), Some(Known::No));
        assert_eq!(disability("AUT"), Some(Known::Yes));
        assert_eq!(disability("XXX"), None);
        assert_eq!(ethnicity_obtained("NOBT"), Known::No);
        assert_eq!(ethnicity_obtained(""), Known::Unknown);
    }

    #[test]
    fn a_reference_is_text() {
        assert_eq!(reference("00123").unwrap().as_str(), "00123");
        assert_eq!(reference("123.0").unwrap().as_str(), "123");
        assert!(reference("Ada Oakes").is_err());
    }
}
