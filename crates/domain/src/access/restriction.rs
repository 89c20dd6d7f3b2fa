//! A record that is restricted: whoever opens it, though they may, says first why.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::id::{PersonId, RecordId, RestrictionId};
use crate::refusal::Refusal;
use crate::stamp::day_in_england;
use crate::text::Reason;

/// For how long a reason opens a restricted record to whoever gave it.
pub const REASON_LASTS: SignedDuration = SignedDuration::from_mins(30);

/// For how long a form that was opened with a reason is still taken: as long as a session lasts, so
/// that nothing that was typed is lost.
pub const FORM_LASTS: SignedDuration = SignedDuration::from_hours(12);

/// A restriction of a record, from a day and perhaps until one. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRestriction {
    /// The record.
    pub record: RecordId,
    /// The first day.
    pub from: Date,
    /// The last day; none while it has no end.
    pub until: Option<Date>,
    /// Why.
    pub why: Reason,
}

impl NewRestriction {
    /// A restriction from today on.
    ///
    /// # Errors
    /// Refuses a last day that is over.
    pub fn new(
        record: RecordId,
        today: Date,
        until: Option<Date>,
        why: Reason,
    ) -> Result<Self, Refusal> {
        if until.is_some_and(|until| until < today) {
            return Err(Refusal::because("Enter a last day that is not over, or leave it empty."));
        }
        Ok(Self { record, from: today, until, why })
    }
}

/// A restriction that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    /// Its id.
    pub id: RestrictionId,
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: String,
    /// The first day.
    pub from: Date,
    /// The last day; none while it has no end.
    pub until: Option<Date>,
    /// Why.
    pub why: String,
    /// Who restricted it.
    pub by: PersonId,
    /// Their name.
    pub by_name: String,
    /// Who lifted it, when and why.
    pub lifted: Option<(String, Timestamp, String)>,
}

impl Restriction {
    /// True if the record is restricted by it on this day.
    pub fn counts_on(&self, day: Date) -> bool {
        self.lifted.is_none() && self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Until when a reason that is given now opens the record: half an hour, and for whoever audits it the rest
/// of the day, since an audit is looked at all day long.
pub fn opens_until(at: Timestamp, is_its_auditor: bool) -> Timestamp {
    let half_an_hour = at.saturating_add(REASON_LASTS).unwrap_or(at);
    if !is_its_auditor {
        return half_an_hour;
    }
    let tomorrow = day_in_england(at).tomorrow().unwrap_or(Date::MAX);
    let midnight = tomorrow.to_datetime(jiff::civil::Time::midnight());
    crate::stamp::moment_in_england(midnight)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_reason_opens_a_record_for_half_an_hour_and_to_its_auditor_for_the_day() {
        let at: Timestamp = "2026-07-01T09:00:00Z".parse().unwrap();
        assert_eq!(opens_until(at, false).to_string(), "2026-07-01T09:30:00Z");
        assert_eq!(opens_until(at, true).to_string(), "2026-07-01T23:00:00Z", "midnight in summer");
    }

    #[test]
    fn a_restriction_counts_from_its_first_to_its_last_day_unless_it_is_lifted() {
        let mut it = Restriction {
            id: RestrictionId(1),
            record: RecordId(1),
            reference: "R-1".to_owned(),
            from: date(2026, 11, 23),
            until: Some(date(2026, 11, 30)),
            why: "A colleague's family.".to_owned(),
            by: PersonId(1),
            by_name: "Hana Novak".to_owned(),
            lifted: None,
        };
        let counts = |it: &Restriction| [22, 23, 30].map(|day| it.counts_on(date(2026, 11, day)));
        assert_eq!(counts(&it), [false, true, true]);
        assert!(!it.counts_on(date(2026, 12, 1)));
        it.lifted = Some(("Hana Novak".to_owned(), Timestamp::UNIX_EPOCH, "Moved.".to_owned()));
        assert_eq!(counts(&it), [false; 3]);
        let why = Reason::new("A colleague's family.").unwrap();
        let new = |until| NewRestriction::new(RecordId(1), date(2026, 11, 23), until, why.clone());
        assert!(new(None).is_ok() && new(Some(date(2026, 11, 22))).is_err());
    }
}
