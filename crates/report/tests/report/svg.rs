//! The chart as it is drawn.

use quarterlight_report::chart::{Bar, Chart};
use quarterlight_report::document::{Block, Figure};
use quarterlight_report::svg;

use super::sample;

fn figure(chart: Chart) -> Figure {
    let mut document = sample::builder();
    document.figure("Names & <numbers>.", "Bars for \"two\" needs.", chart);
    let Some(Block::Figure(figure)) = document.finish().unwrap().blocks.pop() else {
        panic!("the last block is the figure");
    };
    figure
}

#[test]
fn is_drawn_the_same_every_time() {
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("chart", svg::fluid(&figure(sample::chart())));
    });
}

#[test]
fn carries_its_title_and_words_and_nothing_that_a_strict_page_forbids() {
    for drawn in
        [svg::fluid(&figure(sample::chart())), svg::fixed(&figure(sample::chart()), 640, "Sans")]
    {
        assert!(
            drawn.contains("<title id=\"figure-2-title\">Names &amp; &lt;numbers&gt;.</title>")
        );
        assert!(
            drawn.contains("<desc id=\"figure-2-desc\">Bars for &quot;two&quot; needs.</desc>")
        );
        for forbidden in ["style=", "<style", "<script", "onload", "href", "class="] {
            assert!(!drawn.contains(forbidden), "{forbidden}");
        }
    }
}

#[test]
fn a_hostile_name_stays_text() {
    let mut chart = sample::chart();
    chart.bars.push(Bar::new("</text><script>alert(1)</script>\u{0}\u{1b}", [1, 1, 1, 1]));
    let drawn = svg::fluid(&figure(chart));
    assert!(!drawn.contains("<script"));
    assert!(drawn.contains("&lt;script&gt;"));
    assert!(!drawn.chars().any(|letter| letter.is_control() && letter != '\n'));
}

#[test]
fn every_count_is_written_inside_its_bar_or_beneath_it() {
    let chart = sample::chart();
    let drawn = svg::fluid(&figure(chart.clone()));
    for count in chart.bars.iter().flat_map(|bar| &bar.counts).flatten().filter(|count| **count > 0)
    {
        assert!(drawn.contains(&format!(">{count}</text>")), "{count}");
    }
    assert!(drawn.contains(">[c]</text>"), "a withheld count is shown as withheld");
    assert!(drawn.contains("Care leaver: some counts"));
}

#[test]
fn nothing_is_divided_by_nothing() {
    let chart = Chart { bars: vec![Bar::new("In care", [0, 0, 0, 0])], ..sample::chart() };
    let drawn = svg::fluid(&figure(chart));
    assert!(drawn.contains("In care: no records"));
    let none = Chart { bars: Vec::new(), ..sample::chart() };
    assert!(svg::fluid(&figure(none)).contains("Experienced"));
}
