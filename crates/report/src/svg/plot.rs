//! The field of a chart over time: its scale, its lines, and the marks on it.
//!
//! Every place across is a share of the width, so that text keeps its size at 320 pixels. Values
//! stand in a margin at the left, and dates in words beneath, where a phone has room for them.

use std::fmt::Write as _;

use super::lines::wrapped;
use super::{INK, LINE, Width, escaped};

const HEIGHT: f64 = 200.0;
/// The margin for the values, in per cent of the width.
const MARGIN: f64 = 17.0;
const FAINT: &str = "#b1b4b6";
const DARK: &str = "#12436d";
/// How many parts the scale is divided into, at the most.
const MOST_STEPS: f64 = 5.0;

/// How a line is broken, so that lines are told apart in grey.
pub const DASHES: [&str; 4] = ["", "9 4", "2 4", "12 4 2 4"];

/// The shape of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A white circle.
    Circle,
    /// A dark square.
    Square,
    /// A white triangle.
    Triangle,
    /// A dark diamond.
    Diamond,
}

impl Mark {
    /// The mark of the line at this place.
    pub const fn of(place: usize) -> Self {
        match place % 4 {
            0 => Self::Circle,
            1 => Self::Square,
            2 => Self::Triangle,
            _ => Self::Diamond,
        }
    }

    fn shape(self) -> String {
        match self {
            Self::Circle => {
                format!(r##"<circle r="5.5" fill="#ffffff" stroke="{INK}" stroke-width="2"/>"##)
            }
            Self::Square => format!(
                r#"<rect x="-6.5" y="-6.5" width="13" height="13" fill="{DARK}" stroke="{INK}"/>"#
            ),
            Self::Triangle => format!(
                r##"<path d="M0 -8 8 6H-8Z" fill="#ffffff" stroke="{INK}" stroke-width="2"/>"##
            ),
            Self::Diamond => {
                format!(r#"<path d="M0 -9 9 0 0 9 -9 0Z" fill="{DARK}" stroke="{INK}"/>"#)
            }
        }
    }
}

/// A field with room for so many points across, from the lowest value to the highest.
pub struct Plot<'a> {
    /// What is drawn so far.
    pub body: String,
    /// How far down it reaches.
    pub y: u32,
    width: Width<'a>,
}

/// Where a point lies.
pub struct Scale {
    low: f64,
    high: f64,
    top: f64,
    step: f64,
    points: f64,
    unit: &'static str,
}

impl Scale {
    /// The scale that holds these values, in per cent or in counts, below what is drawn so far.
    pub fn of(values: impl Iterator<Item = f64>, unit: &'static str, many: usize, y: u32) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
        let step = step((high - low).max(if unit == "%" { 20.0 } else { 4.0 }));
        let (mut low, mut high) = ((low / step).floor() * step, (high / step).ceil() * step);
        // A small part of the scale alone would make much of little.
        while high - low < 4.0 * step {
            if low > 0.0 {
                low -= step;
            }
            if unit != "%" || high < 100.0 {
                high += step;
            }
        }
        let points = f64::from(u32::try_from(many).unwrap_or(u32::MAX).max(1));
        Self { low, high, top: f64::from(y) + 12.0, step, points, unit }
    }

    /// Across, in per cent of the width.
    pub fn x(&self, at: usize, beside: f64) -> f64 {
        let at = f64::from(u32::try_from(at).unwrap_or(u32::MAX));
        MARGIN + (at + 0.5 + beside) * (100.0 - MARGIN) / self.points
    }

    /// Down.
    pub fn y(&self, value: f64) -> f64 {
        self.top + (self.high - value) / (self.high - self.low) * HEIGHT
    }
}

/// A round number of which at most so many fit into the room.
fn step(room: f64) -> f64 {
    let mut step = 1.0;
    loop {
        for part in [1.0, 2.0, 5.0] {
            if room / (step * part) <= MOST_STEPS {
                return step * part;
            }
        }
        step *= 10.0;
    }
}

impl<'a> Plot<'a> {
    /// An empty drawing of this width.
    pub const fn new(width: Width<'a>) -> Self {
        Self { body: String::new(), y: 0, width }
    }

