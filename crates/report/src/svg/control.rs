//! A measure over time with its average and its limits, read in grey and on a phone.
//!
//! Every place across is a share of the width, so that text keeps its size at 320 pixels. A point
//! that shows a change is a dark square and any other a light circle: shape and tone both say it.

use std::fmt::Write as _;

use super::lines::wrapped;
use super::{INK, LINE, NARROWEST, escaped};

const PLOT: f64 = 200.0;
const GREY: &str = "#505a5f";

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPoint {
    /// When: *July to September 2026*.
    pub label: String,
    /// What it is, with what it is out of: *18 of 24 (75%)*.
    pub words: String,
    /// The value that is drawn.
    pub value: f64,
    /// Whether it shows a change.
    pub is_marked: bool,
}

/// A chart over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Control {
    /// What its parts are named by; another for each drawing on a page.
    pub name: String,
    /// What it shows, with what that says.
    pub title: String,
    /// Every value, for those who do not see it.
    pub description: String,
    /// The average and its words.
    pub average: (f64, String),
    /// The limits of each point; none where there are too few points for limits.
    pub limits: Vec<(f64, f64)>,
    /// The points, the earliest first.
    pub points: Vec<ControlPoint>,
}

/// The drawing, as wide as what it stands in.
pub fn control(chart: &Control) -> String {
    let mut drawing = Drawing { body: String::new(), y: 0 };
    drawing.legend(chart);
    drawing.plot(chart);
    if let (Some(first), Some(last)) = (chart.points.first(), chart.points.last()) {
        drawing.words(&format!("From {} to {}", first.label, last.label));
        drawing.words(&format!("The last: {}", last.words));
    }
    drawing.finish(chart)
}

struct Drawing {
    body: String,
    y: u32,
}

impl Drawing {
    fn words(&mut self, words: &str) {
        for line in wrapped(words, usize::try_from(NARROWEST / 9).unwrap_or(1)) {
            self.y += LINE;
            self.text("0", self.y - 7, &line);
        }
    }

    fn text(&mut self, x: &str, y: u32, words: &str) {
        let _ =
            writeln!(self.body, r#"<text x="{x}" y="{y}" fill="{INK}">{}</text>"#, escaped(words));
    }

    fn legend(&mut self, chart: &Control) {
        let mut rows = vec![format!("Average: {}", chart.average.1)];
        if !chart.limits.is_empty() {
            rows.push("The limits of what is usual".to_owned());
        }
        for (row, words) in rows.iter().enumerate() {
            let y = self.y + LINE / 2;
            let dashes = if row == 0 { "" } else { r#" stroke-dasharray="5 4""# };
            let _ = writeln!(
                self.body,
                r#"<line x1="0" y1="{y}" x2="28" y2="{y}" stroke="{INK}" stroke-width="2"{dashes}/>"#
            );
            self.y += LINE;
            let _ = writeln!(
                self.body,
                r#"<text x="0" dx="36" y="{}" fill="{INK}">{}</text>"#,
                self.y - 7,
                escaped(words)
            );
        }
        if chart.points.iter().any(|point| point.is_marked) {
            let y = self.y + 5;
            let _ = writeln!(
                self.body,
                r##"<rect x="7" y="{y}" width="13" height="13" fill="#12436d" stroke="{INK}"/>"##
            );
            self.y += LINE;
            let _ = writeln!(
                self.body,
                r#"<text x="0" dx="36" y="{}" fill="{INK}">Shows a change</text>"#,
                self.y - 7
            );
        }
        self.y += 8;
    }

    fn plot(&mut self, chart: &Control) {
        let scale = Scale::of(chart, f64::from(self.y));
        let average = scale.y(chart.average.0);
        let _ = writeln!(
            self.body,
            r#"<line x1="0" y1="{average:.1}" x2="100%" y2="{average:.1}" stroke="{INK}" stroke-width="1"/>"#
        );
        for (at, (low, high)) in chart.limits.iter().enumerate() {
            for limit in [low, high] {
                let y = scale.y(*limit);
                let _ = writeln!(
                    self.body,
                    r#"<line x1="{:.2}%" y1="{y:.1}" x2="{:.2}%" y2="{y:.1}" stroke="{INK}" stroke-width="2" stroke-dasharray="5 4"/>"#,
                    scale.x(at, -0.5),
                    scale.x(at, 0.5)
                );
            }
        }
        for (at, pair) in chart.points.windows(2).enumerate() {
            if let [from, to] = pair {
                let _ = writeln!(
                    self.body,
                    r#"<line x1="{:.2}%" y1="{:.1}" x2="{:.2}%" y2="{:.1}" stroke="{GREY}" stroke-width="2"/>"#,
                    scale.x(at, 0.0),
                    scale.y(from.value),
                    scale.x(at + 1, 0.0),
                    scale.y(to.value)
                );
            }
        }
        for (at, point) in chart.points.iter().enumerate() {
            let (x, y) = (scale.x(at, 0.0), scale.y(point.value));
            let _ = if point.is_marked {
                writeln!(
                    self.body,
                    r##"<rect x="{x:.2}%" y="{:.1}" width="13" height="13" transform="translate(-6.5 0)" fill="#12436d" stroke="{INK}"/>"##,
                    y - 6.5
                )
            } else {
                writeln!(
                    self.body,
                    r##"<circle cx="{x:.2}%" cy="{y:.1}" r="5" fill="#ffffff" stroke="{INK}" stroke-width="2"/>"##
                )
            };
        }
        self.y += 230;
    }

    fn finish(self, chart: &Control) -> String {
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" role="img" "#,
                r#"aria-labelledby="{name}-title {name}-desc" "#,
                r#"width="100%" height="{height}" font-size="16" overflow="visible">"#,
                "\n<title id=\"{name}-title\">{title}</title>\n",
                "<desc id=\"{name}-desc\">{desc}</desc>\n{body}</svg>\n"
            ),
            name = escaped(&chart.name),
            height = self.y + 4,
            title = escaped(&chart.title),
            desc = escaped(&chart.description),
            body = self.body,
        )
    }
}

/// Where a point lies: across in per cent of the width, down in units.
struct Scale {
    low: f64,
    high: f64,
    top: f64,
    step: f64,
}

impl Scale {
    fn of(chart: &Control, top: f64) -> Self {
        let values = chart.points.iter().map(|point| point.value);
        let limits = chart.limits.iter().flat_map(|(low, high)| [*low, *high]);
        let all = values.chain(limits).chain([chart.average.0]);
        let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let points = u32::try_from(chart.points.len()).unwrap_or(u32::MAX).max(1);
        Self { low, high, top: top + 12.0, step: 100.0 / f64::from(points) }
    }

    fn x(&self, at: usize, beside: f64) -> f64 {
        let at = f64::from(u32::try_from(at).unwrap_or(u32::MAX));
        (at + 0.5 + beside) * self.step
    }

    fn y(&self, value: f64) -> f64 {
        let room = self.high - self.low;
        let share = if room > 0.0 { (self.high - value) / room } else { 0.5 };
        self.top + share * PLOT
    }
}
