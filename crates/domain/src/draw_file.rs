//! A draw as plain text that can be published, and from which alone anybody can repeat it.
//!
//! Six lines say what the draw is; then comes one line for each stratum, one for each record of
//! the frame and one for each record drawn, each beginning with its kind. Words are parted by one
//! space. There is nothing in it but references.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::calendar::Quarter;
use crate::case_list::Reference;
use crate::draw::{METHOD, Pick, Seed, draw};
use crate::frame::{Frame, Stratum};
use crate::refusal::Refusal;

/// The first line of every draw file of this form.
const FIRST_LINE: &str = "quarterlight draw, form 1";

/// The most lines that a draw file may have: an England of records, and room.
const MOST_LINES: usize = 2_000_000;

/// A draw with everything that one needs to repeat it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawFile {
    /// The quarter that it was drawn for.
    pub quarter: Quarter,
    /// The seed.
    pub seed: Seed,
    /// The records that could be drawn.
    pub frame: Frame,
    /// How many were drawn from each stratum.
    pub sizes: BTreeMap<Stratum, usize>,
    /// What was drawn.
    pub picks: Vec<Pick>,
}

impl DrawFile {
    /// Draws, and keeps with the result what one needs to repeat it.
    ///
    /// # Errors
    /// Refuses sizes that the frame cannot give.
    pub fn drawn(
        quarter: Quarter,
        seed: Seed,
        frame: Frame,
        sizes: BTreeMap<Stratum, usize>,
    ) -> Result<Self, Refusal> {
        let picks = draw(&frame, &seed, &sizes)?;
        Ok(Self { quarter, seed, frame, sizes, picks })
    }

    /// Repeats the draw and compares.
    ///
    /// # Errors
    /// Refuses with the first record that differs: the file does not hold the draw that its own
    /// seed and frame give.
    pub fn verify(&self) -> Result<(), Refusal> {
        let again = draw(&self.frame, &self.seed, &self.sizes)?;
        let longest = again.len().max(self.picks.len());
        for index in 0..longest {
            let (ours, theirs) = (again.get(index), self.picks.get(index));
            if ours != theirs {
                let name = |pick: Option<&Pick>| {
                    pick.map_or("nothing".to_owned(), |pick| {
                        let kind = if pick.reserve { "reserve " } else { "" };
                        format!("{kind}{} from {}", pick.reference, pick.stratum.as_str())
                    })
                };
                return Err(Refusal::because(format!(
                    "The draw cannot be repeated: at place {} the file has {}, and the seed gives {}.",
                    index + 1,
                    name(theirs),
                    name(ours)
                )));
            }
        }
        Ok(())
    }

    /// The file.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string never fails.
        let mut line = |words: std::fmt::Arguments<'_>| {
            let _ = writeln!(text, "{words}");
        };
        line(format_args!("{FIRST_LINE}"));
        line(format_args!("quarter {}", self.quarter));
        line(format_args!("method {METHOD}"));
        line(format_args!("seed {}", self.seed.as_str()));
        line(format_args!("frame-sha256 {}", self.frame.digest()));
        line(format_args!("records {}", self.frame.len()));
        for (stratum, size) in self.frame.sizes() {
            let drawn = self.sizes.get(&stratum).copied().unwrap_or(0);
            line(format_args!("stratum {} {size} {drawn}", stratum.as_str()));
        }
        for (stratum, records) in self.frame.strata() {
            for reference in records {
                line(format_args!("record {} {reference}", stratum.as_str()));
            }
        }
        for pick in &self.picks {
            let kind = if pick.reserve { "reserve" } else { "drawn" };
            let (stratum, rank) = (pick.stratum.as_str(), pick.rank);
            line(format_args!("{kind} {stratum} {rank} {}", pick.reference));
        }
        text
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Refuses what is not a draw file, with the line at fault; and a file whose own counts or
    /// digest do not agree with its records.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut lines = Lines { lines: text.lines(), number: 0 };
        if lines.next() != Some(FIRST_LINE) {
            return Err(Refusal::because(format!(
                "This is not a draw file: its first line should be “{FIRST_LINE}”."
            )));
        }
        let quarter = lines.word("quarter")?.parse()?;
        let method = lines.word("method")?;
        if method != METHOD {
            return Err(lines.wrong(&format!("the method {method} is not known")));
        }
        let seed = Seed::new(lines.word("seed")?)?;
        let digest = lines.word("frame-sha256")?;
        let count: usize =
            lines.word("records")?.parse().map_err(|_| lines.wrong("a number is expected"))?;
        let Body { frame, sizes, stated, picks } = Body::read(&mut lines)?;
        let frame = Frame::new(frame)?;
        if frame.len() != count || frame.sizes() != stated {
            return Err(Refusal::because(
                "The numbers of records that the file states are not those that it lists.",
            ));
        }
        if frame.digest() != digest {
            return Err(Refusal::because(
                "The frame was changed: its SHA-256 is not the one that the file states.",
            ));
        }
        Ok(Self { quarter, seed, frame, sizes, picks })
    }
}

