//! What authorities write in the coded columns, and what it is taken to mean.
//!
//! A code that stands as a whole word comes first, then the letter before a bracket alone, then
//! the words. Letters move between editions of Annex A, so where there is anything else to go by,
//! the letter is not trusted.

use quarterlight_domain::need::Known;

use super::headings::normal;
use crate::cell::Cell;

/// What a coded cell was taken for; none when it holds something that is not understood.
pub(crate) type Taken<T> = Option<T>;

/// The Department for Education's codes of disabilities.
const DISABILITIES: [&str; 12] =
    ["mob", "hand", "pc", "inc", "comm", "ld", "hear", "vis", "beh", "con", "aut", "dda"];

/// What is written where nothing is known.
const NOTHING: [&str; 18] = [
    "",
    "nan",
    "null",
    "na",
    "nobt",
    "notrecorded",
    "notknown",
    "unknown",
    "notstated",
    "blank",
    "notstatedrecorded",
    "tbc",
    "notobtained",
    "unsure",
    "missing",
    "notset",
    "nk",
    "noinformation",
];

/// A cell's text without the letter and bracket before it: `a) Yes` is `Yes`.
fn without_letter(text: &str) -> &str {
    match text.split_once(')') {
        Some((letter, rest))
            if (1..=2).contains(&letter.len())
                && letter.chars().all(|c| c.is_ascii_alphabetic())
                && !rest.trim().is_empty() =>
        {
            rest.trim()
        }
        _ => text,
    }
}

/// The meaning of a cell in its plain form, or the letter if the letter is all there is.
fn form(cell: &Cell<'_>) -> String {
    normal(without_letter(&cell.text()))
}

/// True for what people write in a cell instead of leaving it blank.
pub(crate) fn says_nothing(cell: &Cell<'_>) -> bool {
    matches!(cell, Cell::Text(_)) && (is_nothing(&form(cell)) || form(cell) == "none")
}

fn is_nothing(form: &str) -> bool {
    NOTHING.contains(&form)
}

fn words(cell: &Cell<'_>) -> Vec<String> {
    let lower = without_letter(&cell.text()).to_lowercase();
    lower.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_owned).collect()
}

fn yes_or_no(form: &str) -> Option<Known> {
    match form {
        "yes" | "y" | "true" | "1" | "a" => Some(Known::Yes),
        "no" | "n" | "false" | "0" | "b" => Some(Known::No),
        "u" | "c" => Some(Known::Unknown),
        _ if is_nothing(form) => Some(Known::Unknown),
        _ => None,
    }
}

/// Is the child disabled? The code of a disability says yes; a blank never says no.
pub(crate) fn disability(cell: &Cell<'_>) -> Taken<Known> {
    let form = form(cell);
    if let Some(known) = yes_or_no(&form) {
        return Some(known);
    }
    let words = words(cell);
    if form == "none" || form.starts_with("nodisab") || form.starts_with("notdisab") {
        Some(Known::No)
    } else if words.iter().any(|word| DISABILITIES.contains(&word.as_str()))
        || matches!(form.as_str(), "disabled" | "disability" | "yesdisabled")
    {
        Some(Known::Yes)
    } else {
        first_word(&words)
    }
}

/// *Yes - autism* says yes, whatever follows.
fn first_word(words: &[String]) -> Option<Known> {
    match words.iter().find(|word| !word.is_empty())?.as_str() {
        "yes" | "y" => Some(Known::Yes),
        "no" | "n" => Some(Known::No),
        "unknown" => Some(Known::Unknown),
        _ => None,
    }
}

/// Is the child, or was the care leaver, unaccompanied? An answer of *CLA* or *Non-CLA* is seen,
/// and says only that the child is in care: it is not understood, and so it is reported.
pub(crate) fn unaccompanied(cell: &Cell<'_>) -> Taken<Known> {
    let form = form(cell);
    if let Some(known) = yes_or_no(&form) {
        return Some(known);
    }
    if form.starts_with("non") || form.starts_with("notu") || form.starts_with("notanu") {
        return form
            .contains("uas")
            .then_some(Known::No)
            .or_else(|| form.contains("unaccompanied").then_some(Known::No));
    }
    if form.contains("uasc") || form.contains("unaccompanied") {
        return Some(Known::Yes);
    }
    if form == "none" {
        return Some(Known::No);
    }
    first_word(&words(cell))
}

