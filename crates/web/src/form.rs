//! What was typed into a form, and what was wrong with it.

mod period;

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use jiff::civil::Date;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::error::Failure;
use crate::govuk::DateInput;

pub use period::TypedPeriod;

/// A form as it was sent. Every field is text, as typed, so that the same page can show it again.
#[derive(Debug, Clone)]
pub struct Filled<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Filled<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let bytes = Bytes::from_request(request, app).await.map_err(|_| Failure::TooLarge)?;
        Self::read(bytes, app).await
    }
}

impl<T: DeserializeOwned> Filled<T> {
    /// The form of these bytes, as a browser sends them.
    ///
    /// # Errors
    /// Fails on bytes that are no such form.
    pub async fn read(bytes: Bytes, app: &App) -> Result<Self, Failure> {
        let form = axum_extra::extract::Form::from_request(
            Request::builder()
                .method("POST")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(bytes.into())
                .map_err(|_| Failure::Unreadable)?,
            app,
        );
        form.await.map(|form| Self(form.0)).map_err(|_| Failure::Unreadable)
    }
}

/// What was wrong with a form, by the name of the field.
#[derive(Debug, Clone, Default)]
pub struct Errors(BTreeMap<&'static str, String>);

impl Errors {
    /// Notes what is wrong with a field: an instruction that says what to do.
    pub fn say(&mut self, field: &'static str, instruction: impl Into<String>) {
        self.0.insert(field, instruction.into());
    }

    /// Keeps the value, or notes why it was refused.
    pub fn keep<T>(&mut self, field: &'static str, value: Result<T, Refusal>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.say(field, refusal.sentence());
                None
            }
        }
    }

    /// Keeps a reason in somebody's words; where it is blank, notes what is asked for.
    pub fn reason(&mut self, field: &'static str, typed: &str, ask: &str) -> Option<Reason> {
        if typed.trim().is_empty() {
            self.say(field, ask);
            return None;
        }
        self.keep(field, Reason::new(typed))
    }

    /// What is wrong with a field.
    pub fn at(&self, field: &str) -> Option<String> {
        self.0.get(field).cloned()
    }

    /// True if nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The three boxes of a date, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedDate {
    /// The day of the month.
    pub day: String,
    /// The month, as a number.
    pub month: String,
    /// The year.
    pub year: String,
}

impl TypedDate {
    /// The boxes filled in with a day.
    pub fn of(day: Date) -> Self {
        Self {
            day: day.day().to_string(),
            month: day.month().to_string(),
            year: day.year().to_string(),
        }
    }

    /// The day that was typed.
    ///
    /// # Errors
    /// Refuses what is not a day, in words that say how to write one.
    pub fn read(&self) -> Result<Date, Refusal> {
        let part = |text: &str| text.trim().parse::<i16>().ok();
        let day = match (part(&self.day), part(&self.month), part(&self.year)) {
            (Some(day), Some(month), Some(year)) if (1900..=2199).contains(&year) => {
                i8::try_from(day)
                    .ok()
                    .zip(i8::try_from(month).ok())
                    .and_then(|(day, month)| Date::new(year, month, day).ok())
            }
            _ => None,
        };
        day.ok_or_else(|| Refusal::because("Enter a real date, such as 3 5 2026."))
    }

    /// The boxes on the page.
    pub fn shown_in(&self, input: DateInput) -> DateInput {
        input.value(self.day.clone(), self.month.clone(), self.year.clone())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn typed(day: &str, month: &str, year: &str) -> TypedDate {
        TypedDate { day: day.to_owned(), month: month.to_owned(), year: year.to_owned() }
    }

    #[test]
    fn a_date_is_read_as_it_was_typed() {
        assert_eq!(typed("3", " 05", "2026").read().unwrap(), date(2026, 5, 3));
        assert_eq!(TypedDate::of(date(2026, 5, 3)), typed("3", "5", "2026"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for (day, month, year) in [
            ("31", "2", "2026"),
            ("", "", ""),
            ("3", "May", "2026"),
            ("3", "5", "26"),
            ("300", "5", "2026"),
        ] {
            assert!(typed(day, month, year).read().is_err(), "{day} {month} {year}");
        }
    }
}
