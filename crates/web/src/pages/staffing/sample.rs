//! Invented teams and records, from which the pages of this room make their samples.

use jiff::civil::{Date, date};
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{CaseListId, PlaceId, RecordId};
use quarterlight_domain::need::Need;
use quarterlight_domain::place::{Place, PlaceKind, Whereabouts};
use quarterlight_domain::staffing::Staff;
use quarterlight_domain::staffing::bands::Load;
use quarterlight_domain::staffing::exceptions::{Exception, ForTheChild, HeldRecord};
use quarterlight_domain::staffing::history::{Happened, PlaceEvent, PlaceHistory};
use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::staffing::period::{Basis, Period, Step};
use quarterlight_domain::staffing::protocol::{Advice, Protocol};
use quarterlight_domain::staffing::trend::{Open, Point, TrendFacts};
use quarterlight_domain::text::Reason;

/// The day on which the samples are looked at.
pub const TODAY: Date = date(2026, 11, 23);

/// A protocol with these words as its name.
pub fn protocol(words: &str) -> Protocol {
    Protocol {
        name: words.to_owned(),
        from: date(2026, 1, 1),
        weights: [Hundredths(100), Hundredths(150), Hundredths(120), Hundredths(80)],
        caseload: [Some(Hundredths(1200)), Some(Hundredths(1600)), None],
        records_per_worker: Hundredths(1600),
        advice: vec![
            Advice::NotHeldBy(Need::ChildProtection, Experience::NewlyQualified),
            Advice::WithoutWorker { days: 5 },
        ],
    }
}

/// A service with two teams, one of which was moved into it.
pub fn history(words: &str) -> PlaceHistory {
    let place = |id, parent: Option<i64>, kind, name: String| Place {
        id: PlaceId(id),
        parent: parent.map(PlaceId),
        kind,
        name,
    };
    let event = |why| PlaceEvent {
        place: PlaceId(2),
        from: date(2026, 4, 1),
        happened: Happened::Moved { before: "Asylum Service".to_owned(), into: PlaceId(1) },
        why,
    };
    PlaceHistory {
        places: vec![
            place(1, None, PlaceKind::Service, words.to_owned()),
            place(2, Some(1), PlaceKind::Team, format!("{words} team")),
            place(3, Some(1), PlaceKind::Team, "Care team".to_owned()),
        ],
        events: Reason::new(words).into_iter().map(event).collect(),
    }
}

/// The staff of one team in one month.
pub fn staff(words: &str, full_time: Option<u32>) -> Staff {
    Staff {
        team: PlaceId(2),
        month: date(2026, 10, 1),
        full_time: full_time.map(Hundredths),
        source: words.to_owned(),
    }
}

/// Three months: one with a list, one between two lists, and one of which nothing is known.
pub fn facts(words: &str) -> TrendFacts {
    let point = |month, basis, open| Point {
        period: Period::of(date(2026, month, 1), Step::Month),
        basis,
        open,
    };
    let (list, later) = (CaseListId(1), CaseListId(2));
    let team = Some(PlaceId(2));
    TrendFacts {
        points: vec![
            point(
                9,
                Basis::List { list, as_at: date(2026, 9, 2) },
                vec![(team, Open::exactly(40)), (None, Open::exactly(3))],
            ),
            point(
                10,
                Basis::Dates { before: list, after: later },
                vec![(team, Open { least: 30, most: 36 })],
            ),
            point(11, Basis::Unknown, Vec::new()),
        ],
        staff: vec![Staff { month: date(2026, 9, 1), ..staff(words, Some(450)) }],
        history: history(words),
        protocols: vec![protocol(words)],
    }
}

/// A record without a reason, and one whose reason is to be looked at again.
pub fn exceptions(words: &str) -> Vec<Exception> {
    let one = |id, why| {
        Some(Exception {
            held: HeldRecord {
                record: RecordId(id),
                reference: Reference::new("R-2043").ok()?,
                needs: [Need::ChildProtection].into(),
                place: (Some(words.to_owned()), Some(format!("{words} team"))),
                whereabouts: Whereabouts::new(vec![PlaceId(2), PlaceId(1)]),
                held_by: Some(Experience::NewlyQualified),
                load: Load::Over,
                without_since: None,
            },
            advice: Advice::NotHeldBy(Need::ChildProtection, Experience::NewlyQualified),
            why,
        })
    };
    let said = Reason::new(words).ok();
    let why = said.map(|reason| ForTheChild { reason, review_on: date(2026, 11, 1) });
    [one(1, None), one(2, why)].into_iter().flatten().collect()
}
