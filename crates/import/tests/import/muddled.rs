//! What authorities do to a workbook without meaning harm, one muddle to a test.

use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_import::account::{Outcome, Why};
use quarterlight_import::annex_a::{HomeFrom, List, read_for};
use quarterlight_import::{Limits, Severity};

use crate::made::{AS_AT, LIST_6, LIST_8, in_care, in_need, read, record, sentences, workbook};

const CIN: &str = "c) Child in need plan";

#[test]
fn dates_in_three_styles_are_the_same_day() {
    let styles = ["04/03/2026", "4-Mar-2026", "2026-03-04 00:00:00"];
    let rows = styles
        .iter()
        .zip(["1", "2", "3"])
        .map(|(seen, child)| in_need(child, "b) No", seen, CIN, "Ada Oakes"));
    let reading = read(&workbook(&[("List 6", &LIST_6, rows.collect())])).unwrap();
    let seen: Vec<_> = reading.rows.iter().map(|line| line.dates[&KeyDate::LastSeen]).collect();
    assert_eq!(seen, [jiff::civil::date(2026, 3, 4); 3]);
}

#[test]
fn an_impossible_date_is_a_problem_with_its_place() {
    let rows = vec![in_need("1", "b) No", "31/02/2026", CIN, "Ada Oakes")];
    let reading = read(&workbook(&[("Open cases", &LIST_6, rows)])).unwrap();
    assert!(sentences(&reading).contains(
        &"List 6 (sheet “Open cases”), row 2, column I (“Date Child Was Last Seen”): “31/02/2026” \
          is not a date; write it as day/month/year; it was left out."
            .to_owned()
    ));
    assert!(!record(&reading, "1").dates.contains_key(&KeyDate::LastSeen));
}

#[test]
fn a_date_after_the_day_of_the_list_is_left_out() {
    let rows = vec![in_need("1", "b) No", "01/04/2026", CIN, "Ada Oakes")];
    let reading = read(&workbook(&[("List 6", &LIST_6, rows)])).unwrap();
    assert!(sentences(&reading).iter().any(|it| it.contains("01/04/2026 is after 31/03/2026")));
    assert!(!record(&reading, "1").dates.contains_key(&KeyDate::LastSeen));
}

#[test]
fn the_same_row_twice_counts_once_and_a_second_open_row_is_reported() {
    let one = in_need("1", "b) No", "04/03/2026", CIN, "Ada Oakes");
    let other = in_need("1", "a) Yes", "04/03/2026", CIN, "Uma Quill");
    let reading = read(&workbook(&[("List 6", &LIST_6, vec![one.clone(), one, other])])).unwrap();
    let list = reading.account.lists().next().unwrap();
    assert_eq!((list.rows_used, list.rows_not_used[&Why::Duplicate]), (2, 1));
    assert_eq!(reading.rows.len(), 1);
    let said = sentences(&reading).join("\n");
    for matter in ["disability", "worker"] {
        assert!(said.contains(&format!("the {matter} differs from another row")), "{said}");
    }
    assert!(!said.contains("Uma Quill"), "a problem names no worker");
    // The later of two rows that began on the same day is followed.
    assert_eq!(record(&reading, "1").worker.as_deref(), Some("Uma Quill"));
}

#[test]
fn an_unknown_status_loses_no_child() {
    let rows = vec![in_need("1", "b) No", "04/03/2026", "Sleeping", "Ada Oakes")];
    let reading = read(&workbook(&[("List 6", &LIST_6, rows)])).unwrap();
    assert_eq!(record(&reading, "1").needs, [Need::ChildInNeed].into());
    assert!(sentences(&reading).iter().any(|it| it.contains("“Sleeping” is not a case status")));
}

#[test]
fn titles_totals_and_filter_notes_are_not_children() {
    let rows = vec![
        in_need("1", "b) No", "04/03/2026", CIN, "Ada Oakes"),
        vec![],
        vec!["Total", "1"],
        vec!["Applied filters: Team is North"],
    ];
    let reading = read(&workbook(&[("List 6", &LIST_6, rows)])).unwrap();
    let list = reading.account.lists().next().unwrap();
    assert_eq!(list.rows_read, 4);
    assert_eq!(list.rows_not_used[&Why::Note], 2);
    assert_eq!(list.rows_not_used[&Why::Blank], 1);
    assert!(list.adds_up());
    assert!(reading.problems.iter().all(|problem| problem.severity == Severity::Warning));
}

