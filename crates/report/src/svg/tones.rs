//! Six fills that differ in tone and in pattern, so that they are told apart in grey.

/// One fill. They begin with the two that differ most.
#[derive(Clone, Copy)]
pub struct Tone {
    name: &'static str,
    fill: Fill,
}

#[derive(Clone, Copy)]
enum Fill {
    /// One colour, and the colour of the count on it.
    Plain { colour: &'static str, ink: &'static str },
    /// A tile of so many units on a side, with its background and what is drawn on it.
    Tiled { side: u32, background: &'static str, marks: &'static str },
}

const TONES: [Tone; 6] = [
    Tone { name: "dark", fill: Fill::Plain { colour: "#12436d", ink: "#ffffff" } },
    Tone {
        name: "stripes",
        fill: Fill::Tiled {
            side: 8,
            background: "#d9e6f2",
            marks: r##"<path d="M-2 2 2 -2M0 8 8 0M6 10 10 6" stroke="#12436d" stroke-width="2"/>"##,
        },
    },
    Tone { name: "middle", fill: Fill::Plain { colour: "#8eb8dc", ink: "#0b0c0c" } },
    Tone {
        name: "dots",
        fill: Fill::Tiled {
            side: 8,
            background: "#ffffff",
            marks: r##"<circle cx="4" cy="4" r="1.5" fill="#0b0c0c"/>"##,
        },
    },
    Tone {
        name: "checks",
        fill: Fill::Tiled {
            side: 10,
            background: "#5694ca",
            marks: r##"<path d="M0 0 10 10M10 0 0 10" stroke="#ffffff" stroke-width="2"/>"##,
        },
    },
    Tone {
        name: "rules",
        fill: Fill::Tiled {
            side: 6,
            background: "#ffffff",
            marks: r##"<path d="M0 3H6" stroke="#505a5f" stroke-width="2"/>"##,
        },
    },
];

impl Tone {
    /// The fill of the series at this place. After the last they begin again; a chart has no more.
    pub fn of(place: usize) -> Self {
        let [first, ..] = TONES;
        TONES.get(place % TONES.len()).copied().unwrap_or(first)
    }

    /// What a shape is filled with.
    pub fn fill(self, figure: &str) -> String {
        match self.fill {
            Fill::Plain { colour, .. } => colour.to_owned(),
            Fill::Tiled { .. } => format!("url(#{figure}-{})", self.name),
        }
    }

    /// Whether a count on it needs a plate to be read.
    pub fn is_patterned(self) -> bool {
        matches!(self.fill, Fill::Tiled { .. })
    }

    /// The colour of a count on it.
    pub fn ink(self) -> &'static str {
        match self.fill {
            Fill::Plain { ink, .. } => ink,
            Fill::Tiled { .. } => "#0b0c0c",
        }
    }

    /// The pattern as SVG defines it; nothing for a plain fill. The figure's name keeps two charts
    /// on one page from borrowing each other's patterns.
    pub fn pattern(self, figure: &str) -> String {
        match self.fill {
            Fill::Plain { .. } => String::new(),
            Fill::Tiled { side, background, marks } => format!(
                "<pattern id=\"{figure}-{}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\"><rect width=\"{side}\" height=\"{side}\" fill=\"{background}\"/>{marks}</pattern>\n",
                self.name
            ),
        }
    }
}
