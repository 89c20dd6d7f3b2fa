//! Lists of the authority's own, as CSV and as Excel, by their mappings.

use jiff::civil::date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::source::{Sighting, SourceKind};
use quarterlight_import::account::{ListAccount, Outcome, Why};
use quarterlight_import::local_list::{Field, ListKind, Mapping, headings, propose, read};
use quarterlight_import::{Limits, NotReadable, SourceReading};

use crate::made::{AS_AT, workbook};

fn reading(bytes: &[u8], mapping: &Mapping) -> SourceReading {
    let reading =
        read(("list.csv", bytes), mapping, AS_AT, Some("Harrow"), &Limits::default()).unwrap();
    assert!(reading.account.lists().all(ListAccount::adds_up));
    reading
}

fn sighting<'r>(reading: &'r SourceReading, child: &str) -> &'r Sighting {
    reading.source.sightings.iter().find(|it| it.reference.as_str() == child).unwrap()
}

fn sentences(reading: &SourceReading) -> Vec<String> {
    reading.problems.iter().map(ToString::to_string).collect()
}

const PLACEMENTS: &str = "Placements as at March\r\n\r\nChild ref;DOB;LA of placement;Placement \
     start date;Case status;Social worker;Team;Disabled\r\n\
     0012;01/02/2015;Kent;05/01/2026;CLA;Vera Pell;Care Team;Y\r\n\
     0013;01/02/2014;310;06/01/2026;LAC;#N/A;Care Team;perhaps\r\n\
     0012;01/02/2015;Kent;07/01/2026;CLA;;;\r\n\
     Total;;;3\r\n";

#[test]
fn a_list_of_placements_is_read_by_the_mapping_that_is_proposed() {
    let found = headings(PLACEMENTS.as_bytes(), &Limits::default()).unwrap();
    assert_eq!((found.len(), found[0].row), (1, 3));
    let names: Vec<&str> = found[0].headings.iter().map(String::as_str).collect();
    let mapping = propose(&names);
    assert_eq!(mapping.kind, ListKind::Placements);
    let reading = reading(PLACEMENTS.as_bytes(), &mapping);
    assert_eq!(reading.source.kind, SourceKind::LocalList);
    assert_eq!(reading.source.sightings.len(), 2);
    let out = sighting(&reading, "0012");
    assert_eq!(out.placement, Some(Placement::OutOfArea));
    assert_eq!((out.open, out.disabled), (Known::Yes, Known::Yes));
    assert!(out.needs.contains(&Need::InCare));
    assert_eq!(out.holder.name.as_deref(), Some("Vera Pell"));
    assert_eq!(out.history.latest(KeyDate::PlacementStarted), Some(date(2026, 1, 7)));
    assert_eq!(out.history.born, Some(date(2015, 2, 1)));
    let inside = sighting(&reading, "0013");
    assert_eq!(inside.placement, Some(Placement::InArea));
    assert!(inside.holder.is_nobody());
    let list = reading.account.lists().next().unwrap();
    assert_eq!((list.rows_used, list.rows_not_used[&Why::Note]), (3, 1));
    let said = sentences(&reading);
    assert!(
        said.iter().any(|it| it.contains("row 5, column H") && it.contains("“perhaps”")),
        "{said:?}"
    );
}

#[test]
fn notices_are_of_a_route_that_no_column_says_and_values_mean_what_the_mapping_says() {
    let mut mapping = Mapping {
        name: "Hospital notices".to_owned(),
        kind: ListKind::Notices,
        columns: [
            (Field::Reference, "Ref".to_owned()),
            (Field::Disabled, "SEN".to_owned()),
            (Field::Placement, "Where".to_owned()),
        ]
        .into(),
        always: [(Field::Route, "s85".to_owned())].into(),
        ..Mapping::default()
    };
    mapping.set_value(Field::Disabled, "EHCP", "yes");
    mapping.set_value(Field::Placement, "Northwick Park", "out");
    let text = "Ref,SEN,Where\nA1,ehcp,Northwick Park\nA2,,\n";
    let reading = reading(text.as_bytes(), &mapping);
    let one = sighting(&reading, "A1");
    assert_eq!((one.route, one.disabled), (Some(LegalRoute::Section85), Known::Yes));
    assert_eq!((one.placement, one.open), (Some(Placement::OutOfArea), Known::Unknown));
    let other = sighting(&reading, "A2");
    assert_eq!((other.disabled, other.placement), (Known::Unknown, None));
}