#[test]
fn a_row_without_a_reference_stops_and_says_so() {
    let rows = vec![
        in_need("", "b) No", "04/03/2026", CIN, "Ada Oakes"),
        in_need("Ada Lovelace", "b) No", "05/03/2026", CIN, "Ada Oakes"),
    ];
    let reading = read(&workbook(&[("List 6", &LIST_6, rows)])).unwrap();
    assert!(reading.rows.is_empty());
    let stopped = reading.problems.iter().filter(|it| it.severity == Severity::StopsRow);
    assert_eq!(stopped.count(), 2);
    let said = sentences(&reading).join("\n");
    assert!(said.contains("row 2, column A (“Child Unique ID”): the row has no reference"));
    assert!(!said.contains("Lovelace"), "what is no reference may be a name");
}

#[test]
fn references_keep_their_zeros_and_lose_only_excels_decimals() {
    let rows = vec![
        in_need("00123", "b) No", "04/03/2026", CIN, "Ada Oakes"),
        in_need("123.0", "b) No", "04/03/2026", CIN, "Ada Oakes"),
    ];
    let reading = read(&workbook(&[("List 6", &LIST_6, rows)])).unwrap();
    let references: Vec<&str> = reading.rows.iter().map(|line| line.reference.as_str()).collect();
    assert_eq!(references, ["00123", "123"]);
    assert!(sentences(&reading).iter().any(|it| it.contains("only by leading zeros")));
}

#[test]
fn without_both_location_columns_every_placement_is_unknown_and_loudly() {
    let headings: Vec<&str> = LIST_8
        .into_iter()
        .filter(|it| !it.contains("Location") && !it.starts_with("LA "))
        .collect();
    let mut row = in_care("1", "N", "AUT", "", "");
    row.drain(9..11);
    let reading = read(&workbook(&[("List 8", &headings, vec![row])])).unwrap();
    assert_eq!(record(&reading, "1").placement, Placement::Unknown);
    assert_eq!(reading.account.placement_unknown, 1);
    assert!(sentences(&reading).iter().any(|it| it.contains("no one can tell who is placed out")));
}

#[test]
fn placements_are_sorted_by_both_columns_and_disagreement_is_unknown() {
    let rows = vec![
        in_care("1", "N", "N", "a) In", "Harrow"),
        in_care("2", "N", "N", "Yes", "310"),
        in_care("3", "N", "N", "In LA", "E09000015"),
        in_care("4", "N", "N", "a) In", "Kent"),
        in_care("5", "N", "N", "", "London Borough of Harrow"),
        in_care("6", "N", "N", "", "Kent"),
        in_care("7", "N", "N", "", ""),
        in_care("8", "N", "N", "", "WAL - Child placed in Wales"),
    ];
    let reading = read(&workbook(&[("List 8", &LIST_8, rows)])).unwrap();
    let placements: Vec<Placement> = reading.rows.iter().map(|line| line.placement).collect();
    assert_eq!(
        placements,
        [
            Placement::InArea,
            Placement::InArea,
            Placement::InArea,
            Placement::Unknown,
            Placement::InArea,
            Placement::OutOfArea,
            Placement::Unknown,
            Placement::OutOfArea
        ]
    );
    let home = reading.account.home.as_ref().unwrap();
    assert_eq!(home.name, "Harrow");
    assert_eq!(home.from, HomeFrom::MostPlacementsInArea { naming_it: 3, of: 4 });
    assert!(sentences(&reading).iter().any(|it| it.contains("does not agree with the authority")));
}

#[test]
fn whose_list_it_is_can_be_told() {
    let rows = vec![in_care("1", "N", "N", "", "Harrow"), in_care("2", "N", "N", "", "Kent")];
    let bytes = workbook(&[("List 8", &LIST_8, rows)]);
    let untold = read(&bytes).unwrap();
    assert_eq!(untold.account.placement_unknown, 2);
    assert!(sentences(&untold).iter().any(|it| it.contains("whose list this is cannot be told")));
    let told = read_for(Some("886"), &bytes, AS_AT, &Limits::default()).unwrap();
    assert_eq!(record(&told, "1").placement, Placement::OutOfArea);
    assert_eq!(record(&told, "2").placement, Placement::InArea);
}

