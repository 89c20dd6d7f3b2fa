//! The staff of a workforce census: who is in post on its day, how much, and in which role.
//!
//! The census knows no team. Whose team a worker is in is told by lists that name both.

use jiff::civil::Date;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::staffing::census::{Census, InPost, Millionths};

use super::{WHAT, registration};
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::return_values::short;
use crate::xml_blocks::{Block, Blocks, Shape};
use crate::xml_events::{Broken, begin};
use crate::xml_notes::refused;
use crate::xml_text;

/// Only what tells who is in post; every other element is passed over.
const SHAPES: &[Shape] = &[
    Shape { name: "Message", within: "", read: &[], not_needed: &[] },
    Shape { name: "Header", within: "Message", read: &[], not_needed: &[] },
    Shape {
        name: "CollectionDetails",
        within: "Header",
        read: &["Collection", "ReferenceDate"],
        not_needed: &[],
    },
    Shape {
        name: "CSWWWorker",
        within: "Message",
        read: &["SWENo", "FTE", "FTE30", "OrgRole", "RoleEndDate"],
        not_needed: &[],
    },
];

/// The most problems that are said one by one.
const MOST: usize = 100;

/// Reads who is in post on the day of a census, and what is wrong with it.
///
/// # Errors
/// Only when the file is no workforce census, or is harmful or too large.
pub fn staff(bytes: &[u8], limits: &Limits) -> Result<(Census, Vec<String>), NotReadable> {
    read(bytes, limits).map_err(|broken| refused(broken, WHAT))
}

fn read(bytes: &[u8], limits: &Limits) -> Result<(Census, Vec<String>), Broken> {
    let source = xml_text::text(bytes, limits)?;
    begin(&source, "Message")?;
    let mut blocks = Blocks::new(&source, SHAPES, limits);
    let (mut census, mut problems) = (Census::default(), Vec::new());
    let mut has_day = false;
    while let Some(block) = blocks.next()? {
        let line = block.line;
        match block.name {
            "CollectionDetails" => match header(&block) {
                Ok(day) => (census.day, has_day) = (day, true),
                Err(refusal) => problems.push(format!("Line {line}: {refusal}")),
            },
            "CSWWWorker" => match in_post(&block, census.day) {
                Ok(Some(worker))
                    if census.in_post.iter().any(|it| it.registration == worker.registration) =>
                {
                    problems.push(format!("Line {line}: this worker stands above."));
                }
                Ok(Some(worker)) => census.in_post.push(worker),
                Ok(None) => census.left += 1,
                Err(refusal) => problems.push(format!("Line {line}: {refusal}")),
            },
            _ => {}
        }
    }
    if !has_day && problems.is_empty() {
        problems.push("The census does not say of which day it is.".to_owned());
    }
    if problems.len() > MOST {
        let more = problems.len() - MOST;
        problems.truncate(MOST);
        problems.push(format!("{more} more lines cannot be used."));
    }
    Ok((census, problems))
}

fn header(block: &Block<'_>) -> Result<Date, Refusal> {
    let collection = block.text("Collection");
    if !collection.eq_ignore_ascii_case("CSWW") {
        let words = format!("its collection is “{}” and not CSWW.", short(collection));
        return Err(Refusal::because(words));
    }
    let day = block.text("ReferenceDate");
    day.parse().map_err(|_| {
        Refusal::because(format!("“{}” is no day of a census; write it as 2026-09-30.", short(day)))
    })
}

/// Who is in post; none for somebody who had left by the day of the census.
fn in_post(block: &Block<'_>, day: Date) -> Result<Option<InPost>, Refusal> {
    let refuse = |sentence: String| Err(Refusal::because(sentence));
    let Some(registration) = registration(block.text("SWENo")) else {
        return refuse(format!(
            "“{}” is no registration: give two letters and ten figures in SWENo.",
            short(block.text("SWENo"))
        ));
    };
    match block.text("RoleEndDate") {
        "" => {}
        end => match end.parse::<Date>() {
            Ok(end) if end <= day => return Ok(None),
            Ok(_) => {}
            Err(_) => {
                let end = short(end);
                return refuse(format!("“{end}” is no day; write RoleEndDate as 2026-09-30."));
            }
        },
    }
    let leads_several = match block.text("OrgRole") {
        "1" | "2" => true,
        "3" | "4" | "5" | "6" => false,
        other => {
            return refuse(format!("“{}” is no role of 1 to 6 in OrgRole.", short(other)));
        }
    };
    let Some(share) = block.field("FTE30").or_else(|| block.field("FTE")) else {
        return refuse("neither FTE30 nor FTE says how much the worker works.".to_owned());
    };
    let Some(full_time) = Millionths::parse(&share.text) else {
        return refuse(format!(
            "“{}” is no share of full time from 0 to 1; write {} as 0.6.",
            short(&share.text),
            share.name
        ));
    };
    Ok(Some(InPost { registration, full_time, leads_several }))
}
