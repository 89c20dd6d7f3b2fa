//! Which heading of a local list is which field, and what its values mean: kept as pairs of text.

use std::collections::BTreeMap;

use quarterlight_domain::refusal::Refusal;

use super::field::{Field, ListKind};
use crate::annex_a::headings::normal;

/// How a list is read. It is remembered for the next file with the same headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// What people call the list.
    pub name: String,
    /// What it is a list of.
    pub kind: ListKind,
    /// The heading of each field that has a column.
    pub columns: BTreeMap<Field, String>,
    /// What is true of every row, by field: a list of section 85 notices has no column that says so.
    pub always: BTreeMap<Field, String>,
    /// What a value means, by field and by the value without capitals, spaces and marks. The meaning
    /// is a word that the field itself understands: *yes*, *CLA*, *s85*, *newly-qualified*.
    pub values: BTreeMap<(Field, String), String>,
}

impl Mapping {
    /// Says what a value of a field means.
    pub fn set_value(&mut self, field: Field, value: &str, meaning: &str) {
        self.values.insert((field, normal(value)), meaning.to_owned());
    }

    /// What a value means: what the mapping says, or the value itself.
    pub(super) fn meaning<'m>(&'m self, field: Field, value: &'m str) -> &'m str {
        self.values.get(&(field, normal(value))).map_or(value, String::as_str)
    }

    /// The fields that can tell whose row it is.
    pub fn keys(&self) -> &'static [Field] {
        match self.kind {
            ListKind::Workers => &[Field::WorkerName, Field::Registration, Field::StaffNumber],
            _ => &[Field::Reference],
        }
    }

    /// Whether enough is mapped to read anything.
    ///
    /// # Errors
    /// Refuses a mapping without a name, or without a column that tells whose row it is.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.name.trim().is_empty() {
            return Err(Refusal::because("Give the list a name."));
        }
        if self.keys().iter().any(|key| self.columns.contains_key(key)) {
            return Ok(());
        }
        Err(Refusal::because(match self.kind {
            ListKind::Workers => {
                "Choose the column that holds the worker’s name, registration or staff number."
            }
            _ => "Choose the column that holds the child’s reference.",
        }))
    }

    /// The mapping as pairs of text, to be kept.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let mut pairs = vec![
            ("name".to_owned(), self.name.clone()),
            ("kind".to_owned(), self.kind.code().to_owned()),
        ];
        for (field, heading) in &self.columns {
            pairs.push((format!("column.{}", field.code()), heading.clone()));
        }
        for (field, meaning) in &self.always {
            pairs.push((format!("always.{}", field.code()), meaning.clone()));
        }
        for ((field, value), meaning) in &self.values {
            pairs.push((format!("value.{}.{value}", field.code()), meaning.clone()));
        }
        pairs
    }

    /// Reads what [`Self::to_pairs`] wrote.
    ///
    /// # Errors
    /// Refuses a pair that is none of a mapping's.
    pub fn from_pairs<'p>(
        pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> Result<Self, Refusal> {
        let mut mapping = Self::default();
        for (key, text) in pairs {
            let unknown = || Refusal::because(format!("A mapping has no part “{key}”."));
            let field = |code| Field::from_code(code).ok_or_else(unknown);
            let text = text.to_owned();
            match key.split_once('.') {
                None if key == "name" => mapping.name = text,
                None if key == "kind" => {
                    mapping.kind = ListKind::from_code(&text).ok_or_else(unknown)?;
                }
                Some(("column", code)) => {
                    mapping.columns.insert(field(code)?, text);
                }
                Some(("always", code)) => {
                    mapping.always.insert(field(code)?, text);
                }
                Some(("value", rest)) => {
                    let (code, value) = rest.split_once('.').ok_or_else(unknown)?;
                    mapping.values.insert((field(code)?, value.to_owned()), text);
                }
                _ => return Err(unknown()),
            }
        }
        Ok(mapping)
    }

    /// True if every heading that is mapped is among these: the mapping fits the file.
    pub fn fits<'h>(&self, headings: impl IntoIterator<Item = &'h str>) -> bool {
        let forms: Vec<String> = headings.into_iter().map(normal).collect();
        !self.columns.is_empty()
            && self.columns.values().all(|heading| forms.contains(&normal(heading)))
    }
}

#[cfg(test)]
mod tests {
    use quarterlight_domain::case_list::KeyDate;

    use super::*;

    fn mapping() -> Mapping {
        let mut mapping = Mapping {
            name: "Plans".to_owned(),
            kind: ListKind::Send,
            columns: [
                (Field::Reference, "Unique ID".to_owned()),
                (Field::Date(KeyDate::LastSeen), "Last seen".to_owned()),
            ]
            .into(),
            always: [(Field::Route, "s85".to_owned())].into(),
            ..Mapping::default()
        };
        mapping.set_value(Field::Disabled, "SEN Support.", "yes");
        mapping
    }

    #[test]
    fn a_mapping_is_the_same_after_it_was_kept() {
        let pairs = mapping().to_pairs();
        let pairs = pairs.iter().map(|(key, text)| (key.as_str(), text.as_str()));
        assert_eq!(Mapping::from_pairs(pairs).unwrap(), mapping());
        for pair in [("colour", "red"), ("column.colour", "x"), ("value.born", "x"), ("kind", "x")]
        {
            assert!(Mapping::from_pairs([pair]).is_err(), "{pair:?}");
        }
    }

    #[test]
    fn a_mapping_fits_where_all_its_headings_are() {
        assert!(mapping().fits(["UNIQUE id ", "Last seen", "Other"]));
        assert!(!mapping().fits(["Unique ID"]));
        assert!(!Mapping::default().fits(["Unique ID"]));
    }

    #[test]
    fn a_mapping_needs_a_name_and_whose_row_it_is() {
        assert!(mapping().check().is_ok());
        assert!(Mapping { name: " ".to_owned(), ..mapping() }.check().is_err());
        let workers = Mapping { kind: ListKind::Workers, ..mapping() };
        assert!(workers.check().is_err());
    }
}
