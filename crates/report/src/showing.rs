//! What a sample can show, and what it cannot, in sentences that are true before it is drawn.

use quarterlight_domain::statistics::hypergeometric::{missed, most_failing};
use quarterlight_domain::statistics::interval::wilson_finite;
use quarterlight_domain::statistics::percent_up;
use quarterlight_domain::statistics::size::{cochran, to_see_one};

use crate::words::{RECORD, count, percent, whole};

/// What a sample of so many records, drawn from so many, can show. Never empty: where it can show
/// nothing, that is said.
pub fn what_it_shows(sampled: u32, population: u32) -> Vec<String> {
    let (n, all) = (whole(sampled.into()), whole(population.into()));
    if population == 0 {
        return vec!["There is no record to draw from, so there is nothing to show.".to_owned()];
    }
    if sampled == 0 {
        return vec!["No record is drawn, so the sample shows nothing.".to_owned()];
    }
    if sampled >= population {
        return vec![format!(
            "All {all} records are drawn, so the results are those of every record: nothing is \
             left to chance."
        )];
    }
    let mut sentences = Vec::new();
    if let Some(most) = most_failing(sampled, population) {
        sentences.push(format!(
            "If none of {n} fails, then with 95% confidence {}.",
            bound(most, population)
        ));
    }
    let some = population.div_ceil(20);
    let seen = 100 - percent_up(missed(some, sampled, population));
    sentences.push(format!(
        "If {} of the {all} {} ({}%), the chance that the sample has at least one of them is {seen}%.",
        whole(some.into()),
        if some == 1 { "records fails" } else { "records fail" },
        percent(some.into(), population.into()).unwrap_or(0),
    ));
    if let Some(interval) = wilson_finite(sampled / 2, sampled, population) {
        sentences.push(format!(
            "A share that is near one half is known to within {} percentage points either way.",
            percent_up((interval.high - interval.low) / 2.0)
        ));
    }
    let close = cochran(Some(population), 0.1, 0.5).map(|size| size.required);
    if let Some((close, one)) = close.zip(to_see_one(population, some)) {
        sentences.push(format!(
            "To know every share to within 10 percentage points takes {}; to have at least one of \
             {} that fail, with 95% confidence, takes {}.",
            count(close.into(), &RECORD),
            whole(some.into()),
            whole(one.into())
        ));
    }
    sentences
}

/// What one stratum shows by itself where none of its sample fails: *at most 3 of 9 (34%)*.
pub fn bound_of(sampled: u32, population: u32) -> String {
    match most_failing(sampled, population) {
        None => "Nothing: none is drawn".to_owned(),
        Some(0) if sampled == population => "None: all are drawn".to_owned(),
        Some(most) => {
            let share = percent_up(f64::from(most) / f64::from(population));
            format!("At most {} of {} ({share}%)", whole(most.into()), whole(population.into()))
        }
    }
}

fn bound(most: u32, population: u32) -> String {
    let verb = if most == 1 { "fails" } else { "fail" };
    format!(
        "at most {} of the {} records ({}%) {verb}",
        whole(most.into()),
        whole(population.into()),
        percent(most.into(), population.into()).unwrap_or(0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_says_what_it_can_show() {
        let said = what_it_shows(24, 240);
        assert_eq!(
            said[0],
            "If none of 24 fails, then with 95% confidence at most 26 of the 240 records (11%) fail."
        );
        assert_eq!(
            said[1],
            "If 12 of the 240 records fail (5%), the chance that the sample has at least one of \
             them is 72%."
        );
        assert!(said[3].contains("takes 69 records"), "{}", said[3]);
    }

    #[test]
    fn what_shows_everything_or_nothing_is_said_to() {
        assert!(what_it_shows(0, 40)[0].contains("shows nothing"));
        assert!(what_it_shows(0, 0)[0].contains("no record to draw from"));
        assert!(what_it_shows(40, 40)[0].contains("every record"));
        assert_eq!(bound_of(0, 4), "Nothing: none is drawn");
        assert_eq!(bound_of(4, 4), "None: all are drawn");
    }
}
