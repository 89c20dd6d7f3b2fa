//! What would be drawn, and what is refused at its field.

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::cell::CellKind;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};

use super::*;

fn open(records: usize) -> Vec<OpenRecord> {
    let record = |number| OpenRecord {
        reference: Reference::new(&format!("R-{number}")).unwrap(),
        stratum: Stratum::of("Service", "in-care"),
        kind: CellKind {
            cohort: Cohort::InCare,
            need: Need::InCare,
            disabled: Known::No,
            placement: Placement::Unknown,
            route: LegalRoute::Unknown,
        },
        service: None,
        audited: None,
        worker: None,
        excluded: None,
    };
    (0..records).map(record).collect()
}

fn plan(records: usize, form: DrawForm) -> Plan {
    let cycle = super::super::sample::cycles().remove(0);
    Plan::from((open(records), Requests::default()), &cycle, QuarterPlan::default(), form).unwrap()
}

fn total(records: usize) -> usize {
    plan(records, DrawForm::default()).sizes.unwrap().values().sum()
}

#[test]
fn one_in_twenty_is_drawn_and_no_fewer_than_twelve_unless_there_are_fewer() {
    assert_eq!(total(5), 5);
    assert_eq!(total(100), 12);
    assert_eq!(total(240), 12);
    assert_eq!(total(241), 13);
    assert_eq!(total(1204), 61);
}

#[test]
fn what_cannot_be_drawn_is_refused_at_its_field() {
    let form = |total: &str, at_least: &str| DrawForm {
        total: total.to_owned(),
        at_least: at_least.to_owned(),
        ..DrawForm::default()
    };
    let wrong = plan(30, form("31", "-1"));
    assert!(wrong.sizes.is_none());
    assert!(wrong.errors.at("total").is_some());
    assert!(wrong.errors.at("at_least").is_some());
    assert!(plan(30, form("30", "0")).errors.is_empty());
    assert!(plan(30, form("18446744073709551615", "1")).errors.at("total").is_some());
    assert!(plan(0, form("", "")).errors.at("exclude").is_some());
}
