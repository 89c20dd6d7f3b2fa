//! The quarterly report as a councillor reads it, and whether its figures add up.

use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::by_cohort;
use quarterlight_domain::figures::{ActionCounts, QuarterFigures, Tally};
use quarterlight_report::document::{Block, Document, Note, Table};
use quarterlight_report::plain;
use quarterlight_report::quarterly::{MARKING, quarterly};
use quarterlight_report::table::Cell;

use super::quarters::{crowded, empty, kind, ordinary};

fn report(figures: &QuarterFigures) -> Document {
    quarterly(figures).unwrap()
}

fn golden(name: &str, figures: &QuarterFigures) {
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, plain::text(&report(figures)));
    });
}

#[test]
fn a_crowded_quarter_reads_as_it_should() {
    golden("quarterly-crowded", &crowded());
}

#[test]
fn an_ordinary_service_reads_as_it_should() {
    golden("quarterly-ordinary", &ordinary());
}

#[test]
fn an_empty_quarter_gives_a_short_honest_report() {
    golden("quarterly-empty", &empty());
}

#[test]
fn every_report_has_the_same_sections_in_the_same_order() {
    let sections = |figures: &QuarterFigures| -> Vec<String> {
        let text = |block| match block {
            Block::Heading { level: 1, text, .. } => Some(text),
            _ => None,
        };
        report(figures).blocks.into_iter().filter_map(text).collect()
    };
    assert_eq!(
        sections(&crowded()),
        [
            "Purpose and what this report says in short",
            "What we looked at",
            "What we found",
            "Key issues and strengths",
            "How issues are being addressed",
            "Who audits which records",
            "Records and filing",
            "Indicators",
            "Who holds which records",
            "Service trend",
            "Moderation",
            "Matters arising",
            "Annex: grades and standards, one by one",
            "Annex: how the records were drawn",
            "Annex: standards not met, by service",
            "Annex: who audits which records",
            "Annex: records and filing, by service",
            "Annex: themes, strengths and key issues",
            "Annex: the indicators one by one",
            "Annex: caseloads, records and staff",
            "Annex: committee items and replies",
            "Definitions",
        ]
    );
    assert_eq!(sections(&ordinary()), sections(&crowded()));
    assert_eq!(sections(&empty()), sections(&crowded()));
}

#[test]
fn what_is_said_to_stand_in_an_annex_stands_there() {
    let document = report(&crowded());
    let tables = |annex: &str| -> Vec<String> {
        let opens = |block: &&Block| matches!(block, Block::Heading { level: 1, number: Some(number), .. } if number == annex);
        let blocks = document.blocks.iter().skip_while(|block| !opens(block)).skip(1);
        let own = blocks.take_while(|block| !matches!(block, Block::Heading { level: 1, .. }));
        own.filter_map(table).map(|table| table.caption.clone()).collect()
    };
    let text = plain::text(&document);
    for (said, annex, caption) in [
        ("Annex A gives each section", "A", "Standards met of those counted, by section"),
        ("Annex B gives what one needs to draw", "B", "What the draw was made with"),
        ("Annex C gives every one of them", "C", "Standards not met in each service"),
        ("Annex D gives every cohort", "D", "Audits done and planned, by cohort"),
        ("Annex E gives each service", "E", "Paper beside the electronic record, by service"),
        ("Annex F has every theme", "F", "Themes of findings and of strengths"),
        ("Annex G gives each, draws", "G", "The indicators of the quarter"),
        ("Annex I has every item", "I", "Replies to the committee"),
    ] {
        assert!(text.contains(said), "{said}");
        assert!(tables(annex).iter().any(|it| it == caption), "{annex}: {:?}", tables(annex));
    }
}

#[test]
fn every_report_is_marked_as_private_and_says_why() {
    for figures in [crowded(), ordinary(), empty()] {
        let document = report(&figures);
        assert_eq!(document.cover.marking, MARKING);
        let says_why = |block: &Block| matches!(block, Block::Note(Note::Caveat { text }) if text.contains("can show who a child is"));
        assert!(document.blocks.iter().any(says_why));
    }
}

