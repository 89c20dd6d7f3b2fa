//! The reader of case lists: files recognised by what is in them, and read into sources.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_import::Limits;
use quarterlight_import::local_list::Mapping;
use quarterlight_store::NewSource;

use super::reading::{Lists, NotYet, ToMap, mapping, mapping_text, sources};
use crate::apart::{File, Reader};

/// How the lists of an authority's own are mapped.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mapped {
    /// By the position of the file, as somebody chose.
    Chosen(BTreeMap<usize, Mapping>),
    /// As lists with such headings were before.
    Before(Lists),
}

/// Reads the files of a case list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLists {
    as_at: Date,
    authority: Option<String>,
    mapped: Mapped,
    is_large: bool,
}

impl CaseLists {
    /// True as at this day, and of this authority where the files do not tell.
    pub fn new(as_at: Date, authority: Option<String>) -> Self {
        Self { as_at, authority, mapped: Mapped::Chosen(BTreeMap::new()), is_large: false }
    }

    /// With the mappings that somebody chose, by the position of the file.
    #[must_use]
    pub fn chosen(self, chosen: BTreeMap<usize, Mapping>) -> Self {
        Self { mapped: Mapped::Chosen(chosen), ..self }
    }

    /// With lists as they were mapped before.
    #[must_use]
    pub fn fitting(self, lists: Lists) -> Self {
        Self { mapped: Mapped::Before(lists), ..self }
    }

    /// Of a whole country.
    #[must_use]
    pub fn large(self, is_large: bool) -> Self {
        Self { is_large, ..self }
    }
}

/// What is told beside the files: the day, the authority, whether it is of a country, whether the
/// mappings go by position, and the mappings.
type Beside = (String, Option<String>, bool, bool, Vec<(usize, String)>);

impl Reader for CaseLists {
    type Read = Result<Vec<NewSource>, NotYet>;
    const KIND: &'static str = "case-lists";

    fn beside(&self) -> String {
        let (by_position, mappings) = match &self.mapped {
            Mapped::Chosen(chosen) => {
                (true, chosen.iter().map(|(at, it)| (*at, mapping_text(it))).collect())
            }
            Mapped::Before(lists) => {
                (false, lists.all().iter().map(|it| (0, mapping_text(it))).collect())
            }
        };
        let as_at = self.as_at.to_string();
        let beside: Beside = (as_at, self.authority.clone(), self.is_large, by_position, mappings);
        serde_json::to_string(&beside).unwrap_or_default()
    }

    fn told(beside: &str) -> Option<Self> {
        let (as_at, authority, is_large, by_position, kept): Beside =
            serde_json::from_str(beside).ok()?;
        let mappings = kept.iter().map(|(at, text)| Some((*at, mapping(text)?)));
        let mapped = if by_position {
            Mapped::Chosen(mappings.collect::<Option<_>>()?)
        } else {
            let lists: Option<Vec<Mapping>> = mappings.map(|it| it.map(|(_, it)| it)).collect();
            Mapped::Before(Lists::of(lists?))
        };
        Some(Self { as_at: as_at.parse().ok()?, authority, mapped, is_large })
    }

    fn read(&self, files: &[File]) -> Self::Read {
        let limits = if self.is_large { Limits::large() } else { Limits::default() };
        let choose = |it: &ToMap| match &self.mapped {
            Mapped::Chosen(chosen) => chosen.get(&it.file).cloned(),
            Mapped::Before(lists) => lists.fitting(&it.headings),
        };
        sources(files, (self.as_at, self.authority.as_deref()), choose, &limits)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use quarterlight_import::local_list::propose;

    use super::*;

    #[test]
    fn the_other_process_is_told_all_of_it() {
        let list = Mapping { name: "SEND".to_owned(), ..propose(&["Child ID", "Team"]) };
        assert!(!list.columns.is_empty());
        let plain = CaseLists::new(date(2026, 9, 30), Some("Harrow".to_owned()));
        let chosen = plain.clone().chosen([(3, list.clone())].into()).large(true);
        let fitting = plain.clone().fitting(Lists::of(vec![list]));
        for reader in [plain, chosen, fitting] {
            assert!(!reader.beside().contains('\n'));
            assert_eq!(CaseLists::told(&reader.beside()).as_ref(), Some(&reader));
        }
        assert_eq!(CaseLists::told("2026-09-30"), None);
    }
}
