//! How large a cycle's sample is to be, as a programme says it before anybody has counted.

use crate::refusal::Refusal;

/// A size: a number of records, a share of them, one for each worker, or the largest of those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeRule {
    /// So many records; none where no number is asked for.
    pub number: Option<u32>,
    /// So many in a hundred records, rounded up; none where no share is asked for.
    pub percent: Option<u32>,
    /// As many records as workers hold one.
    pub one_per_worker: bool,
}

/// One in twenty, and no fewer than twelve.
impl Default for SizeRule {
    fn default() -> Self {
        Self { number: Some(12), percent: Some(5), one_per_worker: false }
    }
}

impl SizeRule {
    /// A rule of these parts.
    ///
    /// # Errors
    /// Refuses one without any part, and a share below 1 or above 100 per cent.
    pub fn new(
        number: Option<u32>,
        percent: Option<u32>,
        one_per_worker: bool,
    ) -> Result<Self, Refusal> {
        if percent.is_some_and(|percent| !(1..=100).contains(&percent)) {
            return Err(Refusal::because("Enter a share from 1 to 100 per cent."));
        }
        if number.is_none_or(|number| number == 0) && percent.is_none() && !one_per_worker {
            return Err(Refusal::because(
                "Say how many records are to be drawn: a number, a share, one for each worker, or \
                 several of these.",
            ));
        }
        Ok(Self { number, percent, one_per_worker })
    }

    /// How many records this is: the largest of its parts, and no more than there are.
    pub fn size(&self, records: usize, workers: usize) -> usize {
        let number = self.number.map_or(0, |number| usize::try_from(number).unwrap_or(records));
        let percent = usize::try_from(self.percent.unwrap_or(0)).unwrap_or(0);
        let share = records.saturating_mul(percent).div_ceil(100);
        let each = if self.one_per_worker { workers } else { 0 };
        number.max(share).max(each).min(records)
    }

    /// The rule in words: *5% of the records or 12 records, whichever is the more*.
    pub fn words(&self) -> String {
        let number = self.number.filter(|number| *number > 0);
        let number = number.map(|number| match number {
            1 => "1 record".to_owned(),
            _ => format!("{number} records"),
        });
        let parts: Vec<String> = [
            self.percent.map(|percent| format!("{percent}% of the records")),
            number,
            self.one_per_worker.then(|| "one record for each worker who holds any".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        match parts.as_slice() {
            [] => "no record".to_owned(),
            [one] => one.clone(),
            several => format!("{}, whichever is the most", several.join(" or ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_part_counts_and_never_more_than_there_are() {
        let rule = SizeRule::new(Some(12), Some(5), true).unwrap();
        assert_eq!(rule.size(100, 3), 12);
        assert_eq!(rule.size(241, 3), 13);
        assert_eq!(rule.size(241, 30), 30);
        assert_eq!(rule.size(5, 30), 5);
        assert_eq!(SizeRule::default().size(1204, 400), 61);
    }

    #[test]
    fn a_rule_that_asks_for_nothing_is_refused() {
        assert!(SizeRule::new(None, None, false).is_err());
        assert!(SizeRule::new(Some(0), None, false).is_err());
        assert!(SizeRule::new(None, Some(101), true).is_err());
    }

    #[test]
    fn a_rule_is_said_in_words() {
        assert_eq!(
            SizeRule::default().words(),
            "5% of the records or 12 records, whichever is the most"
        );
        let each = SizeRule::new(None, None, true).unwrap();
        assert_eq!(each.words(), "one record for each worker who holds any");
    }
}
