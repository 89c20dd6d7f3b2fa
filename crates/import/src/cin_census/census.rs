//! Walks a children in need census from its first block to its last.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quarterlight_domain::case_list::{KeyDate, Reference};
use quarterlight_domain::history::{Episode, Fact};
use quarterlight_domain::source::{Sighting, Source, SourceKind, SourceList};

use super::child::{self, Child};
use super::shapes::{LISTS, Part, SHAPES};
use crate::account::Account;
use crate::limits::Limits;
use crate::reading::SourceReading;
use crate::return_values::{Dates, uk};
use crate::xml_blocks::{Block, Blocks};
use crate::xml_events::{Broken, begin};
use crate::xml_notes::{At, Notes};
use crate::xml_text::text;

/// The first census with dates of child in need plans, by the year on whose 31 March it ends.
const PLANS_SINCE: i16 = 2022;

/// Reads the whole file.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    as_at: Date,
    limits: &Limits,
) -> Result<SourceReading, Broken> {
    let source = text(bytes, limits)?;
    begin(&source, "Message")?;
    let dates = Dates::new(as_at);
    let mut blocks = Blocks::new(&source, SHAPES, limits);
    let mut notes = Notes::new(file, &LISTS);
    let mut census = Census::default();
    let mut child = Child::default();
    while let Some(block) = blocks.next()? {
        match block.name {
            "CollectionDetails" => census.header(&block, dates, &mut notes)?,
            "Child" => {
                let whole = std::mem::take(&mut child);
                if let Some(sighting) = whole.finish(block.line, &mut notes) {
                    census.add(sighting, &mut notes);
                }
            }
            _ => child.take(&block, dates, &mut notes),
        }
    }
    if notes.rows_read(Part::Child as usize) == 0 {
        return Err(Broken::Another("it has no child".to_owned()));
    }
    Ok(census.finish(as_at, notes, &blocks))
}

#[derive(Default)]
struct Census {
    year: Option<i16>,
    has_plans: bool,
    children: BTreeMap<Reference, Sighting>,
}

impl Census {
    fn header(
        &mut self,
        block: &Block<'_>,
        dates: Dates,
        notes: &mut Notes<'_>,
    ) -> Result<(), Broken> {
        let collection = block.text("Collection");
        if !collection.eq_ignore_ascii_case("CIN") {
            return Err(Broken::Another(format!("its collection is “{collection}” and not CIN")));
        }
        let year = block.text("Year").parse::<i16>().ok();
        let reference = block.text("ReferenceDate").parse::<Date>().ok();
        self.year = reference.map(Date::year).or(year);
        if let (Some(year), Some(reference)) = (year, reference)
            && reference.year() != year
        {
            let what = format!(
                "it says that it is of {year}, and its reference date is {}",
                uk(reference)
            );
            notes.of_whole(what, "check which is right; the reference date is followed");
        }
        if let Some(reference) = reference
            && reference != dates.as_at()
        {
            let what =
                format!("it is as at {}, and was read as at {}", uk(reference), uk(dates.as_at()));
            notes.of_whole(
                what,
                "check the date that was given with it; what is later is not in it",
            );
        }
        Ok(())
    }

    fn add(&mut self, sighting: Sighting, notes: &mut Notes<'_>) {
        self.has_plans |= sighting.history.episodes.contains_key(&Episode::ChildInNeedPlan);
        let line = sighting.row.unwrap_or_default();
        let Some(first) = self.children.get_mut(&sighting.reference) else {
            self.children.insert(sighting.reference.clone(), sighting);
            return;
        };
        let at = At { list: Part::Child as usize, line, element: "LAchildID" };
        if child::differ_in_birth(first, &sighting) {
            let todo = "check which is right; the first is followed";
            let what = "the date of birth differs from an earlier block of the same child";
            notes.warn(at, what, todo);
        }
        let todo = "give each child once; the blocks were put together";
        notes.warn(at, "the same reference stands in an earlier block", todo);
        child::join(first, sighting);
    }

    fn finish(self, as_at: Date, notes: Notes<'_>, blocks: &Blocks<'_>) -> SourceReading {
        let tells = tells(self.has_plans || self.year.is_none_or(|year| year >= PLANS_SINCE));
        let rows = notes.rows_used(Part::Child as usize);
        let (file, problems) = notes.finish(&blocks.count);
        let (problems, problems_left_out) = problems.finish();
        let asked = |mut sighting: Sighting| {
            sighting.history.asked.clone_from(&tells);
            sighting
        };
        let sightings = self.children.into_values().map(asked).collect();
        SourceReading {
            source: Source {
                kind: SourceKind::InNeedCensus,
                name: SourceKind::InNeedCensus.words().to_owned(),
                as_at,
                lists: vec![SourceList { name: "Child".to_owned(), tells, rows }],
                sightings,
                workers: Vec::new(),
            },
            problems,
            account: Account { files: vec![file], problems_left_out, home: None },
        }
    }
}

/// What the census is asked about every child in it.
fn tells(has_plans: bool) -> BTreeSet<Fact> {
    let mut tells: BTreeSet<Fact> = [
        Fact::Born,
        Fact::Disability,
        Fact::Ethnicity,
        Fact::Episode(Episode::Referral),
        Fact::Episode(Episode::Assessment),
        Fact::Episode(Episode::Enquiry),
        Fact::Episode(Episode::ProtectionPlan),
        Fact::Date(KeyDate::Opened),
        Fact::Date(KeyDate::AssessmentStarted),
        Fact::Date(KeyDate::AssessmentAuthorised),
        Fact::Date(KeyDate::ProtectionPlanStarted),
        Fact::Date(KeyDate::ProtectionReview),
    ]
    .into();
    if has_plans {
        tells.insert(Fact::Episode(Episode::ChildInNeedPlan));
    }
    tells
}
