//! A table as a picture: each cell in words, and in a tone that shows from afar where the gaps are.
//!
//! It is as wide as its columns need, and stands in a region that scrolls sideways where the screen
//! is narrower. Tones differ in grey, and none of them says what the words do not.

use std::fmt::Write as _;

use super::escaped;
use super::lines::wrapped;
use super::tones::Tone;

const NAMES: u32 = 200;
const COLUMN: u32 = 134;
const LINE: u32 = 20;
const PAD: u32 = 10;
const LETTER: u32 = 9;
const INK: &str = "#0b0c0c";

/// How a cell stands out, from not at all to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeatTone {
    /// There is nothing to show here.
    Empty,
    /// As it should be.
    Plain,
    /// Under way.
    Middle,
    /// Not known.
    Striped,
    /// A gap.
    Dark,
}

impl HeatTone {
    fn tone(self) -> Option<Tone> {
        match self {
            Self::Empty | Self::Plain => None,
            Self::Dark => Some(Tone::of(0)),
            Self::Striped => Some(Tone::of(1)),
            Self::Middle => Some(Tone::of(2)),
        }
    }
}

/// One cell: two short lines, and how it stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatCell {
    /// What is so: *Not audited*.
    pub words: String,
    /// Of how much: *14 open*.
    pub detail: String,
    /// How it stands out.
    pub tone: HeatTone,
}

/// A table that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heat {
    /// What its parts are named by; another for each drawing on a page.
    pub name: String,
    /// What it shows, as a sentence.
    pub title: String,
    /// The same at more length, for those who do not see it.
    pub description: String,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows: a name, and one cell for each column.
    pub rows: Vec<(String, Vec<HeatCell>)>,
}

/// The drawing.
pub fn heat(table: &Heat) -> String {
    let mut drawing = Drawing { body: String::new(), name: &table.name, y: 0 };
    drawing.headings(&table.columns);
    for (name, cells) in &table.rows {
        drawing.row(name, cells);
    }
    drawing.finish(table)
}

struct Drawing<'a> {
    body: String,
    name: &'a str,
    y: u32,
}

fn letters(width: u32) -> usize {
    usize::try_from((width - PAD) / LETTER).unwrap_or(1)
}

fn left(column: u32) -> u32 {
    NAMES.saturating_add(column.saturating_mul(COLUMN))
}

impl Drawing<'_> {
    fn headings(&mut self, columns: &[String]) {
        let columns: Vec<Vec<String>> =
            columns.iter().map(|name| wrapped(name, letters(COLUMN))).collect();
        let deepest = columns.iter().map(Vec::len).max().unwrap_or_default();
        let height = u32::try_from(deepest).unwrap_or(1) * LINE + PAD;
        for (column, lines) in (0..).zip(columns) {
            // Names of columns stand on their cells, however many lines they have.
            let above = height - PAD / 2 - u32::try_from(lines.len()).unwrap_or(1) * LINE;
            for (line, words) in (1..).zip(lines) {
                self.text(left(column), above + line * LINE - 5, BOLD, &words);
            }
        }
        self.y = height;
    }

    fn row(&mut self, name: &str, cells: &[HeatCell]) {
        let lines = wrapped(name, letters(NAMES));
        let tallest = u32::try_from(lines.len()).unwrap_or(1).max(2);
        let height = tallest * LINE + 2 * PAD;
        for (line, words) in (1..).zip(lines) {
            self.text(0, self.y + PAD + line * LINE - 5, BOLD, &words);
        }
        for (column, cell) in (0..).zip(cells) {
            self.cell(left(column), height, cell);
        }
        self.y += height;
    }

    fn cell(&mut self, x: u32, height: u32, cell: &HeatCell) {
        let y = self.y;
        let tone = cell.tone.tone();
        let fill = tone.map_or("none".to_owned(), |tone| tone.fill(self.name));
        let edge = if cell.tone == HeatTone::Empty { "#b1b4b6" } else { INK };
        let _ = writeln!(
            self.body,
            r#"<rect x="{x}" y="{}" width="{}" height="{}" fill="{fill}" stroke="{edge}"/>"#,
            y + 2,
            COLUMN - 6,
            height - 4
        );
        if tone.is_some_and(Tone::is_patterned) {
            let _ = writeln!(
                self.body,
                r##"<rect x="{}" y="{}" width="{}" height="{}" fill="#ffffff"/>"##,
                x + 5,
                y + PAD - 2,
                COLUMN - 16,
                2 * LINE + 4
            );
        }
        let ink = tone.map_or(INK, Tone::ink);
        let weight = if cell.tone == HeatTone::Empty { "normal" } else { "bold" };
        let bold = format!(r#"font-weight="{weight}" fill="{ink}""#);
        self.text(x + PAD, y + PAD + LINE - 5, &bold, &cell.words);
        let plain = format!(r#"fill="{ink}""#);
        self.text(x + PAD, y + PAD + 2 * LINE - 5, &plain, &cell.detail);
    }

    fn text(&mut self, x: u32, y: u32, shape: &str, words: &str) {
        let _ = writeln!(self.body, r#"<text x="{x}" y="{y}" {shape}>{}</text>"#, escaped(words));
    }

    fn finish(self, table: &Heat) -> String {
        let width = left(u32::try_from(table.columns.len()).unwrap_or(0));
        let patterns: String = (0..3).map(|place| Tone::of(place).pattern(self.name)).collect();
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" "#,
                r#"aria-labelledby="{name}-title {name}-desc" "#,
                r#"width="{width}" height="{height}" font-size="16">"#,
                "\n<title id=\"{name}-title\">{title}</title>\n",
                "<desc id=\"{name}-desc\">{desc}</desc>\n<defs>\n{patterns}</defs>\n{body}</svg>\n"
            ),
            name = escaped(self.name),
            width = width,
            height = self.y + 2,
            title = escaped(&table.title),
            desc = escaped(&table.description),
            patterns = patterns,
            body = self.body,
        )
    }
}

const BOLD: &str = r##"font-weight="bold" fill="#0b0c0c""##;

#[cfg(test)]
mod tests {
    use super::*;

    fn table(words: &str) -> Heat {
        let cell = |tone| HeatCell { words: words.to_owned(), detail: "14 open".to_owned(), tone };
        let tones =
            [HeatTone::Empty, HeatTone::Plain, HeatTone::Middle, HeatTone::Striped, HeatTone::Dark];
        Heat {
            name: "cells".to_owned(),
            title: words.to_owned(),
            description: words.to_owned(),
            columns: vec![words.to_owned(); 5],
            rows: vec![(words.to_owned(), tones.map(cell).to_vec())],
        }
    }

    #[test]
    fn every_cell_is_said_in_words_and_has_a_fill_of_its_own() {
        let svg = heat(&table("Not audited"));
        assert_eq!(svg.matches(">14 open</text>").count(), 5);
        let fills = ["none", "#8eb8dc", "url(#cells-stripes)", "#12436d"];
        for fill in fills {
            assert!(svg.contains(&format!(r#"fill="{fill}""#)), "{fill}");
        }
        assert!(svg.contains("<title") && svg.contains("<desc") && svg.contains(r#"role="img""#));
    }

    #[test]
    fn hostile_words_stay_words() {
        let svg = heat(&table("</text><script>alert(1)</script>"));
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
    }
}
