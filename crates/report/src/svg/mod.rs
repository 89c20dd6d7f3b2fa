//! Draws a figure's chart as SVG that is read in grey, at any width, and by those who do not see it.
//!
//! Nothing but presentation attributes is used, because the pages forbid styles and scripts that
//! stand in the document. Names stand above their bars at the size of the text, so that they are
//! as easy to read on a phone as on paper.

mod heat;
mod lines;
mod over_time;
mod plot;
mod tones;

use std::fmt::Write as _;

use crate::chart::{Bar, Chart, Picture};
use crate::document::Figure;
use crate::words;
pub use heat::{Heat, HeatCell, HeatTone, heat};
use lines::wrapped;
use tones::Tone;

/// What a page leaves for a chart on the narrowest screen on which it must be read (320 pixels).
const NARROWEST: u32 = 290;
const LINE: u32 = 24;
const BAR: u32 = 36;
const GAP: u32 = 20;
const SWATCH: u32 = 18;
const INK: &str = "#0b0c0c";

/// How wide the drawing is.
#[derive(Clone, Copy)]
enum Width<'a> {
    /// As wide as the page that it stands in; text keeps its size.
    Fluid,
    /// So many units, in this family of type.
    Fixed(u32, &'a str),
}

impl Width<'_> {
    /// The room across that is certain.
    fn narrowest(self) -> u32 {
        match self {
            Width::Fluid => NARROWEST,
            Width::Fixed(width, _) => width,
        }
    }
}

/// The chart for a screen: as wide as what it stands in, with the page's own type.
pub fn fluid(figure: &Figure) -> String {
    draw(figure, Width::Fluid)
}

/// The chart for paper: `width` units wide, set in the type `family`, at 16 units to the line.
pub fn fixed(figure: &Figure, width: u32, family: &str) -> String {
    draw(figure, Width::Fixed(width, family))
}

fn draw(figure: &Figure, width: Width<'_>) -> String {
    match &figure.chart {
        Picture::Bars(chart) => bars(figure, chart, width),
        Picture::Control(chart) => over_time::control(figure, chart, width),
        Picture::Lines(chart) => over_time::lines(figure, chart, width),
    }
}

fn bars(figure: &Figure, chart: &Chart, width: Width<'_>) -> String {
    let mut drawing =
        Drawing { body: String::new(), width, name: format!("figure-{}", figure.number), y: 0 };
    drawing.legend(chart);
    let longest = chart.bars.iter().map(Bar::shown).max().unwrap_or_default();
    for bar in &chart.bars {
        drawing.bar(bar, chart, longest);
    }
    let patterns: String =
        (0..chart.series.len()).map(|place| Tone::of(place).pattern(&drawing.name)).collect();
    whole(figure, width, drawing.y, &format!("<defs>\n{patterns}</defs>\n{}", drawing.body))
}

struct Drawing<'a> {
    body: String,
    width: Width<'a>,
    name: String,
    y: u32,
}

