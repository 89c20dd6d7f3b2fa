//! Recognises which list a sheet holds, from its headings and never from the order of its columns.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, Use, columns_of};
use super::list::List;
use super::spellings::SPELLINGS;
use crate::row::Row;

/// Rows that are looked at for the headings; titles and markings stand above them.
pub(crate) const ROWS_LOOKED_AT: usize = 20;
/// The share of a list's own headings that a row must have to be its headings.
const ENOUGH: f64 = 0.2;
/// What a sheet's name adds to that share. It breaks ties; it never decides alone.
const HINT: f64 = 0.1;
/// The share of words that two headings must have in common to be taken for the same.
const ALIKE: f64 = 0.8;

/// The headings of a sheet that holds a list.
#[derive(Debug)]
pub(crate) struct Headings {
    pub list: List,
    /// The row, as Excel numbers it.
    pub row: u32,
    /// Columns by their position, from 0, with the heading as the sheet spells it.
    pub columns: BTreeMap<u32, (Column, String)>,
    pub missing: Vec<Column>,
    /// Headings of no column of the list, by position.
    pub ignored: BTreeMap<u32, String>,
    /// Headings taken by the words they share with a column.
    pub guessed: Vec<(String, &'static str)>,
    /// Headings of a column that an earlier heading already is.
    pub repeated: Vec<(u32, String)>,
}

/// A sheet that holds no list, with the closest one if it is close.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NotAList {
    /// No row looks like a row of headings.
    NoHeadings,
    /// The headings are those of a list, but no column gives the child's reference.
    NoReference(List),
}

/// Every spelling of every column, by its normal form.
pub(crate) struct Dictionary {
    by_list: Vec<(List, BTreeMap<String, Column>)>,
    /// In how many lists a spelling stands: one in ten says little about which list it is.
    lists_with: BTreeMap<String, f64>,
}

impl Dictionary {
    pub(crate) fn new() -> Self {
        let mut lists_with = BTreeMap::new();
        let by_list = List::ALL.map(|list| {
            let mut forms = BTreeMap::new();
            for column in columns_of(list) {
                forms.insert(normal(column.heading), column);
                for (heading, also) in SPELLINGS {
                    if *heading == column.heading {
                        forms.insert(normal(also), column);
                    }
                }
            }
            for form in forms.keys() {
                *lists_with.entry(form.clone()).or_insert(0.0) += 1.0;
            }
            (list, forms)
        });
        Self { by_list: by_list.into(), lists_with }
    }

    /// The row of headings among the first rows of a sheet, and the list that it is of.
    pub(crate) fn recognise(&self, sheet: &str, rows: &[Row<'_>]) -> Result<Headings, NotAList> {
        let hint = List::hinted_by(sheet);
        let mut best: Option<(f64, List, &Row<'_>)> = None;
        for row in rows.iter().take(ROWS_LOOKED_AT) {
            let found: BTreeSet<String> =
                row.cells.iter().map(|(_, cell)| normal(&cell.text())).collect();
            for (list, forms) in &self.by_list {
                let share = self.share(forms, &found);
                if share == 0.0 {
                    continue;
                }
                let score = share + if hint == Some(*list) { HINT } else { 0.0 };
                if best.is_none_or(|(highest, ..)| score > highest) {
                    best = Some((score, *list, row));
                }
            }
        }
        match best {
            Some((score, list, row)) if score >= ENOUGH => self.headings(list, row),
            _ => Err(NotAList::NoHeadings),
        }
    }

    /// How much of a list's own headings are there, each weighed by how few lists have it.
    fn share(&self, forms: &BTreeMap<String, Column>, found: &BTreeSet<String>) -> f64 {
        let weight = |column: &Column| {
            self.lists_with.get(&normal(column.heading)).map_or(0.0, |lists| 1.0 / lists)
        };
        let all: BTreeMap<&str, f64> =
            forms.values().map(|column| (column.heading, weight(column))).collect();
        let here: BTreeMap<&str, f64> = found
            .iter()
            .filter_map(|form| forms.get(form))
            .map(|column| (column.heading, weight(column)))
            .collect();
        here.values().sum::<f64>() / all.values().sum::<f64>()
    }

    fn headings(&self, list: List, row: &Row<'_>) -> Result<Headings, NotAList> {
        let Some((_, forms)) = self.by_list.iter().find(|(other, _)| *other == list) else {
            return Err(NotAList::NoHeadings);
        };
        let mut headings = Headings {
            list,
            row: row.number,
            columns: BTreeMap::new(),
            missing: Vec::new(),
            ignored: BTreeMap::new(),
            guessed: Vec::new(),
            repeated: Vec::new(),
        };
        let mut taken = BTreeSet::new();
        for (position, cell) in &row.cells {
            let heading = cell.text().into_owned();
            match forms.get(&normal(&heading)).or_else(|| within(forms, &heading)) {
                Some(column) if taken.insert(column.heading) => {
                    headings.columns.insert(*position, (*column, heading));
                }
                Some(_) => headings.repeated.push((*position, heading)),
                None => {
                    headings.ignored.insert(*position, heading);
                }
            }
        }
        headings.guess(list, &mut taken);
        headings.missing =
            columns_of(list).filter(|column| !taken.contains(column.heading)).collect();
        // Adopters are counted, not read: their list has no child to refer to.
        let has_child = headings.columns.values().any(|(column, _)| column.used_as == Use::Child);
        if has_child || list == List::Adopters {
            Ok(headings)
        } else {
            Err(NotAList::NoReference(list))
        }
    }
}

impl Headings {
    /// Takes what is left of the headings by the words that they share with a missing column.
    fn guess(&mut self, list: List, taken: &mut BTreeSet<&'static str>) {
        for (position, heading) in std::mem::take(&mut self.ignored) {
            let alike = columns_of(list)
                .filter(|column| !taken.contains(column.heading))
                .map(|column| (likeness(&heading, column.heading), column))
                .filter(|(likeness, _)| *likeness >= ALIKE)
                .max_by(|(one, _), (other, _)| one.total_cmp(other));
            match alike {
                Some((_, column)) => {
                    taken.insert(column.heading);
                    self.guessed.push((heading.clone(), column.heading));
                    self.columns.insert(position, (column, heading));
                }
                None => {
                    self.ignored.insert(position, heading);
                }
            }
        }
    }
}

/// A heading that has one of these in it is that column, whatever stands around the words.
fn within<'f>(forms: &'f BTreeMap<String, Column>, heading: &str) -> Option<&'f Column> {
    const MARKS: [(&str, Use); 1] = [("unaccompaniedasylumseekingchild", Use::Unaccompanied)];
    let form = normal(heading);
    let (_, used_as) = MARKS.into_iter().find(|(mark, _)| form.contains(mark))?;
    forms.values().find(|column| column.used_as == used_as)
}

