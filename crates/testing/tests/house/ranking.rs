//! No page or report puts workers or teams in the order of what they carry.

use crate::tree::{files, text};

/// Where staff, caseloads and exceptions are shown.
const SHOWN: [&str; 5] = [
    "web/src/pages/staffing/",
    "report/src/quarterly/guide.rs",
    "report/src/quarterly/allocation.rs",
    "report/src/quarterly/trend.rs",
    "report/src/staffing.rs",
];

/// Ways of putting things in an order of one's own.
const ORDERS: [&str; 4] = [".sort", "max_by", "min_by", "BinaryHeap"];

fn broken(path: &str, text: &str) -> Vec<String> {
    let of_staff = SHOWN.iter().any(|shown| path.contains(shown));
    let mut broken = Vec::new();
    for order in ORDERS.iter().filter(|order| of_staff && text.contains(*order)) {
        broken.push(format!("{path}: {order}"));
    }
    // What is counted for these pages never reads whose name it is.
    if path.ends_with("store/src/figures/staffing.rs") && text.contains("worker.name") {
        broken.push(format!("{path}: names a worker"));
    }
    // Workers stand by name alone, those whom nobody knows first.
    let by_name = "sort_by_key(|(worker, person, _)| (person.is_some(), worker.name.clone()))";
    if path.ends_with("web/src/pages/workers/list.rs")
        && (text.matches(".sort").count() != 1 || !text.contains(by_name))
    {
        broken.push(format!("{path}: workers stand in another order than that of their names"));
    }
    broken
}

#[test]
fn nobody_is_ranked() {
    let paths = files("crates", "rs");
    for shown in SHOWN {
        assert!(paths.iter().any(|path| path.contains(shown)), "{shown} is looked at");
    }
    let found: Vec<String> = paths.iter().flat_map(|path| broken(path, &text(path))).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_list_that_ranks_is_found() {
    let page = "crates/web/src/pages/staffing/allocation.rs";
    assert_eq!(broken(page, "bands.sort_by_key(|it| it.workers);").len(), 1);
    assert_eq!(broken("crates/store/src/figures/staffing.rs", "select worker.name").len(), 1);
    assert_eq!(broken("crates/web/src/pages/workers/list.rs", "lines.sort_by_key(x)").len(), 1);
    assert!(broken("crates/web/src/pages/actions/list.rs", "lines.sort()").is_empty());
}
