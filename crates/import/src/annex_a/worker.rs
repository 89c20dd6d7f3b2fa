//! Who holds a record, from a column that holds names, teams, duty desks and formula errors.

use std::collections::BTreeSet;

use super::headings::normal;
use crate::cell::Cell;

/// Written where no one is allocated.
const NOBODY: [&str; 20] = [
    "",
    "na",
    "nan",
    "null",
    "none",
    "nil",
    "tbc",
    "tba",
    "unallocated",
    "notallocated",
    "unassigned",
    "notassigned",
    "vacant",
    "vacancy",
    "unknown",
    "notrecorded",
    "noworker",
    "awaitingallocation",
    "pendingallocation",
    "toallocate",
];

/// A word that a team, desk or tray has in its name and a person does not.
const DESKS: [&str; 14] = [
    "duty",
    "team",
    "tray",
    "inbox",
    "hub",
    "mash",
    "service",
    "unallocated",
    "pool",
    "desk",
    "allocation",
    "unit",
    "rota",
    "queue",
];

/// A name longer than this is a note, and not a name.
pub(crate) const LONGEST: usize = 100;

/// Titles that follow a name, and are no part of it.
const TITLES: [&str; 18] = [
    "asye",
    "nqsw",
    "sw",
    "ssw",
    "asw",
    "psw",
    "atm",
    "tm",
    "pa",
    "iro",
    "social worker",
    "senior social worker",
    "advanced practitioner",
    "practitioner",
    "team manager",
    "agency",
    "student social worker",
    "personal adviser",
];

/// The name of the worker in a cell's text; none if it names no person.
///
/// The name stays as the list gives it, first or last name first; a title after it is taken off,
/// so that the same worker is the same in two lists.
pub(crate) fn worker(text: &str, teams: &BTreeSet<String>) -> Option<String> {
    let name = without_title(&single_spaced(text));
    let form = normal(&name);
    let has_letters = name.chars().any(char::is_alphabetic);
    let is_desk =
        name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| DESKS.contains(&word));
    let is_error = name.starts_with('#');
    let is_nobody = NOBODY.contains(&form.as_str()) && name.is_ascii();
    let is_name = has_letters && name.chars().count() <= LONGEST;
    (is_name && !is_desk && !is_error && !is_nobody && !teams.contains(&form)).then_some(name)
}

/// The name of a team; none if the cell names none.
pub(crate) fn team(cell: &Cell<'_>) -> Option<String> {
    let Cell::Text(text) = cell else { return None };
    let name = single_spaced(text);
    let form = normal(&name);
    let is_nobody = NOBODY.contains(&form.as_str()) && name.is_ascii();
    let is_name = name.chars().count() <= LONGEST && !name.starts_with('#');
    (is_name && !is_nobody).then_some(name)
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

fn without_title(name: &str) -> String {
    let is_title = |text: &str| {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        TITLES.contains(&text.as_str())
    };
    for mark in [" (", " - ", ", ", " – "] {
        if let Some((before, after)) = name.rsplit_once(mark)
            && is_title(after)
            && !before.trim().is_empty()
        {
            return before.trim().to_owned();
        }
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let teams = BTreeSet::from([normal("Locality 4 North")]);
        worker(text, &teams)
    }

    #[test]
    fn a_name_is_kept_as_it_is_given() {
        for name in ["Ada Oakes", "Oakes, Ada", "Zoë Lund", "J. O'Marlow", "Uma Whitlock-Yeo"] {
            assert_eq!(read(name).as_deref(), Some(name));
        }
        assert_eq!(read("Ada  Oakes").as_deref(), Some("Ada Oakes"));
    }

    #[test]
    fn a_title_is_no_part_of_a_name() {
        for name in ["Ada Oakes (ASYE)", "Ada Oakes - Social Worker", "Ada Oakes, SSW"] {
            assert_eq!(read(name).as_deref(), Some("Ada Oakes"), "{name}");
        }
    }

    #[test]
    fn a_desk_a_team_or_an_error_is_nobody() {
        for text in [
            "#N/A",
            "Duty Worker",
            "N/A",
            "-",
            "Unallocated",
            "Locality 4 North",
            "Assessment Team 2",
            "MASH",
            "0",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(team(&Cell::Error("#N/A")), None);
        assert_eq!(team(&Cell::Text("n/a".into())), None);
    }
}
