//! Records and staff over time, in words: the same on a page, in a report and in a file.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::staffing::period::{Basis, Step};
use quarterlight_domain::staffing::trend::{Open, TrendRow};

use crate::chart::{LineChart, LinePoint, Picture};
use crate::document::{Figure, Table};
use crate::over_time::{self, Seen};
use crate::table::Cell;
use crate::words::{self, RECORD};

/// The headings of a trend.
pub const HEADINGS: [&str; 7] = [
    "Period",
    "Counted as at",
    "Records open",
    "Staff (full-time equivalents)",
    "Records for each",
    "Records for each, by the guide",
    "Staff that the guide implies",
];

const UNKNOWN: &str = "Not known";

/// One period of a trend, in the order of [`HEADINGS`].
pub fn cells(row: &TrendRow) -> [String; 7] {
    [
        row.period.words(),
        as_at(row),
        open(row),
        staff(row),
        number(row.per_worker),
        row.guide.map_or_else(|| "No guide".to_owned(), |it| it.to_string()),
        number(row.implied),
    ]
}

fn number(number: Option<Hundredths>) -> String {
    number.map_or_else(|| UNKNOWN.to_owned(), |it| it.to_string())
}

fn as_at(row: &TrendRow) -> String {
    let day = day_in_words(row.day);
    match row.basis {
        Basis::List { .. } => format!("{day}, by the case list of that day"),
        Basis::Dates { .. } => {
            format!("{day}, by the days on which records were opened and closed")
        }
        Basis::Unknown => "No case list tells".to_owned(),
    }
}

fn open(row: &TrendRow) -> String {
    let Some(open) = row.open else {
        let no_team = row.teams.1 == 0 && row.basis != Basis::Unknown;
        return if no_team { "No team".to_owned() } else { UNKNOWN.to_owned() };
    };
    let mut said = match open.known() {
        Some(known) => words::whole(known.into()),
        None => format!(
            "Between {} and {}",
            words::whole(open.least.into()),
            words::whole(open.most.into())
        ),
    };
    if row.without_team > 0 {
        let without = words::whole(row.without_team.into());
        said.extend([format!(" ({without} in no team that is known)")]);
    }
    said
}

fn staff(row: &TrendRow) -> String {
    match (row.full_time, row.teams) {
        (Some(full_time), _) => full_time.to_string(),
        (None, (_, 0)) => "No team".to_owned(),
        (None, (known, all)) => format!("{UNKNOWN}: given for {known} of {all} teams"),
    }
}

/// The first and the last period of which it is known how many records were open.
pub fn ends(rows: &[TrendRow]) -> Option<[&TrendRow; 2]> {
    let known = |row: &&TrendRow| row.open.and_then(Open::known).is_some();
    Some([rows.iter().find(known)?, rows.iter().rev().find(known)?])
}

/// What a trend says, from the first period of which all is known to the last.
pub fn sentence(rows: &[TrendRow]) -> String {
    let Some([first, last]) = ends(rows) else {
        return "No case list tells how many records were open.".to_owned();
    };
    let records = |row: &TrendRow| {
        let open = row.open.and_then(Open::known).unwrap_or_default();
        format!("{} on {}", words::count(open.into(), &RECORD), day_in_words(row.day))
    };
    if first.period == last.period {
        return format!("There were {}. No other period can be compared with it.", records(first));
    }
    let mut said = format!("There were {}, and {}.", records(first), records(last));
    let told = |row: &&TrendRow| row.full_time.is_some();
    match (rows.iter().find(told), rows.iter().rev().find(told)) {
        (Some(one), Some(two)) if one.period != two.period => {
            let staff = |row: &TrendRow| number(row.full_time);
            said.extend([format!(
                " Staff went from {} full-time equivalents ({}) to {} ({}).",
                staff(one),
                one.period.words(),
                staff(two),
                two.period.words()
            )]);
        }
        _ => said.push_str(" Staff are not given for every team in two of these periods."),
    }
    let divided = |row: &&TrendRow| row.per_worker.is_some();
    if let (Some(one), Some(two)) = (rows.iter().find(divided), rows.iter().rev().find(divided))
        && one.period != two.period
    {
        said.extend([format!(
            " Records for each full-time equivalent went from {} to {}.",
            number(one.per_worker),
            number(two.per_worker)
        )]);
    }
    said
}

