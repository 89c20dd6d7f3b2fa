//! A date that people know, typed as day, month and year.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::{Field, LabelSize};
use super::hostile::HOSTILE;

/// One of the three boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePart {
    /// The day of the month.
    Day,
    /// The month, as a number.
    Month,
    /// The year, in four digits.
    Year,
}

impl DatePart {
    fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Month => "Month",
            Self::Year => "Year",
        }
    }
}

/// A question answered by a date, sent as `name-day`, `name-month` and `name-year`.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/date_input.html")]
pub struct DateInput {
    /// Name, legend, help and error.
    pub field: Field,
    /// What was typed for the day, as it was typed.
    pub day: String,
    /// What was typed for the month.
    pub month: String,
    /// What was typed for the year.
    pub year: String,
    /// Which boxes are wrong; none of them named means all three, where there is an error.
    pub wrong: Vec<DatePart>,
}

impl HtmlSafe for DateInput {}

impl DateInput {
    /// A question with nothing typed yet.
    #[must_use]
    pub fn new(field: Field) -> Self {
        Self { field, ..Self::default() }
    }

    /// The same question with what was typed before: day, month and year.
    #[must_use]
    pub fn value(
        mut self,
        day: impl Into<String>,
        month: impl Into<String>,
        year: impl Into<String>,
    ) -> Self {
        self.day = day.into();
        self.month = month.into();
        self.year = year.into();
        self
    }

    /// The same question with only some of its boxes wrong.
    #[must_use]
    pub fn wrong(mut self, parts: Vec<DatePart>) -> Self {
        self.wrong = parts;
        self
    }

    /// Where a line of the error summary leads: the first box that is wrong.
    #[must_use]
    pub fn target(&self) -> String {
        let part = self.wrong.first().copied().unwrap_or(DatePart::Day);
        format!("#{}", self.part_id(part))
    }

    /// Empty, typed, an error in one box, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::new(Field::new("due", "When should it be done by?")),
            Self::new(
                Field::new("visited", "When was the last visit?")
                    .hint("For example, 12 4 2026.")
                    .size(LabelSize::Medium),
            )
            .value("12", "4", "2026"),
            Self::new(
                Field::new("entered", "Date of the entry")
                    .error("Date of the entry must include a year".to_owned()),
            )
            .value("12", "4", "")
            .wrong(vec![DatePart::Year]),
            Self::new(Field::new("hostile", HOSTILE).hint(HOSTILE).error(HOSTILE.to_owned()))
                .value(HOSTILE, HOSTILE, HOSTILE),
        ]
    }

    fn parts(&self) -> [DateBox<'_>; 3] {
        [
            self.date_box(DatePart::Day, &self.day),
            self.date_box(DatePart::Month, &self.month),
            self.date_box(DatePart::Year, &self.year),
        ]
    }

    fn date_box<'a>(&self, part: DatePart, value: &'a str) -> DateBox<'a> {
        DateBox { part, id: self.part_id(part), classes: self.part_classes(part), value }
    }

    fn part_id(&self, part: DatePart) -> String {
        format!("{}-{}", self.field.id, part.word())
    }

    fn part_classes(&self, part: DatePart) -> String {
        let width = if part == DatePart::Year { 4 } else { 2 };
        let is_wrong =
            self.field.error.is_some() && (self.wrong.is_empty() || self.wrong.contains(&part));
        let error = if is_wrong { " govuk-input--error" } else { "" };
        format!("govuk-input govuk-date-input__input govuk-input--width-{width}{error}")
    }
}

/// One of the three boxes, ready to show.
struct DateBox<'a> {
    part: DatePart,
    id: String,
    classes: String,
    value: &'a str,
}
