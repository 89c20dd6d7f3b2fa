//! The bank holidays of England, from a TOML file that is kept with the program.

use jiff::civil::Date;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::timescale::working_days::BankHolidays;
use serde::Deserialize;

use crate::toml_text;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    place: String,
    source: String,
    limits: String,
    first_year: i16,
    last_year: i16,
    days: Vec<String>,
}

/// The bank holidays of England, for the years that are kept.
///
/// # Errors
/// Refuses as [`from_toml`] does; a test shows that the file that is kept is not refused.
pub fn england() -> Result<BankHolidays, Refusal> {
    from_toml(include_str!("../data/bank-holidays-england.toml"))
}

/// Reads bank holidays from TOML.
///
/// # Errors
/// Refuses what is no TOML of this shape, a day that is none, and years without their days.
pub fn from_toml(text: &str) -> Result<BankHolidays, Refusal> {
    let file: File = toml_text::read("The bank holidays", text)?;
    let days = file.days.iter().map(|day| {
        day.parse::<Date>().map_err(|_| {
            Refusal::because(format!("The bank holiday “{day}” is not a day such as 2026-12-25."))
        })
    });
    let years = (file.first_year, file.last_year);
    BankHolidays::new(
        &file.place,
        &file.source,
        &file.limits,
        years,
        days.collect::<Result<_, _>>()?,
    )
}
