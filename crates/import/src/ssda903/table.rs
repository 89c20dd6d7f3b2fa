//! The tables of the return and their columns, as data: every edition through 2026-27.

use std::fmt;

/// One table of the return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// One row for each child.
    Header,
    /// One row for each change of placement or legal status.
    Episodes,
    /// Every review in the year.
    Reviews,
    /// Unaccompanied asylum-seeking children.
    Unaccompanied,
    /// Every time that a child was missing or away without authority.
    Missing,
    /// Health and behaviour, of those looked after for a year.
    Health,
    /// Young people who have left care.
    Leavers,
    /// Adopted in the year.
    Adopted,
    /// Placed for adoption.
    PlacedForAdoption,
    /// Permanence before this period of care.
    PreviousPermanence,
    /// Every change of social worker, since 2023-24.
    SocialWorkers,
    /// Orders depriving of liberty, since 2026-27.
    Deprivation,
}

impl Table {
    /// Every table, in the order in which they are read: the child's own row first.
    pub const ALL: [Self; 12] = [
        Self::Header,
        Self::Episodes,
        Self::Reviews,
        Self::Unaccompanied,
        Self::Missing,
        Self::Health,
        Self::Leavers,
        Self::Adopted,
        Self::PlacedForAdoption,
        Self::PreviousPermanence,
        Self::SocialWorkers,
        Self::Deprivation,
    ];

    /// Its name, as the Department for Education gives it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "Header",
            Self::Episodes => "Episodes",
            Self::Reviews => "Reviews",
            Self::Unaccompanied => "UASC",
            Self::Missing => "Missing",
            Self::Health => "OC2",
            Self::Leavers => "OC3",
            Self::Adopted => "AD1",
            Self::PlacedForAdoption => "PlacedAdoption",
            Self::PreviousPermanence => "PrevPerm",
            Self::SocialWorkers => "SWEpisodes",
            Self::Deprivation => "DoLo",
        }
    }

    /// Its columns, in order.
    pub(crate) const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Header => &["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"],
            Self::Episodes => &[
                "CHILD",
                "DECOM",
                "RNE",
                "LS",
                "CIN",
                "PLACE",
                "PLACE_PROVIDER",
                "DEC",
                "REC",
                "REASON_PLACE_CHANGE",
                "HOME_POST",
                "PL_POST",
                "URN",
            ],
            Self::Reviews => &["CHILD", "DOB", "REVIEW", "REVIEW_CODE"],
            Self::Unaccompanied => &["CHILD", "SEX", "DOB", "DUC"],
            Self::Missing => &["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"],
            Self::Health => &[
                "CHILD",
                "DOB",
                "SDQ_SCORE",
                "SDQ_REASON",
                "CONVICTED",
                "HEALTH_CHECK",
                "IMMUNISATIONS",
                "TEETH_CHECK",
                "HEALTH_ASSESSMENT",
                "SUBSTANCE_MISUSE",
                "INTERVENTION_RECEIVED",
                "INTERVENTION_OFFERED",
            ],
            Self::Leavers => &["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"],
            Self::Adopted => &[
                "CHILD",
                "DOB",
                "DATE_INT",
                "DATE_MATCH",
                "FOSTER_CARE",
                "NB_ADOPTR",
                "SEX_ADOPTR",
                "LS_ADOPTR",
            ],
            Self::PlacedForAdoption => {
                &["CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"]
            }
            Self::PreviousPermanence => &["CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"],
            Self::SocialWorkers => &["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"],
            Self::Deprivation => &["CHILD", "DOB", "DOLO_START", "DOLO_END"],
        }
    }

    /// The columns that are used. Of a table that has none here, rows are counted and not used.
    pub(crate) const fn used(self) -> &'static [&'static str] {
        match self {
            Self::Header => &["CHILD", "DOB", "ETHNIC"],
            Self::Episodes => &["CHILD", "DECOM", "RNE", "LS", "DEC", "REC"],
            Self::Reviews => &["CHILD", "DOB", "REVIEW"],
            Self::Unaccompanied => &["CHILD", "DOB", "DUC"],
            Self::Missing => &["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"],
            Self::Leavers => &["CHILD", "DOB", "IN_TOUCH"],
            Self::SocialWorkers => &["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC"],
            Self::Health
            | Self::Adopted
            | Self::PlacedForAdoption
            | Self::PreviousPermanence
            | Self::Deprivation => &[],
        }
    }

    /// What cannot be told without it, as a clause; none where nothing here needs it.
    pub(crate) const fn needed_for(self) -> Option<&'static str> {
        match self {
            Self::Header => {
                Some("dates of birth come from other tables, and ethnicity is not known")
            }
            Self::Episodes => {
                Some("who is in care, since when and in which placement is not known")
            }
            Self::Reviews => Some("reviews in care are not known"),
            Self::Unaccompanied => Some("which children are unaccompanied is not known"),
            Self::Missing => Some("when children were missing is not known"),
            Self::Leavers => Some("care leavers are not known"),
            Self::SocialWorkers => Some("who holds the records is not known"),
            _ => None,
        }
    }

    /// The table with these headings: the one of whose own columns the most are there. Columns that
    /// several tables have say nothing.
    pub(crate) fn with_headings<'h>(headings: impl Iterator<Item = &'h str>) -> Option<Self> {
        let headings: Vec<String> = headings.map(plain).collect();
        let has = |column: &str| headings.iter().any(|heading| heading == column);
        if !has("CHILD") {
            return None;
        }
        let own = |table: Self| {
            let others = move |column: &str| {
                Self::ALL.iter().any(|other| *other != table && other.columns().contains(&column))
            };
            table.columns().iter().filter(move |column| !others(column) && has(column)).count()
        };
        let (most, table) = Self::ALL
            .into_iter()
            .map(|table| (own(table), table))
            .max_by_key(|(own, table)| (*own, std::cmp::Reverse(*table)))?;
        (most > 0).then_some(table)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A heading as the return writes it: capitals, and what XML calls otherwise by its name in CSV.
pub(crate) fn plain(heading: &str) -> String {
    let heading: String = heading
        .trim_matches(|c: char| !c.is_ascii_alphanumeric())
        .chars()
        .map(|c| if c == ' ' || c == '-' { '_' } else { c.to_ascii_uppercase() })
        .collect();
    match heading.as_str() {
        "CHILDID" | "CHILD_ID" => "CHILD".to_owned(),
        "PL" => "PLACE".to_owned(),
        _ => heading,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_known_by_its_own_headings_in_any_order() {
        for table in Table::ALL {
            let headings = table.columns().iter().copied();
            assert_eq!(Table::with_headings(headings.clone()), Some(table));
            assert_eq!(Table::with_headings(headings.rev().chain(["EXTRA"])), Some(table));
        }
        let spelled = ["\u{feff}Child ", "decom", "Rne"];
        assert_eq!(Table::with_headings(spelled.into_iter()), Some(Table::Episodes));
    }

    #[test]
    fn shared_headings_alone_are_no_table() {
        assert_eq!(Table::with_headings(["CHILD", "DOB", "SEX"].into_iter()), None);
        assert_eq!(Table::with_headings(["DECOM", "RNE"].into_iter()), None);
    }

    #[test]
    fn every_column_that_is_used_is_one_of_the_table() {
        for table in Table::ALL {
            assert!(table.used().iter().all(|column| table.columns().contains(column)));
        }
    }
}