/// The case status of List 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    InCare,
    Protection,
    InNeed,
    OpenAssessment,
    Closed,
}

impl Status {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::InCare => "looked after",
            Self::Protection => "on a child protection plan",
            Self::InNeed => "a child in need",
            Self::OpenAssessment => "being assessed",
            Self::Closed => "closed",
        }
    }
}

/// The case status in a cell of List 6.
pub(crate) fn status(cell: &Cell<'_>) -> Taken<Status> {
    let form = form(cell);
    let words = words(cell);
    let has = |any: &[&str]| any.iter().any(|part| form.contains(part));
    let is_word = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    match form.as_str() {
        "a" => return Some(Status::InCare),
        "b" => return Some(Status::Protection),
        "c" => return Some(Status::InNeed),
        "d" => return Some(Status::OpenAssessment),
        "e" => return Some(Status::Closed),
        _ => {}
    }
    if has(&["closed", "ceased", "ended"]) {
        Some(Status::Closed)
    } else if has(&["lookedafter", "childincare", "childrenincare"])
        || is_word(&["cla", "lac", "cic"])
    {
        Some(Status::InCare)
    } else if has(&["protection"]) || is_word(&["cp", "cpp"]) {
        Some(Status::Protection)
    } else if has(&["inneed"]) || is_word(&["cin"]) {
        Some(Status::InNeed)
    } else if has(&["assessment"]) {
        Some(Status::OpenAssessment)
    } else {
        None
    }
}

/// Where *Placement Location* says that a child is placed; the inner none is "it does not say".
pub(crate) fn is_in_area(cell: &Cell<'_>) -> Taken<Option<bool>> {
    let form = form(cell);
    if is_nothing(&form) {
        return Some(None);
    }
    // Some authorities answer the question "placed in the area?" with yes and no.
    let starts = |any: &[&str]| any.iter().any(|part| form.starts_with(part));
    if matches!(form.as_str(), "a" | "yes" | "y" | "true" | "in")
        || starts(&[
            "inla",
            "inside",
            "within",
            "inborough",
            "inarea",
            "inauthority",
            "incounty",
            "incity",
        ])
    {
        Some(Some(true))
    } else if matches!(form.as_str(), "b" | "no" | "n" | "false" | "ola" | "oob" | "ooa")
        || starts(&["out", "notin", "anotherla", "anotherauthority", "otherla"])
    {
        Some(Some(false))
    } else {
        None
    }
}

/// Whether the ethnicity was obtained: the code or the words for *refused* and *not obtained* say
/// no. What it is goes no further than this.
pub(crate) fn is_obtained(cell: &Cell<'_>) -> Known {
    let form = form(cell);
    let is_not = words(cell).iter().any(|word| matches!(word.as_str(), "nobt" | "refu"))
        || is_nothing(&form)
        || ["refus", "notobtain", "notyetobtain", "informationnot", "notprovided", "declined"]
            .iter()
            .any(|start| form.contains(start));
    if is_not { Known::No } else { Known::Yes }
}

/// Whether a cell names a plan for permanence.
pub(crate) fn is_planned(cell: &Cell<'_>) -> Known {
    let form = form(cell);
    let is_not = says_nothing(cell) || form.starts_with("noplan") || form.starts_with("notyet");
    if is_not { Known::No } else { Known::Yes }
}

/// An answer of yes or no; blank and words for nothing are unknown.
pub(crate) fn answer(cell: &Cell<'_>) -> Taken<Known> {
    yes_or_no(&form(cell)).or_else(|| first_word(&words(cell)))
}

/// A whole number that can count what happened to a child in a year.
pub(crate) fn how_often(cell: &Cell<'_>) -> Option<u32> {
    let text = cell.text();
    let text = text.strip_suffix(".0").unwrap_or(&text);
    text.parse().ok().filter(|count| *count <= 1_000)
}

