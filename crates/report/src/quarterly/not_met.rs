//! Which standards were most often not met, in sentences.

use quarterlight_domain::figures::{QuarterFigures, Share, StandardResult};

use super::annexes;
use crate::words::{self, Noun, RECORD, STANDARD, count, part_of};

/// A judgement of met, partly met or not met.
pub const COUNTED: Noun = Noun::new("counted judgement", "counted judgements");

/// More standards than this in one sentence are not read, so beyond it only their codes are given.
const MOST_NAMED: usize = 3;

/// The standard that was not met in the most records, or those that share that place.
///
/// Records are counted and not shares, because one record of two would otherwise outweigh nine of
/// twenty.
pub fn most_often(figures: &QuarterFigures) -> String {
    let most = standards(figures).map(|standard| standard.tally.not_met).max().unwrap_or(0);
    if most == 0 {
        return "No standard was judged not met.".to_owned();
    }
    let those: Vec<&StandardResult> =
        standards(figures).filter(|standard| standard.tally.not_met == most).collect();
    if those.len() > MOST_NAMED {
        let codes: Vec<&str> = those.iter().map(|standard| standard.code.as_str()).collect();
        let number = u64::try_from(codes.len()).unwrap_or(u64::MAX);
        return format!(
            "The most often not met are {}, each not met in {}: {}. {} gives what each is out of.",
            count(number, &STANDARD),
            count(most.into(), &RECORD),
            words::list(&codes),
            annexes::STANDARDS
        );
    }
    let named: Vec<String> = those.iter().map(|standard| named(standard)).collect();
    let (standard, was) =
        if named.len() == 1 { ("standard", "was") } else { ("standards", "were") };
    format!("The {standard} most often not met {was} {}.", words::list(&named))
}

/// How the critical standards fared together: they are the ones that limit a grade.
pub fn critical(figures: &QuarterFigures) -> String {
    let tally = figures.critical_tally();
    let of = tally.result().of;
    if of == 0 {
        return "No critical standard could be counted.".to_owned();
    }
    if tally.not_met == 0 {
        return "No critical standard was judged not met.".to_owned();
    }
    format!(
        "Critical standards, which limit the grade, were not met in {}.",
        part_of(tally.not_met.into(), of.into(), &COUNTED)
    )
}

fn standards(figures: &QuarterFigures) -> impl Iterator<Item = &StandardResult> {
    figures.sections.iter().flat_map(|section| &section.standards)
}

fn named(standard: &StandardResult) -> String {
    let share = Share::new(standard.tally.not_met, standard.tally.result().of);
    format!(
        "{} {} ({} counted)",
        standard.code,
        standard.wording,
        words::out_of(share.count.into(), share.of.into(), &RECORD)
    )
}