#[test]
fn a_list_of_workers_gives_registration_grade_and_team() {
    let bytes = workbook(&[(
        "Staff",
        &["Name", "SWE number", "Grade", "Team", "FTE", "Agency"],
        vec![
            vec!["Ada Oakes", "SW 1000000037", "Social Worker (ASYE)", "North Team", "0.8", "N"],
            vec!["Vera Pell", "SW1000000074", "Senior Social Worker", "Care Team", "1", "Y"],
            vec!["Sam Quill", "", "P4", "", "", ""],
        ],
    )]);
    let mut mapping = propose(&["Name", "SWE number", "Grade", "Team", "FTE", "Agency"]);
    mapping.set_value(Field::Grade, "P4", "early-career");
    let reading = reading(&bytes, &mapping);
    assert!(reading.source.sightings.is_empty());
    let workers = &reading.source.workers;
    let of =
        |name: &str| workers.iter().find(|it| it.worker.name.as_deref() == Some(name)).unwrap();
    assert_eq!(of("Ada Oakes").experience, Experience::NewlyQualified);
    assert_eq!(of("Ada Oakes").worker.registration.as_deref(), Some("SW1000000037"));
    assert_eq!(of("Ada Oakes").full_time_thousandths, Some(800));
    assert_eq!(
        (of("Vera Pell").experience, of("Vera Pell").agency),
        (Experience::Experienced, Known::Yes)
    );
    assert_eq!(of("Sam Quill").experience, Experience::EarlyCareer);
}

#[test]
fn a_mapped_column_that_is_not_there_is_named() {
    let mapping = Mapping {
        name: "Plans".to_owned(),
        columns: [(Field::Reference, "Ref".to_owned()), (Field::Born, "Birthday".to_owned())]
            .into(),
        ..Mapping::default()
    };
    let without = reading(b"Ref,Team\nA1,North\n", &mapping);
    assert_eq!(
        sentences(&without),
        [
            "Plans (“list.csv”): there is no column “Birthday”, which the mapping takes for “Date of \
          birth”; correct the heading or the mapping; it was taken as not known."
        ]
    );
    assert!(without.source.lists[0].tells.is_empty());
    assert!(sighting(&without, "A1").history.asked.is_empty());
    let other = reading(b"Name,Team\nA1,North\n", &mapping);
    assert!(other.source.sightings.is_empty());
    assert!(
        matches!(&other.account.files[0].sheets[0].outcome, Outcome::NotUsed(why) if why.contains("“Ref”"))
    );
}

#[test]
fn a_name_in_the_place_of_a_reference_is_a_problem_that_does_not_repeat_it() {
    let mapping = propose(&["Reference", "Team"]);
    let reading = reading(b"Reference,Team\nAda Lovelace,North\n", &mapping);
    assert!(reading.source.sightings.is_empty());
    let said = sentences(&reading);
    assert!(said.len() == 1 && !said[0].contains("Lovelace"), "{said:?}");
}

#[test]
fn what_is_neither_a_workbook_nor_text_is_refused() {
    let mapping = propose(&["Reference", "Team"]);
    let read = |bytes: &[u8]| {
        read(("x", bytes), &mapping, AS_AT, None, &Limits::default()).map(|_| ()).unwrap_err()
    };
    assert_eq!(read(b""), NotReadable::Empty);
    assert!(matches!(read(b"%PDF-1.7"), NotReadable::AnotherFile(_)));
    assert!(matches!(read(b"Reference,Team\n\"A1,North\n"), NotReadable::Damaged(_)));
}
