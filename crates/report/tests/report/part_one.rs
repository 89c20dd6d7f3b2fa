//! The public report: what is hidden is in no door of it.

use std::collections::BTreeSet;

use quarterlight_disclosure::Rule;
use quarterlight_disclosure::attack::{AttackFault, MicroLp, Part, Solver, Way};
use quarterlight_domain::allocation::AllocationLine;
use quarterlight_domain::figures::{QuarterFigures, Share};
use quarterlight_domain::register::Stage;
use quarterlight_domain::staffing::trend::Open;
use quarterlight_report::document::{Block, Document};
use quarterlight_report::part_one::{MARKING, NotPublic, beside, hiding_up_to, part_one};
use quarterlight_report::quarterly::quarterly;
use quarterlight_report::table::Cell;
use quarterlight_report::{plain, svg};

use super::quarters::{crowded, empty, ordinary};

fn public(figures: &QuarterFigures) -> Document {
    part_one(figures, Rule::default(), &MicroLp).unwrap()
}

/// A council with one service.
fn small_council() -> QuarterFigures {
    QuarterFigures { service: None, ..ordinary() }
}

#[test]
fn the_council_sets_what_is_small_and_never_below_three() {
    let document = hiding_up_to(&crowded(), 9).unwrap();
    assert_eq!(small(&document, 9), Vec::<u64>::new());
    assert!(plain::text(&document).contains("any of at least 10 numbers"));
    assert!(matches!(hiding_up_to(&crowded(), 2), Err(NotPublic::Refused(_))));
}

#[test]
fn one_service_alone_is_not_made_public() {
    let not = part_one(&ordinary(), Rule::default(), &MicroLp).unwrap_err();
    assert!(not.to_string().contains("about all services"), "{not}");
}

#[test]
fn what_an_earlier_quarter_found_is_in_its_own_report_alone() {
    let text = plain::text(&public(&crowded()));
    let table = text.split("Findings and how they are being addressed\n").nth(1).unwrap();
    let table = table.split("\n\n").next().unwrap();
    assert!(
        table.contains("July to September 2026") && !table.contains("April to June"),
        "{table}"
    );
}

/// The titles of the numbered sections, in their order.
fn sections(document: &Document) -> Vec<&str> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level: 1, number: Some(number), text } => {
                number.parse::<u32>().is_ok().then_some(text.as_str())
            }
            _ => None,
        })
        .collect()
}

#[test]
fn a_section_has_the_same_number_in_both_parts() {
    for figures in [crowded(), small_council(), empty()] {
        let private = quarterly(&figures).unwrap();
        assert_eq!(sections(&public(&figures)), sections(&private));
    }
}

#[test]
fn it_opens_with_what_was_promised_and_names_nobody() {
    let figures = crowded();
    let item = figures.register.iter().find(|it| it.stage() == Stage::Open).unwrap();
    let (words, owner) = (item.words.words(), item.owner().1);
    let text = plain::text(&public(&figures));
    let opening = text.split("2 What we looked at").next().unwrap();
    assert!(opening.contains(words) && opening.contains("Overdue since 30 September 2026"));
    let asker = item.asked_by.as_deref().unwrap();
    assert!(!text.contains(owner) && !text.contains(asker), "{text}");
    let reply = figures.register.iter().find_map(|it| it.reply()).unwrap();
    assert!(!text.contains(reply.words.words()), "a reply may have numbers that are hidden here");

    // Words that name somebody stand in the minutes alone.
    let naming = QuarterFigures { register_naming: vec![item.id], ..figures.clone() };
    let text = plain::text(&public(&naming));
    assert!(!text.contains(words) && text.contains("in the minutes of the meeting alone"));
}

#[test]
fn both_parts_say_where_the_rest_is_of_many_promises() {
    let mut figures = crowded();
    let owed = figures.register.iter().find(|it| it.stage() == Stage::Open).unwrap().clone();
    figures.register.extend(std::iter::repeat_n(owed, 7));
    let opening = |document: &Document| {
        plain::text(document).split("2 What we looked at").next().unwrap().to_owned()
    };
    assert!(opening(&public(&figures)).contains("- 3 more, in section 12."));
    assert!(opening(&quarterly(&figures).unwrap()).contains("- 3 more, in Annex I."));
}

#[test]
fn a_small_number_of_open_records_is_not_said_of_the_trend() {
    let mut figures = crowded();
    let text = |figures: &QuarterFigures| plain::text(&public(figures));
    assert!(text(&figures).contains("There were 887 records on 1 May 2025"));
    let first = figures.staffing.trend.iter_mut().find(|row| row.open.is_some()).unwrap();
    first.open = Some(Open::exactly(4));
    assert!(!text(&figures).contains("There were 4 records"));
    assert!(text(&figures).contains("How many records were open is not shown here."));
}

fn golden(name: &str, figures: &QuarterFigures) {
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, plain::text(&public(figures)));
    });
}

#[test]
fn a_crowded_quarter_reads_as_it_should_in_public() {
    golden("part-one-crowded", &crowded());
}

