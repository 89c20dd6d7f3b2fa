//! Indicators of an invented council over some years, for the tests and examples of reports.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::indicator::local::Held;
use quarterlight_domain::indicator::series::{Point, Series};
use quarterlight_domain::indicator::tally::Counted;
use quarterlight_domain::indicator::{Better, Indicator, IndicatorCode, Measure, Target};

/// An indicator that was counted in so many quarters, and fell after the eighth.
pub fn counted(code: &str, quarters: u32, target: Option<u8>) -> Series {
    let first: Quarter = "2023-Q1".parse().unwrap();
    let each = std::iter::successors(Some(first), |it| Some(it.after()));
    let point = |(at, quarter): (u32, Quarter)| {
        let count = if at < 8 { 34 + at % 3 } else { 22 + at % 3 };
        let by = Counted { count, of: 40, untold: at % 2 };
        Point { quarter, by_service: [(Some(PlaceId(1)), by)].into() }
    };
    let words = |text: &str| text.to_owned();
    let indicator = Indicator {
        code: IndicatorCode::new(code).unwrap(),
        name: format!("Seen in time, {code}"),
        definition: words("Children who were seen in time."),
        numerator: words("records in time"),
        denominator: words("records of which that can be told"),
        source: words("Case list: visits"),
        measure: Measure::Graded,
        better: Better::Higher,
        target: target.map(|percent| Target { percent, by: words("the board") }),
        standards: [].into(),
    };
    let held = Held { indicator, local: None, off: false };
    Series { held, points: (0..quarters).zip(each).map(point).collect() }
}

/// One that changed, one with too few quarters that misses its target, and one without a target.
pub fn some() -> Vec<Series> {
    vec![counted("long", 16, None), counted("short", 5, Some(95)), counted("plain", 5, None)]
}
