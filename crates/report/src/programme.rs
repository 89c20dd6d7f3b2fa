//! The programme of audits of a year, for members: which records are audited when, and which by nobody.

use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::{Cell as CoverageCell, CoverageState};
use quarterlight_domain::programme::{QuarterFacts, QuarterPlan, YearFacts};

use crate::builder::{DocumentBuilder, Unfinished};
use crate::document::{Cover, Document};
use crate::quarterly::MARKING;
use crate::table::{Cell, Column, Grid};
use crate::words::{self, AUDIT, RECORD, agree, day_in_words, share, whole};

/// The programme of a year as members read it.
///
/// # Errors
/// `Unfinished` where a part of it would not reach every reader, such as a blank heading.
pub fn programme(facts: &YearFacts) -> Result<Document, Unfinished> {
    let mut document = DocumentBuilder::new(Cover {
        authority: facts.authority.clone(),
        title: "Programme of audits of children’s records".to_owned(),
        subtitle: facts.year.to_string(),
        as_at: format!("Counted on {}", day_in_words(facts.counted_on)),
        marking: MARKING.to_owned(),
    });
    purpose(&mut document, facts);
    when(&mut document, facts);
    planned_and_done(&mut document, facts);
    by_whose_framework(&mut document, facts);
    nobody(&mut document, facts);
    definitions(&mut document);
    document.finish()
}

/// What one cohort has in one quarter, in a few words.
pub fn cell(quarter: &QuarterFacts, cohort: Cohort) -> String {
    let done = quarter.of(cohort);
    if done.of > 0 {
        return format!("Audited {}", share(done.count.into(), done.of.into()));
    }
    if quarter.is_drawn {
        return if quarter.plan.cohorts.contains(&cohort) { "None drawn" } else { "Not in" }
            .to_owned();
    }
    if !quarter.plan.cohorts.contains(&cohort) {
        return "Not in".to_owned();
    }
    if quarter.is_past {
        return "Not drawn".to_owned();
    }
    match quarter.expected.get(&cohort) {
        Some(expected) => format!("About {} planned", whole((*expected).into())),
        None => "None open to draw".to_owned(),
    }
}

/// The whole of a quarter, in a few words.
pub fn total(quarter: &QuarterFacts) -> String {
    let done = quarter.all();
    if quarter.is_drawn {
        return format!("Audited {}", share(done.count.into(), done.of.into()));
    }
    if quarter.is_past {
        return "Not drawn".to_owned();
    }
    let expected: u32 = quarter.expected.values().sum();
    format!("About {} planned", whole(expected.into()))
}

/// What a quarter is to be, in sentences.
pub fn plan_in_words(plan: &QuarterPlan) -> String {
    let cohorts = if plan.cohorts.len() == Cohort::ALL.len() {
        "Every cohort is in.".to_owned()
    } else {
        let names: Vec<&str> = plan.cohorts.iter().map(|cohort| cohort.words()).collect();
        format!("These cohorts are in: {}.", names.join("; "))
    };
    let least = match plan.at_least {
        0 => "No stratum has a least number.".to_owned(),
        least => format!("At least {} from each stratum.", words::count(least.into(), &RECORD)),
    };
    let left_out = match plan.left_out {
        0 => "No record is left out for having been audited lately.".to_owned(),
        1 => "Records audited in the same quarter are left out.".to_owned(),
        quarters => format!(
            "Records audited in the same quarter or the {} before it are left out.",
            words::count(u64::from(quarters) - 1, &words::Noun::new("quarter", "quarters"))
        ),
    };
    let themes = if plan.themes.is_empty() {
        String::new()
    } else {
        format!(" It looks most closely at: {}.", plan.themes.trim_end_matches('.'))
    };
    let size = words::sentence_case(&plan.size.words());
    format!("{size}. {least} {cohorts} {left_out}{themes}")
}

