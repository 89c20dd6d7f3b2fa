//! Indicators, filing and second readings in public, and what reports of other quarters give away.

use quarterlight_disclosure::attack::MicroLp;
use quarterlight_disclosure::{Past, Rule};
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::{QuarterFigures, Share, Tally};
use quarterlight_domain::indicator::measure::{Holding, Measure};
use quarterlight_domain::indicator::series::Series;
use quarterlight_domain::indicator::tally::Counted;
use quarterlight_domain::need::Need;
use quarterlight_domain::release::about::About;
use quarterlight_report::document::{Block, Document};
use quarterlight_report::part_one::{Public, beside};
use quarterlight_report::plain;
use quarterlight_report::table::Cell;

use super::quarters::crowded;
use super::series::counted;

fn public(figures: &QuarterFigures, earlier: &[(About, Past)]) -> Public {
    beside(figures, Rule::default(), &MicroLp, earlier).unwrap()
}

fn text(figures: &QuarterFigures, earlier: &[(About, Past)]) -> String {
    plain::text(&public(figures, earlier).document)
}

/// The crowded quarter with one indicator of the child protection records that newly qualified
/// workers hold, or of those of another need with the same counts.
fn held(need: Need) -> QuarterFigures {
    let mut figures = crowded();
    let line = figures.allocation.iter().find(|it| it.need == Need::ChildProtection).unwrap();
    let (count, untold) =
        (line.held_by(Experience::NewlyQualified), line.held_by(Experience::Unknown));
    let mut series = counted("newly", 1, None);
    series.held.indicator.measure =
        Measure::Held(Some(need), Holding::By(Experience::NewlyQualified));
    let value = Counted { count, of: line.all() - untold, untold };
    series.points[0].quarter = figures.quarter;
    series.points[0].by_service = [(None, value)].into();
    figures.indicators = vec![series];
    figures
}

#[test]
fn an_indicator_does_not_undo_what_another_table_hides() {
    // Of the child protection records the chart hides those held by newly qualified workers, 12, so
    // that the 2 held by somebody of unknown experience cannot be worked out.
    let said = text(&held(Need::ChildProtection), &[]);
    assert!(!said.contains("12 of 107"), "{said}");
    // Control: the same counts of records that stand in no other table may be shown.
    let said = text(&held(Need::InCare), &[]);
    assert!(said.contains("12 of 107 (11%)"), "{said}");
}

#[test]
fn no_share_of_a_public_table_shows_a_small_number_of_either_kind() {
    let tables = |document: &Document| -> Vec<Cell> {
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Figure(figure) => Some(&figure.table),
            _ => None,
        });
        tables.flat_map(|it| &it.grid.rows).flat_map(|row| row.cells.clone()).collect()
    };
    let small = |cells: &[Cell]| {
        let is_small = |cell: &&Cell| match cell {
            Cell::Share { count, of } => (1..=5).contains(count) || (1..=5).contains(&(of - count)),
            _ => false,
        };
        cells.iter().filter(is_small).count()
    };
    let mut figures = crowded();
    let shares = tables(&public(&figures, &[]).document);
    assert!(shares.iter().any(|cell| matches!(cell, Cell::Share { .. })), "some are shown");
    assert_eq!(small(&shares), 0);
    // All but three: the three that are not counted can be known from the share, so it is hidden.
    figures.indicators[0].points.last_mut().unwrap().by_service =
        [(None, Counted { count: 97, of: 100, untold: 0 })].into();
    let document = public(&figures, &[]).document;
    assert_eq!(small(&tables(&document)), 0);
    assert!(!plain::text(&document).contains("97 of 100"));
}