impl Drawing<'_> {
    /// A place or a length across, as a part of the whole width.
    fn across(&self, part: u64, whole: u64) -> String {
        let width = match self.width {
            Width::Fluid => 100,
            Width::Fixed(width, _) => width,
        };
        let hundredths =
            (u128::from(part) * u128::from(width) * 100).checked_div(whole.into()).unwrap_or(0);
        let unit = if matches!(self.width, Width::Fluid) { "%" } else { "" };
        format!("{}.{:02}{unit}", hundredths / 100, hundredths % 100)
    }

    fn narrowest(&self) -> u32 {
        self.width.narrowest()
    }

    /// How many letters stand on a line: a bold one takes about ten units, which is generous.
    fn letters(&self) -> usize {
        usize::try_from(self.narrowest() / 10).unwrap_or(usize::MAX)
    }

    /// What each tone means: side by side while there is room that is certain, then on a new line.
    fn legend(&mut self, chart: &Chart) {
        let mut x = 0;
        for (place, series) in chart.series.iter().enumerate() {
            let lines = wrapped(series, self.letters().saturating_sub(3));
            let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
            let letters = u32::try_from(longest).unwrap_or(u32::MAX);
            let across = letters.saturating_mul(10).saturating_add(SWATCH + 8);
            if x > 0 && (lines.len() > 1 || x + across > self.narrowest()) {
                x = 0;
                self.y += LINE;
            }
            self.swatch(&x.to_string(), self.y + 3, place);
            for (below, line) in (1..).zip(&lines) {
                let y = self.y + below * LINE - 7;
                self.text(&x.to_string(), &format!(r#"dx="{}""#, SWATCH + 8), y, line);
            }
            self.y += LINE * u32::try_from(lines.len() - 1).unwrap_or(0);
            x = if lines.len() > 1 { self.narrowest() } else { x + across + GAP };
        }
        self.y += LINE + GAP;
    }

    fn bar(&mut self, bar: &Bar, chart: &Chart, longest: u64) {
        let said = match bar.total() {
            Some(total) => format!("{}: {}", bar.category, words::count(total, &chart.counted)),
            None => format!("{}: some counts withheld", bar.category),
        };
        for line in wrapped(&said, self.letters()) {
            self.y += LINE;
            self.text("0", r#"font-weight="bold""#, self.y - 7, &line);
        }
        let top = self.y;
        let mut start = 0_u64;
        let mut beneath = Vec::new();
        for (place, count) in bar.counts.iter().enumerate() {
            let Some(count) = *count else {
                beneath.push((place, "[c]".to_owned()));
                continue;
            };
            if count == 0 {
                continue;
            }
            self.segment((start, count, longest), top, place);
            start = start.saturating_add(count);
            if !self.labelled_inside((start - count, count, longest), top, place) {
                beneath.push((place, words::whole(count)));
            }
        }
        self.y += BAR;
        if !self.beside(&beneath, (start, longest), top) {
            self.beneath(&beneath);
        }
        self.y += GAP;
    }

    fn segment(&mut self, (start, count, longest): (u64, u64, u64), top: u32, place: usize) {
        let (x, width) = (self.across(start, longest), self.across(count, longest));
        let fill = Tone::of(place).fill(&self.name);
        let _ = writeln!(
            self.body,
            r#"<rect x="{x}" y="{top}" width="{width}" height="{BAR}" fill="{fill}" stroke="{INK}"/>"#
        );
    }

    /// Writes the count into its part of the bar, when there is room for it on the narrowest screen.
    fn labelled_inside(
        &mut self,
        (start, count, longest): (u64, u64, u64),
        top: u32,
        place: usize,
    ) -> bool {
        let label = words::whole(count);
        let board =
            u32::try_from(label.len()).unwrap_or(u32::MAX).saturating_mul(10).saturating_add(8);
        if u128::from(count) * u128::from(self.narrowest())
            < u128::from(longest) * u128::from(board + 6)
        {
            return false;
        }
        let middle =
            self.across(start.saturating_mul(2).saturating_add(count), longest.saturating_mul(2));
        let tone = Tone::of(place);
        if tone.is_patterned() {
            let _ = writeln!(
                self.body,
                r##"<rect x="{middle}" y="{}" width="{board}" height="24" transform="translate(-{} 0)" fill="#ffffff"/>"##,
                top + 6,
                board / 2
            );
        }
        let shape = format!(r#"text-anchor="middle" font-weight="bold" fill="{}""#, tone.ink());
        self.text(&middle, &shape, top + 24, &label);
        true
    }

    /// A single count too small for its part of the bar stands beside the bar, where there is room.
    fn beside(&mut self, counts: &[(usize, String)], (end, longest): (u64, u64), top: u32) -> bool {
        let [(place, label)] = counts else { return false };
        let letters = u32::try_from(label.len()).unwrap_or(u32::MAX);
        let room = letters.saturating_mul(10).saturating_add(SWATCH + 8 + 8);
        let narrowest = u128::from(self.narrowest());
        if u128::from(end) * narrowest + u128::from(longest) * u128::from(room)
            > u128::from(longest) * narrowest
        {
            return false;
        }
        let x = self.across(end, longest);
        let fill = Tone::of(*place).fill(&self.name);
        let y = top + (BAR - SWATCH) / 2;
        let _ = writeln!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{SWATCH}" height="{SWATCH}" transform="translate(8 0)" fill="{fill}" stroke="{INK}"/>"#
        );
        self.text(&x, &format!(r#"dx="{}""#, SWATCH + 16), top + 24, label);
        true
    }

    /// Counts too small for their part of the bar stand in a row beneath it, each with its pattern.
    fn beneath(&mut self, counts: &[(usize, String)]) {
        if counts.is_empty() {
            return;
        }
        self.y += 6;
        let columns = 4;
        for row in counts.chunks(columns) {
            for (column, (place, label)) in (0_u64..).zip(row) {
                let x = self.across(column, 4);
                self.swatch(&x, self.y + 3, *place);
                self.text(&x, &format!(r#"dx="{}""#, SWATCH + 8), self.y + LINE - 7, label);
            }
            self.y += LINE;
        }
    }

    fn swatch(&mut self, x: &str, y: u32, place: usize) {
        let fill = Tone::of(place).fill(&self.name);
        let _ = writeln!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{SWATCH}" height="{SWATCH}" fill="{fill}" stroke="{INK}"/>"#
        );
    }

    fn text(&mut self, x: &str, shape: &str, y: u32, words: &str) {
        let fill =
            if shape.contains("fill=") { String::new() } else { format!(r#" fill="{INK}""#) };
        let _ =
            writeln!(self.body, r#"<text x="{x}" y="{y}" {shape}{fill}>{}</text>"#, escaped(words));
    }
}

/// The drawing with its size, its title and its words.
fn whole(figure: &Figure, width: Width<'_>, height: u32, body: &str) -> String {
    let size = match width {
        Width::Fluid => format!(r#"width="100%" height="{height}""#),
        Width::Fixed(width, family) => format!(
            r#"width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{}""#,
            escaped(family)
        ),
    };
    format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-desc" "#,
            r#"{size} font-size="16" overflow="visible">"#,
            "\n<title id=\"{name}-title\">{title}</title>\n<desc id=\"{name}-desc\">{desc}</desc>\n",
            "{body}</svg>\n"
        ),
        name = format_args!("figure-{}", figure.number),
        size = size,
        title = escaped(&figure.title),
        desc = escaped(&figure.alt_text),
        body = body,
    )
}

/// Text as XML holds it. Characters that XML cannot hold at all are left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}