/// True if the legal status is an agreed series of short breaks: V1, V3 or V4.
pub(crate) fn is_short_break(cell: &Cell<'_>) -> bool {
    words(cell).iter().any(|word| matches!(word.as_str(), "v1" | "v3" | "v4"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell<'_> {
        Cell::Text(text.into())
    }

    #[test]
    fn a_disability_has_three_states_and_a_code_is_yes() {
        for text in ["a) Yes", "Y", "AUT", "LD, AUT", "a) AUT - Autism", "Yes - learning", "1"] {
            assert_eq!(disability(&cell(text)), Some(Known::Yes), "{text}");
        }
        for text in ["b) No", "n", "NONE", "No disability"] {
            assert_eq!(disability(&cell(text)), Some(Known::No), "{text}");
        }
        for text in ["NOBT", "c) Unknown", "-", "t) NOBT", "Not recorded", "nan"] {
            assert_eq!(disability(&cell(text)), Some(Known::Unknown), "{text}");
        }
        assert_eq!(disability(&cell("See file")), None);
    }

    #[test]
    fn non_uasc_is_no_and_cla_is_not_understood() {
        for text in ["UASC", "a) Yes", "Former UASC", "Y"] {
            assert_eq!(unaccompanied(&cell(text)), Some(Known::Yes), "{text}");
        }
        for text in ["Non-UASC", "b) No", "Not UASC", "Non UASC CLA"] {
            assert_eq!(unaccompanied(&cell(text)), Some(Known::No), "{text}");
        }
        for text in ["CLA", "Non-CLA"] {
            assert_eq!(unaccompanied(&cell(text)), None, "{text}");
        }
    }

    #[test]
    fn a_case_status_is_read_in_many_words() {
        for (text, expected) in [
            ("a) Looked after child", Status::InCare),
            ("LAC", Status::InCare),
            ("b) Child Protection plan", Status::Protection),
            ("CP", Status::Protection),
            ("c) Child in need plan", Status::InNeed),
            ("CIN", Status::InNeed),
            ("Single Assessment", Status::OpenAssessment),
            ("e) Closed episode", Status::Closed),
            ("Assessment closed", Status::Closed),
            ("d", Status::OpenAssessment),
        ] {
            assert_eq!(status(&cell(text)), Some(expected), "{text}");
        }
        assert_eq!(status(&cell("Sleeping")), None);
    }

    #[test]
    fn in_and_out_are_told_apart_and_silence_is_neither() {
        for text in ["a) In", "In LA", "Yes", "Inside LA boundary", "Within borough"] {
            assert_eq!(is_in_area(&cell(text)), Some(Some(true)), "{text}");
        }
        for text in ["b) Out", "Outside LA Boundary", "No", "OLA", "Not in LA"] {
            assert_eq!(is_in_area(&cell(text)), Some(Some(false)), "{text}");
        }
        assert_eq!(is_in_area(&cell("Not recorded")), Some(None));
        assert_eq!(is_in_area(&cell("International")), None);
    }

    #[test]
    fn ethnicity_is_obtained_or_not_and_nothing_more() {
        for text in ["a) WBRI", "WBRI - White British", "r) OOTH", "Any other"] {
            assert_eq!(is_obtained(&cell(text)), Known::Yes, "{text}");
        }
        for text in ["s) REFU", "t) NOBT", "s) NOBT", "REFU - Refused", "Not obtained", "unknown"] {
            assert_eq!(is_obtained(&cell(text)), Known::No, "{text}");
        }
    }

    #[test]
    fn a_plan_is_any_plan_and_a_count_is_a_number() {
        assert_eq!(is_planned(&cell("f) Long-term fostering")), Known::Yes);
        assert_eq!(is_planned(&cell("None")), Known::No);
        assert_eq!(how_often(&Cell::Number(3.0)), Some(3));
        assert_eq!((how_often(&cell("2")), how_often(&cell("often"))), (Some(2), None));
        assert_eq!(answer(&cell("b) No")), Some(Known::No));
    }

    #[test]
    fn only_a_series_of_short_breaks_is_one() {
        assert!(is_short_break(&cell("V4: Short breaks")));
        assert!(!is_short_break(&cell("V2: Single period under S20")));
    }
}
