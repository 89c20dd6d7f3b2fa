//! What the coverage pages say, from samples.

use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::claim::Standing;
use quarterlight_domain::cohort::Cohort;
use quarterlight_report::sheet::SheetCell;

use super::sample::{cell, seen};
use super::tables;
use super::workbook::workbook;
use crate::pages::coverage::picture::picture;

#[test]
fn what_nobody_has_claimed_is_said_with_its_number() {
    let mut one = cell(Some(6), "Disability Service", Cohort::DisabledPlacedOut, (0, 0));
    one.open = 14;
    let nobody = Standing::default();
    let (heading, table, more) = tables::unclaimed(&[one.clone()], &nobody, false);
    assert_eq!(heading, "Nobody has said who audits these 14 records");
    assert_eq!((table.unwrap().rows.len(), more), (1, None));
    let many: Vec<_> = (1..=20)
        .map(|id| {
            let mut cell = one.clone();
            cell.service = Some(quarterlight_domain::id::PlaceId(id));
            cell
        })
        .collect();
    let (heading, table, more) = tables::unclaimed(&many, &nobody, false);
    assert_eq!(heading, "Nobody has said who audits these 280 records");
    assert_eq!(table.unwrap().rows.len(), 12);
    assert!(more.unwrap().starts_with("8 more cells with 112 records"));
    let claimed = seen().into_iter().find(|seen| seen.claims.len() == 1).unwrap();
    let standing = Standing::on(&claimed.claims, claimed.today);
    let (heading, table, _) = tables::unclaimed(&claimed.cells, &standing, false);
    assert_eq!(heading, "Somebody has said who audits every open record");
    assert!(table.is_none());
}

#[test]
fn overlapping_claims_are_shown_with_the_one_that_holds() {
    let crowded = seen().pop().unwrap();
    let standing = Standing::on(&crowded.claims, crowded.today);
    let table = tables::overlaps(&crowded.cells, &standing, &crowded.places);
    assert_eq!(table.rows.len(), 3, "each pair once, however many cells it has");
    let none = tables::overlaps(&crowded.cells, &Standing::default(), &crowded.places);
    assert!(none.rows.is_empty());
}

#[test]
fn the_picture_says_every_state_in_words() {
    let crowded = seen().pop().unwrap();
    let shown = picture(&crowded.cells).unwrap().to_string();
    for words in ["Audited", "Planned", "Not audited", "Unknown", "<title", "<desc"] {
        assert!(shown.contains(words), "{words}");
    }
    assert!(picture(&[]).is_none());
}

#[test]
fn the_workbook_has_every_cell_and_its_numbers_as_numbers() {
    let crowded = seen().pop().unwrap();
    let standing = Standing::on(&crowded.claims, crowded.today);
    let sheet = workbook(&crowded.cells, &standing).sheets.pop().unwrap();
    assert_eq!(sheet.rows.len(), crowded.cells.len());
    assert!(sheet.rows.iter().all(|row| row.get(6) == Some(&SheetCell::Number(1204))));
    assert!(sheet.rows.iter().all(|row| row.len() <= sheet.headings.len()));
    let nobody = workbook(&crowded.cells, &Standing::default()).sheets.pop().unwrap();
    assert!(nobody.rows.iter().all(|row| row.get(10) == Some(&SheetCell::from("Nobody"))));
}

#[test]
fn the_url_of_a_cell_is_its_code() {
    let pattern = cell(None, "", Cohort::InCare, (0, 0)).pattern();
    let link = crate::links::cell(&pattern);
    let code = link.rsplit('/').next().unwrap();
    assert_eq!(code.parse::<CellPattern>().unwrap(), pattern);
}
