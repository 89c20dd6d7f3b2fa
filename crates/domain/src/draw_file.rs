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

mod lines;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::calendar::Quarter;
use crate::draw::{METHOD, Pick, Seed, draw};
use crate::draw_event::DrawEvent;
use crate::frame::{Frame, Stratum};
use crate::id::DrawRequestId;
use crate::refusal::Refusal;
use crate::sample::Sample;
use lines::{Body, Lines, StatedEvent};

/// The first line of a draw file without a request and without an event.
const FIRST_LINE: &str = "quarterlight draw, form 1";

/// The first line of one with either.
const WITH_MORE: &str = "quarterlight draw, form 2";

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
        let (asked, events) = (BTreeMap::new(), Vec::new());
        Ok(Self { quarter, seed, frame, sizes, asked, picks, events })
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
        self.sample().map(|_| ())
    }

    /// The file.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string never fails.
        let mut line = |words: std::fmt::Arguments<'_>| {
            let _ = writeln!(text, "{words}");
        };
        let has_more = !self.events.is_empty() || !self.asked.is_empty();
        line(format_args!("{}", if has_more { WITH_MORE } else { FIRST_LINE }));
        line(format_args!("quarter {}", self.quarter));
        line(format_args!("method {METHOD}"));
        line(format_args!("seed {}", self.seed.as_str()));
        line(format_args!("frame-sha256 {}", self.frame.digest()));
        line(format_args!("records {}", self.frame.len()));
        if has_more {
            line(format_args!("events {}", self.events.len()));
        }
        for (stratum, size) in self.frame.sizes() {
            let drawn = self.sizes.get(&stratum).copied().unwrap_or(0);
            line(format_args!("stratum {} {size} {drawn}", stratum.as_str()));
        }
        for (id, least) in &self.asked {
            line(format_args!("asked {id} {least}"));
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
        let has_more = match lines.next() {
            Some(FIRST_LINE) => false,
            Some(WITH_MORE) => true,
            _ => {
                return Err(Refusal::because(format!(
                    "This is not a draw file: its first line should be “{FIRST_LINE}” or \
                     “{WITH_MORE}”."
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
        let Body { frame, sizes, stated, asked, picks, events } = Body::read(&mut lines)?;
        let events = events.into_iter().map(StatedEvent::whole).collect::<Result<Vec<_>, _>>()?;
        if events.len() != event_count || has_more == (events.is_empty() && asked.is_empty()) {
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
        Ok(Self { quarter, seed, frame, sizes, asked, picks, events })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case_list::Reference;
    use crate::draw_event::SwapReason;

    fn file() -> DrawFile {
        let a = Stratum::new("in-need/child-protection").unwrap();
        let b = Stratum::new("disability/disabled-placed-out").unwrap();
        let records = (0..40).map(|n| {
            let stratum = if n % 5 == 0 { b.clone() } else { a.clone() };
            (stratum, Reference::new(&format!("R-{n}")).unwrap())
        });
        let frame = Frame::new(records).unwrap();
        let sizes = [(a, 5), (b, 3)].into();
        let seed = Seed::new("dice 4 2 6 1 on 1 October").unwrap();
        DrawFile::drawn("2026-Q4".parse().unwrap(), seed, frame, sizes).unwrap()
    }

    #[test]
    fn a_file_reads_back_as_it_was_and_repeats() {
        let file = file();
        let again = DrawFile::read(&file.text()).unwrap();
        assert_eq!(again, file);
        assert_eq!(again.text(), file.text());
        again.verify().unwrap();
    }

    /// The same with a swap, a top-up of two strata, and a swap of what the top-up brought.
    fn with_events() -> DrawFile {
        let mut file = file();
        let mut sample = file.sample().unwrap();
        let day = jiff::civil::date;
        let first = file.picks.first().unwrap().reference.clone();
        file.events.push(sample.swap(day(2026, 10, 9), SwapReason::Closed, &first).unwrap());
        let more = file.sizes.keys().map(|stratum| (stratum.clone(), 2)).collect();
        let top_up = sample.top_up(day(2026, 10, 20), &more).unwrap();
        let came = top_up.taken().last().unwrap().reference.clone();
        file.events.push(top_up);
        file.events.push(sample.swap(day(2026, 11, 12), SwapReason::Held, &came).unwrap());
        file
    }

    #[test]
    fn events_read_back_and_repeat_and_go_on_from_the_draw() {
        let (draw, file) = (file(), with_events());
        let again = DrawFile::read(&file.text()).unwrap();
        assert_eq!(again, file);
        again.verify().unwrap();
        again.continues(&draw).unwrap();
        assert!(draw.continues(&file).is_err(), "the earlier one does not go on from the later");
        assert_eq!(again.sample().unwrap().picks().len(), 12);
        let other = DrawFile { seed: Seed::new("other dice").unwrap(), ..draw };
        let refusal = file.continues(&other).unwrap_err();
        assert!(refusal.sentence().contains("the seed is another"));
    }

    #[test]
    fn every_change_to_a_line_is_found() {
        for file in [file(), with_events(), asked()] {
            every_line_counts(&file.text());
        }
    }

    fn every_line_counts(text: &str) {
        for (index, line) in text.lines().enumerate() {
            // Each line loses its last character, or the draw another of its own.
            let mut lines: Vec<&str> = text.lines().collect();
            lines[index] = &line[..line.len() - 1];
            let found = DrawFile::read(&lines.join("\n")).and_then(|file| file.verify());
            // The quarter is a label: it takes no part in the draw, but a shorter one is no quarter.
            assert!(found.is_err(), "line {} without its end: {line}", index + 1);
            lines.remove(index);
            let found = DrawFile::read(&lines.join("\n")).and_then(|file| file.verify());
            assert!(found.is_err(), "without line {}: {line}", index + 1);
        }
    }

    /// A third of one stratum is asked for.
    fn asked() -> DrawFile {
        let whole = Stratum::new("in-need/in-care").unwrap();
        let part = whole.asked_by(&[DrawRequestId(7)].into());
        let records = (0..30).map(|n| {
            let stratum = if n % 3 == 0 { part.clone() } else { whole.clone() };
            (stratum, Reference::new(&format!("R-{n}")).unwrap())
        });
        let seed = Seed::new("dice 4 2 6 1 on 1 October").unwrap();
        let quarter = "2026-Q4".parse().unwrap();
        let sizes = [(whole.clone(), 4), (part.clone(), 5)].into();
        let file = DrawFile::drawn(quarter, seed, Frame::new(records).unwrap(), sizes).unwrap();
        file.for_requests([(DrawRequestId(7), 5)].into()).unwrap()
    }

    #[test]
    fn a_draw_states_the_requests_that_it_took_up_and_meets_them() {
        let file = asked();
        assert!(file.text().starts_with(WITH_MORE));
        assert!(file.text().contains("events 0\n"));
        assert!(file.text().contains("stratum in-need/in-care/asked-7 10 5\nasked 7 5\n"));
        let again = DrawFile::read(&file.text()).unwrap();
        assert_eq!(again, file);
        again.verify().unwrap();
        assert!(file.continues(&DrawFile { asked: BTreeMap::new(), ..file.clone() }).is_err());
        let too_few = file.text().replace("asked 7 5", "asked 7 6");
        let refusal = DrawFile::read(&too_few).unwrap().verify().unwrap_err();
        assert!(refusal.sentence().contains("at least 6, and 5 of the 10"), "{refusal}");
        let all = DrawFile::drawn(
            file.quarter,
            file.seed.clone(),
            file.frame.clone(),
            file.frame.sizes(),
        );
        all.unwrap().for_requests([(DrawRequestId(7), 500)].into()).unwrap();
        let other = file.for_requests([(DrawRequestId(8), 1)].into());
        assert!(other.is_err(), "no stratum holds its records");
    }

    #[test]
    fn a_record_swapped_for_another_is_named() {
        let mut file = file();
        file.picks.swap(0, 1);
        let refusal = file.verify().unwrap_err();
        assert!(refusal.sentence().starts_with("The draw cannot be repeated: at place 1"));
    }

    #[test]
    fn what_is_not_a_draw_file_is_said_to_be_none() {
        for text in
            ["", "\0", "quarterlight draw, form 1", "quarterlight draw, form 2\nquarter 2026-Q4"]
        {
            assert!(DrawFile::read(text).is_err());
        }
    }
}
