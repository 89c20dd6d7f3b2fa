//! What a director reads on one screen says what the report says.

use quarterlight_domain::figures::QuarterFigures;
use quarterlight_report::document::Block;
use quarterlight_report::quarterly::{assurance, caseload, quarterly};
use quarterlight_report::table::Grid;

use super::quarters::{crowded, empty, ordinary};

/// Every table of the report, by its caption.
fn tables(figures: &QuarterFigures) -> Vec<(String, Grid)> {
    let blocks = quarterly(figures).unwrap().blocks.into_iter();
    let table = |block| match block {
        Block::Table(table) => Some((table.caption, table.grid)),
        _ => None,
    };
    blocks.filter_map(table).collect()
}

#[test]
fn four_sentences_read_as_they_should() {
    let said = |figures: &QuarterFigures| {
        let lines = assurance(figures).map(|it| format!("{}: {}", it.about, it.sentence));
        lines.join("\n")
    };
    let all = [crowded(), ordinary(), empty()].map(|figures| said(&figures)).join("\n\n");
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("assurance", all);
    });
}

#[test]
fn each_table_is_the_one_of_the_report() {
    for figures in [crowded(), ordinary(), empty()] {
        let of_report = tables(&figures);
        for (caption, grid) in assurance(&figures).into_iter().filter_map(|it| it.table) {
            let found = of_report.iter().find(|(each, _)| each == caption);
            assert_eq!(found.map(|(_, grid)| grid), Some(&grid), "{caption}");
        }
        let caseload = caseload(&figures).unwrap();
        let of_report = quarterly(&figures).unwrap().blocks;
        assert!(caseload.blocks.iter().all(|block| of_report.contains(block)));
        assert!(caseload.blocks.len() > 1, "a heading and what it says");
    }
    assert!(assurance(&crowded()).iter().all(|it| it.table.is_some()));
}
