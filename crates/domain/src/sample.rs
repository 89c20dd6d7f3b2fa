//! A sample as it stands: what was drawn, less what was swapped out, with what came instead.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::case_list::Reference;
use crate::draw::{Pick, Seed, order};
use crate::draw_event::{DrawEvent, EventKind, SwapReason};
use crate::frame::{Frame, Stratum};
use crate::refusal::Refusal;
use crate::strata::{SampleSize, share_out};

/// A sample, with the order in which more records would come.
///
/// Each stratum has one order, which the seed gives. So many of its first records were drawn; every
/// swap and every top-up takes the next ones. So the records that were ever in the sample are
/// always the first of the order, and nobody can pass one over without its being seen.
#[derive(Debug, Clone)]
pub struct Sample {
    order: BTreeMap<Stratum, Vec<Reference>>,
    taken: BTreeMap<Stratum, usize>,
    out: BTreeSet<Reference>,
    latest: Option<Date>,
}

impl Sample {
    /// The sample on the evening of its draw.
    pub fn drawn(frame: &Frame, seed: &Seed, sizes: &BTreeMap<Stratum, usize>) -> Self {
        let order = frame
            .strata()
            .iter()
            .map(|(stratum, records)| {
                (stratum.clone(), order(seed, stratum, records).into_iter().cloned().collect())
            })
            .collect();
        Self { order, taken: sizes.clone(), out: BTreeSet::new(), latest: None }
    }

    /// The records in the sample, by stratum and rank.
    pub fn picks(&self) -> Vec<Pick> {
        let all = self.order.iter().flat_map(|(stratum, order)| {
            let taken = self.taken(stratum);
            (1..).zip(order).take(taken).map(|(rank, reference)| Pick {
                stratum: stratum.clone(),
                rank,
                reference: reference.clone(),
                reserve: false,
            })
        });
        all.filter(|pick| !self.out.contains(&pick.reference)).collect()
    }

    /// How many records each stratum has left that were never in the sample.
    pub fn left(&self) -> BTreeMap<Stratum, usize> {
        let left = |(stratum, order): (&Stratum, &Vec<Reference>)| {
            (stratum.clone(), order.len().saturating_sub(self.taken(stratum)))
        };
        self.order.iter().map(left).collect()
    }

    /// How many more each stratum gives, in proportion to what it has left, or this one alone.
    ///
    /// # Errors
    /// Refuses a stratum that is not of this sample, none at all, and more than are left.
    pub fn share_of_more(
        &self,
        more: usize,
        only: Option<&Stratum>,
    ) -> Result<BTreeMap<Stratum, usize>, Refusal> {
        let mut left = self.left();
        left.retain(|stratum, _| only.is_none_or(|only| stratum == only));
        if left.is_empty() {
            return Err(Refusal::because("Select a stratum of this draw, or all of them."));
        }
        let all: usize = left.values().sum();
        if all == 0 {
            return Err(Refusal::because("No record is left to draw there."));
        }
        if !(1..=all).contains(&more) {
            return Err(Refusal::because(format!("Enter a whole number from 1 to {all}.")));
        }
        let mut shares = share_out(&left, SampleSize { total: more, at_least: 0 });
        shares.retain(|_, share| *share > 0);
        Ok(shares)
    }

    /// The record that comes next in a stratum; none where all have come.
    pub fn next(&self, stratum: &Stratum) -> Option<&Reference> {
        self.order.get(stratum)?.get(self.taken(stratum))
    }

    /// Swaps a record of the sample for the next of its stratum.
    ///
    /// # Errors
    /// Refuses a record that is not in the sample, one whose stratum has no record left, and a day
    /// before the last event.
    pub fn swap(
        &mut self,
        on: Date,
        reason: SwapReason,
        reference: &Reference,
    ) -> Result<DrawEvent, Refusal> {
        let out = self.picks().into_iter().find(|pick| pick.reference == *reference);
        let out = out.ok_or_else(|| {
            Refusal::because(format!("{reference} is not in the sample, so it cannot be swapped."))
        })?;
        let Some(taken) = self.take(&out.stratum, 1).into_iter().next() else {
            return Err(Refusal::because(format!(
                "Every record of stratum {} was drawn, so none can take the place of {reference}.",
                out.stratum.as_str()
            )));
        };
        let event = DrawEvent { on, what: EventKind::Swap { reason, out, taken } };
        self.add(&event)?;
        Ok(event)
    }

