//! The confidentiality page: dated words, and who accepted them when.

use jiff::civil::Date;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use super::SignIns;
use super::events::{Happened, note};
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql;

/// What is to be accepted from a day on, until the next words are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfidentialityText {
    /// Which.
    pub id: i64,
    /// The first day on which it holds.
    pub from: Date,
    /// The words, paragraph by paragraph.
    pub words: String,
}

impl SignIns {
    /// The words that hold on this day; none where there are none.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn confidentiality(&self, day: Date) -> Result<Option<ConfidentialityText>, Fault> {
        let query = "select id, from_day, words from confidentiality_text \
             where from_day <= $1 order by from_day desc, id desc limit 1";
        let row = sql::first(&self.0.read, query, [sql::day(day)]).await?;
        row.map(|row| {
            Ok(ConfidentialityText {
                id: row.get("id")?,
                from: row.day("from_day")?,
                words: row.get("words")?,
            })
        })
        .transpose()
    }

    /// Keeps words to be accepted from a day on. Everybody is asked again once they hold.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn keep_confidentiality(
        &self,
        stamp: &Stamp,
        from: Date,
        words: &str,
    ) -> Result<i64, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query =
            "insert into confidentiality_text (from_day, words) values ($1, $2) returning id";
        let id: i64 = sql::one(&*change, query, [sql::day(from), words.into()]).await?.get("id")?;
        let payload = json!({ "from": from.to_string(), "words": words });
        let on = format!("confidentiality {id}");
        change.keep(Entry { deed: "confidentiality.keep", on, payload }).await?;
        Ok(id)
    }

    /// Somebody accepts the words.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn accept(
        &self,
        stamp: &Stamp,
        (person, text): (PersonId, i64),
        happened: &Happened,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into confidentiality_accepted (person_id, text_id, at) \
             values ($1, $2, $3)";
        let values = [person.0.into(), text.into(), sql::time(stamp.at)];
        sql::run(&*change, query, values).await?;
        note(&*change, happened).await?;
        let on = format!("person {person}");
        let payload = json!({ "confidentiality": text });
        change.keep(Entry { deed: "confidentiality.accept", on, payload }).await
    }
}
