//! How many records to draw from each stratum.

use std::collections::{BTreeMap, BTreeSet};

use crate::frame::Stratum;

/// How large a sample is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleSize {
    /// Records in all.
    pub total: usize,
    /// Records at least from each stratum, or all of a smaller one.
    pub at_least: usize,
}

/// Shares the sample over the strata: first the least for each, then the rest in proportion to
/// size by largest remainder, never more than a stratum has.
///
/// The least comes before the total: with many small strata the sample is larger than asked, since
/// leaving out a cell without a word is the harm that this product was made to end. Ties go to the
/// stratum that comes first by name, so that the result is the same everywhere.
pub fn share_out(sizes: &BTreeMap<Stratum, usize>, wanted: SampleSize) -> BTreeMap<Stratum, usize> {
    let each = sizes
        .keys()
        .map(|stratum| Least { strata: [stratum.clone()].into(), records: wanted.at_least });
    share_out_with(sizes, &each.collect::<Vec<_>>(), wanted.total)
}

/// So many records at least from several strata together, or all that they have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Least {
    /// The strata.
    pub strata: BTreeSet<Stratum>,
    /// Records at least.
    pub records: usize,
}

/// Shares a sample over the strata: each minimum first, in the order given, then the rest in
/// proportion to size. What a minimum lacks after those before it is shared over its own strata, in
/// proportion and by largest remainder as the rest is, so that no minimum takes from another.
pub fn share_out_with(
    sizes: &BTreeMap<Stratum, usize>,
    least: &[Least],
    total: usize,
) -> BTreeMap<Stratum, usize> {
    let mut shares: BTreeMap<Stratum, usize> =
        sizes.keys().map(|stratum| (stratum.clone(), 0)).collect();
    for Least { strata, records } in least {
        let within: BTreeMap<Stratum, usize> = sizes
            .iter()
            .filter(|(stratum, _)| strata.contains(stratum))
            .map(|(stratum, size)| (stratum.clone(), *size))
            .collect();
        give(&mut shares, &within, *records);
    }
    give(&mut shares, sizes, total);
    shares
}

/// Gives these strata more, until together they have so many records or no room.
fn give(shares: &mut BTreeMap<Stratum, usize>, sizes: &BTreeMap<Stratum, usize>, wanted: usize) {
    loop {
        let share = |stratum| shares.get(stratum).copied().unwrap_or(0);
        let left = wanted.saturating_sub(sizes.keys().map(share).sum());
        let room: BTreeMap<&Stratum, usize> = sizes
            .iter()
            .map(|(stratum, size)| (stratum, size.saturating_sub(share(stratum))))
            .filter(|(_, room)| *room > 0)
            .collect();
        if left == 0 || room.is_empty() {
            return;
        }
        for (stratum, more) in largest_remainder(&room, sizes, left) {
            *shares.entry(stratum).or_default() += more;
        }
    }
}

