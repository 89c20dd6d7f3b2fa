//! Which standards were not met in which service.

use std::collections::BTreeMap;

use quarterlight_domain::figures::{QuarterFigures, ServiceResult};

use super::annexes;
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};

/// Each service in one line: how many standards were not met there at least once, and which most.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let services = services(figures);
    if services.is_empty() {
        return;
    }
    document.paragraph(format!(
        "{} gives for each service how many standards were not met in at least one record, and \
         the standard that was not met in most. {} gives every one of them.",
        document.next_table(),
        annexes::BY_SERVICE
    ));
    let columns = [
        Column::text("Service"),
        Column::number("Not met, of standards"),
        Column::text("Not met in most records"),
    ];
    let grid = services.iter().fold(Grid::new(columns), |grid, (service, results)| {
        let counted = results.iter().filter(|it| it.tally.result().of > 0).count() as u64;
        let not_met = not_met(results);
        let most = not_met.first().map(|most| most.tally.not_met).unwrap_or_default();
        let shown: Vec<String> = not_met
            .iter()
            .take_while(|it| it.tally.not_met == most)
            .take(NAMED)
            .map(|it| format!("{} ({} of {})", named(figures, it), most, it.tally.result().of))
            .collect();
        let ties = not_met.iter().filter(|it| it.tally.not_met == most).count();
        let others = ties.saturating_sub(NAMED);
        let words = match (shown.is_empty(), others) {
            (true, _) => "None".to_owned(),
            (false, 0) => shown.join("; "),
            (false, others) => format!("{}; and {others} more as often", shown.join("; ")),
        };
        grid.row([
            Cell::text(*service),
            Cell::share(not_met.len() as u64, counted),
            Cell::text(words),
        ])
    });
    document.table("Standards not met, by service", grid);
}

/// How many standards one line names where several share the place.
const NAMED: usize = 2;

/// The annex: every standard that was not met in each service.
pub fn every(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex("Annex: standards not met, by service");
    let mut grid = Grid::new([
        Column::text("Service"),
        Column::text("Standard"),
        Column::number("Not met, of counted"),
    ]);
    for (service, results) in services(figures) {
        for it in not_met(&results) {
            let of = it.tally.result().of;
            grid = grid.row([
                Cell::text(service),
                Cell::text(named(figures, it)),
                Cell::share(it.tally.not_met.into(), of.into()),
            ]);
        }
    }
    if grid.rows.is_empty() {
        document.paragraph("No standard was judged not met.");
        return;
    }
    document.paragraph(format!(
        "{} gives every standard that was not met in at least one record of a service, those that \
         were not met in most records first.",
        document.next_table()
    ));
    document.table("Standards not met in each service", grid);
}

fn services(figures: &QuarterFigures) -> BTreeMap<&str, Vec<&ServiceResult>> {
    let mut services: BTreeMap<&str, Vec<&ServiceResult>> = BTreeMap::new();
    for result in &figures.further.by_service {
        services.entry(&result.service).or_default().push(result);
    }
    services
}

/// Those not met at least once, the most often first; of equals, in the order of the framework.
fn not_met<'a>(results: &[&'a ServiceResult]) -> Vec<&'a ServiceResult> {
    let mut those: Vec<&ServiceResult> =
        results.iter().copied().filter(|it| it.tally.not_met > 0).collect();
    those.sort_by_key(|it| std::cmp::Reverse(it.tally.not_met));
    those
}

fn named(figures: &QuarterFigures, result: &ServiceResult) -> String {
    let standards = figures.sections.iter().flat_map(|section| &section.standards);
    let standard = standards.into_iter().find(|it| it.code == result.code);
    standard.map_or_else(|| result.code.clone(), |it| format!("{} {}", it.code, it.wording))
}