/// Every table, those of figures included.
fn tables(document: &Document) -> Vec<&Table> {
    document.blocks.iter().filter_map(table).collect()
}

fn table(block: &Block) -> Option<&Table> {
    match block {
        Block::Table(table) => Some(table),
        Block::Figure(figure) => Some(&figure.table),
        _ => None,
    }
}

/// A cell as a number; the count of a share.
fn number(cell: &Cell) -> Option<u64> {
    match cell {
        Cell::Count(count) | Cell::Share { count, .. } => Some(*count),
        Cell::OutOf { .. } | Cell::Text(_) | Cell::Withheld => None,
    }
}

/// What is wrong with the sums of a report, in words; nothing when it all adds up.
fn wrong_sums(document: &Document) -> Vec<String> {
    let mut wrong = Vec::new();
    for table in tables(document) {
        wrong.extend(wrong_totals(table));
        let headings: Vec<&str> =
            table.grid.columns.iter().map(|column| column.heading.as_str()).collect();
        for row in &table.grid.rows {
            let at = |heading: &str| {
                headings.iter().position(|each| *each == heading).map(|place| &row.cells[place])
            };
            let sum = |parts: &[&str]| -> Option<u64> {
                parts.iter().map(|part| at(part).and_then(number)).sum()
            };
            let said = format!("{}: {}", table.label(), row.cells[0].words());
            let counted = sum(&["Met", "Partly met", "Not met"]);
            if let (Some(counted), Some(Cell::Share { count, of })) =
                (counted, at("Met of counted"))
                && (counted != *of || at("Met").and_then(number) != Some(*count))
            {
                wrong.push(format!("{said}: the result is not met of counted"));
            }
            let parts = [
                "Open, not due",
                "Overdue",
                "Addressed, not yet verified",
                "Verified, of findings",
            ];
            let closed = at("Nothing to be done").and_then(number).unwrap_or(0);
            if let Some(findings) = at("Findings").and_then(number)
                && sum(&parts).map(|sum| sum + closed) != Some(findings)
            {
                wrong.push(format!("{said}: not every finding is in one state"));
            }
            if headings.last() == Some(&"Total") {
                let cells: Vec<u64> = row.cells.iter().filter_map(number).collect();
                let (total, parts) = cells.split_last().unwrap();
                if parts.iter().sum::<u64>() != *total {
                    wrong.push(format!("{said}: the parts are not the total"));
                }
            }
            for cell in &row.cells {
                if matches!(cell, Cell::Share { count, of } if count > of) {
                    wrong.push(format!("{said}: more than there are"));
                }
            }
        }
    }
    wrong
}

/// Every last row holds the sums of the rows above it, back to the last row before it.
fn wrong_totals(table: &Table) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut sums = vec![(0, 0); table.grid.columns.len()];
    for row in &table.grid.rows {
        for (sum, cell) in sums.iter_mut().zip(&row.cells) {
            let of = if let Cell::Share { of, .. } = cell { *of } else { 0 };
            let count = number(cell).unwrap_or(0);
            if row.is_total {
                // The last row of the grades counts the audits; the rows above share them out.
                let differs = sum.0 != count || (of > 0 && sum.1 != of);
                if differs {
                    wrong.push(format!("{}: {}", table.label(), row.cells[0].words()));
                }
                *sum = (0, 0);
            } else {
                *sum = (sum.0 + count, sum.1 + of);
            }
        }
    }
    wrong
}

#[test]
fn every_table_adds_up() {
    for figures in [crowded(), ordinary(), empty()] {
        assert_eq!(wrong_sums(&report(&figures)), Vec::<String>::new());
    }
}

