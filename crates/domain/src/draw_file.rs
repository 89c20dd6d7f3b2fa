//! A draw as plain text that can be published, and from which alone anybody can repeat it.
//!
//! Six lines say what the draw is; then comes one line for each stratum, one for each record of
//! the frame and one for each record drawn, each beginning with its kind. Words are parted by one
//! space. There is nothing in it but references.
//!
//! That is form 1. Where records were swapped or added afterwards, or the draw was asked for some of
//! its records, the file is of form 2: a seventh line says how many events there were, and the events
//! stand at the end, each with the records that left and came; and after the strata comes one line
//! for each request that the draw took up. What form 1 said of the draw stands in it unchanged.
//!
//! Where records were excluded by name, the file is of form 3: an eighth line says how many, and
//! after the requests comes one line for each, with the reason.

mod lines;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::calendar::Quarter;
use crate::case_list::Reference;
use crate::draw::{METHOD, Pick, Seed, draw};
use crate::draw_event::{DrawEvent, SwapReason};
use crate::frame::{Frame, Stratum};
use crate::id::DrawRequestId;
use crate::refusal::Refusal;
use crate::sample::Sample;
use lines::{Body, Lines, StatedEvent};

/// The first line of a draw file without a request and without an event.
const FIRST_LINE: &str = "quarterlight draw, form 1";

/// The first line of one with either.
const WITH_MORE: &str = "quarterlight draw, form 2";

/// The first line of one that records were excluded from by name.
const WITH_EXCLUDED: &str = "quarterlight draw, form 3";

/// A draw with everything that one needs to repeat it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawFile {
    /// The quarter that it was drawn for.
    pub quarter: Quarter,
    /// The seed.
    pub seed: Seed,
    /// The records that could be drawn.
    pub frame: Frame,
    /// How many were drawn from each stratum.
    pub sizes: BTreeMap<Stratum, usize>,
    /// The requests that it took up, each with the records at least that it asked for. The strata
    /// that hold their records say so in their names.
    pub asked: BTreeMap<DrawRequestId, usize>,
    /// The records that were excluded by name before the draw, and why.
    pub excluded: BTreeMap<Reference, SwapReason>,
    /// What was drawn.
    pub picks: Vec<Pick>,
    /// What became of the sample since, in order.
    pub events: Vec<DrawEvent>,
}

impl DrawFile {
    /// Draws, and keeps with the result what one needs to repeat it.
    ///
    /// # Errors
    /// Refuses sizes that the frame cannot give.
    pub fn drawn(
        quarter: Quarter,
        seed: Seed,
        frame: Frame,
        sizes: BTreeMap<Stratum, usize>,
    ) -> Result<Self, Refusal> {
        let picks = draw(&frame, &seed, &sizes)?;
        let (asked, excluded, events) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Ok(Self { quarter, seed, frame, sizes, asked, excluded, picks, events })
    }

    /// The draw with the records that were excluded by name.
    ///
    /// # Errors
    /// Refuses one that could be drawn all the same.
    pub fn without(self, excluded: BTreeMap<Reference, SwapReason>) -> Result<Self, Refusal> {
        let file = Self { excluded, ..self };
        file.leaves_out_excluded().map(|()| file)
    }

    /// That no record which was excluded by name could be drawn.
    fn leaves_out_excluded(&self) -> Result<(), Refusal> {
        let strata = self.frame.strata();
        let mut drawable = strata.values().flatten();
        match drawable.find(|reference| self.excluded.contains_key(*reference)) {
            None => Ok(()),
            Some(reference) => Err(Refusal::because(format!(
                "{reference} was excluded by name, and stands among the records that could be drawn."
            ))),
        }
    }

    /// The draw with the requests that it took up.
    ///
    /// # Errors
    /// Refuses a request of which too few records were drawn.
    pub fn for_requests(self, asked: BTreeMap<DrawRequestId, usize>) -> Result<Self, Refusal> {
        let file = Self { asked, ..self };
        file.meets_requests().map(|()| file)
    }

