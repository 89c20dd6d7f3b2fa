//! The chart over time, as it is drawn and as it is said.

use quarterlight_domain::statistics::spc::Sampled;
use quarterlight_report::chart::{Chart, ControlChart, LineChart, LinePoint, Picture};
use quarterlight_report::document::{Block, Document, Figure};
use quarterlight_report::over_time::{QUARTERS, Seen, counts, shares};
use quarterlight_report::svg;
use quarterlight_report::table::Cell;

use super::sample;

/// Sixteen quarters; from the ninth on fewer were met.
fn dropped(quarters: u32) -> ControlChart {
    shares("Seen & seen alone", &quarters_of(quarters))
}

fn quarters_of(quarters: u32) -> Vec<(String, Seen<Sampled>)> {
    let quarter = |at| {
        let met = if at < 8 { 34 + at % 3 } else { 22 + at % 3 };
        let label = format!("quarter {} of {}", at % 4 + 1, 2023 + at / 4);
        (label, Seen::Counted(Sampled { met, of: 40 }))
    };
    (0..quarters).map(quarter).collect()
}

fn trend() -> LineChart {
    let point = |at: u64| LinePoint {
        label: format!("quarter {} of {}", at % 4 + 1, 2024 + at / 4),
        values: vec![
            Cell::Count(40 + at),
            if at == 2 { Cell::Withheld } else { Cell::Count(30 + at % 5) },
            Cell::Count(12),
        ],
    };
    LineChart {
        heading: "Quarter".to_owned(),
        series: ["Newly qualified", "Early career", "No worker"].map(str::to_owned).to_vec(),
        points: (0..8).map(point).collect(),
    }
}

fn figure(title: &str, alt_text: &str, chart: impl Into<Picture>) -> Figure {
    let mut document = sample::builder();
    document.figure(title, alt_text, chart);
    let Some(Block::Figure(figure)) = document.finish().unwrap().blocks.pop() else {
        panic!("the last block is the figure");
    };
    figure
}

fn drawn(chart: &ControlChart) -> String {
    svg::fluid(&figure(&chart.title(), &chart.alt_text(), chart.clone()))
}

#[test]
fn a_change_is_said_in_the_title_and_marked_by_shape() {
    let chart = dropped(16);
    assert!(chart.title().contains("This has changed, and not by chance"), "{}", chart.title());
    assert!(chart.alt_text().contains("A line with 16 points. The average is"));
    let svg = drawn(&chart);
    assert_eq!(svg.matches("<svg x=").count(), 16);
    assert!(svg.contains("Shows a change") && svg.contains("stroke-dasharray"));
    assert!(svg.contains("Seen &amp; seen alone") && svg.contains("34 of 40 (85%)"));
    let table = chart.grid();
    assert_eq!(table.columns.len(), 4);
    assert!(table.rows.iter().any(|row| row.cells[3] == Cell::text("Yes")));
}

#[test]
fn too_few_quarters_have_no_limits_and_say_how_many_are_needed() {
    let chart = dropped(9);
    assert!(chart.title().contains("there are 9 quarters, and 12 are needed"), "{}", chart.title());
    let svg = drawn(&chart);
    assert!(!svg.contains("stroke-dasharray") && !svg.contains("Shows a change"));
    assert_eq!(chart.grid().columns.len(), 2);
}

#[test]
fn a_quarter_without_a_sample_has_no_point_and_nothing_is_divided_by_nothing() {
    let none = ("quarter 1".to_owned(), Seen::Counted(Sampled { met: 0, of: 0 }));
    let only = shares("Seen", std::slice::from_ref(&none));
    assert!(only.average.is_none() && !drawn(&only).contains("NaN"));
    let one = ("quarter 2".to_owned(), Seen::Counted(Sampled { met: 3, of: 4 }));
    let svg = drawn(&shares("Seen", &[none, one]));
    assert_eq!(svg.matches("<svg x=").count(), 1);
    assert!(!svg.contains("NaN"));
}

#[test]
fn a_withheld_quarter_has_no_point_and_no_part_in_the_average_and_is_said() {
    let mut quarters = quarters_of(16);
    quarters[3].1 = Seen::Withheld;
    let chart = shares("Seen", &quarters);
    let svg = drawn(&chart);
    assert_eq!(svg.matches("<svg x=").count(), 15);
    assert!(svg.contains("1 point is withheld"), "{svg}");
    assert!(chart.alt_text().contains("quarter 4 of 2023: withheld"));
    let shown: Vec<_> = quarters.into_iter().filter(|(_, seen)| *seen != Seen::Withheld).collect();
    assert_eq!(chart.average, shares("Seen", &shown).average);
    assert_eq!(chart.points[3].limits, None);
}

