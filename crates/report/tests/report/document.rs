//! The numbers people cite, and what is refused before anyone reads it.

use quarterlight_report::document::{Block, Document};
use quarterlight_report::plain;
use quarterlight_report::table::{Cell, Column, Grid};

use super::sample;

#[test]
fn reads_as_plain_text() {
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("document", plain::text(&sample::builder().finish().unwrap()));
    });
}

#[test]
fn numbers_run_on_and_restart_with_each_section() {
    let document = sample::builder().finish().unwrap();
    let anchors: Vec<String> = document.blocks.iter().filter_map(Block::anchor).collect();
    assert_eq!(
        anchors,
        [
            "section-1",
            "paragraph-1-1",
            "section-2",
            "paragraph-2-1",
            "table-1",
            "paragraph-2-2",
            "figure-1"
        ]
    );
    let Some(Block::Figure(figure)) =
        document.blocks.iter().find(|block| matches!(block, Block::Figure(_)))
    else {
        panic!("the sample has a figure");
    };
    assert_eq!(
        (figure.label(), figure.table.label()),
        ("Figure 1".to_owned(), "Table 2".to_owned())
    );
}

#[test]
fn a_chart_without_words_for_those_who_do_not_see_it_is_refused() {
    let mut document = sample::builder();
    document.figure("A second chart.", "  ", sample::chart());
    let refused = document.finish().unwrap_err();
    assert_eq!(refused.to_string(), "finish the document: Figure 2 has no alternative text");
}

#[test]
fn a_row_that_does_not_match_its_columns_is_refused() {
    let mut document = sample::builder();
    document.table(
        "Uneven",
        Grid::new([Column::text("One"), Column::text("Two")]).row([Cell::text("only")]),
    );
    assert!(document.finish().is_err());
}

#[test]
fn a_bar_that_does_not_match_its_series_is_refused() {
    let mut chart = sample::chart();
    chart.series.pop();
    let mut document = sample::builder();
    document.figure("A second chart.", "Bars.", chart);
    assert!(document.finish().is_err());
}

#[test]
fn a_document_without_a_title_is_refused() {
    let mut cover = sample::cover();
    cover.title = " ".to_owned();
    assert!(quarterlight_report::builder::DocumentBuilder::new(cover).finish().is_err());
}

#[test]
fn a_released_report_is_kept_whole() {
    let document = sample::builder().finish().unwrap();
    let kept = serde_json::to_string(&document).unwrap();
    let read: Document = serde_json::from_str(&kept).unwrap();
    assert_eq!(read, document);
    let changed: Document = serde_json::from_str(&kept.replace("1,204", "1,205")).unwrap();
    assert_ne!(changed, document);
}