/// A text without capitals, spaces and marks, with wide and joined letters made plain.
pub(crate) fn normal(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => form.push(c),
            'A'..='Z' => form.push(c.to_ascii_lowercase()),
            // The full-width forms stand in the same order as the plain ones.
            '\u{ff01}'..='\u{ff5e}' => {
                let plain = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(' ');
                if plain.is_ascii_alphanumeric() {
                    form.push(plain.to_ascii_lowercase());
                }
            }
            '\u{fb01}' => form.push_str("fi"),
            '\u{fb02}' => form.push_str("fl"),
            _ => {}
        }
    }
    form
}

/// The share of words that two headings have in common, without the small words.
pub(crate) fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| {
            !matches!(
                *word,
                "" | "a" | "an" | "the" | "of" | "for" | "to" | "is" | "was" | "y" | "n"
            )
        });
        words.map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    // One shared word is no likeness: "Date" and "Date of the date" are different columns.
    if shared < 2 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a heading has few words")]
    let share = shared as f64 / one.union(&other).count() as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Cell;

    fn row<'a>(headings: &[&'a str]) -> Row<'a> {
        let cells = headings.iter().zip(0..).map(|(text, at)| (at, Cell::Text((*text).into())));
        Row { number: 4, cells: cells.collect() }
    }

    fn recognise(sheet: &str, headings: &[&str]) -> Result<Headings, NotAList> {
        Dictionary::new().recognise(sheet, &[row(&["List 1: all sorts"]), row(headings)])
    }

    #[test]
    fn marks_capitals_and_quotes_make_no_difference() {
        let form = normal("Child’s Legal Status");
        for spelling in
            ["CHILD'S LEGAL STATUS ", "child\u{a0}s legal\nstatus", "Ｃhild's Legal Status"]
        {
            assert_eq!(normal(spelling), form, "{spelling}");
        }
    }

    #[test]
    fn each_list_is_known_by_its_own_headings_in_any_order() {
        for list in List::ALL {
            let mut headings: Vec<&str> = columns_of(list).map(|column| column.heading).collect();
            headings.reverse();
            let found = recognise("Sheet1", &headings).unwrap();
            assert_eq!((found.list, found.row), (list, 4));
            assert!(found.missing.is_empty() && found.ignored.is_empty(), "{found:?}");
        }
    }

    #[test]
    fn the_headings_win_against_the_name_of_the_sheet() {
        let headings: Vec<&str> = columns_of(List::InCare).map(|column| column.heading).collect();
        assert_eq!(recognise("List 9", &headings).unwrap().list, List::InCare);
    }

    #[test]
    fn a_missing_column_does_not_lose_the_list() {
        let headings: Vec<&str> = columns_of(List::InCare)
            .map(|column| column.heading)
            .filter(|heading| !heading.contains("Location") && !heading.starts_with("LA "))
            .collect();
        let found = recognise("Sheet1", &headings).unwrap();
        let missing: Vec<&str> = found.missing.iter().map(|column| column.heading).collect();
        assert_eq!(missing, ["Placement Location", "LA of Placement"]);
    }

    #[test]
    fn a_heading_in_other_words_is_guessed_and_said_so() {
        let mut headings: Vec<&str> =
            columns_of(List::InNeed).map(|column| column.heading).collect();
        headings[8] = "Child was last seen (date)";
        let found = recognise("Sheet1", &headings).unwrap();
        let expected = ("Child was last seen (date)".to_owned(), "Date Child Was Last Seen");
        assert_eq!(found.guessed, [expected]);
    }

    #[test]
    fn stage_and_page_are_not_age() {
        let found =
            recognise("List 6", &["Child ID", "Case Status", "CIN Start Date", "Stage", "Page"]);
        let ignored: Vec<String> = found.unwrap().ignored.into_values().collect();
        assert_eq!(ignored, ["Stage", "Page"]);
    }

    #[test]
    fn a_sheet_of_something_else_is_not_a_list() {
        assert_eq!(
            recognise("Staff", &["Name", "Team", "Gender", "Ethnicity", "Start date"]).unwrap_err(),
            NotAList::NoHeadings
        );
        let nameless: Vec<&str> =
            columns_of(List::InNeed).map(|column| column.heading).skip(1).collect();
        assert_eq!(recognise("x", &nameless).unwrap_err(), NotAList::NoReference(List::InNeed));
    }
}
