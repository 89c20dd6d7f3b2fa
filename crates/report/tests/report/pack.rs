//! The inspection pack over several quarters, as an inspector reads it.

use jiff::civil::date;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_report::pack::{MOST_QUARTERS, Released, pack};
use quarterlight_report::plain;

use super::quarters::{crowded, empty};

/// A quarter before the crowded one, in which less was found.
fn before() -> QuarterFigures {
    let quarter = crowded().quarter.before();
    QuarterFigures { quarter, actions: Vec::new(), ..crowded() }
}

#[test]
fn a_pack_reads_as_it_should() {
    let released = Released {
        title: "Quarterly audit of children’s records: All services, April to June 2026".to_owned(),
        on: date(2026, 9, 3),
        digest: "0f".repeat(32),
    };
    let document = pack(&[before(), crowded()], &[released]).unwrap();
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("pack", plain::text(&document));
    });
}

#[test]
fn an_empty_period_says_so_and_too_long_a_one_is_refused() {
    let text = plain::text(&pack(&[empty()], &[]).unwrap());
    for said in [
        "led to no finding",
        "No audit of the period was read a second time.",
        "No report of these quarters has been released.",
    ] {
        assert!(text.contains(said), "{said}");
    }
    assert!(pack(&[], &[]).is_err());
    assert!(pack(&vec![crowded(); MOST_QUARTERS + 1], &[]).is_err());
}

#[test]
fn what_is_counted_over_a_period_is_the_sum_of_its_quarters() {
    let sum = |quarters: &[QuarterFigures]| {
        let text = plain::text(&pack(quarters, &[]).unwrap());
        let line = text.lines().find(|line| line.starts_with("A1 ")).unwrap().to_owned();
        let share = line.split('|').nth(2).unwrap().trim().to_owned();
        let numbers: Vec<u64> = share.split(' ').filter_map(|word| word.parse().ok()).collect();
        (numbers[0], numbers[1])
    };
    let (one, two) = (sum(&[crowded()]), sum(&[before(), crowded()]));
    assert_eq!(two, (2 * one.0, 2 * one.1));
}
