//! Decision records are numbered once, in order.

use crate::tree::files;

#[test]
fn decisions_are_numbered_once_and_in_order() {
    let numbers: Vec<usize> = files("docs/decisions", "md")
        .iter()
        .map(|path| path.rsplit('/').next().unwrap()[..4].parse().unwrap())
        .collect();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
}
