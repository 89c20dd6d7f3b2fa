//! Staff and allocation of the crowded quarter: a service that is smaller, with as many staff.

use jiff::civil::date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::need::Need;
use quarterlight_domain::staffing::bands::TeamBands;
use quarterlight_domain::staffing::exceptions::Untold;
use quarterlight_domain::staffing::figures::{ExceptionCount, StaffingFigures};
use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::staffing::period::{Basis, Period, Step, periods};
use quarterlight_domain::staffing::protocol::{Advice, Protocol};
use quarterlight_domain::staffing::trend::{Open, TrendRow};

/// Every kind of month, team and exception.
pub fn crowded() -> StaffingFigures {
    let newly = Advice::NotHeldBy(Need::ChildProtection, Experience::NewlyQualified);
    let without = Advice::WithoutWorker { days: 5 };
    let band = |team: Option<&str>, workers, taken_as_full_time| TeamBands {
        place: (team.map(|_| "Children in Need".to_owned()), team.map(str::to_owned)),
        workers,
        taken_as_full_time,
    };
    StaffingFigures {
        protocol: Some(Protocol {
            name: "Allocation protocol".to_owned(),
            from: date(2026, 1, 1),
            weights: [Hundredths(100), Hundredths(150), Hundredths(125), Hundredths(75)],
            caseload: [Some(Hundredths(1200)), Some(Hundredths(1800)), None],
            records_per_worker: Hundredths(1600),
            advice: vec![newly, without],
        }),
        bands: vec![
            band(None, [0, 0, 0, 1], 1),
            band(Some("Assessment Team"), [4, 2, 1, 0], 3),
            band(Some("Safeguarding Team North"), [1, 0, 3, 2], 0),
        ],
        exceptions: vec![
            count(Some("Children in Need"), newly, Some(Experience::NewlyQualified), [12, 7, 2]),
            count(None, without, None, [3, 0, 0]),
        ],
        untold: Untold { experience: 2, hours: 1 },
        trend: trend(),
    }
}

fn count(
    service: Option<&str>,
    advice: Advice,
    held_by: Option<Experience>,
    [found, with_reason, to_review]: [u32; 3],
) -> ExceptionCount {
    ExceptionCount {
        service: service.map(str::to_owned),
        advice: advice.words(),
        need: Need::ChildProtection,
        held_by,
        found,
        with_reason,
        to_review,
    }
}

/// Eighteen months: the first is not known, two lie between lists, and staff are given from the
/// fourth on.
fn trend() -> Vec<TrendRow> {
    let months = periods(date(2025, 4, 1), date(2026, 9, 30), Step::Month).unwrap();
    months.into_iter().zip(0_u32..).map(|(period, place)| row(period, place)).collect()
}

fn row(period: Period, place: u32) -> TrendRow {
    let records = 900 - 13 * place;
    let (basis, open) = match place {
        0 => (Basis::Unknown, None),
        5 | 6 => {
            let basis = Basis::Dates { before: CaseListId(1), after: CaseListId(2) };
            (basis, Some(Open { least: records - 20, most: records }))
        }
        _ => {
            let basis = Basis::List { list: CaseListId(1), as_at: period.first };
            (basis, Some(Open::exactly(records)))
        }
    };
    let full_time = (place > 2).then_some(Hundredths(6050));
    let known = open.and_then(Open::known);
    TrendRow {
        period,
        day: if place == 5 || place == 6 { period.last } else { period.first },
        basis,
        open,
        without_team: u32::from(place == 9),
        teams: (if place > 2 { 8 } else { 5 }, 8),
        full_time,
        per_worker: full_time.zip(known).and_then(|(staff, open)| staff.divide(open)),
        guide: (place > 8).then_some(Hundredths(1600)),
        implied: known.filter(|_| place > 8).and_then(|open| Hundredths(1600).divide(open)),
    }
}
