//! How figures are written.

use proptest::prelude::*;
use quarterlight_report::words::{
    RECORD, agree, count, day_in_words, list, out_of, part_of, percent, sentence_case, share,
    share_that, whole,
};

#[test]
fn counts_take_their_plural() {
    assert_eq!(
        [0, 1, 2, 1204].map(|number| count(number, &RECORD)),
        ["no records", "1 record", "2 records", "1,204 records"]
    );
    assert_eq!(out_of(3, 25, &RECORD), "3 of 25 records");
    assert_eq!(out_of(1, 1, &RECORD), "1 of 1 record");
    assert_eq!(out_of(0, 0, &RECORD), "no records");
}

#[test]
fn a_part_is_said_as_people_say_it() {
    let said = [(0, 0), (0, 24), (18, 24), (24, 24), (0, 1), (1, 1)]
        .map(|(number, of)| part_of(number, of, &RECORD));
    assert_eq!(
        said,
        [
            "no records",
            "none of the 24 records",
            "18 of 24 records (75%)",
            "all 24 records",
            "0 of 1 record",
            "1 of 1 record",
        ]
    );
    assert_eq!([0, 1, 2].map(|number| agree(number, "was", "were")), ["were", "was", "were"]);
}

#[test]
fn percentages_stand_with_their_counts_and_round_half_away_from_zero() {
    assert_eq!(share_that(18, 24, "met"), "18 of 24 met (75%)");
    assert_eq!(share(1, 8), "1 of 8 (13%)");
    assert_eq!(share(1, 200), "1 of 200 (1%)");
    assert_eq!(share(1, 201), "1 of 201 (0%)");
    assert_eq!(share(0, 0), "none to count");
    assert_eq!(percent(5, 0), None);
    assert_eq!(percent(u64::MAX, u64::MAX), Some(100));
}

#[test]
fn thousands_are_parted() {
    assert_eq!([0, 12, 999, 1000, 1_234_567].map(whole), ["0", "12", "999", "1,000", "1,234,567"]);
}

#[test]
fn lists_read_as_sentences() {
    assert_eq!(list::<&str>(&[]), "");
    assert_eq!(list(&["Met"]), "Met");
    assert_eq!(list(&["Met", "Partly met"]), "Met and Partly met");
    assert_eq!(list(&["one", "two", "three"]), "one, two and three");
    assert_eq!(sentence_case("état des lieux"), "État des lieux");
}

#[test]
fn days_are_written_in_full() {
    assert_eq!(day_in_words(jiff::civil::date(2026, 5, 3)), "3 May 2026");
}

proptest! {
    #[test]
    fn a_percentage_is_the_nearest_whole_one(of in 1_u64..100_000, part in 0_u64..100_000) {
        let number = part.min(of);
        let exact = 100 * i128::from(number);
        let written = i128::from(percent(number, of).unwrap()) * i128::from(of);
        // Within half a point, and never half a point below: halves go away from zero.
        prop_assert!(2 * (written - exact) <= i128::from(of));
        prop_assert!(2 * (exact - written) < i128::from(of));
    }
}
