//! What a table of the dataset is, and how it is known by its headings.

use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::Episode;

use super::tables::TABLES;

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    People,
    Disabilities,
    Immigration,
    /// Rows with a beginning and an end.
    Spans(Episode),
    /// Enquiries under section 47; their conferences stand in a table of their own.
    Enquiries,
    Conferences,
    /// Stays within a period of care, which the care's own number joins.
    Care,
    LegalStatus,
    /// Rows with one date each; a date on which the child was seen counts as that too.
    Events(KeyDate),
    Health,
    Missing,
    Leavers,
    Involvements,
    Professionals,
    Departments,
    /// Known to be a table of the dataset, with nothing that is used here.
    NotUsed,
}

/// What a column is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    Person,
    /// The number of a period of care.
    Care,
    /// The number of an enquiry.
    Enquiry,
    From,
    Until,
    /// The date of an event.
    On,
    Seen,
    Cancelled,
    /// What kind of check, status, role or condition it is.
    Kind,
    Born,
    Ethnicity,
    ReviewingOfficerContact,
    PathwayReview,
    Contact,
    Offered,
    Staff,
    StaffName,
    Registration,
    Title,
    FullTime,
    Agency,
    Team,
    TeamName,
}

/// One table.
#[derive(Debug)]
pub(super) struct Table {
    pub name: &'static str,
    /// What every heading of it begins with.
    pub prefix: &'static str,
    pub about: About,
    /// The columns that are used, without the prefix; several spellings may lead to one use.
    pub columns: &'static [(&'static str, Use)],
    /// The uses without which the table cannot be read, one of which must be there for each.
    pub needs: &'static [Use],
}

impl Table {
    /// The table whose prefix most of these headings begin with, if most of them do.
    pub(super) fn of<'h>(headings: impl Iterator<Item = &'h str> + Clone) -> Option<&'static Self> {
        let all = headings.clone().count();
        let begin = |table: &Table| {
            headings
                .clone()
                .filter(|heading| heading.trim().to_lowercase().starts_with(table.prefix))
                .count()
        };
        let (share, table) =
            TABLES.iter().map(|table| (begin(table), table)).max_by_key(|(share, _)| *share)?;
        (share >= 2 && share * 2 > all).then_some(table)
    }

    /// What a heading is used for.
    pub(super) fn used_as(&self, heading: &str) -> Option<Use> {
        let heading = heading.trim().to_lowercase();
        let rest = heading.strip_prefix(self.prefix)?;
        self.columns.iter().find(|(column, _)| *column == rest).map(|(_, used_as)| *used_as)
    }

    /// The heading that a use goes by.
    pub(super) fn heading(&self, used_as: Use) -> String {
        let column = self.columns.iter().find(|(_, other)| *other == used_as);
        format!("{}{}", self.prefix, column.map_or("?", |(column, _)| column))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_table_has_a_prefix_and_a_name_of_its_own() {
        let names: BTreeSet<&str> = TABLES.iter().map(|table| table.name).collect();
        let prefixes: BTreeSet<&str> = TABLES.iter().map(|table| table.prefix).collect();
        assert_eq!((names.len(), prefixes.len()), (TABLES.len(), TABLES.len()));
    }

    #[test]
    fn a_table_is_known_by_most_of_its_headings() {
        let of = |headings: &[&str]| Table::of(headings.iter().copied()).map(|table| table.name);
        assert_eq!(of(&["PERS_PERSON_ID", "pers_dob ", "note"]), Some("ssd_person"));
        assert_eq!(of(&["pers_person_id", "name", "team"]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn what_a_table_needs_it_has_a_column_for_and_no_name_is_read() {
        for table in TABLES {
            for used_as in table.needs {
                assert!(!table.heading(*used_as).ends_with('?'), "{}", table.name);
            }
        }
        let people = Table::of(["pers_person_id", "pers_dob"].into_iter()).unwrap();
        for name in ["pers_forename", "pers_surname"] {
            assert_eq!(people.used_as(name), None);
        }
    }
}