#[test]
fn an_ordinary_service_reads_as_it_should_in_public() {
    golden("part-one-ordinary", &small_council());
}

#[test]
fn an_empty_quarter_can_be_made_public() {
    let document = public(&empty());
    assert_eq!(document.cover.marking, MARKING);
}

/// Every count in the tables of a document that is from 1 to this.
fn small(document: &Document, largest: u64) -> Vec<u64> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Figure(figure) => Some(&figure.table),
        _ => None,
    });
    let cells = tables.flat_map(|table| &table.grid.rows).flat_map(|row| &row.cells);
    cells
        .filter_map(|cell| match cell {
            Cell::Count(count) if (1..=largest).contains(count) => Some(*count),
            _ => None,
        })
        .collect()
}

#[test]
fn no_small_count_stands_in_a_public_table() {
    for figures in [crowded(), small_council()] {
        assert_eq!(small(&public(&figures), 5), Vec::<u64>::new());
    }
}

/// The figures of the crowded quarter, with each count replaced by one that occurs nowhere else:
/// those that were small stay so under a rule of up to 2,000, and the others are above it. What has
/// to add up adds up.
fn planted() -> (QuarterFigures, BTreeSet<u32>) {
    let mut figures = crowded();
    let mut next = 0_u32;
    let mut small = BTreeSet::new();
    let mut plant = |count: u32| {
        next += 1;
        match count {
            0 => 0,
            1..=5 => {
                let planted = 1_009 + 3 * next;
                small.insert(planted);
                planted
            }
            _ => 20_011 + 37 * next,
        }
    };
    for sample in &mut figures.samples {
        sample.submitted = plant(sample.submitted);
        sample.from_outside = plant(sample.from_outside);
        sample.drawn = sample.submitted.max(sample.from_outside) + 50_000;
        sample.open = sample.drawn + 50_000;
    }
    for (_, times) in &mut figures.grades {
        *times = plant(*times);
    }
    for standard in figures.sections.iter_mut().flat_map(|section| &mut section.standards) {
        let tally = &mut standard.tally;
        tally.met = plant(tally.met);
        tally.partly_met = plant(tally.partly_met);
        tally.not_met = plant(tally.not_met);
        tally.not_applicable = plant(tally.not_applicable);
        tally.cannot_tell = plant(tally.cannot_tell);
    }
    for line in &mut figures.actions {
        line.open = plant(line.open);
        line.overdue = plant(line.overdue);
        line.addressed = plant(line.addressed);
        line.verified = plant(line.verified);
        line.findings = line.open + line.overdue + line.addressed + line.verified;
    }
    for cell in &mut figures.coverage {
        cell.audited = plant(cell.audited);
        cell.planned = plant(cell.planned);
        cell.open = cell.audited.max(cell.planned) + 50_000;
    }
    for line in &mut figures.allocation {
        for held in &mut line.held {
            *held = plant(*held);
        }
        line.unallocated = plant(line.unallocated);
    }
    let filing = &mut figures.further.filing;
    for it in &mut filing.paper {
        it.no_paper = plant(it.no_paper);
        it.agreeing = plant(it.agreeing);
        it.differing = plant(it.differing);
        it.paper = it.agreeing + it.differing;
        it.records = it.paper + it.no_paper;
    }
    let items = &mut filing.items;
    items.missing = plant(items.missing);
    items.misfiled = plant(items.misfiled);
    items.another_record = plant(items.another_record);
    items.late = plant(items.late);
    items.timed = items.late + 50_000;
    items.items = items.timed + items.missing + items.misfiled + items.another_record + 50_000;
    filing.records = plant(filing.records);
    let cleared = plant(filing.cleared.count);
    filing.cleared = Share::new(cleared, cleared + 50_000);
    let moderation = &mut figures.further.moderation;
    moderation.read.count = plant(moderation.read.count);
    moderation.read.of = moderation.read.count + 50_000;
    for pair in &mut moderation.pairs {
        pair.times = plant(pair.times);
    }
    for it in figures.indicators.iter_mut().flat_map(|it| &mut it.points) {
        for counted in it.by_service.values_mut() {
            counted.count = plant(counted.count % 7);
            counted.untold = plant(counted.untold);
            counted.of = counted.count + 50_000;
        }
    }
    (figures, small)
}

/// Every number of four digits or more in some words, with its thousands joined.
fn numbers(words: &str) -> BTreeSet<u32> {
    let joined: String = words.chars().filter(|letter| *letter != ',').collect();
    let parts = joined.split(|letter: char| !letter.is_ascii_digit());
    parts.filter(|part| part.len() >= 4).filter_map(|part| part.parse().ok()).collect()
}

