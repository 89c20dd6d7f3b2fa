//! Which standards were met: by kind, by section, beside the quarter before, and by service.

use quarterlight_domain::figures::{QuarterFigures, Tally};
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::standard::StandardKind;

use super::{annexes, by_service, change, here, not_met, standards};
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{JUDGEMENT, count, part_of};

/// The two kinds, which are never added up together: a record can be complete and still be poor.
pub const KINDS: [StandardKind; 2] = [StandardKind::Compliance, StandardKind::Quality];

/// Says what was found, from the whole to the single standard.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("What we found");
    let all = figures.tally();
    let judgements = judgements(all);
    if judgements == 0 {
        document.paragraph(format!(
            "No judgements have been submitted{} for this quarter, so nothing has been found yet.",
            here(figures)
        ));
        return;
    }
    document.paragraph(format!(
        "The submitted audits hold {}. {} gives them for compliance and for quality, whose results \
         are never added together. {} gives each section and each standard.",
        count(judgements, &JUDGEMENT),
        document.next_table(),
        annexes::STANDARDS
    ));
    document.table("Judgements, by kind of standard", by_kind(figures));
    document.paragraph(format!(
        "{} {}",
        not_met::critical(figures),
        could_tell(all.cannot_tell.into(), judgements)
    ));
    change::say(document, figures);
    by_service::say(document, figures);
}

fn could_tell(could_not: u64, judgements: u64) -> String {
    if could_not == 0 {
        return format!(
            "The record let the auditor tell in {}.",
            part_of(judgements, judgements, &JUDGEMENT)
        );
    }
    format!("The auditor could not tell in {}.", part_of(could_not, judgements, &JUDGEMENT))
}

/// The five judgements as headings.
pub fn headings() -> impl Iterator<Item = Column> {
    Judgement::ALL.into_iter().map(|judgement| Column::number(judgement.words()))
}

/// How often each judgement was given, in the order of the headings, and the result.
pub fn cells(tally: Tally) -> [Cell; 6] {
    let result = tally.result();
    [
        tally.met.into(),
        tally.partly_met.into(),
        tally.not_met.into(),
        tally.not_applicable.into(),
        tally.cannot_tell.into(),
        Cell::share(result.count.into(), result.of.into()),
    ]
}

/// Every judgement of a tally, counted in the result or not.
pub fn judgements(tally: Tally) -> u64 {
    let counts =
        [tally.met, tally.partly_met, tally.not_met, tally.not_applicable, tally.cannot_tell];
    counts.into_iter().map(u64::from).sum()
}

fn by_kind(figures: &QuarterFigures) -> Grid {
    let columns = std::iter::once(Column::text("Kind of standard"))
        .chain(headings())
        .chain(std::iter::once(Column::number("Met of counted")));
    KINDS
        .into_iter()
        .fold(Grid::new(columns), |grid, kind| {
            grid.row(std::iter::once(kind.words().into()).chain(cells(figures.tally_of(kind))))
        })
        .note("Counted are met, partly met and not met.")
}

/// Each section's compliance and quality.
pub fn by_section(figures: &QuarterFigures) -> Grid {
    let columns =
        [Column::text("Section"), Column::number("Compliance"), Column::number("Quality")];
    figures.sections.iter().fold(Grid::new(columns), |grid, section| {
        let [compliance, quality] = KINDS.map(|kind| {
            let result = section.tally_of(kind).result();
            Cell::share(result.count.into(), result.of.into())
        });
        grid.row([standards::name(section).into(), compliance, quality])
    })
}
