//! The children's social work workforce census: who works, how much and with what experience.
//!
//! It has no name and no child. It says which workers are in their assessed and supported first
//! year; of the others it says that they are not, and neither their years since qualifying nor
//! anything that gives them: a role's start is no qualifying, and a level of qualification is not
//! one of experience. So their experience is not known.

mod staff;

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::source::{Holder, Source, SourceKind, SourceList, WorkerSighting};

use crate::account::{Account, Why};
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::reading::SourceReading;
use crate::return_values::{Dates, short, truth, uk};
use crate::xml_blocks::{Block, Blocks, Shape};
use crate::xml_events::{Broken, begin};
use crate::xml_notes::{At, Notes, refused};
use crate::xml_text;

pub use staff::staff;

/// What the file should be.
const WHAT: &str = "a workforce census";

const SHAPES: &[Shape] = &[
    Shape { name: "Message", within: "", read: &[], not_needed: &[] },
    Shape { name: "Header", within: "Message", read: &[], not_needed: &[] },
    Shape {
        name: "CollectionDetails",
        within: "Header",
        read: &["Collection", "ReferenceDate"],
        not_needed: &["Year"],
    },
    Shape {
        name: "Source",
        within: "Header",
        read: &[],
        not_needed: &["SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime"],
    },
    Shape {
        name: "LALevelVacancies",
        within: "Message",
        read: &[],
        not_needed: &["NumberOfVacancies", "NoAgencyFTE", "NoAgencyHeadcount"],
    },
    Shape {
        name: "CSWWWorker",
        within: "Message",
        read: &["AgencyWorker", "SWENo", "FTE", "FTE30", "RoleEndDate", "CFKSSstatus"],
        not_needed: &[
            "PersonBirthDate",
            "GenderCurrent",
            "Sex",
            "Ethnicity",
            "QualInst",
            "QualLevel",
            "StepUpGrad",
            "FrontlineGrad",
            "OrgRole",
            "RoleStartDate",
            "StartOrigin",
            "LeaverDestination",
            "ReasonLeave",
            "Cases30",
            "WorkingDaysLost",
            "ContractWeeks",
            "Absat30Sept",
            "ReasonAbsence",
        ],
    },
];

/// True if a file begins as a workforce census does.
pub fn is_one(bytes: &[u8]) -> bool {
    xml_text::begins_with(bytes, "Message", Some("CSWW"))
}

/// Reads a census as at a day; `file` is the name to say in problems.
///
/// # Errors
/// Only when the file is no workforce census, or is harmful or too large.
pub fn read(
    file: &str,
    bytes: &[u8],
    as_at: Date,
    limits: &Limits,
) -> Result<SourceReading, NotReadable> {
    census(file, bytes, Dates::new(as_at), limits).map_err(|broken| refused(broken, WHAT))
}

fn census(
    file: &str,
    bytes: &[u8],
    dates: Dates,
    limits: &Limits,
) -> Result<SourceReading, Broken> {
    let source = xml_text::text(bytes, limits)?;
    begin(&source, "Message")?;
    let mut blocks = Blocks::new(&source, SHAPES, limits);
    let mut notes = Notes::new(file, &["CSWWWorker"]);
    let mut workers: BTreeMap<String, WorkerSighting> = BTreeMap::new();
    while let Some(block) = blocks.next()? {
        match block.name {
            "CollectionDetails" => header(&block, dates, &mut notes)?,
            "CSWWWorker" => match worker(&block, dates, &mut notes) {
                Ok((number, worker)) => add(number, worker, block.line, &mut workers, &mut notes),
                Err(why) => notes.not_used(0, why),
            },
            _ => {}
        }
    }
    if notes.rows_read(0) == 0 {
        return Err(Broken::Another("it has no worker".to_owned()));
    }
    let rows = notes.rows_used(0);
    let (file, problems) = notes.finish(&blocks.count);
    let (problems, problems_left_out) = problems.finish();
    let list = SourceList {
        name: "CSWWWorker".to_owned(),
        tells: std::collections::BTreeSet::new(),
        rows,
    };
    Ok(SourceReading {
        source: Source {
            kind: SourceKind::WorkforceCensus,
            name: SourceKind::WorkforceCensus.words().to_owned(),
            as_at: dates.as_at(),
            lists: vec![list],
            sightings: Vec::new(),
            workers: workers.into_values().collect(),
        },
        problems,
        account: Account { files: vec![file], problems_left_out, home: None },
    })
}

