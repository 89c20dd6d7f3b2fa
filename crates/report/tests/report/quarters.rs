//! Three quarters of an invented council: a crowded one, an ordinary service, and an empty one.

use jiff::civil::{Date, date};
use quarterlight_domain::allocation::AllocationLine;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cell::{CellKind, CellPattern, Within};
use quarterlight_domain::claim::Claim;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::Cell;
use quarterlight_domain::draw::METHOD;
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::eligible::Exclusion;
use quarterlight_domain::figures::{
    ActionCounts, DrawFacts, Further, QuarterFigures, SectionResult, ServiceSample, StandardResult,
    Tally,
};
use quarterlight_domain::grade::Grade;
use quarterlight_domain::id::{ClaimId, MeetingId, PersonId, PlaceId, RegisterItemId, ReportId};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::register::citation::Cited;
use quarterlight_domain::register::step::{Step, What};
use quarterlight_domain::register::{Item, Kind, Meeting};
use quarterlight_domain::staffing::figures::StaffingFigures;
use quarterlight_domain::standard::StandardKind;
use quarterlight_domain::text::Reason;

mod further;
mod staffing;

const SERVICES: [(&str, u32); 8] = [
    ("Asylum and Unaccompanied Children", 96),
    ("Assessment and Early Help", 312),
    ("Children in Care", 241),
    ("Disability Service, in the Education directorate", 118),
    ("Leaving Care", 164),
    ("Safeguarding and Family Support", 402),
    ("Youth Justice", 1),
    ("Service not known", 7),
];

/// A section's letter and title, then each standard: its wording, compliance or quality, critical.
type Section = (&'static str, &'static str, &'static [(&'static str, char, bool)]);

const FRAMEWORK: [Section; 6] = [
    (
        "A",
        "The child and the family",
        &[
            ("Names, dates and addresses agree everywhere", 'C', false),
            ("Brothers, sisters and both parents are known", 'C', false),
            ("Language, faith and culture shape the work", 'Q', false),
            ("Consent is written down", 'C', false),
        ],
    ),
    (
        "B",
        "The file itself",
        &[
            ("The summary is up to date", 'C', false),
            ("The chronology helps a stranger to understand", 'Q', false),
            ("Entries are made in time", 'C', false),
            ("Letters and emails are filed in their place", 'C', false),
            ("Paper and electronic files agree", 'C', false),
            ("It is written so that the child could read it", 'Q', false),
        ],
    ),
    (
        "C",
        "Seeing the child",
        &[
            ("The child is seen, and seen alone", 'C', true),
            ("What the child says changes what is done", 'Q', false),
        ],
    ),
    (
        "D",
        "Planning",
        &[
            ("There is a plan, and it is the right one", 'C', false),
            ("The plan says who does what by when", 'Q', false),
            ("Reviews are held in time", 'C', false),
            ("What was planned is happening", 'Q', false),
        ],
    ),
    (
        "H",
        "Disabled children and children placed away from home",
        &[
            ("The placement is visited by our own worker", 'C', true),
            ("The child’s way of communicating is used", 'Q', false),
            ("The responsible authority is on record", 'C', false),
        ],
    ),
    ("L", "Difference made", &[("The child is better off", 'Q', false)]),
];

