//! Workers and teams of the dataset, by the numbers that other tables know them by.

use std::collections::BTreeMap;

use quarterlight_domain::allocation::Experience;
use quarterlight_domain::need::Known;
use quarterlight_domain::source::{Holder, WorkerSighting};

use super::rows::{TableRow, TableRows};
use super::table::Use;
use crate::annex_a::values;

/// The longest name, number or title that is one.
const LONGEST: usize = 100;

/// Everybody who works, and the teams.
#[derive(Default)]
pub(super) struct Holders {
    teams: BTreeMap<String, String>,
    staff: BTreeMap<String, WorkerSighting>,
}

impl Holders {
    /// Takes a row of the table of departments; false if it gives no number.
    pub fn team(&mut self, rows: &TableRows, row: &TableRow) -> bool {
        let (number, name) = (text(rows, row, Use::Team), text(rows, row, Use::TeamName));
        number.zip(name).map(|(number, name)| self.teams.insert(number, name)).is_some()
    }

    /// Takes a row of the table of professionals; false if it gives no number.
    pub fn worker(&mut self, rows: &TableRows, row: &TableRow) -> bool {
        let Some(number) = text(rows, row, Use::Staff) else { return false };
        let worker = Holder {
            name: text(rows, row, Use::StaffName),
            registration: text(rows, row, Use::Registration).and_then(|it| registration(&it)),
            staff_number: Some(number.clone()),
        };
        let title = text(rows, row, Use::Title).unwrap_or_default();
        let agency = rows.cell(row, Use::Agency).and_then(|(cell, _)| values::answer(cell));
        let sighting = WorkerSighting {
            worker,
            team: text(rows, row, Use::Team).map(|team| self.team_named(team)),
            experience: experience(&title),
            full_time_thousandths: text(rows, row, Use::FullTime).and_then(|it| thousandths(&it)),
            agency: agency.unwrap_or(Known::Unknown),
        };
        self.staff.insert(number, sighting);
        true
    }

    /// Who a cell's number stands for; their name, where a table gives that instead.
    pub fn holder(&self, rows: &TableRows, row: &TableRow) -> Holder {
        if let Some(name) = text(rows, row, Use::StaffName) {
            return Holder { name: Some(name), ..Holder::default() };
        }
        match text(rows, row, Use::Staff) {
            None => Holder::default(),
            Some(number) => match self.staff.get(&number) {
                Some(sighting) => sighting.worker.clone(),
                None if number.contains(' ') => Holder { name: Some(number), ..Holder::default() },
                None => Holder { staff_number: Some(number), ..Holder::default() },
            },
        }
    }

    /// The name of the team in a row, or its number where no table gives a name.
    pub fn team_of(&self, rows: &TableRows, row: &TableRow) -> Option<String> {
        text(rows, row, Use::Team).map(|team| self.team_named(team))
    }

    fn team_named(&self, team: String) -> String {
        self.teams.get(&team).cloned().unwrap_or(team)
    }

    /// Every worker, by number.
    pub fn finish(self) -> Vec<WorkerSighting> {
        self.staff.into_values().collect()
    }
}

fn text(rows: &TableRows, row: &TableRow, used_as: Use) -> Option<String> {
    let (cell, _) = rows.cell(row, used_as)?;
    let text = cell.text().split_whitespace().collect::<Vec<&str>>().join(" ");
    let is_something = !values::says_nothing(cell) && text.chars().count() <= LONGEST;
    is_something.then_some(text)
}

/// A number of the register of social workers: two letters and figures.
pub(crate) fn registration(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_uppercase();
    let figures = plain.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let is_one = (3..=12).contains(&figures.len()) && figures.bytes().all(|c| c.is_ascii_digit());
    is_one.then_some(plain)
}

/// How experienced a job title plainly says that somebody is: the first year, and nothing else.
pub(crate) fn experience(title: &str) -> Experience {
    let lower = title.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let is_new = words.any(|word| matches!(word, "asye" | "nqsw")) || lower.contains("newly qual");
    if is_new { Experience::NewlyQualified } else { Experience::Unknown }
}

/// A share of full time such as `0.8`, in thousandths.
pub(crate) fn thousandths(text: &str) -> Option<u32> {
    let share: f64 = text.parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded in the condition"
    )]
    (0.0..=2.0).contains(&share).then(|| (share * 1_000.0).round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_plainly_who_is_in_the_first_year_or_nothing() {
        for title in ["Social Worker (ASYE)", "NQSW", "Newly Qualified Social Worker"] {
            assert_eq!(experience(title), Experience::NewlyQualified, "{title}");
        }
        for title in ["Social Worker", "Senior Social Worker", "Team Manager", ""] {
            assert_eq!(experience(title), Experience::Unknown, "{title}");
        }
    }

    #[test]
    fn numbers_are_read_or_left_out() {
        assert_eq!(registration("sw 1000000037").as_deref(), Some("SW1000000037"));
        assert_eq!(registration("none"), None);
        assert_eq!(
            (thousandths("0.8"), thousandths("1"), thousandths("37")),
            (Some(800), Some(1_000), None)
        );
    }
}