#[test]
fn a_count_that_is_changed_by_one_is_seen() {
    let document = report(&crowded());
    let mut changed = 0;
    for (place, block) in document.blocks.iter().enumerate() {
        let Block::Table(table) = block else { continue };
        // Only a table with a last row can be checked column by column.
        if !table.grid.rows.iter().any(|row| row.is_total) {
            continue;
        }
        for (x, y) in (0..table.grid.rows.len())
            .flat_map(|y| (1..table.grid.columns.len()).map(move |x| (x, y)))
        {
            let mut spoiled = document.clone();
            let Block::Table(table) = &mut spoiled.blocks[place] else { unreachable!() };
            let (Cell::Count(count) | Cell::Share { count, .. }) = &mut table.grid.rows[y].cells[x]
            else {
                continue;
            };
            *count += 1;
            assert_ne!(wrong_sums(&spoiled), Vec::<String>::new(), "{place} {x} {y}");
            changed += 1;
        }
    }
    assert!(changed > 100, "only {changed} cells were changed");
}

#[test]
fn the_judgements_of_every_standard_are_all_there() {
    let figures = crowded();
    let document = report(&figures);
    let tables = tables(&document);
    for standard in figures.sections.iter().flat_map(|section| &section.standards) {
        let heading = format!("{} {}", standard.code, standard.wording);
        let row = tables
            .iter()
            .flat_map(|table| &table.grid.rows)
            .find(|row| row.cells[0].words().starts_with(&heading))
            .unwrap();
        let tally = standard.tally;
        let parts =
            [tally.met, tally.partly_met, tally.not_met, tally.not_applicable, tally.cannot_tell];
        let printed: u64 = row.cells[1..6].iter().filter_map(number).sum();
        assert_eq!(printed, parts.into_iter().map(u64::from).sum::<u64>());
        assert_eq!(row.cells[0].words().contains("(critical)"), standard.critical);
        assert_eq!(
            row.cells[0].words().ends_with("not asked of any record in this sample"),
            printed == 0
        );
    }
}

#[test]
fn the_cohorts_are_the_sums_of_their_cells() {
    let figures = crowded();
    let document = report(&figures);
    let find = |caption: &str| {
        *tables(&document).iter().find(|table| table.caption.ends_with(caption)).unwrap()
    };
    let (cohorts, cells) = (find("planned, by cohort"), find("by service and cohort"));
    for cohort in Cohort::ALL {
        let row =
            cohorts.grid.rows.iter().find(|row| row.cells[0].words() == cohort.words()).unwrap();
        for (of_cohort, of_cell) in [(1, 2), (2, 3), (3, 4)] {
            let sum: u64 = cells
                .grid
                .rows
                .iter()
                .filter(|row| row.cells[1].words() == cohort.words())
                .filter_map(|row| number(&row.cells[of_cell]))
                .sum();
            assert_eq!(number(&row.cells[of_cohort]), Some(sum), "{}", cohort.words());
        }
    }
    assert_eq!(cohorts.grid.rows[0].cells[0].words(), "Disabled children placed out of area");
    assert_eq!(cohorts.grid.rows.len(), by_cohort(&figures.coverage).len() + 1);
}

/// What the section on coverage says first of the disabled children placed out of area.
fn plainly(cells: &[(bool, u32, u32, u32)]) -> String {
    let mut figures = ordinary();
    figures.coverage = cells
        .iter()
        .zip(1..)
        .map(|((known, open, audited, planned), id)| quarterlight_domain::coverage::Cell {
            service: known.then_some(quarterlight_domain::id::PlaceId(id)),
            service_name: "Disability Service".to_owned(),
            kind: kind(Cohort::DisabledPlacedOut),
            open: *open,
            audited: *audited,
            planned: *planned,
        })
        .collect();
    if cells.is_empty() {
        figures.coverage = crowded().coverage;
        figures.coverage.retain(|cell| cell.kind.cohort == Cohort::InCare);
    }
    let text = plain::text(&report(&figures));
    let about = " Disabled children placed out of area: ";
    text.lines().filter_map(|line| line.split_once(about)).next_back().unwrap().1.to_owned()
}

