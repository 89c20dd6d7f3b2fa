//! Caseloads against the guide, and what is held otherwise than the protocol advises: numbers only.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::need::Need;
use quarterlight_domain::staffing::bands::Band;
use quarterlight_domain::staffing::exceptions::Untold;
use quarterlight_domain::staffing::figures::ExceptionCount;
use quarterlight_domain::staffing::protocol::{ADVICE, Protocol};

use super::annexes::STAFF;
use super::{here, trend};
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{self, Noun, RECORD};

/// Says what is advised, and of how many records it was said why they are held otherwise.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let staffing = &figures.staffing;
    let Some(protocol) = &staffing.protocol else {
        document.paragraph(
            "No allocation protocol was in force on the day of the case list, so there is no guide \
             to compare caseloads with.",
        );
        return;
    };
    let sum = |count: fn(&ExceptionCount) -> u32| {
        u64::from(staffing.exceptions.iter().map(count).sum::<u32>())
    };
    let found = sum(|line| line.found);
    let mut said = if found == 0 {
        format!("No record is known to be held otherwise than is advised{}.", here(figures))
    } else {
        format!(
            "There {} {}{}, where a record is held otherwise than is advised. A reason about the \
             child was given for {}, and {} of those given {} to be looked at again by now.",
            words::agree(found, "is", "are"),
            words::count(found, &EXCEPTION),
            here(figures),
            words::whole(sum(|line| line.with_reason + line.to_review)),
            words::whole(sum(|line| line.to_review)),
            words::agree(sum(|line| line.to_review), "is", "are")
        )
    };
    for sentence in untold(staffing.untold, "") {
        said.extend([" ", &sentence]);
    }
    said.extend([format!(
        " {STAFF} gives what {} advises, and the workers of each team by caseload: nobody is \
         ranked, and no worker is named.",
        protocol.name
    )]);
    document.paragraph(said);
}

/// Of how many records it cannot be told whether they are held otherwise, and why; `of` says where
/// they are.
pub fn untold(untold: Untold, of: &str) -> Vec<String> {
    [
        (untold.experience, "how experienced the worker is"),
        (untold.hours, "how much the worker works"),
    ]
    .into_iter()
    .filter(|(records, _)| *records > 0)
    .map(|(records, what)| {
        let records = words::count(records.into(), &RECORD);
        format!("Of {records}{of} it cannot be told, because it is not known {what}.")
    })
    .collect()
}

/// One record can be an exception to two pieces of advice.
const EXCEPTION: Noun = Noun::new("exception", "exceptions");

/// What the annex is called.
pub(super) const ANNEX: &str = "Annex: caseloads, records and staff";

/// Caseloads, exceptions, and records and staff month by month.
pub fn every(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex(ANNEX);
    tables(document, figures);
    trend::table(document, figures);
}

/// What the protocol says, the workers of each team by caseload, and what is held otherwise.
pub fn tables(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let staffing = &figures.staffing;
    let Some(protocol) = &staffing.protocol else { return };
    document.paragraph(format!(
        "{ADVICE}. {} has been in force since {}.",
        protocol.name,
        day_in_words(protocol.from)
    ));
    document.list(declared(protocol));
    let bands = staffing.bands.iter().fold(Grid::new(band_columns()), |grid, team| {
        let name = team.place.1.clone().unwrap_or_else(|| "Team not known".to_owned());
        let counts = team.workers.into_iter().chain([team.taken_as_full_time]);
        let cells = counts.map(|workers| Cell::text(words::whole(workers.into())));
        grid.row(std::iter::once(Cell::text(name)).chain(cells))
    });
    if !staffing.bands.is_empty() {
        document.table("Workers of each team by weighted caseload", bands);
    }
    if !staffing.exceptions.is_empty() {
        let rows = staffing
            .exceptions
            .iter()
            .fold(Grid::new(columns()), |grid, line| grid.row(cells(line).map(Cell::text)));
        document.table("Records held otherwise than is advised", rows);
    }
}

/// The weights, the guides and the advice, as they were declared.
pub fn declared(protocol: &Protocol) -> Vec<String> {
    let weights: Vec<String> = Need::ALL
        .into_iter()
        .zip(protocol.weights)
        .map(|(need, weight)| format!("{} {weight}", need.words().to_lowercase()))
        .collect();
    let who = ["newly qualified", "early career", "experienced"];
    let guides: Vec<String> = who
        .into_iter()
        .zip(protocol.caseload)
        .map(|(who, guide)| match guide {
            Some(guide) => format!("{who} {guide}"),
            None => format!("{who} no guide"),
        })
        .collect();
    let mut said = vec![
        format!(
            "Weights: {}. A record with several needs has the weight of its principal need.",
            words::list(&weights)
        ),
        format!("Weighted caseload of a full-time worker: {}.", words::list(&guides)),
        format!("Records for each full-time equivalent: {}.", protocol.records_per_worker),
    ];
    said.extend(protocol.advice.iter().map(|it| format!("{}.", it.words())));
    said
}

fn band_columns() -> Vec<Column> {
    let mut columns = vec![Column::text("Team")];
    columns.extend(Band::ALL.map(|band| Column::text(band.words())));
    columns.push(Column::text("Taken as full time"));
    columns
}

/// The headings of the table of exceptions.
pub const EXCEPTIONS: [&str; 7] =
    ["Service", "Advice", "Need", "Held by", "Records", "With a reason", "To be looked at again"];

fn columns() -> Vec<Column> {
    EXCEPTIONS.map(Column::text).to_vec()
}

/// One line of the table of exceptions.
pub fn cells(line: &ExceptionCount) -> [String; 7] {
    [
        line.service.clone().unwrap_or_else(|| "Service not known".to_owned()),
        line.advice.clone(),
        line.need.words().to_owned(),
        line.held_by.map_or("No named worker", |it| it.words()).to_owned(),
        words::whole(line.found.into()),
        words::share(line.with_reason.into(), line.found.into()),
        words::share(line.to_review.into(), line.found.into()),
    ]
}
