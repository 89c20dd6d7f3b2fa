//! Controls: the tests of truth and of the account must see a falsehood.

use quarterlight_domain::need::{Known, Need, Placement};
use quarterlight_import::account::{ListAccount, Outcome};

use crate::truth::populations;

#[test]
fn the_test_of_truth_sees_every_kind_of_falsehood() {
    let population = populations().remove(0);
    let reading = population.read();
    assert!(population.differences(&reading).is_empty());
    let spoiled = |spoil: &dyn Fn(&mut quarterlight_domain::case_list::CaseLine)| {
        let mut reading = reading.clone();
        spoil(&mut reading.rows[0]);
        population.differences(&reading).len()
    };
    assert_eq!(spoiled(&|line| line.needs = [Need::ChildInNeed, Need::InCare].into()), 1);
    assert_eq!(spoiled(&|line| line.assessment_open ^= true), 1);
    assert_eq!(spoiled(&|line| line.placement = Placement::Unknown), 1);
    assert_eq!(spoiled(&|line| line.worker = Some("Somebody Else".to_owned())), 1);
    assert_eq!(spoiled(&|line| line.team = None), 1);
    assert_eq!(
        spoiled(&|line| {
            let other = if line.disabled == Known::Yes { Known::No } else { Known::Yes };
            line.disabled = other;
        }),
        1
    );
    let mut missing = reading.clone();
    missing.rows.remove(0);
    assert!(!population.differences(&missing).is_empty());
}

#[test]
fn the_test_of_the_account_sees_a_lost_row() {
    let mut account = populations().remove(0).read().account;
    for sheet in &mut account.sheets {
        if let Outcome::Holds(list) = &mut sheet.outcome
            && list.rows_used > 0
        {
            list.rows_used -= 1;
        }
    }
    assert!(!account.lists().all(ListAccount::adds_up));
}