    /// That every request has as many records as it asked for, or all that there are.
    fn meets_requests(&self) -> Result<(), Refusal> {
        let strata = self.frame.sizes();
        for (id, least) in &self.asked {
            let named = || strata.iter().filter(|(name, _)| name.requests().contains(id));
            let there: usize = named().map(|(_, size)| size).sum();
            let drawn: usize = named().filter_map(|(name, _)| self.sizes.get(name)).sum();
            if there == 0 || drawn < *least.min(&there) {
                return Err(Refusal::because(format!(
                    "Request {id} asked for at least {least}, and {drawn} of the {there} records \
                     that it names were drawn."
                )));
            }
        }
        let named =
            strata.keys().flat_map(Stratum::requests).find(|id| !self.asked.contains_key(id));
        match named {
            None => Ok(()),
            Some(id) => Err(Refusal::because(format!(
                "A stratum holds records for request {id}, which the file does not state."
            ))),
        }
    }

    /// The sample as it stands after every event.
    ///
    /// # Errors
    /// Refuses with the first event that takes another record than the next of its stratum.
    pub fn sample(&self) -> Result<Sample, Refusal> {
        let mut sample = Sample::drawn(&self.frame, &self.seed, &self.sizes);
        for (number, event) in (1..).zip(&self.events) {
            sample.add(event).map_err(|refusal| {
                Refusal::because(format!("Event {number} cannot be repeated: {refusal}"))
            })?;
        }
        Ok(sample)
    }

    /// That this file goes on from an earlier one of the same draw, and changes nothing in it.
    ///
    /// # Errors
    /// Refuses where anything of the earlier file is another in this one.
    pub fn continues(&self, earlier: &Self) -> Result<(), Refusal> {
        let alike = [
            ("the quarter", self.quarter == earlier.quarter),
            ("the seed", self.seed == earlier.seed),
            ("the frame", self.frame == earlier.frame),
            ("the numbers drawn", self.sizes == earlier.sizes),
            ("a request", self.asked == earlier.asked),
            ("a record excluded by name", self.excluded == earlier.excluded),
            ("what was drawn", self.picks == earlier.picks),
            ("an event", self.events.starts_with(&earlier.events)),
        ];
        match alike.into_iter().find(|(_, alike)| !alike) {
            None => Ok(()),
            Some((what, _)) => Err(Refusal::because(format!(
                "The later file does not go on from the earlier one: {what} is another."
            ))),
        }
    }

    /// Repeats the draw and every event after it, and compares; and counts what was drawn for each
    /// request.
    ///
    /// # Errors
    /// Refuses with the first record that differs: the file does not hold the draw that its own
    /// seed and frame give.
    pub fn verify(&self) -> Result<(), Refusal> {
        let again = draw(&self.frame, &self.seed, &self.sizes)?;
        let longest = again.len().max(self.picks.len());
        for index in 0..longest {
            let (ours, theirs) = (again.get(index), self.picks.get(index));
            if ours != theirs {
                let name = |pick: Option<&Pick>| {
                    pick.map_or("nothing".to_owned(), |pick| {
                        let kind = if pick.reserve { "reserve " } else { "" };
                        format!("{kind}{} from {}", pick.reference, pick.stratum.as_str())
                    })
                };
                return Err(Refusal::because(format!(
                    "The draw cannot be repeated: at place {} the file has {}, and the seed gives {}.",
                    index + 1,
                    name(theirs),
                    name(ours)
                )));
            }
        }
        self.meets_requests()?;
        self.leaves_out_excluded()?;
        self.sample().map(|_| ())
    }

