//! Records and filing: what is missing, misfiled or late, and how far the move to one system is.

use quarterlight_domain::figures::{FilingFigures, QuarterFigures};
use quarterlight_domain::filing::figures::PaperCounts;

use super::{annexes, here};
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{self, Noun, RECORD, agree, part_of};

const ITEM: Noun = Noun::new("item", "items");
const CHECKED: Noun = Noun::new("checked record", "checked records");
const MISMATCH: Noun = Noun::new("mismatch", "mismatches");

/// Says what the quarter's filing checks found.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("Records and filing");
    let filing = &figures.further.filing;
    if filing.records == 0 && filing.paper.is_empty() {
        document.paragraph(format!(
            "No record’s filing was checked{} in this quarter, so nothing can be said of it.",
            here(figures)
        ));
        return;
    }
    let mut said = items(filing);
    if filing.cleared.of > 0 {
        let (cleared, found) = (filing.cleared.count.into(), filing.cleared.of.into());
        said.extend([format!(
            " {} put right by somebody who is named in the list of mismatches.",
            were(cleared, found, &MISMATCH, ("was", "were"))
        )]);
    }
    document.paragraph(said);
    let on_one = |it: fn(&PaperCounts) -> u32| filing.paper.iter().map(it).sum::<u32>().into();
    let records = on_one(|it| it.records);
    if records > 0 {
        let (one, paper) = (on_one(|it| it.no_paper), on_one(|it| it.paper));
        document.paragraph(format!(
            "{} on one system, with no paper beside it. Of those with paper, the paper and the \
             electronic record differ in {}. {} gives each service.",
            were(one, records, &CHECKED, ("is", "are")),
            part_of(on_one(|it| it.differing), paper, &RECORD),
            annexes::FILING
        ));
    }
}

/// The annex: how far each service has come to one system.
pub fn every(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex("Annex: records and filing, by service");
    let paper = &figures.further.filing.paper;
    if paper.is_empty() {
        document.paragraph("No record was checked, so there is nothing to list.");
        return;
    }
    document.paragraph(format!(
        "{} gives how far each service has come to one system. A record is on one system where \
         there is no paper beside it. Where nobody could say, a record is in neither column.",
        document.next_table()
    ));
    document.table("Paper beside the electronic record, by service", table(paper));
}

fn items(filing: &FilingFigures) -> String {
    let it = &filing.items;
    let part = |number: u32, of: u32| part_of(number.into(), of.into(), &ITEM);
    let late = match it.timed {
        0 => "Of none is it known if it was entered in time.".to_owned(),
        timed => format!(
            "Where it is known when an item was entered, {} {} late.",
            part(it.late, timed),
            agree(it.late.into(), "was", "were")
        ),
    };
    format!(
        "Checks of {} looked at {}: {} missing, {} misfiled and {} on another child’s record. {late}",
        words::count(filing.records.into(), &RECORD),
        words::count(it.items.into(), &ITEM),
        words::whole(it.missing.into()),
        words::whole(it.misfiled.into()),
        words::whole(it.another_record.into()),
    )
}

/// *3 of 5 mismatches (60%) were*, with a verb that agrees.
fn were(number: u64, of: u64, noun: &Noun, (one, many): (&'static str, &'static str)) -> String {
    let verb = if number == 1 || of == 1 { one } else { many };
    format!("{} {verb}", words::sentence_case(&part_of(number, of, noun)))
}

fn table(paper: &[PaperCounts]) -> Grid {
    let columns = [
        Column::text("Service"),
        Column::number("Records checked"),
        Column::number("On one system, of checked"),
        Column::number("With paper, of checked"),
        Column::number("Paper and electronic record differ, of those with paper"),
    ];
    paper.iter().fold(Grid::new(columns), |grid, it| {
        grid.row([
            Cell::text(it.service.as_deref().unwrap_or("Service not known")),
            it.records.into(),
            Cell::share(it.no_paper.into(), it.records.into()),
            Cell::share(it.paper.into(), it.records.into()),
            Cell::share(it.differing.into(), it.paper.into()),
        ])
    })
}
