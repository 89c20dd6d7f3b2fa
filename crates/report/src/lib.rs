//! Says what the figures mean, as headings, sentences, tables and charts.
