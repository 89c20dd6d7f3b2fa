//! The kinds of chart that a figure can be.

use serde::{Deserialize, Serialize};

use super::{Chart, ControlChart, LineChart, MOST_LINES, MOST_SERIES};
use crate::table::Grid;

/// One kind of chart. Each is kept as its own fields without a name for its kind, so that a
/// document which was kept when there were only bars is still read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Picture {
    /// How counts divide.
    Bars(Chart),
    /// One measure over time, with the limits within which it varies anyway.
    Control(ControlChart),
    /// A few measures over time, side by side.
    Lines(LineChart),
}

impl Picture {
    /// The figures of the chart as a table.
    pub fn grid(&self) -> Grid {
        match self {
            Self::Bars(chart) => chart.grid(),
            Self::Control(chart) => chart.grid(),
            Self::Lines(chart) => chart.grid(),
        }
    }

    /// What would keep a reader from telling its parts apart; none where it is fit to be drawn.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        match self {
            Self::Bars(chart) => {
                let series = chart.series.len();
                if series == 0 || series > MOST_SERIES {
                    Some("divides its bars into more parts than can be told apart, or none")
                } else if chart.bars.iter().any(|bar| bar.counts.len() != series) {
                    Some("has a bar that does not match its series")
                } else {
                    None
                }
            }
            Self::Control(chart) => chart.points.is_empty().then_some("has no point"),
            Self::Lines(chart) => {
                let series = chart.series.len();
                if series == 0 || series > MOST_LINES {
                    Some("has more lines than can be told apart, or none")
                } else if chart.points.iter().any(|point| point.values.len() != series) {
                    Some("has a point that does not match its lines")
                } else {
                    None
                }
            }
        }
    }
}

impl From<Chart> for Picture {
    fn from(chart: Chart) -> Self {
        Self::Bars(chart)
    }
}

impl From<ControlChart> for Picture {
    fn from(chart: ControlChart) -> Self {
        Self::Control(chart)
    }
}

impl From<LineChart> for Picture {
    fn from(chart: LineChart) -> Self {
        Self::Lines(chart)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Bar, LinePoint};
    use super::*;
    use crate::table::Cell;
    use crate::words::RECORD;

    #[test]
    fn each_kind_is_read_back_as_what_it_was() {
        let bars = Chart {
            category_heading: "Need".to_owned(),
            counted: RECORD,
            series: vec!["Experienced".to_owned()],
            bars: vec![Bar::new("In care", [30])],
        };
        let lines = LineChart {
            heading: "Quarter".to_owned(),
            series: vec!["Team A".to_owned()],
            points: vec![LinePoint { label: "First".to_owned(), values: vec![Cell::Withheld] }],
        };
        let control = ControlChart {
            heading: "Quarter".to_owned(),
            measure: "Seen".to_owned(),
            points: Vec::new(),
            average: None,
            said: String::new(),
        };
        for picture in [Picture::from(bars), lines.into(), control.into()] {
            let kept = serde_json::to_string(&picture).unwrap();
            assert_eq!(serde_json::from_str::<Picture>(&kept).unwrap(), picture, "{kept}");
        }
    }
}