fn purpose(document: &mut DocumentBuilder, facts: &YearFacts) {
    document.section("What this programme is");
    document.paragraph(format!(
        "This is what the authority means to audit in {}, quarter by quarter, what it has audited \
         so far, and which records nobody audits.",
        facts.year
    ));
    document.paragraph(match &facts.programme {
        Some(programme) => format!(
            "It is version {}, made on {}. Why it was made: {}",
            programme.version,
            day_in_words(programme.made_on),
            sentence(&programme.why)
        ),
        None => "Nobody has planned this year. Each quarter is shown as it is planned where \
                 nothing else was said."
            .to_owned(),
    });
    document.paragraph(match facts.case_list {
        Some(day) => format!(
            "Numbers that are planned were worked out from the case list of {}. They change as \
             records open and close.",
            day_in_words(day)
        ),
        None => "There is no case list yet, so no number can be worked out.".to_owned(),
    });
}

fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}

fn when(document: &mut DocumentBuilder, facts: &YearFacts) {
    let caption = "Records by cohort and quarter";
    let note = "Audited: audits submitted, of the records in the sample. None drawn: the cohort was \
                in, and no record of it came. Not in: the plan leaves the cohort out. Not drawn: the \
                quarter is over and no sample was drawn.";
    by_cohort(document, facts, (caption, note), cell, total);
}

/// The section with a row for each cohort and a column for each quarter, in both parts: what stands
/// for a cohort, what under all of them, and the caption and the note.
pub fn by_cohort(
    document: &mut DocumentBuilder,
    facts: &YearFacts,
    (caption, note): (&str, &str),
    of: impl Fn(&QuarterFacts, Cohort) -> String,
    all: impl Fn(&QuarterFacts) -> String,
) {
    document.section("Which records are audited in which quarter");
    document.paragraph(format!(
        "{} has a row for each cohort, that is each group of children whose records are counted \
         together. A record stands in one cohort only: the first in the table that fits.",
        document.next_table()
    ));
    let columns = std::iter::once(Column::text("Cohort"))
        .chain(facts.quarters.iter().map(|it| Column::text(it.quarter.words())));
    let grid = Cohort::ALL.into_iter().fold(Grid::new(columns), |grid, cohort| {
        let cells = facts.quarters.iter().map(|quarter| Cell::text(of(quarter, cohort)));
        grid.row(std::iter::once(cohort.words().into()).chain(cells))
    });
    let totals = facts.quarters.iter().map(|quarter| Cell::text(all(quarter)));
    let totals = std::iter::once("All cohorts".into()).chain(totals);
    document.table(caption, grid.total(totals).note(note));
}

fn planned_and_done(document: &mut DocumentBuilder, facts: &YearFacts) {
    document.section("What was planned against what was done");
    for quarter in &facts.quarters {
        document.subsection(quarter.quarter.words());
        document.paragraph(format!("Planned: {}", plan_in_words(&quarter.plan)));
        let done = quarter.all();
        document.paragraph(if quarter.is_drawn {
            format!(
                "Done: {} drawn; {} {} submitted.",
                words::count(done.of.into(), &RECORD),
                words::part_of(done.count.into(), done.of.into(), &AUDIT),
                agree(done.count.into(), "is", "are")
            )
        } else if quarter.is_past {
            "Done: nothing. No sample was drawn in this quarter.".to_owned()
        } else {
            "Done: nothing yet. No sample has been drawn.".to_owned()
        });
    }
}