fn header(block: &Block<'_>, dates: Dates, notes: &mut Notes<'_>) -> Result<(), Broken> {
    let collection = block.text("Collection");
    if !collection.eq_ignore_ascii_case("CSWW") {
        return Err(Broken::Another(format!(
            "its collection is “{}” and not CSWW",
            short(collection)
        )));
    }
    if let Ok(reference) = block.text("ReferenceDate").parse::<Date>()
        && reference > dates.as_at()
    {
        let (reference, as_at) = (uk(reference), uk(dates.as_at()));
        let what = format!("it is as at {reference}, and was read as at {as_at}");
        notes.of_whole(what, "check the date that was given with it");
    }
    Ok(())
}

/// One worker by registration, or why the block is not used.
fn worker(
    block: &Block<'_>,
    dates: Dates,
    notes: &mut Notes<'_>,
) -> Result<(String, WorkerSighting), Why> {
    let at = |element| At { list: 0, line: block.line, element };
    let Some(number) = registration(block.text("SWENo")) else {
        let what = "it is no registration: two letters and ten figures";
        notes.stop(at("SWENo"), what, "give the registration; the worker was not used");
        return Err(Why::Problem);
    };
    if dates.of_event(block.text("RoleEndDate")).is_ok() {
        // Who has left holds no record.
        return Err(Why::Closed);
    }
    let experience = match block.text("CFKSSstatus") {
        "1" => Experience::NewlyQualified,
        "" | "2" | "3" | "4" => Experience::Unknown,
        other => {
            let what = format!("“{}” is no status of 1 to 4", short(other));
            notes.warn(at("CFKSSstatus"), what, "check it; it was left out");
            Experience::Unknown
        }
    };
    // What is worked on the day of the census, or what was agreed.
    let share = block.field("FTE30").or_else(|| block.field("FTE"));
    let full_time_thousandths = share.and_then(|field| {
        let thousandths = thousandths(&field.text);
        if thousandths.is_none() {
            let what = format!("“{}” is no share of full time from 0 to 1", short(&field.text));
            notes.warn(at(field.name), what, "write it as 0.6; it was left out");
        }
        thousandths
    });
    let agency = truth(block.text("AgencyWorker"));
    let worker = Holder { registration: Some(number.clone()), ..Holder::default() };
    let worker = WorkerSighting { worker, team: None, experience, full_time_thousandths, agency };
    Ok((number, worker))
}

/// A number in the register of social workers; none if it is no such number.
fn registration(text: &str) -> Option<String> {
    let number = text.to_ascii_uppercase();
    let is_one = number.len() == 12
        && number.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
        && number.bytes().skip(2).all(|byte| byte.is_ascii_digit());
    is_one.then_some(number)
}

fn add(
    number: String,
    worker: WorkerSighting,
    line: u32,
    workers: &mut BTreeMap<String, WorkerSighting>,
    notes: &mut Notes<'_>,
) {
    match workers.get(&number) {
        None => {
            workers.insert(number, worker);
            notes.used(0);
        }
        Some(other) => {
            if *other != worker {
                let at = At { list: 0, line, element: "SWENo" };
                let todo = "check which is right; the first is followed";
                notes.warn(at, "an earlier block says otherwise of the same worker", todo);
            }
            notes.not_used(0, Why::Duplicate);
        }
    }
}

/// A share of full time in thousandths, from its decimals: `0.521371` is 521.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let is_figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_figures(whole) || !is_figures(decimals) || decimals.is_empty() {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let first: String = decimals.chars().chain("000".chars()).take(3).collect();
    let share = whole.checked_mul(1_000)?.checked_add(first.parse().ok()?)?;
    (share <= 1_000).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_full_time_is_read_from_its_decimals() {
        for (text, expected) in [
            ("1", Some(1_000)),
            ("1.000000", Some(1_000)),
            ("0.521371", Some(521)),
            ("0.6", Some(600)),
            ("0", Some(0)),
            ("1.5", None),
            ("-0.5", None),
            ("half", None),
            ("99999999999", None),
            ("1.", None),
        ] {
            assert_eq!(thousandths(text), expected, "{text}");
        }
    }
}
