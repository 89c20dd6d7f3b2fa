//! Staff by team and month from a list with commas or tabs: team, month, full-time equivalents.

use jiff::civil::Date;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::staffing::hundredths::Hundredths;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLine {
    /// Its place in the list, from 1.
    pub line: usize,
    /// The team, by name.
    pub team: String,
    /// The first day of the month.
    pub month: Date,
    /// Full-time equivalents; none where the box is blank: they are not known.
    pub full_time: Option<Hundredths>,
}

/// The most lines that are read at once.
pub const MOST: usize = 2000;

/// The lines of the list, and what is wrong with those that could not be read. A line with headings
/// at its top is left out.
pub fn read(text: &str) -> (Vec<StaffLine>, Vec<String>) {
    let (mut lines, mut problems) = (Vec::new(), Vec::new());
    for (place, line) in text.lines().enumerate().take(MOST + 1) {
        let number = place + 1;
        if line.trim().is_empty() || place == 0 && is_heading(line) {
            continue;
        }
        if place == MOST {
            problems.push(format!("Only the first {MOST} lines were read."));
            break;
        }
        match one(number, line) {
            Ok(line) => lines.push(line),
            Err(refusal) => problems.push(format!("Line {number}: {refusal}")),
        }
    }
    (lines, problems)
}

fn is_heading(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').trim_start_matches('"').to_lowercase().starts_with("team")
        && !line.chars().any(|it| it.is_ascii_digit())
}

fn one(number: usize, line: &str) -> Result<StaffLine, Refusal> {
    let cells = cells(line);
    let [team, month, full_time] = cells.as_slice() else {
        return Err(Refusal::because("give a team, a month and a number, with commas between."));
    };
    if team.is_empty() {
        return Err(Refusal::because("give a team."));
    }
    let full_time = match full_time.as_str() {
        "" => None,
        number => Some(Hundredths::parse(number)?),
    };
    Ok(StaffLine { line: number, team: team.clone(), month: self::month(month)?, full_time })
}

/// The month that is written as `2026-06` or `06/2026`.
///
/// # Errors
/// Refuses anything else.
pub fn month(text: &str) -> Result<Date, Refusal> {
    let refuse = || Refusal::because("give the month as 2026-06 or 06/2026.");
    let text = text.trim();
    let (year, month) = text
        .split_once('-')
        .or_else(|| text.split_once('/').map(|(month, year)| (year, month)))
        .ok_or_else(refuse)?;
    let year: i16 = year.parse().map_err(|_| refuse())?;
    if !(2000..=2199).contains(&year) {
        return Err(refuse());
    }
    Date::new(year, month.parse().map_err(|_| refuse())?, 1).map_err(|_| refuse())
}

/// The cells of a line. A cell in quotation marks may have commas in it.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim_start_matches('\u{feff}');
    if line.contains('\t') {
        return line.split('\t').map(|it| it.trim().to_owned()).collect();
    }
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    for it in line.chars() {
        match it {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            _ => cell.push(it),
        }
    }
    cells.push(cell.trim().to_owned());
    cells
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_list_is_read_line_by_line_and_a_blank_is_not_known() {
        let text =
            "Team,Month,FTE\r\n\"Care, Team\",2026-06,12.5\r\n\r\nAsylum Team\t07/2026\t\r\n";
        let (lines, problems) = read(text);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(lines[0].team, "Care, Team");
        assert_eq!(lines[0].full_time, Some(Hundredths(1250)));
        assert_eq!((lines[1].month, lines[1].full_time), (date(2026, 7, 1), None));
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_line() {
        let (lines, problems) =
            read("A,2026-13,1\nA,2026-01,-1\n,2026-01,1\nA,2026-01\nA,2026-01,2");
        assert_eq!(lines.len(), 1);
        assert_eq!(problems.len(), 4);
        assert!(problems[0].starts_with("Line 1: give the month"), "{problems:?}");
    }
}