#[test]
fn counts_have_the_limits_of_single_values() {
    let steady: Vec<(String, Seen<u32>)> =
        (0..14).map(|at| (format!("quarter {at}"), Seen::Counted(2 + at % 3))).collect();
    let chart = counts("Records without a worker", &QUARTERS, &steady);
    assert_eq!(chart.said, "This has not changed: it varies no more than it always did.");
    assert_eq!(chart.points[0].limits.map(|(low, _)| low), Some(0));
    let mut leapt = steady;
    leapt[13].1 = Seen::Counted(40);
    assert!(counts("Records without a worker", &QUARTERS, &leapt).said.contains("beyond a limit"));
}

#[test]
fn lines_differ_by_mark_and_dash_and_leave_a_gap_for_what_is_withheld() {
    let chart = trend();
    let svg = svg::fluid(&figure("Who holds records.", &chart.alt_text(), chart.clone()));
    assert_eq!(svg.matches("<svg x=").count(), 8 * 3 - 1);
    for dashes in ["9 4", "2 4"] {
        assert!(svg.contains(&format!("stroke-dasharray=\"{dashes}\"")), "{dashes}");
    }
    assert!(svg.contains("1 point is withheld"));
}

#[test]
fn nothing_that_a_strict_page_forbids_is_in_any_drawing() {
    let chart = dropped(16);
    let lines = trend();
    for figure in [
        figure(&chart.title(), &chart.alt_text(), chart.clone()),
        figure("Lines.", &lines.alt_text(), lines.clone()),
    ] {
        for drawn in [svg::fluid(&figure), svg::fixed(&figure, 640, "Sans")] {
            for forbidden in ["style=", "<style", "<script", "onload", "href", "class=", "NaN"] {
                assert!(!drawn.contains(forbidden), "{forbidden}");
            }
        }
        assert!(
            !svg::fixed(&figure, 640, "Sans").contains("%\""),
            "paper knows no share of a width"
        );
    }
}

#[test]
fn a_document_that_was_kept_when_there_were_only_bars_is_still_read() {
    let kept = r#"{"cover":{"authority":"A","title":"T","subtitle":"","as_at":"","marking":""},
        "language":"en-GB","blocks":[{"Figure":{"number":1,"title":"Who.","alt_text":"Bars.",
        "chart":{"category_heading":"Need","counted":{"one":"record","many":"records"},
        "series":["Experienced"],"bars":[{"category":"In care","counts":[30]},
        {"category":"Care leaver","counts":[null]}]},
        "table":{"number":1,"caption":"C","grid":{"columns":[],"rows":[],"note":null}}}}]}"#;
    let document: Document = serde_json::from_str(kept).unwrap();
    let Some(Block::Figure(Figure { chart: Picture::Bars(Chart { bars, .. }), .. })) =
        document.blocks.first()
    else {
        panic!("it was a chart of bars");
    };
    assert_eq!(bars[1].counts, [None]);
    let again = serde_json::to_value(&document).unwrap();
    assert_eq!(again, serde_json::from_str::<serde_json::Value>(kept).unwrap());
}

/// Writes the drawings into a folder, to be looked at: `QUARTERLIGHT_DRAWINGS=FOLDER`.
#[test]
fn drawings_can_be_looked_at() {
    let Some(folder) = std::env::var_os("QUARTERLIGHT_DRAWINGS") else { return };
    let (folder, lines) = (std::path::PathBuf::from(folder), trend());
    let mut control = dropped(16);
    control.points[4].value = Cell::Withheld;
    let few = dropped(5);
    for (name, figure) in [
        ("control", figure(&control.title(), &control.alt_text(), control.clone())),
        ("few", figure(&few.title(), &few.alt_text(), few.clone())),
        ("lines", figure("Lines.", &lines.alt_text(), lines.clone())),
    ] {
        std::fs::write(folder.join(format!("{name}-fluid.svg")), svg::fluid(&figure)).unwrap();
        let fixed = svg::fixed(&figure, 640, "Arial");
        std::fs::write(folder.join(format!("{name}-fixed.svg")), fixed).unwrap();
    }
}
