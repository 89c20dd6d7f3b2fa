//! Two days that somebody typed: from one, until another, each in boxes of its own.

use jiff::civil::Date;
use quarterlight_domain::refusal::Refusal;
use serde::Deserialize;

use super::{Errors, TypedDate};

/// What was typed into the six boxes *From* and *Until*; flattened into the form that has them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct TypedPeriod {
    #[serde(rename = "from-day")]
    from_day: String,
    #[serde(rename = "from-month")]
    from_month: String,
    #[serde(rename = "from-year")]
    from_year: String,
    #[serde(rename = "until-day")]
    until_day: String,
    #[serde(rename = "until-month")]
    until_month: String,
    #[serde(rename = "until-year")]
    until_year: String,
}

impl TypedPeriod {
    /// From a day that stands there already, and until no day yet.
    pub fn starting(from: TypedDate) -> Self {
        Self { from_day: from.day, from_month: from.month, from_year: from.year, ..Self::default() }
    }

    /// The day from which, as typed.
    pub fn from(&self) -> TypedDate {
        let (day, month) = (self.from_day.clone(), self.from_month.clone());
        TypedDate { day, month, year: self.from_year.clone() }
    }

    /// The day until which, as typed.
    pub fn until(&self) -> TypedDate {
        let (day, month) = (self.until_day.clone(), self.until_month.clone());
        TypedDate { day, month, year: self.until_year.clone() }
    }

    /// From a day that must be there, until one that may be: none where one is wrong, which is noted.
    pub fn begun(&self, errors: &mut Errors) -> Option<(Date, Option<Date>)> {
        let from = errors.keep("from", self.from().read());
        let until = errors.keep("until", read(&self.until()));
        from.zip(until)
    }

    /// Both may be left blank; what is wrong is noted.
    pub fn open(&self, errors: &mut Errors) -> (Option<Date>, Option<Date>) {
        let from = errors.keep("from", read(&self.from()));
        (from.flatten(), errors.keep("until", read(&self.until())).flatten())
    }
}

/// The day, or that none was typed.
fn read(typed: &TypedDate) -> Result<Option<Date>, Refusal> {
    if *typed == TypedDate::default() { Ok(None) } else { typed.read().map(Some) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Form {
        why: String,
        #[serde(flatten)]
        period: TypedPeriod,
    }

    fn form(query: &str) -> Form {
        serde_urlencoded::from_str(query).unwrap()
    }

    #[test]
    fn a_period_is_read_from_a_form_that_asks_for_more() {
        let typed = form("why=Asked&from-day=3&from-month=5&from-year=2026&until-day=&other=1");
        assert_eq!(typed.why, "Asked");
        let mut errors = Errors::default();
        assert_eq!(typed.period.begun(&mut errors), Some((date(2026, 5, 3), None)));
        assert_eq!(typed.period.open(&mut errors), (Some(date(2026, 5, 3)), None));
        assert!(errors.is_empty());
    }

    #[test]
    fn what_is_no_day_is_said_at_its_field() {
        let typed = form("until-day=31&until-month=2&until-year=2026").period;
        let mut errors = Errors::default();
        assert_eq!(typed.open(&mut errors), (None, None));
        assert!(errors.at("until").is_some() && errors.at("from").is_none());
        assert_eq!(typed.begun(&mut errors), None);
        assert!(errors.at("from").is_some());
    }
}