    /// Draws more records: so many from each stratum.
    ///
    /// # Errors
    /// Refuses none at all, more than a stratum has left, and a day before the last event.
    pub fn top_up(
        &mut self,
        on: Date,
        more: &BTreeMap<Stratum, usize>,
    ) -> Result<DrawEvent, Refusal> {
        let left = self.left();
        for (stratum, count) in more {
            let left = left.get(stratum).copied().unwrap_or(0);
            if *count > left {
                return Err(Refusal::because(format!(
                    "{count} more cannot be drawn from stratum {}, which has {left} left.",
                    stratum.as_str()
                )));
            }
        }
        let taken: Vec<Pick> =
            more.iter().flat_map(|(stratum, count)| self.take(stratum, *count)).collect();
        if taken.is_empty() {
            return Err(Refusal::because("Say how many more records are to be drawn."));
        }
        let event = DrawEvent { on, what: EventKind::TopUp { taken } };
        self.add(&event)?;
        Ok(event)
    }

    /// Adds an event as somebody states it.
    ///
    /// # Errors
    /// Refuses one that takes another record than the next of its stratum, that takes out what is
    /// not in the sample or for a record of another stratum, and one of a day before the last.
    pub fn add(&mut self, event: &DrawEvent) -> Result<(), Refusal> {
        if self.latest.is_some_and(|latest| latest > event.on) {
            return Err(Refusal::because(format!(
                "An event of {} stands after one of a later day.",
                event.on
            )));
        }
        if let EventKind::Swap { out, taken, .. } = &event.what {
            if !self.picks().contains(out) {
                return Err(Refusal::because(format!(
                    "{} is not in the sample at rank {}, so it cannot be swapped.",
                    out.reference, out.rank
                )));
            }
            if out.stratum != taken.stratum {
                return Err(Refusal::because(format!(
                    "{} was swapped for a record of another stratum.",
                    out.reference
                )));
            }
            self.out.insert(out.reference.clone());
        }
        for pick in event.taken() {
            let next = self.take(&pick.stratum, 1).into_iter().next();
            if next.as_ref() != Some(pick) {
                let next = next.map_or_else(
                    || "none is left".to_owned(),
                    |next| format!("{} is next, at rank {}", next.reference, next.rank),
                );
                return Err(Refusal::because(format!(
                    "{} was taken at rank {} of stratum {}, and {next}.",
                    pick.reference,
                    pick.rank,
                    pick.stratum.as_str()
                )));
            }
            *self.taken.entry(pick.stratum.clone()).or_default() += 1;
        }
        self.latest = Some(event.on);
        Ok(())
    }

    fn taken(&self, stratum: &Stratum) -> usize {
        self.taken.get(stratum).copied().unwrap_or(0)
    }