/// What the numbers of a trend mean, and what they leave out.
pub const NOTES: [&str; 5] = [
    "Where a period has a case list, records are those on its last list, as at the date of that list.",
    "Where it has none and stands between two, they are those that the next list has as opened by the last day of the period and not as closed by then: a record counts from the day of its opening, and no more from the day of its closing. Where the next list gives no such day, it may or may not have been open: that is why two numbers are given.",
    "Before the first list and after the last it is not known how many records were open, because no list says what was closed by then.",
    "Staff are known where they were given for every team that has records. What was not given is not known, and is never counted as none. Records whose team is not known are counted as records and divided by nobody.",
    "The guide is the one that was in force on the day as at which records are counted. What it implies is advice, not a rule.",
];

/// The open records, period by period, as they are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// What it says, above the chart.
    pub title: String,
    /// Every value in words.
    pub alt_text: String,
    /// The chart.
    pub picture: Picture,
}

/// The open records, period by period: with the limits within which they vary anyway where there are
/// periods enough for limits, and as a line before that; none where nothing is known. A period of
/// which it is not known has no point, and says so in the table.
pub fn drawn(rows: &[TrendRow]) -> Option<Drawn> {
    let known = |row: &TrendRow| row.open.and_then(Open::known);
    let first = rows.iter().find(|row| known(row).is_some())?;
    let step = match first.period.step {
        Step::Month => &over_time::MONTHS,
        Step::Quarter => &over_time::QUARTERS,
    };
    let seen = |row: &TrendRow| known(row).map_or(Seen::Nothing, Seen::Counted);
    let points: Vec<_> = rows.iter().map(|row| (row.period.words(), seen(row))).collect();
    let mut chart = over_time::counts(MEASURE, step, &points);
    if chart.points.iter().any(|point| point.limits.is_some()) {
        for (point, row) in
            chart.points.iter_mut().zip(rows).filter(|(_, row)| known(row).is_none())
        {
            point.value = Cell::text(open(row));
        }
        // It is said of the records alone: whether staff changed is not known by it.
        let said = chart.said.replacen("This", "The number of open records", 1);
        let title = format!("{} {said}", sentence(rows));
        return Some(Drawn { title, alt_text: chart.alt_text(), picture: chart.into() });
    }
    let chart = line(rows);
    Some(Drawn { title: sentence(rows), alt_text: chart.alt_text(), picture: chart.into() })
}

/// What a trend says, and whether it changed where there are periods enough to tell.
pub fn said(rows: &[TrendRow]) -> String {
    drawn(rows).map_or_else(|| sentence(rows), |it| it.title)
}

/// What is drawn.
const MEASURE: &str = "Records open";

fn line(rows: &[TrendRow]) -> LineChart {
    let point = |row: &TrendRow| LinePoint {
        label: row.period.words(),
        values: vec![match row.open.and_then(Open::known) {
            Some(records) => Cell::count_or_withheld(Some(records.into())),
            None => Cell::text(open(row)),
        }],
    };
    LineChart {
        heading: "Period".to_owned(),
        series: vec![MEASURE.to_owned()],
        points: rows.iter().map(point).collect(),
    }
}

/// The chart under its sentence, for a page.
pub fn figure(rows: &[TrendRow]) -> Option<Figure> {
    let Drawn { title, alt_text, picture } = drawn(rows)?;
    let table =
        Table { number: 1, caption: "The figures in Figure 1".to_owned(), grid: picture.grid() };
    Some(Figure { number: 1, title, alt_text, chart: picture, table })
}

