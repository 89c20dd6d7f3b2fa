//! Invented case lists, from which the pages of this room make their samples.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use quarterlight_domain::id::CaseListId;
use quarterlight_store::CaseListSummary;
use serde_json::json;

use crate::govuk::HOSTILE;

/// A list of which nothing is known, one that waits, and one taken in with hostile words.
pub fn lists() -> Vec<CaseListSummary> {
    let empty = list(1, date(2026, 1, 5), "Annex A: January.xlsx");
    let waiting = list(2, date(2026, 10, 1), "Annex A: October.xlsx");
    let taken_in = list(3, date(2026, 5, 3), HOSTILE);
    vec![
        empty,
        CaseListSummary {
            records: 1204,
            problems: 17,
            account: account("List 6"),
            rates: rates(),
            ..waiting
        },
        CaseListSummary {
            records: 1204,
            problems: 12_000,
            account: account(HOSTILE),
            taken_in_at: Some(Timestamp::UNIX_EPOCH),
            ..taken_in
        },
    ]
}

fn list(id: i64, as_at: Date, source: &str) -> CaseListSummary {
    CaseListSummary {
        id: CaseListId(id),
        source: source.to_owned(),
        as_at,
        read_at: Timestamp::UNIX_EPOCH,
        taken_in_at: None,
        account: String::new(),
        records: 0,
        problems: 0,
        rates: String::new(),
        replaced_by: None,
    }
}

/// An account as it is kept, with these words wherever a file's own words stand.
fn account(words: &str) -> String {
    json!({
        "counts": { "by_need": { "CIN": 700, "CP": 104 }, "unallocated": 7, "problems_left_out": 3 },
        "home": { "name": words, "told": false, "naming_it": 11, "of": 12 },
        "lists_missing": [2],
        "sheets": [
            {
                "sheet": words, "list": 6, "rows_read": 1257, "rows_used": 1204,
                "rows_not_used": { "closed": 52, "blank": 1 },
                "columns_missing": [words, "Date of Birth"], "columns_ignored": [words],
                "columns_guessed": [["DoB", "Date of Birth"]],
            },
            { "sheet": "Notes", "hidden": true, "not_used_because": words },
        ],
    })
    .to_string()
}

/// How two sources were matched, as it is kept.
fn rates() -> String {
    json!({
        "counts": { "by_need": { "CIN": 700, "CP": 104 }, "unallocated": 7 },
        "references": [{ "source": 0, "all": 1204, "exact": 900, "alone": 304 }],
        "workers": [{ "source": 1, "all": 14, "number": 14 }],
        "off": [HOSTILE],
    })
    .to_string()
}