    /// The next records of a stratum, without taking them.
    fn take(&self, stratum: &Stratum, count: usize) -> Vec<Pick> {
        let taken = self.taken(stratum);
        let order = self.order.get(stratum).into_iter().flatten();
        let next = (1..).zip(order).skip(taken).take(count);
        next.map(|(rank, reference)| Pick {
            stratum: stratum.clone(),
            rank,
            reference: reference.clone(),
            reserve: false,
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::draw::draw;

    const DAY: Date = date(2026, 11, 23);

    fn stratum(name: &str) -> Stratum {
        Stratum::new(name).unwrap()
    }

    fn sample(wanted: usize) -> (Sample, Vec<Pick>) {
        let records = (0..20).map(|n| {
            let name = if n < 5 { "small" } else { "large" };
            (stratum(name), Reference::new(&format!("R-{n}")).unwrap())
        });
        let frame = Frame::new(records).unwrap();
        let seed = Seed::new("dice 4 2 6 1").unwrap();
        let sizes = [(stratum("small"), wanted), (stratum("large"), wanted)].into();
        let picks = draw(&frame, &seed, &sizes).unwrap();
        (Sample::drawn(&frame, &seed, &sizes), picks)
    }

    fn references(picks: &[Pick]) -> Vec<Reference> {
        picks.iter().map(|pick| pick.reference.clone()).collect()
    }

    #[test]
    fn more_is_shared_over_all_strata_or_taken_from_one() {
        let (sample, _) = sample(2);
        let left = sample.left();
        let all: usize = left.values().sum();
        let only = left.keys().next().unwrap();
        let shares = sample.share_of_more(all, None).unwrap();
        assert_eq!(shares.values().sum::<usize>(), all);
        let of_one = sample.share_of_more(1, Some(only)).unwrap();
        assert_eq!(of_one, [(only.clone(), 1)].into());
        let nowhere = stratum("nowhere");
        for (more, only) in [(0, None), (all + 1, None), (1, Some(&nowhere))] {
            assert!(sample.share_of_more(more, only).is_err(), "{more}");
        }
    }

    #[test]
    fn the_first_reserve_of_the_same_stratum_takes_the_place() {
        let (mut sample, picks) = sample(2);
        let drawn: Vec<Pick> = picks.iter().filter(|pick| !pick.reserve).cloned().collect();
        assert_eq!(references(&sample.picks()), references(&drawn));
        let out = drawn.iter().find(|pick| pick.stratum == stratum("small")).unwrap();
        let event = sample.swap(DAY, SwapReason::Closed, &out.reference).unwrap();
        let reserve = picks.iter().find(|pick| pick.reserve && pick.stratum == stratum("small"));
        assert_eq!(event.taken()[0].reference, reserve.unwrap().reference);
        assert!(!references(&sample.picks()).contains(&out.reference));
        assert_eq!(sample.picks().len(), 4);
        let again = sample.swap(DAY, SwapReason::Closed, &out.reference).unwrap_err();
        assert!(again.sentence().contains("is not in the sample"));
    }

    #[test]
    fn a_stratum_that_was_drawn_whole_has_nothing_to_swap_for() {
        let (mut sample, _) = sample(5);
        let out = sample.picks().into_iter().find(|pick| pick.stratum == stratum("small"));
        let refusal = sample.swap(DAY, SwapReason::Held, &out.unwrap().reference).unwrap_err();
        assert!(refusal.sentence().starts_with("Every record of stratum small was drawn"));
    }

    #[test]
    fn a_record_that_is_not_the_next_is_found() {
        let (mut sample, picks) = sample(2);
        let out = picks.iter().find(|pick| !pick.reserve).unwrap().clone();
        let of_it = |pick: &&Pick| pick.reserve && pick.stratum == out.stratum;
        let passed_over = picks.iter().filter(of_it).nth(1).unwrap();
        let taken = Pick { reserve: false, ..passed_over.clone() };
        let what = EventKind::Swap { reason: SwapReason::Closed, out, taken };
        let refusal = sample.add(&DrawEvent { on: DAY, what }).unwrap_err();
        assert!(refusal.sentence().contains("is next, at rank 3"), "{refusal}");
    }

    #[test]
    fn a_top_up_of_none_or_of_more_than_there_are_is_refused() {
        let (mut sample, _) = sample(4);
        assert!(sample.top_up(DAY, &BTreeMap::new()).is_err());
        let refusal = sample.top_up(DAY, &[(stratum("small"), 2)].into()).unwrap_err();
        assert!(refusal.sentence().contains("which has 1 left"));
        assert!(sample.top_up(DAY, &[(stratum("small"), 1)].into()).is_ok());
        assert!(sample.top_up(date(2026, 11, 22), &[(stratum("large"), 1)].into()).is_err());
    }

    proptest! {
        #[test]
        fn whoever_came_came_in_the_order_of_the_seed(
            steps in prop::collection::vec((any::<bool>(), 0usize..8), 0..12),
        ) {
            let (start, _) = sample(3);
            let mut sample = start.clone();
            let mut events = Vec::new();
            for (swap, which) in steps {
                let picks = sample.picks();
                let event = if swap {
                    let out = picks[which % picks.len()].reference.clone();
                    sample.swap(DAY, SwapReason::Closed, &out)
                } else {
                    sample.top_up(DAY, &[(stratum("large"), which)].into())
                };
                events.extend(event.ok());
            }
            // Replayed from the draw, the events give the same sample.
            let mut again = start;
            for event in &events {
                again.add(event).unwrap();
            }
            prop_assert_eq!(again.picks(), sample.picks());
            let swaps = events.iter().filter(|event| event.out().is_some()).count();
            let came: usize = events.iter().map(|event| event.taken().len()).sum();
            prop_assert_eq!(sample.picks().len(), 6 + came - swaps);
        }
    }
}
