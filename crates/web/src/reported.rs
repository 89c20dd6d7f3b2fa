//! What a report says, in numbers, whatever it is about, and the two parts that come of it.

use jiff::civil::Date;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::programme::YearFacts;
use quarterlight_domain::release::about::About;
use quarterlight_report::document::Document;
use quarterlight_report::part_one::{self, NotPublic, Public};
use quarterlight_report::programme::programme;
use quarterlight_report::quarterly::quarterly;
use quarterlight_store::Store;

use crate::error::Failure;
use crate::indicators::counted;
use crate::year::facts;

/// What a report says, in numbers.
#[derive(Debug, Clone)]
pub enum Reported {
    /// The report of a quarter.
    Quarter(Box<QuarterFigures>),
    /// The programme of a year.
    Year(Box<YearFacts>),
}

impl Reported {
    /// Counts it, as it is on a day.
    ///
    /// # Errors
    /// There is no report of a quarter without a cycle, nor of a year that has no quarters. Fails if
    /// the database cannot be read.
    pub async fn of(store: &Store, about: About, day: Date) -> Result<Self, Failure> {
        match about {
            About::Quarter(quarter, service) => {
                let cycle = store.cycles.of_quarter(quarter).await?.ok_or(Failure::NotFound)?.cycle;
                let edition = store.cycles.edition_of(&cycle, service).await?;
                let edition = store.frameworks.edition(edition).await?;
                let edition = edition.ok_or(Failure::NotFound)?;
                let figures = counted(store, (quarter, service), &edition, day).await?;
                Ok(Self::Quarter(Box::new(figures)))
            }
            About::Year(year) => Ok(Self::Year(Box::new(facts(store, year, day).await?))),
        }
    }

    /// Part II, which is private.
    ///
    /// # Errors
    /// Fails if a part of it would not reach every reader.
    pub fn private(&self) -> Result<Document, Failure> {
        let document = match self {
            Self::Quarter(figures) => quarterly(figures),
            Self::Year(facts) => programme(facts),
        };
        document.map_err(|unfinished| Failure::Failed(unfinished.to_string()))
    }

    /// Part I, which is public, beside what is public already.
    ///
    /// # Errors
    /// `NotPublic` where what is hidden could be worked out, or nobody could try.
    pub fn public(&self, small: u32, earlier: &[(About, String)]) -> Result<Public, NotPublic> {
        match self {
            Self::Quarter(figures) => part_one::hiding_beside(figures, small, earlier),
            Self::Year(facts) => part_one::programme::hiding_beside(facts, small, earlier),
        }
    }
}
