//! One child of a children in need census, put together from its blocks.

use std::collections::BTreeSet;

use jiff::civil::Date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::history::History;
use quarterlight_domain::need::{Known, Need, Needs};
use quarterlight_domain::source::{Holder, Sighting};

use super::period::Within;
use super::shapes::Part;
use crate::account::Why;
use crate::return_values::{Dates, disability, ethnicity_obtained, reference, short};
use crate::xml_blocks::Block;
use crate::xml_notes::{At, Notes};

/// What is known of a child while its blocks go by.
#[derive(Debug, Default)]
pub(super) struct Child {
    reference: Option<Reference>,
    has_identifiers: bool,
    disabled: Known,
    unaccompanied: Known,
    periods: usize,
    open: BTreeSet<Part>,
    within: Within,
    history: History,
}

impl Child {
    /// Takes a block of the child's own.
    pub(super) fn take(&mut self, block: &Block<'_>, dates: Dates, notes: &mut Notes<'_>) {
        match block.name {
            "ChildIdentifiers" => self.identify(block, dates, notes),
            "ChildCharacteristics" => {
                self.history.ethnicity_obtained = ethnicity_obtained(block.text("Ethnicity"));
            }
            "Disabilities" => self.disabilities(block, notes),
            "FactorsIdentifiedAtAssessment" => self.factors(block),
            "Assessments" => {
                self.factors(block);
                self.within.take(block, dates, notes);
            }
            "Section47" | "CINPlanDates" | "ChildProtectionPlans" => {
                self.within.take(block, dates, notes);
            }
            "Reviews" => self.within.take_reviews(block, dates, notes),
            "CINdetails" => {
                let open = self.within.close(block, dates, &mut self.history, notes);
                self.periods += 1;
                self.open.extend(open);
            }
            _ => {}
        }
    }

    fn identify(&mut self, block: &Block<'_>, dates: Dates, notes: &mut Notes<'_>) {
        self.has_identifiers = true;
        match block.field("LAchildID").map(|field| (field.line, reference(&field.text))) {
            None => {
                let todo = "give the child's reference; the child was not used";
                notes.stop(at(block.line, "LAchildID"), "the child has no reference", todo);
            }
            Some((line, Err(what))) => {
                let todo = "give the child's reference; the child was not used";
                notes.stop(at(line, "LAchildID"), what, todo);
            }
            Some((_, Ok(reference))) => self.reference = Some(reference),
        }
        // A child who is not yet born has an expected date only, which is no date of birth.
        if let Some(field) = block.field("PersonBirthDate") {
            match dates.of_birth(&field.text) {
                Ok(born) => self.history.born = Some(born),
                Err(why) => notes.no_date(at(field.line, "PersonBirthDate"), why),
            }
        } else if block.field("ExpectedPersonBirthDate").is_none() {
            let todo = "give it, or the date that is expected for a child not yet born";
            notes.warn(at(block.line, "PersonBirthDate"), "there is no date of birth", todo);
        }
    }

    fn disabilities(&mut self, block: &Block<'_>, notes: &mut Notes<'_>) {
        let (mut has_any, mut says_none) = (false, None);
        for field in block.fields("Disability") {
            match disability(&field.text) {
                Some(Known::Yes) => has_any = true,
                Some(_) => says_none = Some(field.line),
                None => {
                    let what = format!("“{}” is not a code of a disability", short(&field.text));
                    let todo = "write a code of the census, or NONE; it was left out";
                    notes.warn(at(field.line, "Disability"), what, todo);
                }
            }
        }
        if let (true, Some(line)) = (has_any, says_none) {
            let todo = "take out the one that is wrong; the child was taken as disabled";
            notes.warn(at(line, "Disability"), "NONE stands beside a disability", todo);
        }
        if has_any {
            self.disabled = Known::Yes;
        } else if says_none.is_some() {
            self.disabled = Known::No;
        }
    }

    /// Factor 9A is that of an unaccompanied child. No other factor says that a child is not one.
    fn factors(&mut self, block: &Block<'_>) {
        if block.fields("AssessmentFactors").any(|field| field.text == "9A") {
            self.unaccompanied = Known::Yes;
        }
    }

    /// What the census says of the child; none without a reference.
    pub(super) fn finish(self, line: u32, notes: &mut Notes<'_>) -> Option<Sighting> {
        let Some(reference) = self.reference else {
            if !self.has_identifiers {
                let todo = "give the child's reference; the child was not used";
                notes.stop(at(line, "ChildIdentifiers"), "the child has no identifiers", todo);
            }
            notes.not_used(Part::Child as usize, Why::Problem);
            return None;
        };
        if self.periods == 0 {
            let todo = "give the dates of the referral; whether the record is open is not known";
            notes.warn(at(line, "CINdetails"), "the child has no period of need", todo);
        }
        notes.used(Part::Child as usize);
        Some(Sighting {
            list: Part::Child as usize,
            row: Some(line),
            reference,
            open: match (self.periods, self.open.contains(&Part::Period)) {
                (0, _) => Known::Unknown,
                (_, true) => Known::Yes,
                (_, false) => Known::No,
            },
            needs: needs(&self.open),
            assessment_open: self.open.contains(&Part::Assessment),
            disabled: self.disabled,
            unaccompanied: self.unaccompanied,
            placement: None,
            route: None,
            holder: Holder::default(),
            team: None,
            history: self.history,
        })
    }
}

/// Why the record is open, as far as the census says: children in care and care leavers are in it
/// too, with nothing that tells them from others.
fn needs(open: &BTreeSet<Part>) -> Needs {
    if open.contains(&Part::ProtectionPlan) {
        [Need::ChildProtection].into()
    } else if open.contains(&Part::InNeedPlan) || open.contains(&Part::Assessment) {
        [Need::ChildInNeed].into()
    } else {
        Needs::new()
    }
}

/// Joins what two blocks of the same child say: the census should have one.
pub(super) fn join(first: &mut Sighting, second: Sighting) {
    let either = |one: Known, other: Known| match (one, other) {
        (Known::Yes, _) | (_, Known::Yes) => Known::Yes,
        (Known::No, _) | (_, Known::No) => Known::No,
        (Known::Unknown, Known::Unknown) => Known::Unknown,
    };
    first.open = either(first.open, second.open);
    first.needs.extend(second.needs);
    if first.needs.len() > 1 {
        first.needs.remove(&Need::ChildInNeed);
    }
    first.assessment_open |= second.assessment_open;
    first.disabled = either(first.disabled, second.disabled);
    first.unaccompanied = either(first.unaccompanied, second.unaccompanied);
    let (history, other) = (&mut first.history, second.history);
    history.born = history.born.or(other.born);
    history.ethnicity_obtained = either(history.ethnicity_obtained, other.ethnicity_obtained);
    for (episode, spans) in other.episodes {
        history.episodes.entry(episode).or_default().extend(spans);
    }
    for (kind, dates) in other.dates {
        history.dates.entry(kind).or_default().extend(dates);
    }
}

/// True if the two blocks give different dates of birth.
pub(super) fn differ_in_birth(first: &Sighting, second: &Sighting) -> bool {
    let born = |sighting: &Sighting| -> Option<Date> { sighting.history.born };
    born(first).zip(born(second)).is_some_and(|(one, other)| one != other)
}

fn at(line: u32, element: &str) -> At<'_> {
    At { list: Part::Child as usize, line, element }
}
