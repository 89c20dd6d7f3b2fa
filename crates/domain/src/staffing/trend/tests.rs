//! A service with fewer records and the same staff; months of which something is not known.

use jiff::civil::date;

use super::super::history::{Happened, PlaceEvent};
use super::super::period::Step;
use super::super::protocol;
use super::*;
use crate::id::CaseListId;
use crate::place::{Place, PlaceKind};
use crate::text::Reason;

const ASYLUM: PlaceId = PlaceId(2);
const CARE: PlaceId = PlaceId(3);

fn staff(team: PlaceId, month: i8, full_time: Option<u32>) -> Staff {
    Staff {
        team,
        month: date(2026, month, 1),
        full_time: full_time.map(Hundredths),
        source: "Payroll".to_owned(),
    }
}

fn point(month: i8, open: &[(Option<PlaceId>, Open)]) -> Point {
    let period = Period::of(date(2026, month, 1), Step::Month);
    let basis = Basis::List { list: CaseListId(month.into()), as_at: date(2026, month, 20) };
    Point { period, basis, open: open.to_vec() }
}

fn facts() -> TrendFacts {
    let place = |id, parent, kind, name: &str| Place {
        id: PlaceId(id),
        parent,
        kind,
        name: name.to_owned(),
    };
    let one = Some(PlaceId(1));
    TrendFacts {
        points: vec![
            point(1, &[(Some(ASYLUM), Open::exactly(40)), (Some(CARE), Open::exactly(60))]),
            point(2, &[(Some(ASYLUM), Open::exactly(20)), (None, Open::exactly(3))]),
        ],
        staff: vec![
            staff(ASYLUM, 1, Some(400)),
            staff(CARE, 1, Some(600)),
            staff(ASYLUM, 2, Some(400)),
        ],
        history: PlaceHistory {
            places: vec![
                place(1, None, PlaceKind::Service, "Children in Care"),
                place(2, one, PlaceKind::Team, "Asylum Team"),
                place(3, one, PlaceKind::Team, "Care Team"),
            ],
            events: vec![PlaceEvent {
                place: ASYLUM,
                from: date(2026, 2, 1),
                happened: Happened::Moved { before: "Asylum Service".to_owned(), into: PlaceId(1) },
                why: Reason::new("Cabinet agreed it").unwrap(),
            }],
        },
        protocols: vec![protocol::sample()],
    }
}

fn asylum() -> Scope {
    Scope::Service("Asylum Service".to_owned())
}

#[test]
fn fewer_records_with_the_same_staff_are_fewer_for_each_worker() {
    let rows = facts().rows(&Scope::All, Reading::Now);
    let per: Vec<_> = rows.iter().map(|row| row.per_worker).collect();
    assert_eq!(per, [Some(Hundredths(1000)), Some(Hundredths(500))]);
    assert_eq!(rows[0].implied, Some(Hundredths(625)), "100 records by a guide of 16");
    assert_eq!(rows[1].open, Some(Open::exactly(23)));
    assert_eq!(rows[1].without_team, 3, "they are shown, and divided by nobody");
}

#[test]
fn a_service_that_was_mainstreamed_keeps_its_past_where_it_is_read_as_it_was() {
    let then = facts().rows(&asylum(), Reading::Then);
    assert_eq!(then[0].open, Some(Open::exactly(40)));
    assert_eq!(then[0].full_time, Some(Hundredths(400)));
    assert_eq!(then[1].open, None, "there is no such service any more");
    assert_eq!(then[1].teams, (0, 0));
    assert_eq!(then[1].full_time, None);
    let now = facts().rows(&Scope::Service("Children in Care".to_owned()), Reading::Now);
    assert_eq!(now[0].open, Some(Open::exactly(100)));
    let team = facts().rows(&Scope::Team("Asylum Team".to_owned()), Reading::Now);
    let open: Vec<_> = team.iter().map(|row| row.open).collect();
    assert_eq!(open, [Some(Open::exactly(40)), Some(Open::exactly(20))], "the team goes on");
    let names: Vec<_> = facts().standings(Reading::Then).into_iter().map(|it| it.service).collect();
    assert!(names.contains(&Some("Asylum Service".to_owned())));
}

#[test]
fn what_is_not_known_is_never_nothing() {
    let mut facts = facts();
    facts.staff.retain(|it| it.team != CARE);
    let row = facts.rows(&Scope::All, Reading::Now).remove(0);
    assert_eq!((row.full_time, row.per_worker, row.teams), (None, None, (1, 2)));
    facts.staff[0].full_time = None;
    let row = facts.rows(&Scope::All, Reading::Now).remove(0);
    assert_eq!(row.teams, (0, 2), "somebody said that it is not known after all");
    facts.points[0].basis = Basis::Unknown;
    facts.points[0].open.clear();
    let row = facts.rows(&Scope::All, Reading::Now).remove(0);
    assert_eq!((row.open, row.implied), (None, None));
    facts.points[1].open[0].1 = Open { least: 18, most: 21 };
    let row = facts.rows(&Scope::All, Reading::Now).remove(1);
    assert_eq!(row.open, Some(Open { least: 21, most: 24 }));
    assert_eq!((row.per_worker, row.implied), (None, None), "a range is divided by nobody");
    facts.protocols.clear();
    assert_eq!(facts.rows(&Scope::All, Reading::Now)[1].guide, None);
}