/// The lines after the first six.
#[derive(Default)]
struct Body {
    frame: Vec<(Stratum, Reference)>,
    sizes: BTreeMap<Stratum, usize>,
    stated: BTreeMap<Stratum, usize>,
    picks: Vec<Pick>,
}

impl Body {
    fn read(lines: &mut Lines<'_>) -> Result<Self, Refusal> {
        let mut body = Self::default();
        while let Some(line) = lines.next() {
            if lines.number > MOST_LINES {
                return Err(lines.wrong("the file is longer than any draw"));
            }
            let number = |word: &str| word.parse().map_err(|_| lines.wrong("a number is expected"));
            match line.split(' ').collect::<Vec<_>>().as_slice() {
                ["stratum", stratum, size, drawn] => {
                    let stratum = Stratum::new(stratum)?;
                    body.stated.insert(stratum.clone(), number(size)?);
                    body.sizes.insert(stratum, number(drawn)?);
                }
                ["record", stratum, reference] => {
                    body.frame.push((Stratum::new(stratum)?, Reference::new(reference)?));
                }
                [kind @ ("drawn" | "reserve"), stratum, rank, reference] => body.picks.push(Pick {
                    stratum: Stratum::new(stratum)?,
                    rank: number(rank)?,
                    reference: Reference::new(reference)?,
                    reserve: *kind == "reserve",
                }),
                _ => return Err(lines.wrong("a stratum, record, drawn or reserve is expected")),
            }
        }
        Ok(body)
    }
}

/// The lines of a file, counted, so that a refusal can say where.
struct Lines<'a> {
    lines: std::str::Lines<'a>,
    number: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a str> {
        self.number += 1;
        self.lines.next()
    }

    fn word(&mut self, name: &str) -> Result<&'a str, Refusal> {
        self.next()
            .and_then(|line| line.strip_prefix(name)?.strip_prefix(' '))
            .ok_or_else(|| self.wrong(&format!("“{name}” is expected")))
    }

    fn wrong(&self, what: &str) -> Refusal {
        Refusal::because(format!("Line {} of the draw file: {what}.", self.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> DrawFile {
        let a = Stratum::new("in-need/child-protection").unwrap();
        let b = Stratum::new("disability/disabled-placed-out").unwrap();
        let records = (0..40).map(|n| {
            let stratum = if n % 5 == 0 { b.clone() } else { a.clone() };
            (stratum, Reference::new(&format!("R-{n}")).unwrap())
        });
        let frame = Frame::new(records).unwrap();
        let sizes = [(a, 5), (b, 3)].into();
        let seed = Seed::new("dice 4 2 6 1 on 1 October").unwrap();
        DrawFile::drawn("2026-Q4".parse().unwrap(), seed, frame, sizes).unwrap()
    }

    #[test]
    fn a_file_reads_back_as_it_was_and_repeats() {
        let file = file();
        let again = DrawFile::read(&file.text()).unwrap();
        assert_eq!(again, file);
        assert_eq!(again.text(), file.text());
        again.verify().unwrap();
    }

    #[test]
    fn every_change_to_a_line_is_found() {
        let text = file().text();
        for (index, line) in text.lines().enumerate() {
            // Each line loses its last character, or the draw another of its own.
            let mut lines: Vec<&str> = text.lines().collect();
            lines[index] = &line[..line.len() - 1];
            let found = DrawFile::read(&lines.join("\n")).and_then(|file| file.verify());
            // The quarter is a label: it takes no part in the draw, but a shorter one is no quarter.
            assert!(found.is_err(), "line {} without its end: {line}", index + 1);
            lines.remove(index);
            let found = DrawFile::read(&lines.join("\n")).and_then(|file| file.verify());
            assert!(found.is_err(), "without line {}: {line}", index + 1);
        }
    }

    #[test]
    fn a_record_swapped_for_another_is_named() {
        let mut file = file();
        file.picks.swap(0, 1);
        let refusal = file.verify().unwrap_err();
        assert!(refusal.sentence().starts_with("The draw cannot be repeated: at place 1"));
    }

    #[test]
    fn what_is_not_a_draw_file_is_said_to_be_none() {
        for text in
            ["", "\0", "quarterlight draw, form 1", "quarterlight draw, form 2\nquarter 2026-Q4"]
        {
            assert!(DrawFile::read(text).is_err());
        }
    }
}
