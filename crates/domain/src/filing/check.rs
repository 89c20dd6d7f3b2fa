//! A filing check of one record: what somebody found of its correspondence and of its paper.

use jiff::civil::Date;

use super::item::Item;
use super::paper::Paper;
use crate::calendar::Quarter;
use crate::id::{AuditId, RecordId};
use crate::refusal::Refusal;

/// The most items that one check may have.
pub const MOST_ITEMS: usize = 60;

/// A check that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCheck {
    /// Of which record.
    pub record: RecordId,
    /// In which audit; none where it was made alone.
    pub audit: Option<AuditId>,
    /// On which day the record was looked at.
    pub checked_on: Date,
    /// The date of the newest entry in the electronic record; none where nobody said.
    pub newest: Option<Date>,
    /// The items, in the order in which they were entered.
    pub items: Vec<Item>,
    /// The paper record.
    pub paper: Paper,
    /// Tells one form from another, so that one that comes twice makes one check.
    pub form_key: String,
}

impl NewCheck {
    /// The check, if it says anything.
    ///
    /// # Errors
    /// Refuses one that says nothing, one with too many items, and a day that is still to come.
    pub fn whole(self, today: Date) -> Result<Self, Refusal> {
        if self.items.is_empty() && self.paper.is_blank() && self.newest.is_none() {
            return Err(Refusal::because(
                "Enter one item at least, or say something of the paper.",
            ));
        }
        if self.items.len() > MOST_ITEMS {
            return Err(Refusal::because(format!(
                "One check has {MOST_ITEMS} items at most. Make another for the rest."
            )));
        }
        if self.newest.is_some_and(|day| day > self.checked_on) {
            return Err(Refusal::because(
                "The newest entry cannot be dated after the day of the check.",
            ));
        }
        if self.checked_on > today {
            return Err(Refusal::because("Give a day of the check that is not in the future."));
        }
        Ok(self)
    }

    /// The quarter that it counts in.
    pub fn quarter(&self) -> Quarter {
        Quarter::of(self.checked_on)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::need::Known;

    #[test]
    fn a_check_says_something_of_a_day_that_has_come() {
        let check = |exists, day| NewCheck {
            record: RecordId(1),
            audit: None,
            checked_on: day,
            newest: None,
            items: Vec::new(),
            paper: Paper { exists, ..Paper::default() },
            form_key: "one".to_owned(),
        };
        let today = date(2026, 11, 23);
        assert!(check(Known::No, today).whole(today).is_ok());
        assert!(check(Known::Unknown, today).whole(today).is_err());
        assert!(check(Known::No, date(2026, 11, 24)).whole(today).is_err());
        let newest = |newest| NewCheck { newest: Some(newest), ..check(Known::Unknown, today) };
        assert!(newest(today).whole(today).is_ok(), "that alone says something");
        assert!(newest(date(2026, 11, 24)).whole(today).is_err());
        assert_eq!(check(Known::No, today).quarter().to_string(), "2026-Q4");
    }
}
