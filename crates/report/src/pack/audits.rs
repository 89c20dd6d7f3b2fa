//! What was looked at and found, quarter by quarter, and how far it can be believed.

use std::collections::BTreeMap;

use quarterlight_domain::figures::{QuarterFigures, ServiceSample, Tally};
use quarterlight_domain::grade::Grade;
use quarterlight_domain::standard::StandardKind;
use quarterlight_domain::statistics::agreement::{Agreement, Pair};

use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{JUDGEMENT, part_of};

/// Open, drawn and audited in each quarter, and who audited.
pub fn looked_at(document: &mut DocumentBuilder, quarters: &[QuarterFigures]) {
    document.section("What was looked at");
    document.paragraph(format!(
        "{} gives for each quarter the records that were open when the sample was drawn, those \
         drawn, those audited, and those whose auditor came from outside the service.",
        document.next_table()
    ));
    let columns = [
        Column::text("Quarter"),
        Column::number("Open"),
        Column::number("Drawn, of open"),
        Column::number("Audited, of drawn"),
        Column::number("Auditor from outside, of drawn"),
        Column::text("Framework"),
    ];
    let grid = quarters.iter().fold(Grid::new(columns), |grid, figures| {
        let sum = |count: fn(&ServiceSample) -> u32| figures.samples.iter().map(count).sum::<u32>();
        let (open, drawn) = (sum(|it| it.open), sum(|it| it.drawn));
        let of_drawn = |count: u32| Cell::share(count.into(), drawn.into());
        grid.row([
            Cell::text(figures.quarter.words()),
            open.into(),
            Cell::share(drawn.into(), open.into()),
            of_drawn(sum(|it| it.submitted)),
            of_drawn(sum(|it| it.from_outside)),
            Cell::text(&figures.edition),
        ])
    });
    document.table("Records open, drawn and audited, by quarter", grid);
}

/// Results by quarter, and every standard over the whole period.
pub fn found(document: &mut DocumentBuilder, quarters: &[QuarterFigures]) {
    document.section("What was found");
    document.paragraph(format!(
        "{} gives for each quarter how far standards were met and which grades were given. A \
         difference between quarters is not by itself a change: other records were drawn each \
         time, and each quarter’s report says what is more than chance.",
        document.next_table()
    ));
    document.table("Standards met and grades given, by quarter", by_quarter(quarters));
    document.paragraph(format!(
        "{} gives every standard over the whole period, under the codes of the latest edition.",
        document.next_table()
    ));
    document.table("Every standard over the whole period", by_standard(quarters));
}

fn by_quarter(quarters: &[QuarterFigures]) -> Grid {
    let columns = [
        Column::text("Quarter"),
        Column::number("Compliance met"),
        Column::number("Quality met"),
        Column::number("Critical not met"),
    ]
    .into_iter()
    .chain(Grade::ALL.map(|grade| Column::number(grade.words())));
    quarters.iter().fold(Grid::new(columns), |grid, figures| {
        let met = |kind| share(figures.tally_of(kind));
        let critical = figures.critical_tally();
        let given: u32 = figures.grades.iter().map(|(_, times)| times).sum();
        let grades = Grade::ALL.map(|grade| {
            let times = figures.grades.iter().find(|(each, _)| *each == grade);
            Cell::share(times.map_or(0, |(_, times)| (*times).into()), given.into())
        });
        let first = [
            Cell::text(figures.quarter.words()),
            met(StandardKind::Compliance),
            met(StandardKind::Quality),
            Cell::share(critical.not_met.into(), critical.result().of.into()),
        ];
        grid.row(first.into_iter().chain(grades))
    })
}

fn share(tally: Tally) -> Cell {
    let result = tally.result();
    Cell::share(result.count.into(), result.of.into())
}

fn by_standard(quarters: &[QuarterFigures]) -> Grid {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for section in quarters.iter().flat_map(|it| &it.sections) {
        for standard in &section.standards {
            let sum = tallies.entry(&standard.code).or_default();
            *sum = sum.plus(standard.tally);
        }
    }
    let columns = [
        Column::text("Standard"),
        Column::text("Kind"),
        Column::number("Met of counted"),
        Column::number("Not met, of counted"),
    ];
    let latest = quarters.last().into_iter().flat_map(|it| &it.sections);
    latest.flat_map(|it| &it.standards).fold(Grid::new(columns), |grid, standard| {
        let tally = tallies.get(standard.code.as_str()).copied().unwrap_or_default();
        let critical = if standard.critical { " (critical)" } else { "" };
        grid.row([
            Cell::text(format!("{} {}{critical}", standard.code, standard.wording)),
            Cell::text(standard.kind.words()),
            share(tally),
            Cell::share(tally.not_met.into(), tally.result().of.into()),
        ])
    })
}

/// Second readings by quarter, and how far the two readings agree over the whole period.
pub fn believed(document: &mut DocumentBuilder, quarters: &[QuarterFigures]) {
    document.section("How far grades can be believed");
    let pairs: Vec<Pair> =
        quarters.iter().flat_map(|it| &it.further.moderation.pairs).copied().collect();
    let agreement = Agreement::of(&pairs);
    let same = agreement.same;
    document.paragraph(if same.of == 0 {
        "No audit of the period was read a second time.".to_owned()
    } else {
        let ac1 = agreement.ac1.map_or_else(String::new, |ac1| {
            format!(" Gwet’s AC1, which takes chance into account, is {:.2}.", ac1.value)
        });
        format!(
            "Over the whole period auditor and second reader gave the same judgement in {}.{ac1} \
             {} gives each quarter.",
            part_of(same.count.into(), same.of.into(), &JUDGEMENT),
            document.next_table()
        )
    });
    if same.of == 0 {
        return;
    }
    let columns = [
        Column::text("Quarter"),
        Column::number("Read a second time, of audits"),
        Column::number("Returned"),
        Column::number("Grades changed"),
        Column::number("Judgements changed"),
        Column::number("Same judgement, of judged twice"),
    ];
    let grid = quarters.iter().fold(Grid::new(columns), |grid, figures| {
        let it = &figures.further.moderation;
        let same = Agreement::of(&it.pairs).same;
        grid.row([
            Cell::text(figures.quarter.words()),
            Cell::share(it.read.count.into(), it.read.of.into()),
            it.returned.into(),
            it.grades_changed.into(),
            it.judgements_changed.into(),
            Cell::share(same.count.into(), same.of.into()),
        ])
    });
    document.table("Second readings, by quarter", grid);
}