#[test]
fn a_planted_count_is_in_no_door_of_the_document() {
    let (figures, small) = planted();
    let rule = Rule::hiding_up_to(2_000).unwrap();
    let document = part_one(&figures, rule, &MicroLp).unwrap();
    // Everything that any door prints is made of this.
    let whole = serde_json::to_string(&document).unwrap();
    let drawn: String = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Figure(figure) => Some(svg::fluid(figure)),
            _ => None,
        })
        .collect();
    let text = plain::text(&document);
    assert!(small.len() > 20, "{}", small.len());
    for said in [&whole, &drawn, &text] {
        let said = numbers(said);
        let leaked: Vec<&u32> = small.iter().filter(|count| said.contains(count)).collect();
        assert!(leaked.is_empty(), "{leaked:?}");
    }
    // What is hidden for another is in no sentence, bar or alternative text either: these say no
    // number that the tables do not show.
    let mut tables: BTreeSet<u32> = document
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Table(table) => numbers(&serde_json::to_string(table).unwrap()),
            Block::Figure(figure) => numbers(&serde_json::to_string(&figure.table).unwrap()),
            _ => BTreeSet::new(),
        })
        .collect();
    let sentences: String = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph { text, .. } => Some(text.clone()),
            Block::Figure(figure) => Some(format!("{} {}", figure.title, figure.alt_text)),
            _ => None,
        })
        .collect::<Vec<String>>()
        .join("\n");
    // A bar with a hidden part has no total in its table; its sentence may say it, as may the ledger.
    tables.extend(figures.allocation.iter().map(AllocationLine::all));
    // Items of filing checks and second readings stand in sentences alone.
    let (filing, moderation) = (&figures.further.filing, &figures.further.moderation);
    let it = &filing.items;
    tables.extend([filing.records, it.items, it.missing, it.misfiled, it.another_record]);
    tables.extend([it.timed, it.late, filing.cleared.of, filing.cleared.count]);
    let twice = moderation.pairs.iter().map(|pair| pair.times).sum();
    let same = moderation.pairs.iter().filter(|it| it.theirs == it.mine).map(|it| it.times).sum();
    tables.extend([moderation.read.count, moderation.read.of, twice, same]);
    // Years and the rule itself are no figures of records.
    tables.extend([2_026, 2_000, 2_001]);
    let said = numbers(&sentences);
    let more: Vec<&u32> = said.iter().filter(|count| !tables.contains(count)).collect();
    assert!(more.is_empty(), "{more:?}");
    // And the private report, by the same search, is full of them.
    let private = quarterly(&figures).unwrap();
    let said = numbers(&serde_json::to_string(&private).unwrap());
    assert!(small.iter().filter(|count| said.contains(count)).count() > 20);
}

/// A solver that finds nothing.
struct Broken;

impl Solver for Broken {
    fn name(&self) -> String {
        "one that is broken".to_owned()
    }

    fn farthest(&self, _: &Part, _: usize, _: Way) -> Result<Vec<i64>, AttackFault> {
        Err(AttackFault("no answer".to_owned()))
    }
}

#[test]
fn without_an_attack_there_is_no_public_report() {
    let not = part_one(&crowded(), Rule::default(), &Broken).unwrap_err();
    assert!(matches!(not, NotPublic::NotAttacked(_)));
}

/// The counts of all tables, in order.
fn printed(document: &Document) -> Vec<Cell> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Figure(figure) => Some(&figure.table),
        _ => None,
    });
    tables.flat_map(|table| &table.grid.rows).flat_map(|row| row.cells.clone()).collect()
}

/// The figures that both print and that differ by so few records.
fn few_apart(one: &Document, other: &Document) -> usize {
    let pairs = printed(one).into_iter().zip(printed(other));
    let few = |pair: &(Cell, Cell)| match pair {
        (Cell::Count(one), Cell::Count(other)) => (1..=5).contains(&one.abs_diff(*other)),
        _ => false,
    };
    pairs.filter(few).count()
}

#[test]
fn a_correction_hides_by_how_few_records_it_differs() {
    let first = beside(&crowded(), Rule::default(), &MicroLp, &[]).unwrap();
    let mut figures = crowded();
    for section in &mut figures.sections {
        for standard in &mut section.standards {
            if standard.tally.partly_met > 0 {
                standard.tally.partly_met -= 1;
                standard.tally.met += 1;
            }
        }
    }
    // Control: made by itself, the correction and the first report show by their difference what
    // neither shows alone.
    let alone = public(&figures);
    assert!(few_apart(&first.document, &alone) > 0);
    let corrected =
        beside(&figures, Rule::default(), &MicroLp, &[(figures.quarter.into(), first.past)])
            .unwrap();
    assert_eq!(few_apart(&first.document, &corrected.document), 0);
    let text = plain::text(&corrected.document);
    assert!(text.contains("Both were laid side by side"), "{text}");
}

#[test]
fn a_correction_of_words_alone_shows_and_hides_the_same() {
    for figures in [crowded(), small_council()] {
        let first = beside(&figures, Rule::default(), &MicroLp, &[]).unwrap();
        let again =
            beside(&figures, Rule::default(), &MicroLp, &[(figures.quarter.into(), first.past)])
                .unwrap();
        let tables = printed(&first.document).len();
        let (was, now) = (printed(&first.document), printed(&again.document));
        assert_eq!(was[..tables - 6], now[..tables - 6], "all but the certificate");
    }
}