/// All services, with every kind of line that a report can have.
pub fn crowded() -> QuarterFigures {
    let samples = SERVICES.iter().zip(1_u32..).map(|((service, open), place)| ServiceSample {
        service: (*service).to_owned(),
        open: *open,
        drawn: if place > 6 { 0 } else { place + 2 },
        submitted: if place > 6 { 0 } else { place + 1 },
        from_outside: if place > 6 { 0 } else { place },
    });
    let sections = sections(27);
    QuarterFigures {
        authority: "Fernleigh Borough Council".to_owned(),
        service: None,
        quarter: Quarter::new(2026, 3).unwrap(),
        edition: "Children’s records, edition 2".to_owned(),
        case_list: Some(date(2026, 7, 1)),
        draw: Some(facts()),
        counted_on: date(2026, 10, 12),
        samples: samples.collect(),
        missed: Vec::new(),
        grades: Grade::ALL.into_iter().zip([1, 13, 11, 2]).collect(),
        before: before(&sections),
        sections,
        actions: vec![
            actions(Quarter::new(2026, 3).unwrap(), [21, 0, 6, 4]),
            actions(Quarter::new(2026, 2).unwrap(), [3, 5, 2, 18]),
            ActionCounts {
                findings: 27,
                held: 19,
                not_needed: 1,
                again: 2,
                more_time: 3,
                ..actions(Quarter::new(2026, 1).unwrap(), [0, 1, 0, 6])
            },
        ],
        coverage: coverage(),
        claims: claims(),
        allocation: vec![
            AllocationLine { need: Need::ChildInNeed, held: [48, 77, 402, 9], unallocated: 31 },
            AllocationLine { need: Need::ChildProtection, held: [12, 31, 64, 2], unallocated: 0 },
            AllocationLine { need: Need::InCare, held: [9, 44, 180, 8], unallocated: 0 },
            AllocationLine { need: Need::CareLeaver, held: [4, 60, 90, 10], unallocated: 2 },
        ],
        staffing: staffing::crowded(),
        register: register(),
        register_naming: Vec::new(),
        further: further::crowded(),
        indicators: super::series::some(),
    }
}

/// One service in its first quarter: nothing to lay beside it, and one of several things.
pub fn ordinary() -> QuarterFigures {
    let cell = |cohort, open, audited, planned| Cell {
        service: Some(PlaceId(4)),
        service_name: "Disability Service".to_owned(),
        kind: kind(cohort),
        open,
        audited,
        planned,
    };
    QuarterFigures {
        service: Some("Disability Service".to_owned()),
        samples: vec![ServiceSample {
            service: "Disability Service".to_owned(),
            open: 118,
            drawn: 6,
            submitted: 6,
            from_outside: 0,
        }],
        missed: Vec::new(),
        grades: Grade::ALL.into_iter().zip([0, 4, 1, 1]).collect(),
        sections: sections(6),
        before: Vec::new(),
        actions: vec![actions(Quarter::new(2026, 3).unwrap(), [0, 1, 0, 0])],
        coverage: vec![
            cell(Cohort::DisabledPlacedOut, 14, 0, 0),
            cell(Cohort::PlacedUnknown, 1, 0, 0),
            cell(Cohort::DisabledInArea, 103, 6, 0),
        ],
        allocation: vec![
            AllocationLine { need: Need::ChildInNeed, held: [0, 0, 0, 97], unallocated: 4 },
            AllocationLine { need: Need::ChildProtection, held: [0, 0, 0, 1], unallocated: 0 },
        ],
        staffing: StaffingFigures::default(),
        register: Vec::new(),
        register_naming: Vec::new(),
        further: Further::default(),
        indicators: Vec::new(),
        ..crowded()
    }
}

/// Nothing drawn, and no case list.
pub fn empty() -> QuarterFigures {
    QuarterFigures {
        case_list: None,
        draw: None,
        samples: Vec::new(),
        missed: Vec::new(),
        grades: Grade::ALL.map(|grade| (grade, 0)).to_vec(),
        sections: sections(0),
        before: Vec::new(),
        actions: Vec::new(),
        coverage: Vec::new(),
        claims: Vec::new(),
        allocation: Vec::new(),
        staffing: StaffingFigures::default(),
        register: Vec::new(),
        register_naming: Vec::new(),
        further: Further::default(),
        indicators: Vec::new(),
        ..crowded()
    }
}

