//! Counts in sentences: as they are where they may be shown, and otherwise in plain words.
//!
//! The words never say *fewer than six*: a count may be hidden for another's sake, and whoever is
//! told which are small knows more of each of them.

use quarterlight_disclosure::{CellId, Published};

use crate::words::{self, Noun};

/// How many: *14 records*, or *a number of records that is not shown*.
pub fn count(published: &Published, cell: CellId, noun: &Noun) -> String {
    published.shown(cell).count().map_or_else(
        || format!("a number of {} that is not shown", noun.many),
        |count| words::count(count, noun),
    )
}

/// How many of how many: *18 of 24 records (75%)*, or what of it may be shown.
pub fn part(published: &Published, part: CellId, whole: CellId, noun: &Noun) -> String {
    match (published.shown(part).count(), published.shown(whole).count()) {
        (Some(part), Some(whole)) => words::part_of(part, whole, noun),
        (Some(part), None) => words::count(part, noun),
        (None, Some(whole)) => {
            format!("a number that is not shown, of the {}", words::count(whole, noun))
        }
        (None, None) => format!("a number of {} that is not shown", noun.many),
    }
}