#[test]
fn disability_and_uasc_are_never_no_by_silence() {
    let rows = vec![
        in_care("1", "CLA", "AUT", "In", ""),
        in_care("2", "", "", "In", ""),
        in_care("3", "UASC", "NOBT", "In", ""),
        in_care("4", "Non-UASC", "b) No", "In", ""),
    ];
    let reading = read(&workbook(&[("List 8", &LIST_8, rows)])).unwrap();
    let known: Vec<(Known, Known)> =
        reading.rows.iter().map(|line| (line.unaccompanied, line.disabled)).collect();
    assert_eq!(
        known,
        [
            (Known::Unknown, Known::Yes),
            (Known::Unknown, Known::Unknown),
            (Known::Yes, Known::Unknown),
            (Known::No, Known::No)
        ]
    );
    assert!(sentences(&reading).iter().any(|it| it.contains("“CLA” does not say whether")));
    assert_eq!(record(&reading, "1").route, LegalRoute::InCare);
}

#[test]
fn a_list_split_over_two_sheets_is_one_list() {
    let one = vec![in_need("1", "b) No", "04/03/2026", CIN, "Ada Oakes")];
    let two = vec![in_need("2", "b) No", "04/03/2026", CIN, "Ada Oakes")];
    let cover: Vec<Vec<&str>> = vec![vec!["Prepared for the inspection"]];
    let reading = read(&workbook(&[
        ("Cover", &["Annex A"], cover),
        ("North", &LIST_6, one),
        ("South", &LIST_6, two),
    ]))
    .unwrap();
    assert_eq!(reading.rows.len(), 2);
    assert_eq!(reading.account.rows_by_list()[&List::InNeed], 2);
    assert!(matches!(reading.account.sheets[0].outcome, Outcome::NotUsed(_)));
}

#[test]
fn an_assessment_alone_is_a_child_in_need_and_said_so() {
    let headings = [
        "Child Unique ID",
        "Does the Child have a Disability",
        "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Allocated Team",
        "Allocated Worker",
    ];
    let rows = vec![
        vec!["1", "Y", "01/03/2026", "Yes", "", "North", "Ada Oakes"],
        vec!["2", "Y", "01/02/2026", "Yes", "01/03/2026", "North", "Ada Oakes"],
        vec!["3", "Y", "01/03/2026", "Yes", "", "North", "Ada Oakes"],
    ];
    let closed = in_need("3", "Y", "04/03/2026", "e) Closed episode", "Ada Oakes");
    let reading =
        read(&workbook(&[("List 4", &headings, rows), ("List 6", &LIST_6, vec![closed])])).unwrap();
    assert_eq!(reading.rows.len(), 1);
    assert!(record(&reading, "1").assessment_open);
    assert_eq!(record(&reading, "1").needs, [Need::ChildInNeed].into());
    assert!(sentences(&reading).iter().any(|it| it.contains("List 6 has the case closed since")));
}

#[test]
fn two_lists_that_differ_are_followed_in_the_stated_order() {
    let in_need = in_need("1", "b) No", "04/03/2026", "a) Looked after child", "Ada Oakes");
    let in_care = in_care("1", "N", "a) Yes", "In", "");
    let reading =
        read(&workbook(&[("List 6", &LIST_6, vec![in_need]), ("List 8", &LIST_8, vec![in_care])]))
            .unwrap();
    let line = record(&reading, "1");
    assert_eq!(line.disabled, Known::Yes);
    assert_eq!(line.worker.as_deref(), Some("Vera Pell"));
    assert_eq!(line.team.as_deref(), Some("Care Team"));
    let said = sentences(&reading);
    for matter in ["disability", "worker", "team"] {
        let expected = format!("the {matter} differs from List 8 for the same child");
        assert!(said.iter().any(|it| it.starts_with("List 6, row 2") && it.contains(&expected)));
    }
    assert!(!said.iter().any(|it| it.contains("date of birth")));
}
