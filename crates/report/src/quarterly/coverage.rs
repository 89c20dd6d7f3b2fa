//! Who audits which records, and where nobody does.

use quarterlight_domain::coverage::{Cell as CoverageCell, CohortLine, by_cohort, by_stratum};
use quarterlight_domain::figures::QuarterFigures;

use super::{claims, cohorts, has_case_list, here};
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{RECORD, agree, out_of, sentence_case};

/// Says which cohorts are audited, planned, not audited or unknown, and in which service.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("Who audits which records");
    if figures.coverage.is_empty() {
        document.paragraph(if has_case_list(figures) {
            format!(
                "No record is open{} on the case list, so there is none to audit, of disabled \
                 children placed out of area or of any others.",
                here(figures)
            )
        } else {
            "There is no case list yet, so it is not known who audits which records, of disabled \
             children placed out of area or of any others."
                .to_owned()
        });
        return;
    }
    document.paragraph(cohorts::disabled_placed_out(figures));
    if let Some(unplaced) = service_not_known(&figures.coverage) {
        document.paragraph(unplaced);
    }
    document.paragraph(claims::in_short(figures));
}

/// The annex: every cohort, the same records by service, and every claim.
pub fn every(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex("Annex: who audits which records");
    if figures.coverage.is_empty() {
        document.paragraph(format!("No record is open{}, so none is listed.", here(figures)));
        return;
    }
    document.paragraph(format!(
        "{} gives every cohort, that is every group of children whose records are counted \
         together. A record stands in one cohort only: the first in the table that fits.",
        document.next_table()
    ));
    document.table("Audits done and planned, by cohort", table_by_cohort(&figures.coverage));
    document.paragraph(format!(
        "{} gives the same records by service and cohort. A cohort with no open record in a \
         service has no row there.",
        document.next_table()
    ));
    document.table("Audits done and planned, by service and cohort", table_by_service(figures));
    claims::say(document, figures);
}

fn service_not_known(cells: &[CoverageCell]) -> Option<String> {
    let open: u32 = cells.iter().map(|cell| cell.open).sum();
    let lost: u32 = cells.iter().filter(|cell| cell.service.is_none()).map(|cell| cell.open).sum();
    (lost > 0).then(|| {
        format!(
            "{} {} held by a team that belongs to no service known here, or by no team.",
            sentence_case(&out_of(lost.into(), open.into(), &RECORD)),
            agree(lost.into(), "is", "are")
        )
    })
}

/// Every cohort, and all of them.
pub fn table_by_cohort(cells: &[CoverageCell]) -> Grid {
    let columns = std::iter::once(Column::text("Cohort"))
        .chain(
            ["Open", "Audited, of open", "Planned", "Not audited", "Unknown"].map(Column::number),
        )
        .chain(std::iter::once(Column::text("State")));
    let lines = by_cohort(cells);
    let grid = lines.iter().fold(Grid::new(columns), |grid, line| {
        grid.row(cohort_cells(line.cohort.words(), line, cohorts::state(line)))
    });
    let all = lines.into_iter().reduce(|sum, line| CohortLine {
        open: sum.open + line.open,
        audited: sum.audited + line.audited,
        planned: sum.planned + line.planned,
        unknown: sum.unknown + line.unknown,
        not_audited: sum.not_audited + line.not_audited,
        ..sum
    });
    match all {
        Some(all) => grid.total(cohort_cells("All cohorts", &all, "As above")),
        None => grid,
    }
    .note(
        "Audited: the record was audited in this quarter or the three before it. Planned: an \
         audit is assigned in this quarter and not yet submitted. Not audited: records in a \
         service that has neither audited nor planned any of this cohort. Unknown: records for \
         which it is not known who should. A record can stand in none of these columns, because \
         others of its cohort were audited in its service, so they do not add up to those open.",
    )
}

fn cohort_cells(heading: &str, line: &CohortLine, state: &str) -> [Cell; 7] {
    [
        heading.into(),
        line.open.into(),
        Cell::share(line.audited.into(), line.open.into()),
        line.planned.into(),
        line.not_audited.into(),
        line.unknown.into(),
        state.into(),
    ]
}

/// Every cohort of every service.
pub fn table_by_service(figures: &QuarterFigures) -> Grid {
    let cells = figures.coverage.as_slice();
    let columns = [
        Column::text("Service"),
        Column::text("Cohort"),
        Column::number("Open"),
        Column::number("Audited, of open"),
        Column::number("Planned"),
        Column::text("State"),
    ];
    by_stratum(cells).iter().fold(Grid::new(columns), |grid, cell| {
        grid.row([
            Cell::text(&cell.service_name),
            cell.cohort.words().into(),
            cell.open.into(),
            Cell::share(cell.audited.into(), cell.open.into()),
            cell.planned.into(),
            cell.state().words().into(),
        ])
    })
}