    /// A place across as SVG writes it.
    fn across(&self, percent: f64) -> String {
        match self.width {
            Width::Fluid => format!("{percent:.2}%"),
            Width::Fixed(width, _) => format!("{:.2}", percent / 100.0 * f64::from(width)),
        }
    }

    /// A line of words beneath what is drawn so far; it is broken where it does not fit.
    pub fn words(&mut self, words: &str) {
        self.said(words, 0);
    }

    fn said(&mut self, words: &str, indent: u32) {
        let letters = (self.width.narrowest() - indent) / 9;
        for line in wrapped(words, usize::try_from(letters).unwrap_or(1)) {
            self.y += LINE;
            let y = self.y - 7;
            let _ = writeln!(
                self.body,
                r#"<text x="0" dx="{indent}" y="{y}" fill="{INK}">{}</text>"#,
                escaped(&line)
            );
        }
    }

    /// What a line or a mark stands for.
    pub fn legend(&mut self, line: Option<&str>, mark: Option<Mark>, words: &str) {
        let y = self.y + LINE / 2;
        if let Some(dashes) = line {
            let _ = writeln!(
                self.body,
                r#"<line x1="0" y1="{y}" x2="36" y2="{y}" stroke="{INK}" stroke-width="2"{}/>"#,
                dashed(dashes)
            );
        }
        if let Some(mark) = mark {
            let _ = writeln!(self.body, r#"<g transform="translate(18 {y})">{}</g>"#, mark.shape());
        }
        self.said(words, 44);
    }

    /// The scale: faint lines across at round values, each with its value.
    pub fn field(&mut self, scale: &Scale) {
        let mut value = scale.low;
        while value <= scale.high + scale.step / 2.0 {
            let y = scale.y(value);
            let (from, to) = (self.across(MARGIN), self.across(100.0));
            let _ = writeln!(
                self.body,
                r#"<line x1="{from}" y1="{y:.1}" x2="{to}" y2="{y:.1}" stroke="{FAINT}"/>"#
            );
            let _ = writeln!(
                self.body,
                r#"<text x="0" y="{:.1}" fill="{INK}">{value:.0}{}</text>"#,
                y + 5.0,
                scale.unit
            );
            value += scale.step;
        }
    }

    /// A line between two places, given across in per cent and down in units.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), dashes: &str, stroke: f64) {
        let (x1, x2) = (self.across(from.0), self.across(to.0));
        let _ = writeln!(
            self.body,
            r#"<line x1="{x1}" y1="{:.1}" x2="{x2}" y2="{:.1}" stroke="{INK}" stroke-width="{stroke}"{}/>"#,
            from.1,
            to.1,
            dashed(dashes)
        );
    }

    /// A mark at a place.
    pub fn mark(&mut self, mark: Mark, (x, y): (f64, f64)) {
        let x = self.across(x);
        let _ = writeln!(
            self.body,
            r#"<svg x="{x}" y="{y:.1}" overflow="visible">{}</svg>"#,
            mark.shape()
        );
    }

    /// Leaves the field behind.
    pub fn below(&mut self) {
        self.y += 234;
    }
}

fn dashed(dashes: &str) -> String {
    if dashes.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dashes}""#) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_round_values_and_holds_every_value() {
        let scale = Scale::of([57.3, 81.0].into_iter(), "%", 4, 0);
        assert!((scale.low - 55.0).abs() < 1e-9 && (scale.high - 85.0).abs() < 1e-9);
        let top = Scale::of([100.0, 100.0].into_iter(), "%", 4, 0);
        assert!((top.low - 80.0).abs() < 1e-9 && (top.high - 100.0).abs() < 1e-9);
        let flat = Scale::of([12.0; 3].into_iter(), "", 3, 0);
        assert!(flat.y(12.0).is_finite() && flat.low <= 12.0 && flat.high > 12.0);
        let none = Scale::of(std::iter::empty(), "", 0, 0);
        assert!(none.y(0.5).is_finite() && none.x(0, 0.0).is_finite());
    }

    #[test]
    fn the_margin_has_room_for_a_hundred_per_cent_on_the_narrowest_screen() {
        let letters = f64::from("100%".len().try_into().unwrap_or(u32::MAX));
        assert!(letters * 9.5 + 8.0 < MARGIN / 100.0 * 290.0);
    }
}