/// A trend as a file of comma-separated values. What is not known is blank.
pub fn csv(rows: &[TrendRow]) -> String {
    let mut text = "period,first_day,last_day,counted_as_at,counted_by,records_at_least,\
         records_at_most,records_without_team,teams_with_staff_given,teams,\
         full_time_equivalents,records_per_full_time_equivalent,guide,staff_by_guide\r\n"
        .to_owned();
    let maybe = |it: Option<Hundredths>| it.map_or_else(String::new, |it| it.to_string());
    for row in rows {
        let by = match row.basis {
            Basis::List { .. } => "case list",
            Basis::Dates { .. } => "days of opening and closing",
            Basis::Unknown => "",
        };
        let least = row.open.map_or_else(String::new, |it| it.least.to_string());
        let most = row.open.map_or_else(String::new, |it| it.most.to_string());
        let cells = [
            row.period.words(),
            row.period.first.to_string(),
            row.period.last.to_string(),
            if by.is_empty() { String::new() } else { row.day.to_string() },
            by.to_owned(),
            least,
            most,
            row.open.map_or_else(String::new, |_| row.without_team.to_string()),
            row.teams.0.to_string(),
            row.teams.1.to_string(),
            maybe(row.full_time),
            maybe(row.per_worker),
            maybe(row.guide),
            maybe(row.implied),
        ];
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use quarterlight_domain::id::CaseListId;
    use quarterlight_domain::staffing::period::Period;

    use super::*;

    fn row(month: i8, open: Option<Open>, staff: Option<u32>) -> TrendRow {
        let period = Period::of(date(2026, month, 1), Step::Month);
        let list = Basis::List { list: CaseListId(1), as_at: period.first };
        TrendRow {
            period,
            day: period.first,
            basis: if open.is_some() { list } else { Basis::Unknown },
            open,
            without_team: 0,
            teams: (usize::from(staff.is_some()), 1),
            full_time: staff.map(Hundredths),
            per_worker: staff
                .zip(open.and_then(Open::known))
                .and_then(|(staff, open)| Hundredths(staff).divide(open)),
            guide: None,
            implied: None,
        }
    }

    #[test]
    fn a_trend_says_what_it_knows_and_never_that_unknown_is_none() {
        let rows = [
            row(1, Some(Open::exactly(40)), Some(400)),
            row(2, None, None),
            row(3, Some(Open { least: 20, most: 24 }), None),
            row(4, Some(Open::exactly(20)), Some(400)),
        ];
        let said = sentence(&rows);
        assert!(
            said.starts_with("There were 40 records on 1 January 2026, and 20 records on"),
            "{said}"
        );
        assert!(said.contains("from 4 full-time equivalents (January 2026) to 4"), "{said}");
        assert!(said.ends_with("went from 10 to 5."), "{said}");
        assert_eq!(cells(&rows[1])[2], "Not known");
        assert_eq!(cells(&rows[1])[3], "Not known: given for 0 of 1 teams");
        assert_eq!(cells(&rows[2])[2], "Between 20 and 24");
        let Picture::Lines(line) = drawn(&rows).unwrap().picture else {
            panic!("two are no limits")
        };
        assert_eq!(line.points.len(), 4);
        let csv = csv(&rows);
        assert!(csv.contains("February 2026,2026-02-01,2026-02-28,,,,,,0,1,,,,\r\n"), "{csv}");
        assert_eq!(sentence(&rows[1..2]), "No case list tells how many records were open.");
    }

    #[test]
    fn twelve_months_are_drawn_with_the_limits_of_single_values_and_eleven_are_not() {
        let months = |many: i8, leap: u32| -> Vec<TrendRow> {
            let open = |month: i8| match month {
                5 => Open { least: 90, most: 95 },
                12 => Open::exactly(100 + leap),
                _ => Open::exactly(100 + u32::from(month % 2 == 0)),
            };
            let mut rows: Vec<_> =
                (1..=12).map(|month| row(month, Some(open(month)), None)).collect();
            let next = Period::of(date(2027, 1, 1), Step::Month);
            rows.push(TrendRow { period: next, ..row(1, Some(Open::exactly(101)), None) });
            rows.truncate(usize::try_from(many).unwrap());
            rows
        };
        let picture = |rows: &[TrendRow]| drawn(rows).unwrap();
        // Twelve months with a number, and May without one.
        let steady = picture(&months(13, 1));
        let Picture::Control(chart) = steady.picture else { panic!("{steady:?}") };
        assert_eq!((chart.heading.as_str(), chart.points.len()), ("Month", 13));
        assert_eq!(chart.points[4].value, Cell::text("Between 90 and 95"));
        assert_eq!(chart.points[4].limits, None);
        assert!(steady.title.ends_with("varies no more than it always did."), "{}", steady.title);
        let leapt = picture(&months(13, 40)).title;
        assert!(
            leapt.contains("The number of open records has changed, and not by chance: "),
            "{leapt}"
        );
        assert_eq!(said(&months(13, 40)), leapt);
        assert_eq!(said(&months(12, 1)), sentence(&months(12, 1)));
        assert!(
            matches!(picture(&months(12, 1)).picture, Picture::Lines(_)),
            "eleven with a number"
        );
    }
}