    /// The file.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string never fails.
        let mut line = |words: std::fmt::Arguments<'_>| {
            let _ = writeln!(text, "{words}");
        };
        let has_excluded = !self.excluded.is_empty();
        let has_more = has_excluded || !self.events.is_empty() || !self.asked.is_empty();
        let first = match (has_excluded, has_more) {
            (true, _) => WITH_EXCLUDED,
            (false, true) => WITH_MORE,
            (false, false) => FIRST_LINE,
        };
        line(format_args!("{first}"));
        line(format_args!("quarter {}", self.quarter));
        line(format_args!("method {METHOD}"));
        line(format_args!("seed {}", self.seed.as_str()));
        line(format_args!("frame-sha256 {}", self.frame.digest()));
        line(format_args!("records {}", self.frame.len()));
        if has_more {
            line(format_args!("events {}", self.events.len()));
        }
        if has_excluded {
            line(format_args!("excluded {}", self.excluded.len()));
        }
        for (stratum, size) in self.frame.sizes() {
            let drawn = self.sizes.get(&stratum).copied().unwrap_or(0);
            line(format_args!("stratum {} {size} {drawn}", stratum.as_str()));
        }
        for (id, least) in &self.asked {
            line(format_args!("asked {id} {least}"));
        }
        for (reference, reason) in &self.excluded {
            line(format_args!("excluded {reference} {}", reason.code()));
        }
        for (stratum, records) in self.frame.strata() {
            for reference in records {
                line(format_args!("record {} {reference}", stratum.as_str()));
            }
        }
        for pick in &self.picks {
            let kind = if pick.reserve { "reserve" } else { "drawn" };
            let (stratum, rank) = (pick.stratum.as_str(), pick.rank);
            line(format_args!("{kind} {stratum} {rank} {}", pick.reference));
        }
        for (number, event) in (1..).zip(&self.events) {
            text.push_str(&event.lines(number));
        }
        text
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Refuses what is not a draw file, with the line at fault; and a file whose own counts or
    /// digest do not agree with its records.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut lines = Lines::of(text);
        let (has_more, has_excluded) = match lines.next() {
            Some(FIRST_LINE) => (false, false),
            Some(WITH_MORE) => (true, false),
            Some(WITH_EXCLUDED) => (true, true),
            _ => {
                return Err(Refusal::because(format!(
                    "This is not a draw file: its first line should be “{FIRST_LINE}”, \
                     “{WITH_MORE}” or “{WITH_EXCLUDED}”."
                )));
            }
        };
        let quarter = lines.word("quarter")?.parse()?;
        let method = lines.word("method")?;
        if method != METHOD {
            return Err(lines.wrong(&format!("the method {method} is not known")));
        }
        let seed = Seed::new(lines.word("seed")?)?;
        let digest = lines.word("frame-sha256")?;
        let count = lines.count("records")?;
        let event_count = if has_more { lines.count("events")? } else { 0 };
        let excluded_count = if has_excluded { lines.count("excluded")? } else { 0 };
        let Body { frame, sizes, stated, asked, excluded, picks, events } = Body::read(&mut lines)?;
        let events = events.into_iter().map(StatedEvent::whole).collect::<Result<Vec<_>, _>>()?;
        let needs_more = has_excluded || !events.is_empty() || !asked.is_empty();
        if excluded.len() != excluded_count || has_excluded == excluded.is_empty() {
            return Err(Refusal::because(
                "The records excluded by name that the file states are not those that it lists.",
            ));
        }
        if events.len() != event_count || has_more != needs_more {
            return Err(Refusal::because(
                "The requests and events that the file states are not those that it lists.",
            ));
        }
        let frame = Frame::new(frame)?;
        if frame.len() != count || frame.sizes() != stated {
            return Err(Refusal::because(
                "The numbers of records that the file states are not those that it lists.",
            ));
        }
        if frame.digest() != digest {
            return Err(Refusal::because(
                "The frame was changed: its SHA-256 is not the one that the file states.",
            ));
        }
        Ok(Self { quarter, seed, frame, sizes, asked, excluded, picks, events })
    }
}

#[cfg(test)]
mod tests;
