//! A team that was renamed, moved and merged, read as it was and as it is.

use jiff::civil::date;

use super::*;

const ASYLUM: PlaceId = PlaceId(3);
const CARE: PlaceId = PlaceId(4);

fn place(id: i64, parent: Option<i64>, kind: PlaceKind, name: &str) -> Place {
    Place { id: PlaceId(id), parent: parent.map(PlaceId), kind, name: name.to_owned() }
}

fn event(place: PlaceId, from: Date, happened: Happened) -> PlaceEvent {
    PlaceEvent { place, from, happened, why: Reason::new("Cabinet agreed it").unwrap() }
}

fn history() -> PlaceHistory {
    let moved = Happened::Moved { before: "Asylum Service".to_owned(), into: PlaceId(2) };
    let renamed = Happened::Renamed {
        before: "Asylum Team".to_owned(),
        after: "Unaccompanied Children Team".to_owned(),
    };
    PlaceHistory {
        places: vec![
            place(2, None, PlaceKind::Service, "Children in Care"),
            place(3, Some(2), PlaceKind::Team, "Unaccompanied Children Team"),
            place(4, Some(2), PlaceKind::Team, "Care Team"),
        ],
        events: vec![
            event(ASYLUM, date(2026, 4, 1), moved),
            event(ASYLUM, date(2026, 7, 1), renamed),
            event(ASYLUM, date(2026, 10, 1), Happened::Merged { into: CARE }),
        ],
    }
}

fn read(day: Date, reading: Reading) -> (String, String) {
    let standing = history().standing(ASYLUM, day, reading).unwrap();
    (standing.service.unwrap(), standing.team)
}

#[test]
fn a_past_is_counted_as_it_was_then_or_as_it_is_now() {
    let then = |month| read(date(2026, month, 15), Reading::Then);
    let pair = |service: &str, team: &str| (service.to_owned(), team.to_owned());
    assert_eq!(then(3), pair("Asylum Service", "Asylum Team"));
    assert_eq!(then(5), pair("Children in Care", "Asylum Team"));
    assert_eq!(then(8), pair("Children in Care", "Unaccompanied Children Team"));
    assert_eq!(then(10), pair("Children in Care", "Care Team"));
    for month in [3, 5, 8, 10] {
        let now = read(date(2026, month, 15), Reading::Now);
        assert_eq!(now, pair("Children in Care", "Care Team"));
    }
}

#[test]
fn what_did_not_happen_yet_or_cannot_have_is_refused() {
    let history = history();
    let today = date(2026, 11, 23);
    let moved = |into| Happened::Moved { before: "Elsewhere".to_owned(), into };
    let check = |place, from, happened| history.check(&event(place, from, happened), today);
    assert!(check(CARE, today, moved(PlaceId(2))).is_ok());
    assert!(check(CARE, date(2026, 11, 24), moved(PlaceId(2))).is_err(), "tomorrow");
    assert!(check(CARE, today, moved(ASYLUM)).is_err(), "into a team");
    assert!(check(ASYLUM, today, moved(PlaceId(2))).is_err(), "it is merged");
    assert!(check(CARE, today, Happened::Merged { into: ASYLUM }).is_err(), "into itself");
    assert!(check(PlaceId(9), today, moved(PlaceId(2))).is_err(), "nowhere");
    let renamed =
        |after: &str| Happened::Renamed { before: "Care Team".to_owned(), after: after.to_owned() };
    assert!(check(CARE, today, renamed("Care Team Two")).is_ok());
    assert!(check(CARE, today, renamed("Unaccompanied Children Team")).is_err(), "taken");
    assert!(check(CARE, today, renamed(" ")).is_err());
}