#[test]
fn the_question_who_audits_these_has_a_plain_answer() {
    let said: Vec<String> = [
        &[][..],
        &[(true, 14, 0, 0)],
        &[(true, 1, 0, 0)],
        &[(true, 14, 0, 0), (true, 6, 6, 0)],
        &[(false, 14, 0, 0)],
        &[(false, 1, 0, 0), (true, 6, 1, 0)],
        &[(true, 14, 0, 2)],
        &[(true, 1, 0, 1)],
        &[(true, 14, 3, 1)],
        &[(true, 14, 14, 0)],
        &[(true, 1, 1, 0)],
    ]
    .map(plainly)
    .to_vec();
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("quarterly-who-audits-these", said.join("\n"));
    });
}

#[test]
fn sentences_are_true_of_none_of_one_and_of_all() {
    let mut figures = ordinary();
    for standard in figures.sections.iter_mut().flat_map(|section| &mut section.standards) {
        let tally = &mut standard.tally;
        tally.met += tally.not_met + tally.partly_met + tally.cannot_tell;
        (tally.not_met, tally.partly_met, tally.cannot_tell) = (0, 0, 0);
    }
    figures.samples[0].drawn = 1;
    figures.samples[0].submitted = 1;
    figures.samples[0].from_outside = 1;
    let text = plain::text(&report(&figures));
    for sentence in [
        "1 of 118 open records (1%) in this service was drawn for audit. It has been audited.",
        "No standard was judged not met.",
        "No critical standard was judged not met.",
        "1 of 1 drawn record had an auditor from outside",
        "they were met in all ",
    ] {
        assert!(text.contains(sentence), "{sentence}\n{text}");
    }
    figures.samples[0].submitted = 0;
    assert!(plain::text(&report(&figures)).contains("It has not been audited yet."));
    figures.samples[0].drawn = 3;
    assert!(
        plain::text(&report(&figures))
            .contains("None of the 3 drawn records have been audited yet.")
    );
}

#[test]
fn a_case_list_without_a_draw_is_not_called_no_case_list() {
    let mut figures = QuarterFigures { draw: None, ..crowded() };
    (figures.case_list, figures.before, figures.actions) = (None, Vec::new(), Vec::new());
    figures.sections = empty().sections;
    figures.grades = Vec::new();
    for sample in &mut figures.samples {
        (sample.drawn, sample.submitted, sample.from_outside) = (0, 0, 0);
    }
    let text = plain::text(&report(&figures));
    assert!(text.contains("No records have been drawn for audit in this quarter"), "{text}");
    assert!(text.contains("No draw has been made for this quarter."));
    assert!(!text.contains("There is no case list yet"));
    assert!(plain::text(&report(&empty())).contains("There is no case list yet"));
}

/// Every way in which a sentence of the report could come out wrong by its numbers.
const CLUMSY: [&str; 10] = [
    "not met in none",
    "tell in none",
    "for none of",
    "..",
    " ,",
    "  .",
    " 1 records",
    " 1 drawn records",
    "NaN",
    "of 0 ",
];

#[test]
fn sentences_hold_for_every_small_number() {
    let mut reports = vec![crowded(), ordinary(), empty()];
    for (drawn, submitted) in (0..=3_u32).flat_map(|drawn| (0..=drawn).map(move |n| (drawn, n))) {
        for outside in 0..=drawn {
            let mut figures = ordinary();
            figures.samples[0].drawn = drawn;
            figures.samples[0].submitted = submitted;
            figures.samples[0].from_outside = outside;
            for standard in figures.sections.iter_mut().flat_map(|section| &mut section.standards) {
                standard.tally = Tally { not_met: outside, met: submitted, ..Tally::default() };
            }
            figures.actions[0] = ActionCounts {
                findings: drawn,
                open: drawn - submitted,
                overdue: 0,
                addressed: 0,
                verified: submitted,
                ..figures.actions[0]
            };
            for line in &mut figures.allocation {
                line.held = [outside, 0, submitted, 0];
                line.unallocated = drawn;
            }
            reports.push(figures);
        }
    }
    for figures in reports {
        let text = plain::text(&report(&figures));
        for clumsy in CLUMSY {
            assert!(!text.contains(clumsy), "{clumsy}: {text}");
        }
        assert_eq!(wrong_sums(&report(&figures)), Vec::<String>::new());
    }
}
