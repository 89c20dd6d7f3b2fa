//! Indicators in the quarterly report: a table, charts of what matters, and no change without a chart.

use quarterlight_report::document::Block;
use quarterlight_report::quarterly::quarterly;

use super::quarters::ordinary;
use super::series::{counted, some};

#[test]
fn what_changed_is_drawn_first_then_what_misses_its_target_and_nothing_else() {
    let mut figures = ordinary();
    figures.indicators = some();
    let document = quarterly(&figures).unwrap();
    let drawn: Vec<&str> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Figure(figure) => Some(figure.title.as_str()),
            _ => None,
        })
        .filter(|title| title.starts_with("Seen in time"))
        .collect();
    let [long, short] = drawn.as_slice() else { panic!("{drawn:?}") };
    assert!(long.starts_with("Seen in time, long. This has changed, and not by chance"));
    assert!(short.starts_with("Seen in time, short. It cannot be told if this changed"));
}

#[test]
fn too_few_quarters_never_say_that_something_changed() {
    for quarters in 1..12 {
        let mut figures = ordinary();
        figures.indicators = vec![counted("few", quarters, None)];
        let text = quarterlight_report::plain::text(&quarterly(&figures).unwrap());
        assert!(!text.contains("This has changed"), "{quarters} quarters");
    }
}
