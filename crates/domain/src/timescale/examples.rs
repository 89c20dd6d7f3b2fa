//! Rules, records and bank holidays for the tests of this folder.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::applies::{AppliesTo, Start};
use super::asks::{Asks, Matter, WhenNone};
use super::limit::Limit;
use super::rule::{InForce, Published, Rule, RuleCode};
use super::variation::in_force;
use super::working_days::{BankHolidays, Counting};
use crate::case_list::{CaseLine, KeyDate, Reference};
use crate::history::{Fact, History};
use crate::need::{Known, LegalRoute, Need, Placement};
use crate::standard::StandardCode;

/// The bank holidays of England in 2025, 2026 and 2027.
pub(crate) fn england() -> BankHolidays {
    let days = [
        (2025, 1, 1),
        (2025, 4, 18),
        (2025, 4, 21),
        (2025, 5, 5),
        (2025, 5, 26),
        (2025, 8, 25),
        (2025, 12, 25),
        (2025, 12, 26),
        (2026, 1, 1),
        (2026, 4, 3),
        (2026, 4, 6),
        (2026, 5, 4),
        (2026, 5, 25),
        (2026, 8, 31),
        (2026, 12, 25),
        (2026, 12, 28),
        (2027, 1, 1),
        (2027, 3, 26),
        (2027, 3, 29),
        (2027, 5, 3),
        (2027, 5, 31),
        (2027, 8, 30),
        (2027, 12, 27),
        (2027, 12, 28),
    ];
    let days = days.into_iter().map(|(year, month, day)| date(year, month, day)).collect();
    BankHolidays::new("England", "GOV.UK", "", (2025, 2027), days).unwrap()
}

/// A child in care must be visited every 42 days.
pub(crate) fn care_visit() -> Rule {
    Rule {
        code: RuleCode::new("care-visit").unwrap(),
        name: "Visit to a child in care".to_owned(),
        published: Published {
            citation: "SI 2010/959, regulation 28".to_owned(),
            link: None,
            local_practice: false,
        },
        from: None,
        until: None,
        applies: AppliesTo { needs: [Need::InCare].into(), ..AppliesTo::default() },
        asks: Asks::Latest {
            kind: KeyDate::CareVisit,
            since: Start::Care,
            from_before: false,
            limit: Some(Limit::parse("42 days").unwrap()),
            younger: None,
            when_none: WhenNone::LateAfter(Limit::parse("1 weeks").unwrap()),
        },
        counting: Counting::default(),
        confirm_locally: false,
        standards: [StandardCode::new("G1").unwrap()].into(),
    }
}

/// An open record must have a worker.
pub(super) fn no_worker() -> Rule {
    Rule {
        code: RuleCode::new("worker").unwrap(),
        name: "A named worker".to_owned(),
        applies: AppliesTo::default(),
        asks: Asks::Said { matter: Matter::Worker, after: None },
        standards: BTreeSet::new(),
        ..care_visit()
    }
}

/// A child in care since 5 January 2026, of whom everything could be asked and little is known.
pub(crate) fn in_care() -> CaseLine {
    let mut asked: BTreeSet<Fact> = KeyDate::ALL.into_iter().map(Fact::Date).collect();
    asked.extend([Fact::Born, Fact::Worker, Fact::PermanencePlan, Fact::Ethnicity]);
    CaseLine {
        reference: Reference::new("R-2043").unwrap(),
        needs: [Need::InCare].into(),
        assessment_open: false,
        disabled: Known::No,
        unaccompanied: Known::No,
        placement: Placement::InArea,
        route: LegalRoute::InCare,
        worker: Some("Priya Anand".to_owned()),
        team: None,
        dates: [(KeyDate::CareStarted, date(2026, 1, 5))].into(),
        history: History { asked, ..History::default() },
    }
}

/// The same record with a latest date of one kind.
pub(crate) fn with(mut line: CaseLine, kind: KeyDate, day: Date) -> CaseLine {
    line.history.dates = BTreeMap::from([(kind, [day].into())]);
    line
}

/// A rule as it is in force on a day, without any change.
pub(crate) fn in_force_on(rule: &Rule, day: Date) -> InForce {
    in_force(rule, [], day).unwrap()
}
