//! Says what the figures mean, as headings, sentences, tables and charts.

// What a report is made of.
pub mod builder;
pub mod chart;
pub mod document;
pub mod table;

// How figures and bars are written and drawn.
pub mod indicators;
pub mod over_time;
pub mod passages;
pub mod staffing;
pub mod svg;
pub mod words;

// The doors that a document leaves by.
pub mod plain;
pub mod print;
pub mod safe;
pub mod sheet;

// The report forms.
pub mod pack;
pub mod part_one;
pub mod programme;
pub mod quarterly;
pub mod showing;
