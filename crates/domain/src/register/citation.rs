//! Where in a report something stands: pages, paragraphs, figures and tables are numbered to be cited.

use std::fmt;

use crate::refusal::Refusal;

/// What is numbered in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A page.
    Page,
    /// A paragraph.
    Paragraph,
    /// A figure.
    Figure,
    /// A table.
    Table,
}

impl Part {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Page, "page"),
        (Self::Paragraph, "paragraph"),
        (Self::Figure, "figure"),
        (Self::Table, "table"),
    ];

    /// The word for it, in small letters.
    pub fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(part, _)| *part == self).map_or("", |(_, word)| word)
    }
}

/// A place in a report: *figure 3*, *paragraph 4.2*.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// What is cited.
    pub part: Part,
    /// Its number as the report has it.
    pub number: String,
}

impl Cited {
    /// Takes a citation as somebody types it, such as *Figure 3*, *page 46* or *para 4.2*.
    ///
    /// # Errors
    /// Refuses anything that is not a page, paragraph, figure or table with its number.
    pub fn parse(typed: &str) -> Result<Self, Refusal> {
        let small = typed.trim().trim_end_matches('.').to_lowercase();
        let number_at = small.find(|it: char| it.is_ascii_digit());
        let (word, number) = small.split_at(number_at.unwrap_or(small.len()));
        let word = word.trim().trim_end_matches('.');
        let part = match word {
            "p" | "pg" => Some(Part::Page),
            "para" => Some(Part::Paragraph),
            "fig" | "chart" => Some(Part::Figure),
            _ => Part::ALL.into_iter().find(|(_, it)| *it == word).map(|(part, _)| part),
        };
        let digits = number.split('.');
        let is_number = number.len() <= 12
            && digits.clone().count() <= 4
            && digits
                .into_iter()
                .all(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
        match part.filter(|_| is_number) {
            Some(part) => Ok(Self { part, number: number.to_owned() }),
            None => Err(Refusal::because(
                "Enter a page, paragraph, figure or table and its number, such as “figure 3”.",
            )),
        }
    }
}

impl fmt::Display for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.part.word(), self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_people_write_it() {
        for (typed, kept) in [
            ("Figure 3", "figure 3"),
            (" page 46. ", "page 46"),
            ("para. 4.2", "paragraph 4.2"),
            ("Table12", "table 12"),
            ("Chart 1", "figure 1"),
        ] {
            let read = Cited::parse(typed).unwrap();
            assert_eq!(read.to_string(), kept, "{typed}");
            assert_eq!(Cited::parse(&read.to_string()).unwrap(), read);
        }
    }

    #[test]
    fn what_has_no_number_or_no_part_is_refused() {
        for typed in
            ["", "figure", "46", "the chart", "figure 3..1", "figure three", "page 1.2.3.4.5"]
        {
            assert!(Cited::parse(typed).is_err(), "{typed}");
        }
    }
}
