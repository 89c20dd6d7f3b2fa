//! Coverage for the sample pages: none, an ordinary authority, and every state in hostile words.

use jiff::civil::{Date, date};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cell::{CellKind, CellPattern, Within};
use quarterlight_domain::claim::Claim;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::Cell;
use quarterlight_domain::draw_request::DrawRequest;
use quarterlight_domain::id::{CaseListId, ClaimId, DrawRequestId, PersonId, PlaceId};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::place::{Place, PlaceKind};
use quarterlight_domain::text::Reason;
use quarterlight_store::CellAudits;

use super::ask::AskForm;
use super::cell::{Seen as CellSeen, Typed};
use super::claim::{Choices, ClaimForm};
use super::show::Seen;
use super::withdraw::WithdrawForm;
use crate::form::Errors;
use crate::govuk::HOSTILE;

const TODAY: Date = date(2026, 11, 23);

/// The kind of cell of a cohort that the samples use.
pub fn kind(cohort: Cohort) -> CellKind {
    CellKind {
        cohort,
        need: Need::InCare,
        disabled: Known::Yes,
        placement: Placement::OutOfArea,
        route: LegalRoute::InCare,
    }
}

/// A cell with 1,204 open records.
pub fn cell(
    service: Option<i64>,
    name: &str,
    cohort: Cohort,
    (audited, planned): (u32, u32),
) -> Cell {
    Cell {
        service: service.map(PlaceId),
        service_name: name.to_owned(),
        kind: kind(cohort),
        open: 1204,
        audited,
        planned,
    }
}

fn claim(id: i64, pattern: CellPattern, place: Option<i64>, words: &str) -> Claim {
    Claim {
        id: ClaimId(id),
        pattern,
        place: place.map(|place| (PlaceId(place), words.to_owned())),
        owner: (id % 2 == 0).then(|| (PersonId(1), words.to_owned())),
        framework: words.to_owned(),
        plan: words.to_owned(),
        from: date(2026, 10, 1),
        said_by: Some(words.to_owned()),
        said_on: date(2026, 10, 1),
    }
}

fn place(id: i64, kind: PlaceKind, name: &str) -> Place {
    Place { id: PlaceId(id), parent: None, kind, name: name.to_owned() }
}

fn crowded() -> Vec<Cell> {
    let services = [
        (Some(4), HOSTILE, (3, 0)),
        (Some(5), "Children in Need North", (0, 2)),
        (Some(6), "Disability Service", (0, 0)),
        (None, "Service not known", (0, 0)),
    ];
    services
        .into_iter()
        .flat_map(|(service, name, done)| {
            Cohort::ALL.map(|cohort| cell(service, name, cohort, done))
        })
        .collect()
}

fn hostile_claims() -> Vec<Claim> {
    let all = CellPattern::default();
    let service = CellPattern { within: Within::Service(PlaceId(4)), ..all };
    let one = CellPattern::of(kind(Cohort::InCare), Some(PlaceId(4)));
    vec![
        claim(1, all, Some(5), "Education"),
        claim(2, service, Some(4), HOSTILE),
        claim(3, one, None, HOSTILE),
    ]
}

fn requests(words: &str) -> Vec<DrawRequest> {
    let Ok(reason) = Reason::new(words) else { return Vec::new() };
    vec![DrawRequest {
        id: DrawRequestId(1),
        pattern: CellPattern::of(kind(Cohort::InCare), Some(PlaceId(4))),
        at_least: 5,
        reason,
        asked_by: Some(words.to_owned()),
        asked_on: date(2026, 11, 20),
    }]
}

fn places() -> Vec<Place> {
    vec![
        place(1, PlaceKind::Authority, "Larkmoor"),
        place(2, PlaceKind::Directorate, "Education"),
        place(4, PlaceKind::Service, HOSTILE),
        place(5, PlaceKind::Service, "Children in Need North"),
    ]
}

/// What the coverage page is made from.
pub fn seen() -> Vec<Seen> {
    let none = Seen {
        quarter: Quarter::of(TODAY),
        today: TODAY,
        cells: Vec::new(),
        claims: Vec::new(),
        requests: Vec::new(),
        places: places(),
        as_at: None,
        differs: None,
        lists_records: true,
        imports: true,
        claims_cells: true,
    };
    let ordinary = Seen {
        cells: vec![cell(Some(5), "Children in Need North", Cohort::ChildInNeed, (40, 12))],
        as_at: Some(date(2026, 10, 1)),
        differs: Some(CaseListId(7)),
        lists_records: false,
        imports: false,
        claims_cells: false,
        ..none.clone()
    };
    let crowded = Seen {
        cells: crowded(),
        claims: hostile_claims(),
        requests: requests(HOSTILE),
        as_at: Some(date(2026, 10, 1)),
        differs: Some(CaseListId(7)),
        ..none.clone()
    };
    let claimed = Seen {
        claims: vec![claim(1, CellPattern::default(), Some(5), "Education")],
        ..ordinary.clone()
    };
    vec![none.clone(), Seen { imports: false, ..none }, ordinary, claimed, crowded]
}

/// What the page of a cell is made from.
pub fn cells() -> Vec<(CellSeen, Typed, Errors)> {
    let one = CellPattern::of(kind(Cohort::InCare), Some(PlaceId(4)));
    let none = CellSeen {
        pattern: CellPattern::of(kind(Cohort::CareLeaver), None),
        today: TODAY,
        cells: Vec::new(),
        claims: Vec::new(),
        requests: Vec::new(),
        audits: Vec::new(),
        places: places(),
        lists_records: false,
        choices: None,
    };
    let choices = Choices {
        people: vec![(PersonId(1), HOSTILE.to_owned())],
        framework: "Children’s records".to_owned(),
        form_key: "key".to_owned(),
    };
    let nobodys = CellSeen {
        pattern: CellPattern::of(kind(Cohort::InCare), None),
        cells: vec![cell(None, "Service not known", Cohort::InCare, (0, 0))],
        lists_records: true,
        choices: Some(choices.clone()),
        ..none.clone()
    };
    let several = CellSeen {
        pattern: CellPattern::default(),
        cells: crowded(),
        claims: hostile_claims(),
        ..nobodys.clone()
    };
    let hostile = CellSeen {
        pattern: one,
        cells: vec![cell(Some(4), HOSTILE, Cohort::InCare, (3, 2))],
        requests: requests(HOSTILE),
        audits: vec![CellAudits {
            quarter: Quarter::of(TODAY),
            framework: HOSTILE.to_owned(),
            submitted: 3,
            assigned: 2,
        }],
        ..several.clone()
    };
    let mut errors = Errors::default();
    for field in ["place", "owner", "framework", "plan", "from", "at_least", "reason", "because"] {
        errors.say(field, HOSTILE);
    }
    let text = || HOSTILE.to_owned();
    let claim = ClaimForm {
        place: text(),
        owner: text(),
        framework: text(),
        plan: text(),
        day: text(),
        month: text(),
        year: text(),
        form_key: text(),
    };
    let typed = Typed {
        claim: Some(claim),
        ask: Some(AskForm { at_least: text(), reason: text(), form_key: text() }),
        withdraw: Some(WithdrawForm { request: text(), because: text() }),
    };
    let blank = || (Typed::default(), Errors::default());
    let with = |seen, (typed, errors)| (seen, typed, errors);
    vec![
        with(none, blank()),
        with(nobodys, blank()),
        with(several, blank()),
        with(hostile, (typed, errors)),
    ]
}
