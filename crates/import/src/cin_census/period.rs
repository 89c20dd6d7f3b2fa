//! One period of need of one child: from a referral to the closing of the record.

use std::collections::BTreeSet;

use jiff::civil::Date;
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::{Episode, History, Span};
use quarterlight_domain::need::Known;

use super::shapes::Part;
use crate::account::Why;
use crate::return_values::{Dates, Untimely, truth};
use crate::xml_blocks::Block;
use crate::xml_notes::{At, Notes};

/// What stands within a period, until its own dates are known: they come last.
#[derive(Debug, Default)]
pub(super) struct Within {
    parts: Vec<Stretch>,
    reviews: Vec<Date>,
}

/// An assessment, enquiry or plan.
#[derive(Debug)]
struct Stretch {
    part: Part,
    line: u32,
    /// The element of its beginning.
    name: &'static str,
    from: Option<Date>,
    end: End,
}

/// Whether and when something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    On(Date),
    /// It has ended, and when is not known.
    Sometime,
}

impl Within {
    /// Takes an assessment, an enquiry or a plan.
    pub(super) fn take(&mut self, block: &Block<'_>, dates: Dates, notes: &mut Notes<'_>) {
        let (part, from, until) = match block.name {
            "Assessments" => {
                (Part::Assessment, "AssessmentActualStartDate", "AssessmentAuthorisationDate")
            }
            "Section47" => (Part::Enquiry, "S47ActualStartDate", "DateOfInitialCPC"),
            "CINPlanDates" => (Part::InNeedPlan, "CINPlanStartDate", "CINPlanEndDate"),
            _ => (Part::ProtectionPlan, "CPPstartDate", "CPPendDate"),
        };
        let mut end = end_of(block, until, part, dates, notes);
        // An enquiry without a conference is over, and the census does not say when.
        if part == Part::Enquiry
            && end == End::Open
            && truth(block.text("ICPCnotRequired")) == Known::Yes
        {
            end = End::Sometime;
        }
        let (name, line) = (from, block.line);
        let from = match start_of(block, name, part, dates, notes) {
            // It has not begun yet on the day of the list.
            Err(Untimely::TooLate) => {
                notes.not_used(part as usize, Why::Problem);
                return;
            }
            from => from.ok(),
        };
        self.parts.push(Stretch { part, line, name, from, end });
    }

    /// Takes the dates of review conferences: one block with many of them, or many with one each.
    pub(super) fn take_reviews(&mut self, block: &Block<'_>, dates: Dates, notes: &mut Notes<'_>) {
        for field in block.fields("CPPreviewDate") {
            match dates.of_event(&field.text) {
                Ok(date) => {
                    notes.used(Part::Review as usize);
                    self.reviews.push(date);
                }
                Err(why) => {
                    notes.not_used(Part::Review as usize, Why::Problem);
                    notes.no_date(at(Part::Review, field.line, "CPPreviewDate"), why);
                }
            }
        }
    }

    /// Ends the period: what stood within it becomes history.
    pub(super) fn close(
        &mut self,
        block: &Block<'_>,
        dates: Dates,
        history: &mut History,
        notes: &mut Notes<'_>,
    ) -> BTreeSet<Part> {
        let referral = start_of(block, "CINreferralDate", Part::Period, dates, notes);
        let mut end = end_of(block, "CINclosureDate", Part::Period, dates, notes);
        if end == End::Open && truth(block.text("ReferralNFA")) == Known::Yes {
            end = End::Sometime;
        }
        let is_open = end == End::Open && referral != Err(Untimely::TooLate);
        let mut open = BTreeSet::new();
        if is_open {
            open.insert(Part::Period);
        }
        let whole = Stretch {
            part: Part::Period,
            line: block.line,
            name: "CINreferralDate",
            from: referral.ok(),
            end,
        };
        remember(&whole, history, notes);
        for mut stretch in std::mem::take(&mut self.parts) {
            if stretch.end == End::Open {
                if is_open {
                    open.insert(stretch.part);
                } else {
                    let what = "it has no end, and the record is closed";
                    let todo = "check which is right; it was taken as ended with the record";
                    let name = stretch.name;
                    notes.warn(at(stretch.part, stretch.line, name), what, todo);
                    stretch.end = end;
                }
            }
            remember(&stretch, history, notes);
        }
        let reviews = std::mem::take(&mut self.reviews);
        if !reviews.is_empty() {
            history.dates.entry(KeyDate::ProtectionReview).or_default().extend(reviews);
        }
        open
    }
}

/// Puts a stretch of time into the history, if it has a beginning and does not end before it.
fn remember(stretch: &Stretch, history: &mut History, notes: &mut Notes<'_>) {
    let list = stretch.part as usize;
    let Some(from) = stretch.from else {
        notes.not_used(list, Why::Problem);
        return;
    };
    let (episode, began, ended) = match stretch.part {
        Part::Assessment => (
            Episode::Assessment,
            Some(KeyDate::AssessmentStarted),
            Some(KeyDate::AssessmentAuthorised),
        ),
        Part::Enquiry => (Episode::Enquiry, None, None),
        Part::InNeedPlan => (Episode::ChildInNeedPlan, None, None),
        Part::ProtectionPlan => {
            (Episode::ProtectionPlan, Some(KeyDate::ProtectionPlanStarted), None)
        }
        _ => (Episode::Referral, Some(KeyDate::Opened), None),
    };
    let until = match stretch.end {
        End::Open => None,
        End::On(until) => Some(until),
        End::Sometime => {
            // Without an end it would seem to go on.
            date_of(history, began, from);
            notes.used(list);
            return;
        }
    };
    if until.is_some_and(|until| until < from) {
        let name = stretch.name;
        let what = "it ends before it begins";
        notes.stop(at(stretch.part, stretch.line, name), what, "check both dates; it was left out");
        notes.not_used(list, Why::Problem);
        return;
    }
    date_of(history, began, from);
    if let Some(until) = until {
        date_of(history, ended, until);
    }
    if history.episodes.entry(episode).or_default().insert(Span { from, until }) {
        notes.used(list);
    } else {
        notes.not_used(list, Why::Duplicate);
    }
}

fn date_of(history: &mut History, kind: Option<KeyDate>, date: Date) {
    if let Some(kind) = kind {
        history.dates.entry(kind).or_default().insert(date);
    }
}

fn start_of(
    block: &Block<'_>,
    name: &'static str,
    part: Part,
    dates: Dates,
    notes: &mut Notes<'_>,
) -> Result<Date, Untimely> {
    let Some(field) = block.field(name) else {
        let todo = "give the date on which it began; it was not used";
        notes.stop(at(part, block.line, name), "there is no date", todo);
        return Err(Untimely::NoDate);
    };
    dates.of_event(&field.text).map_err(|why| {
        let kind = why.kind;
        notes.no_date(at(part, field.line, name), why);
        kind
    })
}

/// A blank or unreadable end is no end, and neither is one after the day of the list: a record that
/// may be open is not lost.
fn end_of(
    block: &Block<'_>,
    name: &'static str,
    part: Part,
    dates: Dates,
    notes: &mut Notes<'_>,
) -> End {
    let Some(field) = block.field(name) else { return End::Open };
    match dates.of_event(&field.text) {
        Ok(date) => End::On(date),
        Err(why) => {
            let end = if why.kind == Untimely::LongAgo { End::Sometime } else { End::Open };
            notes.no_date(at(part, field.line, name), why);
            end
        }
    }
}

fn at(part: Part, line: u32, element: &str) -> At<'_> {
    At { list: part as usize, line, element }
}
