//! Reading the lines of a draw file, with the line at fault where one is wrong.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::case_list::Reference;
use crate::draw::Pick;
use crate::draw_event::{DrawEvent, EventKind, SwapReason};
use crate::frame::Stratum;
use crate::id::DrawRequestId;
use crate::refusal::Refusal;

/// The most lines that a draw file may have: an England of records, and room.
const MOST_LINES: usize = 2_000_000;

/// The lines after the first six or seven.
#[derive(Default)]
pub struct Body {
    pub frame: Vec<(Stratum, Reference)>,
    pub sizes: BTreeMap<Stratum, usize>,
    pub stated: BTreeMap<Stratum, usize>,
    pub asked: BTreeMap<DrawRequestId, usize>,
    pub excluded: BTreeMap<Reference, SwapReason>,
    pub picks: Vec<Pick>,
    pub events: Vec<StatedEvent>,
}

/// An event as its lines come in.
pub struct StatedEvent {
    on: Date,
    /// Why; none for a top-up.
    reason: Option<SwapReason>,
    /// How many records are to come.
    count: usize,
    out: Option<Pick>,
    taken: Vec<Pick>,
}

impl StatedEvent {
    pub fn whole(self) -> Result<DrawEvent, Refusal> {
        let count = self.taken.len();
        let what = match (self.reason, self.out, <[Pick; 1]>::try_from(self.taken)) {
            (Some(reason), Some(out), Ok([taken])) => EventKind::Swap { reason, out, taken },
            (None, None, taken) if count == self.count && count > 0 => {
                EventKind::TopUp { taken: taken.map_or_else(|many| many, Vec::from) }
            }
            _ => {
                return Err(Refusal::because(format!(
                    "The event of {} does not list the records that it states.",
                    self.on
                )));
            }
        };
        Ok(DrawEvent { on: self.on, what })
    }
}

impl Body {
    pub fn read(lines: &mut Lines<'_>) -> Result<Self, Refusal> {
        let mut body = Self::default();
        while let Some(line) = lines.next() {
            if lines.number > MOST_LINES {
                return Err(lines.wrong("the file is longer than any draw"));
            }
            let number = |word: &str| word.parse().map_err(|_| lines.wrong("a number is expected"));
            match line.split(' ').collect::<Vec<_>>().as_slice() {
                ["stratum", stratum, size, drawn] => {
                    let stratum = Stratum::new(stratum)?;
                    body.stated.insert(stratum.clone(), number(size)?);
                    body.sizes.insert(stratum, number(drawn)?);
                }
                ["asked", id, least] => {
                    let id = id.parse().map(DrawRequestId);
                    let id = id.map_err(|_| lines.wrong("the number of a request is expected"))?;
                    if body.asked.insert(id, number(least)?).is_some() {
                        return Err(lines.wrong("the request stands twice"));
                    }
                }
                ["excluded", reference, reason] => {
                    let reason = SwapReason::from_code(reason);
                    let reason = reason.ok_or_else(|| lines.wrong("a reason is expected"))?;
                    if body.excluded.insert(Reference::new(reference)?, reason).is_some() {
                        return Err(lines.wrong("the record is excluded twice"));
                    }
                }
                ["record", stratum, reference] => {
                    body.frame.push((Stratum::new(stratum)?, Reference::new(reference)?));
                }
                [kind @ ("drawn" | "reserve"), stratum, rank, reference] => body.picks.push(Pick {
                    stratum: Stratum::new(stratum)?,
                    rank: number(rank)?,
                    reference: Reference::new(reference)?,
                    reserve: *kind == "reserve",
                }),
                ["event", place, on, rest @ ..] => {
                    if number(place)? != body.events.len() + 1 {
                        return Err(lines.wrong("another event is expected"));
                    }
                    let on = on.parse().map_err(|_| lines.wrong("a date is expected"))?;
                    let (reason, count) = match rest {
                        ["swap", reason] => {
                            let reason = SwapReason::from_code(reason);
                            (Some(reason.ok_or_else(|| lines.wrong("a reason is expected"))?), 1)
                        }
                        ["top-up", count] => (None, number(count)?),
                        _ => return Err(lines.wrong("a swap or a top-up is expected")),
                    };
                    let taken = Vec::new();
                    body.events.push(StatedEvent { on, reason, count, out: None, taken });
                }
                [kind @ ("out" | "in"), stratum, rank, reference] => {
                    let pick = Pick {
                        stratum: Stratum::new(stratum)?,
                        rank: number(rank)?,
                        reference: Reference::new(reference)?,
                        reserve: false,
                    };
                    match body.events.last_mut() {
                        Some(event) if *kind == "in" => event.taken.push(pick),
                        Some(event) if event.out.is_none() => event.out = Some(pick),
                        _ => return Err(lines.wrong("an event is expected before it")),
                    }
                }
                _ => {
                    return Err(lines.wrong(
                        "a stratum, asked, excluded, record, drawn or reserve is expected",
                    ));
                }
            }
        }
        Ok(body)
    }
}

/// The lines of a file, counted, so that a refusal can say where.
pub struct Lines<'a> {
    lines: std::str::Lines<'a>,
    number: usize,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { lines: text.lines(), number: 0 }
    }

    pub fn next(&mut self) -> Option<&'a str> {
        self.number += 1;
        self.lines.next()
    }

    pub fn word(&mut self, name: &str) -> Result<&'a str, Refusal> {
        self.next()
            .and_then(|line| line.strip_prefix(name)?.strip_prefix(' '))
            .ok_or_else(|| self.wrong(&format!("“{name}” is expected")))
    }

    pub fn count(&mut self, name: &str) -> Result<usize, Refusal> {
        self.word(name)?.parse().map_err(|_| self.wrong("a number is expected"))
    }

    pub fn wrong(&self, what: &str) -> Refusal {
        Refusal::because(format!("Line {} of the draw file: {what}.", self.number))
    }
}