#[test]
fn filing_and_moderation_are_said_of_the_authority() {
    let mut figures = crowded();
    let said = text(&figures, &[]);
    for words in [
        "Checks of 14 records looked at 120 items.",
        "Entered late, where it is known when: 22 of 80 items (28%).",
        "Read a second time: 7 of 27 audits (26%).",
        "Paper beside the electronic record, by service",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // Of a few audits nothing is said: whoever audited them could be told.
    figures.further.moderation.read = Share::new(3, 27);
    let said = text(&figures, &[]);
    assert!(said.contains("How far two readers agree is not shown here."), "{said}");
    assert!(!said.contains("Read a second time: 3"), "{said}");
}

/// An indicator that misses its target, so that its chart is drawn, counted up to this quarter.
fn short(until: Quarter, count: u32) -> Series {
    let mut series = counted("short", 2, Some(95));
    for (point, quarter) in series.points.iter_mut().zip([until.before(), until]) {
        point.quarter = quarter;
        point.by_service = [(None, Counted { count, of: 60, untold: 0 })].into();
    }
    series
}

#[test]
fn an_earlier_quarter_is_told_as_its_own_report_told_it() {
    let now = crowded();
    let before = QuarterFigures {
        quarter: now.quarter.before(),
        indicators: vec![short(now.quarter.before(), 40)],
        ..crowded()
    };
    let past = public(&before, &[]).past;
    // Counted today, that quarter would have one more.
    let now = QuarterFigures { indicators: vec![short(now.quarter, 41)], ..now };
    let figure = |earlier: &[(About, Past)]| {
        let said = text(&now, earlier);
        said.split("The figures in Figure 2")
            .nth(1)
            .unwrap()
            .split("\n\n")
            .next()
            .unwrap()
            .to_owned()
    };
    let of_before = before.quarter.words();
    let line = |table: &str| {
        table.lines().find(|it| it.starts_with(&of_before)).unwrap_or_default().to_owned()
    };
    let told = line(&figure(&[(before.quarter.into(), past)]));
    assert!(told.contains("40 of 60"), "{told}");
    // Control: where nothing is public of it, it is counted today.
    let told = line(&figure(&[]));
    assert!(told.contains("41 of 60"), "{told}");
    // What was public then and not shown is not shown now.
    let silent = Past::read("cell\thidden\t3\tanother figure").unwrap();
    let told = line(&figure(&[(before.quarter.into(), silent)]));
    assert!(told.contains("[c]"), "{told}");
}

/// A report of another quarter that hid how many records were open on this day, because that is 884
/// and a few more.
fn hid(day: &str) -> (About, Past) {
    let text = format!(
        "cell\thidden\t887\t“Over time”, records open on {day}\n\
         cell\tshown\t884\tTable 1, row 1\ncell\thidden\t3\tTable 1, row 2\nsum\t0\t1\t2"
    );
    (Quarter::new(2025, 2).unwrap().into(), Past::read(&text).unwrap())
}

#[test]
fn what_a_report_of_another_quarter_hides_is_not_undone_by_this_one() {
    let said = text(&crowded(), &[hid("2025-05-01")]);
    assert!(!said.contains("887 records"), "{said}");
    assert!(said.contains("How many records were open is not shown here."), "{said}");
    assert!(said.contains("was attacked together with this report"), "{said}");
    // Control: a day of which this report does not speak.
    let said = text(&crowded(), &[hid("2025-05-02")]);
    assert!(said.contains("887 records on 1 May 2025"), "{said}");
    assert!(!said.contains("was attacked together with this report"), "{said}");
}

#[test]
fn records_of_a_need_beside_their_cohort_do_not_show_the_few_in_another() {
    // 112 child protection records, of which 109 stand in the cohort of that name: 3 are disabled
    // or unaccompanied children's.
    let mut figures = crowded();
    let line = figures.allocation.iter_mut().find(|it| it.need == Need::ChildProtection).unwrap();
    line.held = [12, 31, 69, 0];
    let said = text(&figures, &[]);
    let total = said.contains("| 112") || said.contains("of the 112 records");
    let cohort = said.lines().find(|it| it.starts_with("Children on protection plans")).unwrap();
    assert!(!(total && cohort.contains("109")), "{said}");
}

/// All services of a quarter in which five audits were submitted, as the report of a quarter under
/// way has it.
fn five_audits() -> QuarterFigures {
    let mut figures = crowded();
    for sample in &mut figures.samples {
        sample.submitted = 0;
        sample.from_outside = 0;
    }
    for (sample, submitted) in figures.samples.iter_mut().zip([2, 2, 1]) {
        sample.submitted = submitted;
    }
    for ((_, times), now) in figures.grades.iter_mut().zip([1, 2, 2, 0]) {
        *times = now;
    }
    for standard in figures.sections.iter_mut().flat_map(|it| &mut it.standards) {
        let asked = standard.tally.result().of.min(5);
        standard.tally = Tally { met: asked - asked / 3, not_met: asked / 3, ..Tally::default() };
    }
    figures
}

#[test]
fn a_quarter_of_few_audits_can_be_made_public() {
    let document = public(&five_audits(), &[]).document;
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cells: Vec<&Cell> =
        tables.flat_map(|table| &table.grid.rows).flat_map(|row| &row.cells).collect();
    let shown = cells.iter().filter_map(|cell| match cell {
        Cell::Count(count) | Cell::Share { count, .. } => Some(*count),
        _ => None,
    });
    let shown: Vec<u64> = shown.collect();
    assert!(shown.iter().all(|count| *count == 0 || *count > 5), "{shown:?}");
    // It does not hide everything, as the widest way out would.
    assert!(shown.iter().filter(|count| **count > 5).count() >= 10, "{shown:?}");
}