/// One round of sharing: whole parts first, then one each by the largest remainder.
/// At least one record is given in each round, so the rounds come to an end.
fn largest_remainder(
    room: &BTreeMap<&Stratum, usize>,
    sizes: &BTreeMap<Stratum, usize>,
    left: usize,
) -> Vec<(Stratum, usize)> {
    let size = |stratum: &Stratum| sizes.get(stratum).copied().unwrap_or(0);
    let all: usize = room.keys().map(|stratum| size(stratum)).sum();
    let mut parts: Vec<(usize, &Stratum, usize, usize)> = room
        .iter()
        .map(|(stratum, room)| {
            let exact = left * size(stratum);
            (exact % all, *stratum, (exact / all).min(*room), *room)
        })
        .collect();
    let mut over = left - parts.iter().map(|(_, _, whole, _)| whole).sum::<usize>();
    parts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    for (_, _, share, room) in &mut parts {
        if over > 0 && *share < *room {
            *share += 1;
            over -= 1;
        }
    }
    parts.into_iter().map(|(_, stratum, share, _)| (stratum.clone(), share)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sizes(of: &[usize]) -> BTreeMap<Stratum, usize> {
        of.iter()
            .enumerate()
            .map(|(index, size)| (Stratum::new(&format!("s{index:03}")).unwrap(), *size))
            .collect()
    }

    fn shares(of: &[usize], total: usize, at_least: usize) -> Vec<usize> {
        share_out(&sizes(of), SampleSize { total, at_least }).into_values().collect()
    }

    #[test]
    fn shares_are_in_proportion() {
        assert_eq!(shares(&[50, 30, 20], 10, 0), [5, 3, 2]);
    }

    #[test]
    fn a_tie_goes_to_the_first_by_name() {
        assert_eq!(shares(&[10, 10, 10], 10, 0), [4, 3, 3]);
    }

    #[test]
    fn a_small_stratum_has_its_least_or_all_of_it() {
        assert_eq!(shares(&[200, 3, 40], 20, 5), [11, 3, 6]);
    }

    #[test]
    fn the_least_comes_before_the_total() {
        assert_eq!(shares(&[9, 9, 9], 6, 5), [5, 5, 5]);
    }

    #[test]
    fn a_minimum_over_several_strata_is_met_within_the_total() {
        let sizes = sizes(&[100, 60, 4]);
        let names: Vec<Stratum> = sizes.keys().cloned().collect();
        let least = [
            Least { strata: [names[1].clone(), names[2].clone()].into(), records: 9 },
            Least { strata: [names[2].clone()].into(), records: 2 },
        ];
        let shares = share_out_with(&sizes, &least, 12);
        // Of nine, 8.4 and 0.6 make 8 and 1; one more makes 2; the two left of twelve go to the
        // two largest.
        assert_eq!(shares.into_values().collect::<Vec<_>>(), [1, 9, 2]);
        let whole = [Least { strata: [names[2].clone()].into(), records: 50 }];
        assert_eq!(share_out_with(&sizes, &whole, 0)[&names[2]], 4, "all that there are");
    }

    proptest! {
        #[test]
        fn every_minimum_is_met_however_they_overlap(
            of in prop::collection::vec(1usize..60, 1..12),
            groups in prop::collection::vec((prop::collection::vec(any::<bool>(), 12), 0usize..40), 0..6),
            total in 0usize..200,
        ) {
            let sizes = sizes(&of);
            let least: Vec<Least> = groups
                .into_iter()
                .map(|(chosen, records)| {
                    let chosen = sizes.keys().zip(chosen).filter(|(_, chosen)| *chosen);
                    Least { strata: chosen.map(|(stratum, _)| stratum.clone()).collect(), records }
                })
                .collect();
            let shares = share_out_with(&sizes, &least, total);
            for Least { strata, records } in &least {
                let given: usize = strata.iter().map(|stratum| shares[stratum]).sum();
                let there: usize = strata.iter().map(|stratum| sizes[stratum]).sum();
                prop_assert!(given >= (*records).min(there));
            }
            let given: usize = shares.values().sum();
            prop_assert!(given >= total.min(of.iter().sum()));
            prop_assert!(shares.iter().all(|(stratum, share)| *share <= sizes[stratum]));
        }

        #[test]
        fn no_stratum_gives_more_than_it_has_and_the_total_is_met(
            of in prop::collection::vec(1usize..400, 1..30),
            total in 0usize..500,
            at_least in 0usize..8,
        ) {
            let shares = shares(&of, total, at_least);
            let least: usize = of.iter().map(|size| at_least.min(*size)).sum();
            let expected = total.max(least).min(of.iter().sum());
            prop_assert_eq!(shares.iter().sum::<usize>(), expected);
            for (share, size) in shares.iter().zip(&of) {
                prop_assert!(*share <= *size && *share >= at_least.min(*size));
            }
        }
    }
}