fn by_whose_framework(document: &mut DocumentBuilder, facts: &YearFacts) {
    document.section("By whose framework");
    let common = facts.framework.as_deref().unwrap_or("No framework is in force");
    let own = facts.programme.iter().flat_map(|programme| &programme.frameworks).count();
    document.paragraph(if own == 0 {
        format!(
            "Every service is to be audited by one framework: {common}. {} says what was audited \
             by which.",
            document.next_table()
        )
    } else {
        format!(
            "The framework for services that have none of their own is: {common}. {} says what \
             each service is to be audited by, and what was audited by which.",
            document.next_table()
        )
    });
    let columns = [
        Column::text("Service"),
        Column::text("Framework planned"),
        Column::text("Framework used"),
        Column::number("Audited, of drawn"),
    ];
    let mut grid = Grid::new(columns);
    for (id, name) in &facts.services {
        let planned = facts.programme.as_ref().and_then(|programme| programme.frameworks.get(id));
        let planned = planned.map_or(common, String::as_str);
        let used = used(facts, name);
        if used.is_empty() {
            grid = grid.row([
                Cell::text(name),
                planned.into(),
                "No record was drawn".into(),
                Cell::share(0, 0),
            ]);
        }
        for (framework, submitted, drawn) in used {
            let share = Cell::share(submitted.into(), drawn.into());
            grid = grid.row([Cell::text(name), planned.into(), framework.into(), share]);
        }
    }
    document.table("Services and their frameworks", grid);
}

/// The frameworks by which a service was audited in the year, with audits submitted and drawn.
pub(crate) fn used(facts: &YearFacts, service: &str) -> Vec<(String, u32, u32)> {
    let mut used: Vec<(String, u32, u32)> = Vec::new();
    let done = facts.quarters.iter().flat_map(|quarter| &quarter.done);
    for done in done.filter(|done| done.service == service) {
        match used.iter_mut().find(|(framework, _, _)| *framework == done.framework) {
            Some((_, submitted, drawn)) => {
                *submitted += done.submitted;
                *drawn += done.drawn;
            }
            None => used.push((done.framework.clone(), done.submitted, done.drawn)),
        }
    }
    used
}

/// The records that nobody audits, by service and kind.
pub(crate) fn gaps(facts: &YearFacts) -> Vec<&CoverageCell> {
    let gap = |cell: &&CoverageCell| {
        matches!(cell.state(), CoverageState::NotAudited | CoverageState::Unknown)
    };
    facts.coverage.iter().filter(gap).collect()
}

fn nobody(document: &mut DocumentBuilder, facts: &YearFacts) {
    document.section("What nobody audits");
    let cells = gaps(facts);
    if facts.coverage.is_empty() {
        document.paragraph("No record is open on the case list, or there is none yet.");
        return;
    }
    if cells.is_empty() {
        document.paragraph(
            "In every service, of every cohort with an open record at least one record was \
             audited in the last four quarters or is given to an auditor now.",
        );
        return;
    }
    let open: u32 = facts.coverage.iter().map(|cell| cell.open).sum();
    let lost: u32 = cells.iter().map(|cell| cell.open).sum();
    document.paragraph(format!(
        "{} {} in a service that has audited no record of the same kind in the last four \
         quarters and has given none to an auditor, or it is not known whose they are. {} names \
         them.",
        words::sentence_case(&words::out_of(lost.into(), open.into(), &RECORD)),
        agree(lost.into(), "is", "are"),
        document.next_table()
    ));
    let columns = [
        Column::text("Service"),
        Column::text("Records"),
        Column::number("Open"),
        Column::text("State"),
    ];
    let grid = cells.iter().fold(Grid::new(columns), |grid, cell| {
        grid.row([
            Cell::text(&cell.service_name),
            Cell::text(words::sentence_case(&cell.kind.words())),
            cell.open.into(),
            cell.state().words().into(),
        ])
    });
    document.table("Records that nobody audits", grid);
}

/// What the words of both parts mean.
pub(crate) const TERMS: &[(&str, &str)] = &[
    ("Record", "The file that the authority keeps on one child: electronic, paper or both."),
    ("Cohort", "Children with something in common. Each record stands in one."),
    ("Stratum", "The records of one cohort in one service."),
    ("Sample", "The records that were drawn to be audited, by a method that anybody can repeat."),
    ("Audit", "One auditor’s reading of one record against the standards of the framework."),
    ("Framework", "The standards that a record is read against."),
    (
        "Part II",
        "The part of a committee’s papers that is private, because it could show who somebody \
             is.",
    ),
];

fn definitions(document: &mut DocumentBuilder) {
    document.section("Definitions");
    for (term, text) in TERMS {
        document.definition(*term, *text);
    }
}
