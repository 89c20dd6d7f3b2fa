//! What a document says, through the report's own doors.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot build its sample has failed"
)]

#[path = "report/assurance.rs"]
mod assurance;
#[path = "report/document.rs"]
mod document;
#[path = "report/indicators.rs"]
mod indicators;
#[path = "report/over_time.rs"]
mod over_time;
#[path = "report/pack.rs"]
mod pack;
#[path = "report/part_one.rs"]
mod part_one;
#[path = "report/part_one_further.rs"]
mod part_one_further;
#[path = "report/part_one_programme.rs"]
mod part_one_programme;
#[path = "report/passages.rs"]
mod passages;
#[path = "report/quarterly.rs"]
mod quarterly;
#[path = "report/quarters.rs"]
mod quarters;
#[path = "report/questions.rs"]
mod questions;
#[path = "report/sample.rs"]
mod sample;
#[path = "report/series.rs"]
mod series;
#[path = "report/svg.rs"]
mod svg;
#[path = "report/words.rs"]
mod words;