/// The cell of a cohort that the samples put its records in.
pub fn kind(cohort: Cohort) -> CellKind {
    let placement = match cohort {
        Cohort::DisabledPlacedOut => Placement::OutOfArea,
        Cohort::PlacedUnknown => Placement::Unknown,
        _ => Placement::NotPlaced,
    };
    let disabled = matches!(cohort, Cohort::DisabledPlacedOut | Cohort::DisabledInArea);
    CellKind {
        cohort,
        need: Need::ChildInNeed,
        disabled: if disabled { Known::Yes } else { Known::No },
        placement,
        route: LegalRoute::None,
    }
}

/// A whole service claimed, one of its cells claimed by another directorate, and one given up.
fn claims() -> Vec<Claim> {
    let claim = |id, pattern, place: Option<(i64, &str)>, from| Claim {
        id: ClaimId(id),
        pattern,
        place: place.map(|(id, name)| (PlaceId(id), name.to_owned())),
        owner: None,
        framework: if place.is_some() { "Children’s records".to_owned() } else { String::new() },
        plan: "Two each quarter.".to_owned(),
        from,
        said_by: None,
        said_on: from,
    };
    let all = CellPattern { within: Within::Service(PlaceId(4)), ..CellPattern::default() };
    let leavers = CellPattern { cohort: Some(Cohort::CareLeaver), ..CellPattern::default() };
    vec![
        claim(1, all, Some((4, "Disability Service")), date(2026, 4, 1)),
        claim(2, leavers, Some((40, "Adult Services")), date(2026, 5, 1)),
        claim(
            3,
            CellPattern::of(kind(Cohort::DisabledPlacedOut), Some(PlaceId(4))),
            None,
            date(2026, 6, 1),
        ),
        claim(4, CellPattern::default(), Some((1, "After the quarter")), date(2026, 10, 2)),
    ]
}

fn facts() -> DrawFacts {
    DrawFacts {
        seed: "dice at the July meeting: 4 2 6 1 3 5".to_owned(),
        method: METHOD.to_owned(),
        frame_digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        drawn_on: date(2026, 7, 3),
        swaps: vec![(SwapReason::Closed, 2), (SwapReason::Held, 1)],
        added: 4,
        left_out: vec![(Exclusion::CohortNotIn, 3), (Exclusion::AuditedLately, 61)],
    }
}

/// Results that differ from standard to standard. The last of section H was asked of nobody.
fn sections(audits: u32) -> Vec<SectionResult> {
    let standard = |letter: &str, place: u32, (wording, kind, critical): (&str, char, bool)| {
        let asked = if letter == "H" && place == 3 { 0 } else { audits };
        let cannot_tell = asked.min(place / 3);
        let not_applicable = (asked - cannot_tell).min(if letter == "H" { 14 } else { place % 2 });
        let counted = asked - cannot_tell - not_applicable;
        let not_met = counted * (place % 4) / 9;
        let partly_met = (counted - not_met) / 5;
        StandardResult {
            code: format!("{letter}{place}"),
            wording: wording.to_owned(),
            kind: if kind == 'C' { StandardKind::Compliance } else { StandardKind::Quality },
            critical,
            tally: Tally {
                met: counted - not_met - partly_met,
                partly_met,
                not_met,
                not_applicable,
                cannot_tell,
            },
        }
    };
    let section = |(letter, title, standards): Section| SectionResult {
        letter: letter.to_owned(),
        title: title.to_owned(),
        standards: (1..)
            .zip(standards)
            .map(|(place, each)| standard(letter, place, *each))
            .collect(),
    };
    FRAMEWORK.into_iter().map(section).collect()
}

/// The quarter before: fewer audits, one standard that was new, and one that nobody could count.
fn before(sections: &[SectionResult]) -> Vec<(String, Tally)> {
    let standards = sections.iter().flat_map(|section| &section.standards);
    standards
        .filter(|standard| standard.code != "A4")
        .map(|standard| {
            let then = if standard.code == "L1" {
                Tally { not_applicable: 3, ..Tally::default() }
            } else {
                Tally { met: 15, partly_met: 2, not_met: 3, ..Tally::default() }
            };
            (standard.code.clone(), then)
        })
        .collect()
}

