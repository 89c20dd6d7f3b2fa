//! In a small release every smaller choice is tried, so that no more is hidden than must be.

use super::cover::Cover;
use super::net::{Net, Use};

/// So many choices are tried, and no more.
const MOST: usize = 6_000;

/// A cover that hides fewer cells than this one, or as many with smaller counts, where the release
/// is small enough to try them all.
pub fn fewer(net: &Net, cells: &[usize], width: i64, than: &Cover) -> Option<Cover> {
    let (size, weight) = than.cost(net);
    let uses = net.uses.iter().enumerate();
    let open: Vec<usize> =
        uses.filter(|(_, each)| **each == Use::CanHide).map(|(at, _)| at).collect();
    let mut left = MOST;
    for few in 0..=size {
        left = left.checked_sub(choices(open.len(), few))?;
        let mut best: Option<(i64, Cover)> = None;
        let mut chosen = Vec::new();
        each_choice(&open, few, &mut chosen, &mut |chosen| {
            let sum: i64 = chosen.iter().map(|cell| net.value(*cell)).sum();
            let most = best.as_ref().map_or(i64::MAX, |(sum, _)| *sum);
            if sum < most && (few < size || sum < weight) {
                let cover = Cover::only(net, chosen);
                if cover.protects(net, cells, width) {
                    best = Some((sum, cover));
                }
            }
        });
        if let Some((_, cover)) = best {
            return Some(cover);
        }
    }
    None
}

/// How many ways there are to choose so many of so many; at most a number that is far too large.
fn choices(of: usize, few: usize) -> usize {
    (0..few).fold(1_usize, |product, at| product.saturating_mul(of.saturating_sub(at)) / (at + 1))
}

fn each_choice(
    open: &[usize],
    few: usize,
    chosen: &mut Vec<usize>,
    with: &mut dyn FnMut(&[usize]),
) {
    if few == 0 {
        with(chosen);
        return;
    }
    for (at, cell) in open.iter().enumerate() {
        chosen.push(*cell);
        each_choice(open.get(at + 1..).unwrap_or_default(), few - 1, chosen, with);
        chosen.pop();
    }
}