fn actions(quarter: Quarter, [open, overdue, addressed, verified]: [u32; 4]) -> ActionCounts {
    let findings = open + overdue + addressed + verified;
    let (held, not_needed, again, more_time) = (0, 0, 0, 0);
    ActionCounts {
        quarter,
        findings,
        open,
        overdue,
        addressed,
        verified,
        held,
        not_needed,
        again,
        more_time,
    }
}

/// Every state that a cell can have, and records of no service.
fn coverage() -> Vec<Cell> {
    let cell = |place: usize, cohort, open, audited, planned| Cell {
        service: Some(PlaceId(i64::try_from(place).unwrap())),
        service_name: SERVICES[place].0.to_owned(),
        kind: kind(cohort),
        open,
        audited,
        planned,
    };
    vec![
        cell(0, Cohort::DisabledPlacedOut, 2, 0, 0),
        cell(0, Cohort::Unaccompanied, 94, 6, 1),
        cell(1, Cohort::ChildProtection, 40, 0, 4),
        cell(1, Cohort::ChildInNeed, 272, 12, 0),
        cell(2, Cohort::PlacedUnknown, 3, 0, 0),
        cell(2, Cohort::InCare, 238, 20, 1),
        cell(3, Cohort::DisabledPlacedOut, 14, 3, 2),
        cell(3, Cohort::DisabledInArea, 104, 9, 0),
        cell(4, Cohort::CareLeaver, 164, 0, 0),
        cell(5, Cohort::ChildProtection, 69, 14, 0),
        cell(5, Cohort::ChildInNeed, 333, 0, 0),
        cell(6, Cohort::ChildInNeed, 1, 0, 0),
        Cell {
            service: None,
            service_name: "Service not known".to_owned(),
            kind: kind(Cohort::ChildInNeed),
            open: 7,
            audited: 0,
            planned: 0,
        },
    ]
}

/// A question that is owed and overdue after more time, one replied to, and a resolution accepted.
fn register() -> Vec<Item> {
    let words = |text: &str| Reason::new(text).unwrap();
    let step = |what, text: &str, day: Date| Step {
        what,
        words: words(text),
        by: Some("Bernard Quill".to_owned()),
        at: day.at(12, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp(),
    };
    let item = |number, kind, text: &str, steps| Item {
        id: RegisterItemId(i64::from(number)),
        meeting: Meeting {
            held_on: date(2026, 7, 15),
            id: MeetingId(1),
            committee: "Corporate Parenting Board".to_owned(),
        },
        number,
        kind,
        words: words(text),
        asked_by: None,
        about: None,
        first_owner: (PersonId(1), "Catherine Bello".to_owned()),
        first_due: date(2026, 8, 12),
        steps,
    };
    let moved = What::Moved { from: date(2026, 8, 12), to: date(2026, 9, 30) };
    let later = step(moved, "The list comes in September.", date(2026, 8, 10));
    let replied = step(What::Replied, "A note was sent to members.", date(2026, 8, 3));
    let taken = step(What::Accepted(MeetingId(2)), "Noted.", date(2026, 9, 16));
    let asked = "Who audits the records of disabled children placed out of area?";
    let chart = Cited::parse("figure 2").unwrap();
    let report = (ReportId(1), "Quarterly audit".to_owned(), chart);
    vec![
        Item {
            asked_by: Some("Councillor Marchetti".to_owned()),
            ..item(1, Kind::Question, asked, vec![later])
        },
        Item {
            about: Some(report),
            ..item(2, Kind::Promise, "A note on the chart will be sent.", vec![replied.clone()])
        },
        item(3, Kind::Resolution, "The report be noted.", vec![replied, taken]),
    ]
}
